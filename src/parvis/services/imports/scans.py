"""Takes in what hand scanners recorded: one row is one passage, known by an id made from what it says."""

from __future__ import annotations

from datetime import datetime
from uuid import NAMESPACE_URL, UUID, uuid5

from parvis.domain.badges import normalise_badge_code
from parvis.domain.imports import ImportRow, RowPlan, UnknownBadge, UnknownCheckpoint, UnknownScan
from parvis.domain.onsite import Direction, Verdict
from parvis.domain.onsite.passages import UNDO_DIRECTION, Passage, check_undo, standing
from parvis.domain.onsite.verdicts import Holder, verdict_for
from parvis.domain.references import normalise_reference
from parvis.domain.registrations import RegistrationStatus
from parvis.domain.text import fold
from parvis.models import Badge, Checkpoint, Intervention, Registration, Scan
from parvis.queries.onsite_members import organisations_counted_as_members, speakers_by_session
from parvis.services.checkpoints import missing_checkpoints
from parvis.services.imports.participants import Registrations
from parvis.services.imports.workspace import Workspace

Key = tuple[int, int]
# What the door may have answered without knowing anybody of this edition by the code.
_OF_NOBODY = frozenset({Verdict.UNKNOWN, Verdict.FORGED, Verdict.WRONG_EDITION})


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
            badge.code: (badge.registration_id, badge.revoked_at is not None)
            for badge in Badge.objects.filter(registration__edition=edition).only(
                "code", "registration_id", "revoked_at"
            )
        }
        self.by_pk = {r.pk: r for r in self.registrations.by_reference.values()}
        self.names = {row.pk or -id(row): row.name for row in rows}
        self.year = edition.starts_on.year if edition.starts_on else 0
        self.members = organisations_counted_as_members(edition)
        self.speakers = speakers_by_session(edition.pk)
        self.known: dict[UUID, Scan] = {}
        self.undone: set[UUID] = set()
        self.passages: dict[Key, dict[UUID, Passage]] = {}
        told = ("checkpoint_id", "registration_id", "verdict", "direction", "scanned_at", "received_at", "undoes_id")
        for scan in Scan.objects.filter(checkpoint__edition=edition).only("pk", *told):
            self.note(scan)

    @classmethod
    def of(cls, workspace: Workspace) -> Door:
        """Return the workspace's own, read at the first use."""
        if "door" not in workspace.shelf:
            workspace.shelf["door"] = cls(workspace)
        shelf: Door = workspace.shelf["door"]
        return shelf

    def note(self, scan: Scan) -> None:
        """Remember a scan: as a passage, or as the end of the passage that it takes back."""
        self.known[scan.pk] = scan
        if scan.undoes_id is not None:
            self.undone.add(scan.undoes_id)
            if scan.undoes_id in self.known:
                self.passages.get(self.key_of(self.known[scan.undoes_id]), {}).pop(scan.undoes_id, None)
            return
        is_somebody = scan.registration_id is not None or scan.registration is not None
        if is_somebody and scan.verdict == Verdict.ADMITTED and scan.pk not in self.undone:
            passage = Passage(Direction(scan.direction), scan.scanned_at, scan.received_at)
            self.passages.setdefault(self.key_of(scan), {})[scan.pk] = passage

    def key_of(self, scan: Scan) -> Key:
        """Return what tells a person at a checkpoint; rows that are not written yet go by where they stand."""
        checkpoint = scan.checkpoint_id or -id(scan.checkpoint)
        return checkpoint, scan.registration_id or -id(scan.registration)

    def checkpoint(self, name: str) -> Checkpoint:
        """Return the door of a code or name, or raise `UnknownCheckpoint`."""
        checkpoint = self.checkpoints.get(name) or self.checkpoints.get(fold(name))
        if checkpoint is None:
            codes = sorted({c.code for c in self.checkpoints.values()})
            raise UnknownCheckpoint(name=name, checkpoints=", ".join(codes[:12]), field="checkpoint")
        return checkpoint

    def registration(self, code: str) -> tuple[Registration, bool]:
        """Return whose badge or reference it is and whether the badge was replaced, or raise `UnknownBadge`."""
        by_badge = self.badges.get(normalise_badge_code(code) or "")
        if by_badge is not None:
            return self.by_pk[by_badge[0]], by_badge[1]
        known = self.registrations.by_external.get(code)
        reference = normalise_reference(code)
        known = known or (self.registrations.by_reference.get(reference) if reference else None)
        if known is None:
            raise UnknownBadge(code=code, field="badge_code")
        return known, False

    def is_member(self, checkpoint: Checkpoint, registration: Registration) -> bool:
        """Tell whether somebody may enter a session for members (`queries.onsite_members.comes_as_member`)."""
        organisation = registration.organisation_id or -id(registration.organisation)
        of_this_import = self.workspace.shelf.get("memberships", set())
        if organisation in self.members or (organisation, self.year) in of_this_import:
            return True
        person_id, session = registration.person_id, checkpoint.session
        if session is not None and person_id and person_id in self.speakers.get(session.pk, set()):
            return True
        return any(
            isinstance(row, Intervention) and row.session is session and row.person is registration.person
            for row in self.workspace.new[Intervention]
        )

    def verdict(
        self, checkpoint: Checkpoint, registration: Registration, *, badge_revoked: bool, direction: Direction, key: Key
    ) -> Verdict:
        """Return what the door's rule answers."""
        members_only = checkpoint.session is not None and checkpoint.session.members_only
        return verdict_for(
            holder=Holder(
                cancelled=registration.status == RegistrationStatus.CANCELLED,
                badge_revoked=badge_revoked,
                is_member=members_only and self.is_member(checkpoint, registration),
            ),
            members_only=members_only,
            standing=standing(self.passages.get(key, {}).values()),
            direction=direction,
        )


def take_scan(workspace: Workspace, row: ImportRow, plan: RowPlan) -> None:
    """Plan one passage. The same row brought twice is the same scan; what the door answered is kept where the row
    says it, and worked out by the door's own rule where it does not."""
    v = row.values
    door = Door.of(workspace)
    code = str(v.get("badge_code") or v.get("external_reference") or "")
    checkpoint = door.checkpoint(str(v["checkpoint"]))
    moment = v["scanned_at"]
    if not isinstance(moment, datetime):  # pragma: no cover - the column is required and typed
        raise TypeError("scanned_at")
    scanned_at = workspace.aware(moment)
    device = str(v.get("device") or "")
    direction = Direction(str(v.get("direction") or Direction.IN))
    said = Verdict(str(v["verdict"])) if v.get("verdict") else None
    undoes = str(v.get("undoes") or "")
    plan.label = f"{code} {checkpoint.code}"
    scan_id = _scan_id(str(v.get("scan_id") or ""), checkpoint, code, scanned_at, device, direction)
    if scan_id in door.known:
        return
    try:
        registration, badge_revoked = door.registration(code)
    except UnknownBadge:
        if said not in _OF_NOBODY:
            raise
        registration, badge_revoked = None, False
    scan = Scan(
        id=scan_id,
        checkpoint=checkpoint,
        registration=registration,
        code=code[:120],
        direction=direction,
        scanned_at=scanned_at,
        received_at=workspace.now,
        device=device,
    )
    if undoes:
        _take_back(door, scan, undoes)
    elif said is not None or registration is None:
        scan.verdict = str(said)
    else:
        scan.verdict = door.verdict(
            checkpoint, registration, badge_revoked=badge_revoked, direction=direction, key=door.key_of(scan)
        )
    workspace.add(scan)
    door.note(scan)
    plan.created()


def _take_back(door: Door, scan: Scan, undoes: str) -> None:
    """Make a scan the undo of another. Raises `UnknownScan`, or what says why that one cannot be taken back."""
    try:
        taken_back = door.known.get(UUID(undoes))
    except ValueError:
        taken_back = None
    if taken_back is None:
        raise UnknownScan(scan=undoes, field="undoes")
    check_undo(
        verdict=Verdict(taken_back.verdict),
        is_undo=taken_back.undoes_id is not None,
        is_undone=taken_back.pk in door.undone,
        same_door=door.key_of(taken_back)[0] == door.key_of(scan)[0],
        door=door.names[door.key_of(taken_back)[0]],
    )
    scan.undoes_id = taken_back.pk
    scan.verdict, scan.direction = str(Verdict.ADMITTED), str(UNDO_DIRECTION)


def _scan_id(given: str, checkpoint: Checkpoint, code: str, scanned_at: datetime, device: str, direction: str) -> UUID:
    """Return the id that the device made, or one made of what the row says, so that a row is one scan for ever."""
    try:
        return UUID(given)
    except ValueError:
        said = "|".join((str(checkpoint.guid), code, scanned_at.isoformat(), device, direction))
        return uuid5(NAMESPACE_URL, f"parvis:scan:{said}")
