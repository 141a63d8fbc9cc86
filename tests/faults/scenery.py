"""A world with something at every address, and what each of its people must never be shown."""

import sys
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.signals import got_request_exception
from django.test import Client

from kring.access import gate
from kring.access.permissions import Permission
from kring.access.roles import ROLES
from kring.care.plans import commands as plans
from kring.care.plans.models import Goal
from kring.children.models import Child, Consent
from kring.jobs import commands as jobs
from kring.timeline.models import SavedView
from tests.faults.addresses import Address, Shown
from tests.fhir.deliveries import bundle, observation, patient, send, stored
from tests.own_pages import MEETING, Scene
from tests.posting import Post

OUTSIDERS = ("ulla", "leila", "noa")
ATTACKERS = ("karin", "maria", "alva", "nils", "ann", "eva", "sara", "jonas")


class World:
    """Alva's plan in its middle, a draft of Noa's, a wish of Omar's; their ids as addresses name them."""

    def __init__(self, cast: Any) -> None:
        self.cast, self.scene = cast, Scene(cast).whole()
        self.draft = Scene(cast, "noa").begun().plan
        hab = cast.unit("hh-habilitering-boras")
        self.wish = plans.request_plan(by=cast.actor("leila"), child_id=cast.child("omar").pk, unit_id=hab.pk)
        self.ids = self._ids()
        self.elsewhere = self._elsewhere()
        self.shown: dict[tuple[str, str], Shown] = {}
        self.actors = {name: cast.actor(name) for name in (*ATTACKERS, *OUTSIDERS)}
        self.sessions = {name: self._log_in(name) for name in (*ATTACKERS, *OUTSIDERS)}
        self.hidden = {name: self._hidden_from(name) for name in ("", *ATTACKERS, *OUTSIDERS)}

    def _ids(self) -> dict[str, Any]:
        cast, scene, karin = self.cast, self.scene, self.cast.actor("karin")
        activity = scene.plan and plans.contribute_activity(by=karin, plan_id=scene.plan.pk, what="Ringa")
        need = plans.contribute_need(by=karin, plan_id=scene.plan.pk, area="play", text="Leka")
        meeting = plans.start_meeting(by=cast.actor("karin", now=MEETING), summons_id=scene.summons.pk)
        job = jobs.start(kind="import", title="Inläsning", by_id=cast.nils.pk, now=cast.now, arguments={})
        stamp = {"person": cast.karin, "unit": scene.plan.unit, "created_at": cast.now}
        view = SavedView.objects.create(name="Mina", query="vy=mina", **stamp)
        return {
            "child_id": scene.child.pk, "plan_id": scene.plan.pk, "need_id": need.pk,
            "goal_id": scene.goal.pk, "activity_id": activity.pk, "item_id": need.pk,
            "version_id": scene.version.pk, "consent_id": Consent.objects.filter(subject=scene.plan.pk)[0].pk,
            "summons_id": scene.summons.pk, "invitation_id": scene.invitation("maria").pk,
            "meeting_id": meeting.pk, "visit_id": scene.visit.pk, "job_id": job.pk, "view_id": view.pk,
            "event_id": self._entry(), "unit_id": cast.unit("skola-boras-1").pk, "part": "viktigt",
            "provider_id": "identity", "signer": cast.guardian("maria").pk,
            "thread_id": Post(cast).begin(visibility="all").pk, "follow_up_id": self._followed_up(karin),
        }  # fmt: skip

    def _followed_up(self, karin: Any) -> Any:
        """A follow-up of Alva's plan."""
        plan = self.scene.plan
        plan.refresh_from_db()
        going = Goal.objects.filter(plan=plan, removed_at__isnull=True).values_list("pk", flat=True)
        said = {"statuses": dict.fromkeys(going, ("on_the_way", "")), "summary": "Bilderna hjälper"}
        about = {"by": karin, "plan_id": plan.pk, "seen": plan.revision}
        return plans.hold_follow_up(**about, **said, next_on=karin.today + timedelta(days=60)).pk

    def _entry(self) -> Any:
        """A measurement in Alva's record at Karin's unit; answers with its event."""
        number = self.scene.child.numbers.get(kind="personal").value
        send(bundle(patient("alva", number=number), observation(of="Patient/alva")))
        return stored("Observation", "o1").event_id

    def _elsewhere(self) -> dict[str, dict[str, Any]]:
        """Ids for the pages that want a plan or a summons in another state."""
        karin, scene = self.cast.actor("karin"), self.scene
        written = plans.draft_summons(by=karin, plan_id=scene.plan.pk, question="Sedan då?")
        waiting = {"plan_id": self.wish.pk}
        return {
            "skriv/": {"summons_id": written.pk}, "kontrollera/": {"summons_id": written.pk},
            "besluta/": waiting, "gors-inte/": waiting, "faststall/": {"plan_id": self.draft.pk},
        }  # fmt: skip

    def path(self, address: Address) -> str:
        more = next((ids for end, ids in self.elsewhere.items() if address.pattern.endswith(end)), {})
        return address.path(self.ids | more)

    def path_of_others(self, address: Address) -> str:
        """The same page about a child whom nobody in Alva's plan meets."""
        tuva = self.cast.child("tuva").pk
        return address.path({name: tuva for name in address.names if name.endswith("_id")} | {"signer": tuva})

    def attackers(self, address: Address, at_most: int) -> list[str]:
        """People of the cast whose role may open the page at all."""
        if not address.permissions:
            return ["", "karin"][:at_most]
        return [name for name in ATTACKERS if any(map(self.actors[name].may, address.permissions))][:at_most]

    def client(self, name: str) -> Client:
        """A client that answers 500 as the server would, logged in as it was from the start."""
        client = Client(raise_request_exception=False)
        if name:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[name]
        return client

    def _log_in(self, name: str) -> str:
        return self.cast.log_in(Client(), name).cookies[settings.SESSION_COOKIE_NAME].value

    def _hidden_from(self, name: str) -> list[str]:
        """Names and numbers of the children that a person reaches by no permission at all."""
        seen: set[Any] = set()
        if name:
            actor = self.actors[name]
            for permission in ROLES[actor.role].permissions:
                seen |= set(gate.children_for(actor, Permission(permission)).values_list("pk", flat=True))
        hidden = Child.objects.exclude(pk__in=seen).prefetch_related("numbers")
        words = [f"{child.given_name} {child.family_name}" for child in hidden]
        return words + [number.value for child in hidden for number in child.numbers.all()]


@dataclass
class Faults:
    """What went wrong, with the exception behind it, in a few words each."""

    world: World
    found: list[str] = field(default_factory=list)
    problem: str = ""

    def __enter__(self) -> "Faults":
        got_request_exception.connect(self._note)
        return self

    def __exit__(self, *_problem: Any) -> None:
        got_request_exception.disconnect(self._note)

    def _note(self, **_signal: Any) -> None:
        kind, problem, trace = sys.exc_info()
        while trace and trace.tb_next:
            trace = trace.tb_next
        at = (
            f"{trace.tb_frame.f_code.co_filename.rpartition('/kring/')[2]}:{trace.tb_lineno}" if trace else ""
        )
        self.problem = f"{kind.__name__ if kind else ''} at {at}: {str(problem)[:120]}"

    def send(self, name: str, method: str, path: str, body: bytes = b"", kind: str = "", **more: Any) -> Any:
        """One request as a person, judged; the state it leaves is undone when the page is done with."""
        self.problem = ""
        response = self.world.client(name).generic(method, path, body, kind or "text/html", **more)
        told = f"{name or 'nobody'} {method} {path[:80]} {kind} {body[:60]!r}"
        if response.status_code >= 500:
            self.found.append(f"{response.status_code} {told}: {self.problem}")
        text = "" if response.streaming else response.content.decode("utf-8", "ignore")
        self.found += [f"{word} in {told}" for word in self._shown(name, path, text)]
        if "taken" in response.cookies:
            self.found.append(f"a header was made: {told}")
        return response

    def _shown(self, name: str, path: str, text: str) -> list[str]:
        # The demo's doors and the gallery name people on purpose.
        named = [] if path.startswith(("/logga-in", "/utseende")) else self.world.hidden[name]
        never = ["Traceback (most recent", "<script>alert(1)", "<img src=x onerror", "django.db.utils"]
        return [word for word in never + named if word in text]
