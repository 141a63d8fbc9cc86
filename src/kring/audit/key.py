"""The secret that binds the rows of the log. It lives in the environment, never in the database it guards."""

from django.conf import settings


def audit_key() -> bytes:
    return settings.AUDIT_KEY.encode()
