"""Filters narrow, never invent, and are written in one plain way."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.domain.programme.filters import (
    CHOSEN_KEYS,
    MOST_LETTERS,
    FilterIndex,
    FilterKey,
    ProgrammeFilter,
    answering,
    read_filter,
)
from parvis.domain.programme.release import SessionContent, ThemeContent
from parvis.domain.text import fold
from tests.domain.programme.contents import a_release, a_session, a_speaker, sessions, speaks

WORDS = st.sampled_from(["", "eau", "EAU", "dijon l", "oeuvres", "énergie", "ÉNERGIE", "rien de tel", "<b>", " - "])
KEYS = st.sampled_from([key.value for key in FilterKey] + ["utm_source", "Q", ""])
VALUES = st.one_of(
    WORDS, st.sampled_from(["climat", "7", "benin", "en", "workshop", "2023-09-18", "salle-3"]), st.text(max_size=130)
)
PAIRS = st.lists(st.tuples(KEYS, VALUES), max_size=8)


@given(sessions(), PAIRS)
def test_each_further_filter_only_narrows(found: list[SessionContent], given_pairs: list[tuple[str, str]]) -> None:
    index = FilterIndex(a_release(*found))
    guids = [session.guid for session in found]
    reading = read_filter(given_pairs, index.options)
    shown = answering(reading.filter, guids, index)
    apart = [set(answering(ProgrammeFilter((pair,)), guids, index)) for pair in reading.filter.pairs]
    assert set(shown) == set(guids).intersection(*apart)
    assert [guid for guid in guids if guid in set(shown)] == shown
    for key in FilterKey:
        assert set(shown) <= set(answering(reading.filter.without(key), guids, index))
    assert answering(ProgrammeFilter(), guids, index) == guids


@given(sessions(), PAIRS)
def test_an_address_has_one_plain_form(found: list[SessionContent], given_pairs: list[tuple[str, str]]) -> None:
    options = FilterIndex(a_release(*found)).options
    reading = read_filter(given_pairs, options)
    again = read_filter(reading.plain, options)
    assert again.is_plain
    assert (again.filter, again.unknown, again.plain) == (reading.filter, reading.unknown, reading.plain)
    assert len(reading.plain) <= len(FilterKey)
    assert all(len(value) <= MOST_LETTERS for key, value in reading.plain if key == "q")
    if reading.is_plain:
        assert list(reading.plain) == given_pairs


@given(sessions())
def test_every_option_finds_something(found: list[SessionContent]) -> None:
    index = FilterIndex(a_release(*found))
    guids = [session.guid for session in found]
    assert set(index.options) == set(CHOSEN_KEYS)
    for key, values in index.options.items():
        assert len(set(values)) == len(values)
        for value in values:
            assert answering(ProgrammeFilter(((key, value),)), guids, index), (key, value)


@pytest.mark.parametrize(
    "wanted",
    [
        "energie",
        "ÉNERGIE",
        "acces energie",
        "l energie",
        "lome",
        "Zoé",
        "NOEL zoe",
        "condorcet",
        "maire d’été",
        "œuvre",
    ],
)
def test_words_are_found_wherever_the_session_says_them(wanted: str) -> None:
    session = a_session(
        title={"fr": "Accès à l’énergie", "en": "Access to energy"},
        abstract={"fr": "Une œuvre commune avec Lomé."},
        room="condorcet",
        interventions=[speaks("zoe", "Maire d’Été")],
    )
    content = a_release(session, a_session("s2"), speakers=(a_speaker("zoe", "Zoé", "Noël"),))
    index = FilterIndex(content)
    assert answering(ProgrammeFilter(((FilterKey.SEARCH, wanted),)), ["s1", "s2"], index) == ["s1"]


def test_a_language_counts_spoken_or_interpreted_into() -> None:
    spoken, heard, other = (
        a_session("a", spoken=["en"]),
        a_session("b", spoken=["fr"], interpreted=["en", "es"]),
        a_session("c", spoken=["fr"]),
    )
    index = FilterIndex(a_release(spoken, heard, other))
    assert index.options[FilterKey.LANGUAGE] == ("en", "es", "fr")
    wanted = read_filter([("language", "en")], index.options).filter
    assert answering(wanted, ["a", "b", "c"], index) == ["a", "b"]


def test_what_nothing_answers_to_is_told_and_left_out() -> None:
    index = FilterIndex(a_release(a_session(themes=[ThemeContent("climat", {"fr": "Climat"})])))
    reading = read_filter([("theme", "nucleaire"), ("sdg", "99"), ("utm_source", "x"), ("q", " eau ")], index.options)
    assert reading.filter == ProgrammeFilter(((FilterKey.SEARCH, "eau"),))
    assert reading.unknown == ((FilterKey.THEME, "nucleaire"), (FilterKey.SDG, "99"))
    assert reading.plain == (("theme", "nucleaire"), ("sdg", "99"), ("q", "eau"))
    assert not reading.is_plain


def test_numbers_stand_in_their_order() -> None:
    index = FilterIndex(a_release(a_session("a", sdgs=[11, 2]), a_session("b", sdgs=[17, 1])))
    assert index.options[FilterKey.SDG] == ("1", "2", "11", "17")


@given(sessions())
def test_words_are_folded_as_the_whole_text_is(found: list[SessionContent]) -> None:
    index = FilterIndex(a_release(*found))
    for session in found:
        assert set(fold(session.title["fr"]).split()) <= set(index.words[session.guid].split())


@given(st.text(max_size=60))
def test_folding_word_by_word_is_folding_the_text(text: str) -> None:
    index = FilterIndex(a_release(a_session(code="", title={"fr": text})))
    assert set(index.words["s1"].split()) == set(fold(text).split())
