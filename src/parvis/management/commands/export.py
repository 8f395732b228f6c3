"""`./parvis export`: writes the desk's lists as one workbook, which the import accepts again."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import override

from parvis.domain.access import Actor, system_actor
from parvis.domain.refusals import Refusal
from parvis.exports import lists
from parvis.exports.onsite import scan_rows
from parvis.exports.refusals import say
from parvis.exports.spreadsheets import Row, write_workbook
from parvis.queries import desk_network, desk_onsite, desk_programme, desk_registrations
from parvis.queries.desk_editions import DeskEdition, desk_edition

KINDS = (
    "organisations",
    "people",
    "groups",
    "rooms",
    "sessions",
    "interventions",
    "partners",
    "participants",
    "scans",
)


def rows_of(kind: str, actor: Actor, edition: DeskEdition) -> Iterable[Row]:
    """Return all rows of one kind of sheet for an edition."""
    sessions = desk_programme.SessionFilters()
    scope: dict[str, Any] = {"edition_id": edition.pk}
    if kind == "organisations":
        found = desk_network.access_organisations_to_export(actor, filters=desk_network.OrganisationFilters(), **scope)
        return lists.organisation_rows(found)
    if kind == "people":
        everybody = desk_network.access_people_to_export(actor, filters=desk_network.PeopleFilters(), **scope)
        return lists.people_rows(everybody)
    if kind == "groups":
        return lists.group_rows(desk_network.list_groups(actor))
    if kind == "rooms":
        return lists.room_rows(desk_programme.list_rooms(actor, venue_id=edition.venue_id, **scope))
    if kind == "sessions":
        found = desk_programme.access_sessions_to_export(actor, filters=sessions, zone=edition.zone, **scope)
        return lists.session_rows(found, edition.zone)
    if kind == "interventions":
        found = desk_programme.access_interventions_to_export(actor, filters=sessions, zone=edition.zone, **scope)
        return lists.intervention_rows(found)
    if kind == "partners":
        return lists.partner_rows(desk_network.list_partners(actor, **scope))
    if kind == "scans":
        return scan_rows(desk_onsite.access_scans_to_export(actor, filters=desk_onsite.ScanFilters(), **scope))
    registered = desk_registrations.access_registrations_to_export(
        actor, filters=desk_registrations.RegistrationFilters(), **scope
    )
    return lists.participant_rows(registered)


class Command(BaseCommand):
    """Exports one sheet or several into one file."""

    help = "Writes an XLSX of the edition's lists; `./parvis import` accepts it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the edition, the sheets and the file."""
        parser.add_argument("file", type=Path, metavar="FILE.xlsx", help="the file to write")
        parser.add_argument("--edition", help="what stands in the edition's address, such as 2023; the current one")
        parser.add_argument("--kind", action="append", choices=KINDS, help="a sheet; may be given again; all of them")
        parser.add_argument("--lang", choices=["fr", "en"], default="fr", help="language of the headers and words")
        parser.add_argument("--force", action="store_true", help="replace the file if it exists")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the workbook whole, or nothing."""
        path: Path = options["file"]
        if path.suffix.lower() != ".xlsx":
            raise CommandError(f"{path.name}: the file is an XLSX workbook; give it a name that ends in .xlsx.")
        if path.exists() and not options["force"]:
            raise CommandError(f"{path} exists already; add --force to replace it.")
        actor = system_actor("command line", channel="command")
        with override(options["lang"]):
            try:
                edition = desk_edition(actor, slug=options["edition"])
                kinds = [kind for kind in KINDS if kind in (options["kind"] or KINDS)]
                found = [(kind, list(rows_of(kind, actor, edition))) for kind in kinds]
                sheets = [sheet for sheet in found if sheet[1]] or found  # the import refuses a sheet without rows
            except Refusal as refusal:
                raise CommandError(say(refusal)) from None
            content = write_workbook(sheets, options["lang"], zone=edition.zone)
        unfinished = path.with_name(f".{path.name}.part")
        try:
            unfinished.write_bytes(content)
            unfinished.replace(path)
        except OSError as error:
            unfinished.unlink(missing_ok=True)
            raise CommandError(f"{path} cannot be written: {error.strerror}.") from None
        for kind, rows in found:
            self.stdout.write(f"{kind}: {len(rows)} rows")
        self.stdout.write(f"Written to {path}.")
