"""The desk shows how far the texts are in each language, and texts are marked as checked there, one or many."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from parvis.domain.access import Actor
from parvis.models import Edition, LogEntry, Session
from parvis.queries.session_texts import texts_print
from parvis.services.programme import save_session
from tests.factories.editions import an_edition
from tests.factories.programme import a_session
from tests.web.desk.reading import main_of, read

pytestmark = pytest.mark.django_db
LIST = "/desk/2023/sessions/"
WRITTEN = {"title_en": "Water", "abstract_fr": "Résumé", "abstract_en": "Abstract", "practical_note_fr": "Venez tôt."}


@pytest.fixture
def edition() -> Edition:
    return an_edition(status="open")


def checked(session: Session) -> list[str]:
    session.refresh_from_db()
    return list(session.checked)


def texts_section(client: Client, session: Session) -> str:
    shown = read(client, f"{LIST}{session.pk}/").partition('<section class="stack-s" aria-labelledby="texts">')[2]
    return shown.partition("</section>")[0]


def test_a_session_tells_its_texts_and_is_marked_as_checked(edition: Edition, organiser_client: Client) -> None:
    session = a_session(edition, **{**WRITTEN, "abstract_en": ""})
    shown = texts_section(organiser_client, session)
    assert "À vérifier" in shown
    assert re.search(r"Manque</span>\s*<span[^>]*>résumé", shown)
    assert shown.count("Marquer comme vérifié") == 1, "what is missing is not checked"
    seen = texts_print(session, "fr")
    answer = organiser_client.post(
        f"{LIST}{session.pk}/texts/", {"language": "fr", "checked": "yes", "seen": seen}, follow=True
    )
    assert "Les textes en français sont marqués comme vérifiés." in main_of(answer)
    assert checked(session) == ["fr"]
    assert "par Organiser" in texts_section(organiser_client, session)
    actor = LogEntry.objects.get(action="session.texts_checked")
    assert actor.details == {"language": "fr"}
    assert "textes vérifiés" in read(organiser_client, f"{LIST}{session.pk}/")
    organiser_client.post(f"{LIST}{session.pk}/texts/", {"language": "fr", "checked": "no", "seen": "old"})
    assert checked(session) == []
    assert "Vérification retirée par Organiser" in texts_section(organiser_client, session)


def test_who_changed_it_after_the_check_is_told(edition: Edition, organiser: Actor, organiser_client: Client) -> None:
    session = a_session(edition, **WRITTEN)
    address, sent = (
        f"{LIST}{session.pk}/texts/",
        {"language": "en", "checked": "yes", "seen": texts_print(session, "en")},
    )
    organiser_client.post(address, sent)
    save_session(actor=organiser, edition_id=edition.pk, session_id=session.pk, values={"abstract_en": "Rewritten"})
    assert "Modifié depuis la vérification de Organiser" in texts_section(organiser_client, session)
    answer = organiser_client.post(address, sent, follow=True)
    assert "Organiser a modifié" in main_of(answer)
    assert checked(session) == []


def test_readers_see_the_status_and_check_nothing(edition: Edition, client_of: object, read_only: Actor) -> None:
    session = a_session(edition, **WRITTEN)
    client: Client = client_of(read_only)  # type: ignore[operator]  # a fixture that gives a function
    assert "Marquer" not in texts_section(client, session)
    assert "À vérifier" in read(client, LIST)
    assert "session_texts" not in read(client, LIST)
    assert client.post(f"{LIST}{session.pk}/texts/", {"language": "fr", "checked": "yes"}).status_code == 403
    assert client.get(f"{LIST}texts/?session={session.pk}").status_code == 403


def test_an_archived_edition_is_not_checked_any_more(organiser_client: Client) -> None:
    session = a_session(an_edition(status="archived"), **WRITTEN)
    assert "Marquer comme vérifié" not in texts_section(organiser_client, session)
    assert f"{LIST}texts/" not in read(organiser_client, LIST)
    answer = organiser_client.post(f"{LIST}{session.pk}/texts/", {"language": "fr", "checked": "yes"}, follow=True)
    assert "L’édition est à l’état « Archivée »" in main_of(answer)


def test_the_list_tells_the_texts_and_leads_to_checking(
    edition: Edition, organiser_client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for n in range(12):
        a_session(edition, f"Séance {n}", **WRITTEN, checked=["fr"])
    with django_assert_max_num_queries(14):
        shown = read(organiser_client, LIST)
    assert shown.count('<abbr title="français">FR</abbr> Vérifié') == 12
    assert shown.count('<abbr title="anglais">EN</abbr> À vérifier') == 12
    for value in ("text", "check", "text_fr", "check_en"):
        assert f'<option value="{value}">' in shown
    assert "Un texte en français" in shown
    assert f'action="{LIST}texts/"' in shown


def test_many_are_read_then_marked(edition: Edition, organiser_client: Client) -> None:
    one, two, three = (a_session(edition, f"Séance {n}", **WRITTEN) for n in range(3))
    without = a_session(edition, "Sans résumé")
    query = "&".join(f"session={each.pk}" for each in (one, two, without))
    page = read(organiser_client, f"{LIST}texts/?to=check&{query}")
    for words in (
        "2 séances seraient marquées comme vérifiées",
        "Venez tôt.",
        "Laissées telles quelles",
        "Sans résumé",
    ):
        assert words in page
    assert three.title_fr not in page
    ticked = re.findall(r'name="session" value="(\d+:[0-9a-f]+)" checked', page)
    assert len(ticked) == 2
    Session.objects.filter(pk=two.pk).update(abstract_fr="Réécrit entre-temps")
    answer = organiser_client.post(f"{LIST}texts/", {"to": "check", "language": "fr", "session": ticked}, follow=True)
    shown = main_of(answer)
    assert "Les textes en français de 1 séance sont marqués comme vérifiés." in shown
    assert "« Séance 1 » a changé pendant votre lecture" in shown
    assert [checked(each) for each in (one, two, three)] == [["fr"], [], []]


def test_the_whole_list_can_be_read_in_the_language_that_it_lacks(edition: Edition, organiser_client: Client) -> None:
    for n in range(3):
        a_session(edition, f"Séance {n}", **WRITTEN, checked=["fr"] if n else [])
    page = read(organiser_client, f"{LIST}texts/?to=check&all=1&lacks=check_en&q=seance")
    assert "3 séances seraient marquées" in page
    assert '<strong lang="en" dir="auto">Water</strong>' in page
    assert 'name="lacks" value="check_en"' in page, "the switch of language keeps what was chosen"
    back = read(organiser_client, f"{LIST}texts/?to=uncheck&all=1&language=fr")
    assert "2 séances ne seraient plus marquées" in back


def test_nothing_ticked_is_said(edition: Edition, organiser_client: Client) -> None:
    answer = organiser_client.get(f"{LIST}texts/?to=check", follow=True)
    assert "Cochez d’abord au moins une séance." in main_of(answer)


def test_publishing_tells_what_lacks_and_publishes(edition: Edition, organiser_client: Client) -> None:
    a_session(edition, **WRITTEN, checked=["fr"])
    a_session(edition, "Sans anglais", abstract_fr="Résumé", checked=["fr"])
    shown = read(organiser_client, "/desk/2023/releases/")
    assert "Textes manquants ou non vérifiés" in shown
    assert f'href="{LIST}?status=confirmed&amp;lacks=text_en"' in shown
    assert "il manque le titre ou le résumé de 1 séance" in shown
    answer = organiser_client.post("/desk/2023/releases/publish/", follow=True)
    assert "En anglais : il manque le titre ou le résumé de 1 séance, les textes de 1 séance ne sont pas" in main_of(
        answer
    )
    Session.objects.update(checked=["fr", "en"], title_en="Water", abstract_en="Abstract")
    assert "Textes manquants" not in read(organiser_client, "/desk/2023/releases/")
