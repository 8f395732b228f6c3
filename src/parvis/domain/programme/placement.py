"""What must hold before a session is placed, whatever the timetable's rules (`domain.timetable`) say of it."""

from __future__ import annotations

from datetime import timedelta

from parvis.domain.refusals import N_, Refusal

LONGEST = timedelta(hours=14)


class EditionHasNoDays(Refusal):
    """Nothing is placed before the days are known."""

    sentence = N_("The edition has no dates yet: set them before you place sessions.")


class SessionMustLast(Refusal):
    """A session lasts from one minute to fourteen hours."""

    sentence = N_("A session lasts at least one minute and at most fourteen hours.")


class DebateTooLong(Refusal):
    """The debate is a part of the session."""

    sentence = N_("The debate cannot last longer than the session, which lasts %(length)s minutes.")


class MandateOfAnother(Refusal):
    """One speaks as what one is oneself."""

    sentence = N_("This mandate belongs to somebody else.")


class SessionWasPublic(Refusal):
    """What the public has read of is cancelled, not made to vanish."""

    sentence = N_("“%(title)s” has been published: cancel it instead, so that those who planned to come are told.")


class SessionIsCancelled(Refusal):
    """A cancelled session is restored before it is placed."""

    sentence = N_("“%(title)s” is cancelled. Restore it before you place it.")


def check_length(duration_min: int, debate_min: int = 0) -> None:
    """Raise `SessionMustLast` or `DebateTooLong` for minutes that no session can have."""
    if not timedelta() < timedelta(minutes=duration_min) <= LONGEST:
        raise SessionMustLast(field="duration_min")
    if debate_min > duration_min:
        raise DebateTooLong(length=duration_min, field="debate_min")
