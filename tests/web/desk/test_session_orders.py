"""The desk's pages of which session comes before which."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from parvis.models import Edition, Session, SessionOrder
from parvis.queries.versions import version_of
from tests.factories.editions import an_edition, fill
from tests.web.desk.reading import main_of, read

pytestmark = pytest.mark.django_db
ORDERS = "/desk/2023/timetable/orders/"


@pytest.fixture
def edition() -> Edition:
    made = an_edition(status="open")
    fill(made, sessions=8, speakers=4)
    return made


def key(code: str) -> int:
    return Session.objects.get(code=code).pk


def test_an_order_is_set_shown_changed_and_taken_away(edition: Edition, organiser_client: Client) -> None:
    assert "Aucun ordre n’est fixé" in read(organiser_client, ORDERS)
    shown = read(organiser_client, f"{ORDERS}new/?before={key('S001')}")
    assert f'<option value="{key("S001")}" selected>' in shown
    sent = {"before": key("S001"), "after": key("S006"), "gap_min": "60"}
    assert organiser_client.post(f"{ORDERS}new/", sent)["Location"] == ORDERS
    order = SessionOrder.objects.get()
    shown = read(organiser_client, ORDERS)
    for words in ("finit au moins 60 min avant", "enfreint", "lundi 18 septembre, 9 h 30 – 11 h, Salle 1"):
        assert words in shown
    # Both sessions say so on their pages.
    for code, words in (("S001", "Se tient avant"), ("S006", "Se tient après")):
        shown = read(organiser_client, f"/desk/2023/sessions/{key(code)}/")
        assert words in shown
        assert "au moins 60 min entre les deux" in shown
    address = f"{ORDERS}{order.pk}/"
    answer = organiser_client.post(address, {**sent, "gap_min": "", "version": version_of(order)})
    assert answer["Location"] == ORDERS
    assert "respecté" in read(organiser_client, ORDERS)
    stale = organiser_client.post(address, {**sent, "version": version_of(order)})
    assert stale.status_code == 422
    assert "a modifié ceci" in main_of(stale)
    assert "Order" not in read(organiser_client, address)
    assert "60" in read(organiser_client, address)  # the history
    assert "dans n’importe quel ordre" in read(organiser_client, f"{address}remove/")
    assert organiser_client.post(f"{address}remove/")["Location"] == ORDERS
    assert not SessionOrder.objects.exists()


def test_a_circle_is_refused_by_name_and_nothing_is_lost(edition: Edition, organiser_client: Client) -> None:
    for before, after in (("S001", "S002"), ("S002", "S003")):
        organiser_client.post(f"{ORDERS}new/", {"before": key(before), "after": key(after)})
    answer = organiser_client.post(f"{ORDERS}new/", {"before": key("S003"), "after": key("S001"), "gap_min": "15"})
    assert answer.status_code == 422
    shown = main_of(answer)
    assert "Séance 3 : agir ensemble → Séance 1 : agir ensemble → Séance 2 : agir ensemble → Séance 3" in shown
    assert 'value="15"' in shown
    assert f'<option value="{key("S003")}" selected>' in shown
    for sent, words in (
        ({"before": key("S001"), "after": key("S001")}, "choisissez-en deux"),
        ({"before": key("S001"), "after": key("S002")}, "id_after_error"),
        ({"before": "", "after": key("S002")}, "id_before_error"),
        ({"before": key("S001"), "after": key("S003"), "gap_min": "2000"}, "id_gap_min_error"),
        ({"before": "99999", "after": key("S002")}, "id_before_error"),
    ):
        answer = organiser_client.post(f"{ORDERS}new/", sent)
        assert answer.status_code == 422
        assert words in main_of(answer)
    assert SessionOrder.objects.count() == 2


def test_who_only_reads_reads_and_the_others_do_not(
    edition: Edition, read_only_client: Client, door_client: Client, press_client: Client
) -> None:
    order = SessionOrder.objects.create(before_id=key("S001"), after_id=key("S006"))
    shown = read(read_only_client, ORDERS)
    assert "respecté" in shown
    assert f"{ORDERS}{order.pk}/" not in shown
    for refused in (door_client, press_client):
        assert refused.get(ORDERS).status_code == 403
    for refused in (read_only_client, door_client, press_client):
        for address in (f"{ORDERS}new/", f"{ORDERS}{order.pk}/", f"{ORDERS}{order.pk}/remove/"):
            assert refused.get(address).status_code == 403
            assert refused.post(address).status_code == 403
    assert SessionOrder.objects.count() == 1


def test_an_order_of_another_edition_is_not_found(edition: Edition, organiser_client: Client) -> None:
    an_edition(15, slug="2024")
    order = SessionOrder.objects.create(before_id=key("S001"), after_id=key("S006"))
    for address in ("", "remove/"):
        assert organiser_client.get(f"/desk/2024/timetable/orders/{order.pk}/{address}").status_code == 404


def test_one_and_many_ask_as_much(
    edition: Edition, organiser_client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    order = SessionOrder.objects.create(before_id=key("S001"), after_id=key("S006"))
    addresses = (ORDERS, f"{ORDERS}{order.pk}/", f"/desk/2023/sessions/{key('S001')}/")
    counts = []
    for address in addresses:
        with django_assert_max_num_queries(30) as one:
            read(organiser_client, address)
        counts.append(len(one))
    for code in ("S002", "S003", "S004", "S005", "S007"):
        SessionOrder.objects.create(before_id=key("S001"), after_id=key(code))
    for address, count in zip(addresses, counts, strict=True):
        with django_assert_max_num_queries(count):
            read(organiser_client, address)
