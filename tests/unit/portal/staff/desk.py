"""Karin's desk: children and tasks at her unit, made one by one."""

from datetime import date, timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from kring.children.commands import register_child, relate
from kring.children.models import Child
from kring.organisations.models import Municipality
from kring.timeline.models import Task

HOME = "hh-habilitering-boras"


class Desk:
    """Karin's unit: makes children there, with one open task each."""

    def __init__(self, cast) -> None:
        self.cast, self.unit, self.today = cast, cast.unit(HOME), date(2026, 11, 16)

    def child(self, name: str = "Prov Person", **fields) -> Child:
        given, family = name.split(" ")
        known = {"birth_date": date(2016, 5, 4), "municipality": Municipality.objects.get(code="1490")}
        child = register_child(given_name=given, family_name=family, **(known | fields))
        relate(child=child, unit=self.unit, starts_on=date(2026, 1, 1))
        return child

    def task(self, child: Child | None = None, *, days: int = 0, **fields) -> Task:
        """An open task due so many days from today, Karin's own unless `assignee` says otherwise."""
        fields = {"assignee": self.cast.karin, "kind": "follow_up", "ball": "ours"} | fields
        due_on = self.today + timedelta(days=days)
        child = child or self.child()
        return Task.objects.create(
            child=child, unit=self.unit, due_on=due_on, opened_at=self.cast.now, **fields
        )

    def tasks(self, count: int, **fields) -> list[Task]:
        """Tasks of as many children, one due each day from ten days ago on."""
        return [self.task(self.child(f"Barn Nummer{n:03}"), days=n - 10, **fields) for n in range(count)]


def text_of(answer) -> str:
    return answer.content.decode()


def questions_of(client, address: str) -> int:
    """How many questions a page asks the database, without the savepoints of the test's own transaction."""
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return sum("SAVEPOINT" not in one["sql"] for one in asked.captured_queries)
