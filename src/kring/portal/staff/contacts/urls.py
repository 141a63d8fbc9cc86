"""Addresses of contacts and visits around a child."""

from django.urls import path

from .same_day import views as same_day

KEY = "<uuid:same_day_request_id>"

urlpatterns = [
    path(f"barn/<uuid:child_id>/kontakter/fragor/{KEY}/", same_day.question, name="same-day-question"),
    path(f"barn/<uuid:child_id>/kontakter/fragor/{KEY}/aterta/", same_day.withdraw, name="same-day-withdraw"),
]
