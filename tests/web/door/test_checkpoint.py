"""One door: readings posted as plain forms and as pieces of the page, their answers, and their undoing."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from parvis.domain.access import Actor
from parvis.models import Checkpoint, Registration, Scan
from tests.factories.onsite import (
    a_participant,
    a_session_door,
    an_edition_on_site,
    an_entrance,
    badge_code,
    read,
    verdicts,
)

pytestmark = pytest.mark.django_db
PIECE = {"X-Parvis-Fragment": "1"}


@pytest.fixture
def entrance(db: None) -> Checkpoint:
    return an_entrance(an_edition_on_site())


@pytest.fixture
def zoe(entrance: Checkpoint) -> Registration:
    return a_participant(entrance.edition, access_needs="Boucle magnétique")


def _post(client: Client, checkpoint: Checkpoint, step: str = "scan", **values: Any) -> Any:
    return client.post(f"/door/{checkpoint.guid}/{step}/", values, headers=PIECE)


def _tone(response: Any) -> str:
    assert response.status_code in {200, 404, 422}
    page = response.content.decode()
    assert page.lstrip().startswith('<div class="answer"')
    found = re.search(r'data-tone="(\w*)"', page)
    assert found is not None
    return found[1]


def test_a_plain_form_leads_back_to_the_verdict(door_client: Client, entrance: Checkpoint, zoe: Registration) -> None:
    scan_id = str(uuid4())
    values = {"q": badge_code(zoe), "scan_id": scan_id}
    answer = door_client.post(f"/door/{entrance.guid}/scan/", values)
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/door/{entrance.guid}/?scan={scan_id}")
    page = door_client.get(answer.headers["Location"]).content.decode()
    for words in ("Bienvenue", "Zoé Dupré", "Adjointe au maire de Dijon", zoe.reference, "Boucle magnétique"):
        assert words in page
    assert 'class="door-page door-scanning tone-good"' in page
    again = door_client.post(f"/door/{entrance.guid}/scan/", values)
    assert again.headers["Location"] == answer.headers["Location"]
    assert verdicts() == ["admitted"]


def test_a_piece_of_the_page_says_the_same(door_client: Client, entrance: Checkpoint, zoe: Registration) -> None:
    first = _post(door_client, entrance, q=badge_code(zoe), scan_id=uuid4())
    assert _tone(first) == "good" and "Zoé Dupré" in first.content.decode()
    again = _post(door_client, entrance, q=zoe.reference, scan_id=uuid4())
    assert _tone(again) == "warn" and "Déjà contrôlé" in again.content.decode()
    assert re.search(r"À \d+\sh(\s\d+)?, par Door\.", again.content.decode())
    unknown = _post(door_client, entrance, q="R16-424242", scan_id=uuid4())
    assert _tone(unknown) == "bad" and f"/door/{entrance.guid}/register/" in unknown.content.decode()
    left = _post(door_client, entrance, q=zoe.reference, direction="out")
    assert _tone(left) == "good" and "Au revoir" in left.content.decode()
    assert "Sortie déjà contrôlée" in _post(door_client, entrance, q=zoe.reference, direction="out").content.decode()
    assert first.headers["Cache-Control"] == "private, no-store"
    assert set(Scan.objects.values_list("device", flat=True)) == {door_client.cookies["parvis_device"].value}


def test_one_reading_costs_few_queries(
    door: Actor, client_of: Callable[[Actor], Client], entrance: Checkpoint, zoe: Registration
) -> None:
    client = client_of(door)
    _post(client, entrance, q=badge_code(a_participant(entrance.edition, "Avant")))
    code = badge_code(zoe)
    with CaptureQueriesContext(connection) as queries:
        assert _tone(_post(client, entrance, q=code, scan_id=uuid4())) == "good"
    statements = [q["sql"] for q in queries if q["sql"].startswith(("SELECT", "INSERT", "UPDATE", "DELETE"))]
    assert len(statements) <= 11, "\n".join(statements)


def test_a_name_is_answered_with_people_to_choose(door_client: Client, entrance: Checkpoint, zoe: Registration) -> None:
    answer = _post(door_client, entrance, q="dupre")
    assert f'value="{zoe.guid}"' in answer.content.decode() and verdicts() == []
    nobody = _post(door_client, entrance, q="Personne Ici")
    assert _tone(nobody) == "warn" and "register/?q=Personne%20Ici" in nobody.content.decode()
    plain = door_client.post(f"/door/{entrance.guid}/scan/", {"q": "dupré", "direction": "out"}, follow=True)
    page = plain.content.decode()
    assert f'value="{zoe.guid}"' in page and 'value="dupré"' in page and 'value="out" checked' in page
    found = door_client.get(f"/door/{entrance.guid}/find/?q=zoe", headers=PIECE).content.decode()
    assert "Zoé Dupré" in found
    assert door_client.get(f"/door/{entrance.guid}/find/?q=zoe").status_code == 302
    assert _tone(_post(door_client, entrance, registration=zoe.guid)) == "good"
    assert "déjà à l’intérieur" in _post(door_client, entrance, q="dup").content.decode()
    assert verdicts() == ["admitted"]


def test_an_organisation_with_a_figure_in_its_name_is_found(door_client: Client, entrance: Checkpoint) -> None:
    a_participant(entrance.edition, "Rivière", organisation="Pays des 3 Rivières")
    assert "Zoé Rivière" in _post(door_client, entrance, q="3 rivieres").content.decode()
    assert _tone(_post(door_client, entrance, q="4 rivieres")) == "bad"
    assert verdicts() == ["unknown"]


def test_undoing(door_client: Client, entrance: Checkpoint, zoe: Registration) -> None:
    scan = read(entrance, badge_code(zoe)).scan
    undo_id = uuid4()
    answer = _post(door_client, entrance, "undo", scan=scan.pk, undo_id=undo_id)
    assert _tone(answer) == "calm" and "Annulé" in answer.content.decode()
    assert _tone(_post(door_client, entrance, "undo", scan=scan.pk, undo_id=undo_id)) == "calm"
    refused = _post(door_client, entrance, "undo", scan=scan.pk, undo_id=uuid4())
    assert refused.status_code == 422 and "déjà annulé" in refused.content.decode()
    plain = door_client.post(f"/door/{entrance.guid}/undo/", {"scan": scan.pk, "undo_id": uuid4()})
    assert plain.status_code == 422 and "Retour à l’entrée" in plain.content.decode()
    other = read(entrance, badge_code(zoe)).scan
    led = door_client.post(f"/door/{entrance.guid}/undo/", {"scan": other.pk}, follow=True)
    assert "Annulé" in led.content.decode()
    assert Scan.objects.filter(undoes__isnull=False).count() == 2


def test_the_latest_scans_of_every_device(door_client: Client, entrance: Checkpoint, zoe: Registration) -> None:
    read(entrance, badge_code(zoe), device="door-2")
    page = door_client.get(f"/door/{entrance.guid}/latest/", headers=PIECE).content.decode()
    assert 'data-inside="1"' in page and "Zoé Dupré" in page and "Annuler" in page
    assert door_client.get(f"/door/{entrance.guid}/latest/").status_code == 302


@pytest.mark.parametrize("scans", [1, 20])
def test_the_page_costs_the_same_at_one_scan_and_at_many(
    door: Actor, client_of: Callable[[Actor], Client], entrance: Checkpoint, scans: int, django_assert_num_queries: Any
) -> None:
    client = client_of(door)
    for number in range(scans):
        read(entrance, badge_code(a_participant(entrance.edition, f"Nom{number}")))
    client.get(f"/door/{entrance.guid}/")
    with django_assert_num_queries(6):
        assert client.get(f"/door/{entrance.guid}/").status_code == 200


@pytest.mark.parametrize("values", [{}, {"q": "   "}, {"q": "\x00"}, {"registration": "nonsense"}])
def test_nothing_typed_is_told(door_client: Client, entrance: Checkpoint, values: dict[str, str]) -> None:
    answer = _post(door_client, entrance, **values)
    assert answer.status_code == 422 and "Rien n’a été saisi" in answer.content.decode()
    plain = door_client.post(f"/door/{entrance.guid}/scan/", values, follow=True)
    assert "Rien n’a été saisi" in plain.content.decode()
    assert verdicts() == []


def test_what_is_not_there(door_client: Client, entrance: Checkpoint, zoe: Registration) -> None:
    nowhere = uuid4()
    assert door_client.get(f"/door/{nowhere}/").status_code == 404
    assert door_client.post(f"/door/{nowhere}/scan/", {"q": badge_code(zoe)}).status_code == 404
    assert _tone(_post(door_client, entrance, registration=uuid4())) == "bad"
    assert _post(door_client, entrance, "undo", scan=uuid4()).status_code == 404
    assert _post(door_client, entrance, "undo").status_code == 404
    assert "Scannez un badge" in door_client.get(f"/door/{entrance.guid}/?scan={uuid4()}").content.decode()
    assert "Scannez un badge" in door_client.get(f"/door/{entrance.guid}/?scan=x").content.decode()


def test_a_closed_door_says_why(door_client: Client, entrance: Checkpoint, zoe: Registration) -> None:
    entrance.edition.status = "cancelled"
    entrance.edition.save()
    page = door_client.get(f"/door/{entrance.guid}/")
    assert page.status_code == 200 and "Les entrées sont fermées" in page.content.decode()
    plain = door_client.post(f"/door/{entrance.guid}/scan/", {"q": badge_code(zoe)})
    assert plain.status_code == 422 and "Les entrées sont fermées" in plain.content.decode()
    assert _tone(_post(door_client, entrance, q=badge_code(zoe))) == "bad"
    assert verdicts() == []


def test_a_door_for_members_refuses_politely(door_client: Client, zoe: Registration) -> None:
    assembly = a_session_door(zoe.edition, members_only=True)
    answer = _post(door_client, assembly, q=badge_code(zoe))
    assert _tone(answer) == "bad"
    assert "Réservé aux adhérents" in answer.content.decode() and "autres séances" in answer.content.decode()


@pytest.mark.parametrize("step", ["scan", "undo"])
def test_who_had_to_sign_in_again_lands_at_the_door(door_client: Client, entrance: Checkpoint, step: str) -> None:
    answer = door_client.get(f"/door/{entrance.guid}/{step}/")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/door/{entrance.guid}/")


def test_other_roles_and_strangers_do_nothing(
    press_client: Client, client: Client, entrance: Checkpoint, zoe: Registration
) -> None:
    for step in ("scan", "undo"):
        assert _post(press_client, entrance, step, q=badge_code(zoe), scan=uuid4()).status_code == 403
        assert _post(client, entrance, step, q=badge_code(zoe)).status_code == 302
    for step in ("", "find/?q=zoe", "latest/", "register/"):
        assert press_client.get(f"/door/{entrance.guid}/{step}").status_code == 403
    assert verdicts() == []


def test_a_forged_form_is_refused(entrance: Checkpoint, zoe: Registration, door: Actor) -> None:
    from parvis.models import Account

    client = Client(enforce_csrf_checks=True)
    client.force_login(Account.objects.get(pk=door.account_id), backend="django.contrib.auth.backends.ModelBackend")
    assert _post(client, entrance, q=badge_code(zoe)).status_code == 403
    assert verdicts() == []
