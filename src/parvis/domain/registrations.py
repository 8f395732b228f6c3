"""Registrations: states, categories and where a registration came from."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from parvis.domain.editions import EDITION_STATUS_NAMES, EditionStatus
from parvis.domain.refusals import N_, Refusal


class RegistrationStatus(StrEnum):
    """Where a registration stands. Deleting is a state with a date; erasing is another matter."""

    PENDING = "pending"
    CONFIRMED = "confirmed"
    CANCELLED = "cancelled"


REGISTRATION_STATUS_NAMES: dict[RegistrationStatus, str] = {
    RegistrationStatus.PENDING: N_("Awaiting confirmation"),
    RegistrationStatus.CONFIRMED: N_("Confirmed"),
    RegistrationStatus.CANCELLED: N_("Cancelled"),
}

# Those who are counted as "registered" (figures): confirmed or awaiting; a cancelled one is not.
COUNTED_STATUSES: frozenset[RegistrationStatus] = frozenset({RegistrationStatus.PENDING, RegistrationStatus.CONFIRMED})


class CategoryKind(StrEnum):
    """What a participant comes as (R7)."""

    ELECTED = "elected"
    STAFF = "staff"
    FOREIGN_DELEGATION = "foreign_delegation"
    EMBASSY = "embassy"
    STATE = "state"
    PARTNER = "partner"
    SPEAKER = "speaker"
    PRESS = "press"
    STUDENT = "student"
    GUEST = "guest"
    TEAM = "team"


CATEGORY_KIND_NAMES: dict[CategoryKind, str] = {
    CategoryKind.ELECTED: N_("Elected official"),
    CategoryKind.STAFF: N_("Local authority staff"),
    CategoryKind.FOREIGN_DELEGATION: N_("Foreign delegation"),
    CategoryKind.EMBASSY: N_("Embassy"),
    CategoryKind.STATE: N_("State services"),
    CategoryKind.PARTNER: N_("Partner"),
    CategoryKind.SPEAKER: N_("Speaker"),
    CategoryKind.PRESS: N_("Press"),
    CategoryKind.STUDENT: N_("Student"),
    CategoryKind.GUEST: N_("Guest"),
    CategoryKind.TEAM: N_("Organising team"),
}


# What the public form offers unless the edition says otherwise; the rest is given by the organisers.
OFFERED: frozenset[CategoryKind] = frozenset(CategoryKind) - {
    CategoryKind.SPEAKER,
    CategoryKind.GUEST,
    CategoryKind.TEAM,
}


class RegistrationSource(StrEnum):
    """Where a registration came from."""

    FORM = "form"
    IMPORT = "import"
    DESK = "desk"
    WALK_IN = "walk_in"


REGISTRATION_SOURCE_NAMES: dict[RegistrationSource, str] = {
    RegistrationSource.FORM: N_("Form on the site"),
    RegistrationSource.IMPORT: N_("Import"),
    RegistrationSource.DESK: N_("Desk"),
    RegistrationSource.WALK_IN: N_("On site"),
}


class RegistrationNotOpen(Refusal):
    """One registers while the edition takes registrations, and not before."""

    sentence = N_("Registration for this edition is not open yet. Come back here once it has been announced.")


class RegistrationOpensLater(Refusal):
    """The window opens at a set time."""

    sentence = N_("Registration opens on %(day)s at %(time)s.")


class RegistrationClosed(Refusal):
    """The window has closed; the welcome desk still registers on site."""

    sentence = N_("Online registration is closed. You can still register at the welcome desk, on site.")


class EditionTakesNobody(Refusal):
    """A cancelled, postponed, held or archived edition registers nobody."""

    sentence = N_("This edition is “%(status)s”: nobody can be registered for it.")


class AlreadyRegistered(Refusal):
    """One person has one live registration per edition."""

    sentence = N_(
        "You are already registered for this edition. The link to your registration is in your confirmation mail; "
        "we can send it again."
    )


class PersonAlreadyRegistered(Refusal):
    """The same, said to the desk, which may know where."""

    sentence = N_("%(person)s is already registered for this edition: %(reference)s.")


class AddressServesAnother(Refusal):
    """One address, one registration: the ticket and the link go to it."""

    sentence = N_(
        "This address already serves another registration for this edition. Give each person an address of their own."
    )


class RegistrationIsCancelled(Refusal):
    """A cancelled registration is taken up again before it is changed."""

    sentence = N_("This registration is cancelled. Take it up again before you change it.")


class TooLateToChange(Refusal):
    """After the last day nothing changes any more: the figures rest on it."""

    sentence = N_("The edition is over: this registration can no longer be changed.")


class OnlyTheDeskMayChange(Refusal):
    """The holder of a link may not become somebody else, nor speak for another organisation."""

    sentence = N_(
        "The name, the e-mail address, the organisation and the category can only be changed by the organisers. "
        "To put a colleague in your place, cancel this registration and register them."
    )


# Who may still be registered by the desk or at the door, besides the public window.
_DESK_REGISTERS: frozenset[EditionStatus] = frozenset(
    {EditionStatus.ANNOUNCED, EditionStatus.OPEN, EditionStatus.ON_SITE, EditionStatus.HELD, EditionStatus.POSTPONED}
)


def check_window(
    *, status: EditionStatus, opens_at: datetime | None, closes_at: datetime | None, now: datetime
) -> None:
    """Raise the refusal that tells why the public cannot register at `now`; times are aware and in the venue's zone.

    Raises `EditionTakesNobody`, `RegistrationNotOpen`, `RegistrationOpensLater` or `RegistrationClosed`.
    """
    if status in {EditionStatus.CANCELLED, EditionStatus.POSTPONED, EditionStatus.ARCHIVED, EditionStatus.HELD}:
        raise EditionTakesNobody(status=EDITION_STATUS_NAMES[status])
    if status is EditionStatus.ON_SITE or (closes_at is not None and now >= closes_at):
        raise RegistrationClosed
    if opens_at is not None and now < opens_at:
        raise RegistrationOpensLater(day=f"{opens_at:%d/%m/%Y}", time=f"{opens_at:%H:%M}")
    if status is not EditionStatus.OPEN:
        raise RegistrationNotOpen


def check_desk_may_register(status: EditionStatus) -> None:
    """Raise `EditionTakesNobody` where even the desk registers nobody: before the announcement and once it is over."""
    if status not in _DESK_REGISTERS:
        raise EditionTakesNobody(status=EDITION_STATUS_NAMES[status])


def check_changeable(
    *, registration: RegistrationStatus, edition: EditionStatus, last_day: date | None, today: date, by_desk: bool
) -> None:
    """Raise the refusal that tells why a registration cannot be changed; `today` is the venue's day.

    Its holder may until the last day has passed or the edition is cancelled; the desk until the archive.
    """
    if edition is EditionStatus.ARCHIVED or (
        not by_desk
        and (edition in {EditionStatus.HELD, EditionStatus.CANCELLED} or (last_day is not None and today > last_day))
    ):
        raise TooLateToChange
    if registration is RegistrationStatus.CANCELLED:
        raise RegistrationIsCancelled


def may_be_restored(
    *, registration: RegistrationStatus, edition: EditionStatus, last_day: date | None, today: date, by_desk: bool
) -> bool:
    """Tell whether a cancelled registration can be taken up again; like changing, and never for a cancelled edition."""
    if registration is not RegistrationStatus.CANCELLED or edition is EditionStatus.CANCELLED:
        return False
    try:
        check_changeable(
            registration=RegistrationStatus.CONFIRMED,
            edition=edition,
            last_day=last_day,
            today=today,
            by_desk=by_desk,
        )
    except TooLateToChange:
        return False
    return True
