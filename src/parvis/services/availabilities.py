"""Changes when a person, or everybody of an organisation, can be there at an edition: a minister's hour."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from parvis.domain.access import Actor, Permission
from parvis.domain.programme.availability import DayAnswer, Hours, NeverThere, hours_of, tidy_hours
from parvis.domain.refusals import N_, ChangedMeanwhile, NotFound, Refusal
from parvis.models import Availability, Organisation, Person
from parvis.queries.availabilities import hours_of_one, print_of_hours
from parvis.queries.desk_editions import zone_of
from parvis.services import log
from parvis.services.changes import last_hand
from parvis.services.invitations import require_speaker
from parvis.services.programme import open_edition


class NotThereAtAll(Refusal):
    """Who comes on no day has no part in the programme; no hours at all would mean always."""

    sentence = N_("They would be there on no day at all: take them off the sessions instead.")


def set_days(
    *,
    actor: Actor,
    edition_id: int,
    person_id: int | None = None,
    organisation_id: int | None = None,
    answers: Sequence[DayAnswer],
    seen: str = "",
    now: datetime | None = None,
) -> list[Hours]:
    """Say day by day when a person or an organisation can be there; the whole of each day means always.

    Locks and raises as `set_hours` does, and what `hours_of` raises; `NotThereAtAll` in place of `NeverThere`.
    """
    actor.require(Permission.EDIT_PROGRAMME)
    with transaction.atomic():
        try:
            hours = hours_of(answers, zone=zone_of(open_edition(edition_id)))
        except NeverThere:
            raise NotThereAtAll from None
        return set_hours(
            actor=actor,
            edition_id=edition_id,
            person_id=person_id,
            organisation_id=organisation_id,
            hours=hours,
            seen=seen,
            now=now,
        )


def set_hours(
    *,
    actor: Actor,
    edition_id: int,
    person_id: int | None = None,
    organisation_id: int | None = None,
    hours: Sequence[Hours],
    seen: str = "",
    now: datetime | None = None,
) -> list[Hours]:
    """Say when a person or an organisation can be there; these hours replace theirs. None: always.

    The desk says it, and who speaks for themselves, by the link of their invitation. Returns the hours as they are
    kept: in order, merged. The same hours again change nothing. The log keeps the hours of organisations, not those of
    people: these are erased when they have served.

    Locks the edition's row. Raises `NotAllowed`, `NotFound`, `LinkExpired`, `EditionIsClosed`, `ChangedMeanwhile` where
    they are no longer as `seen` (`print_of_hours`), and what `tidy_hours` raises.
    """
    moment = now or timezone.now()
    if person_id is None:
        actor.require(Permission.EDIT_PROGRAMME)
    else:
        require_speaker(actor, Permission.EDIT_PROGRAMME, person_id=person_id, edition_id=edition_id, now=moment)
    with transaction.atomic():
        edition = open_edition(edition_id)
        who = _who(person_id, organisation_id)
        ids = {"person_id": person_id, "organisation_id": organisation_id}
        before = hours_of_one(edition_id=edition_id, **ids)
        if seen and print_of_hours(before) != seen:
            raise ChangedMeanwhile(who=last_hand(who))
        zone = zone_of(edition)
        wanted = tidy_hours(hours, first_day=edition.starts_on, last_day=edition.ends_on, zone=zone) if hours else []
        if before == wanted:
            return wanted
        Availability.objects.filter(edition=edition, **ids).delete()
        Availability.objects.bulk_create(
            Availability(edition=edition, **ids, starts_at=span.starts, ends_at=span.ends) for span in wanted
        )
        details: dict[str, Any] = {"edition": str(edition)}
        if isinstance(who, Organisation):
            details["changes"] = {"availability": [_said(before, zone), _said(wanted, zone)]}
        action = f"{who._meta.model_name}.availability_given"
        log.record(actor=actor, action=action, subject=who, now=moment, details=details)
    return wanted


def _who(person_id: int | None, organisation_id: int | None) -> Person | Organisation:
    if (person_id is None) == (organisation_id is None):
        raise TypeError("hours are those of a person or of an organisation")
    if person_id is not None:
        person = Person.objects.filter(pk=person_id, erased_at__isnull=True).first()
        if person is None:
            raise NotFound(field="person")
        return person
    organisation = Organisation.objects.filter(pk=organisation_id or 0).first()
    if organisation is None:
        raise NotFound(field="organisation")
    return organisation


def _said(hours: Sequence[Hours], zone: ZoneInfo) -> list[str]:
    said = []
    for span in hours:
        starts, ends = span.starts.astimezone(zone), span.ends.astimezone(zone)
        last = f"{ends:%H:%M}" if starts.date() == ends.date() else f"{ends:%Y-%m-%d %H:%M}"
        said.append(f"{starts:%Y-%m-%d %H:%M}–{last}")
    return said
