"""One solve at the desk: how far it is; then its drafts side by side, and which of their moves are made."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST, require_safe

from parvis.domain.access import Permission
from parvis.domain.refusals import NotAllowed, NotFound, Refusal
from parvis.domain.timetable.drafts import DraftNumbers
from parvis.domain.timetable.in_words import in_words
from parvis.domain.timetable.moves import Standing
from parvis.domain.timetable.solves import STATE_NAMES, TASK_NAMES, TO_DECIDE, UNDER_WAY, SolveState, SolveTask
from parvis.queries.timetable_solves import access_solve, draft_moves, movers_of, room_names, state_of
from parvis.services import timetable_solves as services
from parvis.services.timetable import undo_moves
from parvis.services.timetable_solves import Accepted
from parvis.web.desk.frame import Desk, desk_page
from parvis.web.desk.programme import EDIT, may_edit
from parvis.web.desk.solve_curves import HEIGHT, WIDTH, curve_of
from parvis.web.desk.solve_words import conflicts_of, move_line, refusal_words, rule_lines, standing_words
from parvis.web.desk.timetable_json import spoken
from parvis.web.desk.timetable_solves import STATE_TINTS
from parvis.web.refusals import say

READ = Permission.READ_DESK
MOVES_BESIDE = 4  # moves that are named where drafts stand side by side


@require_safe
@desk_page(READ)
def page(request: HttpRequest, desk: Desk, solve_id: int) -> HttpResponse:
    """Show a solve. While it is under way the page asks again; without JavaScript the browser does."""
    solve = access_solve(desk.actor, edition_id=desk.edition.pk, solve_id=solve_id)
    state = state_of(solve, timezone.now())
    context = _progress(solve, state)
    drafts = [DraftNumbers.from_json(draft) for draft in solve.result.get("drafts", [])]
    number = _chosen(request, len(drafts), solve.result.get("taken", 0))
    context |= {
        "solve": solve,
        "heading": gettext("A mended timetable") if solve.task == SolveTask.MEND else gettext("A solved timetable"),
        "task": gettext(TASK_NAMES[SolveTask(solve.task)]),
        "tint": STATE_TINTS.get(state, "tint-gold"),
        "may_edit": may_edit(desk),
        "reason": refusal_words(solve.result, state),
        "conflicts": conflicts_of(solve.result),
        "to_decide": state in TO_DECIDE,
        "ended": state not in UNDER_WAY,
    }
    if drafts:
        context |= _draft(desk, solve, drafts, number)
    return render(request, "desk/timetable/solves/page.html", context)


def _progress(solve: Any, state: SolveState) -> dict[str, Any]:
    point = solve.curve[-1] if solve.curve else None
    return {
        "state": state,
        "state_name": gettext(STATE_NAMES[state]),
        "under_way": state in UNDER_WAY,
        "stopping": solve.stop_asked,
        "percent": round(solve.progress * 100),
        "hard": None if point is None else point[1],
        "cost": None if point is None else point[2],
        "seconds": None if point is None else round(point[0]),
        "curve": curve_of(solve.curve),
        "width": WIDTH,
        "height": HEIGHT,
    }


def _chosen(request: HttpRequest, drafts: int, taken: int) -> int:
    given = request.GET.get("draft", "")
    number = int(given) if given.isdecimal() and len(given) < 3 else taken
    return number if number < drafts else 0


def _draft(desk: Desk, solve: Any, drafts: list[DraftNumbers], number: int) -> dict[str, Any]:
    """Return what the page says of a draft, beside the others. A constant number of queries."""
    moves = draft_moves(solve, number)
    rooms = room_names(desk.edition.pk)
    movers = movers_of(move.session_id for move in moves if move.moved_since)
    numbers = drafts[number]
    kept = solve.result["drafts"]
    bound = solve.result.get("bound")
    return {
        "drafts": [
            {
                "n": n,
                "numbers": each,
                "count": len(kept[n]["moves"]),
                "moves": [
                    (move["title"], standing_words(Standing.from_json(move["to"]), rooms, desk.zone))
                    for move in kept[n]["moves"][:MOVES_BESIDE]
                ],
            }
            for n, each in enumerate(drafts)
        ],
        "number": number,
        "numbers": numbers,
        "unplaced": kept[number]["unplaced"],
        "bound": bound,
        "proven": bool(solve.result.get("proven")),
        "rules": rule_lines(numbers),
        "lines": [move_line(move, rooms, movers, desk.zone, edition=desk.edition.slug) for move in moves],
        "open": sum(move.open for move in moves),
        "may_undo": bool(solve.result.get("steps")) and any(move.made for move in moves),
    }


@require_safe
@desk_page(READ)
def progress(request: HttpRequest, desk: Desk, solve_id: int) -> HttpResponse:
    """Give the part of the page that tells how far it is; 204 once there is more to see on the page itself."""
    solve = access_solve(desk.actor, edition_id=desk.edition.pk, solve_id=solve_id)
    state = state_of(solve, timezone.now())
    if state not in UNDER_WAY:
        return HttpResponse(status=204)
    return render(request, "desk/timetable/solves/progress.html", _progress(solve, state))


@require_POST
@desk_page(EDIT)
def stop(request: HttpRequest, desk: Desk, solve_id: int) -> HttpResponse:
    """Have it end with the best so far."""
    return _act(request, desk, solve_id, lambda: services.stop_solve(actor=desk.actor, solve_id=solve_id))


@require_POST
@desk_page(EDIT)
def drop(request: HttpRequest, desk: Desk, solve_id: int) -> HttpResponse:
    """Drop the drafts."""

    def act() -> None:
        services.drop_solve(actor=desk.actor, solve_id=solve_id)
        messages.success(request, gettext("The draft is dropped; the timetable is as it was."))

    return _act(request, desk, solve_id, act)


@require_POST
@desk_page(EDIT)
def accept(request: HttpRequest, desk: Desk, solve_id: int) -> HttpResponse:
    """Make the moves of a draft: all, or those that are checked."""
    given = request.POST.get("draft", "0")
    number = int(given) if given.isdecimal() and len(given) < 3 else 0
    checked = {int(pk) for pk in request.POST.getlist("session") if pk.isdecimal() and len(pk) < 19}

    def act() -> None:
        accepted = services.accept_solve(
            actor=desk.actor,
            solve_id=solve_id,
            sessions=None if "all" in request.POST else checked,
            alternative=number,
            insist="insist" in request.POST,
        )
        _tell(request, accepted)

    return _act(request, desk, solve_id, act, draft=number)


def _tell(request: HttpRequest, accepted: Accepted) -> None:
    """Say what was made, and of each move that was not, why."""
    count = len(accepted.moves)
    if count:
        said = ngettext("%(count)s move is made.", "%(count)s moves are made.", count) % {"count": count}
        messages.success(request, said)
    told = [
        gettext("“%(title)s” stays where it is: %(who)s moved it since.") % {"title": title, "who": who or "—"}
        for title, who in accepted.moved_since
    ]
    told += [gettext("“%(title)s” was cancelled since.") % {"title": title} for title in accepted.gone]
    for title, code, rule in accepted.refused:
        sentence = in_words(rule.seen_from(code), spoken(), gettext)
        told.append(gettext("“%(title)s” stays where it is. %(rule)s") % {"title": title, "rule": sentence})
    for sentence in told:
        messages.add_message(request, messages.WARNING, sentence, extra_tags="refusal")


@require_POST
@desk_page(EDIT)
def undo(request: HttpRequest, desk: Desk, solve_id: int) -> HttpResponse:
    """Take back the moves that were accepted last."""

    def act() -> None:
        solve = access_solve(desk.actor, edition_id=desk.edition.pk, solve_id=solve_id)
        steps = solve.result.get("steps", [])
        if not steps:
            raise NotFound
        moved = undo_moves(actor=desk.actor, edition_id=desk.edition.pk, numbers=steps[-1])
        count = len(moved.moves)
        said = ngettext("%(count)s move is taken back.", "%(count)s moves are taken back.", count) % {"count": count}
        messages.success(request, said)
        if moved.left:
            left = gettext("Changed again since, so left where they are:") + " " + ", ".join(moved.left)
            messages.add_message(request, messages.WARNING, left, extra_tags="refusal")

    return _act(request, desk, solve_id, act)


def _act(request: HttpRequest, desk: Desk, solve_id: int, act: Any, *, draft: int = 0) -> HttpResponse:
    """Do something with a solve of this edition, and show its page again; a refusal is said there."""
    access_solve(desk.actor, edition_id=desk.edition.pk, solve_id=solve_id)
    try:
        act()
    except (NotAllowed, NotFound):
        raise
    except Refusal as refusal:
        messages.add_message(request, messages.WARNING, say(refusal), extra_tags="refusal")
    shown = f"?draft={draft}" if draft else ""
    return redirect(reverse("desk:timetable_solve", args=[desk.edition.slug, solve_id]) + shown)
