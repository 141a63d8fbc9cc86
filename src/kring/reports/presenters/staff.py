"""S103 and S105: reports being written, and the list to go through before one is published."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kring.access.actors import Actor
from kring.access.permissions import Permission
from kring.design import days
from kring.followup.presenters import numbers
from kring.jobs.models import Job
from kring.reports.forms import ChapterForm
from kring.reports.models import Chapter, Report
from kring.reports.queries import Opened, publication_of
from kring.reports.rules.contents import contents

from . import front

STATES = {
    "draft": (gettext_lazy("Utkast"), "neutral", "edit"),
    "asked": (gettext_lazy("Väntar på publicering"), "wait", "hourglass"),
    "published": (gettext_lazy("Publicerad"), "good", "check"),
}


def tag(state: str) -> tuple[str, str, str]:
    """The word, tone and icon of how far a report has come."""
    word, tone, icon = STATES[state]
    return str(word), tone, icon


def state_of(report: Report) -> str:
    """draft, asked or published."""
    if publication_of(report):
        return "published"
    return "asked" if report.asked_at else "draft"


def rows(found: list[Report]) -> list[dict[str, Any]]:
    """Every report, the newest first."""
    return [
        {
            "title": front.title(one),
            "href": reverse("report", kwargs={"report_id": one.pk}),
            "tag": tag(state_of(one)),
            "made": days.day_and_time(one.made_at),
            "data": one.calculation.data_version[:12],
        }
        for one in found
    ]


def working(job: Job | None, actor: Actor) -> dict[str, str]:
    """Said while a report is being made, or when the last making stopped; nothing otherwise."""
    if job is None:
        return {}
    mine = job.started_by == actor.person_id and actor.may(Permission.SEE_JOBS)
    stopped = job.state in (Job.State.FAILED, Job.State.CANCELLED)
    return {
        "text": _("Den senaste rapporten blev inte klar.") if stopped else _("En rapport görs nu."),
        "href": reverse("job", kwargs={"job_id": job.pk}) if mine else "",
    }


def chapters(found: Opened) -> list[dict[str, Any]]:
    """The chapters with whether somebody has written in them."""
    return [
        {
            "title": one.title,
            "href": reverse("report-chapter", kwargs={"report_id": found.report.pk, "address": one.address}),
            "written": _written(found, one.key),
        }
        for one in contents().chapters
    ]


def _written(found: Opened, key: str) -> str:
    chapter = found.chapters.get(key)
    told = [
        str(word)
        for text, word in (
            (chapter.introduction, _("inledning")) if chapter else ("", ""),
            (chapter.comment, _("kommentar")) if chapter else ("", ""),
        )
        if text
    ]
    return ", ".join(told)


def review(report: Report) -> list[dict[str, Any]]:
    """Each table with its hidden cells by reason, what can be worked out first."""
    order = sorted(report.review, key=lambda row: (-row["recovered"], row["slug"] != "population"))
    return [{name: _counted(value) for name, value in row.items()} for row in order]


def _counted(value: Any) -> Any:
    return numbers.count(value) if isinstance(value, int) else value


def summary(report: Report) -> dict[str, str]:
    """The whole list in numbers."""
    total = {name: sum(row[name] for row in report.review) for name in COLUMNS}
    return {name: numbers.count(n) for name, n in total.items()}


COLUMNS = ("shown", "few", "protected", "missing", "not_applicable", "recovered", "told_before")


def verdict(report: Report) -> str:
    """What the attack on the report's own tables found."""
    if report.recovered:
        return _("%(n)s dolda tal går att räkna fram. Rapporten publiceras inte.") % {
            "n": numbers.count(report.recovered)
        }
    return _("Inget dolt tal går att räkna fram ur tabellerna, med alla summor och skillnader.")


def publishing(found: Opened, actor: Actor, *, is_author: bool) -> dict[str, Any]:
    """What the actor may do with the report now, and why not the rest."""
    state, report = found.state, found.report
    may_publish = actor.may(Permission.PUBLISH_REPORT)
    return {
        "may_ask": state == "draft" and actor.may(Permission.WRITE_REPORT) and not report.recovered,
        "may_take_back": state == "asked" and (may_publish or actor.may(Permission.WRITE_REPORT)),
        "may_publish": state == "asked" and may_publish and not is_author,
        "why_not": _why_not(state, may_publish, is_author),
        "asked": days.day_and_time(report.asked_at) if report.asked_at else "",
    }


def _why_not(state: str, may_publish: bool, is_author: bool) -> str:
    if state != "asked" or not may_publish or not is_author:
        return ""
    return _("Du har arbetat med rapporten. Någon annan publicerar den.")


def written(found: Opened) -> dict[str, Any]:
    """What stands in the chapter now, as a form begins with."""
    chapter = found.chapters[found.declared.key] if found.declared else None
    if chapter is None:
        return {}
    return {"introduction": chapter.introduction, "comment": chapter.comment, "seen": chapter.revision}


def again(form: ChapterForm, current: Chapter) -> ChapterForm:
    """The form with what was just written, now knowing what stands there: sent again it is meant so."""
    return ChapterForm(initial={**form.cleaned_data, "seen": current.revision})


def around_chapter(found: Opened) -> dict[str, Any]:
    """What stands around a chapter that is being written."""
    report, declared = found.report, found.declared
    address = declared.address if declared else ""
    return {
        "title": front.title(report),
        "label": front.label(report),
        "chapter": declared,
        "texts": front.texts(found),
        "tag": tag(found.state),
        "report_id": report.pk,
        "here": reverse("report-chapter", kwargs={"report_id": report.pk, "address": address}),
    }
