"""Decisions are prepared quietly and announced together once; what changes afterwards is told at once."""

from __future__ import annotations

import pytest

from parvis.domain.access import Actor
from parvis.domain.calls.decisions import (
    AnnouncedAlready,
    DecisionMissing,
    NothingToAnnounce,
    PreviewIsOld,
    RecusedFromDecision,
    SlotIsChosen,
    UndecidedRemain,
    WordsMissing,
)
from parvis.domain.calls.proposals import ContactInput
from parvis.domain.calls.states import Decision
from parvis.domain.calls.windows import CallStillOpen
from parvis.domain.refusals import ChangedMeanwhile, NotAllowed, NotFound
from parvis.models import Call, LogEntry, Mail, Proposal
from parvis.queries.desk_proposals import list_to_announce, print_of
from parvis.services.decisions import announce_decisions, decide, preview_mail
from parvis.services.proposal_editors import invite_editor
from parvis.services.proposals import submit_proposal
from parvis.services.reviews import give_review
from parvis.services.slots import choose_slot
from tests.factories.calls import (
    AFTER,
    DESK,
    DURING,
    a_call,
    a_proposal,
    announced,
    author_of,
    editor_of,
    reread,
    some_slots,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def call() -> Call:
    return a_call()


def test_a_decision_is_quiet_until_it_is_announced(organiser: Actor, call: Call) -> None:
    proposal = a_proposal(call)
    Mail.objects.all().delete()
    decide(actor=organiser, proposal_id=proposal.pk, decision=Decision.ACCEPTED, now=AFTER)
    decide(actor=organiser, proposal_id=proposal.pk, decision=Decision.RESERVE, note=" Peut-être ", now=AFTER)
    assert not Mail.objects.exists()
    assert (reread(proposal).decision, reread(proposal).decision_note) == ("reserve", "Peut-être")


def test_all_are_told_together_once_in_their_language_with_what_was_written(organiser: Actor, call: Call) -> None:
    accepted, reserve, declined = (a_proposal(call, number) for number in (1, 2, 3))
    draft = a_proposal(call, 4, submit=False)
    english = ContactInput("Moussa", "moussa@example.org", "en")
    invite_editor(actor=author_of(accepted), proposal_id=accepted.pk, contact=english, now=DURING)
    Mail.objects.all().delete()
    for proposal, decision, note in (
        (accepted, Decision.ACCEPTED, ""),
        (reserve, Decision.RESERVE, ""),
        (declined, Decision.DECLINED, "Trop proche d’un autre atelier : « l’eau »"),
    ):
        decide(actor=organiser, proposal_id=proposal.pk, decision=decision, note=note, now=AFTER)
    assert announce_decisions(actor=organiser, call_id=call.pk, now=AFTER) == 4
    by_address = {mail.recipient: mail for mail in Mail.objects.all()}
    assert set(by_address) == {"zoe1@example.org", "zoe2@example.org", "zoe3@example.org", "moussa@example.org"}
    assert f"/proposals/{editor_of(accepted).token}/slot/" in by_address["zoe1@example.org"].body_text
    assert "is selected" in by_address["moussa@example.org"].subject
    assert "/slot/" not in by_address["zoe2@example.org"].body_text
    assert "Trop proche d’un autre atelier" in by_address["zoe3@example.org"].body_text
    assert "l’eau" in by_address["zoe3@example.org"].body_html
    with pytest.raises(AnnouncedAlready):
        announce_decisions(actor=organiser, call_id=call.pk, now=AFTER)
    assert Mail.objects.count() == 4
    assert reread(draft).status == "draft"
    assert LogEntry.objects.get(action="call.announced").details == {"proposals": 3, "mails": 4}


def test_nobody_is_told_while_somebody_is_undecided(organiser: Actor, call: Call) -> None:
    with pytest.raises(NothingToAnnounce):
        announce_decisions(actor=organiser, call_id=call.pk, now=AFTER)
    one, _two = a_proposal(call, 1), a_proposal(call, 2)
    Mail.objects.all().delete()
    decide(actor=organiser, proposal_id=one.pk, decision=Decision.ACCEPTED, now=AFTER)
    with pytest.raises(UndecidedRemain):
        announce_decisions(actor=organiser, call_id=call.pk, now=AFTER)
    assert not Mail.objects.exists()


def test_nothing_is_decided_or_announced_while_the_call_is_open(organiser: Actor, call: Call) -> None:
    proposal = a_proposal(call)
    with pytest.raises(CallStillOpen):
        decide(actor=organiser, proposal_id=proposal.pk, decision=Decision.ACCEPTED, now=DURING)
    Proposal.objects.update(decision="accepted")
    with pytest.raises(CallStillOpen):
        announce_decisions(actor=organiser, call_id=call.pk, now=DURING)


def test_what_is_announced_is_what_was_read(organiser: Actor, call: Call) -> None:
    proposal = a_proposal(call)
    decide(actor=organiser, proposal_id=proposal.pk, decision=Decision.ACCEPTED, now=AFTER)
    seen = print_of(list_to_announce(organiser, call=call))
    decide(actor=organiser, proposal_id=proposal.pk, decision=Decision.RESERVE, now=AFTER)
    with pytest.raises(PreviewIsOld):
        announce_decisions(actor=organiser, call_id=call.pk, seen=seen, now=AFTER)
    seen = print_of(list_to_announce(organiser, call=call))
    assert announce_decisions(actor=organiser, call_id=call.pk, seen=seen, now=AFTER) == 1


def test_afterwards_a_change_is_told_at_once_and_once(organiser: Actor, call: Call) -> None:
    proposal = a_proposal(call)
    announced(call, proposal, decision=Decision.RESERVE)
    Mail.objects.all().delete()
    for _ in range(2):
        decide(actor=organiser, proposal_id=proposal.pk, decision=Decision.ACCEPTED, now=AFTER)
    mail = Mail.objects.get()
    assert "/slot/" in mail.body_text
    assert "nouvelle décision" in mail.body_text or "new decision" in mail.body_text
    with pytest.raises(DecisionMissing):
        decide(actor=organiser, proposal_id=proposal.pk, decision=Decision.NONE, now=AFTER)
    with pytest.raises(WordsMissing):
        decide(actor=organiser, proposal_id=proposal.pk, decision=Decision.DECLINED, now=AFTER)


def test_a_late_one_is_decided_with_a_mail_of_its_own(organiser: Actor, call: Call) -> None:
    first, late = a_proposal(call, 1), a_proposal(call, 2, submit=False)
    announced(call, first)
    submit_proposal(actor=organiser, proposal_id=late.pk, now=AFTER)
    Mail.objects.all().delete()
    decide(actor=organiser, proposal_id=late.pk, decision=Decision.ACCEPTED, now=AFTER)
    mail = Mail.objects.get()
    assert mail.recipient == "zoe2@example.org"
    assert "nouvelle décision" not in mail.body_text
    assert "new decision" not in mail.body_text


def test_whoever_declared_a_conflict_does_not_decide(organiser: Actor, call: Call) -> None:
    proposal = a_proposal(call)
    give_review(
        actor=organiser, proposal_id=proposal.pk, scores={}, conflict=True, conflict_reason="Ma commune", now=AFTER
    )
    with pytest.raises(RecusedFromDecision):
        decide(actor=organiser, proposal_id=proposal.pk, decision=Decision.ACCEPTED, now=AFTER)
    decide(actor=DESK, proposal_id=proposal.pk, decision=Decision.ACCEPTED, now=AFTER)


@pytest.mark.parametrize("role", ["read_only", "door", "press", "reviewer"])
def test_only_the_organiser_decides(role: str, request: pytest.FixtureRequest, call: Call) -> None:
    actor, proposal = request.getfixturevalue(role), a_proposal(call)
    with pytest.raises(NotAllowed):
        decide(actor=actor, proposal_id=proposal.pk, decision=Decision.ACCEPTED, now=AFTER)
    with pytest.raises(NotAllowed):
        announce_decisions(actor=actor, call_id=call.pk, now=AFTER)
    with pytest.raises(NotAllowed):
        preview_mail(actor=actor, proposal=reread(proposal), editor=editor_of(proposal))


def test_two_who_decide_at_once_do_not_overwrite_each_other(organiser: Actor, call: Call) -> None:
    proposal = a_proposal(call)
    decide(actor=DESK, proposal_id=proposal.pk, decision=Decision.RESERVE, seen="none", now=AFTER)
    with pytest.raises(ChangedMeanwhile):
        decide(actor=organiser, proposal_id=proposal.pk, decision=Decision.ACCEPTED, seen="none", now=AFTER)
    decide(actor=organiser, proposal_id=proposal.pk, decision=Decision.ACCEPTED, seen="reserve", now=AFTER)
    with pytest.raises(NotFound):
        decide(actor=organiser, proposal_id=0, decision=Decision.ACCEPTED, now=AFTER)


def test_what_stands_in_the_programme_stays_selected(organiser: Actor, call: Call) -> None:
    proposal = a_proposal(call)
    slots = some_slots(call)
    announced(call, proposal)
    choose_slot(actor=author_of(proposal), proposal_id=proposal.pk, slot_id=slots[0].pk, now=AFTER)
    with pytest.raises(SlotIsChosen):
        decide(actor=organiser, proposal_id=proposal.pk, decision=Decision.RESERVE, now=AFTER)


def test_the_preview_is_the_mail(organiser: Actor, call: Call) -> None:
    proposal = a_proposal(call)
    decide(actor=organiser, proposal_id=proposal.pk, decision=Decision.ACCEPTED, note="Bravo", now=AFTER)
    text = preview_mail(actor=organiser, proposal=reread(proposal), editor=editor_of(proposal))
    announce_decisions(actor=organiser, call_id=call.pk, now=AFTER)
    mail = Mail.objects.get(key__startswith="proposal_accepted")
    assert (mail.subject, mail.body_text, mail.body_html) == (text.subject, text.body_text, text.body_html)
