"""Registers templates/design and static/design with Django."""

from django.apps import AppConfig
from django.core.validators import ProhibitNullCharactersValidator
from django.utils.translation import gettext_lazy as _


class DesignConfig(AppConfig):
    """The look of Kring; no models, no views of its own."""

    name = "kring.design"
    verbose_name = "Kring: utseende"

    def ready(self) -> None:
        """Say with a fix what Django says of every text field alike: it comes with what somebody pastes."""
        ProhibitNullCharactersValidator.message = _(
            "Texten innehåller ett tecken som inte går att spara. Skriv om den delen."
        )
