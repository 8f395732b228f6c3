"""Gives labels and prizes at an edition, records laureates, and honours those who preside groups."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from parvis.domain.access import Actor, Permission
from parvis.domain.awards import AwardKind
from parvis.domain.changes import AlreadyThere, TextMissing
from parvis.domain.refusals import NotFound
from parvis.domain.slugs import slug_of
from parvis.models import Award, AwardRound, Edition, GroupPresidency, Honour, Laureate, Organisation, Session
from parvis.services.changes import delete_row, locked, save_changes


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

    Locks the edition's row. Raises `NotAllowed`, `NotFound`, `TextMissing`, `AlreadyThere`.
    """
    actor.require(Permission.EDIT_PROGRAMME)
    if not name_fr.strip():
        raise TextMissing(field="name_fr")
    with transaction.atomic():
        edition = locked(Edition, edition_id)
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


def add_laureate(
    *, actor: Actor, round_id: int, organisation_id: int, citation_fr: str = "", now: datetime | None = None
) -> Laureate:
    """Record who received an award. Locks the round. Raises `NotAllowed`, `NotFound`, `AlreadyThere`."""
    actor.require(Permission.EDIT_PROGRAMME)
    with transaction.atomic():
        given = locked(AwardRound, round_id)
        organisation = Organisation.objects.filter(pk=organisation_id).first()
        if organisation is None:
            raise NotFound(field="organisation")
        if given.laureates.filter(organisation=organisation).exists():
            raise AlreadyThere(what=str(organisation), field="organisation")
        row = Laureate(round=given, organisation=organisation, position=given.laureates.count())
        return save_changes(actor=actor, row=row, values={"citation_fr": citation_fr}, now=now or timezone.now())


def remove_laureate(*, actor: Actor, laureate_id: int, now: datetime | None = None) -> None:
    """Take a laureate away. Raises `NotAllowed`, `NotFound`."""
    actor.require(Permission.EDIT_PROGRAMME)
    with transaction.atomic():
        delete_row(actor=actor, row=locked(Laureate, laureate_id), now=now or timezone.now(), verb="removed")


def honour_presidency(*, actor: Actor, session_id: int, presidency_id: int, now: datetime | None = None) -> Honour:
    """Honour somebody who presides a group, at a ceremony. Raises `NotAllowed`, `NotFound`, `AlreadyThere`."""
    actor.require(Permission.EDIT_PROGRAMME)
    with transaction.atomic():
        session = locked(Session, session_id)
        presidency = GroupPresidency.objects.filter(pk=presidency_id).first()
        if presidency is None:
            raise NotFound(field="presidency")
        if session.honours.filter(presidency=presidency).exists():
            raise AlreadyThere(what=str(presidency), field="presidency")
        row = Honour(session=session, presidency=presidency, position=session.honours.count())
        return save_changes(actor=actor, row=row, values={}, now=now or timezone.now())


def remove_honour(*, actor: Actor, honour_id: int, now: datetime | None = None) -> None:
    """Take an honour away. Raises `NotAllowed`, `NotFound`."""
    actor.require(Permission.EDIT_PROGRAMME)
    with transaction.atomic():
        delete_row(actor=actor, row=locked(Honour, honour_id), now=now or timezone.now(), verb="removed")
