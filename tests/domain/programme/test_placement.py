"""What must hold before a session is placed. Where it may stand: `tests/domain/timetable`."""

from __future__ import annotations

import pytest

from parvis.domain.programme.placement import DebateTooLong, SessionMustLast, check_length


@pytest.mark.parametrize("minutes", [0, -5, 14 * 60 + 1])
def test_a_session_lasts_within_reason(minutes: int) -> None:
    with pytest.raises(SessionMustLast) as refusal:
        check_length(minutes)
    assert refusal.value.field == "duration_min"
    check_length(14 * 60)


def test_the_debate_is_a_part_of_the_session() -> None:
    check_length(90, 90)
    with pytest.raises(DebateTooLong, match="which lasts 90 minutes"):
        check_length(90, 91)
