"""Proposals: drafts kept, submitted in time, changed by several, withdrawn; a form sent twice makes one."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from parvis.domain.access import PUBLIC, Actor
from parvis.domain.calls.proposals import (
    AbstractTooShort,
    ContactMissing,
    ProposalIsFrozen,
    ProposalIsWithdrawn,
    SpeakerInput,
    TitleMissing,
)
from parvis.domain.calls.windows import CallClosed, CallOpensLater, EditionTakesNoProposals
from parvis.domain.changes import TextTooLong
from parvis.domain.refusals import ChangedMeanwhile, NotAllowed, NotFound
from parvis.domain.registration_forms import OrganisationInput
from parvis.models import Edition, LogEntry, Mail, Organisation, Proposal, ProposalEditor
from parvis.queries.proposals import form_of
from parvis.services.organisations import OrganisationAmbiguous
from parvis.services.proposals import save_proposal, submit_proposal, take_up_proposal, withdraw_proposal
from tests.factories.calls import (
    AFTER,
    CLOSES,
    CONTACT,
    DURING,
    FORM,
    OPENS,
    a_call,
    a_form,
    a_proposal,
    announced,
    author_of,
    reread,
    sent,
)

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


def test_a_whole_proposal_is_submitted_with_its_organisation_and_a_receipt() -> None:
    saved = sent(a_call())
    assert (saved.created, saved.submitted) == (True, True)
    proposal = reread(saved.proposal)
    assert (proposal.reference, proposal.status, proposal.revision) == ("P001", "submitted", 1)
    assert proposal.organisation is not None
    assert proposal.organisation.insee_code == "21231"
    assert proposal.speakers == [
        {"first_name": "Aïcha", "last_name": "Benali", "email": "aicha@example.org", "title": "Adjointe au maire"}
    ]
    mail = Mail.objects.get()
    assert mail.recipient == CONTACT.email
    assert f"/proposals/{saved.editor.token if saved.editor else ''}/" in mail.body_text
    actions = list(LogEntry.objects.filter(subject_kind="proposal").order_by("id").values_list("action", flat=True))
    assert actions == ["proposal.created", "proposal.submitted"]


def test_a_draft_needs_nothing_but_an_address() -> None:
    saved = sent(
        a_call(), a_form(**dict.fromkeys(("title_fr", "abstract_fr"), ""), speakers=(), spoken=()), submit=False
    )
    assert reread(saved.proposal).status == "draft"
    assert "brouillon" in Mail.objects.get().body_text.lower() or "draft" in Mail.objects.get().body_text.lower()
    with pytest.raises(ContactMissing):
        sent(a_call(Edition.objects.get()), submit=False, contact=type(CONTACT)("", "", "fr"))


def test_a_draft_keeps_an_organisation_that_is_not_clear_yet_and_adds_none() -> None:
    call = a_call()
    before = Organisation.objects.count()
    unclear = a_form(organisation=OrganisationInput(name="Saint-Denis"))
    proposal = reread(sent(call, unclear, submit=False).proposal)
    assert (proposal.organisation, proposal.organisation_typed) == (None, "Saint-Denis")
    assert form_of(proposal).organisation.name == "Saint-Denis"
    assert Organisation.objects.count() == before
    with pytest.raises(OrganisationAmbiguous):
        submit_proposal(actor=author_of(proposal), proposal_id=proposal.pk, now=DURING)
    chosen = a_form(organisation=OrganisationInput(name="Saint-Denis", code="93066"))
    save_proposal(actor=author_of(proposal), proposal_id=proposal.pk, form=chosen, seen=1, submit=True, now=DURING)
    proposal = reread(proposal)
    assert proposal.status == "submitted"
    assert proposal.organisation is not None
    assert proposal.organisation.insee_code == "93066"


def test_the_same_form_again_makes_nothing_new() -> None:
    call, key = a_call(), uuid4()
    first, second = sent(call, key=key), sent(call, key=key)
    assert (first.created, second.created) == (True, False)
    assert second.editor is not None
    assert second.editor.pk == (first.editor.pk if first.editor else 0)
    assert (Proposal.objects.count(), ProposalEditor.objects.count(), Mail.objects.count()) == (1, 1, 1)


def test_faults_are_named_and_nothing_is_saved() -> None:
    call = a_call()
    for form, refusal, field in (
        (a_form(title_fr="", abstract_fr=""), TitleMissing, "title_fr"),
        (a_form(abstract_fr="Court"), AbstractTooShort, "abstract_fr"),
        (a_form(title_fr="T" * 2000), TextTooLong, "title_fr"),
    ):
        with pytest.raises(refusal) as refused:
            sent(call, form)
        assert refused.value.field == field
    assert not Proposal.objects.exists()


def test_the_window_binds_to_the_second() -> None:
    call = a_call()
    sent(call, now=OPENS)
    sent(call, now=CLOSES - SECOND)
    with pytest.raises(CallOpensLater):
        sent(call, now=OPENS - SECOND)
    with pytest.raises(CallClosed):
        sent(call, now=CLOSES)
    Edition.objects.update(status="cancelled")
    with pytest.raises(EditionTakesNoProposals):
        sent(call)


def test_what_was_typed_while_the_call_closed_is_kept_as_a_draft() -> None:
    call = a_call()
    saved = sent(call, now=CLOSES + timedelta(minutes=5), shown_at=CLOSES - timedelta(hours=1))
    assert (saved.created, saved.submitted) == (True, False)
    assert saved.too_late is not None
    proposal = reread(saved.proposal)
    assert (proposal.status, proposal.title_fr) == ("draft", FORM.title_fr)
    with pytest.raises(CallClosed):
        submit_proposal(actor=author_of(proposal), proposal_id=proposal.pk, now=CLOSES + timedelta(minutes=6))


def test_a_draft_takes_in_what_was_typed_while_the_call_closed() -> None:
    call = a_call()
    proposal = a_proposal(call, submit=False)
    author, late = author_of(proposal), CLOSES + timedelta(minutes=5)
    before = CLOSES - timedelta(minutes=50)
    wanted = a_form(title_fr="Écrit trop tard")
    saved = save_proposal(
        actor=author, proposal_id=proposal.pk, form=wanted, seen=1, submit=True, shown_at=before, now=late
    )
    assert saved.too_late is not None
    assert (reread(proposal).status, reread(proposal).title_fr) == ("draft", "Écrit trop tard")
    with pytest.raises(ProposalIsFrozen):
        save_proposal(actor=author, proposal_id=proposal.pk, form=FORM, seen=2, shown_at=late, now=late)


def test_the_desk_takes_a_late_draft_in_and_others_do_not(organiser: Actor, read_only: Actor, reviewer: Actor) -> None:
    proposal = a_proposal(a_call(), submit=False)
    with pytest.raises(NotAllowed):
        submit_proposal(actor=read_only, proposal_id=proposal.pk, now=AFTER)
    for nobody in (PUBLIC, reviewer):
        with pytest.raises(NotFound):
            submit_proposal(actor=nobody, proposal_id=proposal.pk, now=AFTER)
    assert submit_proposal(actor=organiser, proposal_id=proposal.pk, now=AFTER).status == "submitted"


def test_two_who_write_at_once_see_each_other() -> None:
    proposal = a_proposal(a_call(), submit=False)
    author = author_of(proposal)
    save_proposal(actor=author, proposal_id=proposal.pk, form=a_form(title_fr="Première"), seen=1, now=DURING)
    with pytest.raises(ChangedMeanwhile) as refused:
        save_proposal(actor=author, proposal_id=proposal.pk, form=a_form(title_fr="Seconde"), seen=1, now=DURING)
    assert "Zoé" in str(refused.value.params["who"])
    assert reread(proposal).title_fr == "Première"
    save_proposal(actor=author, proposal_id=proposal.pk, form=a_form(title_fr="Seconde"), seen=2, now=DURING)
    assert (reread(proposal).title_fr, reread(proposal).revision) == ("Seconde", 3)


def test_saving_the_same_twice_changes_nothing_even_when_it_was_seen_before() -> None:
    proposal = a_proposal(a_call(), submit=False)
    author = author_of(proposal)
    for _ in range(2):
        save_proposal(actor=author, proposal_id=proposal.pk, form=a_form(title_fr="Neuf"), seen=1, now=DURING)
    assert reread(proposal).revision == 2
    assert LogEntry.objects.filter(action="proposal.changed").count() == 1


def test_a_submitted_proposal_stays_whole_while_it_is_changed() -> None:
    proposal = a_proposal(a_call())
    author = author_of(proposal)
    with pytest.raises(TitleMissing):
        save_proposal(
            actor=author, proposal_id=proposal.pk, form=a_form(title_fr="", abstract_fr=""), seen=1, now=DURING
        )
    save_proposal(actor=author, proposal_id=proposal.pk, form=a_form(title_fr="Mieux"), seen=1, now=CLOSES - SECOND)
    with pytest.raises(ProposalIsFrozen):
        save_proposal(actor=author, proposal_id=proposal.pk, form=a_form(title_fr="Trop tard"), seen=2, now=CLOSES)
    assert (reread(proposal).title_fr, reread(proposal).status) == ("Mieux", "submitted")


def test_the_selected_may_correct_their_text_until_they_choose() -> None:
    call = a_call()
    proposal = a_proposal(call)
    announced(call, proposal)
    corrected = a_form(speakers=(SpeakerInput("Noël", "Faye"),))
    save_proposal(actor=author_of(proposal), proposal_id=proposal.pk, form=corrected, seen=1, now=AFTER)
    assert reread(proposal).speakers[0]["last_name"] == "Faye"


def test_withdrawing_keeps_the_text_and_it_can_be_taken_up_again() -> None:
    proposal = a_proposal(a_call())
    author = author_of(proposal)
    for _ in range(2):
        assert withdraw_proposal(actor=author, proposal_id=proposal.pk, now=DURING).status == "withdrawn"
    assert Mail.objects.filter(key__startswith="proposal_withdrawn").count() == 1
    with pytest.raises(ProposalIsWithdrawn):
        save_proposal(actor=author, proposal_id=proposal.pk, form=FORM, seen=None, now=DURING)
    with pytest.raises(ProposalIsWithdrawn):
        submit_proposal(actor=author, proposal_id=proposal.pk, now=DURING)
    with pytest.raises(CallClosed):
        take_up_proposal(actor=author, proposal_id=proposal.pk, now=AFTER)
    assert take_up_proposal(actor=author, proposal_id=proposal.pk, now=DURING).status == "draft"
    assert submit_proposal(actor=author, proposal_id=proposal.pk, now=DURING).status == "submitted"
    assert reread(proposal).title_fr == "Atelier 1"


def test_somebody_elses_link_opens_nothing_here() -> None:
    call = a_call()
    mine, other = a_proposal(call, 1), a_proposal(call, 2)
    for service in (submit_proposal, withdraw_proposal, take_up_proposal):
        with pytest.raises(NotFound):
            service(actor=author_of(mine), proposal_id=other.pk, now=DURING)
    with pytest.raises(NotFound):
        save_proposal(actor=author_of(mine), proposal_id=other.pk, form=FORM, seen=1, now=DURING)


def test_what_was_pasted_is_cleaned_and_markup_is_text() -> None:
    form = a_form(
        title_fr="L’eau\u00ad en\x0b<b>partage</b>", abstract_fr="\uf0b7\t" + FORM.abstract_fr + "<o:p></o:p>"
    )
    proposal = reread(sent(a_call(), form).proposal)
    assert proposal.title_fr == "L’eau en <b>partage</b>"
    assert proposal.abstract_fr.startswith("• Deux villes")
    assert proposal.abstract_fr == form_of(proposal).abstract_fr
    assert "<o:p>" not in proposal.abstract_fr
