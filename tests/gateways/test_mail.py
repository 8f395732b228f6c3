"""The gateway against a server that speaks SMTP on a real socket."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from typing import Any

import pytest

from parvis.gateways.mail import MailNotAccepted, send


@dataclass
class SmallServer:
    """Takes mails on 127.0.0.1, one connection after the other; refuses the addresses in `refused`."""

    refused: set[str] = field(default_factory=set)
    taken: list[bytes] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.thread = threading.Thread(target=self._serve, daemon=True)
        self.thread.start()

    def _serve(self) -> None:
        while True:
            try:
                connection, _address = self.socket.accept()
            except OSError:
                return
            with connection, connection.makefile("rwb") as stream:
                self._talk(stream)

    def _talk(self, stream: Any) -> None:
        def answer(line: str) -> None:
            stream.write(line.encode() + b"\r\n")
            stream.flush()

        answer("220 small")
        while line := stream.readline().decode().strip():
            word = line.upper()
            if word.startswith(("EHLO", "HELO")):
                answer("250 small")
            elif word.startswith("RCPT") and any(address in line for address in self.refused):
                answer("550 no such mailbox")
            elif word.startswith("DATA"):
                answer("354 go on")
                lines = []
                while (part := stream.readline()) != b".\r\n":
                    lines.append(part.removeprefix(b"."))
                self.taken.append(b"".join(lines))
                answer("250 taken")
            elif word.startswith("QUIT"):
                answer("221 bye")
                return
            else:
                answer("250 ok")

    def close(self) -> None:
        with suppress(OSError):
            self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()
        self.thread.join(2)


@pytest.fixture
def server(settings: Any) -> Iterator[SmallServer]:
    small = SmallServer()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", small.port, 5
    settings.PARVIS_MAIL_FROM = "Parvis <no-reply@rencontres.example>"
    yield small
    small.close()


def _send(recipient: str = "a@example.org") -> None:
    send(
        recipient=recipient,
        subject="Votre inscription\n: été",
        body_text="Bonjour à vous",
        body_html="<p>Bonjour</p>",
        attachments=[("ticket.png", b"\x89PNG", "image/png"), ("2023.ics", b"BEGIN:VCALENDAR", "text/calendar")],
        message_id="42",
    )


def test_a_mail_arrives_whole(server: SmallServer) -> None:
    _send()
    message = message_from_bytes(server.taken[0], policy=policy.default)
    assert message["Subject"] == "Votre inscription : été"
    assert message["Message-ID"] == "<42@rencontres.example>"
    assert message["To"] == "a@example.org"
    names = [part.get_filename() for part in message.walk() if part.get_filename()]
    assert names == ["ticket.png", "2023.ics"]
    body = message.get_body(("plain",))
    assert body is not None
    assert "Bonjour à vous" in body.get_content()


def test_a_refusal_carries_the_servers_words(server: SmallServer) -> None:
    server.refused.add("closed@example.org")
    with pytest.raises(MailNotAccepted, match="no such mailbox"):
        _send("closed@example.org")
    assert server.taken == []


def test_a_server_that_is_not_there(server: SmallServer) -> None:
    server.close()
    with pytest.raises(MailNotAccepted):
        _send()
