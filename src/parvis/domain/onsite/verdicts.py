"""What the door answers: one rule, for those who scan now and for scans that a file brings later."""

from __future__ import annotations

from dataclasses import dataclass

from parvis.domain.onsite import Direction, Verdict
from parvis.domain.refusals import N_

# What is neither a passage nor a second reading of one.
REFUSING: frozenset[Verdict] = frozenset(Verdict) - {Verdict.ADMITTED, Verdict.ALREADY_IN}

VERDICT_ADVICE: dict[Verdict, str] = {
    Verdict.ADMITTED: "",
    Verdict.ALREADY_IN: N_("This person was scanned here before. If it is somebody else, ask for their name."),
    Verdict.CANCELLED: N_("Send them to the welcome desk: the registration can be taken up again there."),
    Verdict.REVOKED: N_("Ask for the new badge, or find the person by name."),
    Verdict.NOT_MEMBER: N_("This session is for the members of the federation. Show them what else is on now."),
    Verdict.WRONG_EDITION: N_("They are registered for another edition. Search by name, or register them now."),
    Verdict.UNKNOWN: N_("Nobody is known by this code. Search by name, or register them now."),
    Verdict.FORGED: N_("Check the code letter by letter, or search by name."),
}


@dataclass(frozen=True, slots=True)
class Holder:
    """What the door knows of whoever a code means.

    `badge_revoked` is about the very code that was read. `is_member` is only asked at a door for members: whether the
    organisation is a member this year, is the federation itself, or the person takes the floor there.
    """

    of_this_edition: bool = True
    cancelled: bool = False
    badge_revoked: bool = False
    is_member: bool = False


def verdict_for(
    *,
    holder: Holder | None,
    forged: bool = False,
    members_only: bool = False,
    standing: Direction | None = None,
    direction: Direction = Direction.IN,
) -> Verdict:
    """Return the verdict on one reading at one checkpoint.

    `holder` is None when nobody is known by the code; then `forged` says that it has the shape of our codes without
    our signature. `standing` is which way this person went through this checkpoint last (`passages.standing`).

    On the way in: another edition, a cancelled registration, a badge that was replaced and, at a door for members,
    a stranger are refused, in this order; who stands inside already is told so. On the way out nobody is held back:
    only those who left already are told so. "Already scanned" is thus always the same way twice, at the same
    checkpoint: coming back after leaving is admitted, and another checkpoint knows nothing of it.
    """
    if holder is None:
        return Verdict.FORGED if forged else Verdict.UNKNOWN
    if not holder.of_this_edition:
        return Verdict.WRONG_EDITION
    if direction is Direction.IN:
        if holder.cancelled:
            return Verdict.CANCELLED
        if holder.badge_revoked:
            return Verdict.REVOKED
        if members_only and not holder.is_member:
            return Verdict.NOT_MEMBER
    return Verdict.ALREADY_IN if standing is direction else Verdict.ADMITTED
