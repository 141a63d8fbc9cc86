"""Addresses of reading in."""

from django.urls import path

from . import views

urlpatterns = [
    path("inlasning/", views.imports, name="imports"),
    path("inlasning/<uuid:job_id>/", views.import_job, name="import-job"),
]
