"""Proposals at the desk: the list of a call, one proposal with its reviews, the decision on it, its steps and slot."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from parvis.domain.access import Permission
from parvis.domain.calls.questions import read_criteria
from parvis.domain.calls.states import DECISION_NAMES, PROPOSAL_STATUS_NAMES, Decision, ProposalStatus
from parvis.domain.refusals import N_, ChangedMeanwhile, NotAllowed, Refusal
from parvis.exports import proposals as exports
from parvis.queries.call_slots import list_choices
from parvis.queries.calls import access_call
from parvis.queries.desk_proposals import (
    ProposalFilters,
    access_proposal,
    known_decision,
    matching_proposals,
    page_of_lines,
)
from parvis.queries.log import list_history
from parvis.queries.proposals import editors_of, missing_of, questions_of
from parvis.queries.reviews import own_opinion, visible_reviews, visible_tally
from parvis.services import decisions, proposals, slots
from parvis.web.desk import listing as lists
from parvis.web.desk.calls import call_frame
from parvis.web.desk.forms_calls import DecisionForm
from parvis.web.desk.frame import Desk, desk_page
from parvis.web.desk.history import lines_of
from parvis.web.proposal_texts import texts_of
from parvis.web.refusals import say
from parvis.web.space.proposal import DECISION_TINTS, STATUS_TINTS

_SORTS = {
    "score": N_("By score"),
    "spread": N_("Reviewers furthest apart"),
    "reviews": N_("Fewest reviews first"),
    "title": N_("By title"),
}
_REVIEWED = {"none": N_("Not reviewed yet"), "some": N_("Reviewed"), "apart": N_("Reviewers far apart")}
_SLOT = {"chosen": N_("Slot chosen"), "none": N_("No slot yet")}


@require_safe
@desk_page(Permission.READ_DESK)
def listing(request: HttpRequest, desk: Desk, call: str) -> HttpResponse:
    """List the proposals to a call, or give them as a spreadsheet (`?export=xlsx`)."""
    found = access_call(desk.actor, edition_id=desk.edition.pk, slug=call)
    filters = lists.read_filters(ProposalFilters, request.GET)
    lines = matching_proposals(desk.actor, call=found, filters=filters)
    decides = found.announced_at is not None or desk.actor.may(Permission.EDIT_CALLS)
    if request.GET.get("export"):
        return lists.spreadsheet(
            request,
            exports.columns_of(questions_of(found)),
            exports.rows_of(lines, decides=decides),
            name=f"{found.slug}-{desk.edition.slug}",
            zone=desk.zone,
        )
    page = page_of_lines(lines, lists.read_page(request.GET))
    sort = lists.one_of("sort", gettext("Order"), _SORTS, filters.sort)
    by_reference = lists.Choice("", gettext("By reference"), not filters.sort)
    context = {
        **call_frame(desk, found, tab="call"),
        "page": page,
        "rows": [_row(desk, found, line) for line in page],
        "filters": filters,
        "narrowed": lists.narrowed(filters),
        "export": lists.query_of(filters, export="xlsx"),
        "selects": [
            lists.one_of("status", gettext("Status"), PROPOSAL_STATUS_NAMES, filters.status),
            lists.one_of("decision", gettext("Decision"), DECISION_NAMES, filters.decision),
            lists.one_of("reviewed", gettext("Reviews"), _REVIEWED, filters.reviewed),
            lists.one_of("slot", gettext("Slot"), _SLOT, filters.slot),
            lists.Filter(sort.name, sort.label, [by_reference, *sort.choices[1:]]),
        ],
    }
    return render(request, "desk/calls/proposals.html", context)


def _row(desk: Desk, call: Any, line: Any) -> dict[str, Any]:
    proposal = line.proposal
    decision = known_decision(desk.actor, call, proposal)
    slot = proposal.slot
    return {
        "proposal": proposal,
        "tally": line.tally,
        "rank": line.rank,
        "title": proposal.title_fr or proposal.title_en or "",
        "organisation": proposal.organisation.name if proposal.organisation else proposal.organisation_typed,
        "status": gettext(PROPOSAL_STATUS_NAMES[ProposalStatus(proposal.status)]),
        "status_tint": STATUS_TINTS[proposal.status],
        "decision": gettext(DECISION_NAMES[Decision(decision)]) if decision != "none" else "",
        "decision_tint": DECISION_TINTS[decision],
        "slot_at": slot.starts_at.astimezone(desk.zone) if slot else None,
    }


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(Permission.READ_DESK)
def page(request: HttpRequest, desk: Desk, call: str, proposal_id: int) -> HttpResponse:
    """Show one proposal with what the actor may read of its reviews, and decide on it."""
    found = access_proposal(desk.actor, edition_id=desk.edition.pk, call_slug=call, proposal_id=proposal_id)
    announced = found.call.announced_at is not None
    initial = {"decision": found.decision, "note": found.decision_note, "seen": found.decision}
    form = DecisionForm(request.POST if request.method == "POST" else None, announced=announced, initial=initial)
    if request.method == "POST":
        desk.actor.require(Permission.EDIT_CALLS)
    if form.is_valid():
        try:
            decisions.decide(
                actor=desk.actor,
                proposal_id=found.pk,
                decision=Decision(form.cleaned_data["decision"]),
                note=form.cleaned_data["note"],
                seen=form.cleaned_data["seen"] or None,
            )
        except NotAllowed:
            raise
        except ChangedMeanwhile as refusal:
            form.add_error(None, say(refusal))
            data = request.POST.copy()
            data["seen"] = found.decision  # whoever reads what was decided and saves again means it
            form.data = data
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, say(refusal))
        else:
            told = gettext("The decision is saved, and its authors are told by mail.")
            messages.success(request, told if announced else gettext("The decision is saved. Nobody is told yet."))
            return redirect("desk:proposal", desk.edition.slug, call, found.pk)
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "desk/calls/proposal.html", _context(desk, found, form), status=status)


def _context(desk: Desk, found: Any, form: DecisionForm) -> dict[str, Any]:
    actor, call = desk.actor, found.call
    criteria = read_criteria(call.criteria)
    language = lists.language()
    own = own_opinion(actor, found.reviews.all())
    reviews = visible_reviews(actor, found, criteria, decides=True)
    may_edit = actor.may(Permission.EDIT_CALLS)
    conflict = own is not None and own.conflict
    decision = Decision(known_decision(actor, call, found))
    submitted = found.status == ProposalStatus.SUBMITTED
    placement = getattr(found.session, "placement", None) if found.session is not None else None
    choices = (
        list_choices(found) if may_edit and submitted and call.announced_at and decision == Decision.ACCEPTED else []
    )
    # The next ones to decide on, best first, for whoever goes through them all.
    undecided = (
        matching_proposals(actor, call=call, filters=ProposalFilters(status="submitted", decision="none", sort="score"))
        if may_edit and call.announced_at is None
        else []
    )
    return {
        "proposal": found,
        "call": call,
        "texts": texts_of(found),
        "authors": editors_of(found),
        "status_name": gettext(PROPOSAL_STATUS_NAMES[ProposalStatus(found.status)]),
        "status_tint": STATUS_TINTS[found.status],
        "decision_name": gettext(DECISION_NAMES[decision]),
        "decision_tint": DECISION_TINTS[decision],
        "decided": decision != Decision.NONE,
        "form": form,
        "may_decide": may_edit and submitted and not conflict and timezone.now() >= call.closes_at,
        "may_edit": may_edit,
        "conflict": conflict,
        "tally": visible_tally(actor, found, criteria),
        "criteria": [(c.key, c.name(language), c.weight) for c in criteria],
        "reviews": [
            (review, [(c.name(language), review.scores.get(c.key, "—")) for c in criteria]) for review in reviews
        ],
        "missing": [say(fault) for fault in missing_of(found)] if found.status == ProposalStatus.DRAFT else [],
        "starts_at": placement.starts_at.astimezone(desk.zone) if placement else None,
        "room": placement.room.name if placement else "",
        "slots": [(line.pk, line.starts_at.astimezone(desk.zone), line.room) for line in choices if line.free],
        "next": next((line.proposal for line in undecided if line.proposal.pk != found.pk), None),
        "history": lines_of(list_history(actor, subjects={"proposal": [found.pk]}), desk.zone) if may_edit else [],
        "zone": desk.zone,
    }


_STEPS: dict[str, tuple[Callable[..., Any], str]] = {
    "submit": (proposals.submit_proposal, N_("The proposal is taken in.")),
    "withdraw": (proposals.withdraw_proposal, N_("The proposal is withdrawn, and its authors are told.")),
    "take-up": (proposals.take_up_proposal, N_("The proposal is a draft again.")),
    "take-slot-back": (
        slots.take_slot_back,
        N_("The slot is free again, and the authors are asked to choose another."),
    ),
}


@require_POST
@desk_page(Permission.EDIT_CALLS)
def step(request: HttpRequest, desk: Desk, call: str, proposal_id: int, step: str) -> HttpResponse:
    """Do for the authors what they cannot do any more, or what the organisers must."""
    desk.actor.require(Permission.EDIT_CALLS)
    found = access_proposal(desk.actor, edition_id=desk.edition.pk, call_slug=call, proposal_id=proposal_id)
    service, done = _STEPS[step]
    try:
        service(actor=desk.actor, proposal_id=found.pk)
    except NotAllowed:
        raise
    except Refusal as refusal:
        messages.add_message(request, messages.WARNING, say(refusal), extra_tags="refusal")
    else:
        messages.success(request, gettext(done))
    return redirect("desk:proposal", desk.edition.slug, call, found.pk)


@require_POST
@desk_page(Permission.EDIT_CALLS)
def choose(request: HttpRequest, desk: Desk, call: str, proposal_id: int) -> HttpResponse:
    """Choose a slot for the authors."""
    desk.actor.require(Permission.EDIT_CALLS)
    found = access_proposal(desk.actor, edition_id=desk.edition.pk, call_slug=call, proposal_id=proposal_id)
    wanted = request.POST.get("slot", "")
    try:
        slots.choose_slot(
            actor=desk.actor,
            proposal_id=found.pk,
            slot_id=int(wanted) if wanted.isdecimal() and len(wanted) < 19 else 0,
        )
    except NotAllowed:
        raise
    except Refusal as refusal:
        messages.add_message(request, messages.WARNING, say(refusal), extra_tags="refusal")
    else:
        messages.success(request, gettext("The workshop is in the programme, and its authors are told."))
    return redirect("desk:proposal", desk.edition.slug, call, found.pk)
