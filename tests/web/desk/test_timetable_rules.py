"""The desk's pages of the timetable's rules and of the hours of the days."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from parvis.domain.timetable.families import OFFERED
from parvis.models import Edition, Placement, RuleSetting, Session
from parvis.queries.timetable_rules import print_of_setting, setting_of
from tests.factories.editions import an_edition, fill
from tests.factories.programme import a_room, a_session, placed
from tests.web.desk.reading import main_of, read

pytestmark = pytest.mark.django_db
RULES = "/desk/2023/timetable/rules/"
DAYS = "/desk/2023/timetable/days/"


@pytest.fixture
def edition() -> Edition:
    """Return an edition in which two sessions stand in one room at one time."""
    made = an_edition(status="open")
    room = a_room(made, "Salle Marly")
    for title in ("Eau", "Air"):
        placed(a_session(made, title), room)
    return made


def test_the_rules_say_whether_they_hold_and_what_a_unit_costs(edition: Edition, organiser_client: Client) -> None:
    shown = read(organiser_client, RULES)
    for words in (
        "Une salle reçoit une séance à la fois.",
        "enfreinte 1 fois",
        "doit tenir",
        "10 000</span> pour chaque séance sans créneau",
        "Aucun thème n’est encore marqué.",
        "De 8 h à 20 h, par pas de 5 min.",
    ):
        assert words in shown
    for kind in OFFERED:
        assert f'href="{RULES}{kind}/"' in shown
    assert "réglé ici" not in shown
    # The editor leads here.
    assert f'href="{RULES}"' in read(organiser_client, "/desk/2023/timetable/")


def test_a_rule_shows_where_it_is_broken_and_becomes_a_wish(edition: Edition, organiser_client: Client) -> None:
    address = f"{RULES}room_once/"
    shown = read(organiser_client, address)
    assert "Salle Marly reçoit « Eau » et « Air » en même temps." in shown
    assert f'href="/desk/2023/sessions/{Session.objects.get(title_fr="Eau").pk}/"' in shown
    sent = {"version": "default", "taken": "wish", "weight": "30", "turnover_min": "10"}
    answer = organiser_client.post(address, sent)
    assert answer["Location"] == RULES
    setting = RuleSetting.objects.get()
    assert (setting.hard, setting.weight, setting.parameters) == (False, 30, {"turnover_min": 10})
    shown = read(organiser_client, RULES)
    assert "non satisfait 1 fois" in shown
    assert "réglé ici" in shown
    shown = read(organiser_client, address)
    for words in ("Doit tenir", "Minutes entre deux séances dans une salle", 'value="30"'):
        assert words in shown
    answer = organiser_client.post(f"{address}reset/", {"version": print_of_setting(setting)}, follow=True)
    assert "de nouveau comme par défaut" in main_of(answer)
    assert not RuleSetting.objects.exists()


def test_what_is_wrong_is_said_beside_its_field_and_kept(edition: Edition, organiser_client: Client) -> None:
    for kind, sent, words in (
        ("placed", {"taken": "wish", "weight": "0"}, "id_weight_error"),
        ("placed", {"taken": "perhaps", "weight": "7"}, "id_taken_error"),
        ("choices_met", {"taken": "hard", "weight": "7"}, "id_taken_error"),
        ("room_once", {"taken": "hard", "turnover_min": "-1", "weight": "7"}, "id_turnover_min_error"),
        ("format_length", {"taken": "hard", "least_min": "30", "weight": "7"}, "plus courte que la plus courte"),
    ):
        answer = organiser_client.post(f"{RULES}{kind}/", sent)
        assert answer.status_code == 422, kind
        assert words in main_of(answer), kind
    assert not RuleSetting.objects.exists()


def test_a_rule_that_was_set_meanwhile_is_not_overwritten(edition: Edition, organiser_client: Client) -> None:
    address = f"{RULES}room_once/"
    organiser_client.post(address, {"version": "default", "taken": "off", "weight": "5"})
    answer = organiser_client.post(address, {"version": "default", "taken": "wish", "weight": "9"})
    assert answer.status_code == 422
    shown = main_of(answer)
    assert "a modifié ceci pendant que vous y travailliez" in shown
    assert "Non jugée" in shown
    answer = organiser_client.post(f"{address}reset/", {"version": "default"}, follow=True)
    assert "a modifié ceci" in main_of(answer)
    seen = print_of_setting(setting_of(edition.pk, "room_once"))
    assert organiser_client.post(address, {"version": seen, "taken": "wish", "weight": "9"}).status_code == 302


@pytest.mark.parametrize("kind", ["nothing", "within_hours"])
def test_unknown_rules_are_not_found(edition: Edition, organiser_client: Client, kind: str) -> None:
    assert organiser_client.get(f"{RULES}{kind}/").status_code == 404
    assert organiser_client.post(f"{RULES}{kind}/reset/").status_code == 404


def test_the_days_open_and_close(edition: Edition, organiser_client: Client) -> None:
    assert 'value="08:00"' in read(organiser_client, DAYS)
    sent = {"version": "default", "opens": "10:00", "closes": "19:00", "step_min": "15"}
    assert organiser_client.post(DAYS, sent)["Location"] == RULES
    shown = read(organiser_client, RULES)
    assert "De 10 h à 19 h, par pas de 15 min." in shown
    assert "enfreinte 2 fois" in shown  # both stand at 9:30
    for wrong, words in (
        ({"opens": "18:00", "closes": "09:00"}, "doit fermer après son ouverture"),
        ({"step_min": "0"}, "id_step_min_error"),
        ({"opens": "half past"}, "id_opens_error"),
        ({"closes": ""}, "id_closes_error"),
    ):
        answer = organiser_client.post(DAYS, {**sent, "version": "", **wrong})
        assert answer.status_code == 422
        assert words in main_of(answer)
    answer = organiser_client.post(f"{DAYS}reset/", follow=True)
    assert "de nouveau comme par défaut" in main_of(answer)
    assert not RuleSetting.objects.exists()


def test_an_edition_without_days_says_where_to_set_them(organiser_client: Client) -> None:
    an_edition(status="open", starts_on=None, ends_on=None)
    for address in (RULES, f"{RULES}placed/"):
        assert "/desk/2023/edition/" in read(organiser_client, address)
    answer = organiser_client.post(DAYS, {"opens": "10:00", "closes": "19:00", "step_min": "15"})
    assert answer.status_code == 422
    assert "pas encore de dates" in main_of(answer)


def test_who_only_reads_sees_rules_and_no_form(
    edition: Edition, read_only_client: Client, door_client: Client, press_client: Client
) -> None:
    for address, words in ((RULES, "enfreinte 1 fois"), (f"{RULES}room_once/", "en même temps")):
        shown = read(read_only_client, address)
        assert words in shown
        assert "Lecture seule" in shown
        assert "<form" not in shown
        for refused in (door_client, press_client):
            assert refused.get(address).status_code == 403
    assert read_only_client.get(DAYS).status_code == 403
    for address in (f"{RULES}room_once/", f"{RULES}room_once/reset/", DAYS, f"{DAYS}reset/"):
        assert read_only_client.post(address, {"taken": "off"}).status_code == 403
    assert not RuleSetting.objects.exists()


def test_a_closed_edition_is_only_read(edition: Edition, organiser_client: Client) -> None:
    Edition.objects.update(status="archived")
    assert "<form" not in read(organiser_client, f"{RULES}room_once/")
    answer = organiser_client.post(f"{DAYS}reset/", follow=True)
    assert "L’édition est à l’état « Archivée »" in main_of(answer)


def test_one_and_many_ask_as_much(
    edition: Edition, organiser_client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    addresses = (RULES, f"{RULES}room_once/", DAYS)
    counts = []
    for address in addresses:
        with django_assert_max_num_queries(35) as one:
            read(organiser_client, address)
        counts.append(len(one))
    fill(edition, sessions=20, speakers=12)
    first = Placement.objects.earliest("pk")
    Placement.objects.update(room=first.room, starts_at=first.starts_at, ends_at=first.ends_at)
    for address, count in zip(addresses, counts, strict=True):
        with django_assert_max_num_queries(count + 1):  # the hours of organisations, once there are speakers
            read(organiser_client, address)
