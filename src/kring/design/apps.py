"""Registers templates/design and static/design with Django."""

from django.apps import AppConfig


class DesignConfig(AppConfig):
    """The look of Kring; no models, no views of its own."""

    name = "kring.design"
    verbose_name = "Kring: utseende"
