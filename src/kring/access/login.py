"""How a person gets in: only through an identity provider (or, in the demo, by choosing a person)."""

from uuid import UUID

from django.contrib.auth.backends import BaseBackend
from django.db.models import FilteredRelation

from kring.organisations.models import Person


class PersonBackend(BaseBackend):
    """Finds the person of a session. It never authenticates by itself: there are no local passwords."""

    def get_user(self, user_id: UUID) -> Person | None:
        """The person with all that `actors` reads of them, in one question: every request asks it."""
        rows = Person.objects.filter(pk=user_id, is_active=True)
        rows = rows.annotate(working=FilteredRelation("assignments"))
        found = list(rows.select_related("as_guardian", "as_child", "working__unit__controller"))
        if not found:
            return None
        at_work = [row.working for row in found if hasattr(row, "working")]
        found[0]._prefetched_objects_cache = {"assignments": at_work}
        return found[0]
