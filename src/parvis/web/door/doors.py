"""The list of doors: today's first, each with the people inside."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from parvis.domain.access import Permission
from parvis.domain.onsite.opening import Opening
from parvis.domain.text import fold
from parvis.queries.onsite import list_checkpoints
from parvis.web.door.frame import Door, door_page
from parvis.web.refusals import say

FILTER_FROM = 12  # doors of one edition, from which on a field finds one of them


@require_safe
@door_page
def listing(request: HttpRequest, door: Door) -> HttpResponse:
    """List the doors by edition and day."""
    now = timezone.now()
    editions = [
        {
            "edition": found,
            "is_over": found.opening is Opening.LATE,
            "reason": say(found.closed) if found.closed is not None else "",
            "many": sum(len(day.lines) for day in found.days) >= FILTER_FROM,
            "days": [
                (day, [(line, fold(f"{line.name} {line.room}"), line.is_on(now)) for line in day.lines])
                for day in found.days
            ],
        }
        for found in list_checkpoints(door.actor, now=now)
    ]
    context = {"editions": editions, "may_read_desk": door.actor.may(Permission.READ_DESK), "actor": door.actor}
    return render(request, "door/home.html", context)
