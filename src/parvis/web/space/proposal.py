"""One proposal, opened by a personal link: where it stands, who writes it, submitting and withdrawing."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from parvis.domain.calls.decisions import public_decision
from parvis.domain.calls.proposals import MOST_EDITORS
from parvis.domain.calls.states import DECISION_NAMES, PROPOSAL_STATUS_NAMES, Decision, ProposalStatus
from parvis.domain.programme.sessions import SessionStatus
from parvis.domain.refusals import NotFound, Refusal
from parvis.queries.calls import window_refusal
from parvis.queries.desk_editions import zone_of
from parvis.queries.proposals import (
    access_by_link,
    actor_by_link,
    change_refusal,
    editors_of,
    form_of,
    missing_of,
    questions_of,
)
from parvis.services.proposal_editors import invite_editor, remove_editor
from parvis.services.proposals import submit_proposal, take_up_proposal, withdraw_proposal
from parvis.web.personal import personal
from parvis.web.proposal_texts import page_language, texts_of
from parvis.web.rate_limits import is_allowed
from parvis.web.refusals import say
from parvis.web.space.proposal_forms import AuthorForm, ProposalForm, initial_of
from parvis.web.space.proposal_notes import drafts_done

P = ParamSpec("P")
STATUS_TINTS = {"draft": "tint-gold", "submitted": "tint-olive", "withdrawn": "tint-soft"}
DECISION_TINTS = {"accepted": "tint-olive", "reserve": "tint-gold", "declined": "tint-brick", "none": "tint-soft"}


def by_link(
    view: Callable[Concatenate[HttpRequest, Any, Any, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, str, P], HttpResponse]:
    """Give the view the proposal of the link and whose link it is; one that opens nothing gets a page that says so."""

    @wraps(view)
    def opened(request: HttpRequest, token: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            found, editor = access_by_link(token)
        except NotFound:
            status = 404 if is_allowed(request, "token") else 429
            return render(request, "space/proposals/link_unknown.html", status=status)
        return view(request, found, editor, *args, **kwargs)

    return opened  # type: ignore[return-value]  # Concatenate knows no names, and the address gives the token by name


def frame(found: Any, editor: Any) -> dict[str, Any]:
    """Return what every page of a proposal shows: names, states, and moments in the venue's zone."""
    call = found.call
    zone = zone_of(call.edition)
    decision = public_decision(Decision(found.decision), announced=call.announced_at is not None)
    return {
        "proposal": found,
        "call": call,
        "edition": call.edition,
        "editor": editor,
        "title": found.title or found.title_en or "",
        "status_name": gettext(PROPOSAL_STATUS_NAMES[ProposalStatus(found.status)]),
        "status_tint": STATUS_TINTS[found.status],
        "decision": str(decision),
        "decision_name": gettext(DECISION_NAMES[decision]),
        "decision_tint": DECISION_TINTS[decision],
        "closes_at": call.closes_at.astimezone(zone),
        "choose_by": call.choose_by.astimezone(zone) if call.choose_by else None,
        "zone": zone,
    }


@require_safe
@personal(sends_form=True)
@by_link
def overview(request: HttpRequest, found: Any, editor: Any) -> HttpResponse:
    """Show where a proposal stands, what is missing, the decision once it is announced, and who writes it."""
    return _overview(request, found, editor, AuthorForm(language=page_language()))


def _overview(request: HttpRequest, found: Any, editor: Any, authors: AuthorForm, *, status: int = 200) -> HttpResponse:
    now = timezone.now()
    closed = window_refusal(found.call, now=now)
    missing = _missing(found) if found.status == ProposalStatus.DRAFT else []
    placement = getattr(found.session, "placement", None) if found.session is not None else None
    zone = zone_of(found.call.edition)
    context = {
        **frame(found, editor),
        "authors": editors_of(found),
        "author_form": authors,
        "most_authors": MOST_EDITORS,
        "missing": missing,
        "closed": say(closed) if closed is not None else "",
        "may_edit": change_refusal(found, now=now) is None,
        "may_submit": found.status == ProposalStatus.DRAFT and closed is None and not missing,
        "may_take_up": found.status == ProposalStatus.WITHDRAWN and closed is None,
        "may_withdraw": found.status != ProposalStatus.WITHDRAWN and found.slot_id is None,
        "note": found.decision_note if found.call.announced_at is not None else "",
        "starts_at": placement.starts_at.astimezone(zone) if placement else None,
        "ends_at": placement.ends_at.astimezone(zone) if placement else None,
        "room": placement.room.name if placement else "",
        "is_cancelled": found.session is not None and found.session.status == SessionStatus.CANCELLED,
        "drafts_done": drafts_done(request),
        "demo": settings.PARVIS_DEMO,
        "texts": texts_of(found),
    }
    return render(request, "space/proposals/overview.html", context, status=status)


def _missing(found: Any) -> list[tuple[str, str]]:
    """Return what is still missing as (field's label, sentence), in the form's order."""
    language = page_language()
    form = ProposalForm(initial=initial_of(form_of(found)), questions=questions_of(found.call), language=language)
    return [
        (str(form.fields[fault.field].label) if fault.field in form.fields else "", say(fault))
        for fault in missing_of(found)
    ]


@require_POST
@personal(sends_form=True)
@by_link
def submit(request: HttpRequest, found: Any, editor: Any) -> HttpResponse:
    """Submit the draft as it stands."""
    try:
        submit_proposal(actor=actor_by_link(found, editor), proposal_id=found.pk)
    except Refusal as refusal:
        messages.add_message(request, messages.WARNING, say(refusal), extra_tags="refusal")
    else:
        messages.success(request, gettext("Your proposal is submitted. A mail confirms it."))
    return redirect("space:proposal", token=editor.token)


@require_http_methods(["GET", "HEAD", "POST"])
@personal(sends_form=True)
@by_link
def withdraw(request: HttpRequest, found: Any, editor: Any) -> HttpResponse:
    """Ask, then withdraw."""
    if request.method != "POST":
        if found.status == ProposalStatus.WITHDRAWN or found.slot_id is not None:
            return redirect("space:proposal", token=editor.token)
        return render(request, "space/proposals/withdraw.html", frame(found, editor))
    try:
        withdraw_proposal(actor=actor_by_link(found, editor), proposal_id=found.pk)
    except Refusal as refusal:
        messages.add_message(request, messages.WARNING, say(refusal), extra_tags="refusal")
    else:
        messages.success(request, gettext("The proposal is withdrawn. Its text is kept."))
    return redirect("space:proposal", token=editor.token)


@require_POST
@personal(sends_form=True)
@by_link
def take_up(request: HttpRequest, found: Any, editor: Any) -> HttpResponse:
    """Take a withdrawn proposal up again."""
    try:
        take_up_proposal(actor=actor_by_link(found, editor), proposal_id=found.pk)
    except Refusal as refusal:
        messages.add_message(request, messages.WARNING, say(refusal), extra_tags="refusal")
    else:
        messages.success(request, gettext("The proposal is a draft again: complete it, then submit it."))
    return redirect("space:proposal", token=editor.token)


@require_POST
@personal(sends_form=True)
@by_link
def invite(request: HttpRequest, found: Any, editor: Any) -> HttpResponse:
    """Invite somebody to write along."""
    form = AuthorForm(request.POST, language=page_language())
    if not is_allowed(request, "invite"):
        form.add_error(None, gettext("Too many invitations came from your address. Wait ten minutes."))
        return _overview(request, found, editor, form, status=429)
    if form.is_valid():
        try:
            added = invite_editor(actor=actor_by_link(found, editor), proposal_id=found.pk, contact=form.contact())
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, say(refusal))
        else:
            messages.success(request, gettext("The link was sent to %(email)s.") % {"email": added.email})
            return redirect("space:proposal", token=editor.token)
    return _overview(request, found, editor, form, status=422)


@require_POST
@personal(sends_form=True)
@by_link
def remove(request: HttpRequest, found: Any, editor: Any, editor_id: int) -> HttpResponse:
    """Take a co-author out; whoever takes themselves out reads that the link opens nothing any more."""
    try:
        remove_editor(actor=actor_by_link(found, editor), proposal_id=found.pk, editor_id=editor_id)
    except Refusal as refusal:
        messages.add_message(request, messages.WARNING, say(refusal), extra_tags="refusal")
    else:
        messages.success(request, gettext("The link of this co-author opens nothing any more."))
    return redirect("space:proposal", token=editor.token)
