"""What the judge says, in a language: the msgid translated, its places filled as people write hours, lists and names.

The one file of the timetable that needs more than the standard library (the house's typography, hence Babel), so that
whoever judges or solves does not load it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from babel import Locale

from parvis.domain.programme.sessions import SESSION_FORMAT_NAMES
from parvis.domain.refusals import N_
from parvis.domain.timetable.verdicts import (
    FormatName,
    Hours,
    LanguagePair,
    One,
    Param,
    Span,
    Title,
    Words,
)
from parvis.domain.typography import NBSP, NNBSP, clock, day_long, listed

FORMAT_NAMES: dict[str, str] = {str(key): name for key, name in SESSION_FORMAT_NAMES.items()}
NEVER = N_("never")
QUOTES = {"fr": (f"«{NNBSP}", f"{NNBSP}»"), "es": ("«", "»"), "ar": ("«", "»")}


def in_words(words: Words, language: str, translate: Callable[[str], str]) -> str:
    """Return a sentence. `translate` gives the msgid in the language, as gettext does while the language is active."""
    return translate(words.sentence) % {name: _said(value, language, translate) for name, value in words.params.items()}


def _said(value: Param, language: str, translate: Callable[[str], str]) -> str:
    if isinstance(value, tuple) and not isinstance(value, Span):
        return listed([_one(item, language, translate) for item in value], language)
    return _one(value, language, translate)


def _one(value: One, language: str, translate: Callable[[str], str]) -> str:
    if isinstance(value, Span):
        return _span(value, language)
    if isinstance(value, datetime):
        return clock(value, language)
    if isinstance(value, Hours):
        between = f"{NNBSP}; " if language == "fr" else "; "
        hours = between.join(_span(span, language) for span in value.spans) or translate(NEVER)
        return f"{value.name} ({hours})"
    if isinstance(value, LanguagePair):
        return "–".join(_language(code, language) for code in (*value.sources, value.target))
    if isinstance(value, FormatName):
        return translate(FORMAT_NAMES.get(value.format, value.format))
    if isinstance(value, Title):
        opening, closing = QUOTES.get(language, ("“", "”"))
        return f"{opening}{value.text}{closing}"
    return str(value)


def _span(span: Span, language: str) -> str:
    """Say a span with its day, and with both where it ends on another."""
    first, last = span.starts.date(), span.ends.date()
    starts, ends = clock(span.starts, language), clock(span.ends, language)
    day = day_long(first, language, year=False)
    if first == last:
        return f"{day}, {starts}{NBSP}–{NBSP}{ends}"
    return f"{day}, {starts}{NBSP}–{NBSP}{day_long(last, language, year=False)}, {ends}"


def _language(code: str, language: str) -> str:
    return str(Locale.parse(language).languages.get(code, code))
