"""Solves of the timetable at the desk: the list, and the forms that ask for one. Each answers at once."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from parvis.domain.access import Permission
from parvis.domain.programme.placement import EditionHasNoDays
from parvis.domain.refusals import NotAllowed, Refusal
from parvis.domain.timetable.solves import STATE_NAMES, TASK_NAMES, UNDER_WAY, Scope, SolveState, SolveTask
from parvis.domain.timetable.what_happened import HAPPENING_NAMES, Happening
from parvis.queries.timetable import Timetable, access_timetable
from parvis.queries.timetable_solves import list_solves, state_of
from parvis.services import timetable_solves as services
from parvis.web.desk.forms import add_refusal
from parvis.web.desk.forms_layout import sent
from parvis.web.desk.forms_timetable_solves import HappenedForm, SolveForm
from parvis.web.desk.frame import Desk, desk_page
from parvis.web.desk.programme import EDIT, may_edit
from parvis.web.desk.timetable_rules import without_days

READ = Permission.READ_DESK
STATE_TINTS = {
    SolveState.DONE: "tint-sea",
    SolveState.STOPPED: "tint-sea",
    SolveState.FAILED: "tint-brick",
    SolveState.ACCEPTED: "tint-olive",
    SolveState.DROPPED: "tint-soft",
}


@require_safe
@desk_page(READ)
def listing(request: HttpRequest, desk: Desk) -> HttpResponse:
    """List the latest solves."""
    now = timezone.now()
    rows = []
    for solve in list_solves(desk.actor, edition_id=desk.edition.pk):
        state = state_of(solve, now)
        rows.append(
            {
                "solve": solve,
                "task": gettext(TASK_NAMES[SolveTask(solve.task)]),
                "state": gettext(STATE_NAMES[state]),
                "tint": STATE_TINTS.get(state, "tint-gold"),
                "under_way": state in UNDER_WAY,
            }
        )
    return render(request, "desk/timetable/solves/list.html", {"rows": rows, "may_edit": may_edit(desk)})


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(EDIT)
def new(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Ask for a solve."""
    try:
        timetable = access_timetable(desk.actor, edition_id=desk.edition.pk)
    except EditionHasNoDays as refusal:
        return without_days(request, refusal)
    sessions = timetable.problem.sessions
    form = SolveForm(sent(request))
    context = {
        "heading": gettext("Solve the timetable"),
        "form": form,
        "all": len(sessions),
        "unplaced": sum(session.key not in timetable.placements for session in sessions),
        "pinned": sum(session.fixed_start is not None for session in sessions),
    }

    def start() -> Any:
        data = form.cleaned_data
        return services.start_solve(
            actor=desk.actor,
            edition_id=desk.edition.pk,
            task=SolveTask.SOLVE,
            scope=Scope(data["scope"]),
            seconds=data["seconds"],
        )

    return _asked(request, desk, form, start, "desk/timetable/solves/new.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(EDIT)
def mend(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Say what happened, and ask how to mend the timetable."""
    try:
        timetable = access_timetable(desk.actor, edition_id=desk.edition.pk)
    except EditionHasNoDays as refusal:
        return without_days(request, refusal)
    kind = _kind(request)
    form = HappenedForm(
        sent(request), kind=kind, problem=timetable.problem, zone=desk.zone, initial=_initial(timetable)
    )
    context = {
        "heading": gettext("Mend the timetable"),
        "form": form,
        "kinds": [(str(each), gettext(name), each is kind) for each, name in HAPPENING_NAMES.items()],
        "kind": str(kind),
    }

    def start() -> Any:
        return services.start_solve(
            actor=desk.actor, edition_id=desk.edition.pk, task=SolveTask.MEND, happened=form.happened()
        )

    return _asked(request, desk, form, start, "desk/timetable/solves/mend.html", context)


def _asked(
    request: HttpRequest, desk: Desk, form: Any, start: Any, template: str, context: dict[str, Any]
) -> HttpResponse:
    """Show a form, or start what it asks for and lead to its page."""
    if request.method == "POST" and form.is_valid():
        try:
            solve = start()
        except NotAllowed:
            raise
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            return redirect(reverse("desk:timetable_solve", args=[desk.edition.slug, solve.pk]))
    status = 422 if form.is_bound and form.errors else 200
    back = {"back": reverse("desk:timetable", args=[desk.edition.slug]), "back_name": gettext("Timetable")}
    return render(request, template, {**context, **back}, status=status)


def _kind(request: HttpRequest) -> Happening:
    try:
        return Happening(request.POST.get("what") or request.GET.get("what") or Happening.PERSON_AWAY)
    except ValueError:
        return Happening.PERSON_AWAY


def _initial(timetable: Timetable) -> dict[str, Any]:
    """Return the first day's opening: where a browser's calendar opens."""
    days = timetable.problem.days
    return {"ends_at": None, "starts_at": timetable.problem.moment(days[0].opens)} if days else {}
