"""Reminders leave by the clock, once each: to drafts before the closing, to the selected before choosing ends."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from parvis.domain.access import Actor
from parvis.domain.refusals import NotAllowed
from parvis.models import Call, Edition, LogEntry, Mail
from parvis.services.call_reminders import remind_by_the_clock, remind_choosers, remind_drafts
from parvis.services.slots import choose_slot
from parvis.tasks.calls import remind_about_calls
from tests.factories.calls import (
    AFTER,
    CHOOSE_BY,
    CLOSES,
    DESK,
    a_call,
    a_form,
    a_proposal,
    announced,
    author_of,
    sent,
    some_slots,
)

pytestmark = pytest.mark.django_db


def by_the_clock(now: datetime) -> int:
    return remind_by_the_clock(actor=DESK, now=now)


def test_drafts_are_reminded_three_days_and_one_day_before_and_once_each() -> None:
    call = a_call()
    a_proposal(call, 1)
    a_proposal(call, 2, submit=False)
    sent(call, a_form(title_fr="", abstract_fr=""), submit=False)
    Mail.objects.all().delete()
    assert by_the_clock(CLOSES - timedelta(days=4)) == 0
    assert by_the_clock(CLOSES - timedelta(days=3)) == 2
    assert by_the_clock(CLOSES - timedelta(days=2)) == 0
    assert by_the_clock(CLOSES - timedelta(hours=20)) == 2
    assert by_the_clock(CLOSES - timedelta(hours=1)) == 0
    assert by_the_clock(CLOSES) == 0
    assert LogEntry.objects.filter(action="call.reminded").count() == 2
    complete = {mail.body_text.partition("\n\n")[2][:400] for mail in Mail.objects.filter(recipient="zoe2@example.org")}
    lacking = {mail.body_text.partition("\n\n")[2][:400] for mail in Mail.objects.filter(recipient="zoe@example.org")}
    assert len(complete) == len(lacking) == 1
    assert not complete & lacking  # one may submit, the other reads that something is missing


def test_a_call_that_is_extended_reminds_anew() -> None:
    call = a_call()
    a_proposal(call, submit=False)
    assert by_the_clock(CLOSES - timedelta(days=1)) == 1
    Call.objects.update(closes_at=CLOSES + timedelta(days=5))
    assert by_the_clock(CLOSES + timedelta(days=4)) == 1


def test_the_selected_are_reminded_until_they_have_chosen() -> None:
    call = a_call()
    one, two = a_proposal(call, 1), a_proposal(call, 2)
    slots = some_slots(call)
    announced(call, one, two)
    choose_slot(actor=author_of(one), proposal_id=one.pk, slot_id=slots[0].pk, now=AFTER)
    Mail.objects.all().delete()
    assert by_the_clock(CHOOSE_BY - timedelta(days=3)) == 1
    mail = Mail.objects.get()
    assert mail.recipient == "zoe2@example.org"
    assert "/slot/" in mail.body_text


def test_nobody_is_reminded_of_an_edition_that_was_called_off() -> None:
    call = a_call()
    a_proposal(call, submit=False)
    Edition.objects.update(status="cancelled")
    assert by_the_clock(CLOSES - timedelta(days=1)) == 0


def test_by_hand_once_a_day(organiser: Actor, read_only: Actor) -> None:
    call = a_call()
    draft, selected = a_proposal(call, 1, submit=False), a_proposal(call, 2)
    announced(call, selected)
    assert draft.status == "draft"
    for remind in (remind_drafts, remind_choosers):
        with pytest.raises(NotAllowed):
            remind(actor=read_only, call_id=call.pk, now=AFTER)
        counts = [
            remind(actor=organiser, call_id=call.pk, now=moment)
            for moment in (AFTER, AFTER + timedelta(hours=3), AFTER + timedelta(days=1))
        ]
        assert counts == [1, 0, 1]


def test_the_task_may_run_at_any_time() -> None:
    a_call()
    assert remind_about_calls() == remind_about_calls() == 0
