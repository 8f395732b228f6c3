"""Who may be invited, what an answer needs and until when, who is reminded and when."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.domain.editions import EditionStatus
from parvis.domain.programme import invitations as rules
from parvis.domain.programme.invitations import InvitationState, MandateHeld
from parvis.domain.programme.sessions import InterventionAnswer, SessionStatus
from parvis.domain.refusals import Refusal

PARIS = ZoneInfo("Europe/Paris")
FIRST, LAST = date(2033, 9, 19), date(2033, 9, 20)
SENT = datetime(2033, 6, 1, 9, tzinfo=UTC)
DAY = timedelta(days=1)


def refusal_of(call: object, **given_: object) -> type[Refusal] | None:
    try:
        call(**given_)  # type: ignore[operator]
    except Refusal as refusal:
        return type(refusal)
    return None


@pytest.mark.parametrize(
    ("changed", "wanted"),
    [
        ({}, None),
        ({"email": ""}, rules.SpeakerWithoutAddress),
        ({"sessions": 0}, rules.NothingToSay),
        ({"status": EditionStatus.DRAFT}, None),  # speakers are asked before the edition is announced
        ({"status": EditionStatus.POSTPONED}, rules.EditionInvitesNobody),
        ({"status": EditionStatus.CANCELLED}, rules.EditionInvitesNobody),
        ({"status": EditionStatus.HELD}, rules.EditionInvitesNobody),
    ],
)
def test_who_may_be_invited(changed: dict[str, object], wanted: type[Refusal] | None) -> None:
    usual = {"name": "Awa", "email": "awa@example.org", "sessions": 1, "status": EditionStatus.OPEN}
    assert refusal_of(rules.check_may_invite, **{**usual, **changed}) is wanted


@pytest.mark.parametrize(
    ("day", "wanted"),
    [
        (None, None),
        (date(2033, 6, 1), None),
        (date(2033, 5, 31), rules.AnswerByPast),
        (date(2033, 9, 18), None),
        (FIRST, rules.AnswerByTooLate),
    ],
)
def test_an_answer_is_asked_for_in_time(day: date | None, wanted: type[Refusal] | None) -> None:
    assert refusal_of(rules.check_answer_by, day=day, today=date(2033, 6, 1), first_day=FIRST) is wanted


@given(
    invited=st.booleans(),
    counts=st.tuples(*[st.integers(0, 3)] * 3),
    answer_by=st.none() | st.dates(date(2033, 5, 1), date(2033, 7, 1)),
)
def test_everybody_stands_somewhere(invited: bool, counts: tuple[int, int, int], answer_by: date | None) -> None:
    unanswered, accepted, declined = counts
    today = date(2033, 6, 1)
    state = rules.state_of(
        invited=invited,
        unanswered=unanswered,
        accepted=accepted,
        declined=declined,
        answer_by=answer_by,
        today=today,
    )
    waits = {InvitationState.LATE, InvitationState.WAITING, InvitationState.NOT_INVITED}
    assert (state in waits) == (unanswered > 0)
    assert (state is InvitationState.NOT_INVITED) == (unanswered > 0 and not invited)
    assert (state is InvitationState.NOTHING_LEFT) == (sum(counts) == 0)
    if state is InvitationState.LATE:
        assert answer_by is not None
        assert answer_by < today
    if state is InvitationState.DECLINED:
        assert accepted == 0


def test_those_who_have_still_to_answer_come_first() -> None:
    waiting = [InvitationState.LATE, InvitationState.WAITING, InvitationState.NOT_INVITED]
    assert list(InvitationState)[:3] == waiting


def test_we_write_in_a_language_of_ours() -> None:
    assert rules.language_of(None, "", "ar", "en") == "en"
    assert rules.language_of("pt", None) == "fr"


def test_a_link_opens_until_a_month_after_the_edition() -> None:
    assert rules.link_until(LAST) == date(2033, 10, 20)
    assert refusal_of(rules.check_link, last_day=LAST, today=date(2033, 10, 20)) is None
    assert refusal_of(rules.check_link, last_day=LAST, today=date(2033, 10, 21)) is rules.LinkExpired
    assert refusal_of(rules.check_link, last_day=None, today=date(2099, 1, 1)) is None


def may_answer(**changed: object) -> type[Refusal] | None:
    usual: dict[str, object] = {
        "title": "Eau",
        "edition": EditionStatus.OPEN,
        "session": SessionStatus.CONFIRMED,
        "starts_at": datetime(2033, 9, 19, 7, 30, tzinfo=UTC),
        "last_day": LAST,
        "zone": PARIS,
        "now": SENT,
    }
    return refusal_of(rules.check_may_answer, **{**usual, **changed})


def test_an_answer_changes_until_the_session_takes_place() -> None:
    starts = datetime(2033, 9, 19, 7, 30, tzinfo=UTC)
    assert may_answer(now=starts - timedelta(seconds=1)) is None
    assert may_answer(now=starts) is rules.SessionIsOver
    # Without a place: until midnight after the edition's last day, in the venue's zone.
    midnight = datetime(2033, 9, 20, 22, tzinfo=UTC)
    assert may_answer(starts_at=None, now=midnight - timedelta(seconds=1)) is None
    assert may_answer(starts_at=None, now=midnight) is rules.SessionIsOver
    assert may_answer(starts_at=None, last_day=None, now=datetime(2099, 1, 1, tzinfo=UTC)) is None


@pytest.mark.parametrize(
    ("changed", "wanted"),
    [
        ({"session": SessionStatus.CANCELLED}, rules.NothingToAnswer),
        ({"session": SessionStatus.DRAFT}, None),
        ({"edition": EditionStatus.POSTPONED}, None),  # one may withdraw
        ({"edition": EditionStatus.CANCELLED}, rules.AnswersAreClosed),
        ({"edition": EditionStatus.HELD}, rules.AnswersAreClosed),
    ],
)
def test_about_what_one_answers(changed: dict[str, object], wanted: type[Refusal] | None) -> None:
    assert may_answer(**changed) is wanted


MAYOR = MandateHeld(1, None, None)
ENDED = MandateHeld(2, None, FIRST - DAY)
ENDS_THAT_DAY = MandateHeld(3, None, FIRST)
BEGINS_LATER = MandateHeld(4, FIRST + DAY, None)


@pytest.mark.parametrize(
    ("chosen", "mandates", "wanted"),
    [
        (1, [MAYOR], None),
        (3, [ENDS_THAT_DAY], None),
        (2, [MAYOR, ENDED], rules.MandateEnded),
        (4, [MAYOR, BEGINS_LATER], rules.MandateNotBegun),
        (None, [MAYOR], rules.MandateToChoose),
        (None, [ENDED], None),  # who holds none any more speaks in their own name
        (None, [], None),
        (99, [MAYOR], rules.MandateToChoose),  # another's
        (99, [], rules.MandateToChoose),
    ],
)
def test_as_what_one_speaks(chosen: int | None, mandates: list[MandateHeld], wanted: type[Refusal] | None) -> None:
    assert refusal_of(rules.check_mandate, chosen=chosen, mandates=mandates, on=FIRST) is wanted


def test_without_days_every_mandate_may_be_chosen() -> None:
    assert rules.choosable([MAYOR, ENDED, BEGINS_LATER], on=None) == [1, 2, 4]
    assert rules.choosable([MAYOR, ENDED, BEGINS_LATER], on=FIRST) == [1]


@given(
    starts=st.none() | st.dates(date(2030, 1, 1), date(2036, 1, 1)),
    length=st.none() | st.integers(0, 2000),
    on=st.dates(date(2030, 1, 1), date(2036, 1, 1)),
)
def test_what_may_be_chosen_is_what_is_taken(starts: date | None, length: int | None, on: date) -> None:
    ends = None if length is None else (starts or date(2030, 1, 1)) + timedelta(days=length)
    held = MandateHeld(7, starts, ends)
    taken = refusal_of(rules.check_mandate, chosen=7, mandates=[held], on=on) is None
    assert taken == (rules.choosable([held], on=on) == [7])
    assert taken == ((starts is None or starts <= on) and (ends is None or on <= ends))


def test_taking_an_acceptance_back_is_a_withdrawal() -> None:
    none, yes, no = InterventionAnswer.NONE, InterventionAnswer.ACCEPTED, InterventionAnswer.DECLINED
    assert [
        pair for pair in [(none, no), (yes, no), (no, no), (no, yes), (yes, yes)] if rules.is_withdrawal(*pair)
    ] == [(yes, no)]


def by_hand(**changed: object) -> type[Refusal] | None:
    usual: dict[str, object] = {
        "name": "Awa",
        "sent_at": SENT,
        "reminded_at": None,
        "reminders": 0,
        "unanswered": 1,
        "now": SENT + 2 * DAY,
    }
    return refusal_of(rules.check_may_remind, **{**usual, **changed})


@pytest.mark.parametrize(
    ("changed", "wanted"),
    [
        ({}, None),
        ({"sent_at": None}, rules.NotInvitedYet),
        ({"unanswered": 0}, rules.AnsweredAlready),
        ({"reminders": 3}, rules.RemindedEnough),
        ({"now": SENT + timedelta(hours=23)}, rules.RemindedToday),
        ({"reminded_at": SENT + 1.5 * DAY, "reminders": 1}, rules.RemindedToday),
    ],
)
def test_whom_a_human_may_remind(changed: dict[str, object], wanted: type[Refusal] | None) -> None:
    assert by_hand(**changed) is wanted


def due(**changed: object) -> bool:
    usual: dict[str, object] = {
        "status": EditionStatus.OPEN,
        "sent_at": SENT,
        "reminded_at": None,
        "reminders": 0,
        "open_until": [datetime(2033, 9, 19, 7, 30, tzinfo=UTC)],
        "answer_by": date(2033, 7, 1),
        "now": datetime(2033, 6, 24, 9, tzinfo=UTC),
        "zone": PARIS,
    }
    return rules.reminder_due(**{**usual, **changed})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changed", "wanted"),
    [
        ({}, True),
        ({"now": datetime(2033, 6, 23, 21, 59, tzinfo=UTC)}, False),  # 23:59 in Paris, eight days before
        ({"now": datetime(2033, 6, 23, 22, tzinfo=UTC)}, True),  # midnight there: a week before
        ({"now": datetime(2033, 7, 20, tzinfo=UTC)}, True),  # the day is past
        ({"open_until": []}, False),  # answered, or cancelled
        ({"open_until": [SENT]}, False),  # the session is over
        ({"open_until": [SENT, None]}, True),
        ({"sent_at": None}, False),
        ({"sent_at": datetime(2033, 6, 20, 9, tzinfo=UTC)}, False),  # four days ago
        ({"reminders": 3}, False),
        ({"reminders": 1, "reminded_at": datetime(2033, 6, 22, tzinfo=UTC)}, False),
        ({"reminders": 1, "reminded_at": datetime(2033, 6, 20, tzinfo=UTC)}, True),
        ({"status": EditionStatus.CANCELLED}, False),
        ({"status": EditionStatus.POSTPONED}, False),
        ({"answer_by": None, "now": SENT + 6 * DAY}, False),  # nobody said by when: two weeks, less one
        ({"answer_by": None, "now": SENT + 7 * DAY}, True),
    ],
)
def test_whom_the_clock_reminds(changed: dict[str, object], wanted: bool) -> None:
    assert due(**changed) is wanted


@given(
    steps=st.lists(st.integers(1, 240), min_size=1, max_size=60),
    answer_by=st.none() | st.dates(date(2033, 6, 1), date(2033, 8, 1)),
)
def test_nobody_is_pressed_often_or_soon(steps: list[int], answer_by: date | None) -> None:
    """Let the clock ask at any moments: three reminders at most, days apart, none in the first five days."""
    now, reminded, told = SENT, None, []
    for hours in steps:
        now += timedelta(hours=hours)
        if due(now=now, answer_by=answer_by, reminders=len(told), reminded_at=reminded):
            told.append(now)
            reminded = now
    assert len(told) <= rules.MOST_REMINDERS
    assert all(moment - SENT >= rules.REMIND_AFTER for moment in told)
    assert all(later - sooner >= rules.BETWEEN_REMINDERS for sooner, later in pairwise(told))
