"""Calls for tests: one that is open, proposals made by the services that the form calls, a call that is announced."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID, uuid4

from parvis.domain.access import PUBLIC, Actor, system_actor
from parvis.domain.calls.proposals import ContactInput, ProposalInput, SpeakerInput
from parvis.domain.calls.questions import Criterion, Question
from parvis.domain.calls.states import Decision
from parvis.domain.registration_forms import OrganisationInput
from parvis.models import Call, CallSlot, Edition, Proposal, ProposalEditor, Room
from parvis.queries.proposals import actor_by_link, dressed
from parvis.services.calls import save_call
from parvis.services.decisions import announce_decisions, decide
from parvis.services.proposals import Saved, propose
from parvis.services.slots import make_slots
from tests.factories.editions import an_edition

DESK = system_actor("tests")
OPENS = datetime(2023, 5, 2, 7, tzinfo=UTC)
CLOSES = datetime(2023, 6, 9, 16, tzinfo=UTC)
DURING = datetime(2023, 5, 20, 9, tzinfo=UTC)
AFTER = datetime(2023, 6, 12, 9, tzinfo=UTC)
CHOOSE_BY = datetime(2023, 7, 14, 22, tzinfo=UTC)
ABSTRACT = "Deux villes jumelées racontent dix ans d’accès à l’eau, puis débattent avec la salle. " * 2

FORM = ProposalInput(
    organisation=OrganisationInput(name="Ville de Dijon"),
    title_fr="L’eau en partage",
    abstract_fr=ABSTRACT,
    spoken=("fr",),
    sdgs=(6, 17),
    speakers=(SpeakerInput("Aïcha", "Benali", "aicha@example.org", "Adjointe au maire"),),
    answers={"besoin": "Un écran"},
)
CONTACT = ContactInput("Zoé N’Diaye", "zoe@example.org", "fr")
CRITERIA = [Criterion("interet", "Intérêt", "Interest", 2), Criterion("clarte", "Clarté", "Clarity", 1)]


def a_call(edition: Edition | None = None, *, actor: Actor = DESK, **more: object) -> Call:
    """Return a saved call of an edition with two criteria and a question; open at `DURING`."""
    edition = edition or an_edition(status="open")
    given: dict[str, object] = {
        "name_fr": "Micro-ateliers",
        "name_en": "Micro-workshops",
        "text_fr": "Vingt minutes pour montrer ce qui marche.",
        "text_en": "Twenty minutes to show what works.",
        "format": "micro_workshop",
        "duration_min": 20,
        "opens_at": OPENS,
        "closes_at": CLOSES,
        "choose_by": CHOOSE_BY,
        **more,
    }
    return save_call(
        actor=actor,
        edition_id=edition.pk,
        call_id=None,
        values=given,
        questions=[Question("", "Besoin", "Need", "Écran, son…", "Screen, sound…", required=False, longest=300)],
        criteria=CRITERIA,
        now=OPENS,
    )


def an_open_call(edition: Edition | None = None, **more: object) -> Call:
    """Return a call that is open by the machine's own clock, for tests through pages."""
    now = datetime.now(UTC)
    dates: dict[str, object] = {
        "opens_at": now - timedelta(days=2),
        "closes_at": now + timedelta(days=20),
        "choose_by": now + timedelta(days=60),
    }
    return a_call(edition or an_edition(status="open"), **{**dates, **more})


def close(call: Call) -> Call:
    """Let a call have closed an hour ago by the machine's own clock."""
    now = datetime.now(UTC)
    Call.objects.filter(pk=call.pk).update(opens_at=now - timedelta(days=9), closes_at=now - timedelta(hours=1))
    call.refresh_from_db()
    return call


def a_form(**changes: object) -> ProposalInput:
    """Return a whole proposal with some of it changed."""
    return replace(FORM, **changes)  # type: ignore[arg-type]


def sent(
    call: Call,
    form: ProposalInput = FORM,
    *,
    contact: ContactInput = CONTACT,
    submit: bool = True,
    key: UUID | None = None,
    now: datetime = DURING,
    shown_at: datetime | None = None,
) -> Saved:
    """Return what came of a form that the public sent."""
    return propose(
        actor=PUBLIC,
        call_id=call.pk,
        form=form,
        contact=contact,
        form_key=key or uuid4(),
        submit=submit,
        shown_at=shown_at,
        now=now,
    )


def a_proposal(call: Call, number: int = 1, *, now: datetime = DURING, submit: bool = True) -> Proposal:
    """Return a submitted proposal; each number has its own title, author and speaker."""
    speaker = SpeakerInput("Aïcha", f"Benali{number}", f"aicha{number}@example.org", "Adjointe au maire")
    form = a_form(title_fr=f"Atelier {number}", speakers=(speaker,))
    contact = replace(CONTACT, email=f"zoe{number}@example.org")
    return sent(call, form, contact=contact, submit=submit, now=now).proposal


def reread(proposal: Proposal) -> Proposal:
    """Return a proposal as it stands in the database, with its editors."""
    return dressed(Proposal.objects.filter(pk=proposal.pk)).get()


def editor_of(proposal: Proposal) -> ProposalEditor:
    """Return its first author."""
    return ProposalEditor.objects.filter(proposal=proposal).order_by("added_at", "pk")[0]


def author_of(proposal: Proposal) -> Actor:
    """Return the actor behind the first author's link."""
    return actor_by_link(proposal, editor_of(proposal))


def some_slots(call: Call, *, rooms: int = 2, first: time = time(14, 0), last: time = time(15, 0)) -> list[CallSlot]:
    """Return slots on the first day of the call's edition, in new rooms of its venue."""
    edition = call.edition
    assert edition.venue is not None
    made = [
        Room.objects.get_or_create(
            venue=edition.venue, slug=f"micro-{n}", defaults={"name": f"Micro {n}", "position": 50 + n}
        )[0]
        for n in range(rooms)
    ]
    make_slots(
        actor=DESK,
        call_id=call.pk,
        room_ids=[room.pk for room in made],
        day=edition.starts_on or date(2023, 9, 18),
        first=first,
        last=last,
        every_min=call.duration_min,
    )
    return list(CallSlot.objects.filter(call=call).order_by("starts_at", "room__position"))


def announced(call: Call, *proposals: Proposal, decision: Decision = Decision.ACCEPTED, now: datetime = AFTER) -> Call:
    """Decide the same on proposals, announce, and return the call."""
    for proposal in proposals:
        decide(actor=DESK, proposal_id=proposal.pk, decision=decision, note="Bravo", now=now)
    announce_decisions(actor=DESK, call_id=call.pk, now=now)
    call.refresh_from_db()
    return call
