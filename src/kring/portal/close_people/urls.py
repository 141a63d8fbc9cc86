"""Addresses of «Nära barnet»."""

from django.urls import path

from .views import family, staff

CLOSE = "nara/<uuid:close_relation_id>"

urlpatterns = [
    path("barn/<uuid:child_id>/nara/", staff.close_people, name="close-people"),
    path("barn/<uuid:child_id>/nara/ny/", staff.add, name="close-person-add"),
    path(f"barn/<uuid:child_id>/{CLOSE}/", staff.change, name="close-person"),
    path(f"barn/<uuid:child_id>/{CLOSE}/ta-bort/", staff.remove, name="close-person-remove"),
    path("mina-sidor/<uuid:child_id>/nara/", family.close_people, name="family-close"),
    path("mina-sidor/<uuid:child_id>/nara/ny/", family.add, name="family-close-add"),
    path(f"mina-sidor/<uuid:child_id>/{CLOSE}/", family.change, name="family-close-person"),
    path(f"mina-sidor/<uuid:child_id>/{CLOSE}/ta-bort/", family.remove, name="family-close-remove"),
]
