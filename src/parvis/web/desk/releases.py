"""Publishing the site: what would change, the step itself, and the releases so far."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from parvis.domain import typography
from parvis.domain.access import Permission
from parvis.domain.programme.differences import Change, ChangeKind, sentence_of
from parvis.domain.refusals import Refusal
from parvis.queries.releases import access_release, list_releases, preview_release
from parvis.services.releases import publish_release
from parvis.web.desk.frame import Desk, desk_page
from parvis.web.desk.listing import language
from parvis.web.refusals import say

LONGEST_NOTE = 300


def _sentences(changes: Iterable[Change]) -> list[str]:
    spoken = language()

    def moment(iso: str) -> str:
        at = datetime.fromisoformat(iso)
        return f"{typography.day_long(at.date(), spoken, year=False)}, {typography.clock(at.time(), spoken)}"

    return [sentence_of(change, spoken, translate=gettext, moment=moment) for change in changes]


@require_safe
@desk_page(Permission.READ_DESK)
def listing(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Show what the public would read differently, and the releases so far."""
    preview = preview_release(desk.actor, edition_id=desk.edition.pk)
    return render(
        request,
        "desk/releases/list.html",
        {
            "preview": preview,
            "sentences": _sentences(preview.changes),
            "releases": list_releases(desk.actor, edition_id=desk.edition.pk),
            "may_publish": desk.actor.may(Permission.PUBLISH),
        },
    )


@require_POST
@desk_page(Permission.PUBLISH)
def publish(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Publish the draft as the next release."""
    note = " ".join(request.POST.get("note", "").split())[:LONGEST_NOTE]
    try:
        release = publish_release(actor=desk.actor, edition_id=desk.edition.pk, note=note)
    except Refusal as refusal:
        messages.add_message(request, messages.WARNING, say(refusal), extra_tags="refusal")
    else:
        messages.success(
            request, gettext("Published: the site now shows release %(number)s.") % {"number": release.number}
        )
    return redirect("desk:releases", desk.edition.slug)


@require_safe
@desk_page(Permission.READ_DESK)
def page(request: HttpRequest, desk: Desk, number: int) -> HttpResponse:
    """Show what one release changed."""
    release = access_release(desk.actor, edition_id=desk.edition.pk, number=number)
    changes = [_change(record) for record in release.difference]
    return render(request, "desk/releases/page.html", {"release": release, "sentences": _sentences(changes)})


def _change(record: dict[str, Any]) -> Change:
    return Change(**{**record, "kind": ChangeKind(record["kind"])})
