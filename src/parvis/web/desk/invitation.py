"""One person's invitation at the desk: where it stands, sending it again, noting what they said."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from parvis.domain.access import Permission
from parvis.domain.programme.availability import Hours, answer_of_day
from parvis.domain.programme.invitations import INVITATION_STATE_NAMES
from parvis.domain.programme.sessions import INTERVENTION_ROLE_NAMES, InterventionAnswer, InterventionRole
from parvis.domain.refusals import NotAllowed, NotFound, Refusal
from parvis.queries.desk_invitations import access_invitation, access_speaker, refusal_of
from parvis.queries.desk_people import mandate_name
from parvis.queries.desk_sessions import access_intervention
from parvis.queries.invitations import takes_place
from parvis.queries.log import list_history
from parvis.services import invitation_answers
from parvis.services import invitations as services
from parvis.web.desk.forms import add_refusal
from parvis.web.desk.forms_invitations import AgainForm, NotedAnswerForm
from parvis.web.desk.forms_layout import sent
from parvis.web.desk.frame import Desk, desk_page
from parvis.web.desk.history import lines_of
from parvis.web.desk.invitations import EDIT, STATE_TINTS, shown_mail
from parvis.web.desk.registrations import MAIL_TINTS
from parvis.web.refusals import say
from parvis.web.space.invitation import ANSWER_TINTS


def address_of(desk: Desk, person_id: int) -> str:
    """Return the address of a person's invitation."""
    return reverse("desk:invitation", args=[desk.edition.slug, person_id])


@require_safe
@desk_page(Permission.READ_DESK)
def page(request: HttpRequest, desk: Desk, person_id: int) -> HttpResponse:
    """Show where somebody's invitation stands, what they answered and when they can be there."""
    now = timezone.now()
    found = access_speaker(
        desk.actor, edition=desk.edition, person_id=person_id, today=now.astimezone(desk.zone).date()
    )
    line, may_edit = found.line, desk.actor.may(EDIT)
    invitation, status = line.invitation, desk.edition.status
    was_sent = invitation is not None and invitation.sent_at is not None
    subjects = {"person": [person_id], **({"invitation": [invitation.pk]} if invitation is not None else {})}
    blocked = refusal_of(line, status, remind=False, now=now)
    context = {
        "line": line,
        "person": line.person,
        "invitation": invitation,
        "state": gettext(INVITATION_STATE_NAMES[line.state]),
        "tint": STATE_TINTS[line.state],
        "sessions": [_session(item, desk) for item in line.interventions],
        "moments": _moments(invitation, desk.zone),
        "days": _days(found.hours, desk),
        "mails": [(mail, mail.created_at.astimezone(desk.zone), MAIL_TINTS[mail.status]) for mail in found.mails],
        "lines": lines_of(list_history(desk.actor, subjects=subjects, most=20), desk.zone),
        "blocked": say(blocked) if blocked is not None else "",
        "was_sent": was_sent,
        "may_edit": may_edit,
        "may_invite": may_edit and not was_sent and blocked is None,
        "may_send_again": may_edit and was_sent and blocked is None,
        "may_remind": may_edit and was_sent and refusal_of(line, status, remind=True, now=now) is None,
        "noted": NotedAnswerForm(),
    }
    return render(request, "desk/invitations/page.html", context)


def _session(item: Any, desk: Desk) -> dict[str, Any]:
    placement = getattr(item.session, "placement", None)
    return {
        "item": item,
        "role": gettext(INTERVENTION_ROLE_NAMES[InterventionRole(item.role)]),
        "mandate": mandate_name(item.mandate) if item.mandate is not None else "",
        "starts": placement.starts_at.astimezone(desk.zone) if placement else None,
        "ends": placement.ends_at.astimezone(desk.zone) if placement else None,
        "room": placement.room.name if placement else "",
        "tint": ANSWER_TINTS[item.answer],
        "live": takes_place(item),
        "answered_at": item.answered_at.astimezone(desk.zone) if item.answered_at else None,
    }


def _moments(invitation: Any, zone: Any) -> dict[str, Any]:
    names = ("sent_at", "reminded_at", "opened_at", "answered_at")
    found = {name: getattr(invitation, name, None) for name in names}
    return {name: moment and moment.astimezone(zone) for name, moment in found.items()}


def _days(hours: list[Hours], desk: Desk) -> list[Any]:
    """Return what was said of each day; nothing where no hours were given."""
    return [answer_of_day(hours, day, desk.zone) for day in desk.edition.days] if hours else []


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(EDIT)
def send_again(request: HttpRequest, desk: Desk, person_id: int) -> HttpResponse:
    """Show the mail and send somebody's invitation again, with other words or another day where they differ."""
    desk.actor.require(EDIT)
    known = access_invitation(desk.actor, edition_id=desk.edition.pk, person_id=person_id)
    initial = {"language": known.language, "message": known.message, "answer_by": known.answer_by}
    form = AgainForm(sent(request), initial=initial)
    values = form.cleaned_data if request.method == "POST" and form.is_valid() else initial
    if request.method == "POST" and "send" in request.POST and form.is_valid():
        try:
            services.send_invitation_again(actor=desk.actor, edition_id=desk.edition.pk, person_id=person_id, **values)
        except (NotAllowed, NotFound):
            raise
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, gettext("The invitation is sent again."))
            return redirect(address_of(desk, person_id))
    text = services.preview_invitation(
        actor=desk.actor, edition_id=desk.edition.pk, person_id=person_id, **{**initial, **values}
    )
    language = str(values.get("language") or known.language)
    context = {
        "form": form,
        "person": known.person,
        "moved": known.email != known.person.email,
        "mail": shown_mail(text, known.person, language),
        "back": address_of(desk, person_id),
    }
    return render(request, "desk/invitations/again.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(EDIT)
def take_back(request: HttpRequest, desk: Desk, person_id: int) -> HttpResponse:
    """Ask, then take an invitation back: its link opens nothing any more."""
    known = access_invitation(desk.actor, edition_id=desk.edition.pk, person_id=person_id)
    if request.method == "POST":
        services.take_invitation_back(actor=desk.actor, edition_id=desk.edition.pk, person_id=person_id)
        messages.success(request, gettext("The invitation is taken back: its link opens nothing any more."))
        return redirect("desk:invitations", desk.edition.slug)
    context = {
        "heading": gettext("Take the invitation of %(name)s back?") % {"name": known.person},
        "lead": gettext(
            "Its link opens nothing any more. What was answered stays with the sessions; nobody is told. "
            "You can invite the person anew."
        ),
        "button": gettext("Take the invitation back"),
        "back": address_of(desk, person_id),
        "back_name": str(known.person),
    }
    return render(request, "desk/confirm.html", context)


@require_POST
@desk_page(EDIT)
def note(request: HttpRequest, desk: Desk, intervention_id: int) -> HttpResponse:
    """Note what somebody said by telephone or post about one session."""
    row = access_intervention(desk.actor, edition_id=desk.edition.pk, intervention_id=intervention_id)
    form = NotedAnswerForm(request.POST)
    if form.is_valid():
        try:
            invitation_answers.note_answer(
                actor=desk.actor,
                intervention_id=intervention_id,
                answer=InterventionAnswer(form.cleaned_data["answer"]),
                reason=form.cleaned_data["reason"],
            )
        except (NotAllowed, NotFound):
            raise
        except Refusal as refusal:
            messages.add_message(request, messages.WARNING, say(refusal), extra_tags="refusal")
        else:
            messages.success(request, gettext("The answer of %(name)s is noted.") % {"name": row.person})
    else:
        messages.add_message(request, messages.WARNING, gettext("Choose an answer."), extra_tags="refusal")
    return redirect(f"{address_of(desk, row.person_id)}#session-{row.pk}")
