"""Registering somebody at the desk, and changing a registration: who is registered already is named and linked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from parvis.domain.access import Permission
from parvis.domain.refusals import ChangedMeanwhile, NotAllowed, Refusal
from parvis.domain.registrations import CATEGORY_KIND_NAMES, CategoryKind, PersonAlreadyRegistered, RegistrationSource
from parvis.queries.desk_organisations import access_organisation
from parvis.queries.desk_people import access_person_page
from parvis.queries.desk_registration import access_edition_registration, find_registration_id
from parvis.queries.desk_registrations import list_categories
from parvis.queries.organisations import near_organisations
from parvis.queries.registrations import form_of
from parvis.queries.versions import version_of
from parvis.services import registrations as services
from parvis.services.organisations import OrganisationAmbiguous, OrganisationUnknown
from parvis.web.desk.forms import add_refusal, differences, initial_organisation
from parvis.web.desk.forms_registrations import DeskRegistrationForm, NewRegistrationForm, initial_of
from parvis.web.desk.frame import Desk, desk_page
from parvis.web.refusals import say

EDIT = Permission.EDIT_REGISTRATIONS


def _categories(desk: Desk) -> list[tuple[CategoryKind, str]]:
    """Return every category, those of the edition by the names that it gives them."""
    named = {row.kind: row.name for row in list_categories(desk.edition.pk)}
    return [(kind, named.get(kind) or gettext(name)) for kind, name in CATEGORY_KIND_NAMES.items()]


def _address(desk: Desk, registration_id: int) -> str:
    return reverse("desk:registration", args=[desk.edition.slug, registration_id])


def _prefilled(request: HttpRequest, desk: Desk) -> dict[str, Any]:
    """Return what a link names: `?organisation=42`, or `?person=42` with the first of their mandates."""
    organisation, person = request.GET.get("organisation", ""), request.GET.get("person", "")
    if organisation.isdecimal() and len(organisation) < 19:
        row = access_organisation(desk.actor, organisation_id=int(organisation))
        return {**initial_organisation(row), "country": row.country}
    if person.isdecimal() and len(person) < 19:
        found = access_person_page(desk.actor, person_id=int(person))
        who = found.person
        initial: dict[str, Any] = {
            **{name: getattr(who, name) for name in ("first_name", "last_name", "email", "phone", "gender")},
            "languages": who.languages,
        }
        if found.mandates:
            mandate = found.mandates[0]
            initial |= {"title": mandate.title or "", "function": mandate.function}
            initial |= {**initial_organisation(mandate.organisation), "country": mandate.organisation.country}
        return initial
    return {}


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(EDIT)
def create(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Register somebody: as on the public form, but at any hour, in any category and without an address."""
    categories = _categories(desk)
    if request.method != "POST":
        initial = {**NewRegistrationForm.new_key(), **_prefilled(request, desk)}
        return _show(request, desk, NewRegistrationForm(categories=categories, initial=initial))
    form = NewRegistrationForm(request.POST, categories=categories)

    def save() -> Any:
        registered = services.register_participant(
            actor=desk.actor,
            edition_id=desk.edition.pk,
            form=form.to_input(),
            form_key=form.cleaned_data["form_key"],
            source=RegistrationSource.DESK,
            notify=form.cleaned_data["notify"],
        )
        person = registered.registration.person
        told = form.cleaned_data["notify"] and person.email
        sentence = (
            gettext("%(name)s is registered; the ticket leaves for %(email)s.")
            if told
            else gettext("%(name)s is registered. No mail is sent: give the ticket yourself.")
        )
        messages.success(request, sentence % {"name": person, "email": person.email})
        return registered.registration

    return _answer(request, desk, form, save)


def _version(registration: Any) -> str:
    return f"{registration.updated_at.isoformat()} {version_of(registration.person)}"


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(EDIT)
def change(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """Change a registration: also who it is, for whom and as what, which the holder of a link may not."""

    def read() -> Any:
        return access_edition_registration(desk.actor, edition_id=desk.edition.pk, registration_id=pk)

    registration = read()
    categories = _categories(desk)
    if request.method != "POST":
        initial = {**initial_of(form_of(registration)), "version": _version(registration)}
        form = DeskRegistrationForm(categories=categories, initial=initial)
        return _show(request, desk, form, registration=registration)
    form = DeskRegistrationForm(request.POST, categories=categories)

    def save() -> Any:
        seen_at, _space, person_seen = form.cleaned_data["version"].partition(" ")
        saved = services.change_registration(
            actor=desk.actor,
            registration_id=pk,
            form=form.to_input(),
            seen_at=_moment(seen_at),
            person_seen=person_seen,
        )
        messages.success(request, gettext("The registration is saved."))
        return saved

    def fresh() -> tuple[str, dict[str, Any]]:
        row = read()
        return _version(row), initial_of(form_of(row))

    return _answer(request, desk, form, save, registration=registration, fresh=fresh)


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _answer(
    request: HttpRequest,
    desk: Desk,
    form: DeskRegistrationForm,
    save: Callable[[], Any],
    *,
    registration: Any = None,
    fresh: Callable[[], tuple[str, dict[str, Any]]] | None = None,
) -> HttpResponse:
    """Save and lead to the registration; a refusal stands in the form with everything that was typed."""
    more: dict[str, Any] = {}
    if form.is_valid():
        try:
            saved = save()
        except NotAllowed:
            raise
        except (OrganisationAmbiguous, OrganisationUnknown) as refusal:
            add_refusal(form, refusal)
            more["ask_organisation"] = True
        except PersonAlreadyRegistered as refusal:
            add_refusal(form, refusal)
            more["duplicate"] = _duplicate(desk, refusal)
        except ChangedMeanwhile as refusal:
            form.add_error(None, say(refusal))
            if fresh is not None:
                version, values = fresh()
                more["meanwhile"] = differences(form, values)
                data = request.POST.copy()
                data["version"] = version
                form.data = data
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            return redirect(_address(desk, saved.pk))
    return _show(request, desk, form, registration=registration, status=422, **more)


def _duplicate(desk: Desk, refusal: PersonAlreadyRegistered) -> dict[str, Any] | None:
    """Return who is registered already, and where the desk finds it."""
    reference = str(refusal.params["reference"])
    found = find_registration_id(desk.actor, edition_id=desk.edition.pk, reference=reference)
    if found is None:
        return None
    return {"person": refusal.params["person"], "reference": reference, "address": _address(desk, found)}


def _show(
    request: HttpRequest,
    desk: Desk,
    form: DeskRegistrationForm,
    *,
    registration: Any = None,
    status: int = 200,
    ask_organisation: bool = False,
    duplicate: dict[str, Any] | None = None,
    meanwhile: list[tuple[str, str]] | None = None,
) -> HttpResponse:
    near = None
    if form.is_bound and (ask_organisation or form.data.get("asked_organisation") == "1"):
        near = near_organisations(form.data.get("organisation", ""), country=form.data.get("country", "FR"))
        data = QueryDict(mutable=True)
        data.update(form.data)
        data["organisation_for"] = data.get("organisation", "").strip()  # what is chosen now is meant for this name
        form.data = data
    listing = reverse("desk:registrations", args=[desk.edition.slug])
    context = {
        "form": form,
        "registration": registration,
        "near": near,
        "asks_organisation": near is not None,
        "chosen": form.data.get("organisation_key", "") if form.is_bound else "",
        "duplicate": duplicate,
        "meanwhile": meanwhile,
        "back": listing if registration is None else _address(desk, registration.pk),
        "back_name": gettext("Registrations") if registration is None else str(registration),
    }
    return render(request, "desk/registrations/form.html", context, status=status)
