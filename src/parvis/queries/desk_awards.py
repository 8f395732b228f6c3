"""What the desk's forms about awards and honours choose from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from parvis.domain.access import Actor, Permission
from parvis.domain.programme.sessions import SessionFormat, SessionStatus
from parvis.domain.refusals import NotFound
from parvis.models import Award, AwardRound, GroupPresidency, Honour, Laureate, Session
from parvis.queries.desk_people import mandate_name


@dataclass(frozen=True, slots=True)
class PresidencyLine:
    """Somebody who presides a group, and as what."""

    pk: int
    group: str
    person: str
    mandate: str


def access_award_round(actor: Actor, *, edition_id: int, round_id: int) -> AwardRound:
    """Return one giving of an award, with its laureates. Two queries. Raises `NotAllowed`, `NotFound`."""
    actor.require(Permission.READ_DESK)
    row = (
        AwardRound.objects.filter(pk=round_id, edition_id=edition_id)
        .select_related("award", "session")
        .prefetch_related("laureates__organisation")
        .first()
    )
    if row is None:
        raise NotFound
    return row


def access_laureate(actor: Actor, *, edition_id: int, laureate_id: int) -> Laureate:
    """Return a laureate of an edition. One query. Raises `NotAllowed`, `NotFound`."""
    actor.require(Permission.READ_DESK)
    row = Laureate.objects.filter(pk=laureate_id, round__edition_id=edition_id).select_related("organisation").first()
    if row is None:
        raise NotFound
    return row


def access_honour(actor: Actor, *, edition_id: int, honour_id: int) -> Honour:
    """Return an honour of an edition. One query. Raises `NotAllowed`, `NotFound`."""
    actor.require(Permission.READ_DESK)
    row = (
        Honour.objects.filter(pk=honour_id, session__edition_id=edition_id)
        .select_related("presidency__mandate__person")
        .first()
    )
    if row is None:
        raise NotFound
    return row


def list_ceremonies(actor: Actor, *, edition_id: int) -> list[Session]:
    """Return the ceremonies of an edition that take place. One query. Raises `NotAllowed`."""
    actor.require(Permission.READ_DESK)
    return list(
        Session.objects.filter(edition_id=edition_id, format=SessionFormat.CEREMONY)
        .exclude(status=SessionStatus.CANCELLED)
        .order_by("placement__starts_at", "code")
    )


def list_award_names(actor: Actor) -> list[str]:
    """Return the names of the awards that were ever given, to be taken up again. One query. Raises `NotAllowed`."""
    actor.require(Permission.READ_DESK)
    return list(Award.objects.order_by("name_fr").values_list("name_fr", flat=True))


def list_presidencies_to_honour(actor: Actor, *, edition_id: int, on: date | None) -> list[PresidencyLine]:
    """Return who presides a group on a day and is honoured at no ceremony of the edition yet. One query.

    Without a day every presidency that has not ended by a date counts. Raises `NotAllowed`.
    """
    actor.require(Permission.READ_DESK)
    rows = GroupPresidency.objects.exclude(honours__session__edition_id=edition_id)
    if on is None:
        rows = rows.filter(ends_on__isnull=True)
    else:
        rows = rows.filter(
            Q(starts_on__isnull=True) | Q(starts_on__lte=on), Q(ends_on__isnull=True) | Q(ends_on__gte=on)
        )
    rows = rows.select_related("group", "mandate__person", "mandate__organisation")
    return [
        PresidencyLine(row.pk, row.group.name, str(row.mandate.person), mandate_name(row.mandate))
        for row in rows.order_by("group__kind", "group__code", "pk")
    ]
