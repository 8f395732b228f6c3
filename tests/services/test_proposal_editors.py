"""Co-authors: each with a link of their own, which opens nothing once they are taken out."""

from __future__ import annotations

import pytest

from parvis.domain.access import PUBLIC
from parvis.domain.calls.proposals import (
    MOST_EDITORS,
    ContactInput,
    EditorAlreadyThere,
    LastEditor,
    ProposalIsWithdrawn,
    TooManyEditors,
)
from parvis.domain.refusals import NotFound
from parvis.domain.registration_forms import AddressUnreadable
from parvis.models import LogEntry, Mail, Proposal
from parvis.queries.proposals import access_by_link, actor_by_link, editors_of
from parvis.services.proposal_editors import invite_editor, remove_editor, resend_links_to
from parvis.services.proposals import save_proposal, withdraw_proposal
from tests.factories.calls import CONTACT, DURING, a_call, a_form, a_proposal, author_of, editor_of, reread

pytestmark = pytest.mark.django_db
MOUSSA = ContactInput("Moussa Modèle", "Moussa@Example.org", "en")


@pytest.fixture
def proposal() -> Proposal:
    return a_proposal(a_call())


def test_a_co_author_writes_by_a_link_of_their_own_in_their_language(proposal: Proposal) -> None:
    added = invite_editor(actor=author_of(proposal), proposal_id=proposal.pk, contact=MOUSSA, now=DURING)
    mail = Mail.objects.get(recipient="moussa@example.org")
    assert added.token in mail.body_text
    assert "/en/proposals/" in mail.body_text
    assert "Zoé N’Diaye invites you" in mail.body_text
    assert editor_of(proposal).token not in mail.body_text
    found, editor = access_by_link(added.token)
    save_proposal(
        actor=actor_by_link(found, editor), proposal_id=found.pk, form=a_form(title_fr="À deux"), seen=1, now=DURING
    )
    assert reread(proposal).title_fr == "À deux"
    assert LogEntry.objects.filter(action="proposal.changed", actor_label="Moussa Modèle (P001)").exists()


def test_who_is_taken_out_opens_nothing_any_more(proposal: Proposal) -> None:
    added = invite_editor(actor=author_of(proposal), proposal_id=proposal.pk, contact=MOUSSA, now=DURING)
    for _ in range(2):
        remove_editor(actor=author_of(proposal), proposal_id=proposal.pk, editor_id=added.pk, now=DURING)
    with pytest.raises(NotFound):
        access_by_link(added.token)
    again = invite_editor(actor=author_of(proposal), proposal_id=proposal.pk, contact=MOUSSA, now=DURING)
    assert again.token != added.token
    assert [editor.email for editor in editors_of(reread(proposal))] == ["zoe1@example.org", "moussa@example.org"]


def test_what_cannot_be(proposal: Proposal) -> None:
    author = author_of(proposal)
    for contact, refusal in (
        (ContactInput("Zoé", " ZOE1@example.org "), EditorAlreadyThere),
        (ContactInput("Moussa", "moussa"), AddressUnreadable),
    ):
        with pytest.raises(refusal) as refused:
            invite_editor(actor=author, proposal_id=proposal.pk, contact=contact, now=DURING)
        assert refused.value.field == "contact_email"
    with pytest.raises(LastEditor):
        remove_editor(actor=author, proposal_id=proposal.pk, editor_id=editor_of(proposal).pk, now=DURING)
    with pytest.raises(NotFound):
        remove_editor(actor=author, proposal_id=proposal.pk, editor_id=0, now=DURING)
    for number in range(MOST_EDITORS - 1):
        contact = ContactInput(f"Nom{number}", f"n{number}@example.org")
        invite_editor(actor=author, proposal_id=proposal.pk, contact=contact, now=DURING)
    with pytest.raises(TooManyEditors):
        invite_editor(actor=author, proposal_id=proposal.pk, contact=MOUSSA, now=DURING)
    withdraw_proposal(actor=author, proposal_id=proposal.pk, now=DURING)
    with pytest.raises(ProposalIsWithdrawn):
        invite_editor(actor=author, proposal_id=proposal.pk, contact=MOUSSA, now=DURING)


def test_somebody_else_invites_nobody(proposal: Proposal) -> None:
    other = a_proposal(proposal.call, 2)
    for actor in (PUBLIC, author_of(other)):
        with pytest.raises(NotFound):
            invite_editor(actor=actor, proposal_id=proposal.pk, contact=MOUSSA, now=DURING)


@pytest.mark.parametrize("token", ["", "x", "a" * 43, "../../etc/passwd", "é" * 43])
def test_a_forged_link_opens_nothing(proposal: Proposal, token: str) -> None:
    with pytest.raises(NotFound):
        access_by_link(token)


def test_links_go_again_to_their_own_address_only(proposal: Proposal) -> None:
    Mail.objects.all().delete()
    for _ in range(2):
        resend_links_to(actor=PUBLIC, call_id=proposal.call_id, email=" ZOE1@example.org", now=DURING)
    resend_links_to(actor=PUBLIC, call_id=proposal.call_id, email=CONTACT.email, now=DURING)
    mail = Mail.objects.get()
    assert mail.recipient == "zoe1@example.org"
    assert editor_of(proposal).token in mail.body_text
