"""What one chose: bounded, of this release, and with its clashes told."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.domain.own_programmes import MOST_SESSIONS, TooManyChosen, clashes, keep_chosen, kept_until
from parvis.domain.programme.release import SessionContent
from tests.domain.programme.contents import a_session, sessions

GUIDS = st.lists(st.sampled_from("abcdefgh"), max_size=8)


@given(GUIDS, GUIDS, GUIDS, st.sets(st.sampled_from("abcdefgh")))
def test_a_change_adds_what_is_known_and_takes_out_what_was_named(
    kept: list[str], add: list[str], remove: list[str], known: set[str]
) -> None:
    chosen = keep_chosen(kept, add=add, remove=remove, known=known)
    assert len(set(chosen)) == len(chosen)
    assert set(chosen) == (set(kept) | (set(add) & known)) - set(remove)
    assert keep_chosen(chosen, add=add, remove=remove, known=known) == chosen


@given(GUIDS, GUIDS)
def test_two_devices_that_change_different_sessions_lose_nothing(one: list[str], two: list[str]) -> None:
    known = set("abcdefgh")
    first = keep_chosen(keep_chosen([], add=one, remove=[], known=known), add=two, remove=[], known=known)
    second = keep_chosen(keep_chosen([], add=two, remove=[], known=known), add=one, remove=[], known=known)
    assert set(first) == set(second) == set(one) | set(two)


def test_it_is_bounded() -> None:
    many = [str(number) for number in range(MOST_SESSIONS + 1)]
    assert len(keep_chosen(many[1:], add=[], remove=[], known=[])) == MOST_SESSIONS
    with pytest.raises(TooManyChosen):
        keep_chosen(many[:-1], add=many, remove=[], known=set(many))


@given(sessions())
def test_sessions_clash_when_they_share_a_moment(found: list[SessionContent]) -> None:
    told = {guid: {other.guid for other in others} for guid, others in clashes(found).items()}

    def span(session: SessionContent) -> tuple[datetime, datetime]:
        return datetime.fromisoformat(session.starts_at), datetime.fromisoformat(session.ends_at)

    for one in found:
        for two in found:
            if one is two:
                continue
            takes_place = all(s.starts_at and s.status != "cancelled" for s in (one, two))
            shared = takes_place and span(one)[0] < span(two)[1] and span(two)[0] < span(one)[1]
            assert (two.guid in told.get(one.guid, set())) == shared


def test_one_may_begin_when_another_ends() -> None:
    first = a_session("a", starts_at="2023-09-18T09:00+02:00", ends_at="2023-09-18T10:00+02:00")
    second = a_session("b", starts_at="2023-09-18T10:00+02:00", ends_at="2023-09-18T11:00+02:00")
    assert clashes([first, second]) == {}


def test_it_is_kept_for_ninety_days() -> None:
    assert kept_until(date(2023, 9, 19), date(2023, 7, 1)) == date(2023, 12, 18)
    assert kept_until(date(2023, 9, 19), date(2023, 11, 1)) == date(2024, 1, 30)
    assert kept_until(None, date(2023, 7, 1)) == date(2023, 9, 29)
