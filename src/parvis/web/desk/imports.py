"""Bringing spreadsheets to the desk: send, look at what would happen, apply whole or discard."""

from __future__ import annotations

import contextlib
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import get_language, gettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from parvis.domain.access import Permission
from parvis.domain.import_runs import RUN_STATUS_NAMES, RUNNING, RunStatus, read_row
from parvis.domain.imports import OUTCOME_NAMES, Outcome
from parvis.domain.refusals import NotAllowed, NotFound, Refusal
from parvis.exports.import_reports import refused_rows_workbook
from parvis.exports.spreadsheets import empty_template
from parvis.ingest.kinds import KINDS
from parvis.ingest.raw import Limits
from parvis.ingest.tables import check_size
from parvis.queries.desk_editions import desk_edition
from parvis.queries.imports import (
    access_import_content,
    access_import_progress,
    access_import_run,
    list_editions_to_import_into,
    list_import_runs,
)
from parvis.services import import_runs
from parvis.web.actors import get_actor
from parvis.web.desk.forms_imports import ImportForm, kind_name
from parvis.web.desk.import_reports import outcome_tabs, reasons_of, say_reason, shown_rows
from parvis.web.refusals import say

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
RUNS_PER_PAGE = 30
ROWS_PER_PAGE = 100
# The largest body that is read to its end before it is refused, so that the browser gets to read the answer.
DRAINED = 300 * 1024 * 1024
FORM_OVERHEAD = 64 * 1024

STATUS_TINTS = {
    RunStatus.CHECKED: "tint-sea",
    RunStatus.APPLIED: "tint-olive",
    RunStatus.REFUSED: "tint-brick",
    RunStatus.DISCARDED: "tint-soft",
}


@login_required
@require_GET
def import_list(request: HttpRequest) -> HttpResponse:
    """List what was imported, the latest first."""
    try:
        runs = list_import_runs(actor=get_actor(request))
    except NotAllowed as refusal:
        return _forbidden(request, refusal)
    page = Paginator(runs, RUNS_PER_PAGE).get_page(request.GET.get("page"))
    rows = [
        {
            "run": run,
            "kind": kind_name(run.kind) if run.kind else "",
            "status": gettext(RUN_STATUS_NAMES[RunStatus(run.status)]),
            "tint": STATUS_TINTS.get(RunStatus(run.status), "tint-gold"),
            "totals": [
                (gettext(name), run.totals[outcome])  # type: ignore[attr-defined]  # annotated by the query
                for outcome, name in OUTCOME_NAMES.items()
                if (run.totals or {}).get(outcome)  # type: ignore[attr-defined]
            ],
        }
        for run in page
    ]
    return render(request, "desk/imports/list.html", {"page": page, "rows": rows})


@csrf_exempt
@login_required
@require_http_methods(["GET", "POST"])
def import_new(request: HttpRequest) -> HttpResponse:
    """Show the form, or take a file. A body that is too large is refused before it is parsed."""
    actor = get_actor(request)
    try:
        actor.require(Permission.IMPORT)
    except NotAllowed as refusal:
        return _forbidden(request, refusal)
    size = int(request.META.get("CONTENT_LENGTH") or 0)
    if request.method == "POST" and size > Limits().file_bytes + FORM_OVERHEAD:
        _drain(request, size)
        try:
            check_size(size, gettext("This file"))
        except Refusal as refusal:
            form = ImportForm(editions=_editions(), initial=_initial(request))
            return _form_page(request, form, too_large=say(refusal), status=413)
    answer: HttpResponse = _take_file(request)
    return answer


@csrf_protect
def _take_file(request: HttpRequest) -> HttpResponse:
    # The protection comes after the look at the size: reading the token reads the whole body.
    if request.method != "POST":
        return _form_page(request, ImportForm(editions=_editions(), initial=_initial(request)))
    form = ImportForm(request.POST, request.FILES, editions=_editions())
    if not form.is_valid():
        return _form_page(request, form, status=422)
    file = form.cleaned_data["file"]
    try:
        check_size(file.size, file.name)
        run = import_runs.receive_file(
            actor=get_actor(request),
            filename=file.name,
            content=file.read(),
            kind=form.cleaned_data["kind"],
            edition_id=form.cleaned_data["edition"],
            language=_language(),
        )
    except Refusal as refusal:
        form.add_error("file", say(refusal))
        return _form_page(request, form, status=422)
    return redirect("desk:import_run", guid=run.guid)


@login_required
@require_GET
def import_template(request: HttpRequest, kind: str) -> HttpResponse:
    """Give an empty workbook of a kind, with what goes into each column."""
    try:
        get_actor(request).require(Permission.IMPORT)
        if kind not in KINDS:
            raise NotFound
    except NotAllowed as refusal:
        return _forbidden(request, refusal)
    except NotFound as refusal:
        return _not_found(request, refusal)
    language = "en" if request.GET.get("lang", _language()) == "en" else "fr"
    return _workbook(empty_template(kind, language, gettext), f"{kind}-{language}.xlsx")


@login_required
@require_GET
def import_run(request: HttpRequest, guid: UUID) -> HttpResponse:
    """Show what a file would do, or did, row by row."""
    try:
        run = access_import_run(actor=get_actor(request), guid=guid)
    except NotAllowed as refusal:
        return _forbidden(request, refusal)
    except NotFound as refusal:
        return _not_found(request, refusal)
    status = RunStatus(run.status)
    report: dict[str, Any] = run.report
    records = report.get("rows", [])
    totals: dict[str, int] = report.get("totals", {})
    kinds = [kind for kind in report.get("kinds", {}) if report["kinds"][kind]]
    kind = request.GET.get("kind", "") if request.GET.get("kind", "") in kinds else ""
    default = "refused" if totals.get(Outcome.REFUSED) else ""
    outcome = request.GET.get("outcome", default)
    wanted = [
        record
        for record in records
        if (not outcome or outcome == "all" or record[2] == outcome) and (not kind or record[0] == kind)
    ]
    page = Paginator(wanted, ROWS_PER_PAGE).get_page(request.GET.get("page"))
    refused = totals.get(Outcome.REFUSED, 0)
    context = {
        "run": run,
        "status": status,
        "status_name": gettext(RUN_STATUS_NAMES[status]),
        "tint": STATUS_TINTS.get(status, "tint-gold"),
        "running": status in RUNNING,
        "file_reason": say_reason(report["refusal"]) if "refusal" in report else "",
        "tabs": outcome_tabs(report, kind=kind, outcome=outcome or "all"),
        "kinds": [(key, kind_name(key)) for key in kinds] if len(kinds) > 1 else [],
        "kind": kind,
        "outcome": outcome,
        "page": page,
        "rows": shown_rows([read_row(record) for record in page], _language()),
        "total": len(records),
        "refused": refused,
        "to_write": totals.get(Outcome.CREATED, 0) + totals.get(Outcome.CHANGED, 0),
        "may_apply": status is RunStatus.CHECKED and not refused,
        "may_discard": status in (RunStatus.CHECKED, RunStatus.REFUSED, RunStatus.RECEIVED, RunStatus.CHECKING),
        "has_file": status in (RunStatus.CHECKED, RunStatus.APPLYING),
        "left_aside": report.get("left_aside", []),
        "unknown_columns": report.get("unknown_columns", []),
    }
    return render(request, "desk/imports/run.html", context)


@login_required
@require_GET
def import_progress(request: HttpRequest, guid: UUID) -> HttpResponse:
    """Say how far a run is, for the bar."""
    try:
        run = access_import_progress(actor=get_actor(request), guid=guid)
    except (NotAllowed, NotFound):
        return JsonResponse({}, status=404)
    status = RunStatus(run.status)
    return JsonResponse({"running": status in RUNNING, "done": run.done_rows, "total": run.total_rows})


@login_required
@require_GET
def import_refused(request: HttpRequest, guid: UUID) -> HttpResponse:
    """Give the refused rows as a workbook with a column that says why."""
    actor = get_actor(request)
    try:
        run = access_import_run(actor=actor, guid=guid)
        content = access_import_content(actor=actor, guid=guid)
        workbook = refused_rows_workbook(
            content,
            run.filename,
            kind=run.kind,
            reasons={
                (row.kind, row.number): "\n".join(reasons_of(row))
                for row in map(read_row, run.report.get("rows", []))
                if row.outcome == Outcome.REFUSED
            },
            language=_language(),
        )
    except NotAllowed as refusal:
        return _forbidden(request, refusal)
    except Refusal as refusal:
        return _not_found(request, refusal)
    return _workbook(workbook, f"{gettext('refused')}-{run.filename.rsplit('.', 1)[0]}.xlsx")


@login_required
@require_POST
def import_apply(request: HttpRequest, guid: UUID) -> HttpResponse:
    """Apply a run, whole or not at all."""
    return _act(request, guid, import_runs.start_apply)


@login_required
@require_POST
def import_discard(request: HttpRequest, guid: UUID) -> HttpResponse:
    """Give up a run."""
    return _act(request, guid, import_runs.discard_run)


def _act(request: HttpRequest, guid: UUID, service: Any) -> HttpResponse:
    try:
        service(actor=get_actor(request), guid=guid)
    except NotAllowed as refusal:
        return _forbidden(request, refusal)
    except NotFound as refusal:
        return _not_found(request, refusal)
    except Refusal as refusal:
        messages.error(request, say(refusal))
    return HttpResponseRedirect(reverse("desk:import_run", args=[guid]))


def _form_page(request: HttpRequest, form: ImportForm, *, too_large: str = "", status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "too_large": too_large,
        "kinds": [(key, kind_name(key)) for key in KINDS],
        "limit": Limits().file_bytes,
        "limit_sentence": gettext("This file is too large: at most 50 MB are accepted. Split it into several files."),
    }
    return render(request, "desk/imports/new.html", context, status=status)


def _initial(request: HttpRequest) -> dict[str, str]:
    """Return what the page that leads here already knows: `?kind=`, `?edition=` (or that of the desk)."""
    edition = request.GET.get("edition", "")
    if not edition:
        with contextlib.suppress(NotFound):
            edition = str(desk_edition(get_actor(request), slug=None).pk)
    return {"kind": request.GET.get("kind", ""), "edition": edition}


def _editions() -> list[tuple[int, str]]:
    return [(edition.pk, str(edition)) for edition in list_editions_to_import_into()]


def _drain(request: HttpRequest, size: int) -> None:
    left = min(size, DRAINED)
    while left > 0 and (piece := request.read(min(left, 1024 * 1024))):
        left -= len(piece)


def _language() -> str:
    return "fr" if (get_language() or "fr").startswith("fr") else "en"


def _workbook(content: bytes, filename: str) -> HttpResponse:
    return HttpResponse(
        content,
        content_type=XLSX,
        headers={"Content-Disposition": content_disposition_header(True, filename) or "attachment"},
    )


def _forbidden(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    return render(request, "errors/403.html", {"reason": say(refusal)}, status=403)


def _not_found(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    return render(request, "errors/404.html", {"reason": say(refusal)}, status=404)
