"""All settings, read from the environment. Nothing here is secret and nothing here is per machine."""

import os
from datetime import timedelta
from pathlib import Path
from urllib.parse import unquote, urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

PACKAGE = Path(__file__).resolve().parents[1]
ROOT = PACKAGE.parents[1]
VAR = Path(os.environ.get("KRING_VAR", ROOT / "var"))

DEMO = os.environ.get("KRING_DEMO") == "1"
DEBUG = False


def required(name: str, demo: str) -> str:
    """A value from the environment; only the demo has a stand-in."""
    value = os.environ.get(name) or (demo if DEMO else "")
    if not value:
        raise ImproperlyConfigured(f"{name} is not set. / {name} är inte satt.")
    return value


SECRET_KEY = required("KRING_SECRET_KEY", "demo-only-" + "0" * 40)
AUDIT_KEY = required("KRING_AUDIT_KEY", "demo-only-" + "1" * 40)
ALLOWED_HOSTS = required("KRING_ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
HTTPS = not DEMO and os.environ.get("KRING_HTTP_ONLY") != "1"

INSTALLED_APPS = [
    "kring.demo",
    "kring.portal",
    "kring.register",
    "kring.reports",
    "kring.followup",
    "kring.followup.extract",
    "kring.care.plans",
    "kring.care.contacts",
    "kring.care.concerns",
    "kring.care.record",
    "kring.care.monitoring",
    "kring.care.messages",
    "kring.log_review",
    "kring.timeline",
    "kring.notifications",
    "kring.access",
    "kring.children",
    "kring.organisations",
    "kring.audit",
    "kring.jobs",
    "kring.design",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "csp",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "kring.access.middleware.headers",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "kring.access.middleware.ActorMiddleware",
    "kring.access.middleware.PermissionMiddleware",
    "kring.portal.screen.hide_on_shared_screen",
]

ROOT_URLCONF = "kring.config.urls"
WSGI_APPLICATION = "kring.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        # Kring's own pages. Only our own folders: the add-ons' templates are in Django's language.
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": sorted(PACKAGE.glob("**/templates")),
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "kring.config.jinja.environment",
            "context_processors": ["kring.portal.frame.frame"],
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    },
]

DATABASES = {"default": dj_database_url.parse(required("DATABASE_URL", f"sqlite:///{VAR / 'demo.sqlite3'}"))}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["ENGINE"] = "kring.config.sqlite3"
    DATABASES["default"]["OPTIONS"] = {
        # Writers queue up instead of failing when two upgrade a read at once.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # FULL: an acknowledged write is on the disk, also after a power cut.
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA busy_timeout=20000;"
        "PRAGMA foreign_keys=ON;PRAGMA cache_size=-65536;PRAGMA mmap_size=268435456;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# Notices outside Kring. What is not set up is not offered to anybody; the demo writes files instead.
MAIL_SERVER = os.environ.get("KRING_SMTP_URL", "")
NOTICE_MAIL = bool(MAIL_SERVER) or DEMO
NOTICE_TEXT_FOLDER = os.environ.get("KRING_SMS_FOLDER", str(VAR / "sms") if DEMO else "")
DEFAULT_FROM_EMAIL = os.environ.get("KRING_MAIL_FROM", "Kring <kring@localhost>")
# What children's letters come from: a name on it shows on a telephone that somebody else may see.
NOTICE_CHILD_FROM = os.environ.get("KRING_MAIL_FROM_CHILD", "")
EMAIL_TIMEOUT = 30
if MAIL_SERVER:
    _mail = urlsplit(MAIL_SERVER)
    EMAIL_HOST, EMAIL_PORT = _mail.hostname or "localhost", _mail.port or 25
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(_mail.username or ""), unquote(_mail.password or "")
    EMAIL_USE_SSL, EMAIL_USE_TLS = _mail.scheme == "smtps", _mail.scheme == "smtp+tls"
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = VAR / "mail"

# People log in through an identity provider; there are no local passwords.
AUTH_USER_MODEL = "organisations.Person"
AUTHENTICATION_BACKENDS = ["kring.access.login.PersonBackend"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = "subject"
SOCIALACCOUNT_ADAPTER = "kring.portal.entrance.provider.Adapter"
SOCIALACCOUNT_LOGIN_ON_GET = True
OIDC_LEVELS = frozenset(
    os.environ.get(
        "KRING_OIDC_LEVELS", "http://id.elegnamnden.se/loa/1.0/loa3,http://id.elegnamnden.se/loa/1.0/loa4"
    ).split(",")
)
SOCIALACCOUNT_PROVIDERS = {}
if os.environ.get("KRING_OIDC_URL"):
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "identity",
                "name": "e-legitimation",
                "client_id": required("KRING_OIDC_CLIENT", "kring"),
                "secret": required("KRING_OIDC_SECRET", ""),
                "settings": {
                    "server_url": os.environ["KRING_OIDC_URL"],
                    "token_auth_method": "client_secret_basic",
                    "auth_params": {"acr_values": " ".join(sorted(OIDC_LEVELS))},
                },
            }
        ],
    }
LOGIN_URL = "log-in"
LOGIN_REDIRECT_URL = "home"
SESSION_COOKIE_NAME = "kring"
SESSION_COOKIE_AGE = int(timedelta(hours=10).total_seconds())
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SAMESITE = "Lax"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "kring.portal.errors.form_too_old"
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}
# Shown on the log-in page, the help page and every error page.
HELP_PHONE = os.environ.get("KRING_HELP_PHONE", "031-390 06 10" if DEMO else "")
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
# What one delivery of records may unpack to, and what a person may upload of it (packed or not).
IMPORT_MAX_BYTES = int(os.environ.get("KRING_IMPORT_MAX_MB", "1024")) * 1024 * 1024
IMPORT_UPLOAD_MAX_BYTES = int(os.environ.get("KRING_IMPORT_UPLOAD_MAX_MB", "100")) * 1024 * 1024

LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", "Svenska"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "Europe/Stockholm"
USE_TZ = True
USE_I18N = True

STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": os.environ.get("KRING_STATIC", "whitenoise.storage.CompressedManifestStaticFilesStorage")
    },
}
MEDIA_ROOT = VAR / "files"
# The flat tables that the indicators are counted from; the demo makes up its own.
FOLLOW_UP_DATA = os.environ.get("KRING_FOLLOW_UP_DATA", str(VAR / "demo-region") if DEMO else "")
# Kring's own extract of such tables: the key of its pseudonyms, where it is put (the newest as `kring`), and
# which other controllers have decided that their rows are counted with those of whoever asks.
EXTRACT_KEY = os.environ.get("KRING_EXTRACT_KEY") or ("demo-only-" + "2" * 40 if DEMO else "")
EXTRACT_FOLDER = Path(os.environ.get("KRING_EXTRACT_FOLDER", VAR / "extract"))
EXTRACT_CONTROLLERS = os.environ.get("KRING_EXTRACT_CONTROLLERS", "").replace(",", " ").split()

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": os.environ.get("KRING_LOG_LEVEL", "WARNING")},
}
