"""Addresses of notices."""

from django.urls import path

from . import views

urlpatterns = [
    path("aviseringar/", views.notices, name="notices"),
    path("aviseringar/lasta/", views.all_read, name="notices-read"),
    path("aviseringar/installningar/", views.ways, name="notice-ways"),
    path("aviseringar/<uuid:notice_id>/", views.notice, name="notice"),
    path("utskick/", views.outbox, name="outbox"),
]
