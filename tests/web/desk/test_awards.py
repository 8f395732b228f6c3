"""Awards at the desk: given, changed and not given after all; laureates and honours."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from parvis.models import Award, AwardRound, Edition, Honour, Laureate, Organisation
from parvis.queries.versions import version_of
from tests.factories.editions import an_edition, an_organisation
from tests.factories.network import a_group, a_mandate, a_person, a_presidency
from tests.factories.programme import a_session
from tests.web.desk.reading import main_of, read

pytestmark = pytest.mark.django_db
BASE = "/desk/2023/awards/"
NAME = "Territoires unis et solidaires"


@pytest.fixture
def edition() -> Edition:
    return an_edition(status="held")


def a_round(edition: Edition, name: str = NAME, kind: str = "label") -> AwardRound:
    award = Award.objects.create(slug=name.lower().replace(" ", "-"), kind=kind, name_fr=name, name_en="")
    return AwardRound.objects.create(award=award, edition=edition)


def a_president(name: str) -> int:
    mandate = a_mandate(a_person("Awa", name), an_organisation(f"Bourg {name}"))
    return a_presidency(a_group(f"Groupe {name}"), mandate).pk


def test_an_award_is_given_at_the_only_ceremony(edition: Edition, organiser_client: Client) -> None:
    a_round(an_edition(13, slug="2022"))
    ceremony = a_session(edition, "Cérémonie", format="ceremony")
    shown = read(organiser_client, f"{BASE}new/")
    assert f'<option value="{ceremony.pk}" selected>' in shown
    assert f'<option value="{NAME}">' in shown  # was given before
    sent = {"kind": "label", "name_fr": NAME, "session": ceremony.pk}
    assert organiser_client.post(f"{BASE}new/", sent)["Location"] == BASE
    assert AwardRound.objects.filter(edition=edition, session=ceremony).exists()
    assert Award.objects.count() == 1
    assert NAME in read(organiser_client, BASE)
    answer = organiser_client.post(f"{BASE}new/", {**sent, "name_en": "Un nom à garder"})
    assert answer.status_code == 422
    assert 'id="id_name_fr_error"' in main_of(answer)
    assert "Un nom à garder" in main_of(answer)


def test_an_award_is_changed_or_not_given_after_all(edition: Edition, organiser_client: Client) -> None:
    row = a_round(edition)
    Laureate.objects.create(round=row, organisation=an_organisation("Dunkerque"))
    address = f"{BASE}{row.pk}/"
    assert NAME in read(organiser_client, address)
    sent = {"version": version_of(row), "name_fr": "Territoires solidaires", "name_en": "", "session": ""}
    assert organiser_client.post(address, sent)["Location"] == BASE
    assert Award.objects.get().name_fr == "Territoires solidaires"
    assert "Lauréat" in read(organiser_client, f"{address}remove/")
    assert organiser_client.post(f"{address}remove/")["Location"] == BASE
    assert not Laureate.objects.exists()
    assert Award.objects.count() == 1


def test_laureates_are_found_by_name_or_code_and_taken_away(edition: Edition, organiser_client: Client) -> None:
    row = a_round(edition)
    town = an_organisation("Pau")
    address = f"{BASE}{row.pk}/laureates/new/"
    assert 'data-field="organisation"' in read(organiser_client, address)
    sent = {"organisation": "pau", "citation_fr": "Pour l’accueil", "citation_en": "For its welcome", "again": "1"}
    assert organiser_client.post(address, sent)["Location"] == address
    assert "Pau" in read(organiser_client, address)
    assert organiser_client.post(address, {"organisation": "21231"})["Location"] == BASE  # Dijon, by its INSEE code
    assert Organisation.objects.filter(insee_code="21231").exists()
    for name in ("Pau", "Une ville que personne ne connaît"):
        answer = organiser_client.post(address, {"organisation": name, "citation_fr": "Mots à garder"})
        assert answer.status_code == 422
        assert 'id="id_organisation_error"' in main_of(answer)
        assert "Mots à garder" in main_of(answer)
    laureate = Laureate.objects.get(organisation=town)
    shown = read(organiser_client, BASE)
    assert "Pour l’accueil" in shown
    organiser_client.post(f"{BASE}laureates/{laureate.pk}/remove/")
    assert "Pau n’est plus parmi les lauréats" in read(organiser_client, BASE)
    assert Laureate.objects.count() == 1


def test_presidencies_are_honoured_together(edition: Edition, organiser_client: Client) -> None:
    ceremony = a_session(edition, "Cérémonie", format="ceremony")
    keys = [a_president(name) for name in ("Un", "Deux", "Trois")]
    address = f"{BASE}honours/new/"
    assert "Groupe Un — Awa Un, Maire de Bourg Un" in read(organiser_client, address)
    assert organiser_client.post(address, {"session": ceremony.pk}).status_code == 422
    sent = {"session": ceremony.pk, "presidencies": keys[:2]}
    assert organiser_client.post(address, sent)["Location"] == BASE
    shown = read(organiser_client, BASE)
    assert "Hommage est rendu à 2 présidences" in shown
    assert organiser_client.post(address, sent).status_code == 422  # they are no longer among the choices
    honour = Honour.objects.get(presidency=keys[0])
    organiser_client.post(f"{BASE}honours/{honour.pk}/remove/")
    assert Honour.objects.get().presidency_id == keys[1]


def test_without_a_ceremony_or_anybody_left_the_page_says_what_to_do(
    edition: Edition, organiser_client: Client
) -> None:
    key = a_president("Un")
    address = f"{BASE}honours/new/"
    assert "/desk/2023/sessions/new/?format=ceremony" in read(organiser_client, address)
    ceremony = a_session(edition, "Cérémonie", format="ceremony")
    organiser_client.post(address, {"session": ceremony.pk, "presidencies": [key]})
    assert "Il ne reste personne à honorer" in read(organiser_client, address)


def test_an_archived_edition_keeps_its_awards(organiser_client: Client) -> None:
    edition = an_edition(status="archived")
    row = a_round(edition)
    laureate = Laureate.objects.create(round=row, organisation=an_organisation("Dunkerque"))
    answer = organiser_client.post(f"{BASE}laureates/{laureate.pk}/remove/", follow=True)
    assert "ne change plus" in main_of(answer)
    assert organiser_client.post(f"{BASE}{row.pk}/remove/").status_code == 422
    assert Laureate.objects.exists()


def test_who_only_reads_sees_the_list_and_no_button(
    edition: Edition, read_only_client: Client, door_client: Client, press_client: Client
) -> None:
    row = a_round(edition)
    laureate = Laureate.objects.create(round=row, organisation=an_organisation("Dunkerque"))
    ceremony = a_session(edition, "Cérémonie", format="ceremony")
    honour = Honour.objects.create(session=ceremony, presidency_id=a_president("Un"))
    shown = read(read_only_client, BASE)
    for words in ("Lecture seule", NAME, "Dunkerque", "Awa Un"):
        assert words in shown
    assert "<form" not in shown
    assert "/new/" not in shown
    for address in (
        *("new/", "honours/new/", f"honours/{honour.pk}/remove/", f"laureates/{laureate.pk}/remove/"),
        *(f"{row.pk}/", f"{row.pk}/remove/", f"{row.pk}/laureates/new/"),
    ):
        assert read_only_client.post(f"{BASE}{address}").status_code == 403
    for refused in (door_client, press_client):
        assert refused.get(BASE).status_code == 403
    assert (Laureate.objects.count(), Honour.objects.count()) == (1, 1)


def test_what_belongs_to_another_edition_is_not_found(edition: Edition, organiser_client: Client) -> None:
    elsewhere = an_edition(15, slug="2024")
    row = a_round(elsewhere)
    laureate = Laureate.objects.create(round=row, organisation=an_organisation("Dunkerque"))
    honour = Honour.objects.create(
        session=a_session(elsewhere, "Cérémonie", format="ceremony"), presidency_id=a_president("Un")
    )
    for address in (f"{row.pk}/", f"{row.pk}/remove/", f"{row.pk}/laureates/new/"):
        assert organiser_client.get(f"{BASE}{address}").status_code == 404
    for address in (f"laureates/{laureate.pk}/remove/", f"honours/{honour.pk}/remove/"):
        assert organiser_client.post(f"{BASE}{address}").status_code == 404


def test_one_and_many_ask_as_much(
    edition: Edition, organiser_client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    row = a_round(edition)
    Laureate.objects.create(round=row, organisation=an_organisation("Dunkerque"))
    ceremony = a_session(edition, "Cérémonie", format="ceremony")
    Honour.objects.create(session=ceremony, presidency_id=a_president("Un"))
    a_president("Deux")
    addresses = (BASE, f"{BASE}honours/new/", f"{BASE}{row.pk}/laureates/new/")
    counts = []
    for address in addresses:
        with django_assert_max_num_queries(15) as one:
            read(organiser_client, address)
        counts.append(len(one))
    for n in range(6):
        other = a_round(edition, f"Prix {n}", "prize")
        Laureate.objects.create(round=other, organisation=an_organisation(f"Lauréate {n}"))
        Laureate.objects.create(round=row, organisation=an_organisation(f"Autre {n}"))
        Honour.objects.create(session=ceremony, presidency_id=a_president(f"Honorée {n}"))
        a_president(f"Libre {n}")
    for address, count in zip(addresses, counts, strict=True):
        with django_assert_max_num_queries(count):
            read(organiser_client, address)
