"""The log and the histories: who did what to what, in words, before and after."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils.translation import override
from pytest_django import DjangoAssertNumQueries

from parvis.domain.access import Actor
from parvis.models import Edition, LogEntry
from parvis.services.editions import change_edition
from parvis.services.programme import save_session
from parvis.web.desk.history import lines_of
from tests.factories.editions import an_edition
from tests.factories.programme import a_session
from tests.web.desk.reading import read

pytestmark = pytest.mark.django_db
LOG = "/desk/log/"
NOW = datetime(2023, 6, 1, 9, tzinfo=UTC)
PARIS = ZoneInfo("Europe/Paris")


@pytest.fixture
def edition() -> Edition:
    return an_edition(status="open")


def an_entry(n: int = 0, **more: object) -> LogEntry:
    given: dict[str, object] = {
        "at": NOW + timedelta(minutes=n),
        "actor_label": "Camille",
        "channel": "web",
        "action": "room.created",
        "subject_kind": "room",
        "subject_id": n,
        "subject_label": f"Salle {n}",
        **more,
    }
    return LogEntry.objects.create(**given)  # type: ignore[misc]


def test_the_latest_comes_first_and_filters_narrow(edition: Edition, organiser_client: Client) -> None:
    an_entry(1)
    an_entry(2, actor_label="Dominique", action="session.cancelled", subject_kind="session", subject_label="Eau")
    shown = read(organiser_client, LOG)
    assert shown.index("Eau") < shown.index("Salle 1")
    for query, found, lost in (
        ("q=salle", "Salle 1", "Eau"),
        ("who=dominique", "Eau", "Salle 1"),
        ("subject=session", "Eau", "Salle 1"),
        ("action=created", "Salle 1", "Eau"),
    ):
        shown = read(organiser_client, f"{LOG}?{query}")
        history = shown.partition('class="history')[2]
        assert found in history, query
        assert lost not in history, query
    assert "Rien ne correspond" in read(organiser_client, f"{LOG}?q=rien-de-tel")


def test_what_was_changed_reads_in_words(edition: Edition, organiser: Actor, organiser_client: Client) -> None:
    session = a_session(edition)
    save_session(
        actor=organiser,
        edition_id=edition.pk,
        session_id=session.pk,
        values={"mode": "hybrid", "members_only": True, "spoken": ["fr", "en"], "title_en": "Water"},
    )
    change_edition(actor=organiser, edition_id=edition.pk, values={"ends_on": date(2023, 9, 20)}, now=NOW)
    shown = read(organiser_client, LOG)
    for words in (
        "<del>Sur place</del> → <ins>Sur place et en ligne</ins>",
        "<del>non</del> → <ins>oui</ins>",
        "<del>fr</del> → <ins>fr, en</ins>",
        "<del>—</del> → <ins>Water</ins>",
        "<del>19/09/2023</del> → <ins>20/09/2023</ins>",
        "<dt>Dernier jour</dt>",
        "1ᵉʳ juin 2023, 11 h",  # the venue's hour
    ):
        assert words in shown


def test_lines_of_an_import_and_of_what_is_unknown() -> None:
    entries = [
        an_entry(
            1,
            action="import.applied",
            details={"file": "salles.xlsx", "rows": {"rooms": {"created": 11, "refused": 0}}, "written": {"Room": 11}},
        ),
        an_entry(2, action="thing.mended_well", subject_kind="thing", details={"changes": {"colour": ["red", None]}}),
        an_entry(3, details=["not", "a", "mapping"]),
        an_entry(4, details={"changes": 3, "moment": "2023-09-18T07:30:00+00:00", "number": 2}),
    ]
    with override("fr"):
        lines = lines_of(entries, PARIS)
    assert lines[0].facts == [
        ("Fichier", "salles.xlsx"),
        ("Lignes", "Salles (créé 11)"),
        ("Enregistré", "Salle 11"),
    ]
    assert (lines[1].subject, lines[1].verb, lines[1].changes) == ("thing", "mended well", [("Colour", "red", "—")])
    assert (lines[2].changes, lines[2].facts) == ([], [])
    assert lines[3].facts == [("Changements", "3"), ("Moment", "18/09/2023 09:30"), ("Numéro", "2")]


def test_the_log_is_paged_and_asks_as_much(
    edition: Edition, organiser_client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    an_entry()
    with django_assert_max_num_queries(10) as one:
        read(organiser_client, LOG)
    for n in range(1, 70):
        an_entry(n)
    with django_assert_max_num_queries(len(one)):
        shown = read(organiser_client, LOG)
    assert "Salle 69" in shown
    assert "Salle 1<" not in read(organiser_client, f"{LOG}?who=camille")
    assert "who=camille&amp;page=2" in read(organiser_client, f"{LOG}?who=camille")


def test_only_organisers_read_the_log(
    edition: Edition, read_only_client: Client, door_client: Client, press_client: Client
) -> None:
    an_entry()
    for refused in (read_only_client, door_client, press_client):
        assert refused.get(LOG).status_code == 403
