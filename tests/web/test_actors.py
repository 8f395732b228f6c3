"""Who is asking is found out once per request: the account and its roles are each read once."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from parvis.domain.access import Actor
from parvis.models import Account
from tests.factories.editions import an_edition

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/desk/2023/", "/desk/2023/sessions/", "/desk/2023/log/"])
def test_the_account_and_its_roles_are_read_once(organiser_client: Client, address: str) -> None:
    an_edition(status="open")
    address = address.replace("/desk/2023/log/", "/desk/log/")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert organiser_client.get(address).status_code == 200
    for table in ("parvis_account", "parvis_rolegrant"):
        reads = [query["sql"] for query in asked if f'FROM "{table}"' in query["sql"]]
        assert len(reads) == 1, reads


def test_an_account_that_is_closed_is_nobody_at_once(organiser: Actor, client_of: Callable[[Actor], Client]) -> None:
    an_edition(status="open")
    client = client_of(organiser)
    assert client.get("/desk/2023/").status_code == 200
    Account.objects.filter(pk=organiser.account_id).update(is_active=False)
    assert client.get("/desk/2023/").status_code == 302
