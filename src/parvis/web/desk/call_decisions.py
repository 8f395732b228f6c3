"""What would be announced to whom, announcing it once, and who has still to choose a slot."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST, require_safe

from parvis.domain.access import Permission
from parvis.domain.calls.decisions import AnnouncedAlready
from parvis.domain.calls.states import DECISION_NAMES, Decision
from parvis.domain.refusals import NotAllowed, NotFound, Refusal
from parvis.queries.call_slots import count_free_slots
from parvis.queries.calls import access_call
from parvis.queries.desk_proposals import access_proposal, list_to_announce, list_without_slot, print_of
from parvis.queries.proposals import editors_of
from parvis.services import call_reminders
from parvis.services.decisions import announce_decisions, preview_mail
from parvis.web.desk.calls import call_frame
from parvis.web.desk.frame import Desk, desk_page
from parvis.web.refusals import say
from parvis.web.space.proposal import DECISION_TINTS


def _groups(proposals: list[Any]) -> list[dict[str, Any]]:
    """Return the proposals by decision, each with those who are told."""
    groups = []
    for decision in (Decision.NONE, Decision.ACCEPTED, Decision.RESERVE, Decision.DECLINED):
        rows = [(row, editors_of(row)) for row in proposals if row.decision == decision]
        if rows:
            groups.append(
                {
                    "decision": str(decision),
                    "name": gettext(DECISION_NAMES[decision]),
                    "tint": DECISION_TINTS[decision],
                    "rows": rows,
                    "mails": sum(len(editors) for _row, editors in rows),
                }
            )
    return groups


@require_safe
@desk_page(Permission.READ_DESK)
def preview(request: HttpRequest, desk: Desk, call: str) -> HttpResponse:
    """Show who would get what; after the announcement who was told what, and who has not chosen a slot."""
    found = access_call(desk.actor, edition_id=desk.edition.pk, slug=call)
    proposals = list_to_announce(desk.actor, call=found) if desk.actor.may(Permission.EDIT_CALLS) else []
    groups = _groups(proposals)
    mails = sum(group["mails"] for group in groups)
    selected = sum(1 for row in proposals if row.decision == Decision.ACCEPTED)
    free = count_free_slots(found)
    context = {
        **call_frame(desk, found, tab="call_decisions"),
        "groups": groups,
        "mails": mails,
        "undecided": sum(1 for row in proposals if row.decision == Decision.NONE),
        "proposals": len(proposals),
        "print": print_of(proposals),
        "still_open": timezone.now() < found.closes_at,
        "announced_at": found.announced_at.astimezone(desk.zone) if found.announced_at else None,
        "free": free,
        "short": max(0, selected - found.placed - free),
        "waiting": [(row, editors_of(row)) for row in list_without_slot(desk.actor, call=found)],
        "choose_by": found.choose_by.astimezone(desk.zone) if found.choose_by else None,
    }
    return render(request, "desk/calls/decisions.html", context)


@require_POST
@desk_page(Permission.EDIT_CALLS)
def announce(request: HttpRequest, desk: Desk, call: str) -> HttpResponse:
    """Tell everybody, once."""
    found = access_call(desk.actor, edition_id=desk.edition.pk, slug=call)
    try:
        count = announce_decisions(actor=desk.actor, call_id=found.pk, seen=request.POST.get("print", ""))
    except NotAllowed:
        raise
    except AnnouncedAlready as refusal:  # a button pressed twice is not a fault
        messages.info(request, say(refusal))
    except Refusal as refusal:
        messages.add_message(request, messages.WARNING, say(refusal), extra_tags="refusal")
    else:
        words = ngettext(
            "The decisions are announced: %(count)s mail is leaving.",
            "The decisions are announced: %(count)s mails are leaving.",
            count,
        )
        messages.success(request, words % {"count": count})
    return redirect("desk:call_decisions", desk.edition.slug, found.slug)


@require_POST
@desk_page(Permission.EDIT_CALLS)
def remind(request: HttpRequest, desk: Desk, call: str, whom: str) -> HttpResponse:
    """Remind those whose draft waits, or those who have not chosen a slot; at most once a day."""
    found = access_call(desk.actor, edition_id=desk.edition.pk, slug=call)
    if whom not in {"drafts", "choosers"}:
        raise NotFound
    send = call_reminders.remind_drafts if whom == "drafts" else call_reminders.remind_choosers
    count = send(actor=desk.actor, call_id=found.pk)
    if count:
        words = ngettext("%(count)s reminder is leaving.", "%(count)s reminders are leaving.", count)
        messages.success(request, words % {"count": count})
    else:
        messages.info(request, gettext("Nobody is left to remind today: each gets one reminder a day at most."))
    return redirect("desk:call" if whom == "drafts" else "desk:call_decisions", desk.edition.slug, found.slug)


@require_safe
@desk_page(Permission.EDIT_CALLS)
def mail(request: HttpRequest, desk: Desk, call: str, proposal_id: int) -> HttpResponse:
    """Show the mail that a decision makes, as it would leave."""
    proposal = access_proposal(desk.actor, edition_id=desk.edition.pk, call_slug=call, proposal_id=proposal_id)
    editors = editors_of(proposal)
    if proposal.decision == Decision.NONE or not editors:
        raise NotFound
    text = preview_mail(actor=desk.actor, proposal=proposal, editor=editors[0])
    # The link opens the proposal without asking who comes: it is for its author's eyes.
    body = "\n".join(
        line if "/proposals/" not in line else "https://…/proposals/…" for line in text.body_text.splitlines()
    )
    context = {
        "proposal": proposal,
        "editor": editors[0],
        "others": editors[1:],
        "subject": text.subject,
        "body": body,
    }
    return render(request, "desk/calls/mail.html", context)
