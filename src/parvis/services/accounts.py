"""Accounts and their roles: made, given and taken back by those who may, and logged."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from parvis.domain.access import Actor, LastOrganiser, Permission, Role
from parvis.domain.refusals import NotFound
from parvis.domain.registration_forms import AddressUnreadable, is_address
from parvis.domain.text import one_line
from parvis.models import Account, RoleGrant
from parvis.services import log


def create_account(
    *, actor: Actor, email: str, name: str = "", language: str = "fr", now: datetime | None = None
) -> Account:
    """Return the account of an address, made if there is none; a known one keeps its name and is opened again.

    Raises `NotAllowed` without the right to give roles, `AddressUnreadable`.
    """
    actor.require(Permission.GRANT_ROLES)
    moment = now or timezone.now()
    address = one_line(email).lower()
    if not is_address(address):
        raise AddressUnreadable(field="email")
    with transaction.atomic():
        account = Account.objects.select_for_update(of=("self",)).filter(email=address).first()
        if account is not None:
            if not account.is_active:
                account.is_active = True
                account.save(update_fields=["is_active"])
                log.record(actor=actor, action="account.opened", subject=account, now=moment)
            return account
        account = Account.objects.create_user(address, name=one_line(name), language=language)
        log.record(actor=actor, action="account.created", subject=account, now=moment)
    return account


def open_account(*, actor: Actor, email: str, name: str, roles: Iterable[Role], now: datetime | None = None) -> Account:
    """Make an account, or open the one of that address again, and give it `roles`: all of it or nothing.

    Raises `NotAllowed`, `AddressUnreadable`.
    """
    with transaction.atomic():
        account = create_account(actor=actor, email=email, name=name, now=now)
        for role in roles:
            grant_role(actor=actor, account_id=account.pk, role=role, now=now)
    return account


def grant_role(*, actor: Actor, account_id: int, role: Role, now: datetime | None = None) -> None:
    """Give an account a role; giving it twice changes nothing. Locks the account. Raises `NotAllowed`, `NotFound`."""
    actor.require(Permission.GRANT_ROLES)
    with transaction.atomic():
        account = _locked(account_id)
        _grant, created = RoleGrant.objects.get_or_create(account=account, role=str(role))
        if created:
            log.record(
                actor=actor,
                action="role.granted",
                subject=account,
                now=now or timezone.now(),
                details={"role": str(role)},
            )


def revoke_role(*, actor: Actor, account_id: int, role: Role, now: datetime | None = None) -> None:
    """Take a role back; what is not held changes nothing. Locks the grants of that role.

    Raises `NotAllowed`, `NotFound`, `LastOrganiser` when nobody would be left to give roles.
    """
    actor.require(Permission.GRANT_ROLES)
    with transaction.atomic():
        account = _locked(account_id)
        holders = list(
            RoleGrant.objects.select_for_update(of=("self",))
            .filter(role=str(role), account__is_active=True)
            .values_list("account_id", flat=True)
        )
        if account.pk not in holders:
            return
        if role is Role.ORGANISER and len(holders) == 1:
            raise LastOrganiser(field="role")
        RoleGrant.objects.filter(account=account, role=str(role)).delete()
        log.record(
            actor=actor,
            action="role.revoked",
            subject=account,
            now=now or timezone.now(),
            details={"role": str(role)},
        )


def _locked(account_id: int) -> Account:
    account = Account.objects.select_for_update(of=("self",)).filter(pk=account_id).first()
    if account is None:
        raise NotFound
    return account
