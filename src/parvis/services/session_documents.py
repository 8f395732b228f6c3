"""Puts documents beside sessions, and proceedings after them; keeps what was uploaded under names nobody guesses."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import IO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from parvis.domain.access import Actor, Permission
from parvis.domain.changes import TextMissing
from parvis.domain.programme.documents import (
    MOST_DOCUMENTS,
    TooManyDocuments,
    check_one_place,
    checked_address,
    file_name,
)
from parvis.domain.programme.sessions import DocumentKind
from parvis.domain.refusals import NotFound
from parvis.domain.text import tidy
from parvis.domain.uploads import check_document
from parvis.models import SessionDocument
from parvis.services import log
from parvis.services.changes import locked, save_changes
from parvis.services.programme import session_of_open_edition, touch


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file as it came: its name, its size in bytes, and its content, read once."""

    name: str
    size: int
    content: IO[bytes]


def add_document(
    *,
    actor: Actor,
    session_id: int,
    kind: DocumentKind,
    title: str,
    language: str = "",
    url: str = "",
    file: SentFile | None = None,
    now: datetime | None = None,
) -> SessionDocument:
    """Put a document beside a session: an address, or a file. The public sees it with the next release.

    Locks the session. A file is written before the row and taken away again where the row is refused. Raises
    `NotAllowed`, `NotFound`, `EditionIsClosed`, `TextMissing`, `DocumentNowhere`, `AddressIsNoLink`,
    `TooManyDocuments` and the refusals of `check_document`.
    """
    actor.require(Permission.EDIT_PROGRAMME)
    moment = now or timezone.now()
    if not tidy(title):
        raise TextMissing(field="title")
    address = checked_address(url)
    check_one_place(address, has_file=file is not None)
    stored = _stored(file) if file is not None else ""
    try:
        with transaction.atomic():
            session, _edition = session_of_open_edition(session_id)
            count = session.documents.count()
            if count >= MOST_DOCUMENTS:
                raise TooManyDocuments(most=MOST_DOCUMENTS)
            row = SessionDocument(session=session, position=count, added_at=moment)
            row.file.name = stored
            values = {"kind": str(kind), "title": title, "language": language, "url": address}
            saved = save_changes(actor=actor, row=row, values=values, now=moment)
            touch(session)
    except BaseException:
        if stored:
            default_storage.delete(stored)
        raise
    return saved


def remove_document(*, actor: Actor, document_id: int, now: datetime | None = None) -> None:
    """Take a document away, and its file once that is done. Raises `NotAllowed`, `NotFound`, `EditionIsClosed`."""
    actor.require(Permission.EDIT_PROGRAMME)
    with transaction.atomic():
        session_id = SessionDocument.objects.filter(pk=document_id).values_list("session_id", flat=True).first()
        if session_id is None:
            raise NotFound
        session, _edition = session_of_open_edition(session_id)
        row = locked(SessionDocument, document_id)
        name = row.file.name
        log.record(actor=actor, action="sessiondocument.removed", subject=row, now=now or timezone.now())
        row.delete()
        touch(session)
        if name:
            transaction.on_commit(partial(default_storage.delete, name))


def _stored(file: SentFile) -> str:
    begins = file.content.read(512)
    name = file_name(file.name)
    check_document(name, file.size, begins)
    content = ContentFile(begins + file.content.read())
    return default_storage.save(f"documents/{secrets.token_hex(16)}/{name}", content)
