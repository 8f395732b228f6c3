"""Hours of people and organisations at the desk: who can be there when, and which sessions stand outside."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from parvis.domain.access import Permission
from parvis.domain.programme.availability import DaysUnknown, Hours, answer_of_day
from parvis.domain.refusals import NotAllowed, Refusal
from parvis.queries.availabilities import WhoseHours, access_hours_of, list_hours_of_edition, print_of_hours
from parvis.queries.log import list_history
from parvis.services import availabilities as services
from parvis.web.desk.forms import OrganisationChoice, PersonChoice, add_refusal, answer_form
from parvis.web.desk.forms_layout import sent
from parvis.web.desk.forms_timetable import DeskHoursForm
from parvis.web.desk.frame import Desk, desk_page
from parvis.web.desk.history import lines_of
from parvis.web.desk.programme import EDIT, may_edit
from parvis.web.desk.timetable_rules import without_days
from parvis.web.desk.timetable_words import day_and_hours, faults_of
from parvis.web.refusals import say

READ = Permission.READ_DESK
LIST = "desk:timetable_hours"


def _said(hours: list[Hours], desk: Desk) -> list[str]:
    return [day_and_hours(span.starts, span.ends, desk.zone) for span in hours]


@require_safe
@desk_page(READ)
def listing(request: HttpRequest, desk: Desk) -> HttpResponse:
    """List who has hours, when, and what stands outside them."""
    if not desk.edition.days:
        return without_days(request, DaysUnknown())
    found = list_hours_of_edition(desk.actor, edition_id=desk.edition.pk, with_days=True)
    rows = [
        {
            "who": who,
            "hours": _said(who.hours, desk),
            "faults": faults_of(found.timetable, who.faults, edition=desk.edition.slug) if found.timetable else [],
            "page": reverse(f"desk:{who.kind}", args=[desk.edition.slug, who.pk]),
            "change": reverse(f"{LIST}_{who.kind}", args=[desk.edition.slug, who.pk]),
            "remove": reverse(f"{LIST}_remove_{who.kind}", args=[desk.edition.slug, who.pk]),
        }
        for who in found.rows
    ]
    return render(request, "desk/timetable/hours.html", {"fact": "hours", "rows": rows, "may_edit": may_edit(desk)})


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(EDIT)
def choose(request: HttpRequest, desk: Desk, kind: str) -> HttpResponse:
    """Choose whose hours: a person or an organisation, found while one types. Nothing of theirs changes yet."""
    form: PersonChoice | OrganisationChoice
    form = PersonChoice(sent(request), actor=desk.actor) if kind == "person" else OrganisationChoice(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            pk = form.person_id() if isinstance(form, PersonChoice) else form.organisation_id(desk.actor)
        except NotAllowed:
            raise
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            return redirect(f"desk:timetable_hours_{kind}", desk.edition.slug, pk)
    context = {
        "form": form,
        "heading": gettext("Hours of a person") if kind == "person" else gettext("Hours of an organisation"),
        "lead": gettext("Whoever has hours takes part only within them.")
        if kind == "person"
        else gettext("Whoever speaks in its name, and what it holds, stays within its hours: a minister’s hour."),
        "button": gettext("Go on to the hours"),
        "back": reverse(LIST, args=[desk.edition.slug]),
        "back_name": gettext("Hours"),
    }
    return render(request, "desk/form.html", context, status=422 if form.errors else 200)


def _whose(who: WhoseHours) -> dict[str, Any]:
    return {f"{who.kind}_id": who.pk}


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(EDIT)
def change(request: HttpRequest, desk: Desk, kind: str, pk: int) -> HttpResponse:
    """Say day by day when somebody can be there."""
    if not desk.edition.days:
        return without_days(request, DaysUnknown())

    def current() -> WhoseHours:
        return access_hours_of(desk.actor, edition_id=desk.edition.pk, kind=kind, pk=pk)

    who = current()
    form = DeskHoursForm(
        sent(request),
        answers=[answer_of_day(who.hours, day, desk.zone) for day in desk.edition.days],
        initial={"version": print_of_hours(who.hours)},
    )

    def save() -> Any:
        return services.set_days(
            actor=desk.actor, edition_id=desk.edition.pk, answers=form.answers(), seen=form.seen, **_whose(who)
        )

    def fresh() -> tuple[str, dict[str, Any]]:
        now = current()
        shown = DeskHoursForm(answers=[answer_of_day(now.hours, day, desk.zone) for day in desk.edition.days])
        return print_of_hours(now.hours), {
            name: field.initial for name, field in shown.fields.items() if field.initial is not None
        }

    history = list_history(desk.actor, subjects={kind: [pk]}, most=40)
    return answer_form(
        request,
        form,
        save,
        done=gettext("The hours of %(name)s are kept.") % {"name": who.name},
        to=lambda _saved: reverse(LIST, args=[desk.edition.slug]),
        template="desk/timetable/hours_form.html",
        context={
            "heading": gettext("Hours of %(name)s") % {"name": who.name},
            "lead": gettext("The whole of each day means always: no hours are kept then."),
            "who": who,
            "said": _said(who.hours, desk),
            "back": reverse(LIST, args=[desk.edition.slug]),
            "back_name": gettext("Hours"),
            "lines": lines_of([e for e in history if e.action.endswith(".availability_given")], desk.zone),
        },
        fresh=fresh,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(EDIT)
def remove(request: HttpRequest, desk: Desk, kind: str, pk: int) -> HttpResponse:
    """Take somebody's hours away, once it is said which."""
    who = access_hours_of(desk.actor, edition_id=desk.edition.pk, kind=kind, pk=pk)
    refused = ""
    if request.method == "POST":
        try:
            services.set_hours(actor=desk.actor, edition_id=desk.edition.pk, hours=[], **_whose(who))
        except NotAllowed:
            raise
        except Refusal as refusal:
            refused = say(refusal)
        else:
            messages.success(request, gettext("%(name)s has no hours any more.") % {"name": who.name})
            return redirect(LIST, desk.edition.slug)
    context = {
        "heading": gettext("Take away the hours of %(name)s?") % {"name": who.name},
        "lead": gettext("They count as there all the time: %(hours)s no longer binds anything.")
        % {"hours": "; ".join(_said(who.hours, desk)) or "—"},
        "button": gettext("Take away"),
        "back": reverse(LIST, args=[desk.edition.slug]),
        "back_name": gettext("Hours"),
        "refused": refused,
    }
    return render(request, "desk/confirm.html", context, status=422 if refused else 200)
