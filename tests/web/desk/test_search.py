"""Searching everything at once, and the outbox."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from parvis.models import Edition, Mail
from tests.factories.editions import an_edition, an_organisation, fill
from tests.factories.network import a_person
from tests.factories.programme import a_session
from tests.web.desk.reading import read

pytestmark = pytest.mark.django_db
SEARCH = "/desk/2023/search/"
MAILS = "/desk/2023/mails/"
NOW = datetime(2023, 6, 1, 9, tzinfo=UTC)


@pytest.fixture
def edition() -> Edition:
    return an_edition(status="open")


def a_mail(n: int, edition: Edition | None, **more: object) -> Mail:
    given: dict[str, object] = {
        "recipient": f"p{n}@example.org",
        "subject": f"Sujet {n}",
        "body_text": "https://example.org/r/un-secret/",
        "status": "sent",
        "created_at": NOW + timedelta(minutes=n),
        **more,
    }
    return Mail.objects.create(key=f"test:{n}", language="fr", edition=edition, **given)  # type: ignore[misc]


def test_each_kind_is_found_and_leads_to_its_page(edition: Edition, organiser_client: Client) -> None:
    session = a_session(edition, "L’eau à Thiès")
    town = an_organisation("Ville de Thiès", kind="foreign_authority", country="SN")
    person = a_person("Thies", "N’Diaye")
    shown = read(organiser_client, f"{SEARCH}?q=THIES")
    for address in (f"sessions/{session.pk}/", f"organisations/{town.pk}/", f"people/{person.pk}/"):
        assert f'href="/desk/2023/{address}"' in shown
        assert organiser_client.get(f"/desk/2023/{address}").status_code == 200


def test_many_hits_lead_to_the_list_that_has_them_all(edition: Edition, organiser_client: Client) -> None:
    for n in range(9):
        a_session(edition, f"Atelier & débat {n}")
    shown = read(organiser_client, f"{SEARCH}?q=atelier+%26")
    assert shown.count("/desk/2023/sessions/") == 9  # eight of them, and the list
    assert "/desk/2023/sessions/?q=atelier%20%26" in shown


@pytest.mark.parametrize("query", ["", "?q=", "?q=%00", "?q=rien-de-tel", f"?q={'x' * 500}"])
def test_nothing_found_says_what_can_be_searched(query: str, edition: Edition, organiser_client: Client) -> None:
    shown = read(organiser_client, f"{SEARCH}{query}")
    assert 'class="empty"' in shown
    assert "code INSEE" in shown


def test_what_is_typed_is_shown_as_text(edition: Edition, organiser_client: Client) -> None:
    answer = organiser_client.get(SEARCH, {"q": "<script>alert(1)</script>"})
    assert "<script>alert" not in answer.content.decode()
    assert "&lt;script&gt;" in answer.content.decode()


def test_the_search_asks_four_times_whatever_there_is(
    edition: Edition, organiser_client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(12) as one:
        read(organiser_client, f"{SEARCH}?q=ville")
    fill(edition, sessions=12, speakers=8, attendees=30, organisations=12)
    with django_assert_max_num_queries(len(one)):
        read(organiser_client, f"{SEARCH}?q=ville")


def test_the_outbox_shows_where_mails_stand_and_nothing_of_what_they_say(
    edition: Edition, organiser_client: Client
) -> None:
    a_mail(1, edition)
    a_mail(2, edition, status="failed", error="Boîte pleine")
    a_mail(3, None, subject="Code de connexion")
    a_mail(4, an_edition(13, slug="2022"), subject="D’une autre édition")
    shown = read(organiser_client, MAILS)
    for words in ("p1@example.org", "Sujet 2", "Boîte pleine", "Code de connexion"):
        assert words in shown
    assert "un-secret" not in shown
    assert "D’une autre édition" not in shown
    failed = read(organiser_client, f"{MAILS}?status=failed")
    assert "Sujet 2" in failed
    assert "Sujet 1" not in failed
    assert "Sujet 1" in read(organiser_client, f"{MAILS}?status=nonsense")


def test_an_empty_outbox_says_why(edition: Edition, organiser_client: Client) -> None:
    assert 'class="empty"' in read(organiser_client, MAILS)


def test_the_outbox_is_paged_and_asks_as_much(
    edition: Edition, organiser_client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    a_mail(0, edition)
    with django_assert_max_num_queries(10) as one:
        read(organiser_client, MAILS)
    for n in range(1, 60):
        a_mail(n, edition)
    with django_assert_max_num_queries(len(one)):
        shown = read(organiser_client, MAILS)
    assert "Sujet 59" in shown
    assert "Sujet 5<" not in shown
    assert "Sujet 5<" in read(organiser_client, f"{MAILS}?status=sent&page=2")


def test_only_those_who_read_the_desk_search_it(
    edition: Edition, read_only_client: Client, door_client: Client, press_client: Client
) -> None:
    for address in (SEARCH, MAILS):
        read(read_only_client, address)
        for refused in (door_client, press_client):
            assert refused.get(address).status_code == 403
