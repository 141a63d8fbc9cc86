"""`python -m benchmarks.killing.judge before|after FILE`: what stands in the database against what was sent.

*Lost*: acknowledged and not there. *Duplicate*: there more than once. *Stranger*: there though nobody sent
it. *Half*: an edit without its submission, task or event, or one of those without its edit. *Log fault*: a
chain that is not whole, a row of writing that fits no edit, or an edit without exactly one.
"""

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import django

WHAT = {
    "need": "plan.need.add",
    "goal": "plan.goal.add",
    "activity": "plan.activity.add",
    "change": "plan.need.edit",
    "proposal": "family.change_proposed",
}


def keys_of_tables() -> dict[str, list[str]]:
    """The keys of every row that an edit may add to."""
    from kring.access.models import Submission
    from kring.audit.models import AccessLogRow
    from kring.care.plans.models import Activity, Goal, Need
    from kring.timeline.models import Event, Task

    tables = (Need, Goal, Activity, Event, Task, Submission)
    found = {table.__name__: _keys(table._default_manager) for table in tables}
    return found | {"AccessLogRow": _keys(AccessLogRow.objects.filter(action="write"))}


def _keys(rows: Any) -> list[str]:
    return [str(key) for key in rows.values_list("pk", flat=True)]


class Judge:
    """Compares what was sent with what came to be since the keys `before` were noted."""

    def __init__(self, sent: list[dict[str, Any]], before: dict[str, list[str]]) -> None:
        self.sent, self.before = sent, {name: set(keys) for name, keys in before.items()}
        self.notes: list[str] = []

    def new(self, model: Any, **fields: Any) -> list[Any]:
        known = self.before[model.__name__]
        return [row for row in model._default_manager.filter(**fields) if str(row.pk) not in known]

    def figures(self) -> dict[str, Any]:
        from kring.audit import queries

        rows = self.rows_by_text()
        broken = [str(fault) for fault in queries.faults()]
        told = {
            "lost": [e["key"] for e in self.sent if e["acknowledged"] and not rows[e["text"]]],
            "duplicates": [e["key"] for e in self.sent if len(rows[e["text"]]) > 1],
            "strangers": sorted(set(rows) - {e["text"] for e in self.sent}),
            "half": self.half(rows),
            "log faults": broken + self.log_faults(rows),
        }
        return {name: len(found) for name, found in told.items()} | {
            "notes": [f"{name}: {one}" for name, found in told.items() for one in found[:5]]
        }

    def rows_by_text(self) -> dict[str, list[str]]:
        """Every new text with the keys of the rows that hold it; a change, as often as it was made."""
        from kring.care.plans.models import Activity, Goal, Need
        from kring.timeline.models import Event

        rows: dict[str, list[str]] = {e["text"]: [] for e in self.sent}
        for model, name in ((Need, "text"), (Goal, "words"), (Activity, "what")):
            for row in self.new(model):
                rows.setdefault(getattr(row, name), []).append(str(row.pk))
        for row in self.new(Event):
            rows.setdefault(row.data.get("message", f"event {row.kind}"), []).append(str(row.pk))
        changed = [e["item"] for e in self.sent if e["kind"] == "change"]
        for need in Need.objects.filter(pk__in=changed).exclude(revision=1):
            rows.setdefault(need.text, []).extend([str(need.pk)] * (need.revision - 1))
        return rows

    def half(self, rows: dict[str, list[str]]) -> list[str]:
        from kring.access.models import Submission
        from kring.timeline.models import Task

        done = {str(row.pk): row.answer for row in self.new(Submission)}
        there = {e["key"] for e in self.sent if rows[e["text"]]}
        wrong = [f"submission {key}" for key in set(done) ^ there]
        wrong += [
            f"answer {e['key']}"
            for e in self.sent
            if e["acknowledged"] and done.get(e["key"]) != e["acknowledged"]
        ]
        due = Counter(
            key for e in self.sent if e["kind"] in ("activity", "proposal") for key in rows[e["text"]]
        )
        tasks = Counter(str(row.subject) for row in self.new(Task) if row.done_at is None)
        return wrong + [f"task {key}" for key in set(due) | set(tasks) if due[key] != tasks[key]]

    def log_faults(self, rows: dict[str, list[str]]) -> list[str]:
        from kring.audit.models import AccessLogRow

        wanted = Counter((WHAT[e["kind"]], key) for e in self.sent for key in rows[e["text"]])
        written = Counter((row.what, row.object_id) for row in self.new(AccessLogRow, action="write"))
        return [
            f"{what} {key}"
            for what, key in set(wanted) | set(written)
            if wanted[what, key] != written[what, key]
        ]


def main(when: str, path: Path) -> None:
    if when == "before":
        print(json.dumps(keys_of_tables()))
        return
    story = json.loads(path.read_text())
    print(json.dumps(Judge(story["sent"], story["before"]).figures()))


if __name__ == "__main__":
    django.setup()
    main(sys.argv[1], Path(sys.argv[2]))
