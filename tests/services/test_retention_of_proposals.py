"""Who wrote a proposal is erased once the edition is over; what was proposed and decided stays."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from parvis.domain.access import PUBLIC, system_actor
from parvis.domain.calls.retention import KEPT_DAYS, what_is_kept
from parvis.domain.calls.states import Decision
from parvis.domain.refusals import NotAllowed
from parvis.models import Call, Edition, LogEntry, Proposal, ProposalEditor
from parvis.queries.proposals import form_of
from parvis.services.proposals import save_proposal, withdraw_proposal
from parvis.services.retention import forget_proposals
from parvis.tasks import retention
from tests.factories.calls import (
    DURING,
    a_call,
    a_form,
    a_proposal,
    announced,
    author_of,
    editor_of,
    reread,
)

pytestmark = pytest.mark.django_db
SYSTEM = system_actor("test")
LAST = datetime(2023, 12, 18, 23, tzinfo=UTC)  # the edition ends on 19 September 2023
OVER = datetime(2023, 12, 19, 1, tzinfo=UTC)


@pytest.fixture
def call(db: None) -> Call:
    return a_call()


def test_the_rule_says_what_stays() -> None:
    speakers = [{"first_name": "Awa", "last_name": "Sarr", "email": "awa@example.org", "title": "Maire"}]
    selected = what_is_kept(status="submitted", decision="accepted", speakers=speakers, answers={"besoin": "Écran"})
    assert selected.speakers == [{**speakers[0], "email": ""}]
    assert selected.answers == {"besoin": "Écran"}
    for status, decision in (
        ("submitted", "declined"),
        ("submitted", "none"),
        ("withdrawn", "accepted"),
        ("draft", "none"),
    ):
        kept = what_is_kept(status=status, decision=decision, speakers=speakers, answers={"besoin": "Écran"})
        assert (kept.speakers, kept.answers) == ([], {})


def test_authors_are_forgotten_after_the_edition_and_their_links_open_nothing(call: Call) -> None:
    accepted, declined = a_proposal(call, 1), a_proposal(call, 2)
    draft = a_proposal(call, 3, submit=False)
    token = editor_of(accepted).token
    announced(call, accepted, declined)
    Proposal.objects.filter(pk=declined.pk).update(decision=Decision.DECLINED)
    assert KEPT_DAYS == 90
    assert forget_proposals(actor=SYSTEM, now=LAST) == 0
    assert forget_proposals(actor=SYSTEM, now=OVER) == 3
    assert forget_proposals(actor=SYSTEM, now=OVER) == 0
    assert not ProposalEditor.objects.exists()
    assert not ProposalEditor.objects.filter(token=token).exists()
    kept = reread(accepted)
    assert [(row.first_name, row.last_name, row.email) for row in form_of(kept).speakers] == [("Aïcha", "Benali1", "")]
    for other in (declined, draft):
        kept = reread(other)
        assert (kept.speakers, kept.answers) == ([], {})
        assert kept.title_fr
        assert kept.organisation_id or kept.organisation_typed
    assert LogEntry.objects.get(action="edition.proposals_forgotten").details == {"count": 3}


def test_the_log_names_no_speaker_who_was_not_selected(call: Call) -> None:
    chosen, other = a_proposal(call, 1), a_proposal(call, 2)
    for proposal in (chosen, other):
        save_proposal(
            actor=author_of(proposal),
            proposal_id=proposal.pk,
            form=a_form(title_fr="Autre titre"),
            seen=reread(proposal).revision,
            now=DURING,
        )
    announced(call, chosen, other)
    Proposal.objects.filter(pk=other.pk).update(decision=Decision.DECLINED)

    def said(proposal: Proposal) -> str:
        return str([e.details for e in LogEntry.objects.filter(subject_kind="proposal", subject_id=proposal.pk)])

    assert "Benali" in said(other)
    forget_proposals(actor=SYSTEM, now=OVER)
    assert "Benali" not in said(other)
    assert "Autre titre" in said(other)
    assert "Benali" in said(chosen)


def test_what_is_not_over_is_not_forgotten(call: Call) -> None:
    proposal = a_proposal(call)
    Edition.objects.filter(pk=call.edition_id).update(status="postponed")
    assert forget_proposals(actor=SYSTEM, now=OVER) == 0
    Edition.objects.filter(pk=call.edition_id).update(status="announced", starts_on=None, ends_on=None)
    assert retention.forget_proposals() == 0
    assert editor_of(proposal).email == "zoe1@example.org"
    with pytest.raises(NotAllowed):
        forget_proposals(actor=PUBLIC)


def test_the_desk_still_shows_a_proposal_without_its_authors(call: Call, organiser_client: object) -> None:
    withdrawn = a_proposal(call, 1)
    withdraw_proposal(actor=author_of(withdrawn), proposal_id=withdrawn.pk, now=DURING)
    accepted = a_proposal(call, 2)
    announced(call, accepted)
    forget_proposals(actor=SYSTEM, now=OVER)
    base = f"/desk/{call.edition.slug}/calls/{call.slug}/"
    for address in (base, f"{base}decisions/", f"{base}{accepted.pk}/", f"{base}{withdrawn.pk}/"):
        answer = organiser_client.get(address)  # type: ignore[attr-defined]  # a client
        assert answer.status_code == 200, address
        assert "zoe1@example.org" not in answer.content.decode()
