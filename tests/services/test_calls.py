"""Calls: opened, changed and deleted by those who may, with every rule in its place."""

from __future__ import annotations

from datetime import timedelta

import pytest

from parvis.domain.access import Actor
from parvis.domain.calls.questions import Criterion, Question
from parvis.domain.calls.reviews import CriteriaInUse
from parvis.domain.calls.slots import LengthIsSet
from parvis.domain.calls.windows import CallDatesOutOfOrder, SlotsChosenTooEarly
from parvis.domain.changes import StillReferredTo, TextMissing
from parvis.domain.editions import EditionIsClosed
from parvis.domain.programme.placement import SessionMustLast
from parvis.domain.refusals import ChangedMeanwhile, NotAllowed, NotFound
from parvis.gateways.publishing import public_changed
from parvis.models import Call, CallSlot, LogEntry
from parvis.queries.releases import get_public_stamp
from parvis.queries.versions import version_of
from parvis.services.calls import delete_call, save_call
from parvis.services.reviews import give_review
from tests.factories.calls import AFTER, CLOSES, CRITERIA, DURING, OPENS, a_call, a_proposal, some_slots
from tests.factories.editions import an_edition

pytestmark = pytest.mark.django_db


def changed(call: Call, actor: Actor, **values: object) -> Call:
    return save_call(actor=actor, edition_id=call.edition_id, call_id=call.pk, values=values)


def test_a_call_is_opened_logged_and_told_to_the_site(organiser: Actor) -> None:
    heard: list[object] = []

    def hear(**signal: object) -> None:
        heard.append(signal)

    edition = an_edition(status="open")
    stamp = get_public_stamp(DURING)
    public_changed.connect(hear)
    call = a_call(edition, actor=organiser)
    assert call.slug == "micro-ateliers"
    assert [row["key"] for row in call.questions] == ["besoin"]
    assert [row["key"] for row in call.criteria] == ["interet", "clarte"]
    assert LogEntry.objects.filter(action="call.created", subject_id=call.pk, account_id=organiser.account_id).exists()
    assert get_public_stamp(DURING) != stamp


def test_opening_and_closing_by_the_clock_changes_the_stamp(organiser: Actor) -> None:
    a_call(actor=organiser)
    moments = (OPENS - timedelta(seconds=1), OPENS, CLOSES - timedelta(seconds=1), CLOSES)
    stamps = [get_public_stamp(moment) for moment in moments]
    assert stamps[0] != stamps[1] == stamps[2] != stamps[3]


@pytest.mark.parametrize("role", ["read_only", "door", "press", "reviewer"])
def test_only_the_organiser_opens_calls(role: str, request: pytest.FixtureRequest, organiser: Actor) -> None:
    edition = an_edition(status="open")
    with pytest.raises(NotAllowed):
        a_call(edition, actor=request.getfixturevalue(role))
    call = a_call(edition, actor=organiser)
    with pytest.raises(NotAllowed):
        delete_call(actor=request.getfixturevalue(role), call_id=call.pk)


def test_what_cannot_be_a_call(organiser: Actor) -> None:
    edition = an_edition(status="open")
    for values, refusal in (
        ({"name_fr": " "}, TextMissing),
        ({"opens_at": None}, TextMissing),
        ({"closes_at": OPENS}, CallDatesOutOfOrder),
        ({"choose_by": CLOSES}, SlotsChosenTooEarly),
        ({"duration_min": 0}, SessionMustLast),
        ({"duration_min": 100_000}, SessionMustLast),
    ):
        with pytest.raises(refusal):
            a_call(edition, actor=organiser, **values)
    assert not Call.objects.exists()
    with pytest.raises(TypeError):
        a_call(edition, actor=organiser, announced_at=AFTER)


@pytest.mark.parametrize("status", ["cancelled", "archived"])
def test_an_edition_that_is_over_has_no_calls(status: str, organiser: Actor) -> None:
    with pytest.raises(EditionIsClosed):
        a_call(an_edition(status=status), actor=organiser)


def test_two_of_one_name_have_two_addresses(organiser: Actor) -> None:
    edition = an_edition(status="open")
    assert [a_call(edition, actor=organiser).slug for _ in range(2)] == ["micro-ateliers", "micro-ateliers-2"]
    assert a_call(edition, actor=organiser, name_fr="New").slug == "new-2"


def test_two_who_change_it_at_once_do_not_overwrite_each_other(organiser: Actor) -> None:
    call = a_call(actor=organiser)
    seen = version_of(call)
    changed(call, organiser, name_fr="Micro-ateliers 2023")
    with pytest.raises(ChangedMeanwhile):
        save_call(actor=organiser, edition_id=call.edition_id, call_id=call.pk, values={"name_fr": "Autre"}, seen=seen)
    call.refresh_from_db()
    assert call.name_fr == "Micro-ateliers 2023"
    with pytest.raises(NotFound):
        save_call(actor=organiser, edition_id=an_edition(15, slug="2024").pk, call_id=call.pk, values={})


def test_criteria_keep_their_keys_once_they_were_used(organiser: Actor) -> None:
    call = a_call(actor=organiser)
    proposal = a_proposal(call)
    give_review(actor=organiser, proposal_id=proposal.pk, scores={"interet": 4, "clarte": 2}, now=AFTER)

    def save(criteria: list[Criterion]) -> Call:
        return save_call(actor=organiser, edition_id=call.edition_id, call_id=call.pk, values={}, criteria=criteria)

    assert save([Criterion("interet", "Intérêt public", "", 3), CRITERIA[1]]).criteria[0]["weight"] == 3
    for wrong in ([CRITERIA[0]], [*CRITERIA, Criterion("", "Nouveau")], []):
        with pytest.raises(CriteriaInUse):
            save(wrong)


def test_the_length_is_set_once_there_are_slots(organiser: Actor) -> None:
    call = a_call(actor=organiser)
    call = changed(call, organiser, duration_min=30)
    some_slots(call)
    with pytest.raises(LengthIsSet):
        changed(call, organiser, duration_min=20)
    assert changed(call, organiser, duration_min=30, name_fr="Ateliers").name_fr == "Ateliers"


def test_a_call_that_was_answered_is_not_deleted(organiser: Actor) -> None:
    call = a_call(actor=organiser)
    some_slots(call)
    proposal = a_proposal(call, submit=False)
    with pytest.raises(StillReferredTo):
        delete_call(actor=organiser, call_id=call.pk)
    proposal.delete()
    delete_call(actor=organiser, call_id=call.pk)
    assert not Call.objects.exists()
    assert not CallSlot.objects.exists()


def test_questions_change_without_losing_answers(organiser: Actor) -> None:
    call = a_call(actor=organiser)
    proposal = a_proposal(call)
    save_call(
        actor=organiser,
        edition_id=call.edition_id,
        call_id=call.pk,
        values={},
        questions=[Question("besoin", "Matériel nécessaire"), Question("", "Public visé")],
    )
    call.refresh_from_db()
    proposal.refresh_from_db()
    assert [row["key"] for row in call.questions] == ["besoin", "public_vise"]
    assert proposal.answers == {"besoin": "Un écran"}
