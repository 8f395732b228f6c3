"""Slots: made around the programme, given once, and what is chosen becomes a session without retyping."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest

from parvis.domain.access import Actor
from parvis.domain.calendars import sequence_of
from parvis.domain.calls.proposals import ProposalIsPlaced, SpeakerInput
from parvis.domain.calls.slots import (
    NoSlotLeft,
    NotSelected,
    SlotDayOutside,
    SlotIsHeld,
    SlotMovedByOrganisers,
    SlotTaken,
)
from parvis.domain.calls.states import Decision
from parvis.domain.calls.windows import ChoosingIsOver
from parvis.domain.refusals import NotAllowed, NotFound
from parvis.domain.timetable.moves import BreaksRules
from parvis.models import (
    Call,
    CallSlot,
    Intervention,
    LogEntry,
    Mail,
    Person,
    Placement,
    Proposal,
    Room,
    Session,
)
from parvis.queries.call_slots import list_choices, list_slots
from parvis.services.programme import cancel_session, place_session
from parvis.services.proposals import save_proposal, withdraw_proposal
from parvis.services.releases import publish_release
from parvis.services.slots import SlotsMade, choose_slot, make_slots, remove_slots, take_slot_back
from tests.factories.calls import (
    ABSTRACT,
    AFTER,
    CHOOSE_BY,
    CONTACT,
    DESK,
    a_call,
    a_form,
    a_proposal,
    announced,
    author_of,
    reread,
    sent,
    some_slots,
)
from tests.factories.editions import an_edition, fill

pytestmark = pytest.mark.django_db


@pytest.fixture
def call() -> Call:
    return a_call()


def pick(proposal: Proposal, slot: CallSlot, **more: object) -> Session:
    given: dict[str, object] = {"actor": author_of(proposal), "now": AFTER, **more}
    return choose_slot(proposal_id=proposal.pk, slot_id=slot.pk, **given)  # type: ignore[arg-type]


def test_slots_leave_out_what_is_placed_and_name_it(organiser: Actor) -> None:
    edition = an_edition(status="open")
    fill(edition, sessions=1)
    placed = Placement.objects.get()
    call = a_call(edition)
    local = placed.starts_at.astimezone(ZoneInfo("Europe/Paris"))

    def make() -> SlotsMade:
        return make_slots(
            actor=organiser,
            call_id=call.pk,
            room_ids=[placed.room_id],
            day=local.date(),
            first=(local - timedelta(hours=1)).time(),
            last=(local + timedelta(hours=2)).time(),
            every_min=20,
        )

    made = make()
    assert made.made + len(made.clashing) == 9
    assert {slot.clash for slot in made.clashing} == {placed.session.title}
    for slot in made.clashing:
        assert slot.starts_at < placed.ends_at
        assert placed.starts_at < slot.starts_at + timedelta(minutes=20)
    again = make()
    assert (again.made, again.there) == (0, made.made)
    assert CallSlot.objects.count() == made.made


def test_slots_are_in_the_editions_own_rooms_and_days(organiser: Actor, read_only: Actor, call: Call) -> None:
    room = some_slots(call)[0].room
    given = {"call_id": call.pk, "first": time(9), "last": time(10), "every_min": 20}
    with pytest.raises(SlotDayOutside):
        make_slots(actor=organiser, room_ids=[room.pk], day=date(2023, 9, 25), **given)  # type: ignore[arg-type]
    with pytest.raises(NotFound):
        make_slots(actor=organiser, room_ids=[room.pk, 10_000], day=date(2023, 9, 18), **given)  # type: ignore[arg-type]
    with pytest.raises(NotAllowed):
        make_slots(actor=read_only, room_ids=[room.pk], day=date(2023, 9, 18), **given)  # type: ignore[arg-type]
    with pytest.raises(NotAllowed):
        remove_slots(actor=read_only, call_id=call.pk, slot_ids=[])


def test_what_is_chosen_becomes_a_session_without_retyping(call: Call) -> None:
    speakers = (
        SpeakerInput("Aïcha", "Benali", "aicha@example.org", "Adjointe au maire"),
        SpeakerInput("Noël", "Faye", "", "Chef de service"),
    )
    form = a_form(title_en="Sharing water", abstract_en=ABSTRACT, spoken=("fr", "en"), speakers=speakers)
    proposal = sent(call, form).proposal
    slot = some_slots(call)[2]
    announced(call, proposal)
    Mail.objects.all().delete()
    session = pick(proposal, slot)
    proposal = reread(proposal)
    assert (proposal.slot, proposal.session) == (slot, session)
    assert (session.format, session.duration_min, session.status) == ("micro_workshop", 20, "confirmed")
    assert (session.title_fr, session.title_en, session.abstract_fr) == (
        form.title_fr,
        "Sharing water",
        form.abstract_fr.strip(),
    )
    assert (session.spoken, session.sdgs, session.host) == (["fr", "en"], [6, 17], proposal.organisation)
    assert session.code
    assert session.slug == "l-eau-en-partage"
    assert (session.placement.room, session.placement.starts_at) == (slot.room, slot.starts_at)
    assert session.placement.ends_at - session.placement.starts_at == timedelta(minutes=20)
    said = [
        (
            str(row.person),
            row.role,
            row.mandate.title_fr if row.mandate else "",
            row.mandate and row.mandate.organisation,
        )
        for row in Intervention.objects.filter(session=session).order_by("position")
    ]
    assert said == [
        ("Aïcha Benali", "speaker", "Adjointe au maire", proposal.organisation),
        ("Noël Faye", "speaker", "Chef de service", proposal.organisation),
    ]
    assert LogEntry.objects.filter(action="session.created", channel="link").exists()


def test_the_confirmation_brings_a_calendar_file(call: Call) -> None:
    proposal = a_proposal(call)
    slot = some_slots(call)[0]
    announced(call, proposal)
    session = pick(proposal, slot)
    mail = Mail.objects.get(key__startswith="proposal_slot:")
    event = icalendar.Calendar.from_ical(bytes(mail.attachments.get().content)).walk("VEVENT")[0]
    assert event["UID"] == f"{session.guid}@parvis"
    assert event.decoded("DTSTART") == slot.starts_at
    assert event.decoded("DTEND") - event.decoded("DTSTART") == timedelta(minutes=20)
    assert "Micro 0" in event["LOCATION"]
    assert event["SEQUENCE"] == sequence_of(AFTER)
    assert event["SEQUENCE"] < sequence_of(AFTER, 1), "the notice of the next release replaces it"


def test_somebody_known_is_recognised_and_nobody_gets_a_new_address(call: Call) -> None:
    known = Person.objects.create(
        slug="a", first_name="Aïcha", last_name="Benali", email="aicha@example.org", folded="benali aicha"
    )
    stranger = Person.objects.create(slug="n", first_name="Noël", last_name="Faye", folded="faye noel")
    speakers = (
        SpeakerInput("Aïcha", "Benali", "aicha@example.org", "Maire"),
        SpeakerInput("Noël", "Faye", "intrus@example.org", "Maire"),
    )
    proposal = sent(call, a_form(speakers=speakers)).proposal
    slot = some_slots(call)[0]
    announced(call, proposal)
    session = pick(proposal, slot)
    people = {row.person for row in session.interventions.all()}
    assert known in people
    assert stranger not in people
    stranger.refresh_from_db()
    assert stranger.email == ""


def test_a_taken_slot_offers_the_nearest(call: Call) -> None:
    first, second = a_proposal(call, 1), a_proposal(call, 2)
    slots = some_slots(call)
    announced(call, first, second)
    pick(first, slots[2])
    with pytest.raises(SlotTaken) as refused:
        pick(second, slots[2])
    assert refused.value.nearest == tuple(slot.pk for slot in (slots[3], slots[0], slots[1], slots[4], slots[5]))
    assert Session.objects.count() == 1
    assert reread(second).session is None
    pick(second, slots[3])
    assert Placement.objects.count() == 2


def test_a_slot_in_whose_way_the_organisers_placed_something_is_taken(organiser: Actor, call: Call) -> None:
    proposal = a_proposal(call)
    slots = some_slots(call)
    announced(call, proposal)
    blocking = Session.objects.create(
        edition=call.edition,
        code="X",
        slug="x",
        format="plenary",
        title_fr="Imprévue",
        duration_min=10,
        status="confirmed",
    )
    place_session(actor=organiser, session_id=blocking.pk, room_id=slots[0].room_id, starts_at=slots[0].starts_at)
    lines = {line.pk: line for line in list_slots(organiser, call=call)}
    assert (lines[slots[0].pk].free, lines[slots[0].pk].clash) == (False, "Imprévue")
    with pytest.raises(SlotTaken):
        pick(proposal, slots[0])
    cancel_session(actor=organiser, session_id=blocking.pk)
    pick(proposal, slots[0])


def test_a_speaker_is_in_one_place_at_a_time_and_nothing_is_left_behind(call: Call) -> None:
    speaker = (SpeakerInput("Aïcha", "Benali", "aicha@example.org", "Maire"),)
    first = sent(call, a_form(title_fr="Un", speakers=speaker)).proposal
    second = sent(
        call, a_form(title_fr="Deux", speakers=speaker), contact=replace(CONTACT, email="b@example.org")
    ).proposal
    slots = some_slots(call)
    announced(call, first, second)
    pick(first, slots[0])
    with pytest.raises(BreaksRules, match="person_once"):
        pick(second, slots[1])  # the same hour, another room
    assert Session.objects.count() == 1
    assert reread(second).slot is None
    pick(second, slots[2])


def test_beside_a_plenary_the_organisers_slot_stands_and_its_speaker_does_not(organiser: Actor, call: Call) -> None:
    proposal = a_proposal(call)
    slots = some_slots(call)
    announced(call, proposal)
    hall = Room.objects.create(venue=call.edition.venue, slug="hall", name="Hall")
    plenary = Session.objects.create(
        edition=call.edition,
        code="P",
        slug="p",
        format="plenary",
        title_fr="Plénière",
        duration_min=60,
        status="confirmed",
    )
    place_session(actor=organiser, session_id=plenary.pk, room_id=hall.pk, starts_at=slots[0].starts_at)
    pick(proposal, slots[0])
    assert Placement.objects.count() == 2


def test_only_the_selected_choose_once_they_were_told_and_in_time(call: Call) -> None:
    selected, reserve = a_proposal(call, 1), a_proposal(call, 2)
    slots = some_slots(call)
    with pytest.raises(NotSelected):
        pick(selected, slots[0])
    Proposal.objects.filter(pk=reserve.pk).update(decision=Decision.RESERVE)
    Proposal.objects.filter(pk=selected.pk).update(decision=Decision.ACCEPTED)
    with pytest.raises(NotSelected):
        pick(selected, slots[0])  # decided, and not announced
    announced(call)
    with pytest.raises(NotSelected):
        pick(reserve, slots[0])
    with pytest.raises(ChoosingIsOver):
        pick(selected, slots[0], now=CHOOSE_BY)
    pick(selected, slots[0], actor=DESK, now=CHOOSE_BY)  # the desk may still


def test_somebody_elses_link_takes_no_slot(call: Call) -> None:
    one, two = a_proposal(call, 1), a_proposal(call, 2)
    slots = some_slots(call)
    announced(call, one, two)
    with pytest.raises(NotFound):
        pick(one, slots[0], actor=author_of(two))


def test_no_slot_is_left_and_a_forged_one_is_not_there(call: Call) -> None:
    one, two = a_proposal(call, 1), a_proposal(call, 2)
    slot = some_slots(call, rooms=1, first=time(14, 0), last=time(14, 20))[0]
    announced(call, one, two)
    pick(one, slot)
    with pytest.raises(NoSlotLeft):
        pick(two, slot)
    other = CallSlot.objects.create(
        call=a_call(call.edition), room=slot.room, starts_at=slot.starts_at + timedelta(hours=2)
    )
    take_slot_back(actor=DESK, proposal_id=one.pk, now=AFTER)
    with pytest.raises(SlotTaken) as refused:
        pick(two, other)
    assert refused.value.nearest == (slot.pk,)


def test_choosing_twice_is_harmless_and_another_slot_moves_the_session(call: Call) -> None:
    proposal = a_proposal(call)
    slots = some_slots(call)
    announced(call, proposal)
    session = pick(proposal, slots[0])
    assert pick(proposal, slots[0]) == session
    assert Mail.objects.filter(key__startswith="proposal_slot:").count() == 1
    assert pick(proposal, slots[5], now=AFTER + timedelta(hours=1)) == session
    assert Placement.objects.get().starts_at == slots[5].starts_at
    assert Mail.objects.filter(key__startswith="proposal_slot:").count() == 2
    assert [line.free for line in list_choices(reread(proposal))] == [True] * 6


def test_what_the_organisers_moved_stays_where_it_is(organiser: Actor, call: Call) -> None:
    proposal = a_proposal(call)
    slots = some_slots(call)
    announced(call, proposal)
    session = pick(proposal, slots[0])
    hall = Room.objects.create(venue=call.edition.venue, slug="hall", name="Hall")
    place_session(actor=organiser, session_id=session.pk, room_id=hall.pk, starts_at=slots[4].starts_at)
    with pytest.raises(SlotMovedByOrganisers):
        pick(proposal, slots[5])


def test_a_slot_is_taken_back_and_another_chosen(organiser: Actor, read_only: Actor, call: Call) -> None:
    proposal = a_proposal(call)
    slots = some_slots(call)
    announced(call, proposal)
    session = pick(proposal, slots[0])
    with pytest.raises(NotAllowed):
        take_slot_back(actor=read_only, proposal_id=proposal.pk)
    with pytest.raises(SlotIsHeld):
        remove_slots(actor=organiser, call_id=call.pk, slot_ids=[slots[0].pk])
    for _ in range(2):
        take_slot_back(actor=organiser, proposal_id=proposal.pk, now=AFTER)
    assert not Placement.objects.exists()
    assert Mail.objects.filter(key__startswith="proposal_slot_back").count() == 1
    assert remove_slots(actor=organiser, call_id=call.pk, slot_ids=[slots[0].pk]) == 1
    assert pick(proposal, slots[1]) == session
    assert Session.objects.count() == 1


def test_a_workshop_in_the_programme_is_neither_changed_nor_withdrawn_by_link(call: Call) -> None:
    proposal = a_proposal(call)
    slots = some_slots(call)
    announced(call, proposal)
    pick(proposal, slots[0])
    author = author_of(proposal)
    with pytest.raises(ProposalIsPlaced):
        save_proposal(actor=author, proposal_id=proposal.pk, form=a_form(title_fr="Autre"), seen=1, now=AFTER)
    with pytest.raises(ProposalIsPlaced):
        withdraw_proposal(actor=author, proposal_id=proposal.pk, now=AFTER)


def test_a_chosen_workshop_is_published_with_the_next_release(organiser: Actor, call: Call) -> None:
    proposal = a_proposal(call)
    slots = some_slots(call)
    announced(call, proposal)
    session = pick(proposal, slots[0])
    release = publish_release(actor=organiser, edition_id=call.edition_id)
    published = {entry["slug"]: entry for entry in release.payload["sessions"]}
    assert published[session.slug]["room"] == slots[0].room.slug
    assert published[session.slug]["interventions"]
