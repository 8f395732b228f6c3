"""Deleting: what goes with it is said before, and what forbids it is named."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from parvis.domain.log_actions import SUBJECT_NAMES
from parvis.domain.refusals import NotAllowed, NotFound, Refusal
from parvis.queries.references import references_to
from parvis.web.refusals import say


def _said(found: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    return [(gettext(SUBJECT_NAMES.get(kind, kind)), count) for kind, count in found]


def answer_deletion(
    request: HttpRequest,
    row: Any,
    delete: Callable[[], None],
    *,
    heading: str,
    lead: str,
    button: str,
    done: str,
    back: tuple[str, str],
    to: str,
    blocking: Iterable[tuple[str, int]] | None = None,
) -> HttpResponse:
    """Ask, naming what would go along, then delete and lead on; where others rest on the row, say who they are.

    `back` is the address and the name of the page that asks; `blocking` counts by kind what forbids it, where the
    database's own references do not tell all.
    """
    refused = ""
    if request.method == "POST":
        try:
            delete()
        except (NotAllowed, NotFound):
            raise
        except Refusal as refusal:
            refused = say(refusal)
        else:
            messages.success(request, done)
            return redirect(to)
    found = references_to(row)
    context = {
        "heading": heading,
        "lead": lead,
        "button": button,
        "back": back[0],
        "back_name": back[1],
        "refused": refused,
        "blocking": _said(found.blocking if blocking is None else [pair for pair in blocking if pair[1]]),
        "taken_along": _said(found.taken_along),
    }
    return render(request, "desk/confirm.html", context, status=422 if refused else 200)
