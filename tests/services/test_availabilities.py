"""Hours of people and organisations are kept in order, logged, and bind the timetable."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from parvis.domain.access import Actor
from parvis.domain.editions import EditionIsClosed
from parvis.domain.programme.availability import (
    DayAnswer,
    DaysUnknown,
    Hours,
    HoursBackwards,
    HoursOutside,
    Presence,
)
from parvis.domain.refusals import ChangedMeanwhile, NotAllowed, NotFound
from parvis.models import Availability, Edition, LogEntry
from parvis.queries.availabilities import (
    access_hours_of,
    hours_of_one,
    list_hours_of_edition,
    print_of_hours,
)
from parvis.services.availabilities import NotThereAtAll, set_days, set_hours
from tests.factories.editions import an_edition, an_organisation, fill
from tests.factories.network import a_mandate, a_person
from tests.factories.programme import a_room, a_session, placed, speaks

pytestmark = pytest.mark.django_db
MONDAY, TUESDAY = date(2023, 9, 18), date(2023, 9, 19)


def at(day: int, hour: int) -> datetime:
    """Return an hour of Paris in September 2023, in UTC."""
    return datetime(2023, 9, day, hour - 2, tzinfo=UTC)


@pytest.fixture
def edition() -> Edition:
    return an_edition(status="open")


def test_hours_are_put_in_order_made_one_and_logged(organiser: Actor, edition: Edition) -> None:
    ministry = an_organisation("Ministère", kind="ministry")
    given = [Hours(at(19, 9), at(19, 12)), Hours(at(18, 14), at(18, 15)), Hours(at(18, 15), at(18, 16))]
    kept = set_hours(actor=organiser, edition_id=edition.pk, organisation_id=ministry.pk, hours=given)
    assert kept == [Hours(at(18, 14), at(18, 16)), Hours(at(19, 9), at(19, 12))]
    assert hours_of_one(edition_id=edition.pk, person_id=None, organisation_id=ministry.pk) == kept
    entry = LogEntry.objects.get(action="organisation.availability_given")
    assert entry.subject_id == ministry.pk
    assert entry.details["changes"]["availability"] == [
        [],
        ["2023-09-18 14:00–16:00", "2023-09-19 09:00–12:00"],
    ]
    set_hours(actor=organiser, edition_id=edition.pk, organisation_id=ministry.pk, hours=given)
    assert LogEntry.objects.count() == 1, "what is the same is not written again"


def test_what_a_person_said_is_not_kept_in_the_log(organiser: Actor, edition: Edition) -> None:
    awa = a_person()
    set_hours(actor=organiser, edition_id=edition.pk, person_id=awa.pk, hours=[Hours(at(18, 14), at(18, 15))])
    entry = LogEntry.objects.get(action="person.availability_given")
    assert "changes" not in entry.details
    assert Availability.objects.get().person == awa


def test_day_by_day_and_always_again(organiser: Actor, edition: Edition) -> None:
    awa = a_person()
    whose = {"edition_id": edition.pk, "person_id": awa.pk}
    set_days(
        actor=organiser,
        answers=[
            DayAnswer(MONDAY, Presence.HOURS, ((time(14), time(15)), (time(9), time(10)))),
            DayAnswer(TUESDAY, Presence.ABSENT),
        ],
        **whose,
    )
    found = access_hours_of(organiser, edition_id=edition.pk, kind="person", pk=awa.pk)
    assert found.hours == [Hours(at(18, 9), at(18, 10)), Hours(at(18, 14), at(18, 15))]
    always = [DayAnswer(day, Presence.WHOLE) for day in (MONDAY, TUESDAY)]
    set_days(actor=organiser, answers=always, **whose)
    assert not Availability.objects.exists()
    with pytest.raises(NotThereAtAll):
        set_days(actor=organiser, answers=[DayAnswer(day, Presence.ABSENT) for day in (MONDAY, TUESDAY)], **whose)


def test_two_people_do_not_overwrite_each_other(organiser: Actor, edition: Edition) -> None:
    awa = a_person()
    seen = print_of_hours([])
    whose = {"edition_id": edition.pk, "person_id": awa.pk}
    set_hours(actor=organiser, hours=[Hours(at(18, 14), at(18, 15))], seen=seen, **whose)
    with pytest.raises(ChangedMeanwhile, match="Organiser"):
        set_hours(actor=organiser, hours=[Hours(at(18, 9), at(18, 10))], seen=seen, **whose)


def test_refusals(organiser: Actor, read_only: Actor, edition: Edition) -> None:
    awa = a_person()
    hours = [Hours(at(18, 14), at(18, 15))]
    with pytest.raises(NotAllowed):
        set_hours(actor=read_only, edition_id=edition.pk, person_id=awa.pk, hours=hours)
    for whose in ({"person_id": 0}, {"organisation_id": 0}):
        with pytest.raises(NotFound):
            set_hours(actor=organiser, edition_id=edition.pk, hours=hours, **whose)
    with pytest.raises(TypeError):
        set_hours(actor=organiser, edition_id=edition.pk, hours=hours)
    for wrong, refusal in (
        (Hours(at(18, 15), at(18, 14)), HoursBackwards),
        (Hours(at(17, 14), at(17, 15)), HoursOutside),
        (Hours(at(19, 14), at(20, 3)), HoursOutside),
    ):
        with pytest.raises(refusal):
            set_hours(actor=organiser, edition_id=edition.pk, person_id=awa.pk, hours=[wrong])
    Edition.objects.update(starts_on=None, ends_on=None)
    with pytest.raises(DaysUnknown):
        set_hours(actor=organiser, edition_id=edition.pk, person_id=awa.pk, hours=hours)
    Edition.objects.update(status="archived")
    with pytest.raises(EditionIsClosed):
        set_hours(actor=organiser, edition_id=edition.pk, person_id=awa.pk, hours=hours)
    assert not Availability.objects.exists()


def test_an_erased_person_has_no_hours(organiser: Actor, edition: Edition) -> None:
    awa = a_person()
    type(awa).objects.update(erased_at=datetime.now(UTC))
    with pytest.raises(NotFound):
        set_hours(actor=organiser, edition_id=edition.pk, person_id=awa.pk, hours=[])


def test_the_list_says_what_stands_outside_the_hours(organiser: Actor, edition: Edition) -> None:
    ministry = an_organisation("Ministère", kind="ministry")
    awa, zoe = a_person(), a_person("Zoé", "Abel")
    session = a_session(edition)
    placed(session, a_room(edition))  # from 9:30 to 10:30
    speaks(awa, session, a_mandate(awa, ministry))
    set_hours(
        actor=organiser, edition_id=edition.pk, organisation_id=ministry.pk, hours=[Hours(at(18, 14), at(18, 15))]
    )
    set_hours(actor=organiser, edition_id=edition.pk, person_id=awa.pk, hours=[Hours(at(18, 9), at(18, 12))])
    set_hours(actor=organiser, edition_id=edition.pk, person_id=zoe.pk, hours=[Hours(at(18, 9), at(18, 12))])
    rows = list_hours_of_edition(organiser, edition_id=edition.pk, with_days=True).rows
    said = {who.name: (who.sessions, [fault.kind for fault in who.faults]) for who in rows}
    assert said == {
        "Ministère": (1, ["organisation_available"]),
        str(awa): (1, []),
        str(zoe): (0, []),
    }


def test_queries_do_not_grow(organiser: Actor, django_assert_max_num_queries: object) -> None:
    edition = an_edition(status="open")
    fill(edition, sessions=6, speakers=6)
    awa = a_person()
    set_hours(actor=organiser, edition_id=edition.pk, person_id=awa.pk, hours=[Hours(at(18, 9), at(18, 12))])
    with django_assert_max_num_queries(20) as one:  # type: ignore[operator]
        list_hours_of_edition(organiser, edition_id=edition.pk, with_days=True)
    for n in range(8):
        person = a_person("Awa", f"Voix {n}")
        set_hours(actor=organiser, edition_id=edition.pk, person_id=person.pk, hours=[Hours(at(18, 9), at(18, 12))])
    with django_assert_max_num_queries(len(one)):  # type: ignore[operator]
        list_hours_of_edition(organiser, edition_id=edition.pk, with_days=True)
