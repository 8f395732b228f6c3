"""Lists of organisations, people, groups and partners."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from parvis.domain.access import Permission
from parvis.domain.network.countries import country_name
from parvis.domain.network.kinds import GROUP_KIND_NAMES, ORGANISATION_KIND_NAMES, OrganisationKind
from parvis.domain.partners import PARTNER_KIND_NAMES
from parvis.domain.people.persons import GENDER_NAMES, MANDATE_FUNCTION_NAMES
from parvis.domain.refusals import N_
from parvis.exports import lists
from parvis.queries import desk_network as queries
from parvis.web.desk import listing
from parvis.web.desk.frame import Desk, desk_page

READ = Permission.READ_DESK
_ORGANISATIONS_HERE = {"registered": N_("Registered for this edition"), "members": N_("Members, whatever the year")}
_PEOPLE_HERE = {"speakers": N_("Speaks at this edition"), "registered": N_("Registered for this edition")}


@require_safe
@desk_page(READ)
def organisations(request: HttpRequest, desk: Desk) -> HttpResponse:
    """List the organisations, or give them as a spreadsheet (`?export=xlsx`)."""
    filters = listing.read_filters(queries.OrganisationFilters, request.GET)
    if request.GET.get("export"):
        rows = queries.access_organisations_to_export(desk.actor, edition_id=desk.edition.pk, filters=filters)
        return listing.spreadsheet(request, "organisations", lists.organisation_rows(rows), name="organisations")
    page = queries.list_organisations(
        desk.actor, edition_id=desk.edition.pk, filters=filters, page=listing.read_page(request.GET)
    )
    kinds: dict[str, str] = {"french": N_("French authorities, all kinds")}
    kinds.update({str(kind): name for kind, name in ORGANISATION_KIND_NAMES.items()})
    spoken = listing.language()
    return render(
        request,
        "desk/lists/organisations.html",
        {
            "page": page,
            "rows": [
                (row, gettext(ORGANISATION_KIND_NAMES[OrganisationKind(row.kind)]), country_name(row.country, spoken))
                for row in page
            ],
            "filters": filters,
            "narrowed": listing.narrowed(filters),
            "export": listing.query_of(filters, export="xlsx"),
            "selects": [
                listing.one_of("kind", gettext("Kind"), kinds, filters.kind),
                listing.country_filter(filters.country),
                listing.one_of("here", gettext("Here"), _ORGANISATIONS_HERE, filters.here),
            ],
            "may_edit": desk.actor.may(Permission.EDIT_NETWORK),
        },
    )


@require_safe
@desk_page(READ)
def people(request: HttpRequest, desk: Desk) -> HttpResponse:
    """List the people, or give them as a spreadsheet, a row for each mandate."""
    filters = listing.read_filters(queries.PeopleFilters, request.GET)
    if request.GET.get("export"):
        rows = queries.access_people_to_export(desk.actor, edition_id=desk.edition.pk, filters=filters)
        return listing.spreadsheet(request, "people", lists.people_rows(rows), name="people")
    page = queries.list_people(
        desk.actor, edition_id=desk.edition.pk, filters=filters, page=listing.read_page(request.GET)
    )
    genders = {str(key) or "none": name for key, name in GENDER_NAMES.items()}
    return render(
        request,
        "desk/lists/people.html",
        {
            "page": page,
            "rows": [(row, [str(mandate) for mandate in row.mandates.all()]) for row in page],
            "filters": filters,
            "narrowed": listing.narrowed(filters),
            "export": listing.query_of(filters, export="xlsx"),
            "selects": [
                listing.one_of("here", gettext("Here"), _PEOPLE_HERE, filters.here),
                listing.one_of("function", gettext("Function"), MANDATE_FUNCTION_NAMES, filters.function),
                listing.one_of("gender", gettext("Gender"), genders, filters.gender),
            ],
            "may_edit": desk.actor.may(Permission.EDIT_NETWORK),
        },
    )


@require_safe
@desk_page(READ)
def groups(request: HttpRequest, desk: Desk) -> HttpResponse:
    """List the groups with those who preside them."""
    rows = queries.list_groups(desk.actor)
    if request.GET.get("export"):
        return listing.spreadsheet(request, "groups", lists.group_rows(rows), name="groups")
    spoken = listing.language()
    return render(
        request,
        "desk/lists/groups.html",
        {
            "rows": [
                (row, gettext(GROUP_KIND_NAMES[row.kind]), [country_name(code, spoken) for code in row.countries])
                for row in rows
            ],
            "may_edit": desk.actor.may(Permission.EDIT_NETWORK),
        },
    )


@require_safe
@desk_page(READ)
def partners(request: HttpRequest, desk: Desk) -> HttpResponse:
    """List the partners with the mention that each requires."""
    rows = queries.list_partners(desk.actor, edition_id=desk.edition.pk)
    if request.GET.get("export"):
        return listing.spreadsheet(request, "partners", lists.partner_rows(rows), name="partners")
    return render(
        request,
        "desk/lists/partners.html",
        {
            "rows": [(row, gettext(PARTNER_KIND_NAMES[row.kind])) for row in rows],
            "may_edit": desk.actor.may(Permission.EDIT_NETWORK),
        },
    )
