"""How dates, times, numbers and punctuation are written, by language (look.md: by code, not by hand)."""

from __future__ import annotations

import re
from datetime import date, datetime, time

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal

NNBSP = "\u202f"  # narrow no-break space
NBSP = "\u00a0"

_BEFORE_HIGH = re.compile(r"(?<=[^\s(\[:;!?])[ \u00a0\u202f]*([;!?»])")
_COLON = re.compile(r"(?<=[^\s\d:])[ \u00a0\u202f]+:|(?<=[\w»)\]]):(?=[ \u00a0]|$)")
_AFTER_OPENING = re.compile(r"«[ \u00a0\u202f]*")
_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\S+")


def french(text: str) -> str:
    """Return `text` with French spacing: narrow no-break spaces before ; : ! ? » and after «, curly apostrophes.

    Addresses (https://…, somebody@…) are left alone; doing it twice changes nothing.
    """
    pieces: list[str] = []
    at = 0
    for match in _ADDRESS.finditer(text):
        pieces += [_french(text[at : match.start()]), match.group()]
        at = match.end()
    pieces.append(_french(text[at:]))
    return "".join(pieces)


def _french(text: str) -> str:
    text = _APOSTROPHE.sub("’", text)
    text = _AFTER_OPENING.sub("«" + NNBSP, text)
    text = _COLON.sub(NNBSP + ":", text)
    return _BEFORE_HIGH.sub(NNBSP + r"\1", text)


def typeset(text: str, language: str) -> str:
    """Return `text` spaced as its language wants it."""
    return french(text) if language == "fr" else text


def ordinal(number: int, language: str, *, feminine: bool = True) -> str:
    """Return a short ordinal: 14ᵉ, 1ʳᵉ (1ᵉʳ in the masculine), 14th, 1st."""
    if language == "fr":
        if number == 1:
            return "1ʳᵉ" if feminine else "1ᵉʳ"
        return f"{number}ᵉ"
    if language == "en":
        if 10 <= number % 100 <= 20:
            return f"{number}th"
        return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"
    return f"{number}.ª" if language == "es" else str(number)


def decimal(number: int, language: str) -> str:
    """Return a whole number with the language's grouping: 1 234, 1,234."""
    return str(format_decimal(number, locale=language))


def _day_number_fr(day: date) -> str:
    return "1ᵉʳ" if day.day == 1 else str(day.day)


def day_long(day: date, language: str, *, weekday: bool = True, year: bool = True) -> str:
    """Return a date in words: lundi 18 septembre 2023, Monday 18 September 2023."""
    month = format_date(day, "MMMM", locale=language)
    number = _day_number_fr(day) if language == "fr" else str(day.day)
    words = [format_date(day, "EEEE", locale=language)] if weekday else []
    words += [f"{number}{NBSP}{month}"]
    if year:
        words.append(str(day.year))
    return " ".join(words)


def month_year(day: date, language: str) -> str:
    """Return a month: octobre 2024, October 2024."""
    return f"{format_date(day, 'MMMM', locale=language)} {day.year}"


_AND = {"fr": "et", "en": "and", "es": "y", "ar": "و"}
_RANGE = {"fr": ("du ", " au "), "en": ("", " to "), "es": ("del ", " al "), "ar": ("", " – ")}


def date_range(first: date, last: date, language: str) -> str:
    """Return the days from `first` to `last`: 18 et 19 septembre 2023; du 30 septembre au 2 octobre 2023."""
    if first == last:
        return day_long(first, language, weekday=False)
    same_month = (first.year, first.month) == (last.year, last.month)
    opening, between = _RANGE.get(language, _RANGE["en"])
    if (last - first).days == 1 and same_month:
        number = _day_number_fr(first) if language == "fr" else str(first.day)
        return f"{number} {_AND.get(language, 'and')} {day_long(last, language, weekday=False)}"
    if same_month:
        number = _day_number_fr(first) if language == "fr" else str(first.day)
        return f"{opening}{number}{between}{day_long(last, language, weekday=False)}"
    start = day_long(first, language, weekday=False, year=first.year != last.year)
    return f"{opening}{start}{between}{day_long(last, language, weekday=False)}"


def clock(moment: time | datetime, language: str) -> str:
    """Return a time of day: 9 h 30, 11 h; 9.30, 11.00."""
    if language == "fr":
        minutes = f"{NBSP}{moment.minute:02d}" if moment.minute else ""
        return f"{moment.hour}{NBSP}h{minutes}"
    return f"{moment.hour}.{moment.minute:02d}" if language == "en" else f"{moment.hour}:{moment.minute:02d}"


def listed(items: list[str], language: str) -> str:
    """Return items as a list in a sentence: a, b et c; a, b and c."""
    if len(items) < 2:
        return "".join(items)
    return ", ".join(items[:-1]) + f" {_AND.get(language, 'and')} " + items[-1]


def is_right_to_left(language: str) -> bool:
    """Tell whether a language is written from right to left."""
    return str(Locale.parse(language).text_direction) == "rtl"


_WORDS_FR = [
    "zéro",
    "un",
    "deux",
    "trois",
    "quatre",
    "cinq",
    "six",
    "sept",
    "huit",
    "neuf",
    "dix",
    "onze",
    "douze",
    "treize",
    "quatorze",
    "quinze",
    "seize",
]
_WORDS_EN = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
]


def number_word(number: int, language: str, *, feminine: bool = False) -> str:
    """Return a small number in letters (up to sixteen), a larger one in figures."""
    words = _WORDS_FR if language == "fr" else _WORDS_EN if language == "en" else []
    if not 0 <= number < len(words):
        return decimal(number, language)
    if language == "fr" and number == 1 and feminine:
        return "une"
    return words[number]
