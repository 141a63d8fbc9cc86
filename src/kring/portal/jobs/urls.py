"""Addresses of the jobs' pages."""

from django.urls import path

from . import views

urlpatterns = [
    path("korningar/", views.jobs, name="jobs"),
    path("korningar/<uuid:job_id>/", views.job, name="job"),
    path("korningar/<uuid:job_id>/avbryt/", views.cancel, name="job-cancel"),
    path("korningar/<uuid:job_id>/igen/", views.retry, name="job-retry"),
    path("korningar/<uuid:job_id>/ta-bort-fil/", views.discard, name="job-discard"),
]
