"""Searching everything at once, and the outbox."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from parvis.domain.access import Permission
from parvis.domain.refusals import N_
from parvis.queries.desk_search import search_everything
from parvis.queries.mails import list_mails
from parvis.web.desk import listing
from parvis.web.desk.frame import Desk, desk_page

_MAIL_STATUSES = {
    "queued": N_("Waiting to leave"),
    "sending": N_("Leaving"),
    "sent": N_("Sent"),
    "failed": N_("Failed"),
}


@require_safe
@desk_page(Permission.READ_DESK)
def everywhere(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Show what matches `?q=` among people, organisations, registrations and sessions."""
    text = request.GET.get("q", "")[: listing.LONGEST].replace("\x00", "")
    found = search_everything(desk.actor, edition=desk.edition, text=text)
    return render(
        request,
        "desk/search.html",
        {"everywhere": text, "found": found, "any": any(kind.rows for kind in found.values())},
    )


@require_safe
@desk_page(Permission.READ_DESK)
def mails(request: HttpRequest, desk: Desk) -> HttpResponse:
    """List the mails of an edition: to whom, about what, where they stand. What they say stays out: it holds links."""
    status = request.GET.get("status", "")
    page = list_mails(desk.actor, edition_id=desk.edition.pk, status=status, page=listing.read_page(request.GET))
    rows = [(mail, gettext(_MAIL_STATUSES[mail.status])) for mail in page]
    tabs = [("", gettext("All")), *((key, gettext(name)) for key, name in _MAIL_STATUSES.items())]
    return render(request, "desk/mails.html", {"page": page, "rows": rows, "tabs": tabs, "status": status})
