"""How far the texts of sessions are in each language, and who checked them."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet, TextField
from django.db.models.functions import Cast

from parvis.domain.access import Actor, Permission
from parvis.domain.programme.sessions import SessionStatus
from parvis.domain.programme.texts import (
    TEXT_FIELDS,
    TEXT_LANGUAGES,
    WITHOUT_ABSTRACT,
    LanguageTexts,
    TextsLeft,
    column_of,
    texts_in,
)
from parvis.models import LogEntry, Session

CHECKED = "session.texts_checked"
UNCHECKED = "session.texts_unchecked"
_PRINT_LENGTH = 20


@dataclass(frozen=True, slots=True)
class CheckMark:
    """Who checked the texts of a session in a language last, or took the check back, and when."""

    who: str
    at: datetime
    on: bool


def texts_of(session: Session) -> list[LanguageTexts]:
    """Return where the texts of a session stand in each language that is published. No query."""
    texts = {
        column: getattr(session, column)
        for column in (column_of(field, language) for field in TEXT_FIELDS for language in TEXT_LANGUAGES)
    }
    return [
        texts_in(language, texts=texts, format_=session.format, checked=session.checked) for language in TEXT_LANGUAGES
    ]


def texts_print(session: Session, language: str) -> str:
    """Return a short print of a session's texts in a language: what one reads is what one checks. No query."""
    texts = [getattr(session, column_of(field, language)) or "" for field in TEXT_FIELDS]
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()[:_PRINT_LENGTH]


def with_checks(rows: QuerySet[Session]) -> QuerySet[Session]:
    """Return the rows so that `unchecked_in` can be asked of them. SQLite finds nothing in a list, but in its text."""
    return rows.annotate(checked_said=Cast("checked", TextField()))


def missing_in(language: str) -> Q:
    """Return the condition that a required text is missing in a language."""

    def empty(field: str) -> Q:
        column = column_of(field, language)
        return Q(**{column: ""}) | Q(**{f"{column}__isnull": True})

    return empty("title") | (empty("abstract") & ~Q(format__in=sorted(WITHOUT_ABSTRACT)))


def unchecked_in(language: str) -> Q:
    """Return the condition that texts are there and were not checked; the rows come `with_checks`."""
    return ~missing_in(language) & ~Q(checked_said__contains=f'"{language}"')


def missing_anywhere() -> Q:
    """Return the condition that a required text is missing in one language at least."""
    return _any([missing_in(language) for language in TEXT_LANGUAGES])


def unchecked_anywhere() -> Q:
    """Return the condition that the texts of one language at least are unchecked; the rows come `with_checks`."""
    return _any([unchecked_in(language) for language in TEXT_LANGUAGES])


def lacking_texts(rows: QuerySet[Session], what: str) -> QuerySet[Session]:
    """Return the rows that lack a text or a check: `text`, `check`, or `text_fr`, `check_en`… in one language.

    Anything else narrows nothing.
    """
    kind, _, language = what.partition("_")
    if kind not in {"text", "check"} or (language and language not in TEXT_LANGUAGES):
        return rows
    if kind == "text":
        return rows.filter(missing_in(language) if language else missing_anywhere())
    return with_checks(rows).filter(unchecked_in(language) if language else unchecked_anywhere())


def count_texts_left(edition_id: int) -> list[TextsLeft]:
    """Return, language by language, what lacks in the sessions that publishing would show as taking place. One query.

    Only the service that publishes and the desk's page about it call this.
    """
    counts: dict[str, Any] = {}
    for language in TEXT_LANGUAGES:
        counts[f"missing_{language}"] = Count("pk", filter=missing_in(language))
        counts[f"unchecked_{language}"] = Count("pk", filter=unchecked_in(language))
    rows = Session.objects.filter(edition_id=edition_id, status=SessionStatus.CONFIRMED)
    found = with_checks(rows).aggregate(**counts)
    return [
        TextsLeft(language, found[f"missing_{language}"], found[f"unchecked_{language}"]) for language in TEXT_LANGUAGES
    ]


def access_texts_left(actor: Actor, *, edition_id: int) -> list[TextsLeft]:
    """Return `count_texts_left` where something lacks, for the desk. One query. Raises `NotAllowed`."""
    actor.require(Permission.READ_DESK)
    return [left for left in count_texts_left(edition_id) if left.missing or left.unchecked]


def last_checks(actor: Actor, *, session_id: int) -> dict[str, CheckMark]:
    """Return by language who checked the texts of a session last, or took that back. One query. Raises `NotAllowed`."""
    actor.require(Permission.READ_DESK)
    entries = LogEntry.objects.filter(
        subject_kind="session", subject_id=session_id, action__in=(CHECKED, UNCHECKED)
    ).order_by("at", "id")
    return {
        str(entry.details.get("language")): CheckMark(entry.actor_label, entry.at, entry.action == CHECKED)
        for entry in entries
    }


def access_texts(actor: Actor, *, edition_id: int, session_ids: Collection[int]) -> Sequence[Session]:
    """Return some sessions of an edition, for reading their texts, by code. One query. Raises `NotAllowed`."""
    actor.require(Permission.READ_DESK)
    return list(Session.objects.filter(edition_id=edition_id, pk__in=session_ids).order_by("code"))


def _any(conditions: Sequence[Q]) -> Q:
    found = Q()
    for condition in conditions:
        found |= condition
    return found
