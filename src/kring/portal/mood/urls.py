"""Addresses of «Mående»."""

from django.urls import path

from . import views

urlpatterns = [
    path("barn/<uuid:child_id>/maende/", views.mood, name="child-mood-staff"),
    path("barn/<uuid:child_id>/maende/andra-enheter/", views.choose, name="mood-choose"),
    path("barn/<uuid:child_id>/maende/fraga/", views.ask, name="mood-ask"),
    path("barn/<uuid:child_id>/maende/sluta/", views.stop, name="mood-stop"),
    path("barn/<uuid:child_id>/maende/last/", views.read, name="mood-read"),
    path("mina-sidor/<uuid:child_id>/hur-barnet-mar/", views.family, name="family-mood"),
]
