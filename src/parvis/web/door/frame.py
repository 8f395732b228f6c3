"""What every page of the door stands on: who scans, on which device, and how a refusal is said."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from parvis.domain.access import Actor, Permission
from parvis.domain.refusals import NotAllowed, NotFound, Refusal
from parvis.web.actors import get_actor
from parvis.web.door.answers import Answer
from parvis.web.refusals import say

FRAGMENT = "X-Parvis-Fragment"  # door.js asks for a piece of the page instead of being led to another
_DEVICE_COOKIE = "parvis_device"
_DEVICE_SECONDS = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Door:
    """Who stands at the door, and the device that is scanned with: a name made once, kept in a cookie."""

    actor: Actor
    device: str


def wants_fragment(request: HttpRequest) -> bool:
    """Tell whether only the answer is asked for."""
    return FRAGMENT in request.headers


def _device(request: HttpRequest) -> str:
    kept = request.COOKIES.get(_DEVICE_COOKIE, "")
    return kept if re.fullmatch(r"door-[0-9a-f]{6}", kept) else f"door-{secrets.token_hex(3)}"


def door_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Make a view of the door: signed in, with the right to scan; it is called with (request, door, …).

    A refusal becomes the page that says why: 403 without the right, 404 for what does not exist, 422 for the rest.
    The rule itself stands in the service; this only spares the visitor an empty page.
    """

    @login_required
    @wraps(view)
    def page(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        door = Door(get_actor(request), _device(request))
        try:
            door.actor.require(Permission.SCAN)
            response = view(request, door, **kwargs)
        except NotAllowed as refusal:
            return render(request, "errors/403.html", {"reason": say(refusal)}, status=403)
        except NotFound as refusal:
            if wants_fragment(request):
                return render(request, "door/answer.html", {"answer": Answer.refused(refusal)}, status=404)
            return render(request, "errors/404.html", {"reason": say(refusal)}, status=404)
        except Refusal as refusal:
            context = {"answer": Answer.refused(refusal), "guid": kwargs.get("guid")}
            template = "door/answer.html" if wants_fragment(request) else "door/refused.html"
            return render(request, template, context, status=422)
        if request.COOKIES.get(_DEVICE_COOKIE) != door.device:
            response.set_cookie(
                _DEVICE_COOKIE,
                door.device,
                max_age=_DEVICE_SECONDS,
                httponly=True,
                samesite="Lax",
                secure=request.is_secure(),
            )
        return response

    return page
