"""Countries by code and by name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.domain.network.countries import (
    LANGUAGES,
    MEDITERRANEAN,
    WORLD_PARTS,
    WorldPart,
    countries,
    country_name,
    recognise_country,
)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("FR", "FR"),
        ("fr", "FR"),
        ("SEN", "SN"),
        ("Sénégal", "SN"),
        ("senegal", "SN"),
        ("Côte d'Ivoire", "CI"),
        ("Côte d’Ivoire", "CI"),
        ("Ivory Coast", "CI"),
        ("RDC", "CD"),
        ("République démocratique du Congo", "CD"),
        ("Congo", "CG"),
        ("États-Unis", "US"),
        ("USA", "US"),
        ("Royaume-Uni", "GB"),
        ("UK", "GB"),
        ("Palestine", "PS"),
        ("Kosovo", "XK"),
        ("Taïwan", "TW"),
        ("Türkiye", "TR"),
        ("Turquie", "TR"),
        ("Turkey", "TR"),
        ("المغرب", "MA"),
        ("Marruecos", "MA"),
        ("Le Mali", "ML"),
        ("République du Bénin", "BJ"),
        ("Guinée", "GN"),
        ("Niger", "NE"),
        ("Nigéria", "NG"),
        ("RU", "RU"),
    ],
)
def test_recognised(text: str, code: str) -> None:
    found = recognise_country(text).country
    assert found is not None
    assert found.code == code


@given(st.sampled_from(sorted(WORLD_PARTS)), st.sampled_from(LANGUAGES))
def test_every_name_in_every_language_is_recognised(code: str, language: str) -> None:
    found = recognise_country(countries()[code].name(language)).country
    assert found is not None
    assert found.code == code


def test_near_misses_are_suggested_and_not_taken() -> None:
    found = recognise_country("Sénégall")
    assert found.country is None
    assert [country.code for country in found.suggestions] == ["SN"]
    assert recognise_country("Atlantide").country is None
    assert recognise_country("").country is None


def test_parts_of_the_world() -> None:
    assert len(WORLD_PARTS) == 250
    assert WORLD_PARTS["SN"] is WorldPart.AFRICA
    assert WORLD_PARTS["PS"] is WorldPart.ASIA
    assert WORLD_PARTS["XK"] is WorldPart.EUROPE
    assert set(WORLD_PARTS) >= MEDITERRANEAN
    assert countries()["TN"].mediterranean
    assert not countries()["SN"].mediterranean


def test_country_name() -> None:
    assert country_name("sn", "fr") == "Sénégal"
    assert country_name("SN", "de") == "Senegal"
    assert country_name("ZZ", "fr") == "ZZ"
