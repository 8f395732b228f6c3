"""Takes in what hand scanners recorded: one row is one passage, known by an id made from what it says."""

from __future__ import annotations

from datetime import datetime
from uuid import NAMESPACE_URL, UUID, uuid5

from parvis.domain.badges import normalise_badge_code
from parvis.domain.imports import ImportRow, RowPlan, UnknownBadge, UnknownCheckpoint
from parvis.domain.onsite import Direction, Verdict
from parvis.domain.references import normalise_reference
from parvis.domain.registrations import RegistrationStatus
from parvis.domain.text import fold
from parvis.models import Badge, Checkpoint, Registration, Scan
from parvis.services.checkpoints import missing_checkpoints
from parvis.services.imports.participants import Registrations
from parvis.services.imports.workspace import Workspace


class Door:
    """The edition's doors, badges and scans; read in a few queries."""

    def __init__(self, workspace: Workspace) -> None:
        edition = workspace.edition
        if edition is None:  # pragma: no cover - plan.py asks for the edition first
            raise ValueError("scans belong to an edition")
        self.workspace = workspace
        rows = list(Checkpoint.objects.filter(edition=edition).select_related("session"))
        rows += [workspace.add(checkpoint) for checkpoint in missing_checkpoints(edition)]
        self.checkpoints: dict[str, Checkpoint] = {}
        for checkpoint in rows:
            self.checkpoints[checkpoint.code] = checkpoint
            for name in (checkpoint.name_fr, checkpoint.name_en):
                self.checkpoints.setdefault(fold(name or ""), checkpoint)
        self.registrations = Registrations.of(workspace)
        self.badges = {
            badge.code: badge.registration_id
            for badge in Badge.objects.filter(registration__edition=edition).only("code", "registration_id")
        }
        self.by_pk = {r.pk: r for r in self.registrations.by_reference.values()}
        self.known = set(Scan.objects.filter(checkpoint__edition=edition).values_list("pk", flat=True))
        self.admitted = set(
            Scan.objects.filter(
                checkpoint__edition=edition, verdict=Verdict.ADMITTED, direction=Direction.IN, undone_by__isnull=True
            ).values_list("checkpoint_id", "registration_id")
        )

    @classmethod
    def of(cls, workspace: Workspace) -> Door:
        """Return the workspace's own, read at the first use."""
        if "door" not in workspace.shelf:
            workspace.shelf["door"] = cls(workspace)
        shelf: Door = workspace.shelf["door"]
        return shelf

    def checkpoint(self, name: str) -> Checkpoint:
        """Return the door of a code or name, or raise `UnknownCheckpoint`."""
        checkpoint = self.checkpoints.get(name) or self.checkpoints.get(fold(name))
        if checkpoint is None:
            codes = sorted({c.code for c in self.checkpoints.values()})
            raise UnknownCheckpoint(name=name, checkpoints=", ".join(codes[:12]), field="checkpoint")
        return checkpoint

    def registration(self, code: str) -> Registration:
        """Return whose badge or reference it is, or raise `UnknownBadge`."""
        by_badge = self.badges.get(normalise_badge_code(code) or "")
        if by_badge is not None:
            return self.by_pk[by_badge]
        known = self.registrations.by_external.get(code)
        reference = normalise_reference(code)
        known = known or (self.registrations.by_reference.get(reference) if reference else None)
        if known is None:
            raise UnknownBadge(code=code, field="badge_code")
        return known


def take_scan(workspace: Workspace, row: ImportRow, plan: RowPlan) -> None:
    """Plan one passage. The same row brought twice is the same scan; who is admitted already is noted as such."""
    v = row.values
    door = Door.of(workspace)
    code = str(v.get("badge_code") or v.get("external_reference") or "")
    checkpoint = door.checkpoint(str(v["checkpoint"]))
    moment = v["scanned_at"]
    if not isinstance(moment, datetime):  # pragma: no cover - the column is required and typed
        raise TypeError("scanned_at")
    scanned_at = workspace.aware(moment)
    device = str(v.get("device") or "")
    direction = str(v.get("direction") or Direction.IN)
    plan.label = f"{code} {checkpoint.code}"
    registration = door.registration(code)
    scan_id = _scan_id(str(v.get("scan_id") or ""), checkpoint, code, scanned_at, device, direction)
    if scan_id in door.known:
        return
    door.known.add(scan_id)
    key = (checkpoint.pk or -id(checkpoint), registration.pk or -id(registration))
    if registration.status == RegistrationStatus.CANCELLED:
        verdict = Verdict.CANCELLED
    elif direction == Direction.IN and key in door.admitted:
        verdict = Verdict.ALREADY_IN
    else:
        verdict = Verdict.ADMITTED
    if verdict == Verdict.ADMITTED and direction == Direction.IN:
        door.admitted.add(key)
    workspace.add(
        Scan(
            id=scan_id,
            checkpoint=checkpoint,
            registration=registration,
            code=code[:120],
            verdict=verdict,
            direction=direction,
            scanned_at=scanned_at,
            received_at=workspace.now,
            device=device,
        )
    )
    plan.created()


def _scan_id(given: str, checkpoint: Checkpoint, code: str, scanned_at: datetime, device: str, direction: str) -> UUID:
    """Return the id that the device made, or one made of what the row says, so that a row is one scan for ever."""
    try:
        return UUID(given)
    except ValueError:
        said = "|".join((str(checkpoint.guid), code, scanned_at.isoformat(), device, direction))
        return uuid5(NAMESPACE_URL, f"parvis:scan:{said}")
