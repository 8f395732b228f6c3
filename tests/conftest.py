"""What every test may ask for: the roles, signed-in clients, compiled catalogues, and a steady hypothesis."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from django.utils import translation
from hypothesis import HealthCheck, settings

from parvis.domain.access import Actor, Role
from parvis.management.catalog_files import compile_stale

# Two busy cores make a slow example common; derandomised, so that a red run is red again.
settings.register_profile(
    "parvis",
    deadline=None,
    derandomize=True,
    database=None,
    max_examples=int(os.environ.get("PARVIS_HYPOTHESIS_EXAMPLES", "60")),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("parvis")


def pytest_configure(config: pytest.Config) -> None:
    """Compile the catalogues before anything is translated."""
    compile_stale()


@pytest.fixture(autouse=True)
def _no_language_left() -> Iterator[None]:
    """A client that read an English page leaves English active: the next test begins without."""
    yield
    translation.deactivate()


def _actor(role: Role) -> Actor:
    from parvis.models import Account, RoleGrant
    from parvis.queries.accounts import actor_of

    account = Account.objects.create_user(f"{role.value}@example.org", name=role.value.replace("_", " ").title())
    RoleGrant.objects.create(account=account, role=role.value)
    return actor_of(account_id=account.pk)


@pytest.fixture
def organiser(db: None) -> Actor:
    """Return an organiser with an account."""
    return _actor(Role.ORGANISER)


@pytest.fixture
def door(db: None) -> Actor:
    """Return a volunteer at the door with an account."""
    return _actor(Role.DOOR)


@pytest.fixture
def press(db: None) -> Actor:
    """Return a press officer with an account."""
    return _actor(Role.PRESS)


@pytest.fixture
def read_only(db: None) -> Actor:
    """Return somebody who may read the desk and change nothing."""
    return _actor(Role.READ_ONLY)


@pytest.fixture
def reviewer(db: None) -> Actor:
    """Return a reviewer with an account."""
    return _actor(Role.REVIEWER)


@pytest.fixture
def client_of(db: None) -> Callable[[Actor], Client]:
    """Return a function that signs an actor in, and gives the client."""

    def signed_in(actor: Actor) -> Client:
        from parvis.models import Account

        client = Client()
        client.force_login(
            Account.objects.get(pk=actor.account_id), backend="django.contrib.auth.backends.ModelBackend"
        )
        return client

    return signed_in


@pytest.fixture
def organiser_client(organiser: Actor, client_of: Callable[[Actor], Client]) -> Client:
    """Return a client signed in as the organiser."""
    return client_of(organiser)


@pytest.fixture
def door_client(door: Actor, client_of: Callable[[Actor], Client]) -> Client:
    """Return a client signed in as the door's volunteer."""
    return client_of(door)


@pytest.fixture
def press_client(press: Actor, client_of: Callable[[Actor], Client]) -> Client:
    """Return a client signed in as the press officer."""
    return client_of(press)


@pytest.fixture
def read_only_client(read_only: Actor, client_of: Callable[[Actor], Client]) -> Client:
    """Return a client signed in as the reader."""
    return client_of(read_only)


@pytest.fixture
def reviewer_client(reviewer: Actor, client_of: Callable[[Actor], Client]) -> Client:
    """Return a client signed in as the reviewer."""
    return client_of(reviewer)
