"""A real mail server for tests: it speaks SMTP on a port of its own and keeps every letter it has accepted.

`answers` says what it replies to each recipient in turn, else 250. A letter is kept at the moment when the
server says that it has it, which is the moment from which the sender must not think it lost.
"""

import socketserver
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from threading import Lock, Thread


class Letters(socketserver.ThreadingTCPServer):
    """The server, and the letters it has accepted."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Session)
        self.letters: list[EmailMessage] = []
        self.to: list[str] = []
        self.answers: dict[str, str] = {}
        self.on_letter: Callable[[int], None] = lambda count: None
        self.lock = Lock()

    def handle_error(self, request: object, client_address: object) -> None:
        """A sender that is shot in the middle of a sentence is what some tests are about."""

    @property
    def port(self) -> int:
        return self.server_address[1]

    def accept(self, to: list[str], content: bytes) -> None:
        """Keep a letter; `on_letter` is told how many there are."""
        with self.lock:
            self.letters.append(message_from_bytes(content, policy=policy.default))
            self.to += to
            count = len(self.letters)
        self.on_letter(count)

    @property
    def ids(self) -> list[str]:
        return [letter["Message-ID"] for letter in self.letters]


class _Session(socketserver.StreamRequestHandler):
    server: Letters

    def handle(self) -> None:
        to: list[str] = []
        self._say("220 here")
        while line := self.rfile.readline().decode("ascii", "replace").strip():
            word = line[:4].upper()
            if word == "QUIT":
                return self._say("221 bye")
            if word == "RCPT":
                to.append(line.partition("<")[2].partition(">")[0])
                self._say(self.server.answers.get(to[-1], "250 ok"))
            elif word == "DATA":
                self._say("354 go on")
                self.server.accept(to, self._content())
                to = []
                self._say("250 kept")
            else:
                self._say("250 ok")
        return None

    def _content(self) -> bytes:
        lines: list[bytes] = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line)
        return b"".join(lines)

    def _say(self, text: str) -> None:
        self.wfile.write(text.encode("ascii") + b"\r\n")


@contextmanager
def mail_server() -> Iterator[Letters]:
    """The server while it is needed."""
    with Letters() as server:
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield server
        server.shutdown()
