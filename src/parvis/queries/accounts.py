"""Reads of accounts and their roles."""

from __future__ import annotations

from dataclasses import dataclass

from parvis.domain.access import PUBLIC, Actor, Permission, Role
from parvis.models import Account


def actor_of(*, account_id: int) -> Actor:
    """Return the actor for an active account, or the public when there is none. Two queries."""
    account = Account.objects.filter(pk=account_id).first()
    return PUBLIC if account is None else actor_from(account)


def actor_from(account: Account) -> Actor:
    """Return the actor for an account that was loaded, or the public where it is not active. One query."""
    if not account.is_active:
        return PUBLIC
    return Actor(
        label=account.name or account.email,
        account_id=account.pk,
        roles=frozenset(Role(grant.role) for grant in account.grants.all()),
        email=account.email,
        unlimited=account.is_superuser,
    )


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """An account of the demo, for its sign-in page."""

    email: str
    name: str
    roles: tuple[Role, ...]


def list_demo_accounts(*, most: int = 12) -> list[DemoAccount]:
    """Return the active accounts with their roles, for the sign-in page of the demo and no other. Two queries."""
    accounts = Account.objects.filter(is_active=True).prefetch_related("grants").order_by("pk")[:most]
    return [
        DemoAccount(
            email=account.email,
            name=account.name or account.email,
            roles=tuple(Role(grant.role) for grant in account.grants.all()),
        )
        for account in accounts
    ]


def access_accounts(actor: Actor) -> list[Account]:
    """Return every account with its roles, by address, to those who give roles. Two queries. Raises `NotAllowed`."""
    actor.require(Permission.GRANT_ROLES)
    return list(Account.objects.prefetch_related("grants").order_by("email"))
