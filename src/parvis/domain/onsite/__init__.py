"""The door: checkpoints, verdicts, directions."""

from __future__ import annotations

from enum import StrEnum

from parvis.domain.refusals import N_


class CheckpointKind(StrEnum):
    """What a checkpoint guards."""

    ENTRANCE = "entrance"
    SESSION = "session"


CHECKPOINT_KIND_NAMES: dict[CheckpointKind, str] = {
    CheckpointKind.ENTRANCE: N_("Entrance"),
    CheckpointKind.SESSION: N_("Session"),
}


class Verdict(StrEnum):
    """What the door answers to a code."""

    ADMITTED = "admitted"
    ALREADY_IN = "already_in"
    CANCELLED = "cancelled"
    REVOKED = "revoked"
    NOT_MEMBER = "not_member"
    WRONG_EDITION = "wrong_edition"
    UNKNOWN = "unknown"
    FORGED = "forged"


VERDICT_NAMES: dict[Verdict, str] = {
    Verdict.ADMITTED: N_("Come in"),
    Verdict.ALREADY_IN: N_("Already scanned"),
    Verdict.CANCELLED: N_("Registration cancelled"),
    Verdict.REVOKED: N_("Badge replaced by a newer one"),
    Verdict.NOT_MEMBER: N_("For members only"),
    Verdict.WRONG_EDITION: N_("Badge of another edition"),
    Verdict.UNKNOWN: N_("Unknown code"),
    Verdict.FORGED: N_("Not one of our codes"),
}


class Direction(StrEnum):
    """Which way somebody passes a checkpoint."""

    IN = "in"
    OUT = "out"
