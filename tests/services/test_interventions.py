"""Who takes the floor: as one of their own mandates, in an order, in one place at a time; and the session's log."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils.translation import override

from parvis.domain.access import Actor
from parvis.domain.changes import AlreadyThere
from parvis.domain.editions import EditionIsClosed
from parvis.domain.programme.invitations import MandateEnded, MandateNotBegun
from parvis.domain.programme.placement import MandateOfAnother
from parvis.domain.refusals import ChangedMeanwhile, NotAllowed, NotFound
from parvis.domain.timetable.moves import BreaksRules
from parvis.exports.refusals import say
from parvis.models import Availability, Intervention, LogEntry, Mandate, Person, Placement, Session
from parvis.queries.versions import version_of
from parvis.services.interventions import move_intervention, remove_intervention, save_intervention
from tests.factories.editions import an_edition, an_organisation
from tests.factories.network import a_mandate, a_person
from tests.factories.programme import MORNING, a_room, a_session, placed, speaks

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def session() -> Session:
    return a_session(an_edition())


def a_speaker(name: str = "N’Diaye") -> tuple[Person, Mandate]:
    person = a_person("Awa", name)
    return person, a_mandate(person, an_organisation(f"Ville de {name}"))


def add(actor: Actor, session: Session, person: Person, mandate: Mandate | None = None, **more: object) -> Intervention:
    given: dict[str, object] = {"role": "speaker", "intervention_id": None, **more}
    return save_intervention(
        actor=actor,
        session_id=session.pk,
        person_id=person.pk,
        mandate_id=None if mandate is None else mandate.pk,
        **given,  # type: ignore[arg-type]
    )


def order(session: Session) -> list[str]:
    return [row.person.last_name for row in session.interventions.order_by("position", "pk")]


def test_speakers_come_in_the_order_in_which_they_are_added(session: Session, organiser: Actor) -> None:
    for name in ("Un", "Deux", "Trois"):
        add(organiser, session, *a_speaker(name))
    assert order(session) == ["Un", "Deux", "Trois"]
    remove_intervention(actor=organiser, intervention_id=session.interventions.get(person__last_name="Un").pk)
    add(organiser, session, *a_speaker("Quatre"))
    assert order(session) == ["Deux", "Trois", "Quatre"]


def test_the_sessions_log_tells_who_came_went_and_moved(session: Session, organiser: Actor) -> None:
    first = add(organiser, session, *a_speaker("Un"))
    second = add(organiser, session, a_person("Noël", "Deux"))
    move_intervention(actor=organiser, intervention_id=second.pk, by=-1)
    save_intervention(
        actor=organiser,
        session_id=session.pk,
        intervention_id=second.pk,
        person_id=second.person_id,
        mandate_id=None,
        role="moderator",
        length_min=10,
    )
    remove_intervention(actor=organiser, intervention_id=first.pk)
    entries = LogEntry.objects.filter(subject_kind="session", subject_id=session.pk).order_by("id")
    un, deux = "Awa Un (Maire, Ville de Un)", "Noël Deux"
    assert [(entry.action, entry.details) for entry in entries] == [
        ("session.speaker_added", {"changes": {"speakers": [[], [un]]}}),
        ("session.speaker_added", {"changes": {"speakers": [[un], [un, deux]]}}),
        ("session.speakers_moved", {"changes": {"speakers": [[un, deux], [deux, un]]}}),
        (
            "session.speaker_changed",
            {"speaker": "Noël Deux", "changes": {"role": ["speaker", "moderator"], "length_min": [None, 10]}},
        ),
        ("session.speaker_removed", {"changes": {"speakers": [[deux, un], [deux]]}}),
    ]


def test_moving_stops_at_both_ends(session: Session, organiser: Actor) -> None:
    rows = [add(organiser, session, *a_speaker(name)) for name in ("Un", "Deux", "Trois")]
    Intervention.objects.update(position=0)  # as an import may leave them
    move_intervention(actor=organiser, intervention_id=rows[2].pk, by=-1)
    assert order(session) == ["Un", "Trois", "Deux"]
    for _ in range(3):
        move_intervention(actor=organiser, intervention_id=rows[2].pk, by=-1)
    assert order(session) == ["Trois", "Un", "Deux"]
    for _ in range(5):
        move_intervention(actor=organiser, intervention_id=rows[2].pk, by=1)
    assert order(session) == ["Un", "Deux", "Trois"]
    assert LogEntry.objects.filter(action="session.speakers_moved").count() == 4


def test_one_speaks_as_what_one_is_oneself(session: Session, organiser: Actor) -> None:
    person, _mine = a_speaker("Un")
    _other, theirs = a_speaker("Deux")
    with pytest.raises(MandateOfAnother):
        add(organiser, session, person, theirs)
    with pytest.raises(NotFound):
        save_intervention(
            actor=organiser,
            session_id=session.pk,
            intervention_id=None,
            person_id=person.pk,
            mandate_id=0,
            role="speaker",
        )
    assert not Intervention.objects.exists()


def test_nobody_speaks_as_what_they_no_longer_are(organiser: Actor) -> None:
    edition = an_edition(status="open", starts_on=date(2033, 9, 19), ends_on=date(2033, 9, 20))
    session, person = a_session(edition), a_person()
    ended = a_mandate(person, an_organisation("Ancienne"), ends_on=date(2033, 9, 18))
    begins = a_mandate(person, an_organisation("Future"), starts_on=date(2033, 9, 20))
    for mandate, refusal in ((ended, MandateEnded), (begins, MandateNotBegun)):
        with pytest.raises(refusal) as caught:
            add(organiser, session, person, mandate)
        assert caught.value.field == "mandate"
    row = add(organiser, session, person, a_mandate(person, an_organisation("Actuelle"), ends_on=date(2033, 9, 19)))
    # What was recorded stays, also when the mandate is dated afterwards; and history is written as it was.
    Mandate.objects.filter(pk=row.mandate_id).update(ends_on=date(2033, 9, 1))
    save_intervention(
        actor=organiser,
        session_id=session.pk,
        intervention_id=row.pk,
        person_id=person.pk,
        mandate_id=row.mandate_id,
        role="moderator",
    )
    edition.status = "held"
    edition.save()
    assert add(organiser, session, person, ended).mandate == ended


def test_nobody_has_one_role_twice(session: Session, organiser: Actor) -> None:
    person, mandate = a_speaker()
    add(organiser, session, person, mandate)
    with pytest.raises(AlreadyThere):
        add(organiser, session, person)
    add(organiser, session, person, mandate, role="moderator")
    assert session.interventions.count() == 2


def test_a_speaker_taken_elsewhere_at_that_time_is_refused(session: Session, organiser: Actor) -> None:
    edition = session.edition
    person, _mandate = a_speaker()
    busy = a_session(edition, "Occupée")
    placed(session, a_room(edition, "Salle 1"))
    placed(busy, a_room(edition, "Salle 2"))
    speaks(person, busy)
    with pytest.raises(BreaksRules) as refusal:
        add(organiser, session, person)
    with override("en"):
        assert say(refusal.value) == "Awa N’Diaye is already expected in “Occupée” from 9.30 to 10.30."
    assert refusal.value.field == "person"
    assert not session.interventions.exists()
    add(organiser, session, person, insist=True)  # a minister who looks in on both
    add(organiser, session, person, role="moderator")  # that was broken before
    Intervention.objects.filter(session=session).delete()
    Session.objects.filter(pk=busy.pk).update(status="cancelled")
    add(organiser, session, person)


def test_a_speaker_comes_at_hours_when_they_are_there(session: Session, organiser: Actor) -> None:
    edition = session.edition
    minister, _mandate = a_speaker()
    placed(session, a_room(edition))
    Availability.objects.create(
        edition=edition, person=minister, starts_at=MORNING + 2 * HOUR, ends_at=MORNING + 4 * HOUR
    )
    with pytest.raises(BreaksRules, match="person_available"):
        add(organiser, session, minister)
    other = add(organiser, session, a_person("Noël", "Deux"))
    with pytest.raises(BreaksRules, match="person_available"):  # nor in somebody else's place
        add(organiser, session, minister, intervention_id=other.pk)
    Placement.objects.all().delete()
    add(organiser, session, minister)


def test_before_the_days_are_known_speakers_are_named(organiser: Actor) -> None:
    session = a_session(an_edition(starts_on=None, ends_on=None))
    add(organiser, session, *a_speaker())
    assert session.interventions.count() == 1


def test_an_answer_belongs_to_who_gave_it(session: Session, organiser: Actor) -> None:
    person, mandate = a_speaker("Un")
    substitute, their_mandate = a_speaker("Deux")
    row = add(organiser, session, person, mandate)
    Intervention.objects.update(answer="declined", answer_reason="Souffrante")
    for who, what, answer in ((person, None, "declined"), (substitute, their_mandate, "none")):
        save_intervention(
            actor=organiser,
            session_id=session.pk,
            intervention_id=row.pk,
            person_id=who.pk,
            mandate_id=what.pk if what else None,
            role="speaker",
        )
        row.refresh_from_db()
        assert row.answer == answer
    assert row.answer_reason == ""


def test_what_somebody_else_saved_is_not_overwritten(session: Session, organiser: Actor) -> None:
    row = add(organiser, session, *a_speaker())
    seen = version_of(row)
    values = {"intervention_id": row.pk, "seen": seen}
    add(organiser, session, row.person, row.mandate, **{**values, "role": "moderator"})
    with pytest.raises(ChangedMeanwhile, match="Organiser changed this"):
        add(organiser, session, row.person, row.mandate, **{**values, "role": "witness"})


def test_the_erased_do_not_speak(session: Session, organiser: Actor) -> None:
    person, mandate = a_speaker()
    Person.objects.update(erased_at="2023-01-01T00:00:00Z")
    with pytest.raises(NotFound) as refusal:
        add(organiser, session, person, mandate)
    assert refusal.value.field == "person"


def test_only_organisers_name_speakers(session: Session, door: Actor, read_only: Actor, press: Actor) -> None:
    person, mandate = a_speaker()
    row = speaks(person, session, mandate)
    for actor in (door, read_only, press):
        with pytest.raises(NotAllowed):
            add(actor, session, person, mandate, role="witness")
        with pytest.raises(NotAllowed):
            move_intervention(actor=actor, intervention_id=row.pk, by=1)
        with pytest.raises(NotAllowed):
            remove_intervention(actor=actor, intervention_id=row.pk)


def test_a_closed_editions_speakers_stand(organiser: Actor) -> None:
    session = a_session(an_edition(status="archived"))
    person, mandate = a_speaker()
    row = speaks(person, session, mandate)
    with pytest.raises(EditionIsClosed):
        add(organiser, session, person, mandate, role="witness")
    with pytest.raises(EditionIsClosed):
        move_intervention(actor=organiser, intervention_id=row.pk, by=1)
    with pytest.raises(EditionIsClosed):
        remove_intervention(actor=organiser, intervention_id=row.pk)
    with pytest.raises(NotFound):
        remove_intervention(actor=organiser, intervention_id=0)
