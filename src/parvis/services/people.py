"""Changes people and the mandates that they hold."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from parvis.domain.access import Actor, Permission
from parvis.domain.changes import PeriodOutOfOrder, TextMissing
from parvis.domain.people.names import person_folded
from parvis.domain.refusals import NotFound
from parvis.domain.registration_forms import AddressUnreadable, is_address
from parvis.models import Mandate, Organisation, Person
from parvis.services import log
from parvis.services.changes import check_known, check_seen, delete_row, locked, save_changes
from parvis.services.participants import free_person_slug
from parvis.services.photographs import remove_file_on_commit

PERSON_FIELDS = frozenset(
    {"first_name", "last_name", "gender", "email", "phone", "languages", "biography_fr", "biography_en"}
)
MANDATE_FIELDS = frozenset(
    {"function", "title_fr", "title_en", "label_fr", "label_en", "protocol_rank", "position", "starts_on", "ends_on"}
)


def save_person(
    *, actor: Actor, person_id: int | None, values: Mapping[str, Any], seen: str = "", now: datetime | None = None
) -> Person:
    """Create (without `person_id`) or change a person; `values` holds some of `PERSON_FIELDS`. Locks the person.

    Raises `NotAllowed`, `NotFound`, `ChangedMeanwhile`, `TextMissing`, `AddressUnreadable`.
    """
    actor.require(Permission.EDIT_NETWORK)
    check_known(values, PERSON_FIELDS)
    with transaction.atomic():
        person = Person() if person_id is None else locked(Person, person_id, erased_at__isnull=True)
        check_seen(person, seen)
        given = dict(values)
        first = str(given.get("first_name", person.first_name)).strip()
        last = str(given.get("last_name", person.last_name)).strip()
        if not last:
            raise TextMissing(field="last_name")
        if "email" in given:
            given["email"] = str(given["email"]).strip().lower()
            if given["email"] and not is_address(given["email"]):
                raise AddressUnreadable(field="email")
        if person_id is None:
            person.slug = free_person_slug(first, last)
        person.folded = person_folded(first, last)
        return save_changes(actor=actor, row=person, values=given, now=now or timezone.now())


def delete_person(*, actor: Actor, person_id: int, now: datetime | None = None) -> None:
    """Delete a person who is registered nowhere and speaks nowhere, with their mandates and their photograph.

    Raises `NotAllowed`, `NotFound`, `StillReferredTo`.
    """
    actor.require(Permission.EDIT_NETWORK)
    with transaction.atomic():
        person = locked(Person, person_id)
        photograph = person.photograph.name or ""
        delete_row(actor=actor, row=person, now=now or timezone.now())
        remove_file_on_commit(photograph)


def save_mandate(
    *,
    actor: Actor,
    person_id: int,
    mandate_id: int | None,
    organisation_id: int,
    values: Mapping[str, Any],
    seen: str = "",
    now: datetime | None = None,
) -> Mandate:
    """Create or change a mandate of a person at an organisation; `values` holds some of `MANDATE_FIELDS`.

    Locks the person, so that orders do not cross. Raises `NotAllowed`, `NotFound`, `ChangedMeanwhile`,
    `PeriodOutOfOrder`.
    """
    actor.require(Permission.EDIT_NETWORK)
    check_known(values, MANDATE_FIELDS)
    with transaction.atomic():
        person = locked(Person, person_id, erased_at__isnull=True)
        organisation = Organisation.objects.filter(pk=organisation_id).first()
        if organisation is None:
            raise NotFound(field="organisation")
        if mandate_id is None:
            last = person.mandates.order_by("-position").values_list("position", flat=True).first()
            mandate = Mandate(person=person, position=0 if last is None else last + 1)
            mandate.organisation = organisation
        else:
            mandate = locked(Mandate, mandate_id, person=person)
        starts_on = values.get("starts_on", mandate.starts_on)
        ends_on = values.get("ends_on", mandate.ends_on)
        if starts_on is not None and ends_on is not None and ends_on < starts_on:
            raise PeriodOutOfOrder(field="ends_on")
        given = {**values, "organisation": organisation}
        if given.get("position", 0) is None:
            del given["position"]
        return save_changes(actor=actor, row=mandate, values=given, seen=seen, now=now or timezone.now())


def move_mandate(*, actor: Actor, mandate_id: int, up: bool, now: datetime | None = None) -> None:
    """Move a mandate one place up or down among its person's; the first is the one that they are announced by.

    At the end of the list it stays. Locks the person. Raises `NotAllowed`, `NotFound`.
    """
    actor.require(Permission.EDIT_NETWORK)
    with transaction.atomic():
        person_id = Mandate.objects.filter(pk=mandate_id).values_list("person_id", flat=True).first()
        if person_id is None:
            raise NotFound
        person = locked(Person, person_id, erased_at__isnull=True)
        mandates = list(person.mandates.select_related("organisation").order_by("position", "id"))
        at = next((place for place, mandate in enumerate(mandates) if mandate.pk == mandate_id), None)
        if at is None:
            raise NotFound
        to = at - 1 if up else at + 1
        if not 0 <= to < len(mandates):
            return
        before = [str(mandate) for mandate in mandates]
        mandates[at], mandates[to] = mandates[to], mandates[at]
        for place, mandate in enumerate(mandates):
            mandate.position = place
        Mandate.objects.bulk_update(mandates, ["position"])
        log.record(
            actor=actor,
            action="person.mandates_ordered",
            subject=person,
            now=now or timezone.now(),
            details={"changes": {"mandates": [before, [str(mandate) for mandate in mandates]]}},
        )


def remove_mandate(*, actor: Actor, mandate_id: int, now: datetime | None = None) -> None:
    """Take away a mandate under which nobody is registered, speaks or presides; one that ended is dated instead.

    Raises `NotAllowed`, `NotFound`, `StillReferredTo`.
    """
    actor.require(Permission.EDIT_NETWORK)
    with transaction.atomic():
        delete_row(actor=actor, row=locked(Mandate, mandate_id), now=now or timezone.now(), verb="removed")
