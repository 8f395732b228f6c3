"""Publishing the site: what would change, the step itself, and the releases so far."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from parvis.domain.access import Permission
from parvis.domain.programme.differences import Change, ChangeKind, sentence_of
from parvis.domain.refusals import Refusal
from parvis.domain.timetable.publishing import ViolationsRemain
from parvis.queries.release_check import access_release_check
from parvis.queries.release_notices import access_notices, preview_notices
from parvis.queries.releases import access_release, is_newest, list_releases, preview_release
from parvis.queries.session_texts import access_texts_left
from parvis.services.releases import publish_release, take_up_release
from parvis.web.desk.frame import Desk, desk_page
from parvis.web.desk.listing import language
from parvis.web.desk.release_notices import mails_of, shown, tell_and_say
from parvis.web.desk.session_texts import left_lines
from parvis.web.desk.timetable_words import faults_of
from parvis.web.refusals import say

LONGEST_NOTE = 300


def _sentences(changes: Iterable[Change]) -> list[str]:
    spoken = language()
    return [sentence_of(change, spoken, translate=gettext) for change in changes]


def _page(request: HttpRequest, desk: Desk, *, refused: str = "") -> HttpResponse:
    """Show what publishing would do; what was typed stays when it was refused."""
    preview = preview_release(desk.actor, edition_id=desk.edition.pk)
    concerned = preview_notices(desk.actor, edition_id=desk.edition.pk, content=preview.content)
    check = access_release_check(desk.actor, edition_id=desk.edition.pk)
    hard, wishes = (
        faults_of(check.timetable, found, edition=desk.edition.slug) if check.timetable is not None else []
        for found in (check.hard, check.wishes)
    )
    return render(
        request,
        "desk/releases/list.html",
        {
            "preview": preview,
            "sentences": _sentences(preview.changes),
            "concerned": len(concerned.notices),
            "releases": list_releases(desk.actor, edition_id=desk.edition.pk),
            "may_publish": desk.actor.may(Permission.PUBLISH),
            "hard": hard,
            "wishes": wishes,
            "texts_left": left_lines(access_texts_left(desk.actor, edition_id=desk.edition.pk), desk.edition.slug),
            "judged": check.timetable is not None and preview.sessions > 0,
            "refused": refused,
            "note": _note(request),
            "tell": request.method != "POST" or bool(request.POST.get("tell")),
        },
        status=422 if refused else 200,
    )


@require_safe
@desk_page(Permission.READ_DESK)
def listing(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Show what the public would read differently, the rules it breaks, whom it concerns, and the releases so far."""
    return _page(request, desk)


def _note(request: HttpRequest) -> str:
    return " ".join(request.POST.get("note", "").split())[:LONGEST_NOTE]


@require_POST
@desk_page(Permission.PUBLISH)
def publish(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Publish the draft as the next release, and tell the people concerned where that is ticked.

    Where hard rules are broken, the page asks whether they may stand.
    """
    try:
        release = publish_release(
            actor=desk.actor,
            edition_id=desk.edition.pk,
            note=_note(request),
            accept_violations=bool(request.POST.get("accept")),
        )
    except ViolationsRemain as refusal:
        return _page(request, desk, refused=say(refusal))
    except Refusal as refusal:
        messages.add_message(request, messages.WARNING, say(refusal), extra_tags="refusal")
    else:
        said = [gettext("Published: the site now shows release %(number)s.") % {"number": release.number}]
        left = left_lines(access_texts_left(desk.actor, edition_id=desk.edition.pk), desk.edition.slug)
        messages.success(request, " ".join([*said, *(line.sentence for line in left)]))
        if request.POST.get("tell"):
            tell_and_say(request, desk, release.number)
    return redirect("desk:releases", desk.edition.slug)


@require_POST
@desk_page(Permission.PUBLISH)
def take_up(request: HttpRequest, desk: Desk, number: int) -> HttpResponse:
    """Publish an earlier release again, as a new one."""
    try:
        release = take_up_release(actor=desk.actor, edition_id=desk.edition.pk, number=number, note=_note(request))
    except Refusal as refusal:
        messages.add_message(request, messages.WARNING, say(refusal), extra_tags="refusal")
        return redirect("desk:release", desk.edition.slug, number)
    messages.success(
        request,
        gettext("Release %(earlier)s is published again, as release %(number)s.")
        % {"earlier": number, "number": release.number},
    )
    return redirect("desk:release", desk.edition.slug, release.number)


@require_safe
@desk_page(Permission.READ_DESK)
def page(request: HttpRequest, desk: Desk, number: int) -> HttpResponse:
    """Show what one release changed, and who was told."""
    release = access_release(desk.actor, edition_id=desk.edition.pk, number=number)
    told = access_notices(desk.actor, edition_id=desk.edition.pk, number=number)
    status_of, mails = mails_of(desk, release.pk)
    newest = is_newest(release)
    return render(
        request,
        "desk/releases/page.html",
        {
            "release": release,
            "sentences": _sentences(_change(record) for record in release.difference),
            "may_publish": desk.actor.may(Permission.PUBLISH),
            "newest": newest,
            "mails": mails,
            **shown(told, q=request.GET.get("q", "")[:100], status_of=status_of),
        },
    )


def _change(record: dict[str, Any]) -> Change:
    return Change(**{**record, "kind": ChangeKind(record["kind"])})
