"""Registering somebody at the door: a short form, nothing typed lost, and their ticket at the end."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from parvis.models import Checkpoint, Organisation, Registration
from tests.factories.editions import an_organisation
from tests.factories.onsite import a_participant, an_edition_on_site, an_entrance, read, verdicts

pytestmark = pytest.mark.django_db


@pytest.fixture
def entrance(db: None) -> Checkpoint:
    return an_entrance(an_edition_on_site())


def _send(client: Client, checkpoint: Checkpoint, **changes: Any) -> Any:
    values = {
        "form_key": str(uuid4()),
        "last_name": "N’Diaye",
        "first_name": "Zoé",
        "organisation": "Dijon",
        "organisation_key": "commune:21231",
        "organisation_for": "Dijon",
        "category": "staff",
        **changes,
    }
    return client.post(f"/door/{checkpoint.guid}/register/", {k: v for k, v in values.items() if v is not None})


def test_registered_let_in_and_shown_the_ticket(door_client: Client, entrance: Checkpoint) -> None:
    answer = _send(door_client, entrance)
    made = Registration.objects.get()
    address = f"/door/{entrance.guid}/?scan={made.form_key}&new=1"
    assert (answer.status_code, answer.headers["Location"]) == (302, address)
    page = door_client.get(address).content.decode()
    assert "Bienvenue" in page and "Zoé N’Diaye" in page and "<svg xmlns" in page
    assert (made.source, made.organisation.insee_code) == ("walk_in", "21231")
    assert verdicts() == ["admitted"]


def test_nobody_elses_ticket_is_shown(door_client: Client, entrance: Checkpoint) -> None:
    scan = read(entrance, a_participant(entrance.edition).reference).scan
    page = door_client.get(f"/door/{entrance.guid}/?scan={scan.pk}&new=1").content.decode()
    assert "Bienvenue" in page and "<svg xmlns" not in page


def test_the_form_twice_is_one_person(door_client: Client, entrance: Checkpoint) -> None:
    key = str(uuid4())
    first, again = (_send(door_client, entrance, form_key=key) for _ in range(2))
    assert first.headers["Location"] == again.headers["Location"]
    assert (Registration.objects.count(), verdicts()) == (1, ["admitted"])


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"last_name": ""}, "Ce champ est obligatoire"),
        ({"category": "elected"}, "Maire"),
        ({"email": "nonsense"}, "adresse électronique"),
        ({"category": "emperor"}, "emperor"),
        ({"form_key": "x"}, "door-walk-in"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(
    door_client: Client, entrance: Checkpoint, changes: dict[str, str], said: str
) -> None:
    answer = _send(door_client, entrance, **changes)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page and 'value="Zoé"' in page and 'value="Dijon"' in page
    assert not Registration.objects.exists()


def test_a_name_that_several_bear_is_chosen(door_client: Client, entrance: Checkpoint) -> None:
    loose = {"organisation_key": None, "organisation_for": None, "organisation": "Saint-Denis"}
    answer = _send(door_client, entrance, **loose)
    page = answer.content.decode()
    assert answer.status_code == 422 and "De laquelle s’agit-il" in page and 'value="commune:93066"' in page
    chosen = {
        "organisation": "Saint-Denis",
        "organisation_for": "Saint-Denis",
        "organisation_key": "commune:93066",
        "asked_organisation": "1",
        "country": "FR",
    }
    assert _send(door_client, entrance, **chosen).status_code == 302
    assert Registration.objects.get().organisation.insee_code == "93066"


def test_a_new_organisation_says_what_it_is(door_client: Client, entrance: Checkpoint) -> None:
    new = {
        "organisation": "Ville de Nulle-Part",
        "organisation_for": "Ville de Nulle-Part",
        "organisation_key": "new",
        "asked_organisation": "1",
        "country": "SN",
    }
    assert "quel type" in _send(door_client, entrance, **new).content.decode()
    assert _send(door_client, entrance, **new, organisation_kind="foreign_authority").status_code == 302
    made = Organisation.objects.get(slug="ville-de-nulle-part")
    assert (made.kind, made.country) == ("foreign_authority", "SN")


def test_organisations_abroad_are_offered_without_javascript(door_client: Client, entrance: Checkpoint) -> None:
    known = an_organisation("Ville de Saint-Louis du Sénégal", kind="foreign_authority", country="SN")
    loose = {"organisation_key": None, "organisation_for": None, "organisation": "Ville de Saint-Louis"}
    page = _send(door_client, entrance, **loose).content.decode()
    assert f'value="id:{known.pk}"' in page


def test_who_is_registered_already_is_let_in_from_here(door_client: Client, entrance: Checkpoint) -> None:
    known = a_participant(entrance.edition, "N’Diaye")
    answer = _send(door_client, entrance)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f"Laisser entrer {known.reference}" in page and f'name="q" value="{known.reference}"' in page


def test_the_name_that_was_searched_for_is_kept(door_client: Client, entrance: Checkpoint) -> None:
    assert 'value="Martin"' in door_client.get(f"/door/{entrance.guid}/register/?q=Martin").content.decode()
    assert "R16-4" not in door_client.get(f"/door/{entrance.guid}/register/?q=R16-424242").content.decode()


def test_a_closed_door_registers_nobody(door_client: Client, entrance: Checkpoint) -> None:
    entrance.edition.status = "archived"
    entrance.edition.save()
    assert door_client.get(f"/door/{entrance.guid}/register/").status_code == 422
    assert _send(door_client, entrance).status_code == 422
    assert not Registration.objects.exists()
