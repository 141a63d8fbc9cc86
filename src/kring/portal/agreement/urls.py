"""Addresses of the patient contract beside the family's own."""

from django.urls import path

from . import views

urlpatterns = [
    path("planer/<uuid:plan_id>/patientkontrakt/", views.staff, name="plan-agreement"),
    path("min-sida/min-plan/overenskommelse/", views.child, name="child-agreement"),
]
