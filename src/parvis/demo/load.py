"""Loads the demo edition as an organiser would: sheet after sheet through the import, then release and communiqué."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from django.db import transaction

from parvis.demo.accounts import DELEGATION_OF, DEMO_ACCOUNTS
from parvis.domain.access import Actor, system_actor
from parvis.domain.imports import Outcome, SheetPlan
from parvis.domain.refusals import Refusal
from parvis.ingest.import_sheets import import_sheets_of
from parvis.ingest.sheets import open_file
from parvis.queries.communiques import list_published
from parvis.queries.editions import find_edition_id
from parvis.queries.organisations import find_organisation_id
from parvis.services.accounts import create_account, grant_role
from parvis.services.checkpoints import create_checkpoints
from parvis.services.communiques import approve_communique, draft_communique, publish_communique
from parvis.services.delegations import name_contact
from parvis.services.figures import take_snapshot
from parvis.services.imports.plan import apply_import, plan_import
from parvis.services.releases import publish_release

FOLDER = Path(__file__).parent / "rencontres-2023"
EDITION = "2023"
# Kinds by the number that begins a file's name: an organiser would choose them in a list.
KINDS = {
    "00": "federation",
    "01": "editions",
    "02": "organisations",
    "03": "people",
    "04": "groups",
    "05": "rooms",
    "06": "sessions",
    "07": "partners",
    "08": "honours",
    "09": "participants",
    "10": "interventions",
    "11": "scans",
}
MORNING_AFTER = datetime(2023, 9, 20, 9, 0, tzinfo=ZoneInfo("Europe/Paris"))
Progress = Callable[[str, int, int], None]


class DemoFileRefused(Exception):
    """A file of the demo is refused: the files and the code do not fit, and the message says where."""


def is_loaded() -> bool:
    """Tell whether the demo is there, whole: its press release is the last thing that is made."""
    return list_published(EDITION).exists()


def _refused(path: Path, plans: list[SheetPlan]) -> str:
    lines = [f"{path.name}:"]
    for plan in plans:
        for row in plan.rows:
            if row.outcome == Outcome.REFUSED:
                lines += [f"  row {row.number} {column} {value!r}: {reason}" for column, value, reason in row.reasons]
    return "\n".join(lines[:20])


def import_file(path: Path, *, actor: Actor, kind: str, progress: Progress) -> None:
    """Bring one file through the import, as the desk does: open, plan, apply. Raises `DemoFileRefused`."""
    opened = open_file(path.read_bytes(), path.name, kind=kind)
    sheets = import_sheets_of(opened)
    edition_id = find_edition_id(EDITION) if kind not in {"federation", "editions"} else None
    try:
        apply_import(
            actor=actor,
            sheets=sheets,
            edition_id=edition_id,
            filename=path.name,
            now=MORNING_AFTER,
            progress=lambda done, total: progress(path.name, done, total),
        )
    except Refusal as refusal:
        plans = plan_import(actor=actor, sheets=sheets, edition_id=edition_id, now=MORNING_AFTER)
        raise DemoFileRefused(f"{refusal}\n{_refused(path, plans)}") from refusal


def load_demo(*, folder: Path = FOLDER, progress: Progress = lambda name, done, total: None) -> int:
    """Load everything and return the number of the published press release. One transaction: whole or not at all."""
    actor = system_actor("demo", channel="demo")
    with transaction.atomic():
        for path in sorted(folder.glob("[0-9][0-9]-*.*")):
            import_file(path, actor=actor, kind=KINDS[path.name[:2]], progress=progress)
        edition_id = find_edition_id(EDITION)
        create_checkpoints(actor=actor, edition_id=edition_id, now=MORNING_AFTER)
        for account in DEMO_ACCOUNTS:
            made = create_account(actor=actor, email=account.email, name=account.name, now=MORNING_AFTER)
            for role in account.roles:
                grant_role(actor=actor, account_id=made.pk, role=role, now=MORNING_AFTER)
        contact = next(account for account in DEMO_ACCOUNTS if account.purpose == "delegation contact")
        name_contact(
            actor=actor,
            edition_id=edition_id,
            organisation_id=find_organisation_id(DELEGATION_OF),
            name=contact.name,
            email=contact.email,
            now=MORNING_AFTER,
        )
        progress("figures", 0, 1)
        snapshot = take_snapshot(
            actor=actor, edition_id=edition_id, note="Au lendemain des Rencontres", now=MORNING_AFTER
        )
        progress("figures", 1, 1)
        communique = draft_communique(
            actor=actor, edition_id=edition_id, dated_on=date(2023, 9, 20), snapshot_id=snapshot.pk, now=MORNING_AFTER
        )
        communique = approve_communique(actor=actor, communique_id=communique.pk, now=MORNING_AFTER)
        communique = publish_communique(actor=actor, communique_id=communique.pk, now=MORNING_AFTER)
        progress("site", 0, 1)
        publish_release(actor=actor, edition_id=edition_id, note="Première publication", now=MORNING_AFTER)
        progress("site", 1, 1)
    return communique.number
