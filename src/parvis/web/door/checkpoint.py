"""One door: a reading is posted and answered; without JavaScript by leading back to the page, with it by a piece."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from parvis.domain.onsite import CheckpointKind, Direction
from parvis.domain.onsite.codes import read_typed
from parvis.domain.onsite.opening import Opening
from parvis.domain.refusals import NotFound, Refusal
from parvis.domain.tickets import qr_svg
from parvis.queries.onsite import access_checkpoint, entrance_of, line_of
from parvis.queries.onsite_doors import DoorFacts, access_door, facts_of
from parvis.queries.onsite_scans import access_scan, count_inside, list_latest_scans, scan_view
from parvis.queries.onsite_search import find_meant, search_candidates
from parvis.queries.onsite_tickets import ticket_of_walk_in
from parvis.services.scans import record_scan, undo_scan
from parvis.web.door.answers import Answer, state_of, tone_of
from parvis.web.door.frame import Door, door_page, wants_fragment
from parvis.web.refusals import say

LONGEST = 200


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _direction(values: Any) -> Direction:
    return Direction.OUT if values.get("direction") == Direction.OUT else Direction.IN


def _text(values: Any) -> str:
    return str(values.get("q", ""))[:LONGEST].replace("\x00", "").strip()


def _address(guid: UUID, direction: Direction, **query: str) -> str:
    if direction is Direction.OUT:
        query["direction"] = str(direction)
    return reverse("door:checkpoint", args=[guid]) + (f"?{urlencode(query)}" if query else "")


@require_safe
@door_page
def page(request: HttpRequest, door: Door, guid: UUID) -> HttpResponse:
    """Show the door: its field, the answer that the address names, the latest scans, and who is inside."""
    checkpoint = access_checkpoint(door.actor, guid=guid)
    at = facts_of(checkpoint)
    now = timezone.now()
    try:
        opening = at.opening(now)
    except Refusal as refusal:
        return render(request, "door/closed.html", {"checkpoint": checkpoint, "reason": say(refusal)})
    answer = Answer.ready()
    text = _text(request.GET)
    scan_id = _uuid(request.GET.get("scan", ""))
    if scan_id is not None:
        try:
            seen = access_scan(door.actor, door=at, scan_id=scan_id)
        except NotFound:
            pass  # an address from yesterday, or of another door
        else:
            code = ticket_of_walk_in(door.actor, scan_id=scan_id) if request.GET.get("new") else ""
            answer = Answer.verdict(seen, ticket=qr_svg(code) if code else "")
    elif text:
        answer = _choices(door, at, text)
    elif "empty" in request.GET:
        answer = Answer.empty()
    context = {
        "checkpoint": checkpoint,
        "line": line_of(checkpoint, at.zone, inside=count_inside(at.pk)),
        "answer": answer,
        "direction": _direction(request.GET),
        "is_over": opening is Opening.LATE,
        "typed": text,
        "new_id": uuid4(),
        "actor": door.actor,
        **_wrong_day(checkpoint, at, opening, now),
        **_latest(door, at),
    }
    return render(request, "door/checkpoint.html", context)


def _wrong_day(checkpoint: Any, at: DoorFacts, opening: Opening, now: datetime) -> dict[str, Any]:
    """Return what warns of a door of another day, with today's entrance; nothing once the edition is over."""
    day = line_of(checkpoint, at.zone, inside=0).day
    today = now.astimezone(at.zone).date()
    if opening is not Opening.NOW or day is None or day == today:
        return {}
    is_entrance = checkpoint.kind == CheckpointKind.ENTRANCE
    return {"other_day": day, "todays": entrance_of(at.edition_id, day=today) if is_entrance else None}


def _latest(door: Door, at: DoorFacts) -> dict[str, Any]:
    scans = list_latest_scans(door.actor, door=at)
    return {
        "today": timezone.now().astimezone(at.zone).date(),
        "latest": [(s, state_of(s.verdict, s.direction), tone_of(s.verdict), uuid4()) for s in scans],
    }


def _choices(door: Door, at: DoorFacts, text: str) -> Answer:
    found = search_candidates(door.actor, edition_id=at.edition_id, checkpoint_id=at.pk, text=text)
    return Answer.choices(text, found)


def _answered(
    request: HttpRequest, at: DoorFacts, answer: Answer, *, address: str, direction: Direction, status: int = 200
) -> HttpResponse:
    if not wants_fragment(request):
        return redirect(address)
    context = {"checkpoint": at, "answer": answer, "direction": direction}
    return render(request, "door/answer.html", context, status=status)


@require_http_methods(["GET", "POST"])
@door_page
def scan(request: HttpRequest, door: Door, guid: UUID) -> HttpResponse:
    """Take in one reading: a code, a reference, a name, or somebody chosen in the list of a name."""
    direction = _direction(request.POST)
    if request.method == "GET":  # whoever had to sign in again on the way here
        return redirect(_address(guid, direction))
    chosen = _uuid(request.POST.get("registration", ""))
    text = "" if chosen else _text(request.POST)
    if chosen is None and not read_typed(text, edition_number=0).badge:  # a badge goes the shortest way
        answered = _without_scan(request, door, guid, text, direction)
        if answered is not None:
            return answered
    moment = timezone.now()
    recorded = record_scan(
        actor=door.actor,
        scan_id=_uuid(request.POST.get("scan_id", "")) or uuid4(),
        checkpoint_guid=guid,
        code=text,
        registration_guid=chosen,
        scanned_at=moment,
        device=door.device,
        direction=direction,
        now=moment,
    )
    address = _address(guid, direction, scan=str(recorded.scan.pk))
    if not wants_fragment(request):
        return redirect(address)
    at = recorded.door
    seen = scan_view(recorded.scan, at.zone, edition_id=at.edition_id, before=recorded.before, is_new=recorded.created)
    return _answered(request, at, Answer.verdict(seen), address=address, direction=direction)


def _without_scan(request: HttpRequest, door: Door, guid: UUID, text: str, direction: Direction) -> HttpResponse | None:
    """Answer what needs no scan: nothing typed, or a name, for which people are offered. None for a code."""
    at = access_door(door.actor, guid=guid)
    at.opening(timezone.now())
    typed = read_typed(text, edition_number=at.number)
    if not typed.text:
        address = _address(guid, direction, empty="1")
        return _answered(request, at, Answer.empty(), address=address, direction=direction, status=422)
    if find_meant(at, typed) is None:
        answer = _choices(door, at, text)
        if answer.kind == "choices" or typed.is_name:
            address = _address(guid, direction, q=text)
            return _answered(request, at, answer, address=address, direction=direction)
    return None


@require_safe
@door_page
def find(request: HttpRequest, door: Door, guid: UUID) -> HttpResponse:
    """Answer `?q=dup` with those whom it may mean, as a piece of the page; writes nothing."""
    at = access_door(door.actor, guid=guid)
    direction = _direction(request.GET)
    text = _text(request.GET)
    if not wants_fragment(request):
        return redirect(_address(guid, direction, **({"q": text} if text else {})))
    return _answered(request, at, _choices(door, at, text), address="", direction=direction)


@require_http_methods(["GET", "POST"])
@door_page
def undo(request: HttpRequest, door: Door, guid: UUID) -> HttpResponse:
    """Take one scan back."""
    direction = _direction(request.POST)
    if request.method == "GET":
        return redirect(_address(guid, direction))
    scan_id = _uuid(request.POST.get("scan", ""))
    if scan_id is None:
        raise NotFound
    recorded = undo_scan(
        actor=door.actor,
        undo_id=_uuid(request.POST.get("undo_id", "")) or uuid4(),
        checkpoint_guid=guid,
        scan_id=scan_id,
        device=door.device,
    )
    at = recorded.door
    seen = access_scan(door.actor, door=at, scan_id=scan_id)
    return _answered(
        request,
        at,
        Answer.verdict(seen),
        address=_address(guid, direction, scan=str(scan_id)),
        direction=direction,
    )


@require_safe
@door_page
def latest(request: HttpRequest, door: Door, guid: UUID) -> HttpResponse:
    """Answer with the latest scans of every device and with who is inside, as a piece of the page."""
    at = access_door(door.actor, guid=guid)
    if not wants_fragment(request):
        return redirect("door:checkpoint", guid)
    context = {
        "checkpoint": at,
        "inside": count_inside(at.pk),
        "direction": _direction(request.GET),
        **_latest(door, at),
    }
    return render(request, "door/latest.html", context)
