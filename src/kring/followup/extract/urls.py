"""Addresses of Kring's own extract."""

from django.urls import path

from . import views

urlpatterns = [
    path("uppfoljning/eget-uttag/", views.own_extract, name="own-extract"),
    path("uppfoljning/eget-uttag/ta-ut/", views.take_out, name="take-out-extract"),
]
