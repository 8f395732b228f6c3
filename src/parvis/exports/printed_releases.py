"""The documents that a release is printed as, and where they are kept: made once, by whoever is first.

The first reader makes a document, or the task that runs when a release is published: both come through here, so that
they make the same one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import reverse

from parvis.domain.programme.public_editions import PublicEdition
from parvis.domain.programme.release import ReleaseContent, SessionContent
from parvis.exports import programme_pdf, session_sheets_pdf
from parvis.exports.edition_words import called_off_said
from parvis.exports.programme_pdf import Paper, Printing
from parvis.gateways.kept_files import KeptFiles
from parvis.gateways.typst_compiler import document_key


@dataclass(frozen=True, slots=True)
class PrintedDocument:
    """A document that can be made: from which template and data, as of when, and how."""

    template: Path
    data: dict[str, Any]
    made_at: datetime
    make: Callable[[], bytes]


def printing_of(edition: PublicEdition, language: str) -> Printing | None:
    """Return which release is printed; None before the first. The active language must be `language`."""
    if edition.release_number is None or edition.released_at is None:
        return None
    address = settings.PARVIS_SITE_URL.rstrip("/") + reverse("public:programme", args=[edition.slug])
    return Printing(edition.release_number, edition.released_at, address, called_off_said(edition, language))


def printed_programme(content: ReleaseContent, language: str, paper: Paper, printing: Printing) -> PrintedDocument:
    """Return the whole programme on A4, or as a pocket A5."""
    data = programme_pdf.programme_document(content, language, paper, printing)
    made_at = printing.released_at
    return PrintedDocument(
        programme_pdf.TEMPLATE, data, made_at, lambda: programme_pdf.render_programme(data, made_at=made_at)
    )


def printed_sheets(
    content: ReleaseContent, sessions: list[SessionContent], language: str, printing: Printing
) -> PrintedDocument:
    """Return the sheets of some sessions."""
    data = session_sheets_pdf.session_sheets_document(content, sessions, language, printing)
    made_at = printing.released_at
    return PrintedDocument(
        session_sheets_pdf.TEMPLATE,
        data,
        made_at,
        lambda: session_sheets_pdf.render_session_sheets(data, made_at=made_at),
    )


def made_ahead(content: ReleaseContent, edition: PublicEdition, language: str) -> Iterator[PrintedDocument]:
    """Yield the documents that are asked for first and cost most. The active language must be `language`."""
    printing = printing_of(edition, language)
    if printing is not None:
        for paper in Paper:
            yield printed_programme(content, language, paper, printing)


def get_or_make(document: PrintedDocument) -> bytes:
    """Return a document as PDF: the one that is kept, else a new one, which is kept. Raises `TooManyDocuments`."""
    key = document_key(document.template, document.data, made_at=document.made_at)
    return kept_files(Path(settings.PARVIS_PRINTED)).get_or_make(key, document.make)


@cache
def kept_files(folder: Path) -> KeptFiles:
    """Return the documents kept in a folder; one for each process."""
    return KeptFiles(folder)
