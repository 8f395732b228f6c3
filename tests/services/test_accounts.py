"""Accounts and roles: given by those who may, logged, and never taken from the last one."""

from __future__ import annotations

import pytest

from parvis.domain.access import PUBLIC, Actor, LastOrganiser, Role, system_actor
from parvis.domain.refusals import NotAllowed, NotFound
from parvis.domain.registration_forms import AddressUnreadable
from parvis.models import Account, LogEntry
from parvis.queries.accounts import access_accounts, actor_of
from parvis.services.accounts import create_account, grant_role, revoke_role

pytestmark = pytest.mark.django_db
SYSTEM = system_actor("test")


def test_an_account_is_made_once_and_given_roles() -> None:
    account = create_account(actor=SYSTEM, email=" Anne@Example.org ", name="Anne")
    assert create_account(actor=SYSTEM, email="anne@example.org", name="Other").pk == account.pk
    for _ in range(2):
        grant_role(actor=SYSTEM, account_id=account.pk, role=Role.PRESS)
    assert actor_of(account_id=account.pk).roles == {Role.PRESS}
    assert list(LogEntry.objects.order_by("id").values_list("action", flat=True)) == [
        "account.created",
        "role.granted",
    ]
    assert not account.has_usable_password()


def test_a_closed_account_is_opened_again() -> None:
    account = create_account(actor=SYSTEM, email="anne@example.org")
    Account.objects.update(is_active=False)
    assert actor_of(account_id=account.pk) == PUBLIC
    assert create_account(actor=SYSTEM, email="anne@example.org").is_active


def test_only_organisers_give_roles(organiser: Actor, press: Actor, read_only: Actor) -> None:
    for actor in (press, read_only, PUBLIC):
        with pytest.raises(NotAllowed):
            create_account(actor=actor, email="x@example.org")
        with pytest.raises(NotAllowed):
            grant_role(actor=actor, account_id=organiser.account_id or 0, role=Role.DOOR)
        with pytest.raises(NotAllowed):
            access_accounts(actor)
    assert len(access_accounts(organiser)) == 3


def test_the_last_organiser_stays(organiser: Actor, press: Actor) -> None:
    assert organiser.account_id is not None
    assert press.account_id is not None
    with pytest.raises(LastOrganiser):
        revoke_role(actor=organiser, account_id=organiser.account_id, role=Role.ORGANISER)
    grant_role(actor=organiser, account_id=press.account_id, role=Role.ORGANISER)
    revoke_role(actor=organiser, account_id=organiser.account_id, role=Role.ORGANISER)
    assert actor_of(account_id=organiser.account_id).roles == frozenset()


def test_what_is_wrong_is_said(organiser: Actor) -> None:
    with pytest.raises(AddressUnreadable):
        create_account(actor=organiser, email="nonsense")
    with pytest.raises(NotFound):
        grant_role(actor=organiser, account_id=0, role=Role.DOOR)
    with pytest.raises(NotFound):
        revoke_role(actor=organiser, account_id=0, role=Role.DOOR)
