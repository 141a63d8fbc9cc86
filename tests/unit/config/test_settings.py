"""The settings as another environment would read them: closed in service, open only on the demo's machine."""

import os
import runpy
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from django.core.exceptions import ImproperlyConfigured

import kring.config

FILE = Path(kring.config.__file__).with_name("settings.py")
ROOT = FILE.parents[3]
SERVICE = {
    "DATABASE_URL": "postgresql://kring:hemligt@db:5433/kring",
    "KRING_SECRET_KEY": "s" * 50,
    "KRING_AUDIT_KEY": "a" * 50,
    "KRING_ALLOWED_HOSTS": "kring.example.se,kring2.example.se",
}
DEMO = {"KRING_DEMO": "1"}


def settings(environment: dict[str, str]) -> dict[str, Any]:
    """The settings of a process that has this environment and nothing else of ours."""
    others = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("KRING_", "DATABASE_", "DJANGO_"))
    }
    with mock.patch.dict(os.environ, others | environment, clear=True):
        return runpy.run_path(str(FILE))


# What must be said


@pytest.mark.parametrize("name", SERVICE)
def test_in_service_nothing_is_guessed(name):
    given = {key: value for key, value in SERVICE.items() if key != name}
    with pytest.raises(ImproperlyConfigured, match=f"{name} is not set. / {name} är inte satt."):
        settings(given)
    with pytest.raises(ImproperlyConfigured, match=name):
        settings({**given, name: ""})


@pytest.mark.parametrize("demo", ["0", "", "true", "yes", "ja"])
def test_only_the_very_word_makes_a_demo(demo):
    with pytest.raises(ImproperlyConfigured):
        settings({"KRING_DEMO": demo})
    assert settings(SERVICE | {"KRING_DEMO": demo})["DEMO"] is False


def test_the_demo_needs_nothing_said_and_answers_on_this_machine_only():
    found = settings(DEMO)
    assert found["ALLOWED_HOSTS"] == ["127.0.0.1", "localhost", "[::1]"]
    assert found["DATABASES"]["default"]["NAME"] == str(ROOT / "var" / "demo.sqlite3")
    assert found["SECRET_KEY"] != found["AUDIT_KEY"]
    assert min(len(found["SECRET_KEY"]), len(found["AUDIT_KEY"])) >= 50


def test_what_is_said_holds_in_the_demo_too():
    found = settings(DEMO | SERVICE)
    assert (found["SECRET_KEY"], found["AUDIT_KEY"]) == ("s" * 50, "a" * 50)
    assert found["ALLOWED_HOSTS"] == ["kring.example.se", "kring2.example.se"]


def test_pages_never_show_how_they_were_made():
    assert settings(DEMO)["DEBUG"] is settings(SERVICE)["DEBUG"] is False


# Closed in service


@pytest.mark.parametrize(
    ("name", "in_service", "in_the_demo"),
    [
        ("HTTPS", True, False),
        ("SESSION_COOKIE_SECURE", True, False),
        ("CSRF_COOKIE_SECURE", True, False),
        ("SECURE_SSL_REDIRECT", True, False),
        ("SECURE_HSTS_SECONDS", 31_536_000, 0),
        ("SECURE_HSTS_INCLUDE_SUBDOMAINS", True, False),
        ("SECURE_HSTS_PRELOAD", True, False),
        ("SECURE_PROXY_SSL_HEADER", ("HTTP_X_FORWARDED_PROTO", "https"), None),
        ("HELP_PHONE", "", "031-390 06 10"),
        # The same in both.
        ("CSRF_COOKIE_HTTPONLY", True, True),
        ("SESSION_EXPIRE_AT_BROWSER_CLOSE", True, True),
        ("SESSION_COOKIE_AGE", 36_000, 36_000),
        ("SESSION_COOKIE_SAMESITE", "Lax", "Lax"),
        ("SESSION_COOKIE_NAME", "kring", "kring"),
        ("SECURE_REFERRER_POLICY", "same-origin", "same-origin"),
        ("X_FRAME_OPTIONS", "DENY", "DENY"),
        ("DATA_UPLOAD_MAX_MEMORY_SIZE", 2_621_440, 2_621_440),
        ("DATA_UPLOAD_MAX_NUMBER_FIELDS", 2_000, 2_000),
        ("USE_TZ", True, True),
        ("USE_I18N", True, True),
        ("TIME_ZONE", "Europe/Stockholm", "Europe/Stockholm"),
        ("LANGUAGE_CODE", "sv", "sv"),
        ("SOCIALACCOUNT_PROVIDERS", {}, {}),
        (
            "AUTHENTICATION_BACKENDS",
            ["kring.access.login.PersonBackend"],
            ["kring.access.login.PersonBackend"],
        ),
    ],
)
def test_each_lock_in_service_and_in_the_demo(name, in_service, in_the_demo):
    assert settings(SERVICE)[name] == in_service
    assert settings(DEMO)[name] == in_the_demo


@pytest.mark.parametrize(("word", "https"), [("1", False), ("0", True), ("", True), ("true", True)])
def test_plain_http_behind_something_else_is_asked_for_by_one_word(word, https):
    found = settings(SERVICE | {"KRING_HTTP_ONLY": word})
    assert (found["HTTPS"], found["SESSION_COOKIE_SECURE"]) == (https, https)


def test_a_page_may_load_from_its_own_house_alone():
    policy = settings(SERVICE)["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]
    assert policy["default-src"] == policy["base-uri"] == policy["frame-ancestors"] == ["'none'"]
    own = {name for name, sources in policy.items() if sources == ["'self'"]}
    assert own == {"script-src", "style-src", "img-src", "connect-src", "manifest-src", "form-action"}
    assert not any("unsafe" in source for sources in policy.values() for source in sources)


# The order in which a request is met


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("SecurityMiddleware", "SessionMiddleware"),
        ("access.middleware.headers", "SessionMiddleware"),
        ("SessionMiddleware", "LocaleMiddleware"),
        ("LocaleMiddleware", "CommonMiddleware"),
        ("SessionMiddleware", "AuthenticationMiddleware"),
        ("CsrfViewMiddleware", "AuthenticationMiddleware"),
        ("AuthenticationMiddleware", "LoginRequiredMiddleware"),
        ("SessionMiddleware", "MessageMiddleware"),
        ("AuthenticationMiddleware", "ActorMiddleware"),
        ("LoginRequiredMiddleware", "ActorMiddleware"),
        ("ActorMiddleware", "PermissionMiddleware"),
    ],
)
def test_each_lock_stands_before_what_rests_on_it(first, then):
    order = settings(SERVICE)["MIDDLEWARE"]
    places = [[at for at, name in enumerate(order) if name.endswith(ending)] for ending in (first, then)]
    assert len(places[0]) == len(places[1]) == 1
    assert places[0] < places[1]


def test_every_app_and_every_lock_stands_there_once():
    found = settings(SERVICE)
    for name in ("INSTALLED_APPS", "MIDDLEWARE"):
        assert len(set(found[name])) == len(found[name])


# Databases


def database(url: str, **more: str) -> dict[str, Any]:
    return settings(SERVICE | {"DATABASE_URL": url} | more)["DATABASES"]["default"]


def test_postgres_keeps_its_connections_for_a_minute():
    found = database("postgresql://kring:hemligt@db:5433/kring")
    assert (found["ENGINE"], found["NAME"], found["USER"]) == (
        "django.db.backends.postgresql",
        "kring",
        "kring",
    )
    assert (found["HOST"], found["PORT"], found["CONN_MAX_AGE"]) == ("db", 5433, 60)


@pytest.mark.parametrize(
    "promise",
    ["journal_mode=WAL", "synchronous=FULL", "busy_timeout=20000", "foreign_keys=ON"],
)
def test_sqlite_keeps_what_it_has_acknowledged_and_lets_writers_queue(promise, tmp_path):
    found = database(f"sqlite:///{tmp_path / 'k.sqlite3'}")
    assert f"PRAGMA {promise};" in found["OPTIONS"]["init_command"]
    assert (found["OPTIONS"]["transaction_mode"], found["OPTIONS"]["timeout"]) == ("IMMEDIATE", 20)
    assert found["NAME"] == str(tmp_path / "k.sqlite3")


# Folders and files


def test_whatever_kring_makes_stands_in_one_folder(tmp_path):
    found = settings(DEMO | {"KRING_VAR": str(tmp_path)})
    assert found["STATIC_ROOT"] == tmp_path / "static"
    assert found["MEDIA_ROOT"] == tmp_path / "files"
    assert found["DATABASES"]["default"]["NAME"] == str(tmp_path / "demo.sqlite3")
    assert settings(DEMO)["STATIC_ROOT"] == ROOT / "var" / "static"


def test_static_files_carry_fingerprints_unless_asked_otherwise():
    usual = settings(SERVICE)["STORAGES"]["staticfiles"]["BACKEND"]
    assert usual == "whitenoise.storage.CompressedManifestStaticFilesStorage"
    assert settings(SERVICE | {"KRING_STATIC": "x.Y"})["STORAGES"]["staticfiles"]["BACKEND"] == "x.Y"


def test_pages_are_made_by_our_own_templates_only():
    pages, others = settings(SERVICE)["TEMPLATES"]
    assert pages["APP_DIRS"] is False
    assert all(folder.is_relative_to(ROOT / "src" / "kring") for folder in pages["DIRS"])
    assert pages["DIRS"] == sorted(pages["DIRS"])
    assert {"design", "portal"} <= {folder.parent.name for folder in pages["DIRS"]}
    assert others["BACKEND"].endswith("DjangoTemplates")


MEGABYTE = 1024 * 1024


@pytest.mark.parametrize(
    ("given", "unpacked", "uploaded"),
    [
        ({}, 1024, 100),
        ({"KRING_IMPORT_MAX_MB": "2"}, 2, 100),
        ({"KRING_IMPORT_UPLOAD_MAX_MB": "3"}, 1024, 3),
    ],
)
def test_how_much_a_delivery_may_hold(given, unpacked, uploaded):
    found = settings(SERVICE | given)
    assert found["IMPORT_MAX_BYTES"] == unpacked * MEGABYTE
    assert found["IMPORT_UPLOAD_MAX_BYTES"] == uploaded * MEGABYTE


@pytest.mark.parametrize(("given", "level"), [({}, "WARNING"), ({"KRING_LOG_LEVEL": "INFO"}, "INFO")])
def test_what_is_logged_to_the_console(given, level):
    assert settings(SERVICE | given)["LOGGING"]["root"] == {"handlers": ["console"], "level": level}


# Logging in through an identity provider


OIDC = {
    "KRING_OIDC_URL": "https://id.example.se",
    "KRING_OIDC_CLIENT": "kring-vgr",
    "KRING_OIDC_SECRET": "hemlig",
}
LOA = "http://id.elegnamnden.se/loa/1.0/loa"


def test_an_identity_provider_is_asked_for_a_strong_login_with_pkce():
    found = settings(SERVICE | OIDC)["SOCIALACCOUNT_PROVIDERS"]["openid_connect"]
    (app,) = found["APPS"]
    assert found["OAUTH_PKCE_ENABLED"] is True
    assert (app["provider_id"], app["client_id"], app["secret"]) == ("identity", "kring-vgr", "hemlig")
    assert app["settings"]["server_url"] == "https://id.example.se"
    assert app["settings"]["token_auth_method"] == "client_secret_basic"
    assert app["settings"]["auth_params"] == {"acr_values": f"{LOA}3 {LOA}4"}


@pytest.mark.parametrize("missing", ["KRING_OIDC_CLIENT", "KRING_OIDC_SECRET"])
def test_a_provider_without_its_secret_or_client_does_not_start(missing):
    given = {name: value for name, value in OIDC.items() if name != missing}
    with pytest.raises(ImproperlyConfigured, match=missing):
        settings(SERVICE | given)


def test_the_levels_of_assurance_are_three_and_four_unless_told_otherwise():
    assert settings(SERVICE)["OIDC_LEVELS"] == {f"{LOA}3", f"{LOA}4"}
    assert settings(SERVICE | {"KRING_OIDC_LEVELS": "a,b"})["OIDC_LEVELS"] == {"a", "b"}
