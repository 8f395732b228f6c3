"""Who is to speak and what they answered: the list, and writing to many with a preview of the mail."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from parvis.domain.access import Permission
from parvis.domain.programme.invitations import INVITATION_STATE_NAMES, InvitationState, InvitedAlready
from parvis.domain.programme.sessions import INTERVENTION_ANSWER_NAMES, InterventionAnswer
from parvis.domain.refusals import N_, NotAllowed, NotFound, Refusal
from parvis.exports.invitations import COLUMNS, invitation_rows
from parvis.queries.desk_invitations import (
    InvitationFilters,
    access_speakers_to_export,
    count_states,
    list_addressees,
    list_speaker_ids,
    list_speakers,
    refusal_of,
)
from parvis.services import invitations as services
from parvis.web.desk import listing
from parvis.web.desk.forms import add_refusal
from parvis.web.desk.forms_invitations import InvitationForm
from parvis.web.desk.forms_layout import sent
from parvis.web.desk.frame import Desk, desk_page
from parvis.web.refusals import say
from parvis.web.space.invitation import ANSWER_TINTS

EDIT = Permission.EDIT_PROGRAMME
STATE_TINTS: dict[InvitationState, str] = {
    InvitationState.LATE: "tint-brick",
    InvitationState.WAITING: "tint-gold",
    InvitationState.NOT_INVITED: "tint-soft",
    InvitationState.DECLINED: "tint-brick",
    InvitationState.ACCEPTED: "tint-olive",
    InvitationState.NOTHING_LEFT: "tint-soft",
}
_LACKS = {
    "email": N_("An e-mail address"),
    "mandate": N_("As what they speak"),
    "biography": N_("A biography"),
    "photograph": N_("A photograph"),
    "hours": N_("Their hours"),
}
USUAL_DAYS = 14  # until when an answer is asked for, unless somebody says otherwise


@require_safe
@desk_page(Permission.READ_DESK)
def listing_page(request: HttpRequest, desk: Desk) -> HttpResponse:
    """List those who are to speak, who has still to answer first; `?export=xlsx` gives them as a spreadsheet."""
    now = timezone.now()
    today = now.astimezone(desk.zone).date()
    filters = listing.read_filters(InvitationFilters, request.GET)
    if request.GET.get("export"):
        lines = access_speakers_to_export(desk.actor, edition=desk.edition, filters=filters, today=today)
        rows = invitation_rows(lines, desk.zone, listing.language())
        return listing.spreadsheet(request, COLUMNS, rows, name=f"invitations-{desk.edition.slug}", zone=desk.zone)
    number = listing.read_page(request.GET)
    page = list_speakers(desk.actor, edition=desk.edition, filters=filters, today=today, page=number)
    answers = {
        key: INTERVENTION_ANSWER_NAMES[key] for key in (InterventionAnswer.ACCEPTED, InterventionAnswer.DECLINED)
    }
    context = {
        "page": page,
        "rows": [_shown(line, desk, now) for line in page],
        "states": _states(desk, filters, today),
        "filters": filters,
        "narrowed": listing.narrowed(filters),
        "export": listing.query_of(filters, export="xlsx"),
        "selects": [
            listing.one_of("state", gettext("Stands at"), INVITATION_STATE_NAMES, filters.state),
            listing.one_of("answer", gettext("Answered at least once"), answers, filters.answer),
            listing.one_of("lacks", gettext("Lacks"), _LACKS, filters.lacks),
            _order(filters.sort),
        ],
        "may_edit": desk.actor.may(EDIT),
    }
    return render(request, "desk/invitations/list.html", context)


def _order(chosen: str) -> listing.Filter:
    made = listing.one_of("sort", gettext("Order"), {"name": N_("By name"), "sent": N_("By day of sending")}, chosen)
    first = listing.Choice("", gettext("Who has still to answer first"), not chosen)
    return listing.Filter(made.name, made.label, [first, *made.choices[1:]])


def _states(desk: Desk, filters: InvitationFilters, today: Any) -> list[dict[str, Any]]:
    """Return how many stand where, each with the address that shows them."""
    counts = count_states(desk.actor, edition=desk.edition, today=today)
    return [
        {
            "name": gettext(INVITATION_STATE_NAMES[state]),
            "tint": STATE_TINTS[state],
            "count": count,
            "query": f"state={state}",
            "current": filters.state == state,
        }
        for state, count in counts.items()
        if count or state is not InvitationState.NOTHING_LEFT
    ]


def _shown(line: Any, desk: Desk, now: Any) -> dict[str, Any]:
    """Return one row of the list in words."""
    person, invitation = line.person, line.invitation
    return {
        "line": line,
        "person": person,
        "state": gettext(INVITATION_STATE_NAMES[line.state]),
        "tint": STATE_TINTS[line.state],
        "sessions": [
            (item, ANSWER_TINTS[item.answer], item.session.status == "cancelled") for item in line.interventions
        ],
        "sent_at": invitation.sent_at.astimezone(desk.zone) if invitation and invitation.sent_at else None,
        "answer_by": invitation.answer_by if invitation else None,
        "reminders": invitation.reminders if invitation else 0,
        "opened": bool(invitation and invitation.opened_at),
        "lacking": _lacking(line),
        "reached": refusal_of(line, desk.edition.status, remind=False, now=now) is None,
    }


def _lacking(line: Any) -> list[str]:
    """Return what the programme still lacks of somebody who speaks."""
    if line.state in {InvitationState.DECLINED, InvitationState.NOTHING_LEFT}:
        return []
    person = line.person
    lacks = {
        "biography": not (person.biography_fr or person.biography_en),
        "photograph": not person.photograph,
    }
    words = {"biography": gettext("biography"), "photograph": gettext("photograph")}
    return [words[name] for name, missing in lacks.items() if missing]


def _wanted(request: HttpRequest, desk: Desk) -> list[int]:
    """Return whom the form names: the people who are ticked, or all whom the list's filters leave."""
    query: QueryDict = request.POST if request.method == "POST" else request.GET
    if query.get("all"):
        filters = listing.read_filters(InvitationFilters, query)
        today = timezone.now().astimezone(desk.zone).date()
        return list_speaker_ids(desk.actor, edition=desk.edition, filters=filters, today=today)
    return [int(key) for key in query.getlist("person") if key.isdecimal() and len(key) < 19]


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(EDIT)
def write(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Show whom an invitation (or `to=remind`: a reminder) reaches and what it says; then send it."""
    desk.actor.require(EDIT)
    remind = (request.POST if request.method == "POST" else request.GET).get("to") == "remind"
    wanted = _wanted(request, desk)
    if not wanted:
        messages.info(request, gettext("Tick at least one person first."))
        return redirect("desk:invitations", desk.edition.slug)
    now = timezone.now()
    found = list_addressees(desk.actor, edition=desk.edition, person_ids=wanted, remind=remind, now=now)
    invited = {
        addressee.line.person.pk
        for addressee in found
        if not remind and addressee.line.invitation is not None and addressee.line.invitation.sent_at is not None
    }
    reached = [a for a in found if a.refusal is None and a.line.person.pk not in invited]
    refused = [a.refusal or _invited(a.line, desk) for a in found if a not in reached]
    form = InvitationForm(
        sent(request),
        written=Counter(addressee.language for addressee in reached),
        initial={"answer_by": _usual_day(desk, now)},
    )
    if request.method == "POST" and "send" in request.POST and reached and (remind or form.is_valid()):
        try:
            written = _send(desk, form, [a.line.person.pk for a in reached], remind=remind)
        except (NotAllowed, NotFound):
            raise
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            _tell(request, written, remind=remind)
            return redirect("desk:invitations", desk.edition.slug)
    elif request.method == "POST" and not remind:
        form.is_valid()  # a preview shows what is wrong too
    context = {
        "remind": remind,
        "form": None if remind else form,
        "reached": reached,
        "refused": list(dict.fromkeys(say(refusal) for refusal in refused)),  # a reason of all is said once
        "spared": len(refused),
        "ids": [addressee.line.person.pk for addressee in reached],
        "mail": _preview(desk, form, reached[0], remind=remind) if reached else None,
        "back": reverse("desk:invitations", args=[desk.edition.slug]),
    }
    status = 422 if form.is_bound and form.errors and not remind else 200
    return render(request, "desk/invitations/write.html", context, status=status)


def _invited(line: Any, desk: Desk) -> Refusal:
    return InvitedAlready(name=str(line.person), day=f"{line.invitation.sent_at.astimezone(desk.zone):%d/%m/%Y}")


def _usual_day(desk: Desk, now: Any) -> Any:
    day = now.astimezone(desk.zone).date() + timedelta(days=USUAL_DAYS)
    first = desk.edition.starts_on
    return day if first is None or day < first else None


def _send(desk: Desk, form: InvitationForm, ids: list[int], *, remind: bool) -> services.Written:
    if remind:
        return services.remind_speakers(actor=desk.actor, edition_id=desk.edition.pk, person_ids=ids)
    return services.invite_speakers(
        actor=desk.actor,
        edition_id=desk.edition.pk,
        person_ids=ids,
        messages=form.messages(),
        language=form.spoken,
        answer_by=form.cleaned_data["answer_by"],
    )


def _tell(request: HttpRequest, written: services.Written, *, remind: bool) -> None:
    """Say how many mails leave, and who gets none."""
    count = len(written.to)
    if count:
        words = (
            ngettext("%(count)s reminder is leaving.", "%(count)s reminders are leaving.", count)
            if remind
            else ngettext("%(count)s invitation is leaving.", "%(count)s invitations are leaving.", count)
        )
        messages.success(request, words % {"count": count})
    for _name, refusal in written.refused:
        messages.info(request, say(refusal))


def _preview(desk: Desk, form: InvitationForm, addressee: Any, *, remind: bool) -> dict[str, Any]:
    """Return the mail to the first who is written to, as it would leave; its link is for the speaker's eyes."""
    values = form.cleaned_data if form.is_bound and hasattr(form, "cleaned_data") else {}
    language = form.spoken or addressee.language
    text = services.preview_invitation(
        actor=desk.actor,
        edition_id=desk.edition.pk,
        person_id=addressee.line.person.pk,
        message=values.get(f"message_{language}", "") or "",
        language=language,
        answer_by=values.get("answer_by") if form.is_bound else form.initial.get("answer_by"),
        remind=remind,
    )
    return shown_mail(text, addressee.line.person, language)


def shown_mail(text: Any, person: Any, language: str) -> dict[str, Any]:
    """Return a mail as the desk shows it, without the secret of its link."""
    lines = [line.partition("/invitations/") for line in text.body_text.splitlines()]
    body = "\n".join(f"{head}{part}…/" if part else head for head, part, _rest in lines)
    return {"subject": text.subject, "body": body, "to": person, "language": language}
