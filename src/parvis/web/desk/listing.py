"""What the desk's lists share: filters read from the address, the page asked for, and the spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, TypeVar
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import get_language, gettext

from parvis.domain.network.countries import countries
from parvis.exports.spreadsheets import Row, write_sheet
from parvis.ingest.kinds import Column

Filters = TypeVar("Filters")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST = 100


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer of a filter."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter above a list: a select in a form that stands in the address."""

    name: str
    label: str
    choices: list[Choice]


def language() -> str:
    """Return "fr" or "en", the languages of sheets and of countries' names."""
    return "fr" if (get_language() or "fr").startswith("fr") else "en"


def read_filters(kind: type[Filters], query: QueryDict) -> Filters:
    """Return the filters of an address; what it does not name narrows nothing."""
    # Filters are dataclasses of texts.
    return kind(**{f.name: query.get(f.name, "")[:LONGEST].replace("\x00", "") for f in fields(kind)})  # type: ignore[arg-type]


def read_page(query: QueryDict) -> int:
    """Return the number of the page that an address asks for; 1 where it is not one."""
    text = query.get("page", "1")
    return int(text) if text.isdecimal() and len(text) < 7 else 1


def one_of(name: str, label: str, names: Mapping[Any, str], chosen: str) -> Filter:
    """Return a filter on one of `names` (value → English msgid)."""
    choices = [Choice("", gettext("All"), not chosen)]
    choices += [Choice(str(key), gettext(text), str(key) == chosen) for key, text in names.items()]
    return Filter(name, label, choices)


def one_of_said(name: str, label: str, choices: Iterable[tuple[str, str]], chosen: str) -> Filter:
    """Return a filter on one of `choices` (value, words already in the reader's language)."""
    said = [Choice("", gettext("All"), not chosen)]
    said += [Choice(value, text, value == chosen) for value, text in choices]
    return Filter(name, label, said)


def country_filter(chosen: str) -> Filter:
    """Return the filter on a country."""
    spoken = language()
    named = sorted((country.name(spoken), code) for code, country in countries().items())
    return one_of_said("country", gettext("Country"), [(code, name) for name, code in named], chosen)


def narrowed(filters: Any) -> bool:
    """Tell whether anything narrows the list."""
    return any(getattr(filters, f.name) for f in fields(filters) if f.name != "sort")


def query_of(filters: Any, **more: str) -> str:
    """Return filters as the query of an address."""
    values = {f.name: getattr(filters, f.name) for f in fields(filters)} | more
    return urlencode({name: value for name, value in values.items() if value})


def spreadsheet(
    request: HttpRequest,
    kind: str | Sequence[Column],
    rows: Iterable[Row],
    *,
    name: str,
    zone: ZoneInfo | None = None,
) -> HttpResponse:
    """Answer with an XLSX in the reader's language: of a kind that the import accepts, or of columns of one's own."""
    content = write_sheet(kind, rows, language(), zone=zone)
    filename = f"{name}-{timezone.localdate():%Y-%m-%d}.xlsx"
    return HttpResponse(
        content,
        content_type=XLSX,
        headers={
            "Content-Disposition": content_disposition_header(True, filename) or "attachment",
            "Cache-Control": "private, no-store",
        },
    )
