"""./kring demo: a made-up region on this machine only."""

import hashlib
import json
import socket
import subprocess
import tomllib
from contextlib import closing
from pathlib import Path
from typing import Any

from tools import processes
from tools.application import demo_variables
from tools.environment import Trouble, say

CHILDREN = 2000

CAST = "src/kring/demo/cast.toml"

GREETING = """
  Kring     http://127.0.0.1:{port}/

  Log in    Choose a person on the first page: it says who they are and three things to try.
  Logga in  Välj en person på första sidan: där står vem det är och tre saker att prova.
            {people}

  Everyone in the demo is made up. Ctrl-C stops it. / Alla i demon är påhittade. Ctrl-C avslutar.
"""


def run(root: Path, python: Path, *, children: int | None, port: int, fresh: bool) -> int:
    """Prepare what is missing, serve until Ctrl-C, and return the exit code."""
    refuse_taken(port)
    prepare(root, python, children=children, fresh=fresh)
    return serve(root, python, port)


def refuse_taken(port: int) -> None:
    with closing(socket.socket()) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise Trouble(
                f"Port {port} is taken by another program. Try: ./kring demo --port {port + 1}\n"
                f"Port {port} är upptagen av ett annat program. Prova: ./kring demo --port {port + 1}"
            ) from None


def prepare(root: Path, python: Path, *, children: int | None, fresh: bool) -> None:
    """Migrate, collect and fill, each only when something it depends on has changed."""
    note, static_root = root / "var" / "demo.json", root / "var" / "static"
    tables = _fingerprints(root, "src/kring/**/migrations/*.py")
    static = _fingerprints(root, "src/kring/**/static/**/*")
    before = {} if fresh else _what_was_made(root, tables)
    if not before:
        _throw_away(root)
    count = before.get("children") or children or CHILDREN
    if children not in (None, count):
        say(f"The demo already holds {count} children; add --fresh to make it again with {children}")
    if before.get("tables") != tables:
        _django(root, python, "Making the database tables", "migrate", "--verbosity=0")
    if before.get("static") != static or not static_root.exists():
        collect = ["collectstatic", "--no-input", "--verbosity=0"]
        _django(root, python, "Collecting pictures and styles", *collect)
    if not before:
        filling = f"Filling the region with {count} made-up children"
        _django(root, python, filling, "fill_demo", f"--children={count}")
    note.write_text(json.dumps({"tables": tables, "static": static, "children": count}))


def _what_was_made(root: Path, tables: dict[str, str]) -> dict[str, Any]:
    """The note of a demo that was filled to the end, when its tables can still be brought up to date."""
    note = root / "var" / "demo.json"
    if not note.exists() or not (root / "var" / "demo.sqlite3").exists():
        return {}
    before = json.loads(note.read_text())
    if "tables" not in before or not before["tables"].items() <= tables.items():
        say("This version makes its tables anew, and so the demo")
        return {}
    return before


def _throw_away(root: Path) -> None:
    for path in (root / "var").glob("demo.*"):
        path.unlink()


def _fingerprints(root: Path, pattern: str) -> dict[str, str]:
    """The checksum of each file, by name."""
    return {
        str(path.relative_to(root)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(root.glob(pattern))
        if path.is_file()
    }


def _django(root: Path, python: Path, telling: str, *arguments: str) -> None:
    say(telling)
    command = [str(python), "-m", "django", *arguments]
    if subprocess.run(command, env=demo_variables(root), cwd=root, stdin=subprocess.DEVNULL).returncode != 0:
        raise Trouble(f"The demo could not be prepared: {arguments[0]} failed (see above)")


def serve(root: Path, python: Path, port: int) -> int:
    """The pages and the background jobs, side by side, until Ctrl-C or until one of them stops."""
    processes.interrupt_on_signals()
    commands = (processes.web(f"127.0.0.1:{port}", workers=2), processes.jobs(quiet=True))
    started = [processes.start(python, command, demo_variables(root), root) for command in commands]
    try:
        processes.wait_until_answering(port, started)
        say("Kring answers")
        print(greeting(root, port), flush=True)
        processes.attend(started)
        print("A part of Kring stopped by itself (see above); the demo ends.", flush=True)
        return 1
    except KeyboardInterrupt:
        print("\nThe demo has stopped. Demon är avslutad.", flush=True)
        return 0
    finally:
        processes.stop(started)


def greeting(root: Path, port: int) -> str:
    """The address, and a person of each kind to begin with."""
    cast = tomllib.loads((root / CAST).read_text(encoding="utf-8"))
    people = [(person["name"], person["title"]) for person in cast["staff"][:3]]
    people.append((cast["guardian"][0]["name"], "vårdnadshavare"))
    people.append((cast["child"][0]["name"], f"{cast['child'][0]['years']} år"))
    named = "\n            ".join(f"{' '.join(name)}, {what}" for name, what in people)
    return GREETING.format(port=port, people=named)
