"""`./kring bench kill_nine`: shoots the server while people write; is anything lost, doubled or made up?

The real server (two workers, four threads each) on a database of its own that really writes to disk. People
of the cast write in plans over HTTP, many at once, each edit with one submission key, sent again with that
key until it is answered. Meanwhile the server's whole process group gets signal 9, again and again. Ends with
1 when anything acknowledged is lost, anything is there twice or half, anything is there that nobody sent, or
the log has a fault.
"""

import argparse
import json
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.killing.senders import Edit, Senders, edits
from benchmarks.killing.server import Server

COLUMNS = (
    "sent", "acknowledged", "retried", "refused", "kills", "lost", "duplicates", "strangers", "half",
    "log faults", "seconds",
)  # fmt: skip
MUST_BE_NONE = ("refused", "lost", "duplicates", "strangers", "half", "log faults")
THREADS = 16


@dataclass
class Outcome:
    """The figures of one database, and a few words about each thing that is wrong."""

    figures: dict[str, float]
    notes: list[str] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        all_answered = self.figures["sent"] == self.figures["acknowledged"]
        return all_answered and not any(self.figures[name] for name in MUST_BE_NONE)


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="./kring bench kill_nine", description=__doc__)
    parser.add_argument("--edits", type=int, default=1000)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--database", choices=["sqlite", "postgres", "both"], default="both")
    parser.add_argument("--children", type=int, default=300, help="made-up children beside the cast")
    parser.add_argument("--seed", type=int, default=9)
    asked = parser.parse_args(arguments)
    kinds = ["sqlite", "postgres"] if asked.database == "both" else [asked.database]
    outcomes = {}
    for kind in kinds:
        with tempfile.TemporaryDirectory(prefix="kring-kill-") as name, database(kind, Path(name)) as url:
            outcomes[kind] = trial(
                url,
                Path(name),
                count=asked.edits,
                kills=asked.kills,
                children=asked.children,
                seed=asked.seed,
            )
    print_table(outcomes)
    if not all(outcome.is_whole for outcome in outcomes.values()):
        sys.exit(1)


@contextmanager
def database(kind: str, folder: Path) -> Iterator[str]:
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'kring.sqlite3'}"
        return
    from tools.postgres import private_server

    with private_server(durable=True) as url:
        yield url


def trial(url: str, folder: Path, *, count: int, kills: int, children: int, seed: int) -> Outcome:
    """Fill an empty database, let the edits be sent while the server is shot, and judge what stands there."""
    server = Server(url, folder)
    world = json.loads(server.run("benchmarks.killing.world", str(children)))
    before = json.loads(server.run("benchmarks.killing.judge", "before", "-"))
    work = list(edits(world, count, seed))
    began = time.monotonic()
    shots = shoot(server, work, kills, random.Random(seed))
    seconds = time.monotonic() - began
    story = folder / "story.json"
    story.write_text(json.dumps({"before": before, "sent": [edit.told() for edit in work]}))
    verdict = json.loads(server.run("benchmarks.killing.judge", "after", str(story)))
    notes = verdict.pop("notes") + [f"{edit.path}: {fault}" for edit in work for fault in edit.faults][:10]
    return Outcome({**counts(work), **verdict, "kills": shots, "seconds": seconds}, notes)


def shoot(server: Server, work: list[Edit], kills: int, chance: random.Random) -> int:
    """Let the senders work through it all and kill the server at moments spread over that; how often."""
    server.start()
    senders = Senders(server.port, work, THREADS)
    senders.start()
    moments = sorted(chance.uniform(0.02, 0.98) * len(work) for _ in range(kills))
    shots = 0
    try:
        while senders.running:
            if shots < kills and senders.acknowledged >= moments[shots]:
                time.sleep(chance.uniform(0, 0.1))
                server.kill()
                shots += 1
                server.start()
            time.sleep(0.005)
    finally:
        server.kill()
    return shots


def counts(work: list[Edit]) -> dict[str, float]:
    return {
        "sent": len(work),
        "acknowledged": sum(bool(edit.acknowledged) for edit in work),
        "retried": sum(edit.tries > 1 for edit in work),
        "refused": sum(len(edit.faults) for edit in work),
    }


def print_table(outcomes: dict[str, Outcome]) -> None:
    print(f"{'database':<10}" + "".join(f"{name:>13}" for name in COLUMNS))
    for kind, outcome in outcomes.items():
        figures = {**outcome.figures, "seconds": round(outcome.figures["seconds"], 1)}
        print(f"{kind:<10}" + "".join(f"{figures[name]:>13}" for name in COLUMNS))
    for kind, outcome in outcomes.items():
        for note in outcome.notes:
            print(f"{kind}: {note}")
