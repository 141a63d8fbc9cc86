"""People who write in plans over HTTP, and send again with the same key until they are answered."""

import http.client
import random
import re
import threading
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

WRITERS = ("karin", "sara", "jonas", "lena", "maria")
KINDS = ("need", "goal", "activity", "change")
PATIENCE_S, PAUSE_S = 120, 0.05
WAY = re.compile(r'name="way"[^>]*value="([^"]+)"')


@dataclass
class Edit:
    """One thing somebody writes, sent as often as it takes with one key. `text` is found again afterwards."""

    key: str
    person: str
    kind: str
    plan: str
    path: str
    text: str
    fields: dict[str, str]
    item: str = ""
    acknowledged: str = ""
    tries: int = 0
    faults: list[str] = field(default_factory=list)

    def told(self) -> dict[str, Any]:
        return asdict(self)


def edits(world: dict[str, Any], count: int, seed: int) -> Iterator[Edit]:
    """So many edits by several people in several plans, the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311
    changeable = list(world["changeable"])
    for number in range(count):
        person = WRITERS[number % len(WRITERS)]
        kind = "proposal" if person == "maria" else KINDS[chance.randrange(len(KINDS))]
        if kind == "change" and not (person == "karin" and changeable):
            kind = "need"
        plan = chance.choice(world["karins"]) if person == "karin" else world["plan"]
        key = str(UUID(int=chance.getrandbits(128), version=4))
        yield _edit(world, key, person, kind, plan, changeable.pop() if kind == "change" else "")


def _edit(world: dict[str, Any], key: str, person: str, kind: str, plan: str, item: str) -> Edit:
    text = f"Skrivet av {person} {key}"
    paths = {
        "need": f"/planer/{plan}/behov/nytt/",
        "goal": f"/planer/{plan}/mal/nytt/",
        "activity": f"/planer/{plan}/insatser/ny/",
        "change": f"/planer/behov/{item}/",
        "proposal": f"/mina-sidor/{world['child']}/planen/foresla/",
    }
    unit, day = world["units"].get(person, ""), world["due"]
    fields: dict[str, dict[str, str]] = {
        "need": {"area": "school", "text": text},
        "goal": {"words": text, "explanation": "", "term": "short"},
        "activity": {
            "what": text, "who": f"{unit}:", "status": "planned", "responsible_words": "", "when_words": "",
            "goal_id": "", "due_on_0": day[2], "due_on_1": day[1], "due_on_2": day[0],
        },
        "change": {"area": "school", "text": text, "seen": "1"},
        "proposal": {"message": text},
    }  # fmt: skip
    fields[kind]["submission"] = key
    return Edit(key, person, kind, plan, paths[kind], text, fields[kind], item)


class Browser:
    """One logged-in person. Its cookies outlive the server, as they would in a real browser."""

    def __init__(self, port: int) -> None:
        self.port, self.cookies, self.page = port, SimpleCookie(), ""

    def log_in(self, person: str) -> None:
        self.request("GET", "/logga-in/")
        status, place = self.post("/logga-in/", {"person": person})
        if place.startswith("/logga-in/som/"):
            self.request("GET", place)
            at_work = next(way for way in WAY.findall(self.page) if not way.startswith("guardian"))
            status, place = self.post("/logga-in/som/", {"way": at_work})
        if status != 302 or "kring" not in self.cookies:
            raise SystemExit(f"{person} cannot log in: {status}")

    def post(self, path: str, fields: dict[str, str]) -> tuple[int, str]:
        return self.request("POST", path, {**fields, "csrfmiddlewaretoken": self.cookies["csrftoken"].value})

    def request(self, method: str, path: str, fields: dict[str, str] | None = None) -> tuple[int, str]:
        """Status and where it leads; an answer counts when its last byte has come."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            body = urlencode(fields) if fields else None
            connection.request(method, path, body, self._headers())
            answer = connection.getresponse()
            self.page = answer.read().decode()
            for cookie in answer.headers.get_all("Set-Cookie") or []:
                self.cookies.load(cookie)
            return answer.status, answer.headers.get("Location", "")
        finally:
            connection.close()

    def _headers(self) -> dict[str, str]:
        cookies = "; ".join(f"{name}={one.value}" for name, one in list(self.cookies.items()) if one.value)
        return {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookies}


class Senders:
    """Threads that share one list of edits."""

    def __init__(self, port: int, work: list[Edit], threads: int) -> None:
        self.browsers = {name: Browser(port) for name in {edit.person for edit in work}}
        self.waiting, self.lock = list(reversed(work)), threading.Lock()
        self.acknowledged = 0
        self.threads = [threading.Thread(target=self._send_all, daemon=True) for _ in range(threads)]

    def start(self) -> None:
        for name, browser in self.browsers.items():
            browser.log_in(name)
        for thread in self.threads:
            thread.start()

    @property
    def running(self) -> bool:
        return any(thread.is_alive() for thread in self.threads)

    def _send_all(self) -> None:
        while edit := self._next():
            self._send(edit)
            with self.lock:
                self.acknowledged += bool(edit.acknowledged)

    def _next(self) -> Edit | None:
        with self.lock:
            return self.waiting.pop() if self.waiting else None

    def _send(self, edit: Edit) -> None:
        give_up = time.monotonic() + PATIENCE_S
        while not edit.acknowledged and time.monotonic() < give_up and len(edit.faults) < 20:
            edit.tries += 1
            try:
                status, place = self.browsers[edit.person].post(edit.path, edit.fields)
            except (OSError, http.client.HTTPException):
                time.sleep(PAUSE_S)  # no answer: the server is down, or went down with this edit in its hands
                continue
            if status == 302 and not place.startswith("/logga-in"):
                edit.acknowledged = place
            else:
                edit.faults.append(f"{status} {place}")
                time.sleep(PAUSE_S)
