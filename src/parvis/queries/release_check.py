"""Which rules of the timetable the public's programme would break if it were published now."""

from __future__ import annotations

from dataclasses import dataclass

from parvis.domain.access import Actor, Permission
from parvis.domain.programme.placement import EditionHasNoDays
from parvis.domain.programme.sessions import SessionStatus
from parvis.domain.timetable.publishing import Timetabled, remaining
from parvis.domain.timetable.verdicts import Violation
from parvis.models import Session
from parvis.queries.timetable import Timetable, build_timetable


@dataclass(frozen=True, slots=True)
class ReleaseCheck:
    """The rules that are broken, hard ones first; `timetable` says which row stands behind each key."""

    violations: list[Violation]
    timetable: Timetable | None = None

    @property
    def hard(self) -> list[Violation]:
        """The hard rules among them."""
        return [violation for violation in self.violations if violation.hard]

    @property
    def wishes(self) -> list[Violation]:
        """The wishes among them, the dearest first."""
        return sorted((found for found in self.violations if not found.hard), key=lambda found: -found.cost)


def check_release(edition_id: int) -> ReleaseCheck:
    """Return what publishing now would show with rules broken. A constant number of queries.

    Drafts and cancelled sessions are not judged (`domain.timetable.publishing`); before the edition has days, nothing
    is. Raises `Edition.DoesNotExist`.
    """
    try:
        timetable = build_timetable(edition_id)
    except EditionHasNoDays:
        return ReleaseCheck([])
    confirmed = Session.objects.filter(edition_id=edition_id, status=SessionStatus.CONFIRMED)
    shown = frozenset(confirmed.values_list("code", flat=True))
    whole = Timetabled(timetable.problem, timetable.rules, timetable.placements)
    return ReleaseCheck(remaining(whole, shown), timetable)


def access_release_check(actor: Actor, *, edition_id: int) -> ReleaseCheck:
    """Return `check_release` for the desk. Raises `NotAllowed`, `Edition.DoesNotExist`."""
    actor.require(Permission.READ_DESK)
    return check_release(edition_id)
