"""The rows behind a figure, as cells of a table on a page or in a workbook."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from io import BytesIO
from typing import Any

import xlsxwriter
from django.utils.translation import get_language, gettext

from parvis.domain.figures.definitions import Rows, definition_of
from parvis.domain.network.countries import country_name
from parvis.domain.refusals import N_


def _language() -> str:
    return (get_language() or "fr").split("-")[0]


def _registration(row: Any) -> list[str]:
    return [
        row.reference,
        str(row.person),
        row.organisation.name,
        country_name(row.organisation.country, _language()) if row.organisation.country else "",
        row.category.name,
        row.get_status_display(),
    ]


def _organisation(row: Any) -> list[str]:
    country = country_name(row.country, _language()) if row.country else ""
    return [row.name, row.get_kind_display(), country, row.insee_code or row.siren]


def _session(row: Any) -> list[str]:
    return [row.code, row.title, row.get_format_display()]


def _person(row: Any) -> list[str]:
    return [str(row), row.get_gender_display() if row.gender else ""]


def _scan(row: Any) -> list[str]:
    return [
        f"{row.scanned_at:%d/%m/%Y %H:%M:%S} UTC",
        row.checkpoint.name,
        str(row.registration.person),
        row.registration.organisation.name,
    ]


_SHOWN: dict[Rows, tuple[tuple[str, ...], Callable[[Any], list[str]]]] = {
    Rows.REGISTRATIONS: (
        (N_("Reference"), N_("Person"), N_("Organisation"), N_("Country"), N_("Category"), N_("State")),
        _registration,
    ),
    Rows.ORGANISATIONS: ((N_("Organisation"), N_("Kind"), N_("Country"), N_("Code")), _organisation),
    Rows.SESSIONS: ((N_("Code"), N_("Title"), N_("Format")), _session),
    Rows.PEOPLE: ((N_("Person"), N_("Gender")), _person),
    Rows.SCANS: ((N_("Scanned at"), N_("Checkpoint"), N_("Person"), N_("Organisation")), _scan),
}


def headers_of(code: str) -> list[str]:
    """Return the titles of the columns of a figure's rows, in the active language."""
    return [gettext(header) for header in _SHOWN[definition_of(code).rows][0]]


def cells_of(code: str, row: Any) -> list[str]:
    """Return one row behind a figure as texts."""
    return _SHOWN[definition_of(code).rows][1](row)


def rows_workbook(code: str, rows: Iterable[Any]) -> bytes:
    """Return the rows behind a figure as XLSX; every cell is text, so that no cell can be a formula."""
    buffer = BytesIO()
    workbook = xlsxwriter.Workbook(buffer, {"in_memory": True, "constant_memory": True})
    sheet = workbook.add_worksheet(code[:31])
    bold = workbook.add_format({"bold": True})
    for column, header in enumerate(headers_of(code)):
        sheet.write_string(0, column, header, bold)
    for line, row in enumerate(rows, 1):
        for column, text in enumerate(cells_of(code, row)):
            sheet.write_string(line, column, text)
    workbook.close()
    return buffer.getvalue()
