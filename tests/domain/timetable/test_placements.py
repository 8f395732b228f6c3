"""Placements are immutable, and moves can be taken back."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from parvis.domain.timetable.placements import Move, Place, Placements

SESSIONS = st.sampled_from(["a", "b", "c", "d"])
PLACES = st.builds(Place, st.sampled_from(["etoile", "marly"]), st.integers(0, 600))
PLACEMENTS = st.dictionaries(SESSIONS, PLACES).map(Placements)


@given(PLACEMENTS, SESSIONS, st.none() | PLACES)
def test_a_move_makes_new_placements_and_leaves_the_old(
    placements: Placements, session: str, place: Place | None
) -> None:
    before = dict(placements)
    after = placements.moved(session, place)
    assert dict(placements) == before
    assert after.get(session) == place
    assert {key: at for key, at in after.items() if key != session} == {
        key: at for key, at in before.items() if key != session
    }


@given(PLACEMENTS, st.lists(st.tuples(SESSIONS, st.none() | PLACES), max_size=6))
def test_moves_taken_back_one_by_one_restore(placements: Placements, wanted: list[tuple[str, Place | None]]) -> None:
    now, done = placements, []
    for session, place in wanted:
        move = now.move_to(session, place)
        now = now.after(move)
        done.append(move)
    assert now.after(*(move.undone for move in reversed(done))) == placements


@given(PLACEMENTS, PLACEMENTS)
def test_the_moves_from_one_to_another_lead_there(one: Placements, other: Placements) -> None:
    moves = one.moves_to(other)
    assert one.after(*moves) == other
    assert [move.session for move in moves] == sorted({move.session for move in moves})
    assert all(move.was != move.to for move in moves)
    assert one.moves_to(one) == []


def test_equal_whatever_the_order() -> None:
    here, there = Place("etoile", 0), Place("marly", 30)
    one, other = Placements({"a": here, "b": there}), Placements({"b": there, "a": here})
    assert one == other
    assert hash(one) == hash(other)
    assert one != one.moved("a", None)
    assert one != {"a": here, "b": there}
    assert Move("a", here, None).undone == Move("a", None, here)
