"""What the public knows of an edition besides its frozen release: its state, which changes at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from parvis.domain.editions import EditionStatus
from parvis.domain.programme.release import EditionContent, FederationContent, ReleaseContent, Words
from parvis.domain.refusals import Refusal
from parvis.domain.registrations import check_window

BEFORE_ANY_RELEASE = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class PublicEdition:
    """One edition that was announced. Times are aware and in the venue's zone; `release_number` is None before any."""

    id: int
    slug: str
    number: int
    series_name: Words
    federation_name: Words
    name: Words
    theme: Words
    status: EditionStatus
    status_reason: Words
    starts_on: date | None
    ends_on: date | None
    announced_month: date | None
    cancelled_at: datetime | None
    registration_opens_at: datetime | None
    registration_closes_at: datetime | None
    venue_name: Words
    venue_city: str
    release_id: int | None
    release_number: int | None
    released_at: datetime | None
    takes_proposals: bool = False  # a call for proposals is open now
    status_changed_at: datetime | None = None

    @property
    def said_at(self) -> datetime:
        """When that which calendars say of its sessions last changed: a release, or its being called off or not."""
        moments = (self.released_at, self.cancelled_at, self.status_changed_at)
        return max((moment for moment in moments if moment is not None), default=BEFORE_ANY_RELEASE)

    @property
    def cancelled_on_the_day(self) -> bool:
        """Whether it was called off when people were already on their way (S14)."""
        return (
            self.status is EditionStatus.CANCELLED
            and self.cancelled_at is not None
            and self.starts_on is not None
            and self.starts_on <= self.cancelled_at.date() <= (self.ends_on or self.starts_on)
        )

    @property
    def is_over(self) -> bool:
        """Whether it belongs to the past: held, archived or cancelled."""
        return self.status in {EditionStatus.HELD, EditionStatus.ARCHIVED, EditionStatus.CANCELLED}

    def registration_is_open(self, now: datetime) -> bool:
        """Tell whether the public may register at `now`; the rule is `domain.registrations.check_window`."""
        try:
            check_window(
                status=self.status,
                opens_at=self.registration_opens_at,
                closes_at=self.registration_closes_at,
                now=now,
            )
        except Refusal:
            return False
        return True


def bare_content(edition: PublicEdition) -> ReleaseContent:
    """Return what can be read of an edition whose site is not published yet: its announcement and nothing else."""

    def iso(day: date | None) -> str:
        return day.isoformat() if day else ""

    return ReleaseContent(
        federation=FederationContent(name=edition.federation_name),
        edition=EditionContent(
            guid="",
            number=edition.number,
            slug=edition.slug,
            name=edition.name,
            short_name=edition.series_name,
            theme=edition.theme,
            starts_on=iso(edition.starts_on),
            ends_on=iso(edition.ends_on),
            announced_month=iso(edition.announced_month),
        ),
    )


def _weight(edition: PublicEdition) -> tuple[int, int]:
    released = edition.release_number is not None
    if edition.status is EditionStatus.ON_SITE:
        rank = 5
    elif edition.status is EditionStatus.OPEN:
        rank = 4
    elif released and not edition.is_over:
        rank = 3
    elif released:
        rank = 2
    else:
        rank = 1
    return rank, edition.number


def current_edition(editions: Iterable[PublicEdition]) -> PublicEdition | None:
    """Return the edition that the front page shows.

    The one under way, else the one open to registration, else the next one whose site is published, else the last
    one whose site was; an edition of which only the month is known does not take the place of one that can be read.
    """
    return max(editions, key=_weight, default=None)


def next_edition(editions: Iterable[PublicEdition], after: PublicEdition) -> PublicEdition | None:
    """Return the edition that follows `after` and is still to come, if one was announced."""
    return min((e for e in editions if e.number > after.number and not e.is_over), key=lambda e: e.number, default=None)
