"""Addresses of notices."""

from django.urls import path, register_converter

from kring.access.policy.notices import Way

from . import views

WAYS = {"mejl": Way.EMAIL, "sms": Way.SMS}


class WayOut:
    """A way out of Kring: Swedish in the address, the rules' own in the code."""

    regex = "|".join(WAYS)

    def to_python(self, value: str) -> Way:
        return WAYS[value]

    def to_url(self, value: str) -> str:
        return next(word for word, way in WAYS.items() if way == value)


register_converter(WayOut, "way_out")

urlpatterns = [
    path("aviseringar/", views.notices, name="notices"),
    path("aviseringar/lasta/", views.all_read, name="notices-read"),
    path("aviseringar/installningar/", views.ways, name="notice-ways"),
    path("aviseringar/installningar/<way_out:way>/", views.code, name="notice-code"),
    path("aviseringar/installningar/<way_out:way>/ny/", views.new_code, name="notice-code-new"),
    path("aviseringar/<uuid:notice_id>/", views.notice, name="notice"),
    path("utskick/", views.outbox, name="outbox"),
]
