"""The ways out: a mail server over SMTP, and text messages through an adapter.

A sender is handed the delivery's own id, the address and the language, the digits when it is a code, and
whether it goes to the child itself; the words are always the same. A server that says "never" raises
`Refused`; whatever else goes wrong is tried again.
"""

import os
from email.utils import formatdate, parseaddr
from pathlib import Path
from smtplib import SMTPRecipientsRefused, SMTPSenderRefused
from typing import Protocol
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import translation

from kring.access.policy.notices import Way

from .rules import words_of

NEVER = range(500, 600)


class Refused(Exception):
    """The address does not take it, and will not at another try."""


class Sender(Protocol):
    """Takes one delivery out of the house."""

    def send(
        self, delivery_id: UUID, address: str, language: str, *, code: str = "", to_child: bool = False
    ) -> None:
        """Returns when somebody else has it; raises when they do not."""


class Mail:
    """SMTP, by Django's mail settings. The id of the delivery is the id of the letter, so that a letter that
    had to be sent again because nobody knew whether it left is the same letter to whoever receives it.
    """

    def send(
        self, delivery_id: UUID, address: str, language: str, *, code: str = "", to_child: bool = False
    ) -> None:
        """Hand the letter to the mail server."""
        letter = letter_of(delivery_id, address, language, code=code, to_child=to_child)
        try:
            letter.send()
        except SMTPRecipientsRefused as refused:
            codes = [code for code, _ in refused.recipients.values()]
            if any(code in NEVER for code in codes):
                raise Refused from refused
            raise
        except SMTPSenderRefused as refused:
            raise ConnectionError(refused.smtp_code) from refused


def letter_of(
    delivery_id: UUID, address: str, language: str, *, code: str = "", to_child: bool = False
) -> EmailMessage:
    """The one letter, or the one that holds a code, in the receiver's language. To a child its sender is an
    address without a name.
    """
    sender = settings.NOTICE_CHILD_FROM or parseaddr(settings.DEFAULT_FROM_EMAIL)[1] if to_child else None
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip("> ")
    headers = {
        "Message-ID": f"<{delivery_id}@{domain}>",
        "Date": formatdate(localtime=False),
        "Auto-Submitted": "auto-generated",
    }
    with translation.override(language):
        subject, text = words_of(code, to_child=to_child)
        return EmailMessage(subject, text, sender, [address], headers=headers)


class TextFiles:
    """Text messages as files in a folder: what the demo has instead of a provider, and the pattern for one.
    The id names the file, so that a message sent again is the same message.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def send(
        self, delivery_id: UUID, address: str, language: str, *, code: str = "", to_child: bool = False
    ) -> None:
        """Write the message, whole or not at all."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with translation.override(language):
            text = f"{address}\n{words_of(code, to_child=to_child)[1]}\n"
        unfinished = self.folder / f".{delivery_id}"
        unfinished.write_text(text, encoding="utf-8")
        os.replace(unfinished, self.folder / f"{delivery_id}.txt")


def ways_out() -> dict[str, Sender]:
    """The ways that this installation has; one that is not set up is not offered to anybody."""
    found: dict[str, Sender] = {}
    if settings.NOTICE_MAIL:
        found[Way.EMAIL.value] = Mail()
    if settings.NOTICE_TEXT_FOLDER:
        found[Way.SMS.value] = TextFiles(Path(settings.NOTICE_TEXT_FOLDER))
    return found
