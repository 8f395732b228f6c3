"""The desk's page of one partner: the mention that it requires, and how it reads on the site before it is saved."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from parvis.models import Edition, Organisation, Partner
from parvis.queries.versions import version_of
from tests.factories.editions import an_edition, an_organisation
from tests.factories.network import a_partner

pytestmark = pytest.mark.django_db
BASE = "/desk/2023/partners/"
MENTION = "Avec le soutien de l’Agence : merci !"


@pytest.fixture
def edition() -> Edition:
    return an_edition()


@pytest.fixture
def agency(edition: Edition) -> Organisation:
    return an_organisation("Agence de développement", kind="agency", short_name="AD")


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.content.decode()[:400]
    return answer.content.decode()


def typed(organisation: str = "Agence de développement", **changes: str) -> dict[str, str]:
    return {"organisation": organisation, "kind": "funder", "mention_fr": MENTION, **changes}


def test_the_page_shows_how_it_reads_in_both_languages(
    edition: Edition, agency: Organisation, organiser_client: Client
) -> None:
    partner = a_partner(edition, agency, mention_fr=MENTION, url="https://agence.example")
    shown = page(organiser_client, f"{BASE}{partner.pk}/")
    assert shown.count("l’Agence\u202f: merci\u202f!") == 2  # French stands in where English is missing
    assert "l’autre le remplace" in shown
    assert "https://agence.example" in shown and "(AD)" in shown
    Partner.objects.filter(pk=partner.pk).update(mention_en="With the support of the Agency")
    shown = page(organiser_client, f"{BASE}{partner.pk}/")
    assert "With the support of the Agency" in shown and "l’autre le remplace" not in shown


def test_a_project_without_mention_names_who_pays(
    edition: Edition, agency: Organisation, organiser_client: Client
) -> None:
    union = an_organisation("Union européenne", kind="other", country="BE")
    partner = a_partner(edition, agency, kind="project", co_funder=union)
    assert "Cofinancé par" in page(organiser_client, f"{BASE}{partner.pk}/").replace("Co-financé", "Cofinancé")


def test_who_only_reads_sees_no_button_and_the_others_nothing(
    edition: Edition, agency: Organisation, read_only_client: Client, door_client: Client
) -> None:
    partner = a_partner(edition, agency)
    main = page(read_only_client, f"{BASE}{partner.pk}/").partition('<main id="main"')[2].partition("</main>")[0]
    assert "Lecture seule" in main and "<form" not in main and "/change/" not in main and "/remove/" not in main
    for address in ("change/", "remove/"):
        assert read_only_client.post(f"{BASE}{partner.pk}/{address}").status_code == 403
    assert read_only_client.get(f"{BASE}new/").status_code == 403
    assert door_client.get(f"{BASE}{partner.pk}/").status_code == 403
    an_edition(13, slug="2022")
    assert read_only_client.get(f"/desk/2022/partners/{partner.pk}/").status_code == 404


def test_the_page_asks_as_much_with_a_long_history(
    edition: Edition,
    agency: Organisation,
    organiser_client: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    partner = a_partner(edition, agency)
    with django_assert_max_num_queries(14) as one:
        page(organiser_client, f"{BASE}{partner.pk}/")
    asked = len(one)
    for n in range(5):
        organiser_client.post(f"{BASE}{partner.pk}/change/", typed(url=f"https://agence{n}.example"))
    page(organiser_client, f"{BASE}{partner.pk}/")  # takes the messages out of the session
    with django_assert_max_num_queries(asked):
        assert "agence4" in page(organiser_client, f"{BASE}{partner.pk}/")


def test_the_preview_saves_nothing_and_keeps_what_is_typed(agency: Organisation, organiser_client: Client) -> None:
    page(organiser_client, f"{BASE}new/")
    answer = organiser_client.post(f"{BASE}new/", typed(preview="1", mention_en="With the support"))
    shown = answer.content.decode()
    assert answer.status_code == 200
    assert "l’Agence\u202f: merci\u202f!" in shown and "Rien n’est encore enregistré." in shown
    assert 'value="Agence de développement"' in shown
    assert not Partner.objects.exists()
    assert organiser_client.post(f"{BASE}new/", typed(preview="1", url="nulle part")).status_code == 422


def test_a_partner_is_added_once_and_comes_last(
    edition: Edition, agency: Organisation, organiser_client: Client
) -> None:
    a_partner(edition, an_organisation("Autre"), position=0)
    answer = organiser_client.post(f"{BASE}new/", typed())
    made = Partner.objects.get(organisation=agency)
    assert answer["Location"] == f"{BASE}{made.pk}/"
    assert (made.position, made.mention_fr) == (1, MENTION)
    again = organiser_client.post(f"{BASE}new/", typed())
    assert again.status_code == 422 and "existe déjà" in again.content.decode()
    unknown = organiser_client.post(f"{BASE}new/", typed("Personne"))
    assert unknown.status_code == 422 and unknown.context["form"].errors["organisation"]
    project = organiser_client.post(f"{BASE}new/", typed("Ville de Dijon", kind="project", co_funder="Personne"))
    assert project.status_code == 422 and project.context["form"].errors["co_funder"]


def test_a_change_keeps_what_is_not_touched_and_a_crossed_one_is_told(
    edition: Edition, agency: Organisation, organiser_client: Client
) -> None:
    union = an_organisation("Union européenne", kind="other", country="BE")
    partner = Partner.objects.get(pk=a_partner(edition, agency, co_funder=union, position=4).pk)
    address = f"{BASE}{partner.pk}/change/"
    assert 'value="Union européenne"' in page(organiser_client, address)
    given = typed(co_funder="Union européenne", version=version_of(partner))
    assert organiser_client.post(address, given).status_code == 302
    partner.refresh_from_db()
    assert (partner.position, partner.co_funder, partner.mention_fr) == (4, union, MENTION)
    answer = organiser_client.post(address, {**given, "mention_fr": "Autre", "co_funder": ""})
    assert answer.status_code == 422 and "Organiser" in answer.content.decode()
    version = answer.context["form"]["version"].value()
    organiser_client.post(address, {**given, "mention_fr": "Autre", "co_funder": "", "version": version})
    partner.refresh_from_db()
    assert (partner.mention_fr, partner.co_funder) == ("Autre", None)


def test_taking_a_partner_away_leaves_the_organisation(
    edition: Edition, agency: Organisation, organiser_client: Client
) -> None:
    partner = a_partner(edition, agency)
    assert "L’organisation reste" in page(organiser_client, f"{BASE}{partner.pk}/remove/")
    assert organiser_client.post(f"{BASE}{partner.pk}/remove/")["Location"] == BASE
    assert not Partner.objects.exists() and Organisation.objects.filter(pk=agency.pk).exists()
