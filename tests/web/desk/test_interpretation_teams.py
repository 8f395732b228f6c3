"""The desk's pages of interpretation teams, and of the interpreters of a session."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from parvis.models import Edition, InterpretationTeam, Session
from parvis.queries.interpretation_teams import print_of_team, print_of_teams
from tests.factories.editions import an_edition, fill
from tests.web.desk.reading import main_of, read

pytestmark = pytest.mark.django_db
TEAMS = "/desk/2023/timetable/teams/"
BOOTH: dict[str, Any] = {"name": "Cabine 1", "languages": ["fr", "en"], "language": "en", "contact_email": ""}


@pytest.fixture
def edition() -> Edition:
    made = an_edition(status="open")
    fill(made, sessions=4, speakers=4)
    return made


def key(code: str) -> int:
    return Session.objects.get(code=code).pk


def a_team(edition: Edition, *codes: str, name: str = "Cabine 1") -> InterpretationTeam:
    team = InterpretationTeam.objects.create(
        edition=edition, name=name, languages=["fr", "en"], contact_name="Ada", contact_email="ada@example.org"
    )
    for session in Session.objects.filter(code__in=codes):
        session.teams.add(team)
    return team


def test_a_team_is_added_with_the_sessions_that_it_serves(edition: Edition, organiser_client: Client) -> None:
    shown = read(organiser_client, TEAMS)
    assert "Encore aucune équipe d’interprètes" in shown
    assert shown.count("français – anglais") == 4
    assert "Séance 3" in read(organiser_client, f"{TEAMS}new/")
    sent = {**BOOTH, "contact_email": "Ada@example.org", "sessions": [key("S001"), key("S003")]}
    assert organiser_client.post(f"{TEAMS}new/", sent)["Location"] == TEAMS
    team = InterpretationTeam.objects.get()
    assert (team.contact_email, team.language) == ("ada@example.org", "en")
    shown = read(organiser_client, TEAMS)
    for words in ("Cabine 1", "français, anglais", "ada@example.org", '<td class="number">2</td>'):
        assert words in shown
    assert shown.count("français – anglais") == 2, "those that nobody serves"
    assert "Cabine 1" in read(organiser_client, f"/desk/2023/sessions/{key('S001')}/")


def test_a_team_is_changed_with_what_stands_against_it(edition: Edition, organiser_client: Client) -> None:
    team = a_team(edition, "S001", "S002")
    address = f"{TEAMS}{team.pk}/"
    shown = read(organiser_client, address)
    assert "sont trop proches pour les interprètes des deux : Cabine 1" in shown
    assert shown.count("checked") == 4  # two languages, two sessions
    version = print_of_team(team, [key("S001"), key("S002")])
    sent = {**BOOTH, "name": "Cabine A", "sessions": [key("S001")], "version": version}
    assert organiser_client.post(address, sent)["Location"] == TEAMS
    assert [session.code for session in Session.objects.filter(teams=team)] == ["S001"]
    stale = organiser_client.post(address, {**sent, "name": "Cabine B"})
    assert stale.status_code == 422
    assert "a modifié ceci" in main_of(stale)
    shown = read(organiser_client, address)
    assert "trop proches" not in shown
    assert "Cabine A" in shown
    assert "Elle quitte les séances qu’elle sert : 1." in read(organiser_client, f"{address}remove/")
    assert organiser_client.post(f"{address}remove/")["Location"] == TEAMS
    assert not InterpretationTeam.objects.exists()


def test_what_is_wrong_is_said_and_kept(edition: Edition, organiser_client: Client) -> None:
    a_team(edition)
    for wrong, words in (
        ({"name": ""}, "id_name_error"),
        ({"name": "Cabine 1"}, "id_name_error"),
        ({"name": "B", "languages": []}, "choisissez-en au moins deux"),
        ({"name": "B", "languages": ["fr"]}, "choisissez-en au moins deux"),
        ({"name": "B", "contact_email": "nobody"}, "id_contact_email_error"),
        ({"name": "B", "sessions": ["99999"]}, "id_sessions_error"),
    ):
        answer = organiser_client.post(
            f"{TEAMS}new/", {**BOOTH, "contact_name": "À garder", "sessions": [key("S001")], **wrong}
        )
        assert answer.status_code == 422
        assert words in main_of(answer)
        assert "À garder" in main_of(answer)
    assert InterpretationTeam.objects.count() == 1


def test_interpreters_are_named_from_the_session(edition: Edition, organiser_client: Client) -> None:
    team = a_team(edition)
    address = f"/desk/2023/sessions/{key('S001')}/teams/"
    assert "Manque aujourd’hui" in read(organiser_client, address)
    sent = {"teams": [team.pk], "version": print_of_teams([])}
    assert organiser_client.post(address, sent)["Location"] == f"/desk/2023/sessions/{key('S001')}/"
    shown = read(organiser_client, f"/desk/2023/sessions/{key('S001')}/")
    assert "Interprètes" in shown  # the history too
    assert f'href="{TEAMS}{team.pk}/"' in shown
    stale = organiser_client.post(address, {"teams": [], "version": print_of_teams([])})
    assert stale.status_code == 422
    assert organiser_client.post(address, {"teams": ["99999"]}).status_code == 422
    Session.objects.filter(code="S002").update(status="cancelled")
    assert "Aucune : elle n’est interprétée" in read(organiser_client, f"/desk/2023/sessions/{key('S002')}/teams/")


def test_who_only_reads_reads_and_the_others_do_not(
    edition: Edition, read_only_client: Client, door_client: Client, press_client: Client
) -> None:
    team = a_team(edition, "S001")
    for address, words in ((TEAMS, "ada@example.org"), (f"{TEAMS}{team.pk}/", "Séance 1")):
        shown = read(read_only_client, address)
        assert words in shown
        assert "<form" not in shown
        for refused in (door_client, press_client):
            assert refused.get(address).status_code == 403
    assert read_only_client.post(f"{TEAMS}{team.pk}/", BOOTH).status_code == 403
    for refused in (read_only_client, door_client, press_client):
        for address in (f"{TEAMS}new/", f"{TEAMS}{team.pk}/remove/", f"/desk/2023/sessions/{key('S001')}/teams/"):
            assert refused.get(address).status_code == 403
            assert refused.post(address, BOOTH).status_code == 403
    assert InterpretationTeam.objects.count() == 1


def test_a_team_of_another_edition_is_not_found(edition: Edition, organiser_client: Client) -> None:
    an_edition(15, slug="2024")
    team = a_team(edition)
    for address in ("", "remove/"):
        assert organiser_client.get(f"/desk/2024/timetable/teams/{team.pk}/{address}").status_code == 404
    assert organiser_client.get(f"/desk/2024/sessions/{key('S001')}/teams/").status_code == 404


def test_one_and_many_ask_as_much(
    edition: Edition, organiser_client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    team = a_team(edition, "S001", "S002")
    addresses = (TEAMS, f"{TEAMS}{team.pk}/", f"/desk/2023/sessions/{key('S001')}/teams/")
    counts = []
    for address in addresses:
        with django_assert_max_num_queries(35) as one:
            read(organiser_client, address)
        counts.append(len(one))
    for n in range(6):
        a_team(edition, "S001", "S002", "S003", name=f"Équipe {n}")
    team.sessions.add(key("S003"))  # type: ignore[attr-defined]
    for address, count in zip(addresses, counts, strict=True):
        with django_assert_max_num_queries(count):
            read(organiser_client, address)
