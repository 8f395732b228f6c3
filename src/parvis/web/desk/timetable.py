"""The timetable's editor: its page, and what it asks of the server. Each answer is JSON; a refusal says why."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from parvis.domain.access import Permission
from parvis.domain.programme.placement import EditionHasNoDays
from parvis.domain.refusals import ChangedMeanwhile, NotAllowed, NotFound, Refusal
from parvis.domain.timetable.moves import BreaksRules, Standing
from parvis.domain.timetable.timeline import Timeline
from parvis.domain.timetable.violations import violations
from parvis.queries.placements import find_free_places
from parvis.queries.timetable import Timetable, access_timetable
from parvis.queries.timetable_moves import is_changed_since, last_entry, last_number, list_moves_since
from parvis.services.timetable import (
    Moved,
    MovedTogether,
    empty_timetable,
    move_session,
    pin_session,
    undo_move,
    undo_moves,
)
from parvis.web.desk.frame import Desk, desk_page
from parvis.web.desk.timetable_json import place_json, place_words, timetable_json, violations_json
from parvis.web.refusals import say

READ, EDIT = Permission.READ_DESK, Permission.EDIT_PROGRAMME


@require_safe
@desk_page(READ)
def editor(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Show the timetable: days, rooms as lanes, sessions as cards. Without JavaScript it reads as a list."""
    number, entry = last_number(desk.edition.pk), last_entry()  # read first: what comes meanwhile is told again
    try:
        timetable = access_timetable(desk.actor, edition_id=desk.edition.pk)
    except EditionHasNoDays as refusal:
        return render(request, "desk/timetable/undated.html", {"reason": say(refusal)})
    found = violations(timetable.problem, timetable.rules, timetable.placements)
    content = timetable_json(timetable, found, edition=desk.edition.slug, number=number, entry=entry)
    return render(
        request,
        "desk/timetable/page.html",
        {
            "content": content,
            "listed": _listed(timetable, content),
            "hard": sum(1 for violation in found if violation.hard),
            "wishes": sum(1 for violation in found if not violation.hard),
            "may_edit": desk.actor.may(EDIT),
        },
    )


def _listed(timetable: Timetable, content: dict[str, Any]) -> list[tuple[str, list[dict[str, Any]]]]:
    """Return the cards as lists, day by day and then the tray, for readers without JavaScript."""
    days: dict[str, list[dict[str, Any]]] = {day["key"]: [] for day in content["days"]}
    tray: list[dict[str, Any]] = []
    for card in sorted(content["sessions"], key=lambda card: (card["start"] or 0, card["code"])):
        place = timetable.placements.get(card["code"])
        day = timetable.problem.day_at(place.start) if place is not None else None
        said = {**card, "where": place_words(timetable, place) if place is not None else ""}
        (days[day.key] if day is not None else tray).append(said)
    return [*((day["name"], days[day["key"]]) for day in content["days"]), ("", tray)]


def _answering(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Make a view that answers in JSON, its refusals too: what, and where the session could stand instead."""

    @wraps(view)
    def answer(request: HttpRequest, desk: Desk, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, desk, **kwargs)
        except NotAllowed as refusal:
            return JsonResponse({"refusal": say(refusal)}, status=403)
        except NotFound as refusal:
            return JsonResponse({"refusal": say(refusal)}, status=404)
        except ChangedMeanwhile as refusal:
            return JsonResponse({"refusal": say(refusal), "changed": True}, status=409)
        except Refusal as refusal:
            return JsonResponse({"refusal": say(refusal)}, status=409)
        except (ValueError, TypeError, KeyError):
            return JsonResponse({"refusal": "?"}, status=400)

    return answer


def _given(request: HttpRequest) -> dict[str, Any]:
    content = json.loads(request.body or b"{}")
    if not isinstance(content, dict):
        raise TypeError
    return content


def _standing(desk: Desk, given: dict[str, Any]) -> Standing:
    """Return where a card is wanted or was seen; the editor counts minutes of the timetable."""
    room, start = given["room"], given["start"]
    if desk.edition.starts_on is None:
        raise EditionHasNoDays
    timeline = Timeline.from_day(desk.zone.key, desk.edition.starts_on)
    moment = None if start is None else timeline.moment(int(start))
    return Standing(None if room is None else int(room), moment, int(given["length"]), bool(given.get("pinned", False)))


def _moved(moved: Moved, session_id: int) -> JsonResponse:
    code = next(code for code, pk in moved.timetable.session_ids.items() if pk == session_id)
    return JsonResponse(
        {
            "move": None if moved.move is None else moved.move.number,
            "place": place_json(moved.timetable, code),
            "violations": violations_json(moved.timetable, moved.violations),
        }
    )


@require_POST
@desk_page(EDIT)
@_answering
def move(request: HttpRequest, desk: Desk, session_id: int) -> HttpResponse:
    """Move one card; a move that breaks a hard rule is refused with the nearest places that break none."""
    given = _given(request)
    try:
        moved = move_session(
            actor=desk.actor,
            session_id=session_id,
            to=_standing(desk, given["to"]),
            seen=_standing(desk, given["seen"]),
            insist=bool(given.get("insist")),
            screen=str(given.get("screen", "")),
        )
    except BreaksRules as refusal:
        return JsonResponse(_refused(desk, refusal, session_id, given["to"]), status=409)
    return _moved(moved, session_id)


def _refused(desk: Desk, refusal: BreaksRules, session_id: int, to: dict[str, Any]) -> dict[str, Any]:
    timetable = access_timetable(desk.actor, edition_id=desk.edition.pk)
    free = find_free_places(timetable, session_id=session_id, wanted=_standing(desk, to))
    return {
        "refusal": say(refusal),
        "broken": violations_json(timetable, refusal.violations),
        "alternatives": [
            {"room": timetable.room_ids[place.room], "start": place.start, "words": place_words(timetable, place)}
            for place in free
        ],
    }


@require_POST
@desk_page(EDIT)
@_answering
def undo(request: HttpRequest, desk: Desk, number: int) -> HttpResponse:
    """Take one move back."""
    given = _given(request)
    moved = undo_move(
        actor=desk.actor,
        edition_id=desk.edition.pk,
        number=number,
        insist=True,
        screen=str(given.get("screen", "")),
    )
    assert moved.move is not None  # noqa: S101 - what is undone stood elsewhere
    return _moved(moved, moved.move.session_id)


def _moved_together(moved: MovedTogether) -> JsonResponse:
    codes = {pk: code for code, pk in moved.timetable.session_ids.items()}
    return JsonResponse(
        {
            "moves": [move.number for move in moved.moves],
            "places": [place_json(moved.timetable, codes[move.session_id]) for move in moved.moves],
            "left": moved.left,
            "violations": violations_json(moved.timetable, moved.violations),
        }
    )


@require_POST
@desk_page(EDIT)
@_answering
def empty(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Put the cards that were shown back into the tray, in one step."""
    given = _given(request)
    moved = empty_timetable(
        actor=desk.actor,
        edition_id=desk.edition.pk,
        seen={int(card["id"]): _standing(desk, card) for card in given["seen"]},
        screen=str(given.get("screen", "")),
    )
    return _moved_together(moved)


@require_POST
@desk_page(EDIT)
@_answering
def undo_step(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Take the moves of one step back."""
    given = _given(request)
    moved = undo_moves(
        actor=desk.actor,
        edition_id=desk.edition.pk,
        numbers={int(number) for number in given["numbers"]},
        screen=str(given.get("screen", "")),
    )
    return _moved_together(moved)


@require_POST
@desk_page(EDIT)
@_answering
def pin(request: HttpRequest, desk: Desk, session_id: int) -> HttpResponse:
    """Pin a card where it stands, or let it go."""
    given = _given(request)
    moved = pin_session(
        actor=desk.actor,
        session_id=session_id,
        pinned=bool(given["pinned"]),
        screen=str(given.get("screen", "")),
    )
    return _moved(moved, session_id)


@require_safe
@desk_page(READ)
@_answering
def since(request: HttpRequest, desk: Desk, number: int) -> HttpResponse:
    """Tell what was moved after a move, by whom, and where the cards stand now; two small queries where nothing was.

    A screen that says up to which `entry` of the log it knows hears of all else too: what is broken since, and, where
    its print of the `facts` is not that of now, all that it shows, anew.
    """
    moves = list_moves_since(desk.actor, edition_id=desk.edition.pk, number=number)
    asked = request.GET.get("entry")
    if not moves and (asked is None or not is_changed_since(int(asked))):
        return JsonResponse({"number": number, "moves": []})
    entry = last_entry()
    timetable = access_timetable(desk.actor, edition_id=desk.edition.pk)
    codes = {pk: code for code, pk in timetable.session_ids.items()}
    found = violations(timetable.problem, timetable.rules, timetable.placements)
    number = moves[-1].number if moves else number
    answer = {
        "number": number,
        "moves": [
            {
                "number": item.number,
                "who": item.actor_label,
                "title": item.session.title,
                "screen": item.screen,
                "place": place_json(timetable, codes[item.session_id]),
            }
            for item in moves
            if item.session_id in codes
        ],
        "violations": violations_json(timetable, found),
    }
    if asked is not None:
        content = timetable_json(timetable, found, edition=desk.edition.slug, number=number, entry=entry)
        answer["entry"] = entry
        if content["facts"] != request.GET.get("facts"):
            answer["content"] = content
    return JsonResponse(answer)
