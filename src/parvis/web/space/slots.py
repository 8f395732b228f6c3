"""Choosing a slot: the free ones by day, and the nearest where somebody was quicker."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from parvis.domain.calls.slots import SlotTaken, check_may_hold
from parvis.domain.calls.states import Decision, ProposalStatus
from parvis.domain.calls.windows import check_may_choose
from parvis.domain.refusals import Refusal
from parvis.domain.timetable.moves import BreaksRules
from parvis.queries.call_slots import SlotLine, list_choices, nearest_slots
from parvis.queries.desk_editions import zone_of
from parvis.queries.proposals import actor_by_link
from parvis.services.slots import choose_slot
from parvis.web.personal import personal
from parvis.web.refusals import say
from parvis.web.space.proposal import by_link, frame


def _refusal(found: Any) -> Refusal | None:
    """Return why no slot can be chosen now."""
    call = found.call
    try:
        check_may_hold(
            status=ProposalStatus(found.status),
            decision=Decision(found.decision),
            announced=call.announced_at is not None,
        )
        zone = zone_of(call.edition)
        check_may_choose(choose_by=call.choose_by and call.choose_by.astimezone(zone), now=timezone.now())
    except Refusal as refusal:
        return refusal
    return None


@require_http_methods(["GET", "HEAD", "POST"])
@personal(sends_form=True)
@by_link
def choose(request: HttpRequest, found: Any, editor: Any) -> HttpResponse:
    """Show the slots and take one; a taken one offers the nearest that are free."""
    closed = _refusal(found)
    if closed is not None:
        messages.add_message(request, messages.WARNING, say(closed), extra_tags="refusal")
        return redirect("space:proposal", token=editor.token)
    wanted = request.POST.get("slot", "")
    if request.method != "POST":
        return _show(request, found, editor)
    if not wanted.isdecimal() or len(wanted) > 18:
        return _show(request, found, editor, refusal=gettext("Choose a slot in the list, then confirm."), status=422)
    try:
        choose_slot(actor=actor_by_link(found, editor), proposal_id=found.pk, slot_id=int(wanted))
    except SlotTaken as refusal:
        return _show(
            request, found, editor, refusal=say(refusal), nearest=list(refusal.nearest), wanted=int(wanted), status=409
        )
    except BreaksRules as refusal:
        nearest = nearest_slots(found.call, int(wanted), proposal=found)
        return _show(request, found, editor, refusal=say(refusal), nearest=nearest, wanted=int(wanted), status=409)
    except Refusal as refusal:
        return _show(request, found, editor, refusal=say(refusal), status=422)
    messages.success(
        request,
        gettext("Your slot is confirmed, and your workshop is in the programme. A mail brings the calendar file."),
    )
    return redirect("space:proposal", token=editor.token)


def _show(
    request: HttpRequest,
    found: Any,
    editor: Any,
    *,
    refusal: str = "",
    nearest: list[int] | None = None,
    wanted: int | None = None,
    status: int = 200,
) -> HttpResponse:
    zone = zone_of(found.call.edition)
    lines = list_choices(found)
    by_key = {line.pk: line for line in lines}

    def local(line: SlotLine) -> dict[str, Any]:
        return {
            "line": line,
            "starts_at": line.starts_at.astimezone(zone),
            "ends_at": line.ends_at.astimezone(zone),
            "own": line.pk == found.slot_id,
        }

    offered = [local(by_key[key]) for key in nearest or [] if key in by_key and key != wanted]
    shown = [local(line) for line in lines]
    days = [(day, list(of_day)) for day, of_day in groupby(shown, key=lambda row: row["starts_at"].date())]
    context = {
        **frame(found, editor),
        "days": days,
        "free": sum(1 for line in lines if line.free and line.pk != found.slot_id),
        "offered": offered,
        "wanted": local(by_key[wanted]) if wanted in by_key else None,
        "refusal": refusal,
    }
    return render(request, "space/proposals/slot.html", context, status=status)
