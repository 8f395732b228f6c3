"""Who is told what of a release: the preview before publishing, and the step itself."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from parvis.domain.access import Permission
from parvis.domain.programme.notices import CAPACITY_NAMES, Notice, notice_sentence
from parvis.domain.refusals import Refusal
from parvis.domain.text import fold
from parvis.queries.release_notices import ReleaseNotices, list_notice_mails, preview_notices
from parvis.services.release_notices import tell_of_release
from parvis.web.desk.frame import Desk, desk_page
from parvis.web.desk.listing import language
from parvis.web.refusals import say

MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """One person on the page: who, as what, what they read, and where their mail stands."""

    name: str
    email: str
    language: str
    capacities: str
    sentences: list[str]
    status: str


def rows_of(notices: list[Notice], *, status_of: dict[str, str], q: str = "") -> list[NoticeRow]:
    """Return what people read, narrowed to names and addresses that hold `q`."""
    spoken, wanted = language(), fold(q)
    return [
        NoticeRow(
            name=notice.recipient.name,
            email=notice.recipient.email,
            language=notice.recipient.language,
            capacities=", ".join(gettext(CAPACITY_NAMES[capacity]) for capacity in notice.capacities),
            sentences=[notice_sentence(line, spoken, translate=gettext) for line in notice.lines],
            status=status_of.get(notice.recipient.email, ""),
        )
        for notice in notices
        if wanted in fold(f"{notice.recipient.name} {notice.recipient.email}")
    ]


def shown(told: ReleaseNotices, *, q: str, status_of: dict[str, str] | None = None) -> dict[str, Any]:
    """Return what the table of people needs; at most `MOST_SHOWN` of them stand on the page."""
    rows = rows_of(told.notices, status_of=status_of or {}, q=q)
    return {
        "people": rows[:MOST_SHOWN],
        "matching": len(rows),
        "concerned": len(told.notices),
        "since": told.since,
        "q": q,
    }


def mails_of(desk: Desk, release_id: int) -> tuple[dict[str, str], list[tuple[str, int]]]:
    """Return where the mail of each person stands, and how many stand where."""
    mails = list(list_notice_mails(desk.actor, release_id=release_id))
    status_of = {mail.recipient: str(mail.get_status_display()) for mail in mails}
    return status_of, sorted(Counter(status_of.values()).items())


@require_safe
@desk_page(Permission.READ_DESK)
def preview(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Show who would be told what if the draft were published now."""
    told = preview_notices(desk.actor, edition_id=desk.edition.pk)
    return render(request, "desk/releases/concerned.html", shown(told, q=request.GET.get("q", "")[:100]))


@require_POST
@desk_page(Permission.PUBLISH)
def tell(request: HttpRequest, desk: Desk, number: int) -> HttpResponse:
    """Send everybody concerned by a release their mail."""
    tell_and_say(request, desk, number)
    return redirect("desk:release", desk.edition.slug, number)


def tell_and_say(request: HttpRequest, desk: Desk, number: int) -> None:
    """Ask for the mails about a release, and say what came of it."""
    try:
        tell_of_release(actor=desk.actor, edition_id=desk.edition.pk, number=number)
    except Refusal as refusal:
        messages.add_message(request, messages.WARNING, say(refusal), extra_tags="refusal")
    else:
        messages.success(request, gettext("The people concerned are being told by mail."))
