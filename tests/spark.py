"""A real Apache Spark for the tests: a master and two workers on this machine's loopback, gone afterwards.

Started once, when the first test asks for it; every wait is bounded. Where Java or pyspark is not here the
tests that ask are skipped and say what is lacking; `./kring test --long` installs both first.
"""

import json
import os
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from socket import socket
from typing import Any

import pytest

WORKERS = 2
PATIENCE_S = 180
MEMORY = "512m"
DEPLOY = "org.apache.spark.deploy"


@pytest.fixture(scope="session")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A session whose work is done by two workers, each a program of its own with one core."""
    from indicators.engines import spark as engine

    if engine.lacking():
        pytest.skip(engine.lacking())
    folder = tmp_path_factory.mktemp("spark")
    with cluster(folder) as master:
        session = engine.session(
            master,
            spark__cores__max=str(WORKERS),
            spark__executor__memory=MEMORY,
            spark__sql__shuffle__partitions=str(WORKERS),
            spark__sql__warehouse__dir=str(folder / "warehouse"),
        )
        try:
            yield session
        finally:
            session.stop()


@contextmanager
def cluster(folder: Path) -> Iterator[str]:
    """A master and its workers; the master's address."""
    port, page = free_port(), free_port()
    master = f"spark://127.0.0.1:{port}"
    with ExitStack() as running:
        begin(running, folder / "master", "master.Master", "--port", str(port), "--webui-port", str(page))
        wait_for(page, 0)
        for number in range(WORKERS):
            own = folder / f"worker-{number}"
            size = ("--cores", "1", "--memory", "1g", "--webui-port", "0", "--work-dir", str(own))
            begin(running, own, "worker.Worker", *size, master)
        wait_for(page, WORKERS)
        yield master


def begin(running: ExitStack, folder: Path, program: str, *arguments: str) -> None:
    """One program of the cluster, in the foreground and under our eyes, ended when all is."""
    import pyspark

    home = Path(pyspark.__file__).parent
    folder.mkdir()
    loopback = {"SPARK_HOME": str(home), "SPARK_NO_DAEMONIZE": "1", "SPARK_LOCAL_IP": "127.0.0.1"}
    command = [str(home / "bin" / "spark-class"), f"{DEPLOY}.{program}", "--host", "127.0.0.1", *arguments]
    log = running.enter_context((folder / "log").open("wb"))
    one = subprocess.Popen(
        command, env={**os.environ, **loopback}, stdin=subprocess.DEVNULL, stdout=log, stderr=log
    )
    running.callback(end, one)


def end(one: "subprocess.Popen[bytes]") -> None:
    """Kindly, and after a while not."""
    one.terminate()
    try:
        one.wait(timeout=20)
    except subprocess.TimeoutExpired:
        one.kill()
        one.wait()


def wait_for(page: int, workers: int) -> None:
    """Until the master answers and so many workers have told it that they are there."""
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        if alive(page) >= workers:
            return
        time.sleep(0.2)
    raise TimeoutError(f"Spark's master saw no {workers} workers within {PATIENCE_S} s")


def alive(page: int) -> int:
    """The workers that the master knows of; -1 before it answers."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{page}/json/", timeout=5) as answer:
            return int(json.load(answer)["aliveworkers"])
    except OSError:
        return -1


def free_port() -> int:
    """A port that nobody listens on."""
    with closing(socket()) as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
