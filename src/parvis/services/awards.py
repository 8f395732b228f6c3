"""Gives labels and prizes at an edition, records laureates, and honours those who preside groups."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from parvis.domain.access import Actor, Permission
from parvis.domain.awards import AwardKind
from parvis.domain.changes import AlreadyThere, TextMissing
from parvis.domain.editions import EDITION_STATUS_NAMES, EditionIsClosed, EditionStatus
from parvis.domain.refusals import NotFound
from parvis.domain.slugs import slug_of
from parvis.models import Award, AwardRound, Edition, GroupPresidency, Honour, Laureate, Organisation, Session
from parvis.services import log
from parvis.services.changes import check_seen, delete_row, locked, save_changes, set_values


def give_award(
    *,
    actor: Actor,
    edition_id: int,
    kind: AwardKind,
    name_fr: str,
    name_en: str = "",
    session_id: int | None = None,
    now: datetime | None = None,
) -> AwardRound:
    """Have a label or a prize given at an edition, in a ceremony; one of that name is taken up again.

    Locks the edition's row. Raises `NotAllowed`, `NotFound`, `EditionIsClosed`, `TextMissing`, `AlreadyThere`.
    """
    actor.require(Permission.EDIT_PROGRAMME)
    if not name_fr.strip():
        raise TextMissing(field="name_fr")
    with transaction.atomic():
        edition = _open_edition(edition_id)
        session = None if session_id is None else locked(Session, session_id, edition=edition)
        award = Award.objects.filter(name_fr=name_fr.strip(), kind=kind).first()
        if award is None:
            taken = set(Award.objects.values_list("slug", flat=True))
            award = Award(slug=slug_of(name_fr, taken, longest=80), kind=str(kind))
            award.name_fr = name_fr.strip()
            award.name_en = name_en.strip()
            award.save()
        if AwardRound.objects.filter(award=award, edition=edition).exists():
            raise AlreadyThere(what=str(award), field="name_fr")
        row = AwardRound(award=award, edition=edition)
        return save_changes(actor=actor, row=row, values={"session": session}, now=now or timezone.now())


def change_award(
    *,
    actor: Actor,
    round_id: int,
    name_fr: str,
    name_en: str,
    session_id: int | None,
    seen: str = "",
    now: datetime | None = None,
) -> AwardRound:
    """Change what an award is called, for all editions, and at which ceremony it is given at this one.

    `seen` is the print of the giving. Locks both. Raises `NotAllowed`, `NotFound`, `EditionIsClosed`,
    `ChangedMeanwhile`, `TextMissing`, `AlreadyThere`.
    """
    actor.require(Permission.EDIT_PROGRAMME)
    if not name_fr.strip():
        raise TextMissing(field="name_fr")
    moment = now or timezone.now()
    with transaction.atomic():
        given = _open_round(round_id)
        check_seen(given, seen)
        award = locked(Award, given.award_id)
        if Award.objects.filter(name_fr=name_fr.strip(), kind=award.kind).exclude(pk=award.pk).exists():
            raise AlreadyThere(what=name_fr.strip(), field="name_fr")
        session = None if session_id is None else locked(Session, session_id, edition_id=given.edition_id)
        changes = set_values(award, {"name_fr": name_fr, "name_en": name_en})
        award.save()
        changes |= set_values(given, {"session": session})
        given.save()
        if changes:
            details = {"changes": changes}
            log.record(actor=actor, action="awardround.changed", subject=given, now=moment, details=details)
    return given


def withdraw_award(*, actor: Actor, round_id: int, now: datetime | None = None) -> None:
    """Have an award not be given at an edition after all: its laureates there go with it, the award itself stays.

    Raises `NotAllowed`, `NotFound`, `EditionIsClosed`.
    """
    actor.require(Permission.EDIT_PROGRAMME)
    with transaction.atomic():
        delete_row(actor=actor, row=_open_round(round_id), now=now or timezone.now(), verb="removed")


def add_laureate(
    *,
    actor: Actor,
    round_id: int,
    organisation_id: int,
    citation_fr: str = "",
    citation_en: str = "",
    now: datetime | None = None,
) -> Laureate:
    """Record who received an award, and for what. Locks the round.

    Raises `NotAllowed`, `NotFound`, `EditionIsClosed`, `AlreadyThere`.
    """
    actor.require(Permission.EDIT_PROGRAMME)
    with transaction.atomic():
        given = _open_round(round_id)
        organisation = Organisation.objects.filter(pk=organisation_id).first()
        if organisation is None:
            raise NotFound(field="organisation")
        if given.laureates.filter(organisation=organisation).exists():
            raise AlreadyThere(what=str(organisation), field="organisation")
        row = Laureate(round=given, organisation=organisation, position=given.laureates.count())
        values = {"citation_fr": citation_fr, "citation_en": citation_en}
        return save_changes(actor=actor, row=row, values=values, now=now or timezone.now())


def remove_laureate(*, actor: Actor, laureate_id: int, now: datetime | None = None) -> None:
    """Take a laureate away. Raises `NotAllowed`, `NotFound`, `EditionIsClosed`."""
    actor.require(Permission.EDIT_PROGRAMME)
    with transaction.atomic():
        row = locked(Laureate, laureate_id)
        _open_round(row.round_id)
        delete_row(actor=actor, row=row, now=now or timezone.now(), verb="removed")


def honour_presidencies(
    *, actor: Actor, session_id: int, presidency_ids: Sequence[int], now: datetime | None = None
) -> list[Honour]:
    """Honour those who preside groups, at a ceremony, in the order given: all of them or none.

    Raises `NotAllowed`, `NotFound`, `EditionIsClosed`, `AlreadyThere`.
    """
    actor.require(Permission.EDIT_PROGRAMME)
    moment = now or timezone.now()
    with transaction.atomic():
        session = locked(Session, session_id)
        _open_edition(session.edition_id)
        known = set(session.honours.values_list("presidency_id", flat=True))
        presidencies = GroupPresidency.objects.select_related("mandate__person").in_bulk(list(presidency_ids))
        honours = []
        for presidency_id in presidency_ids:
            presidency = presidencies.get(presidency_id)
            if presidency is None:
                raise NotFound(field="presidencies")
            if presidency_id in known:
                raise AlreadyThere(what=str(presidency.mandate.person), field="presidencies")
            known.add(presidency_id)
            row = Honour(session=session, presidency=presidency, position=len(known) - 1)
            honours.append(save_changes(actor=actor, row=row, values={}, now=moment))
    return honours


def remove_honour(*, actor: Actor, honour_id: int, now: datetime | None = None) -> None:
    """Take an honour away. Raises `NotAllowed`, `NotFound`, `EditionIsClosed`."""
    actor.require(Permission.EDIT_PROGRAMME)
    with transaction.atomic():
        row = locked(Honour, honour_id)
        _open_edition(row.session.edition_id)
        delete_row(actor=actor, row=row, now=now or timezone.now(), verb="removed")


def _open_edition(edition_id: int) -> Edition:
    """Return an edition, locked. What a cancelled one was to give may still be recorded; an archived one stands."""
    edition = locked(Edition, edition_id)
    if edition.status == EditionStatus.ARCHIVED:
        raise EditionIsClosed(current=EDITION_STATUS_NAMES[EditionStatus.ARCHIVED])
    return edition


def _open_round(round_id: int) -> AwardRound:
    given = locked(AwardRound, round_id)
    _open_edition(given.edition_id)
    return given
