"""A newcomer's first minutes: the demo is made, answers, ends with Ctrl-C, and is quick the next time."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import closing
from pathlib import Path

import pytest

from tests.architecture.source import ROOT

CHILDREN = 40


class Demo:
    """The demo in a folder of its own, with the code of this one."""

    def __init__(self, folder: Path) -> None:
        (folder / "src").symlink_to(ROOT / "src")
        (folder / "var").mkdir()
        self.folder = folder
        with closing(socket.socket()) as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]

    def start(self) -> subprocess.Popen:
        script = (
            "import sys; from pathlib import Path; from tools import demo; sys.exit(demo.run("
            f"Path({str(self.folder)!r}), Path(sys.executable), "
            f"children={CHILDREN}, port={self.port}, fresh=False))"
        )
        return subprocess.Popen(
            [sys.executable, "-c", script],
            cwd=ROOT,
            env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def first_page(self) -> str:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/", timeout=20) as answer:
            assert answer.status == 200
            return answer.read().decode("utf-8")


def told_until_ready(running: subprocess.Popen) -> str:
    told = ""
    for line in running.stdout:
        told += line
        if "Ctrl-C" in line:
            return told
    pytest.fail(f"the demo ended by itself:\n{told}")


def end(running: subprocess.Popen) -> str:
    running.send_signal(signal.SIGINT)
    told, _ = running.communicate(timeout=30)
    return told


@pytest.fixture(scope="module")
def demo(tmp_path_factory) -> Demo:
    return Demo(tmp_path_factory.mktemp("demo"))


def test_the_first_start_makes_a_region_and_answers(demo):
    running = demo.start()
    try:
        told = told_until_ready(running)
        page = demo.first_page()
    finally:
        ending = end(running)
    assert f"Filling the region with {CHILDREN} made-up children" in told
    assert f"http://127.0.0.1:{demo.port}/" in told
    assert "Karin Lund" in told
    assert "Karin Lund" in page, "the first page is a door for the people of the cast"
    assert running.returncode == 0
    assert "Demon är avslutad" in ending
    assert not re.search(r"Traceback|WARNING|ERROR", told + ending)


def test_the_second_start_answers_at_once(demo):
    began = time.monotonic()
    running = demo.start()
    try:
        told = told_until_ready(running)
        seconds = time.monotonic() - began
        demo.first_page()
    finally:
        end(running)
    assert "Filling" not in told
    assert seconds < 10, f"{seconds:.1f} s; three on a quiet machine"


def test_nothing_is_left_running(demo):
    with closing(socket.socket()) as probe:
        assert probe.connect_ex(("127.0.0.1", demo.port)) != 0
