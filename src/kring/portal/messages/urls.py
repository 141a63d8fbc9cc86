"""Addresses of «Meddelanden»."""

from django.urls import path

from .views import begin, family, staff, young

urlpatterns = [
    path("mina-sidor/<uuid:child_id>/meddelanden/", family.threads, name="family-messages"),
    path("mina-sidor/<uuid:child_id>/meddelanden/nytt/", family.new, name="family-message-new"),
    path("mina-sidor/<uuid:child_id>/meddelanden/<uuid:thread_id>/", family.thread, name="family-thread"),
    path("min-sida/meddelanden/", young.threads, name="young-messages"),
    path("min-sida/meddelanden/nytt/", young.new, name="young-message-new"),
    path("min-sida/meddelanden/<uuid:thread_id>/", young.thread, name="young-thread"),
    path("meddelanden/", staff.inbox, name="messages"),
    path("meddelanden/svarstid/", staff.answer_time, name="answer-time"),
    path("meddelanden/<uuid:thread_id>/", staff.thread, name="message-thread"),
    path("meddelanden/<uuid:thread_id>/svara/", staff.answer, name="message-answer"),
    path("meddelanden/<uuid:thread_id>/avsluta/", staff.close, name="message-close"),
    path("barn/<uuid:child_id>/meddelanden/", staff.child, name="child-messages"),
    path("barn/<uuid:child_id>/meddelanden/nytt/", begin.begin, name="child-message-new"),
    path("barn/<uuid:child_id>/meddelanden/andra-enheter/", staff.choose, name="messages-choose"),
]
