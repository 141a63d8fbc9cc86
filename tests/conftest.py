"""What every test stands on: the settings' environment, the databases, the cast and a browser.

`./kring test` gives DATABASE_URL for PostgreSQL; without it the tests use SQLite in a file, as the demo does.
"""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import django.conf
import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from hypothesis.configuration import set_hypothesis_home_dir

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "var" / "test"
OPENS_A_DATABASE = {"db", "transactional_db", "live_server", "django_db_setup"}

# Read by the settings when Django starts, which is after this file and before the first test. With
# DJANGO_SETTINGS_MODULE in the shell, pytest has started Django already and none of this would be heard.
if django.conf.settings.configured:
    raise pytest.UsageError("unset DJANGO_SETTINGS_MODULE: tests/conftest.py names the settings itself")
os.environ.setdefault("DATABASE_URL", "sqlite:///" + str(RESULTS / "kring.sqlite3"))
os.environ.update(
    DJANGO_SETTINGS_MODULE="kring.config.settings",
    # Playwright keeps an event loop in the test's own thread; Django would refuse to query beside it.
    DJANGO_ALLOW_ASYNC_UNSAFE="1",
    KRING_SECRET_KEY="for-tests-only-" + "t" * 50,
    KRING_AUDIT_KEY="for-tests-only-" + "a" * 50,
    KRING_ALLOWED_HOSTS="testserver,localhost,127.0.0.1",
    KRING_VAR=str(RESULTS),
    KRING_DEMO="1",
    # Without collected files and their fingerprints: pages are tested before anything is collected.
    KRING_STATIC="django.contrib.staticfiles.storage.StaticFilesStorage",
)
RESULTS.mkdir(parents=True, exist_ok=True)

# One fixed sequence in the build, so a red build is red for everyone; new cases on a developer's machine.
set_hypothesis_home_dir(RESULTS / "hypothesis")
_shared = {
    "deadline": None,
    "suppress_health_check": [HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
}
hypothesis_settings.register_profile("ci", derandomize=True, print_blob=True, **_shared)
hypothesis_settings.register_profile("here", **_shared)
hypothesis_settings.register_profile("long", max_examples=5000, **_shared)
hypothesis_settings.load_profile(
    os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if os.environ.get("CI") else "here")
)

pytest_plugins = ["tests.browser", "tests.spark"]


def pytest_configure() -> None:
    """Start Django with the environment above."""
    django.setup()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what drives a browser and what asks a database, so that no test can forget its mark."""
    for item in items:
        if "journeys" in item.path.parts:
            item.add_marker(pytest.mark.journey)
        if asks_a_database(item):
            item.add_marker(pytest.mark.database)


def asks_a_database(item: pytest.Item) -> bool:
    """Whether the database is open to it, and may matter to what it promises. To a test that nothing opens a
    database for, pytest-django refuses each question.
    """
    if item.get_closest_marker("any_database"):
        return False
    return bool(item.get_closest_marker("django_db")) or not OPENS_A_DATABASE.isdisjoint(item.fixturenames)


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> Iterator[None]:
    """SQLite in a real file: the same locks and journal as in use, seen alike by every thread."""
    from django.conf import settings

    database = settings.DATABASES["default"]
    if "sqlite" not in database["ENGINE"]:
        yield
        return
    with tempfile.TemporaryDirectory(prefix="kring-test-") as folder:
        database.setdefault("TEST", {})["NAME"] = str(Path(folder) / "kring.sqlite3")
        # Nothing here has to outlive a power cut.
        database["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"
        yield


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Real and outside-made input, kept beside the repository; tests that need it are skipped without it."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("needs the outside-made input in ../shared/data, which is not part of this repository")
    return folder


@pytest.fixture(autouse=True)
def in_swedish() -> None:
    """A page that was asked for in English leaves its language behind in the thread; no test inherits it."""
    from django.utils import translation

    translation.deactivate()


@pytest.fixture
def cast(request, db):
    """The cast (tests/cast.py) in the database, with the clock standing still at its moment."""
    from kring import clock
    from kring.organisations.models import Region
    from tests import cast as people
    from tests.told import MEMORY

    everyone = people.Cast() if Region.objects.exists() else people.set_up()
    with clock.frozen(people.NOW), MEMORY.watched(request):
        yield everyone


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Set the cast up once; tests in a transaction find it there, others set it up anew after the flush."""
    from tests import cast as people

    with django_db_blocker.unblock():
        people.set_up()
