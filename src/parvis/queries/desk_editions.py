"""Editions as the desk moves among them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from parvis.domain.access import Actor, Permission
from parvis.domain.editions import MOST_DAYS, EditionStatus
from parvis.domain.refusals import N_, NotFound
from parvis.models import Edition, Room, Venue
from parvis.queries.editions import NoSuchEdition

# Which edition the desk opens at first: the one that asks most of it.
_FIRST = (
    EditionStatus.ON_SITE,
    EditionStatus.OPEN,
    EditionStatus.HELD,
    EditionStatus.POSTPONED,
    EditionStatus.ANNOUNCED,
    EditionStatus.DRAFT,
)
_READERS = (Permission.READ_DESK, Permission.READ_COMMUNIQUE, Permission.REVIEW)


class NoEditionYet(NotFound):
    """The desk works on an edition; a new installation has none."""

    sentence = N_("There is no edition yet. Import one, or the demo, to begin.")


@dataclass(frozen=True, slots=True)
class DeskEdition:
    """What every page of the desk needs of the edition it stands on."""

    pk: int
    slug: str
    number: int
    name: str
    status: EditionStatus
    starts_on: date | None
    ends_on: date | None
    announced_month: date | None
    venue_id: int | None
    venue_name: str
    zone: ZoneInfo

    def __str__(self) -> str:
        return f"{self.number}. {self.name}"

    @property
    def days(self) -> list[date]:
        """The days of the edition, in order; none while its dates are unknown."""
        if self.starts_on is None or self.ends_on is None:
            return []
        first, count = self.starts_on.toordinal(), (self.ends_on - self.starts_on).days + 1
        return [date.fromordinal(first + n) for n in range(min(count, MOST_DAYS))]


def _desk_edition(edition: Edition) -> DeskEdition:
    return DeskEdition(
        pk=edition.pk,
        slug=edition.slug,
        number=edition.number,
        name=edition.name,
        status=EditionStatus(edition.status),
        starts_on=edition.starts_on,
        ends_on=edition.ends_on,
        announced_month=edition.announced_month,
        venue_id=edition.venue_id,
        venue_name=str(edition.venue) if edition.venue is not None else "",
        zone=zone_of(edition),
    )


def list_desk_editions(actor: Actor) -> list[DeskEdition]:
    """Return every edition, the newest first. One query. Raises `NotAllowed`."""
    if not actor.may_any(_READERS):
        actor.require(Permission.READ_DESK)
    return [_desk_edition(row) for row in Edition.objects.select_related("venue").order_by("-number", "-pk")]


def desk_edition(actor: Actor, *, slug: str | None) -> DeskEdition:
    """Return the edition of an address; without one, the edition that asks most: under way, open, the last held.

    One query. Raises `NotAllowed`, `NoSuchEdition`, `NoEditionYet`.
    """
    editions = list_desk_editions(actor)
    if slug is not None:
        for edition in editions:
            if edition.slug == slug:
                return edition
        raise NoSuchEdition(slug=slug)
    for status in _FIRST:
        for edition in editions:
            if edition.status is status:
                return edition
    if not editions:
        raise NoEditionYet
    return editions[0]


def access_edition(actor: Actor, *, edition_id: int) -> Edition:
    """Return an edition with venue and series, for its page. One query. Raises `NotAllowed`, `NotFound`."""
    actor.require(Permission.READ_DESK)
    edition = Edition.objects.select_related("venue", "series").filter(pk=edition_id).first()
    if edition is None:
        raise NotFound
    return edition


def zone_of(edition: Edition) -> ZoneInfo:
    """Return the time zone of the edition's venue; Paris where there is none yet."""
    return ZoneInfo(edition.venue.timezone if edition.venue is not None else "Europe/Paris")


def list_venues() -> list[Venue]:
    """Return the venues by name. One query."""
    return list(Venue.objects.order_by("city", "name"))


def rooms_of_venue(venue_id: int | None) -> list[Room]:
    """Return the rooms of a venue. One query."""
    return list(Room.objects.filter(venue_id=venue_id)) if venue_id else []
