"""The door at the desk: what each checkpoint counted, every scan, and the doors themselves."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST, require_safe

from parvis.domain.access import Permission
from parvis.domain.onsite import VERDICT_NAMES, Direction, Verdict
from parvis.domain.refusals import N_
from parvis.exports.onsite import scan_rows
from parvis.queries import desk_onsite
from parvis.queries.onsite_scans import mandate_of
from parvis.services.checkpoints import create_checkpoints
from parvis.web.desk import listing
from parvis.web.desk.frame import Desk, desk_page

READ = Permission.READ_DESK
ANSWERS = {**VERDICT_NAMES, Verdict.ADMITTED: N_("Admitted")}  # "come in" is said at the door
TINTS = {Verdict.ADMITTED: "tint-olive", Verdict.ALREADY_IN: "tint-gold"}


@require_safe
@desk_page(READ)
def doors(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Show the checkpoints with people admitted, people inside and refusals by reason."""
    counts = desk_onsite.count_at_doors(desk.actor, edition_id=desk.edition.pk, zone=desk.zone)
    return render(
        request,
        "desk/onsite/doors.html",
        {
            "counts": counts,
            "rows": [
                (door, [(gettext(VERDICT_NAMES[verdict]), number) for verdict, number in door.refused])
                for door in counts.doors
            ],
            "refused": counts.refused.total(),
            "may_make": desk.actor.may(Permission.EDIT_PROGRAMME),
            "may_scan": desk.actor.may(Permission.SCAN),
        },
    )


@require_POST
@desk_page(Permission.EDIT_PROGRAMME)
def make(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Make the doors that are missing."""
    made = create_checkpoints(actor=desk.actor, edition_id=desk.edition.pk)
    if made:
        said = ngettext("%(number)s door was made.", "%(number)s doors were made.", made) % {"number": made}
        messages.success(request, said)
    else:
        messages.info(request, gettext("Nothing was missing: every day and every confirmed session has its door."))
    return redirect("desk:door", desk.edition.slug)


@require_safe
@desk_page(READ)
def scans(request: HttpRequest, desk: Desk) -> HttpResponse:
    """List the scans, the latest first, or give them as the spreadsheet that the import accepts (`?export=xlsx`)."""
    filters = listing.read_filters(desk_onsite.ScanFilters, request.GET)
    edition = desk.edition
    if request.GET.get("export"):
        found = desk_onsite.access_scans_to_export(desk.actor, edition_id=edition.pk, filters=filters)
        return listing.spreadsheet(request, "scans", scan_rows(found), name=f"scans-{edition.slug}", zone=desk.zone)
    page = desk_onsite.list_scans(
        desk.actor, edition_id=edition.pk, filters=filters, page=listing.read_page(request.GET)
    )
    return render(
        request,
        "desk/onsite/scans.html",
        {
            "page": page,
            "rows": [
                (
                    row,
                    gettext(ANSWERS[Verdict(row.verdict)]),
                    TINTS.get(Verdict(row.verdict), "tint-brick"),
                    mandate_of(row.registration) if row.registration is not None else "",
                    row.direction == Direction.OUT,
                    getattr(row, "undone_by", None),
                )
                for row in page
            ],
            "filters": filters,
            "narrowed": listing.narrowed(filters),
            "export": listing.query_of(filters, export="xlsx"),
            "zone": desk.zone,
            "selects": [
                listing.one_of_said(
                    "checkpoint", gettext("Checkpoint"), desk_onsite.list_door_names(edition.pk), filters.checkpoint
                ),
                listing.one_of("verdict", gettext("Answer"), ANSWERS, filters.verdict),
            ],
        },
    )
