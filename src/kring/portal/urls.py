"""Addresses of the composed pages."""

from django.urls import include, path

urlpatterns = [
    path("", include("kring.portal.entrance.urls")),
]
