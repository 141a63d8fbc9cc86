"""Addresses of the composed pages."""

from django.urls import path

from . import entrance

urlpatterns = [
    path("", entrance.home, name="home"),
    path("logga-in/", entrance.log_in, name="log-in"),
    path("logga-in/som/", entrance.choose_role, name="choose-role"),
    path("logga-ut/", entrance.log_out, name="log-out"),
]
