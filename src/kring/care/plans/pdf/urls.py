"""Addresses of the papers."""

from django.urls import path, register_converter

from . import views
from .rules import Version

WORDS = {Version.PROFESSIONAL: "personal", Version.FAMILY: "familj", Version.CHILD: "barn"}


class VersionConverter:
    """A version as a Swedish word in the address."""

    regex = "|".join(WORDS.values())

    def to_python(self, value: str) -> Version:
        return next(version for version, word in WORDS.items() if word == value)

    def to_url(self, value: str) -> str:
        return WORDS[Version(value)]


register_converter(VersionConverter, "paper")

urlpatterns = [
    path("planer/<uuid:plan_id>/pdf/", views.plan_pdf, name="plan-pdf"),
    path("planer/<uuid:plan_id>/pdf/<paper:version>/", views.plan_pdf, name="plan-pdf"),
]
