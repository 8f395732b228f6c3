"""Folded names and slugs."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from parvis.domain.network.folding import organisation_folded
from parvis.domain.people.names import person_folded
from parvis.domain.slugs import LONGEST, slug_of


def test_a_person_is_sorted_by_surname() -> None:
    assert person_folded("François", "REBSAMEN") == "rebsamen francois"


def test_an_organisation_is_found_in_each_of_its_languages() -> None:
    assert organisation_folded("Saint-Étienne", "", "saint etienne", "Sant-Etiève") == "saint etienne | sant etieve"


def test_a_slug_is_readable_and_numbered_when_taken() -> None:
    assert slug_of("L’Haÿ-les-Roses") == "l-hay-les-roses"
    assert slug_of("Dijon", {"dijon", "dijon-2"}) == "dijon-3"
    assert slug_of("مراكش") == "x"


@given(st.text(max_size=300), st.integers(0, 3))
def test_a_slug_is_ascii_short_and_free(text: str, times: int) -> None:
    taken: set[str] = set()
    for _ in range(times + 1):
        slug = slug_of(text, taken)
        assert slug not in taken
        assert 0 < len(slug) <= LONGEST
        assert slug.isascii()
        assert slug == slug.strip("-")
        taken.add(slug)
