"""The desk's press releases: drafted, read side by side, edited without losing a word, approved, published."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from parvis.domain.access import Actor
from parvis.models import Communique, Edition
from parvis.services.communiques import approve_communique, draft_communique
from parvis.services.figures import take_snapshot
from tests.factories.editions import an_edition, fill

pytestmark = pytest.mark.django_db
BASE = "/desk/2023/communiques/"


@pytest.fixture
def edition() -> Edition:
    made = an_edition()
    fill(made)
    return made


@pytest.fixture
def drafted(edition: Edition, press: Actor) -> Communique:
    return draft_communique(actor=press, edition_id=edition.pk, dated_on=date(2023, 9, 20))


def page(client: Client, address: str = BASE) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.content.decode()
    return answer.content.decode()


def boxes(communique: Communique, language: str = "fr") -> dict[str, list[str]]:
    from parvis.domain.communiques import document as documents

    source = documents.to_source(documents.from_json(communique.texts.get(language=language).document))
    return {"kind": [kind for kind, _ in source], "text": [text for _, text in source]}


def test_an_empty_list_says_what_to_do(edition: Edition, press_client: Client) -> None:
    assert 'action="/desk/2023/communiques/draft/"' in page(press_client)


def test_press_drafts_approves_and_publishes(
    edition: Edition, press: Actor, press_client: Client, client: Client
) -> None:
    an_edition(15, slug="2024", status="announced", starts_on=None, ends_on=None, announced_month=date(2024, 10, 1))
    edition.series.federation.city = "Paris"
    edition.series.federation.save()
    edition.sessions.filter(format="plenary").update(summary_fr="un plaidoyer", summary_en="the case")
    snapshot = take_snapshot(actor=press, edition_id=edition.pk)
    answer = press_client.post(f"{BASE}draft/", {"dated_on": "2023-09-20", "snapshot": snapshot.pk})
    assert answer["Location"] == f"{BASE}1/"
    shown = page(press_client, f"{BASE}1/")
    assert 'lang="fr"' in shown
    assert 'lang="en"' in shown
    assert "/2023/figures/#present" in shown  # the press does not see the rows behind: the definition
    press_client.post(f"{BASE}1/publish/")
    assert Communique.objects.get().status == "draft"  # not approved: refused
    press_client.post(f"{BASE}1/approve/")
    press_client.post(f"{BASE}1/publish/")
    assert Communique.objects.get().status == "published"
    assert client.get("/2023/communiques/1/").status_code == 200
    press_client.post(f"{BASE}1/withdraw/")
    assert client.get("/2023/communiques/1/").status_code == 404


def test_a_date_that_is_none_is_said_beside_its_field(edition: Edition, press_client: Client) -> None:
    answer = press_client.post(f"{BASE}draft/", {"dated_on": "jamais", "snapshot": ""})
    assert answer.status_code == 422
    assert "jamais" in answer.content.decode()
    assert not Communique.objects.exists()


def test_what_is_missing_is_named_and_leads_to_where_it_is_recorded(
    drafted: Communique, organiser_client: Client
) -> None:
    shown = page(organiser_client, f"{BASE}1/")
    assert "la prochaine édition" in shown
    assert "ce que la plénière a porté" in shown
    assert 'href="/desk/2023/sessions/"' in shown
    assert "/desk/2023/figures/snapshots/1/present/" in shown


def test_an_edit_that_is_refused_loses_nothing(drafted: Communique, press_client: Client) -> None:
    address = f"{BASE}1/edit/fr/"
    form = boxes(drafted)
    form["text"][0] = "Un titre à {figure:nonsense|12}, écrit & perdu ?"
    answer = press_client.post(address, form)
    assert answer.status_code == 422
    assert "écrit &amp; perdu" in answer.content.decode()
    form["text"][0] = "Un titre retrouvé"
    assert press_client.post(address, form)["Location"] == f"{BASE}1/"
    assert "Un titre retrouvé" in page(press_client, f"{BASE}1/")


def test_a_changed_fact_is_named_and_drafting_again_takes_it(
    drafted: Communique, press: Actor, press_client: Client
) -> None:
    approve_communique(actor=press, communique_id=drafted.pk)
    assert "le fil rouge" not in page(press_client, f"{BASE}1/")
    Edition.objects.filter(pk=drafted.edition_id).update(theme_fr="Un autre thème")
    assert "le fil rouge" in page(press_client, f"{BASE}1/")
    press_client.post(f"{BASE}1/redraft/")
    shown = page(press_client, f"{BASE}1/")
    assert "Un autre thème" in shown
    assert "le fil rouge" not in shown
    drafted.refresh_from_db()
    assert drafted.status == "draft"


def test_files_of_a_draft_are_for_the_desk(drafted: Communique, press_client: Client, client: Client) -> None:
    pdf = press_client.get(f"{BASE}1/communique.pdf?lang=en")
    assert pdf.content.startswith(b"%PDF-")
    assert press_client.get(f"{BASE}1/communique.docx?lang=fr").content.startswith(b"PK")
    assert press_client.get(f"{BASE}1/communique.pdf?lang=xx").status_code == 404
    assert client.get(f"{BASE}1/communique.pdf").status_code == 302


def test_who_reads_reads_and_who_scans_does_not(
    drafted: Communique, read_only_client: Client, door_client: Client
) -> None:
    shown = page(read_only_client, f"{BASE}1/")
    assert "/edit/" not in shown
    assert "/approve/" not in shown
    for action in ("approve", "redraft"):
        assert read_only_client.post(f"{BASE}1/{action}/").status_code == 403
    assert door_client.get(BASE).status_code == 403
    assert door_client.get(f"{BASE}1/").status_code == 403


def test_the_list_asks_as_much_for_many(
    drafted: Communique,
    press: Actor,
    press_client: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_max_num_queries(20) as one:
        page(press_client)
    for _ in range(3):
        draft_communique(actor=press, edition_id=drafted.edition_id, dated_on=date(2023, 9, 20))
    with django_assert_max_num_queries(len(one)):
        page(press_client)


def test_a_page_of_no_release_is_not_found(
    edition: Edition, client_of: Callable[[Actor], Client], press: Actor
) -> None:
    assert client_of(press).get(f"{BASE}7/").status_code == 404
