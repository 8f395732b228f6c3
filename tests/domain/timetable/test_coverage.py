"""Which booths of a session have interpreters."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.domain.timetable.coverage import TwoLanguagesNeeded, check_languages, uncovered
from parvis.domain.timetable.problem import InterpretationTeam, Session
from parvis.domain.timetable.rules.booths import booths_of
from parvis.domain.timetable.rules.interpretation import can_serve
from parvis.domain.timetable.verdicts import LanguagePair


def a_session(*interpreted: str, spoken: tuple[str, ...] = ("fr",)) -> Session:
    return Session("s", "Séance", 60, "workshop", spoken=spoken, interpreted=interpreted)


def a_team(key: str, *languages: str) -> InterpretationTeam:
    return InterpretationTeam(key, key, languages)


def test_one_team_serves_one_booth() -> None:
    session = a_session("en", "es")
    assert uncovered(session, [a_team("a", "fr", "en")]) == [LanguagePair(("fr",), "es")]
    assert uncovered(session, [a_team("a", "fr", "en", "es")]) == [LanguagePair(("fr",), "es")]
    # The one that knows three languages makes room for the one that knows two.
    assert uncovered(session, [a_team("a", "fr", "en", "es"), a_team("b", "fr", "en")]) == []
    assert uncovered(a_session(), []) == []


def test_what_is_spoken_and_interpreted_both_ways_is_one_booth() -> None:
    session = a_session("fr", "en", spoken=("fr", "en"))
    assert uncovered(session, [a_team("a", "en", "fr")]) == []
    assert len(uncovered(session, [])) == 1


@pytest.mark.parametrize("languages", [[], ["fr"], ["fr", "fr"]])
def test_interpreters_work_between_two_languages(languages: list[str]) -> None:
    check_languages(["fr", "en"])
    with pytest.raises(TwoLanguagesNeeded) as refused:
        check_languages(languages)
    assert refused.value.field == "languages"


codes = st.sampled_from(["fr", "en", "es", "ar"])


@given(st.lists(codes, unique=True, max_size=3), st.lists(codes, unique=True, max_size=4), st.data())
def test_as_few_booths_as_possible_stay_empty(spoken: list[str], interpreted: list[str], data: st.DataObject) -> None:
    session = a_session(*interpreted, spoken=tuple(spoken))
    languages = data.draw(st.lists(st.lists(codes, unique=True, min_size=2, max_size=3), max_size=4))
    teams = [a_team(str(n), *some) for n, some in enumerate(languages)]
    booths = booths_of(session)
    lacking = uncovered(session, teams)
    # By trying every sharing out: each team in one booth, in every order.
    places = [*range(len(teams)), *[None] * len(booths)]
    best = max(
        (
            sum(n is not None and can_serve(teams[n], booth) for n, booth in zip(sharing, booths, strict=True))
            for sharing in permutations(places, len(booths))
        ),
        default=0,
    )
    assert len(lacking) == len(booths) - best
    assert set(lacking) <= set(booths)
