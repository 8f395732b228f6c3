"""Changes organisations, groups and those who preside them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from parvis.domain.access import Actor, Permission
from parvis.domain.changes import AlreadyThere, PeriodOutOfOrder, TextMissing
from parvis.domain.network.authorities import recognise_authority
from parvis.domain.network.folding import organisation_folded
from parvis.domain.network.kinds import OrganisationKind
from parvis.domain.refusals import N_, NotFound, Refusal
from parvis.domain.slugs import slug_of
from parvis.models import Group, GroupPresidency, Mandate, Organisation
from parvis.services.changes import check_known, delete_row, locked, save_changes
from parvis.services.organisations import find_or_add_authority, free_organisation_slug


class PartOfItself(Refusal):
    """An organisation is part of another one."""

    sentence = N_("An organisation cannot be part of itself.")


class AuthorityUnknown(Refusal):
    """A code that is in the shipped table names an authority; others do not."""

    sentence = N_("No French authority has the code “%(code)s”.")


ORGANISATION_FIELDS = frozenset(
    {"kind", "name_fr", "name_en", "short_name", "country", "insee_code", "siren", "departement"}
    | {"parent_id", "website", "email"}
)


def add_authority(*, actor: Actor, code: str, now: datetime | None = None) -> Organisation:
    """Return the organisation of a French authority of the shipped table, by INSEE code or SIREN; added if it is new.

    Raises `NotAllowed`, `AuthorityUnknown`.
    """
    actor.require(Permission.EDIT_NETWORK)
    with transaction.atomic():
        found = recognise_authority("", code=code, suggest=False)
        if found.authority is None:
            raise AuthorityUnknown(code=code, field="code")
        return find_or_add_authority(actor=actor, authority=found.authority, now=now or timezone.now())


def save_organisation(
    *,
    actor: Actor,
    organisation_id: int | None,
    values: Mapping[str, Any],
    seen: str = "",
    now: datetime | None = None,
) -> Organisation:
    """Create (without `organisation_id`) or change an organisation; `values` holds some of `ORGANISATION_FIELDS`.

    Locks it. Raises `NotAllowed`, `NotFound`, `ChangedMeanwhile`, `TextMissing`, `AlreadyThere` for a code that
    another organisation bears, `PartOfItself`.
    """
    actor.require(Permission.EDIT_NETWORK)
    check_known(values, ORGANISATION_FIELDS)
    moment = now or timezone.now()
    with transaction.atomic():
        given = dict(values)
        new = organisation_id is None
        organisation = Organisation() if organisation_id is None else locked(Organisation, organisation_id)
        name = str(given.get("name_fr", getattr(organisation, "name_fr", "")) or "").strip()
        if not name:
            raise TextMissing(field="name_fr")
        if "parent_id" in given:
            parent_id = given.pop("parent_id")
            if parent_id is not None and parent_id == organisation_id:
                raise PartOfItself(field="parent")
            given["parent"] = None if parent_id is None else locked(Organisation, parent_id)
        kind = OrganisationKind(given.get("kind", organisation.kind))
        for code in ("insee_code", "siren"):
            value = str(given.get(code) or "").strip()
            taken = Organisation.objects.filter(kind=kind, **{code: value}).exclude(pk=organisation_id or 0).first()
            if value and taken is not None:
                raise AlreadyThere(what=str(taken), field=code)
        if new:
            organisation.slug = free_organisation_slug(name)
        organisation.folded = organisation_folded(
            name,
            given.get("name_en", getattr(organisation, "name_en", "")),
            given.get("short_name", organisation.short_name),
        )
        return save_changes(actor=actor, row=organisation, values=given, seen=seen, now=moment)


def delete_organisation(*, actor: Actor, organisation_id: int, now: datetime | None = None) -> None:
    """Delete an organisation that nothing rests on. Raises `NotAllowed`, `NotFound`, `StillReferredTo`."""
    actor.require(Permission.EDIT_NETWORK)
    with transaction.atomic():
        delete_row(actor=actor, row=locked(Organisation, organisation_id), now=now or timezone.now())


def save_group(
    *, actor: Actor, group_id: int | None, values: Mapping[str, Any], seen: str = "", now: datetime | None = None
) -> Group:
    """Create or change a group: kind, name_fr, name_en, countries (codes). Locks it.

    Raises `NotAllowed`, `NotFound`, `ChangedMeanwhile`, `TextMissing`, `AlreadyThere`.
    """
    actor.require(Permission.EDIT_NETWORK)
    check_known(values, {"kind", "name_fr", "name_en", "countries"})
    with transaction.atomic():
        group = Group() if group_id is None else locked(Group, group_id)
        name = str(values.get("name_fr", getattr(group, "name_fr", "")) or "").strip()
        if not name:
            raise TextMissing(field="name_fr")
        if group_id is None:
            group.code = slug_of(name, longest=60)
            if Group.objects.filter(code=group.code).exists():
                raise AlreadyThere(what=name, field="name_fr")
        return save_changes(actor=actor, row=group, values=values, seen=seen, now=now or timezone.now())


def add_presidency(
    *,
    actor: Actor,
    group_id: int,
    mandate_id: int,
    starts_on: date | None = None,
    ends_on: date | None = None,
    now: datetime | None = None,
) -> GroupPresidency:
    """Record that somebody presides a group, under a mandate, from when to when. Locks the group.

    Raises `NotAllowed`, `NotFound`, `PeriodOutOfOrder`, `AlreadyThere`.
    """
    actor.require(Permission.EDIT_NETWORK)
    if starts_on is not None and ends_on is not None and ends_on < starts_on:
        raise PeriodOutOfOrder(field="ends_on")
    with transaction.atomic():
        group = locked(Group, group_id)
        mandate = Mandate.objects.filter(pk=mandate_id).select_related("person", "organisation").first()
        if mandate is None:
            raise NotFound(field="mandate")
        known = GroupPresidency.objects.filter(group=group, mandate=mandate, starts_on=starts_on)
        if known.exists():
            raise AlreadyThere(what=str(mandate.person), field="mandate")
        row = GroupPresidency(group=group, mandate=mandate)
        values = {"starts_on": starts_on, "ends_on": ends_on}
        return save_changes(actor=actor, row=row, values=values, now=now or timezone.now())


def remove_presidency(*, actor: Actor, presidency_id: int, now: datetime | None = None) -> None:
    """Take a presidency away that nobody was honoured for. Raises `NotAllowed`, `NotFound`, `StillReferredTo`."""
    actor.require(Permission.EDIT_NETWORK)
    with transaction.atomic():
        row = locked(GroupPresidency, presidency_id)
        delete_row(actor=actor, row=row, now=now or timezone.now(), verb="removed")
