"""How a person gets in: only through an identity provider (or, in the demo, by choosing a person)."""

from uuid import UUID

from django.contrib.auth.backends import BaseBackend

from kring.organisations.models import Person


class PersonBackend(BaseBackend):
    """Finds the person of a session. It never authenticates by itself: there are no local passwords."""

    def get_user(self, user_id: UUID) -> Person | None:
        return Person.objects.filter(pk=user_id, is_active=True).first()
