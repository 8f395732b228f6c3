"""The desk's pages of themes."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from parvis.models import Edition, SessionTheme, Theme
from parvis.queries.versions import version_of
from tests.factories.editions import an_edition
from tests.factories.programme import a_session
from tests.web.desk.reading import main_of, read

pytestmark = pytest.mark.django_db
THEMES = "/desk/2023/timetable/themes/"


@pytest.fixture
def edition() -> Edition:
    return an_edition(status="open")


def a_theme(edition: Edition, name: str, sessions: int = 0) -> Theme:
    theme = Theme.objects.create(slug=name.lower(), name_fr=name)
    for n in range(sessions):
        SessionTheme.objects.create(session=a_session(edition, f"{name} {n}"), theme=theme)
    return theme


def test_themes_are_added_renamed_and_marked(edition: Edition, organiser_client: Client) -> None:
    assert "Encore aucun thème" in read(organiser_client, THEMES)
    assert organiser_client.post(f"{THEMES}new/", {"name_fr": "Eau"})["Location"] == THEMES
    theme = Theme.objects.get()
    SessionTheme.objects.create(session=a_session(edition, "La Seine"), theme=theme)
    address = f"{THEMES}{theme.pk}/"
    assert "La Seine" in read(organiser_client, address)
    sent = {"name_fr": "Eau douce", "name_en": "Fresh water", "exclusive": "on", "version": version_of(theme)}
    assert organiser_client.post(address, sent)["Location"] == THEMES
    shown = read(organiser_client, THEMES)
    for words in ("Eau douce", "Fresh water", "jamais en parallèle"):
        assert words in shown
    stale = organiser_client.post(address, {**sent, "name_fr": "Autre"})
    assert stale.status_code == 422
    assert "a modifié ceci" in main_of(stale)
    assert "<ins>Eau douce</ins>" in read(organiser_client, address)


def test_what_is_wrong_is_said_and_kept(edition: Edition, organiser_client: Client) -> None:
    a_theme(edition, "Énergie")
    for sent in ({"name_fr": ""}, {"name_fr": "energie"}, {"name_fr": "x" * 121}):
        answer = organiser_client.post(f"{THEMES}new/", {**sent, "name_en": "To keep"})
        assert answer.status_code == 422
        assert "id_name_fr_error" in main_of(answer)
        assert "To keep" in main_of(answer)
    assert Theme.objects.count() == 1


def test_two_themes_become_one(edition: Edition, organiser_client: Client) -> None:
    gone, kept = a_theme(edition, "Aide", 2), a_theme(edition, "Solidarité", 1)
    address = f"{THEMES}{gone.pk}/merge/"
    shown = read(organiser_client, address)
    assert "(2)" in shown
    assert f'value="{gone.pk}"' not in shown, "a theme is not merged with itself"
    answer = organiser_client.post(address, {"kept": "", "version": version_of(gone)})
    assert answer.status_code == 422
    assert organiser_client.post(address, {"kept": kept.pk, "version": version_of(gone)})["Location"] == THEMES
    assert SessionTheme.objects.filter(theme=kept).count() == 3
    assert organiser_client.get(address).status_code == 404
    assert "Aide" in read(organiser_client, f"{THEMES}{kept.pk}/")  # its history


def test_a_theme_is_deleted_only_while_unused(edition: Edition, organiser_client: Client) -> None:
    used, idle = a_theme(edition, "Eau", 2), a_theme(edition, "Air")
    assert "Séance" in read(organiser_client, f"{THEMES}{used.pk}/delete/")
    answer = organiser_client.post(f"{THEMES}{used.pk}/delete/")
    assert answer.status_code == 422
    assert "Fusionnez-le plutôt" in main_of(answer)
    assert "Aucune séance ne le porte." in read(organiser_client, f"{THEMES}{idle.pk}/delete/")
    assert organiser_client.post(f"{THEMES}{idle.pk}/delete/")["Location"] == THEMES
    assert [theme.pk for theme in Theme.objects.all()] == [used.pk]


def test_who_only_reads_reads_and_the_others_do_not(
    edition: Edition, read_only_client: Client, door_client: Client, press_client: Client
) -> None:
    theme = a_theme(edition, "Eau", 1)
    shown = read(read_only_client, THEMES)
    assert "Eau" in shown
    assert f"{THEMES}{theme.pk}/" not in shown
    for refused in (door_client, press_client):
        assert refused.get(THEMES).status_code == 403
    for refused in (read_only_client, door_client, press_client):
        for address in ("new/", f"{theme.pk}/", f"{theme.pk}/merge/", f"{theme.pk}/delete/"):
            assert refused.get(THEMES + address).status_code == 403
            assert refused.post(THEMES + address).status_code == 403
    assert Theme.objects.count() == 1


def test_one_and_many_ask_as_much(
    edition: Edition, organiser_client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    theme = a_theme(edition, "Eau", 1)
    addresses = (THEMES, f"{THEMES}{theme.pk}/", f"{THEMES}{theme.pk}/merge/")
    counts = []
    for address in addresses:
        with django_assert_max_num_queries(14) as one:
            read(organiser_client, address)
        counts.append(len(one))
    for n in range(8):
        a_theme(edition, f"Thème {n}", 2)
        SessionTheme.objects.create(session=a_session(edition, f"Encore {n}"), theme=theme)
    for address, count in zip(addresses, counts, strict=True):
        with django_assert_max_num_queries(count):
            read(organiser_client, address)
