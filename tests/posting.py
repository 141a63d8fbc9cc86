"""A guardian's thread, and the young person's own, as the tests of messages begin."""

from kring.care.messages import commands
from kring.care.messages.models import Thread
from kring.children.models import CareRelation


class Post:
    """Writes as people of the cast. Maria writes about Alva, Noa (14) for herself; both to Karin's unit."""

    def __init__(self, cast):
        self.cast = cast

    def unit(self, key="hh-habilitering-boras"):
        return self.cast.unit(key)

    def begin(self, who="maria", about="alva", unit="hh-habilitering-boras", **more) -> Thread:
        by = more.pop("by", None) or self.cast.actor(who, "child" if who == about else "guardian")
        said = {"title": "Bildstöd", "text": "Kan vi få fler bilder?"}
        said["visibility"] = "care_only" if by.guardian_id else "default"
        return commands.begin_thread(
            by=by, child_id=self.cast.child(about).pk, unit_id=self.unit(unit).pk, **said | more
        )

    def write(self, who, thread, text="Ja, det ordnar vi.", seen=None, **more):
        by = more.pop("by", None) or self.cast.actor(who)
        seen = Thread.objects.get(pk=thread.pk).revision if seen is None else seen
        return commands.write(by=by, thread_id=thread.pk, text=text, seen=seen)

    def close(self, who, thread, seen=None):
        seen = Thread.objects.get(pk=thread.pk).revision if seen is None else seen
        return commands.close(by=self.cast.actor(who), thread_id=thread.pk, seen=seen)

    def around(self, about, unit):
        return CareRelation.objects.create(
            child=self.cast.child(about), unit=self.unit(unit), starts_on=self.cast.now.date()
        )


def said(thread) -> list[str]:
    """What stands in a thread, in order."""
    return list(thread.messages.order_by("number").values_list("text", flat=True))
