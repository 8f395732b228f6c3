"""One organisation at the desk: what it is, whom it sends, what it is to the federation and to the edition."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from parvis.domain.access import Permission
from parvis.domain.network.countries import country_name
from parvis.domain.network.kinds import ORGANISATION_KIND_NAMES, OrganisationKind
from parvis.domain.partners import PARTNER_KIND_NAMES, PartnerKind
from parvis.domain.refusals import NotFound, Refusal
from parvis.domain.registrations import COUNTED_STATUSES, REGISTRATION_STATUS_NAMES, RegistrationStatus
from parvis.queries.desk_organisations import access_organisation, access_organisation_page
from parvis.queries.log import list_history
from parvis.queries.versions import version_of
from parvis.services import network as services
from parvis.services.delegations import name_contact
from parvis.web.desk.deletion import answer_deletion
from parvis.web.desk.forms import answer_form, initial_organisation
from parvis.web.desk.forms_layout import sent
from parvis.web.desk.forms_network import (
    ORGANISATION_COLUMNS,
    AuthorityForm,
    ContactForm,
    MembershipForm,
    OrganisationForm,
)
from parvis.web.desk.frame import Desk, desk_page
from parvis.web.desk.history import lines_of
from parvis.web.desk.listing import language
from parvis.web.desk.lists_edition import STATUS_TINTS
from parvis.web.refusals import say

EDIT = Permission.EDIT_NETWORK


def _address(desk: Desk, organisation_id: int) -> str:
    return reverse("desk:organisation", args=[desk.edition.slug, organisation_id])


def _show(
    request: HttpRequest, desk: Desk, organisation_id: int, *, membership: MembershipForm, status: int = 200
) -> HttpResponse:
    found = access_organisation_page(desk.actor, organisation_id=organisation_id, edition_id=desk.edition.pk)
    organisation = found.organisation
    subjects = {"organisation": [organisation.pk]}
    if found.delegation is not None:
        subjects["delegation"] = [found.delegation.pk]
    context = {
        "found": found,
        "organisation": organisation,
        "kind": gettext(ORGANISATION_KIND_NAMES[OrganisationKind(organisation.kind)]),
        "country": country_name(organisation.country, language()),
        "registrations": [
            (row, gettext(REGISTRATION_STATUS_NAMES[RegistrationStatus(row.status)]), STATUS_TINTS.get(row.status, ""))
            for row in found.registrations
        ],
        "counted": sum(row.status in COUNTED_STATUSES for row in found.registrations),
        "partnerships": [(row, gettext(PARTNER_KIND_NAMES[PartnerKind(row.kind)])) for row in found.partnerships],
        "membership": membership,
        "lines": lines_of(list_history(desk.actor, subjects=subjects, most=20), desk.zone),
        "may_edit": desk.actor.may(EDIT),
        "may_register": desk.actor.may(Permission.EDIT_REGISTRATIONS),
    }
    return render(request, "desk/organisations/page.html", context, status=status)


@require_safe
@desk_page(Permission.READ_DESK)
def page(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """Show one organisation, with its delegation at the edition. The number of queries does not depend on the size."""
    begins = desk.edition.starts_on
    return _show(request, desk, pk, membership=MembershipForm(initial={"year": begins.year if begins else None}))


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(EDIT)
def create(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Add an organisation: a French authority from the shipped table, or any other with what is typed."""
    form = OrganisationForm(sent(request))
    return _answer_new(request, desk, form, AuthorityForm(), lambda: _save(desk, form, None), form)


@require_POST
@desk_page(EDIT)
def add_authority(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Add a French authority of the shipped table, by name or code; one that is known already is shown."""
    form = AuthorityForm(request.POST)

    def save() -> Any:
        return access_organisation(desk.actor, organisation_id=form.organisation_id(desk.actor))

    return _answer_new(request, desk, OrganisationForm(), form, save, form)


def _answer_new(
    request: HttpRequest, desk: Desk, form: OrganisationForm, authority: AuthorityForm, save: Any, answered: Any
) -> HttpResponse:
    back = reverse("desk:organisations", args=[desk.edition.slug])
    return answer_form(
        request,
        answered,
        save,
        done=gettext("The organisation is in the list."),
        to=lambda organisation: _address(desk, organisation.pk),
        template="desk/organisations/new.html",
        context={"other": form, "authority": authority, "back": back},
    )


def _save(desk: Desk, form: OrganisationForm, organisation_id: int | None) -> Any:
    return services.save_organisation(
        actor=desk.actor,
        organisation_id=organisation_id,
        values={**form.values(), "parent_id": form.found_organisation(desk.actor, "parent")},
        seen=form.seen,
    )


def _columns(row: Any) -> dict[str, Any]:
    return {**{name: getattr(row, name) or "" for name in ORGANISATION_COLUMNS}, "parent": str(row.parent or "")}


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(EDIT)
def change(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """Change what an organisation is called, what it is, and its codes."""
    organisation = access_organisation(desk.actor, organisation_id=pk)
    initial = {
        **_columns(organisation),
        **initial_organisation(organisation.parent, "parent"),
        "version": version_of(organisation),
    }
    form = OrganisationForm(sent(request), initial=initial)

    def fresh() -> tuple[str, dict[str, Any]]:
        row = access_organisation(desk.actor, organisation_id=pk)
        return version_of(row), _columns(row)

    return answer_form(
        request,
        form,
        lambda: _save(desk, form, pk),
        done=gettext("The organisation is saved."),
        to=lambda saved: _address(desk, saved.pk),
        template="desk/grouped_form.html",
        context={
            "heading": gettext("Change an organisation"),
            "back": _address(desk, pk),
            "back_name": str(organisation),
        },
        fresh=fresh,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(EDIT)
def delete(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """Ask, then delete an organisation that nothing rests on."""
    organisation = access_organisation(desk.actor, organisation_id=pk)
    return answer_deletion(
        request,
        organisation,
        lambda: services.delete_organisation(actor=desk.actor, organisation_id=pk),
        heading=gettext("Delete “%(name)s”?") % {"name": organisation},
        lead=gettext("It disappears from the list of organisations. This cannot be undone."),
        button=gettext("Delete the organisation"),
        done=gettext("“%(name)s” is deleted.") % {"name": organisation},
        back=(_address(desk, pk), str(organisation)),
        to=reverse("desk:organisations", args=[desk.edition.slug]),
    )


@require_POST
@desk_page(EDIT)
def record_membership(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """Record a year of membership, with the day on which its dues were paid."""
    form = MembershipForm(request.POST)
    if form.is_valid():
        try:
            services.record_membership(actor=desk.actor, organisation_id=pk, **form.cleaned_data)
        except NotFound:
            raise
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, say(refusal))
        else:
            messages.success(request, gettext("The membership of %(year)s is recorded.") % form.cleaned_data)
            return redirect(_address(desk, pk))
    return _show(request, desk, pk, membership=form, status=422)


@require_POST
@desk_page(EDIT)
def remove_membership(request: HttpRequest, desk: Desk, pk: int, year: int) -> HttpResponse:
    """Take a year of membership away."""
    services.remove_membership(actor=desk.actor, organisation_id=pk, year=year)
    messages.success(request, gettext("The membership of %(year)s is taken away.") % {"year": year})
    return redirect(_address(desk, pk))


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(Permission.EDIT_REGISTRATIONS)
def contact(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """Name whom to write to about the organisation's delegation at the edition."""
    found = access_organisation_page(desk.actor, organisation_id=pk, edition_id=desk.edition.pk)
    named = found.delegation
    initial = {"name": named.contact_name, "email": named.contact_email} if named is not None else {}
    form = ContactForm(sent(request), initial=initial)
    return answer_form(
        request,
        form,
        lambda: name_contact(
            actor=desk.actor,
            edition_id=desk.edition.pk,
            organisation_id=pk,
            name=form.cleaned_data["name"],
            email=form.cleaned_data["email"],
        ),
        done=gettext("The contact of the delegation is saved."),
        to=lambda _saved: _address(desk, pk),
        template="desk/form.html",
        context={
            "heading": gettext("Contact of the delegation"),
            "back": _address(desk, pk),
            "back_name": str(found.organisation),
        },
    )
