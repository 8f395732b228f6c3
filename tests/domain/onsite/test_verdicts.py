"""The one rule of the door: what it answers, in every case and whatever came before."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.domain.onsite import VERDICT_NAMES, Direction, Verdict
from parvis.domain.onsite.verdicts import REFUSING, VERDICT_ADVICE, Holder, verdict_for

HOLDERS = st.builds(
    Holder, of_this_edition=st.booleans(), cancelled=st.booleans(), badge_revoked=st.booleans(), is_member=st.booleans()
)
STANDING = st.sampled_from([None, Direction.IN, Direction.OUT])
DIRECTIONS = st.sampled_from(list(Direction))


@pytest.mark.parametrize(
    ("holder", "more", "expected"),
    [
        (Holder(), {}, Verdict.ADMITTED),
        (Holder(), {"standing": Direction.IN}, Verdict.ALREADY_IN),
        (Holder(), {"standing": Direction.OUT}, Verdict.ADMITTED),
        (Holder(), {"standing": Direction.IN, "direction": Direction.OUT}, Verdict.ADMITTED),
        (Holder(), {"standing": Direction.OUT, "direction": Direction.OUT}, Verdict.ALREADY_IN),
        (Holder(), {"direction": Direction.OUT}, Verdict.ADMITTED),
        (Holder(cancelled=True), {}, Verdict.CANCELLED),
        (Holder(cancelled=True, badge_revoked=True), {}, Verdict.CANCELLED),
        (Holder(cancelled=True), {"standing": Direction.IN, "direction": Direction.OUT}, Verdict.ADMITTED),
        (Holder(badge_revoked=True), {}, Verdict.REVOKED),
        (Holder(badge_revoked=True), {"standing": Direction.IN}, Verdict.REVOKED),
        (Holder(), {"members_only": True}, Verdict.NOT_MEMBER),
        (Holder(is_member=True), {"members_only": True}, Verdict.ADMITTED),
        (Holder(of_this_edition=False, cancelled=True), {}, Verdict.WRONG_EDITION),
        (Holder(of_this_edition=False), {"direction": Direction.OUT}, Verdict.WRONG_EDITION),
        (None, {}, Verdict.UNKNOWN),
        (None, {"forged": True}, Verdict.FORGED),
        (None, {"direction": Direction.OUT}, Verdict.UNKNOWN),
    ],
)
def test_each_answer(holder: Holder | None, more: dict, expected: Verdict) -> None:  # type: ignore[type-arg]
    assert verdict_for(holder=holder, **more) is expected


@given(HOLDERS, st.booleans(), STANDING, DIRECTIONS)
def test_nobody_is_admitted_twice_the_same_way(
    holder: Holder, members_only: bool, standing: Direction | None, direction: Direction
) -> None:
    first = verdict_for(holder=holder, members_only=members_only, standing=standing, direction=direction)
    if first is Verdict.ADMITTED:
        again = verdict_for(holder=holder, members_only=members_only, standing=direction, direction=direction)
        assert again is Verdict.ALREADY_IN
    else:
        assert first is Verdict.ALREADY_IN or first in REFUSING


@given(HOLDERS, st.booleans(), STANDING)
def test_who_is_refused_at_the_way_in_may_always_leave(
    holder: Holder, members_only: bool, standing: Direction | None
) -> None:
    leaving = verdict_for(holder=holder, members_only=members_only, standing=standing, direction=Direction.OUT)
    if holder.of_this_edition:
        assert leaving not in REFUSING


@given(HOLDERS, STANDING)
def test_a_door_for_everybody_does_not_ask_for_membership(holder: Holder, standing: Direction | None) -> None:
    assert verdict_for(holder=holder, standing=standing) is not Verdict.NOT_MEMBER


def test_every_verdict_has_its_words() -> None:
    assert set(VERDICT_NAMES) == set(VERDICT_ADVICE) == set(Verdict)
    assert all(VERDICT_ADVICE[verdict] for verdict in Verdict if verdict is not Verdict.ADMITTED)
