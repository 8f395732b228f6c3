"""French authorities by code, SIREN and name."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parvis.domain.network.authorities import (
    Authority,
    authorities,
    authority_by_code,
    authority_by_siren,
    recognise_authority,
    search_authorities,
)
from parvis.domain.network.kinds import FRENCH_AUTHORITIES, OrganisationKind
from parvis.domain.text import fold_name

K = OrganisationKind


@pytest.mark.parametrize(
    ("text", "kind", "code"),
    [
        ("Dijon", K.COMMUNE, "21231"),
        ("Ville de Dijon", K.COMMUNE, "21231"),
        ("Mairie du Havre", K.COMMUNE, "76351"),
        ("Ville des Mureaux", K.COMMUNE, "78440"),
        ("L'Haÿ les roses", K.COMMUNE, "94038"),
        ("Saint-Denis (93)", K.COMMUNE, "93066"),
        ("St Denis (Seine-Saint-Denis)", K.COMMUNE, "93066"),
        ("Saint-Denis (La Réunion)", K.COMMUNE, "97411"),
        ("Montreuil, 93", K.COMMUNE, "93048"),
        ("Paris", K.COMMUNE, "75056"),
        ("Ville de Paris", K.COMMUNE, "75056"),
        ("Conseil départemental de la Gironde", K.DEPARTEMENT, "33"),
        ("Département de l’Ain", K.DEPARTEMENT, "01"),
        ("CD33", K.DEPARTEMENT, "33"),
        ("Collectivité européenne d'Alsace", K.DEPARTEMENT, "6AE"),
        ("Conseil départemental du Bas-Rhin", K.DEPARTEMENT, "6AE"),
        ("Mayotte", K.DEPARTEMENT, "976"),
        ("Département de La Réunion", K.DEPARTEMENT, "974"),
        ("Région Bretagne", K.REGION, "53"),
        ("Région des Pays de la Loire", K.REGION, "52"),
        ("Région PACA", K.REGION, "93"),
        ("Conseil régional d'Île-de-France", K.REGION, "11"),
        ("Région Réunion", K.REGION, "04"),
        ("Collectivité de Corse", K.REGION, "94"),
        ("Dijon Métropole", K.EPCI, "242100410"),
        ("Métropole de Dijon", K.EPCI, "242100410"),
        ("Métropole de Lyon", K.EPCI, "200046977"),
        ("CU d'Arras", K.EPCI, "200033579"),
        ("Est Ensemble", K.EPCI, "200057875"),
        ("Collectivité territoriale de Martinique", K.OVERSEAS, "972"),
        ("Région Guyane", K.OVERSEAS, "973"),
        ("Polynésie française", K.OVERSEAS, "987"),
        ("Gouvernement de la Nouvelle-Calédonie", K.OVERSEAS, "988"),
    ],
)
def test_names_as_people_write_them(text: str, kind: OrganisationKind, code: str) -> None:
    found = recognise_authority(text).authority
    assert found is not None
    assert (found.kind, found.code) == (kind, code)


def test_codes() -> None:
    assert recognise_authority("whatever", code="21231").by == "code"
    assert recognise_authority("whatever", code="217500016").by == "siren"
    assert _name(authority_by_code("1004")) == "Ambérieu-en-Bugey"  # Excel ate the zero
    assert _name(authority_by_siren("217500016")) == "Paris"
    assert authority_by_siren("000000000") is None
    assert _name(authority_by_code("11", K.REGION)) == "Île-de-France"
    assert _name(authority_by_code("11")) == "Aude"
    # An unknown code leaves it to the name.
    assert _name(recognise_authority("Dijon", code="99999").authority) == "Dijon"


def test_namesakes_are_candidates_and_never_guessed() -> None:
    found = recognise_authority("Saint-Denis")
    assert found.authority is None
    assert {candidate.departement for candidate in found.candidates} >= {"93", "974"}
    assert found.candidates[0].population >= found.candidates[-1].population
    assert _name(recognise_authority("Saint-Denis", departement="93").authority) == "Saint-Denis"
    assert recognise_authority("Vienne").authority is None
    assert _name(recognise_authority("Vienne", kind=K.DEPARTEMENT).authority) == "Vienne"


def test_a_departement_that_contradicts_the_name_is_not_ignored() -> None:
    assert recognise_authority("Dijon (93)").authority is None


def test_near_misses_are_suggested() -> None:
    found = recognise_authority("Chatelerault")
    assert found.authority is None
    assert found.suggestions[0].shown == "Châtellerault (86)"
    assert len(recognise_authority("Orléens").suggestions) <= 3
    assert recognise_authority("Chatelerault", suggest=False).suggestions == ()
    assert recognise_authority("").authority is None


def test_the_table_is_sound() -> None:
    table = authorities()
    assert {row.kind for row in table} <= FRENCH_AUTHORITIES
    assert sum(row.kind is K.DEPARTEMENT for row in table) == 95  # 101, less 2A 2B 67 68 75 972 973, and Alsace
    assert sum(row.kind is K.REGION for row in table) == 15
    assert sum(row.kind is K.OVERSEAS for row in table) == 8
    assert 34_000 < sum(row.kind is K.COMMUNE for row in table) < 35_500
    assert 1_200 < sum(row.kind is K.EPCI for row in table) < 1_300
    assert len({(row.kind, row.code) for row in table}) == len(table)
    sirens = [row.siren for row in table if row.siren]
    assert len(set(sirens)) == len(sirens)
    assert all(len(siren) == 9 and siren.isdigit() for siren in sirens)
    assert all("'" not in row.name for row in table)


@given(st.data())
@settings(max_examples=200, deadline=None)
def test_every_authority_is_found_by_its_own_name_kind_and_departement(data: st.DataObject) -> None:
    row = data.draw(st.sampled_from(authorities()))
    found = recognise_authority(row.name, kind=row.kind, departement=row.departement)
    assert row in (found.authority, *found.candidates)
    assert authority_by_code(row.code, row.kind) == row


def test_forty_thousand_names_take_seconds() -> None:
    names = [f"Ville de {row.name} ({row.departement})" for row in authorities() if row.kind is K.COMMUNE]
    begun = time.process_time()
    found = sum(recognise_authority(name, kind=K.COMMUNE).authority is not None for name in names)
    assert time.process_time() - begun < 10
    assert found > len(names) - 40  # a few communes have a namesake in their own département


def test_the_stored_folding_is_that_of_the_code() -> None:
    from parvis.domain.network import authorities as module

    table = module._table()
    assert [fold_name(row.name) for row in table.rows] == table.folded


def test_completing_while_typing() -> None:
    assert "Dijon" in [row.name for row in search_authorities("ville de dij")]
    assert search_authorities("bret")[0].name == "Bretagne"
    assert search_authorities("21231")[0].name == "Dijon"
    assert "Le Havre" in [row.name for row in search_authorities("havre")]
    assert len(search_authorities("saint", limit=7)) == 7
    assert search_authorities("") == []


def _name(authority: Authority | None) -> str:
    return authority.name if authority else ""
