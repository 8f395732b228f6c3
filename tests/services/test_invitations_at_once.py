"""The same form sent twice in one instant: one mail, one answer, one log entry. Needs PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection

from parvis.domain.access import Actor
from parvis.domain.programme.invitations import SpeakerAnswer
from parvis.domain.programme.sessions import InterventionAnswer
from parvis.domain.refusals import Refusal
from parvis.models import Invitation, LogEntry, Mail
from parvis.services.interventions import save_intervention
from parvis.services.invitation_answers import answer_invitation
from parvis.services.invitations import invite_speakers, remind_by_the_clock
from tests.factories.invitations import DESK, SENT, a_mayor, a_speaker, an_edition_ahead, invited, speaker_of, to_speak

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
AT_ONCE = 6


@pytest.fixture(autouse=True)
def _needs_postgresql() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("DATABASE_URL names no PostgreSQL server")


def _together(task: Callable[[int], object]) -> list[object]:
    barrier = Barrier(AT_ONCE)

    def run(number: int) -> object:
        barrier.wait()
        try:
            return task(number)
        except Refusal as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(run, range(AT_ONCE)))


def test_an_invitation_leaves_once() -> None:
    edition, awa = an_edition_ahead(), a_speaker()
    to_speak(awa, edition)
    _together(lambda _n: invite_speakers(actor=DESK, edition_id=edition.pk, person_ids=[awa.pk], now=SENT))
    assert Invitation.objects.count() == Mail.objects.count() == 1


def test_a_reminder_leaves_once() -> None:
    edition, awa = an_edition_ahead(), a_speaker()
    to_speak(awa, edition)
    invited(edition, awa)
    _together(lambda _n: remind_by_the_clock(actor=DESK, now=SENT + timedelta(days=25)))
    assert Mail.objects.count() == 2


def test_an_answer_is_taken_in_once() -> None:
    edition, awa = an_edition_ahead(), a_speaker()
    mandate = a_mayor(awa)
    spoken = to_speak(awa, edition)
    invitation = invited(edition, awa)
    said = SpeakerAnswer(spoken.pk, True, mandate.pk)
    _together(
        lambda _n: answer_invitation(
            actor=speaker_of(invitation), invitation_id=invitation.pk, answers=[said], now=SENT + timedelta(days=1)
        )
    )
    assert LogEntry.objects.filter(action="session.speaker_accepted").count() == 1
    assert Mail.objects.count() == 2


def test_a_speaker_who_answers_and_a_desk_that_edits_do_not_wait_for_each_other(organiser: Actor) -> None:
    """Both lock the edition first, then sessions, then interventions: neither is thrown out by a deadlock."""
    edition, awa = an_edition_ahead(), a_speaker()
    mandate = a_mayor(awa)
    rows = [to_speak(awa, edition, f"Séance {n}", starts=None) for n in range(AT_ONCE)]
    invitation = invited(edition, awa)

    def act(number: int) -> object:
        row = rows[number]
        if number % 2:
            said = [SpeakerAnswer(each.pk, False) for each in rows]
            return answer_invitation(
                actor=speaker_of(invitation), invitation_id=invitation.pk, answers=said, now=SENT + timedelta(days=1)
            )
        return save_intervention(
            actor=organiser,
            session_id=row.session_id,
            intervention_id=row.pk,
            person_id=awa.pk,
            mandate_id=mandate.pk,
            role="moderator",
        )

    results = _together(act)
    assert not [result for result in results if isinstance(result, Refusal)]
    for row in rows:
        row.refresh_from_db()
    assert {row.answer for row in rows} == {str(InterventionAnswer.DECLINED)}
    assert [row.role for row in rows] == ["moderator", "speaker"] * (AT_ONCE // 2)
