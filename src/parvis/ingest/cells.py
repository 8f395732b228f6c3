"""One cell at a time: what a person or a program wrote → a typed value, or a refusal that says why not."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import cast

from parvis.domain.network.countries import recognise_country
from parvis.domain.text import fold, one_line, tidy
from parvis.ingest import refusals as no
from parvis.ingest.dates import month_of, read_date, read_datetime, read_time
from parvis.ingest.kinds.columns import Column, ColumnType
from parvis.ingest.languages import recognise_language
from parvis.ingest.raw import Cell, Unusable

Value = str | int | bool | date | datetime | time | list[str] | list[int] | None
Reader = Callable[[Cell], Value]

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
_INSEE = re.compile(r"^(?:\d{2,3}|2[AB]|(?:\d\d|2[AB])\d{3}|\d{9})$")
_EMAIL = re.compile(r"^[^@\s<>,;:\"()\[\]\\]{1,64}@(?:[^@\s<>,;:\"()\[\]\\./]+\.)+[^@\s<>,;:\"()\[\]\\./\d-]{2,}$")
_EMAIL_WITH_NAME = re.compile(r"^[^<>]*<([^<>]+)>$")
_URL = re.compile(r"^https?://[^\s/?#.@]+(?:\.[^\s/?#.@]+)+(?::\d+)?(?:[/?#]\S*)?$", re.IGNORECASE)
_MINUTES = re.compile(
    r"^(?:(?P<hours>\d{1,2})\s*(?:h|heures?|hours?|:)\s*(?P<rest>\d{1,2})?(?:\s*(?:min(?:utes?)?|mn))?"
    r"|(?P<minutes>\d{1,4})\s*(?:min(?:utes?)?|mn|')?)$",
    re.IGNORECASE,
)
_YES = frozenset({"oui", "o", "yes", "y", "vrai", "true", "1", "x"})
_NO = frozenset({"non", "n", "no", "faux", "false", "0"})


def text_of(cell: Cell) -> str:
    """Return a cell as the text that a person would read in it; a whole number loses its « .0 »."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "oui" if cell else "non"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%d %H:%M:%S") if cell.time() != time() else cell.strftime("%Y-%m-%d")
    if isinstance(cell, Unusable):
        return cell.text
    return str(cell)


def _line(cell: Cell) -> str:
    """Return the cell's text on one line. Raises `ControlCharacter`."""
    text = cell if type(cell) is str else text_of(cell)
    if text.isascii() and text.isprintable():
        return " ".join(text.split()) if "  " in text else text.strip()
    control = _CONTROL.search(text)
    if control:
        raise no.ControlCharacter(code=f"U+{ord(control.group()):04X}")
    return one_line(text)


def _text(column: Column) -> Reader:
    limit = column.max_length

    def read(cell: Cell) -> Value:
        text = _line(cell)
        if limit is not None and len(text) > limit:
            raise no.TextTooLong(length=len(text), limit=limit)
        return text

    return read


def _long_text(column: Column) -> Reader:
    limit = column.max_length or 20_000

    def read(cell: Cell) -> Value:
        text = text_of(cell)
        control = _CONTROL.search(text)
        if control:
            raise no.ControlCharacter(code=f"U+{ord(control.group()):04X}")
        text = tidy(text)
        if len(text) > limit:
            raise no.TextTooLong(length=len(text), limit=limit)
        return text

    return read


def _insee(cell: Cell) -> Value:
    text = _line(cell).upper().replace(" ", "").replace(".", "")
    if text.isdigit() and len(text) in (1, 4):
        text = "0" + text  # Excel took « 01004 » for a number
    if text and not _INSEE.match(text):
        raise no.InseeMalformed(value=text)
    return text


def _siren(cell: Cell) -> Value:
    text = re.sub(r"[\s.]", "", _line(cell))
    if text and not (len(text) == 9 and text.isascii() and text.isdigit()):
        raise no.SirenMalformed(value=text)
    return text


def _whole(text: str, maximum: int) -> int:
    bare = text.replace(" ", "")
    if not (bare.isascii() and bare.isdigit()) or len(bare) > 12:
        if re.fullmatch(r"-\d{1,12}", bare):
            raise no.NumberOutOfRange(value=text, limit=maximum)
        raise no.NumberNotUnderstood(value=text)
    if int(bare) > maximum:
        raise no.NumberOutOfRange(value=text, limit=maximum)
    return int(bare)


def _integer(column: Column) -> Reader:
    def read(cell: Cell) -> Value:
        if isinstance(cell, bool | date | time | timedelta):
            raise no.NumberNotUnderstood(value=text_of(cell))
        text = _line(cell)
        return _whole(text, column.maximum) if text else None

    return read


def _minutes(cell: Cell) -> Value:
    if isinstance(cell, timedelta):
        return round(cell.total_seconds() / 60)
    if isinstance(cell, time):
        return cell.hour * 60 + cell.minute
    text = _line(cell)
    if not text:
        return None
    found = _MINUTES.match(text)
    if not found:
        raise no.DurationNotUnderstood(value=text)
    minutes = int(found["minutes"]) if found["minutes"] else int(found["hours"]) * 60 + int(found["rest"] or 0)
    if minutes > 32_767:
        raise no.DurationNotUnderstood(value=text)
    return minutes


def _boolean(cell: Cell) -> Value:
    if isinstance(cell, bool):
        return cell
    text = _line(cell)
    if not text:
        return None
    folded = fold(text)
    if folded in _YES:
        return True
    if folded in _NO:
        return False
    raise no.YesOrNoNotUnderstood(value=text)


def _choice(column: Column, language: str) -> Reader:
    words: dict[str, str] = {}
    for choice in column.choices:
        for written in (choice.key, choice.fr, choice.en, *choice.aliases):
            words.setdefault(fold(written), choice.key)
    shown = {choice.key: choice.word(language) for choice in column.choices}
    known: dict[str, str] = {"": ""}

    def read(cell: Cell) -> Value:
        text = _line(cell)
        if text in known:
            return known[text]
        folded = fold(text)
        if folded in words:
            known[text] = words[folded]
            return words[folded]
        near = difflib.get_close_matches(folded, words, n=1, cutoff=0.75)
        if near:
            raise no.ChoiceUnknownNearby(value=text, near=shown[words[near[0]]])
        raise no.ChoiceUnknown(value=text, choices=", ".join(shown.values()))

    return read


def _email(cell: Cell) -> Value:
    text = _line(cell)
    if not text:
        return ""
    named = _EMAIL_WITH_NAME.match(text)
    address = (named.group(1) if named else text).strip().rstrip(";,").strip()
    address = address.removeprefix("mailto:").lower()
    if len(address) > 254 or ".." in address or not _EMAIL.match(address):
        raise no.EmailNotUnderstood(value=text)
    return address


def _url(column: Column) -> Reader:
    def read(cell: Cell) -> Value:
        text = _line(cell)
        if not text:
            return ""
        address = text if "://" in text else f"https://{text}"
        if not _URL.match(address):
            raise no.UrlNotUnderstood(value=text)
        if column.max_length is not None and len(address) > column.max_length:
            raise no.TextTooLong(length=len(address), limit=column.max_length)
        return address

    return read


def _parts(cell: Cell, separators: str) -> list[str]:
    text = text_of(cell).replace("\n", ";")
    if not text.isprintable() and _CONTROL.search(text):
        _line(text)
    if ";" in text:
        separators = ";"
    parts = [one_line(part) for part in re.split(f"[{separators}]", text)]
    return list(dict.fromkeys(part for part in parts if part))


def _country_code(text: str, language: str) -> str:
    found = recognise_country(text)
    if found.country:
        return found.country.code
    if found.suggestions:
        raise no.CountryUnknownNearby(value=text, near=", ".join(near.name(language) for near in found.suggestions))
    raise no.CountryUnknown(value=text)


def _country(language: str) -> Reader:
    known: dict[str, str] = {"": ""}

    def read(cell: Cell) -> Value:
        text = _line(cell)
        if text not in known:
            known[text] = _country_code(text, language)
        return known[text]

    return read


def _country_list(language: str) -> Reader:
    def read(cell: Cell) -> Value:
        # « Corée, République de » is one country.
        if ";" not in text_of(cell) and (whole := recognise_country(_line(cell)).country):
            return [whole.code]
        return list(dict.fromkeys(_country_code(part, language) for part in _parts(cell, ";,/")))

    return read


def _language_code(text: str) -> str:
    code = recognise_language(text)
    if code is None:
        raise no.LanguageUnknown(value=text)
    return code


def _language(cell: Cell) -> Value:
    text = _line(cell)
    return _language_code(text) if text else ""


def _language_list(cell: Cell) -> Value:
    return list(dict.fromkeys(_language_code(part) for part in _parts(cell, ";,/")))


def _integer_list(column: Column) -> Reader:
    def read(cell: Cell) -> Value:
        # « 2021.2022 » is what a French Excel makes of « 2021,2022 » typed as a number.
        if isinstance(cell, float) and not cell.is_integer():
            raise no.NumberNotUnderstood(value=text_of(cell))
        return list(dict.fromkeys(_whole(part, column.maximum) for part in _parts(cell, ";,/ ")))

    return read


_EMPTY: dict[ColumnType, Callable[[], Value]] = {
    ColumnType.LIST: list,
    ColumnType.INTEGER_LIST: list,
    ColumnType.COUNTRY_LIST: list,
    ColumnType.LANGUAGE_LIST: list,
    **dict.fromkeys(
        (
            ColumnType.INTEGER,
            ColumnType.MINUTES,
            ColumnType.DATE,
            ColumnType.MONTH,
            ColumnType.TIME,
            ColumnType.DATETIME,
            ColumnType.BOOLEAN,
        ),
        cast("Callable[[], Value]", lambda: None),
    ),
}


def empty_value(column: Column) -> Value:
    """Return what an empty cell of `column` is read as: None, "" or a new empty list."""
    make = _EMPTY.get(column.type)
    return make() if make else ""


def reader_for(column: Column, language: str = "fr") -> Reader:
    """Return the function that reads the cells of `column`; it raises a `CellRefused`.

    `language` is that of the words quoted in refusals ("fr" or "en").
    """
    readers: dict[ColumnType, Callable[[], Reader]] = {
        ColumnType.TEXT: lambda: _text(column),
        ColumnType.CODE: lambda: _text(column),
        ColumnType.LONG_TEXT: lambda: _long_text(column),
        ColumnType.INSEE: lambda: _insee,
        ColumnType.SIREN: lambda: _siren,
        ColumnType.INTEGER: lambda: _integer(column),
        ColumnType.MINUTES: lambda: _minutes,
        ColumnType.DATE: lambda: _moment(read_date),
        ColumnType.MONTH: lambda: _moment(month_of),
        ColumnType.TIME: lambda: _moment(read_time),
        ColumnType.DATETIME: lambda: _moment(read_datetime),
        ColumnType.BOOLEAN: lambda: _boolean,
        ColumnType.CHOICE: lambda: _choice(column, language),
        ColumnType.LIST: lambda: lambda cell: _parts(cell, ";,"),
        ColumnType.INTEGER_LIST: lambda: _integer_list(column),
        ColumnType.EMAIL: lambda: _email,
        ColumnType.URL: lambda: _url(column),
        ColumnType.COUNTRY: lambda: _country(language),
        ColumnType.COUNTRY_LIST: lambda: _country_list(language),
        ColumnType.LANGUAGE: lambda: _language,
        ColumnType.LANGUAGE_LIST: lambda: _language_list,
    }
    return readers[column.type]()


def _moment(read: Callable[[str | Cell], Value]) -> Reader:
    def reader(cell: Cell) -> Value:
        if isinstance(cell, str):
            line = _line(cell)
            return read(line) if line else None
        return read(cell)

    return reader
