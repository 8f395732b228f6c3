"""A reviewer's own desk: what waits to be read, and one proposal after the other with the keyboard."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from parvis.domain.access import Permission
from parvis.domain.calls.questions import read_criteria
from parvis.domain.calls.reviews import HIGHEST, LOWEST
from parvis.domain.refusals import NotAllowed, Refusal
from parvis.queries.reviews import (
    Queue,
    access_for_review,
    is_author,
    list_calls_still_open,
    list_queues,
    visible_reviews,
)
from parvis.services.reviews import give_review
from parvis.web.desk import listing as lists
from parvis.web.desk.forms import add_refusal
from parvis.web.desk.forms_calls import ReviewForm
from parvis.web.desk.frame import Desk, desk_page
from parvis.web.proposal_texts import texts_of


@require_safe
@desk_page(Permission.REVIEW)
def current(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Lead to the queue of the edition that the desk opens on."""
    return redirect("desk:reviews", desk.edition.slug)


@require_safe
@desk_page(Permission.REVIEW)
def queue(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Show what waits for this reviewer, call by call, and what is given."""
    queues = list_queues(desk.actor, edition_id=desk.edition.pk)
    still_open = [
        (call, call.closes_at.astimezone(desk.zone))
        for call in list_calls_still_open(desk.actor, edition_id=desk.edition.pk)
    ]
    return render(request, "desk/calls/queue.html", {"queues": queues, "still_open": still_open})


def _next(queues: list[Queue], call_id: int, besides: int) -> Any:
    """Return the next proposal that waits in the same call, then in another; None once all are given."""
    ordered = sorted(queues, key=lambda found: found.call.pk != call_id)
    return next((line.proposal for found in ordered for line in found.waiting if line.proposal.pk != besides), None)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(Permission.REVIEW)
def review(request: HttpRequest, desk: Desk, proposal_id: int) -> HttpResponse:
    """Show one proposal and take in what the reviewer thinks of it."""
    found = access_for_review(desk.actor, edition_id=desk.edition.pk, proposal_id=proposal_id)
    criteria = read_criteria(found.call.criteria)
    own = next((row for row in found.reviews.all() if row.reviewer_id == desk.actor.account_id), None)
    initial: dict[str, Any] = {}
    if own is not None:
        initial = {"comment": own.comment, "conflict": own.conflict, "conflict_reason": own.conflict_reason}
        initial |= {f"score_{key}": str(score) for key, score in own.scores.items()}
    data = request.POST if request.method == "POST" else None
    form = ReviewForm(data, criteria=criteria, language=lists.language(), initial=initial)
    if form.is_valid():
        try:
            give_review(
                actor=desk.actor,
                proposal_id=found.pk,
                scores=form.scores(),
                comment=form.cleaned_data["comment"],
                conflict=form.cleaned_data["conflict"],
                conflict_reason=form.cleaned_data["conflict_reason"],
            )
        except NotAllowed:
            raise
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            following = _next(list_queues(desk.actor, edition_id=desk.edition.pk), found.call_id, found.pk)
            if "next" in request.POST and following is not None:
                messages.success(request, gettext("Your review is saved. Here is the next proposal."))
                return redirect("desk:review", desk.edition.slug, following.pk)
            messages.success(request, gettext("Your review is saved."))
            return redirect("desk:reviews", desk.edition.slug)
    queues = list_queues(desk.actor, edition_id=desk.edition.pk)
    mine = next((one for one in queues if one.call.pk == found.call_id), None)
    others = [row for row in visible_reviews(desk.actor, found, criteria, decides=False) if row is not own]
    context = {
        "proposal": found,
        "call": found.call,
        "texts": texts_of(found),
        "form": form,
        "own": own,
        "own_work": is_author(desk.actor, found),
        "queue": mine,
        "next": _next(queues, found.call_id, found.pk),
        "others": [
            (row, [(c.name(lists.language()), row.scores.get(c.key, "—")) for c in criteria])
            for row in others
            if row.reviewer_id != desk.actor.account_id
        ],
        "lowest": LOWEST,
        "highest": HIGHEST,
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "desk/calls/review.html", context, status=status)
