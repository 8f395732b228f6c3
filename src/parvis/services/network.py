"""Changes organisations, groups and those who preside them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from parvis.domain.access import Actor, Permission
from parvis.domain.changes import AlreadyThere, PeriodOutOfOrder, StillReferredTo, TextMissing
from parvis.domain.log_actions import SUBJECT_NAMES
from parvis.domain.network.authorities import recognise_authority
from parvis.domain.network.finding import OrganisationNotFound, OrganisationShared, bare_code, check_codes
from parvis.domain.network.folding import organisation_folded
from parvis.domain.network.kinds import OrganisationKind
from parvis.domain.network.memberships import check_membership
from parvis.domain.refusals import N_, NotFound, Refusal
from parvis.domain.slugs import slug_of
from parvis.models import Group, GroupPresidency, Mandate, Membership, Organisation
from parvis.queries.desk_groups import count_uses
from parvis.services import log
from parvis.services.changes import check_known, check_seen, delete_row, locked, save_changes
from parvis.services.organisations import find_or_add_authority, free_organisation_slug


class PartOfItself(Refusal):
    """An organisation is part of another one, which is no part of it."""

    sentence = N_("An organisation cannot be part of itself.")


class AuthorityUnknown(Refusal):
    """A code that is in the shipped table names an authority; others do not."""

    sentence = N_("No French authority has the code “%(code)s”.")


MOST_LEVELS = 10  # a part of a part of a part…
ORGANISATION_FIELDS = frozenset(
    {"kind", "name_fr", "name_en", "short_name", "country", "insee_code", "siren", "departement"}
    | {"parent_id", "website", "email"}
)


def add_authority(
    *,
    actor: Actor,
    code: str = "",
    name: str = "",
    kind: OrganisationKind | None = None,
    now: datetime | None = None,
) -> Organisation:
    """Return the organisation of a French authority of the shipped table, added if nobody has come for it before.

    It is named by its INSEE code or SIREN, or else by `name`, which must fit exactly one; `kind` tells a région from
    the département that bears the same code. Raises `NotAllowed`, `AuthorityUnknown`, `OrganisationNotFound`,
    `OrganisationShared`.
    """
    actor.require(Permission.EDIT_NETWORK)
    with transaction.atomic():
        found = recognise_authority("" if code else name, code=code, kind=kind, suggest=False)
        if found.authority is None:
            if code:
                raise AuthorityUnknown(code=code, field="code")
            raise OrganisationShared(field="name") if found.candidates else OrganisationNotFound(field="name")
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

    Locks it. Raises `NotAllowed`, `NotFound`, `ChangedMeanwhile`, `TextMissing`, `InseeCodeMalformed`, `SirenWrong`,
    `AlreadyThere` for a code that another organisation of its kind bears, `PartOfItself`.
    """
    actor.require(Permission.EDIT_NETWORK)
    check_known(values, ORGANISATION_FIELDS)
    moment = now or timezone.now()
    with transaction.atomic():
        given = dict(values)
        new = organisation_id is None
        organisation = Organisation() if organisation_id is None else locked(Organisation, organisation_id)
        check_seen(organisation, seen)
        name = str(given.get("name_fr", getattr(organisation, "name_fr", "")) or "").strip()
        if not name:
            raise TextMissing(field="name_fr")
        if "parent_id" in given:
            parent_id = given.pop("parent_id")
            given["parent"] = None if parent_id is None else _parent(parent_id, organisation_id)
        kind = OrganisationKind(given.get("kind", organisation.kind))
        for code in ("insee_code", "siren"):
            if code in given:
                given[code] = bare_code(str(given[code] or ""))
                check_codes(**{code: given[code]})
            value = given.get(code, getattr(organisation, code))
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
        return save_changes(actor=actor, row=organisation, values=given, now=moment)


def _parent(parent_id: int, organisation_id: int | None) -> Organisation:
    """Return the organisation of which another becomes a part. Raises `PartOfItself` where that would be a circle."""
    parent = locked(Organisation, parent_id)
    above: Organisation | None = parent
    for _step in range(MOST_LEVELS):
        if above is None:
            return parent
        if above.pk == organisation_id:
            break
        above = above.parent
    raise PartOfItself(field="parent")


def delete_organisation(*, actor: Actor, organisation_id: int, now: datetime | None = None) -> None:
    """Delete an organisation that nothing rests on. Raises `NotAllowed`, `NotFound`, `StillReferredTo`."""
    actor.require(Permission.EDIT_NETWORK)
    with transaction.atomic():
        delete_row(actor=actor, row=locked(Organisation, organisation_id), now=now or timezone.now())


def record_membership(
    *, actor: Actor, organisation_id: int, year: int, dues_paid_on: date | None = None, now: datetime | None = None
) -> Membership:
    """Record that an organisation is a member in a year, and when it paid its dues; again changes that day.

    Locks the organisation. Raises `NotAllowed`, `NotFound`, `MembershipYearImpossible`, `DuesPaidTooEarly`.
    """
    actor.require(Permission.EDIT_NETWORK)
    moment = now or timezone.now()
    check_membership(year=year, dues_paid_on=dues_paid_on, today=timezone.localdate(moment))
    with transaction.atomic():
        organisation = locked(Organisation, organisation_id)
        known = Membership.objects.filter(organisation=organisation, year=year).first()
        if known is not None and known.dues_paid_on == dues_paid_on:
            return known
        row = known or Membership(organisation=organisation, year=year)
        row.dues_paid_on = dues_paid_on
        row.save()
        details = {"year": year, "dues_paid_on": dues_paid_on.isoformat() if dues_paid_on else ""}
        log.record(
            actor=actor, action="organisation.membership_recorded", subject=organisation, now=moment, details=details
        )
    return row


def remove_membership(*, actor: Actor, organisation_id: int, year: int, now: datetime | None = None) -> None:
    """Take a year of membership away. Locks the organisation. Raises `NotAllowed`, `NotFound`."""
    actor.require(Permission.EDIT_NETWORK)
    with transaction.atomic():
        organisation = locked(Organisation, organisation_id)
        row = Membership.objects.filter(organisation=organisation, year=year).first()
        if row is None:
            raise NotFound
        paid = row.dues_paid_on
        row.delete()
        log.record(
            actor=actor,
            action="organisation.membership_removed",
            subject=organisation,
            now=now or timezone.now(),
            details={"year": year, "dues_paid_on": paid.isoformat() if paid else ""},
        )


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


def delete_group(*, actor: Actor, group_id: int, now: datetime | None = None) -> None:
    """Delete a group that nobody presides and under whose name no session is held.

    Raises `NotAllowed`, `NotFound`, `StillReferredTo`.
    """
    actor.require(Permission.EDIT_NETWORK)
    with transaction.atomic():
        group = locked(Group, group_id)
        resting = count_uses(actor, group_id=group.pk)
        said = ", ".join(f"{count} × {gettext(SUBJECT_NAMES[kind])}" for kind, count in resting if count)
        if said:
            raise StillReferredTo(what=str(group), references=said)
        delete_row(actor=actor, row=group, now=now or timezone.now())


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


def date_presidency(
    *,
    actor: Actor,
    presidency_id: int,
    starts_on: date | None,
    ends_on: date | None,
    seen: str = "",
    now: datetime | None = None,
) -> GroupPresidency:
    """Change from when to when somebody presides a group: who leaves office is dated, not deleted. Locks the row.

    Raises `NotAllowed`, `NotFound`, `ChangedMeanwhile`, `PeriodOutOfOrder`, `AlreadyThere`.
    """
    actor.require(Permission.EDIT_NETWORK)
    if starts_on is not None and ends_on is not None and ends_on < starts_on:
        raise PeriodOutOfOrder(field="ends_on")
    with transaction.atomic():
        row = locked(GroupPresidency, presidency_id)
        same = GroupPresidency.objects.filter(group_id=row.group_id, mandate_id=row.mandate_id, starts_on=starts_on)
        if same.exclude(pk=row.pk).exists():
            raise AlreadyThere(what=str(row), field="starts_on")
        values = {"starts_on": starts_on, "ends_on": ends_on}
        return save_changes(actor=actor, row=row, values=values, seen=seen, now=now or timezone.now())


def remove_presidency(*, actor: Actor, presidency_id: int, now: datetime | None = None) -> None:
    """Take a presidency away that nobody was honoured for. Raises `NotAllowed`, `NotFound`, `StillReferredTo`."""
    actor.require(Permission.EDIT_NETWORK)
    with transaction.atomic():
        row = locked(GroupPresidency, presidency_id)
        delete_row(actor=actor, row=row, now=now or timezone.now(), verb="removed")
