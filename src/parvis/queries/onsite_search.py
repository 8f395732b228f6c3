"""Whom a code means, and who bears a name: for the door, which knows one edition and scans in a hurry."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from parvis.domain.access import Actor, Permission
from parvis.domain.onsite.codes import Typed, search_words
from parvis.domain.registrations import RegistrationStatus
from parvis.models import Badge, Organisation, Person, Registration
from parvis.queries.onsite_doors import DoorFacts
from parvis.queries.onsite_scans import inside, mandate_of

MOST = 8  # candidates: one screen of a phone
FEWEST_OF_A_REFERENCE = 3  # characters, to search for it
MOST_WEIGHED = 400  # of those who match, so many are put in order


@dataclass(frozen=True, slots=True)
class Meant:
    """The registration that a code means, and whether the very badge that was read has been replaced."""

    registration_id: int
    badge_revoked: bool = False


def find_meant(door: DoorFacts, typed: Typed) -> Meant | None:
    """Return whom a code means at a door, or None: by badge, by reference, by the reference of another system.

    The edition's own registrations come first; a badge or a reference may also belong to another edition. For services:
    it takes no actor. One query for a badge, at most three.
    """
    if typed.badge:
        badge = Badge.objects.filter(code=typed.badge).order_by().values_list("registration_id", "revoked_at").first()
        if badge is not None:
            return Meant(badge[0], badge_revoked=badge[1] is not None)
    if typed.reference:
        found = dict(
            Registration.objects.filter(reference=typed.reference, edition__series_id=door.series_id)
            .order_by("edition__number")
            .values_list("edition_id", "pk")
        )
        if found:
            return Meant(found.get(door.edition_id) or list(found.values())[-1])
    if typed.text:
        # References of other systems: exactly as they are written, in capitals or not.
        elsewhere = (
            Registration.objects.filter(edition_id=door.edition_id)
            .exclude(external_reference="")
            .filter(Q(external_reference=typed.text) | Q(external_reference__iexact=typed.text))
            .values_list("pk", flat=True)
            .first()
        )
        if elsewhere is not None:
            return Meant(elsewhere)
    return None


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody whom a typed name may mean."""

    guid: UUID
    name: str
    mandate: str
    organisation: str
    category: str
    reference: str
    is_cancelled: bool
    is_inside: bool


@dataclass(frozen=True, slots=True)
class Candidates:
    """Whom a typed text may mean, the likeliest first; `more` when there were others."""

    people: list[Candidate]
    more: bool


def registrations_called(edition_id: int, text: str) -> QuerySet[Registration]:
    """Return the registrations whose person or organisation holds every word of a text, or whose reference holds all
    of it; none for a text that means nobody."""
    words = search_words(text)
    rows = Registration.objects.filter(edition_id=edition_id)
    if not words:
        return rows.none()
    named = Q()
    for word in words:
        people: QuerySet[Any] = Person.objects.filter(folded__contains=word).order_by().values("pk")
        organisations: QuerySet[Any] = Organisation.objects.filter(folded__contains=word).order_by().values("pk")
        named &= Q(person__in=people) | Q(organisation__in=organisations)
    text = text.strip()
    if len(text) >= FEWEST_OF_A_REFERENCE:
        named |= Q(reference__icontains=text) | Q(external_reference__icontains=text)
    return rows.filter(named)


def _likelihood(row: tuple[Any, ...], words: list[str]) -> tuple[Any, ...]:
    """Sort surnames that begin with what was typed before names that hold it, and those before organisations."""
    pk, status, name, organisation = row
    return (
        status == RegistrationStatus.CANCELLED,
        not name.startswith(words[0]),
        not all(f" {word}" in f" {name}" for word in words),
        not all(word in name for word in words),
        name,
        organisation,
        pk,
    )


def search_candidates(actor: Actor, *, edition_id: int, checkpoint_id: int, text: str) -> Candidates:
    """Return whom a text may mean: by parts of names, of the organisation and of references, accents and case aside.

    Three queries. Raises `NotAllowed` without the right to scan.
    """
    actor.require(Permission.SCAN)
    words = search_words(text)
    if not words:
        return Candidates([], more=False)
    matching = registrations_called(edition_id, text).order_by("person__folded", "pk")
    weighed = list(matching.values_list("pk", "status", "person__folded", "organisation__folded")[:MOST_WEIGHED])
    weighed.sort(key=lambda row: _likelihood(row, words))
    likeliest = [row[0] for row in weighed[:MOST]]
    rows = Registration.objects.filter(pk__in=likeliest).order_by()
    found = {row.pk: row for row in rows.select_related("person", "organisation", "mandate", "category")}
    shown = [found[pk] for pk in likeliest if pk in found]
    here = set(
        inside()
        .filter(checkpoint_id=checkpoint_id, registration__in=[row.pk for row in shown])
        .values_list("registration_id", flat=True)
    )
    people = [
        Candidate(
            guid=row.guid,
            name=str(row.person),
            mandate=mandate_of(row),
            organisation=row.organisation.name,
            category=row.category.name,
            reference=row.reference,
            is_cancelled=row.status == RegistrationStatus.CANCELLED,
            is_inside=row.pk in here,
        )
        for row in shown
    ]
    return Candidates(people, more=len(weighed) > MOST)
