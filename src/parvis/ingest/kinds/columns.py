"""What a column of an importable sheet is: its names, its type, its words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from parvis.domain.refusals import N_


class ColumnType(StrEnum):
    """How a cell is read, and what `ParsedRow.values` then holds (None, "" or [] when the cell is empty)."""

    TEXT = "text"  # str on one line
    LONG_TEXT = "long_text"  # str, lines kept
    CODE = "code"  # str; a number keeps its digits ("7" and not "7.0")
    INSEE = "insee"  # str; the leading zeros that Excel drops are put back
    SIREN = "siren"  # str of 9 digits
    INTEGER = "integer"  # int | None
    MINUTES = "minutes"  # int | None: "90", "1h30", "20 min"
    DATE = "date"  # datetime.date | None
    MONTH = "month"  # datetime.date | None, the first of the month
    TIME = "time"  # datetime.time | None
    DATETIME = "datetime"  # datetime.datetime | None; naive (the venue's time) unless the cell names an offset
    BOOLEAN = "boolean"  # bool | None
    CHOICE = "choice"  # str: the choice's key; "" when empty
    LIST = "list"  # list[str]
    INTEGER_LIST = "integer_list"  # list[int]
    EMAIL = "email"  # str
    URL = "url"  # str, with its scheme
    COUNTRY = "country"  # str: ISO 3166-1 alpha-2; "" when empty
    COUNTRY_LIST = "country_list"  # list[str] of codes
    LANGUAGE = "language"  # str: ISO 639-1; "" when empty
    LANGUAGE_LIST = "language_list"  # list[str] of codes


TYPE_HELP: dict[ColumnType, str] = {
    ColumnType.TEXT: N_("Text on one line."),
    ColumnType.LONG_TEXT: N_("Text; it may have several paragraphs."),
    ColumnType.CODE: N_("A code or a reference."),
    ColumnType.INSEE: N_("The INSEE code, such as 21231 or 2A004. Zeros that Excel drops are put back."),
    ColumnType.SIREN: N_("The SIREN number: nine digits."),
    ColumnType.INTEGER: N_("A whole number."),
    ColumnType.MINUTES: N_("Minutes: 90, 1h30 or 20 min."),
    ColumnType.DATE: N_("A date: 18/09/2023 or 2023-09-18."),
    ColumnType.MONTH: N_("A month: 10/2024 or October 2024."),
    ColumnType.TIME: N_("A time: 9h30 or 9:30."),
    ColumnType.DATETIME: N_("A date and a time of the venue: 18/09/2023 9:30."),
    ColumnType.BOOLEAN: N_("Yes or no."),
    ColumnType.CHOICE: N_("One of the words of the list."),
    ColumnType.LIST: N_("Several values, separated by semicolons or commas."),
    ColumnType.INTEGER_LIST: N_("Whole numbers, separated by semicolons or commas."),
    ColumnType.EMAIL: N_("An e-mail address."),
    ColumnType.URL: N_("The address of a page: https://…"),
    ColumnType.COUNTRY: N_("A country: its name in French or English, or its two-letter code."),
    ColumnType.COUNTRY_LIST: N_("Countries, separated by semicolons."),
    ColumnType.LANGUAGE: N_("A language: French, English… or its code."),
    ColumnType.LANGUAGE_LIST: N_("Languages, separated by semicolons or commas."),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One word that a CHOICE column accepts: what is stored, how it reads, what else is understood."""

    key: str
    fr: str
    en: str
    aliases: tuple[str, ...] = ()

    def word(self, language: str) -> str:
        """Return the word in "fr", or in English for any other language."""
        return self.fr if language == "fr" else self.en


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `key` is what `ParsedRow.values` calls it; `maximum` is the largest number that it takes."""

    key: str
    fr: str
    en: str
    type: ColumnType = ColumnType.TEXT
    required: bool = False
    aliases: tuple[str, ...] = ()
    max_length: int | None = None
    choices: tuple[Choice, ...] = ()
    own_help: str = ""
    maximum: int = 32_767

    @property
    def help(self) -> str:
        """The English msgid of one sentence saying what goes into the column."""
        return self.own_help or TYPE_HELP[self.type]

    @property
    def headers(self) -> tuple[str, ...]:
        """Every header that is understood: French, English, aliases, and the key itself."""
        return (self.fr, self.en, *self.aliases, self.key)

    def header(self, language: str) -> str:
        """Return the header in "fr", or in English for any other language."""
        return self.fr if language == "fr" else self.en


@dataclass(frozen=True, slots=True)
class SheetKind:
    """One kind of importable sheet: `key` is its name in code, `fr`/`en` name the sheet in a workbook.

    `telling` are the keys of the columns whose presence together tells this kind from the others.
    """

    key: str
    fr: str
    en: str
    columns: tuple[Column, ...]
    aliases: tuple[str, ...] = ()
    telling: tuple[str, ...] = ()

    def __iter__(self) -> Iterator[Column]:
        return iter(self.columns)

    def column(self, key: str) -> Column:
        """Return the column called `key`. Raises KeyError."""
        for column in self.columns:
            if column.key == key:
                return column
        raise KeyError(key)

    def name(self, language: str) -> str:
        """Return the name of the sheet in "fr", or in English for any other language."""
        return self.fr if language == "fr" else self.en

    @property
    def required(self) -> tuple[Column, ...]:
        """The columns without which a sheet is not of this kind."""
        return tuple(column for column in self.columns if column.required)


def in_two_languages(
    key: str,
    fr: str,
    en: str,
    *,
    type: ColumnType = ColumnType.TEXT,
    required: bool = False,
    max_length: int | None = None,
    aliases: tuple[str, ...] = (),
    own_help: str = "",
) -> tuple[Column, Column]:
    """Return two columns, `key`_fr (which may be required) and `key`_en: « Nom » and « Nom (anglais) »."""
    return (
        Column(
            f"{key}_fr",
            fr,
            f"{en} (French)",
            type,
            required,
            (f"{fr} (français)", f"{fr} fr", en, f"{en} fr", *aliases),
            max_length,
            own_help=own_help,
        ),
        Column(
            f"{key}_en",
            f"{fr} (anglais)",
            f"{en} (English)",
            type,
            aliases=(f"{fr} en anglais", f"{fr} en", f"{en} en", *(f"{alias} (anglais)" for alias in aliases)),
            max_length=max_length,
            own_help=own_help,
        ),
    )
