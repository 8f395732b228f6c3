"""The texts of a session in each language that is published: what is missing, what is a draft, what was checked.

A check is somebody's word for the texts as they stand: whoever changes one takes the check of its language away.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from parvis.domain.programme.sessions import SessionFormat
from parvis.domain.refusals import N_, Refusal
from parvis.domain.text import tidy

TEXT_LANGUAGES = ("fr", "en")  # those in which editions are published, in the order of pages
TEXT_FIELDS = ("title", "abstract", "practical_note")
TEXT_FIELD_NAMES: dict[str, str] = {
    "title": N_("title"),
    "abstract": N_("abstract"),
    "practical_note": N_("practical note"),
}
# What nobody reads an abstract of.
WITHOUT_ABSTRACT = frozenset({SessionFormat.BREAK})


class TextStatus(StrEnum):
    """How far the texts of a session are in one language. The order is that of the work left."""

    MISSING = "missing"
    DRAFT = "draft"
    CHECKED = "checked"


TEXT_STATUS_NAMES: dict[TextStatus, str] = {
    TextStatus.MISSING: N_("Missing"),
    TextStatus.DRAFT: N_("Not checked"),
    TextStatus.CHECKED: N_("Checked"),
}


class NothingToCheck(Refusal):
    """What is not written cannot be checked."""

    sentence = N_(
        "The texts in this language are not complete: write the title and the abstract before you check them."
    )


class LanguageNotPublished(Refusal):
    """Texts are checked in the languages that the public reads."""

    sentence = N_("Editions are not published in this language: %(language)s.")


@dataclass(frozen=True, slots=True)
class LanguageTexts:
    """The texts of a session in one language: where they stand, and the required ones that lack (`TEXT_FIELDS`)."""

    language: str
    status: TextStatus
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TextsLeft:
    """How many sessions lack a required text in a language, and how many have texts that nobody checked."""

    language: str
    missing: int
    unchecked: int


def required_texts(format_: str) -> tuple[str, ...]:
    """Return which texts the public expects of a session of a format."""
    return ("title",) if format_ in WITHOUT_ABSTRACT else ("title", "abstract")


def column_of(field: str, language: str) -> str:
    """Return the column of a text in a language."""
    return f"{field}_{language}"


def texts_in(
    language: str, *, texts: Mapping[str, str | None], format_: str, checked: Collection[str]
) -> LanguageTexts:
    """Return where the texts of a session stand in a language; `texts` holds them by column (`column_of`)."""
    missing = tuple(
        field for field in required_texts(format_) if not (texts.get(column_of(field, language)) or "").strip()
    )
    if missing:
        return LanguageTexts(language, TextStatus.MISSING, missing)
    return LanguageTexts(language, TextStatus.CHECKED if language in checked else TextStatus.DRAFT)


def changed_texts(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """Return the columns of texts that read differently in `after`; other columns are passed over."""
    columns = {column_of(field, language) for field in TEXT_FIELDS for language in TEXT_LANGUAGES}
    return [
        column
        for column, text in after.items()
        if column in columns and tidy(text or "") != tidy(before.get(column) or "")
    ]


def checks_left(checked: Collection[str], changed: Iterable[str]) -> list[str]:
    """Return the languages that stay checked once columns changed, in the order of pages.

    A text without its language (`title`) stands for all of them. Columns that hold no text change nothing.
    """
    lost: set[str] = set()
    for column in changed:
        for field in TEXT_FIELDS:
            if column == field:
                lost.update(checked)
            elif column.startswith(f"{field}_"):
                lost.add(column.removeprefix(f"{field}_"))
    return _in_order(set(checked) - lost)


def checks_with(checked: Collection[str], language: str, *, on: bool) -> list[str]:
    """Return the languages that are checked once `language` is, or no longer is, in the order of pages.

    Raises `LanguageNotPublished`.
    """
    check_published(language)
    return _in_order(set(checked) | {language} if on else set(checked) - {language})


def check_published(language: str) -> None:
    """Raise `LanguageNotPublished` unless editions are published in a language."""
    if language not in TEXT_LANGUAGES:
        raise LanguageNotPublished(language=language)


def check_may_check(texts: LanguageTexts) -> None:
    """Raise `NothingToCheck` where a required text is missing."""
    if texts.missing:
        raise NothingToCheck


def _in_order(languages: Collection[str]) -> list[str]:
    return [code for code in TEXT_LANGUAGES if code in languages]
