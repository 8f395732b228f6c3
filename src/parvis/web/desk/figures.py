"""Figures at the desk: live beside the last snapshot, each with its definition and the rows behind it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from parvis.domain.access import Permission
from parvis.domain.figures.definitions import DEFINITIONS, TOPIC_NAMES, UNIT_NAMES, Figure, Unit, definition_of
from parvis.exports.figure_rows import cells_of, headers_of, rows_workbook
from parvis.queries.figure_rows import list_figure_rows, list_snapshot_rows
from parvis.queries.figures import count_figures
from parvis.queries.snapshots import access_snapshot, figures_of, frozen_row_ids, get_latest_snapshot, list_snapshots
from parvis.services.figures import take_snapshot
from parvis.web.desk.frame import Desk, desk_page

READ = Permission.READ_DESK
ROWS_PER_PAGE = 100
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _value(figure: Figure | None, unit: Unit) -> str:
    if figure is None:
        return "—"
    return f"{figure.value} %" if unit == Unit.PERCENT else str(figure.value)


def _line(code: str, live: Figure, frozen: Figure | None) -> dict[str, Any]:
    definition = DEFINITIONS[code]
    parts = live.parts
    return {
        "code": code,
        "name": gettext(definition.name),
        "sentence": gettext(definition.sentence),
        "unit": gettext(UNIT_NAMES[definition.unit]),
        "live": _value(live, definition.unit),
        "frozen": _value(frozen, definition.unit),
        "differs": frozen is not None and frozen.value != live.value,
        "is_share": definition.unit == Unit.PERCENT,
        "percent": live.value,
        "numerator": parts.get("numerator"),
        "denominator": parts.get("denominator"),
        "undeclared": parts.get("undeclared"),
        "by_day": {day: people for day, people in parts.items() if code == "present"},
    }


@require_GET
@desk_page(READ)
def figures(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Show every figure, counted now and as it was frozen last."""
    live = count_figures(desk.edition.pk)
    snapshot = get_latest_snapshot(desk.edition.pk)
    frozen = figures_of(snapshot) if snapshot else {}
    topics = [
        {
            "name": gettext(TOPIC_NAMES[topic]),
            "lines": [_line(code, live[code], frozen.get(code)) for code, d in DEFINITIONS.items() if d.topic == topic],
        }
        for topic in TOPIC_NAMES
    ]
    context = {
        "topics": topics,
        "snapshot": snapshot,
        "snapshots": list_snapshots(desk.actor, edition_id=desk.edition.pk)[:20],
        "may_freeze": desk.actor.may(Permission.TAKE_SNAPSHOT),
    }
    return render(request, "desk/figures/list.html", context)


@require_POST
@desk_page(Permission.TAKE_SNAPSHOT)
def freeze(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Freeze the figures as they stand."""
    snapshot = take_snapshot(
        actor=desk.actor, edition_id=desk.edition.pk, note=request.POST.get("note", "").strip()[:300]
    )
    messages.success(
        request, gettext("The figures are frozen as snapshot no. %(number)s.") % {"number": snapshot.number}
    )
    return redirect("desk:figures", desk.edition.slug)


def _rows_page(request: HttpRequest, code: str, rows: Any, context: dict[str, Any]) -> HttpResponse:
    definition = definition_of(code)
    if request.GET.get("export") == "xlsx":
        response = HttpResponse(rows_workbook(code, rows), content_type=XLSX)
        response["Content-Disposition"] = f'attachment; filename="{code}.xlsx"'
        return response
    page = Paginator(rows.order_by("pk"), ROWS_PER_PAGE).get_page(request.GET.get("page"))
    context |= {
        "name": gettext(definition.name),
        "sentence": gettext(definition.sentence),
        "version": definition.version,
        "headers": headers_of(code),
        "rows": [cells_of(code, row) for row in page],
        "page": page,
        "code": code,
    }
    return render(request, "desk/figures/rows.html", context)


@require_GET
@desk_page(READ)
def figure(request: HttpRequest, desk: Desk, code: str) -> HttpResponse:
    """Show the rows that a figure counts now."""
    rows = list_figure_rows(desk.actor, edition_id=desk.edition.pk, code=code)
    live = count_figures(desk.edition.pk)[code]
    return _rows_page(request, code, rows, {"value": _value(live, definition_of(code).unit), "snapshot": None})


@require_GET
@desk_page(READ)
def frozen_figure(request: HttpRequest, desk: Desk, number: int, code: str) -> HttpResponse:
    """Show the rows that a figure counted when it was frozen."""
    snapshot = access_snapshot(desk.actor, edition_id=desk.edition.pk, number=number)
    rows = list_snapshot_rows(desk.actor, code=code, row_ids=frozen_row_ids(snapshot, code))
    value = _value(figures_of(snapshot).get(code), definition_of(code).unit)
    return _rows_page(request, code, rows, {"value": value, "snapshot": snapshot})


@require_GET
@desk_page(READ)
def snapshot_page(request: HttpRequest, desk: Desk, number: int) -> HttpResponse:
    """Show one snapshot whole."""
    snapshot = access_snapshot(desk.actor, edition_id=desk.edition.pk, number=number)
    frozen = figures_of(snapshot)
    lines = [
        {"code": code, "name": gettext(d.name), "sentence": gettext(d.sentence), "value": _value(frozen[code], d.unit)}
        for code, d in DEFINITIONS.items()
        if code in frozen
    ]
    return render(request, "desk/figures/snapshot.html", {"snapshot": snapshot, "lines": lines})
