"""What a page says after a proposal was saved, and that the browser may forget what it had kept of it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext

from parvis.services.proposals import Saved
from parvis.web.refusals import say

_DONE = "parvis.drafts_done"


def note_saved(request: HttpRequest, saved: Saved, *, email: str = "", new: bool = False) -> None:
    """Say what came of a form, once, on the next page."""
    forget_draft(request, new_draft_key(saved.proposal.call) if new else draft_key(saved.proposal))
    if saved.too_late is not None:
        messages.add_message(request, messages.WARNING, say(saved.too_late), extra_tags="refusal")
    elif saved.submitted:
        messages.success(request, gettext("Your proposal is submitted. A mail confirms it."))
    elif new:
        messages.success(
            request,
            gettext("Your draft is saved. The link to come back to it was sent to %(email)s.") % {"email": email},
        )
    else:
        messages.success(request, gettext("Your changes are saved."))


def draft_key(proposal: Any) -> str:
    """Return the name under which a browser keeps what is typed into a proposal. No secret: browsers are shared."""
    return f"proposal {proposal.call_id} {proposal.reference}"


def new_draft_key(call: Any) -> str:
    """Return the name under which a browser keeps what is typed into a new proposal to a call."""
    return f"call {call.pk}"


def forget_draft(request: HttpRequest, key: str) -> None:
    """Let the next page tell the browser to forget what it kept under `key`."""
    request.session[_DONE] = key


def drafts_done(request: HttpRequest) -> str:
    """Return what the browser may forget, once."""
    return str(request.session.pop(_DONE, ""))
