"""One person at the desk: who it is, under which mandates, where they speak and come."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from parvis.domain.access import Permission
from parvis.domain.people.persons import CONSENT_PURPOSE_NAMES, GENDER_NAMES, ConsentPurpose, Gender
from parvis.domain.programme.sessions import INTERVENTION_ROLE_NAMES, InterventionRole
from parvis.domain.registrations import REGISTRATION_STATUS_NAMES, RegistrationStatus
from parvis.queries.desk_editions import zone_of
from parvis.queries.desk_people import access_mandate, access_person, access_person_page, mandate_name
from parvis.queries.log import list_history
from parvis.queries.versions import version_of
from parvis.services import people as services
from parvis.web.desk.deletion import answer_deletion
from parvis.web.desk.forms import answer_form, initial_organisation
from parvis.web.desk.forms_layout import sent
from parvis.web.desk.forms_people import MANDATE_COLUMNS, PERSON_COLUMNS, MandateForm, PersonForm
from parvis.web.desk.frame import Desk, desk_page
from parvis.web.desk.history import lines_of
from parvis.web.desk.lists_edition import STATUS_TINTS
from parvis.web.space.forms import spoken_choices

EDIT = Permission.EDIT_NETWORK


def _address(desk: Desk, person_id: int) -> str:
    return reverse("desk:person", args=[desk.edition.slug, person_id])


def consent_rows(consents: list[Any], desk: Desk) -> list[tuple[str, list[Any]]]:
    """Return what is asked for, and the consents that were given to it, the latest first, in the venue's time."""
    given: dict[str, list[Any]] = {str(purpose): [] for purpose in ConsentPurpose}
    for consent in consents:
        consent.given_at = consent.given_at.astimezone(desk.zone)
        consent.withdrawn_at = consent.withdrawn_at and consent.withdrawn_at.astimezone(desk.zone)
        given.setdefault(consent.purpose, []).append(consent)
    return [(gettext(CONSENT_PURPOSE_NAMES[purpose]), given[str(purpose)]) for purpose in ConsentPurpose]


def _spoken_in(row: Any, desk: Desk) -> tuple[Any, str, str, Any]:
    """Return an intervention with its role, its mandate as a line, and when it begins in its venue's time."""
    placement = getattr(row.session, "placement", None)
    zone = desk.zone if row.session.edition_id == desk.edition.pk else zone_of(row.session.edition)
    return (
        row,
        gettext(INTERVENTION_ROLE_NAMES[InterventionRole(row.role)]),
        mandate_name(row.mandate) if row.mandate is not None else "",
        placement.starts_at.astimezone(zone) if placement is not None else None,
    )


@require_safe
@desk_page(Permission.READ_DESK)
def page(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """Show one person. The number of queries does not depend on how much hangs on them."""
    found = access_person_page(desk.actor, person_id=pk)
    person = found.person
    subjects = {"person": [person.pk], "mandate": [mandate.pk for mandate in found.mandates]}
    names = dict(spoken_choices())
    context = {
        "found": found,
        "person": person,
        "gender": gettext(GENDER_NAMES[Gender(person.gender)]),
        "languages": [names.get(code, code) for code in person.languages],
        "mandates": [(mandate, mandate_name(mandate)) for mandate in found.mandates],
        "presidencies": [(row, mandate_name(row.mandate)) for row in found.presidencies],
        "interventions": [_spoken_in(row, desk) for row in found.interventions],
        "registrations": [
            (row, gettext(REGISTRATION_STATUS_NAMES[RegistrationStatus(row.status)]), STATUS_TINTS.get(row.status, ""))
            for row in found.registrations
        ],
        "registered_here": any(
            row.edition_id == desk.edition.pk and row.status != RegistrationStatus.CANCELLED
            for row in found.registrations
        ),
        "consents": consent_rows(found.consents, desk),
        "lines": lines_of(list_history(desk.actor, subjects=subjects, most=20), desk.zone),
        "may_edit": desk.actor.may(EDIT),
        "may_register": desk.actor.may(Permission.EDIT_REGISTRATIONS),
    }
    return render(request, "desk/people/page.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(EDIT)
def create(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Add a person; their mandates follow on their page."""
    form = PersonForm(sent(request))
    return answer_form(
        request,
        form,
        lambda: services.save_person(actor=desk.actor, person_id=None, values=form.values()),
        done=gettext("The person is added. Now say what they are called to."),
        to=lambda person: reverse("desk:mandate_new", args=[desk.edition.slug, person.pk]),
        template="desk/grouped_form.html",
        context={
            "heading": gettext("Add a person"),
            "back": reverse("desk:people", args=[desk.edition.slug]),
            "back_name": gettext("People"),
            "button": gettext("Add the person"),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(EDIT)
def change(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """Change who a person is and how they are reached."""

    def columns(row: Any) -> dict[str, Any]:
        return {name: getattr(row, name) or "" for name in PERSON_COLUMNS}

    person = access_person(desk.actor, person_id=pk)
    form = PersonForm(sent(request), initial={**columns(person), "version": version_of(person)})

    def fresh() -> tuple[str, dict[str, Any]]:
        row = access_person(desk.actor, person_id=pk)
        return version_of(row), columns(row)

    return answer_form(
        request,
        form,
        lambda: services.save_person(actor=desk.actor, person_id=pk, values=form.values(), seen=form.seen),
        done=gettext("The person is saved."),
        to=lambda saved: _address(desk, saved.pk),
        template="desk/grouped_form.html",
        context={"heading": gettext("Change a person"), "back": _address(desk, pk), "back_name": str(person)},
        fresh=fresh,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(EDIT)
def delete(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """Ask, then delete a person who is registered nowhere and speaks nowhere."""
    person = access_person(desk.actor, person_id=pk)
    return answer_deletion(
        request,
        person,
        lambda: services.delete_person(actor=desk.actor, person_id=pk),
        heading=gettext("Delete “%(name)s”?") % {"name": person},
        lead=gettext("The person disappears with what is named here. This cannot be undone."),
        button=gettext("Delete the person"),
        done=gettext("“%(name)s” is deleted.") % {"name": person},
        back=(_address(desk, pk), str(person)),
        to=reverse("desk:people", args=[desk.edition.slug]),
    )


def _answer_mandate(
    request: HttpRequest, desk: Desk, pk: int, mandate_id: int | None, initial: dict[str, Any], heading: str, fresh: Any
) -> HttpResponse:
    person = access_person(desk.actor, person_id=pk)
    form = MandateForm(sent(request), initial=initial)

    def save() -> Any:
        return services.save_mandate(
            actor=desk.actor,
            person_id=pk,
            mandate_id=mandate_id,
            organisation_id=form.organisation_id(desk.actor),
            values=form.values(),
            seen=form.seen,
        )

    return answer_form(
        request,
        form,
        save,
        done=gettext("The mandate is saved."),
        to=lambda _saved: _address(desk, pk),
        template="desk/grouped_form.html",
        context={"heading": heading, "back": _address(desk, pk), "back_name": str(person)},
        fresh=fresh,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(EDIT)
def add_mandate(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """Say what else a person is called to."""
    return _answer_mandate(request, desk, pk, None, {}, gettext("Add a mandate"), None)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(EDIT)
def change_mandate(request: HttpRequest, desk: Desk, pk: int, mandate_id: int) -> HttpResponse:
    """Change a mandate: one that is over is dated, not taken away."""

    def read() -> Any:
        return access_mandate(desk.actor, person_id=pk, mandate_id=mandate_id)

    def columns(row: Any) -> dict[str, Any]:
        return {name: getattr(row, name) for name in MANDATE_COLUMNS}

    def fresh() -> tuple[str, dict[str, Any]]:
        row = read()
        return version_of(row), {**columns(row), "organisation": str(row.organisation)}

    mandate = read()
    initial = {**columns(mandate), **initial_organisation(mandate.organisation), "version": version_of(mandate)}
    return _answer_mandate(request, desk, pk, mandate_id, initial, gettext("Change a mandate"), fresh)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(EDIT)
def remove_mandate(request: HttpRequest, desk: Desk, pk: int, mandate_id: int) -> HttpResponse:
    """Ask, then take away a mandate under which nobody acted."""
    mandate = access_mandate(desk.actor, person_id=pk, mandate_id=mandate_id)
    person = access_person(desk.actor, person_id=pk)
    return answer_deletion(
        request,
        mandate,
        lambda: services.remove_mandate(actor=desk.actor, mandate_id=mandate.pk),
        heading=gettext("Take away “%(name)s”?") % {"name": mandate_name(mandate)},
        lead=gettext("A mandate that has ended is dated instead: write its last day on it. This cannot be undone."),
        button=gettext("Take the mandate away"),
        done=gettext("The mandate is taken away."),
        back=(_address(desk, pk), str(person)),
        to=_address(desk, pk),
    )


@require_POST
@desk_page(EDIT)
def move_mandate(request: HttpRequest, desk: Desk, pk: int, mandate_id: int) -> HttpResponse:
    """Move a mandate one place up or down: the first is the one that the person is announced by."""
    mandate = access_mandate(desk.actor, person_id=pk, mandate_id=mandate_id)
    services.move_mandate(actor=desk.actor, mandate_id=mandate.pk, up=request.POST.get("to") == "up")
    messages.success(request, gettext("The order of the mandates is changed."))
    return redirect(_address(desk, pk) + "#mandates")
