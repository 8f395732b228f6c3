"""An invitation to speak, opened by its personal link: see it, accept or decline, change one's mind."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from parvis.domain.programme.availability import covers
from parvis.domain.programme.invitations import LinkExpired
from parvis.domain.programme.sessions import (
    INTERVENTION_ROLE_NAMES,
    SESSION_FORMAT_NAMES,
    InterventionAnswer,
    InterventionRole,
    SessionFormat,
)
from parvis.domain.refusals import NotFound, Refusal
from parvis.queries.desk_editions import zone_of
from parvis.queries.desk_people import mandate_name
from parvis.queries.invitations import (
    access_by_link,
    actor_by_link,
    answer_refusal,
    choosable_lines,
    is_over,
    list_hours,
    list_interventions,
    list_mandates,
    takes_place,
)
from parvis.services.invitation_answers import answer_invitation
from parvis.services.invitation_mails import calendar_of
from parvis.services.invitations import open_invitation
from parvis.web.personal import personal
from parvis.web.rate_limits import is_allowed
from parvis.web.refusals import say
from parvis.web.space.forms_invitations import AnswersForm
from parvis.web.space.proposal_notes import drafts_done, forget_draft

P = ParamSpec("P")
ANSWER_TINTS = {"none": "tint-gold", "accepted": "tint-olive", "declined": "tint-brick"}


def by_link(
    view: Callable[Concatenate[HttpRequest, Any, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, str, P], HttpResponse]:
    """Give the view the invitation of the link; a link that opens nothing gets a page that says why."""

    @wraps(view)
    def opened(request: HttpRequest, token: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            found = access_by_link(token, now=timezone.now())
        except LinkExpired:
            return render(request, "space/invitations/link_expired.html", status=410)
        except NotFound:
            status = 404 if is_allowed(request, "token") else 429
            return render(request, "space/invitations/link_unknown.html", status=status)
        return view(request, found, *args, **kwargs)

    return opened  # type: ignore[return-value]  # Concatenate knows no names, and the address gives the token by name


def frame(found: Any) -> dict[str, Any]:
    """Return what every page of an invitation shows."""
    return {"invitation": found, "person": found.person, "edition": found.edition}


def draft_key(found: Any, part: str) -> str:
    """Return the name under which a browser keeps what is typed. No secret: browsers are shared."""
    return f"invitation {found.pk} {part}"


def card_of(item: Any, found: Any, hours: Any, *, now: Any) -> dict[str, Any]:
    """Return what the page shows of one intervention: what, when, where, as what, and what was answered."""
    session, zone = item.session, zone_of(found.edition)
    placement = getattr(session, "placement", None)
    refusal = answer_refusal(item, found.edition, now=now)
    return {
        "item": item,
        "session": session,
        "kind": gettext(SESSION_FORMAT_NAMES[SessionFormat(session.format)]),
        "role": gettext(INTERVENTION_ROLE_NAMES[InterventionRole(item.role)]),
        "mandate": mandate_name(item.mandate) if item.mandate is not None else "",
        "starts": placement.starts_at.astimezone(zone) if placement else None,
        "ends": placement.ends_at.astimezone(zone) if placement else None,
        "room": placement.room.name if placement else "",
        "tint": ANSWER_TINTS[item.answer],
        "live": takes_place(item),
        "over": is_over(refusal),
        "closed": say(refusal) if refusal is not None and takes_place(item) else "",
        "outside": placement is not None
        and item.answer != InterventionAnswer.DECLINED
        and not covers(hours, placement.starts_at, placement.ends_at),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@personal(sends_form=True)
@by_link
def page(request: HttpRequest, found: Any) -> HttpResponse:
    """Show what somebody is asked, and take their answers in; a refusal shows the form again with what was chosen."""
    now = timezone.now()
    if request.method == "GET" and found.opened_at is None:
        open_invitation(actor=actor_by_link(found), invitation_id=found.pk)
    interventions = list_interventions(found)
    mandates = list_mandates(found.person_id)
    hours = list_hours(found.person_id, found.edition_id)
    open_ones = [item for item in interventions if answer_refusal(item, found.edition, now=now) is None]
    form = AnswersForm(
        request.POST if request.method == "POST" else None,
        interventions=open_ones,
        mandates=choosable_lines(mandates, found.edition),
    )
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                changed = answer_invitation(actor=actor_by_link(found), invitation_id=found.pk, answers=form.answers())
            except NotFound:
                form.add_error(None, gettext("The programme has changed meanwhile: look at it again, then answer."))
            except Refusal as refusal:
                form.add_refusal(refusal)
            else:
                forget_draft(request, draft_key(found, "answers"))
                _thank(request, changed)
                return redirect("space:invitation", token=found.token)
    cards = {item.pk: card_of(item, found, hours, now=now) for item in interventions}
    live = [item for item in interventions if takes_place(item)]
    waiting = [item for item in live if item.answer == InterventionAnswer.NONE]
    context = {
        **frame(found),
        "form": form,
        "rows": [(row, cards[row.intervention.pk]) for row in form.rows()],
        "closed_rows": [cards[item.pk] for item in interventions if item not in open_ones],
        "ended": [
            (mandate_name(item.mandate), item.mandate.ends_on)
            for item in open_ones
            if item.mandate is not None and item.mandate.ends_on and _ended(item, found.edition)
        ],
        "live": live,
        "waiting": waiting,
        "accepted": [item for item in live if item.answer == InterventionAnswer.ACCEPTED],
        "declined": [item for item in live if item.answer == InterventionAnswer.DECLINED],
        "late": found.answer_by is not None and found.answer_by < now.astimezone(zone_of(found.edition)).date(),
        "hours": hours,
        "draft_key": draft_key(found, "answers"),
        "drafts_done": drafts_done(request),
        "fresh": request.method == "POST",
    }
    return render(request, "space/invitations/page.html", context, status=status)


def _ended(item: Any, edition: Any) -> bool:
    return edition.starts_on is not None and item.mandate.ends_on < edition.starts_on


def _thank(request: HttpRequest, changed: list[Any]) -> None:
    if not changed:
        messages.info(request, gettext("Nothing changed: your answers stood like this already."))
        return
    words = ngettext(
        "Thank you, your answer is saved. A mail confirms it.",
        "Thank you, your %(count)s answers are saved. A mail confirms them.",
        len(changed),
    )
    messages.success(request, words % {"count": len(changed)})


@require_safe
@personal()
@by_link
def calendar(request: HttpRequest, found: Any, intervention_id: int) -> HttpResponse:
    """Give the calendar file of one session that was accepted and has its place."""
    for item in list_interventions(found):
        accepted = item.pk == intervention_id and item.answer == InterventionAnswer.ACCEPTED and takes_place(item)
        if accepted and getattr(item.session, "placement", None) is not None:
            content = calendar_of(actor=actor_by_link(found), invitation=found, intervention=item, now=timezone.now())
            return HttpResponse(
                content,
                content_type="text/calendar; charset=utf-8",
                headers={"Content-Disposition": f'attachment; filename="{item.session.slug}.ics"'},
            )
    return render(request, "space/invitations/link_unknown.html", status=404)
