"""Addresses of contacts and visits around a child."""

from django.urls import path

from .appointing import views as appointing
from .booking import views as booking
from .same_day import views as same_day

CONTACT = "barn/<uuid:child_id>/vardkontakter/<uuid:care_contact_id>"
KEY = "<uuid:same_day_request_id>"

urlpatterns = [
    path("arbetslista/utan-fast-vardkontakt/", appointing.without, name="without-care-contact"),
    path("barn/<uuid:child_id>/vardkontakter/", appointing.contacts, name="care-contacts"),
    path("barn/<uuid:child_id>/vardkontakter/utse/", appointing.appoint, name="appoint-contact"),
    path(f"{CONTACT}/andra/", appointing.change, name="change-contact"),
    path(f"{CONTACT}/avsluta/", appointing.end, name="end-contact"),
    path(f"{CONTACT}/mandat/", appointing.mandate, name="contact-mandate"),
    path("barn/<uuid:child_id>/besok/nytt/", booking.book, name="book-visit"),
    path("barn/<uuid:child_id>/besok/<uuid:visit_id>/flytta/", booking.move, name="move-visit"),
    path("barn/<uuid:child_id>/besok/<uuid:visit_id>/vem-ser/", booking.readers, name="visit-readers"),
    path("barn/<uuid:child_id>/besok/<uuid:visit_id>/avboka/", booking.call_off, name="call-off-visit"),
    path(f"barn/<uuid:child_id>/kontakter/fragor/{KEY}/", same_day.question, name="same-day-question"),
    path(f"barn/<uuid:child_id>/kontakter/fragor/{KEY}/aterta/", same_day.withdraw, name="same-day-withdraw"),
]
