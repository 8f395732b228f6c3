"""Organisations while one types."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from tests.factories.registrations import a_registration, an_open_edition

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_limits() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def _names(client: Client, text: str) -> list[dict[str, str]]:
    return client.get("/organisations/suggest", {"q": text}).json()["organisations"]


def test_what_begins_so_is_suggested_known_ones_first(client: Client) -> None:
    a_registration(an_open_edition())
    found = _names(client, "dij")
    assert found[0]["key"].startswith("id:")
    assert [suggestion["name"] for suggestion in found].count("Dijon") == 1
    assert "Dijon Métropole" in [suggestion["name"] for suggestion in found]


def test_no_person_is_told(client: Client) -> None:
    a_registration(an_open_edition())
    assert _names(client, "benali") == []
    assert "aicha" not in client.get("/organisations/suggest", {"q": "dij"}).content.decode().lower()


def test_one_letter_asks_for_nothing(client: Client, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert _names(client, "d") == []
    with django_assert_num_queries(2):
        _names(client, "lyon")


def test_too_many_questions_are_answered_with_none(client: Client, settings: Any) -> None:
    settings.PARVIS_RATE_LIMITS = {"suggest": (1, 60)}
    assert _names(client, "dijon")
    assert client.get("/organisations/suggest", {"q": "dijon"}).status_code == 429
