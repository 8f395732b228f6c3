"""Scanning through the service: every answer, once each, logged; and taking back."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from parvis.domain.access import Actor
from parvis.domain.onsite import Direction
from parvis.domain.onsite.opening import DoorsClosed, DoorsOpenLater
from parvis.domain.onsite.passages import AlreadyUndone, NothingToUndo, ScanOfAnotherDoor
from parvis.domain.people.persons import MandateFunction
from parvis.domain.refusals import NotAllowed, NotFound
from parvis.models import Checkpoint, Federation, Intervention, LogEntry, Registration, Scan
from parvis.queries.figures import admitted_scans
from parvis.queries.onsite_scans import count_inside
from parvis.services.badges import new_badge_code, replace_badge
from parvis.services.registrations import cancel_registration
from parvis.services.scans import record_scan, undo_scan
from tests.factories.onsite import (
    SYSTEM,
    a_participant,
    a_session_door,
    an_edition_on_site,
    an_entrance,
    badge_code,
    make_member,
    read,
    verdicts,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def entrance(db: None) -> Checkpoint:
    return an_entrance(an_edition_on_site())


@pytest.fixture
def zoe(entrance: Checkpoint) -> Registration:
    return a_participant(entrance.edition)


def test_admitted_then_already_in_and_the_log_tells(entrance: Checkpoint, zoe: Registration, door: Actor) -> None:
    first = read(entrance, badge_code(zoe), actor=door, device="door-1")
    again = read(entrance, badge_code(zoe), actor=door)
    assert (first.created, first.scan.verdict, first.scan.account_id) == (True, "admitted", door.account_id)
    assert (again.scan.verdict, again.before) == ("already_in", first.scan)
    assert count_inside(entrance.pk) == 1
    entry = LogEntry.objects.filter(action="registration.scanned").latest("id")
    assert (entry.subject_id, entry.details["verdict"], entry.account_id) == (zoe.pk, "already_in", door.account_id)


@pytest.mark.parametrize("typed", ["badge", "reference", "short", "external"])
def test_whatever_stands_on_the_ticket_works(entrance: Checkpoint, zoe: Registration, typed: str) -> None:
    zoe.external_reference = "INS-0196"
    zoe.save()
    code = {
        "badge": badge_code(zoe).lower(),
        "reference": zoe.reference.replace("-", " "),
        "short": zoe.reference.split("-")[1],
        "external": "ins-0196",
    }[typed]
    scan = read(entrance, code).scan
    assert (scan.verdict, scan.registration_id) == ("admitted", zoe.pk)


def test_the_same_id_again_gets_the_first_answer(entrance: Checkpoint, zoe: Registration) -> None:
    scan_id = uuid4()
    first = read(entrance, badge_code(zoe), scan_id=scan_id)
    cancel_registration(actor=SYSTEM, registration_id=zoe.pk)
    again = read(entrance, badge_code(zoe), scan_id=scan_id)
    assert (first.created, again.created) == (True, False)
    assert (again.scan.pk, again.scan.verdict) == (scan_id, "admitted")
    other = read(entrance, "unknown 1", scan_id=scan_id)
    assert other.scan.registration_id == zoe.pk and Scan.objects.count() == 1
    assert LogEntry.objects.filter(action="registration.scanned").count() == 1


def test_refusals_are_written_too(entrance: Checkpoint, zoe: Registration) -> None:
    lost = badge_code(zoe)
    replace_badge(actor=SYSTEM, registration_id=zoe.pk)
    last_year = a_participant(an_edition_on_site(15), "Martin", organisation="Ville d’Hier")
    read(entrance, lost)
    read(entrance, badge_code(last_year))
    read(entrance, last_year.reference)
    read(entrance, new_badge_code())
    read(entrance, "0" * 25 + "1")
    read(entrance, "R16-424242")
    cancel_registration(actor=SYSTEM, registration_id=zoe.pk)
    read(entrance, badge_code(zoe))
    assert verdicts() == [
        "revoked",
        "wrong_edition",
        "wrong_edition",
        "unknown",
        "forged",
        "unknown",
        "cancelled",
    ]
    assert count_inside(entrance.pk) == 0
    assert LogEntry.objects.filter(action="checkpoint.scanned", subject_kind="checkpoint").count() == 3


def test_members_only(door: Actor) -> None:
    edition = an_edition_on_site()
    assembly = a_session_door(edition, members_only=True)
    workshop = a_session_door(edition, code="AT1")
    stranger = a_participant(edition, "Sans", organisation="Ville d’Ailleurs")
    member = a_participant(edition, "Membre", organisation="Ville d’Essai")
    make_member(member)
    speaker = a_participant(edition, "Parole", organisation="Ville d’Invitée")
    assert assembly.session is not None
    Intervention.objects.create(session=assembly.session, person=speaker.person, role="speaker")
    assert Federation.objects.exists()
    staff = a_participant(edition, "Équipe", organisation="", function=MandateFunction.OTHER)
    staff.organisation = Federation.objects.get().organisation
    staff.save()
    answers = [read(assembly, badge_code(each)).scan.verdict for each in (stranger, member, speaker, staff)]
    assert answers == ["not_member", "admitted", "admitted", "admitted"]
    assert read(workshop, badge_code(stranger)).scan.verdict == "admitted"


def test_leaving_and_coming_back(entrance: Checkpoint, zoe: Registration) -> None:
    nine = timezone.now()
    steps = [Direction.OUT, Direction.OUT, Direction.IN, Direction.IN, Direction.OUT, Direction.IN]
    answers = [
        read(entrance, badge_code(zoe), direction=step, at=nine + timedelta(minutes=minute)).scan.verdict
        for minute, step in enumerate(steps)
    ]
    assert answers == ["admitted", "already_in", "admitted", "already_in", "admitted", "admitted"]
    assert count_inside(entrance.pk) == 1


def test_each_checkpoint_knows_only_its_own(entrance: Checkpoint, zoe: Registration) -> None:
    workshop = a_session_door(entrance.edition, code="AT1")
    read(entrance, badge_code(zoe))
    assert read(workshop, badge_code(zoe)).scan.verdict == "admitted"
    assert (count_inside(entrance.pk), count_inside(workshop.pk)) == (1, 1)


def test_a_reading_that_comes_in_late_does_not_bring_back_who_left(entrance: Checkpoint, zoe: Registration) -> None:
    now = timezone.now()
    read(entrance, badge_code(zoe), at=now - timedelta(hours=3))
    read(entrance, badge_code(zoe), at=now - timedelta(hours=1), direction=Direction.OUT)
    late = read(entrance, badge_code(zoe), at=now - timedelta(hours=2), device="kept in a drawer")
    assert late.scan.verdict == "admitted"
    assert count_inside(entrance.pk) == 0


def test_somebody_found_by_name(entrance: Checkpoint, zoe: Registration, door: Actor) -> None:
    chosen = {"actor": door, "checkpoint_guid": entrance.guid, "scanned_at": timezone.now()}
    scan = record_scan(scan_id=uuid4(), registration_guid=zoe.guid, **chosen).scan  # type: ignore[arg-type]
    assert (scan.verdict, scan.code) == ("admitted", zoe.reference)
    elsewhere = a_participant(an_edition_on_site(15), "Ailleurs", organisation="Ville d’Hier")
    with pytest.raises(NotFound):
        record_scan(scan_id=uuid4(), registration_guid=elsewhere.guid, **chosen)  # type: ignore[arg-type]


def test_only_who_may_scan(entrance: Checkpoint, zoe: Registration, press: Actor, read_only: Actor) -> None:
    for actor in (press, read_only):
        with pytest.raises(NotAllowed):
            read(entrance, badge_code(zoe), actor=actor)
        with pytest.raises(NotAllowed):
            undo_scan(actor=actor, undo_id=uuid4(), checkpoint_guid=entrance.guid, scan_id=uuid4())
    with pytest.raises(NotFound):
        record_scan(actor=SYSTEM, scan_id=uuid4(), checkpoint_guid=uuid4(), scanned_at=timezone.now(), code="x1")
    assert not Scan.objects.exists()


def test_closed_doors_write_nothing(entrance: Checkpoint, zoe: Registration) -> None:
    edition = entrance.edition
    edition.status = "cancelled"
    edition.save()
    with pytest.raises(DoorsClosed):
        read(entrance, badge_code(zoe))
    edition.status = "open"
    edition.starts_on += timedelta(days=1)
    edition.save()
    with pytest.raises(DoorsOpenLater):
        read(entrance, badge_code(zoe))
    edition.status = "held"
    edition.save()
    assert read(entrance, badge_code(zoe)).scan.verdict == "admitted"


def _undo(checkpoint: Checkpoint, scan: Scan, **more: object) -> Scan:
    given: dict[str, object] = {"actor": SYSTEM, "undo_id": uuid4(), **more}
    return undo_scan(checkpoint_guid=checkpoint.guid, scan_id=scan.pk, **given).scan  # type: ignore[arg-type]


def test_taken_back_counts_no_more_and_may_be_scanned_again(entrance: Checkpoint, zoe: Registration) -> None:
    scan = read(entrance, badge_code(zoe)).scan
    undo_id = uuid4()
    undo = _undo(entrance, scan, undo_id=undo_id)
    assert (undo.undoes_id, undo.registration_id) == (scan.pk, zoe.pk)
    assert _undo(entrance, scan, undo_id=undo_id).pk == undo_id
    assert (count_inside(entrance.pk), admitted_scans(entrance.edition_id).count()) == (0, 0)
    assert LogEntry.objects.filter(action="registration.scan_undone", subject_id=zoe.pk).count() == 1
    assert read(entrance, badge_code(zoe)).scan.verdict == "admitted"
    assert admitted_scans(entrance.edition_id).count() == 1


def test_taking_back_a_way_out_brings_back_inside(entrance: Checkpoint, zoe: Registration) -> None:
    read(entrance, badge_code(zoe))
    out = read(entrance, badge_code(zoe), direction=Direction.OUT).scan
    assert count_inside(entrance.pk) == 0
    _undo(entrance, out)
    assert count_inside(entrance.pk) == 1
    assert read(entrance, badge_code(zoe)).scan.verdict == "already_in"


def test_what_cannot_be_taken_back(entrance: Checkpoint, zoe: Registration) -> None:
    workshop = a_session_door(entrance.edition)
    scan = read(entrance, badge_code(zoe)).scan
    again = read(entrance, badge_code(zoe)).scan
    unknown = read(entrance, "R16-424242").scan
    with pytest.raises(ScanOfAnotherDoor):
        _undo(workshop, scan)
    for refused in (again, unknown):
        with pytest.raises(NothingToUndo):
            _undo(entrance, refused)
    undo = _undo(entrance, scan)
    with pytest.raises(AlreadyUndone):
        _undo(entrance, scan)
    with pytest.raises(NothingToUndo):
        _undo(entrance, undo)
    with pytest.raises(NotFound):
        undo_scan(actor=SYSTEM, undo_id=uuid4(), checkpoint_guid=entrance.guid, scan_id=uuid4())
