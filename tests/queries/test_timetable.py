"""The timetable is what the tables say: facts, rules as the edition wants them, placements."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from parvis.domain.access import Actor
from parvis.domain.programme.placement import EditionHasNoDays
from parvis.domain.refusals import NotAllowed
from parvis.domain.registrations import COUNTED_STATUSES
from parvis.domain.timetable.violations import violations
from parvis.models import (
    Availability,
    Edition,
    Enrolment,
    Group,
    GroupPresidency,
    InterpretationTeam,
    Intervention,
    Placement,
    Registration,
    Room,
    RuleSetting,
    Session,
    SessionOrder,
    SessionTheme,
    Theme,
)
from parvis.queries.timetable import Timetable, access_timetable, build_timetable
from tests.factories.editions import an_edition, fill

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition() -> Edition:
    made = an_edition()
    fill(made, sessions=6, speakers=6)
    Session.objects.filter(code="S000").update(format="side_event")  # a plenary would want to be alone
    return made


def kinds(timetable: Timetable) -> list[str]:
    return [found.kind for found in violations(timetable.problem, timetable.rules, timetable.placements)]


def test_a_filled_edition_has_no_fault(edition: Edition) -> None:
    timetable = build_timetable(edition.pk)
    assert len(timetable.problem.sessions) == len(timetable.placements) == 6
    assert [day.key for day in timetable.problem.days] == ["2023-09-18", "2023-09-19"]
    placement = Placement.objects.get(session__code="S001")
    assert timetable.problem.moment(timetable.placements["S001"].start) == placement.starts_at
    assert timetable.room_ids[timetable.placements["S001"].room] == placement.room_id
    assert kinds(timetable) == []


def test_two_sessions_in_one_room_and_a_speaker_in_two_places(edition: Edition) -> None:
    first, second = Placement.objects.filter(session__code__in=["S001", "S002"]).order_by("session__code")
    second.room, second.starts_at, second.ends_at = first.room, first.starts_at, first.ends_at
    second.save()
    speaker = Intervention.objects.filter(session__code="S001").first()
    assert speaker is not None
    Intervention.objects.create(session=second.session, person=speaker.person, role="moderator")
    assert sorted(kinds(build_timetable(edition.pk))) == ["person_once", "room_once"]


def test_a_ministers_hour_binds_whoever_speaks_in_its_name(edition: Edition) -> None:
    placement = Placement.objects.get(session__code="S003")
    item = Intervention.objects.filter(session__code="S003").select_related("mandate__organisation", "person")[0]
    assert item.mandate is not None
    hours = {"starts_at": placement.ends_at, "ends_at": placement.ends_at + timedelta(hours=1), "edition": edition}
    Availability.objects.create(organisation=item.mandate.organisation, **hours)
    assert "organisation_available" in kinds(build_timetable(edition.pk))
    Availability.objects.all().delete()
    Availability.objects.create(person=item.person, **hours)
    assert "person_available" in kinds(build_timetable(edition.pk))


def test_orders_themes_groups_teams_pins_and_seats(edition: Edition) -> None:
    sessions = {session.code: session for session in Session.objects.filter(edition=edition)}
    SessionOrder.objects.create(before=sessions["S002"], after=sessions["S001"], gap_min=10)
    theme = Theme.objects.create(slug="eau", name_fr="Eau", exclusive=True)
    for code in ("S001", "S002"):
        Session.objects.filter(code=code).update(format="workshop")
        SessionTheme.objects.create(session=sessions[code], theme=theme)
    mandate = Intervention.objects.filter(session__code="S001")[0].mandate
    assert mandate is not None
    group = Group.objects.create(code="senegal", kind="country", name_fr="Sénégal", countries=["SN"])
    GroupPresidency.objects.create(group=group, mandate=mandate)
    Session.objects.filter(code="S002").update(group=group)
    team = InterpretationTeam.objects.create(edition=edition, name="Cabine", languages=["fr", "en"])
    for code in ("S001", "S002"):
        sessions[code].teams.add(team)
    Placement.objects.filter(session__code="S003").update(pinned=True)
    Room.objects.filter(placements__session__code="S004").update(capacity=0)
    registration = Registration.objects.filter(edition=edition).first()
    assert registration is not None
    Enrolment.objects.create(registration=registration, session=sessions["S004"], enrolled_at=datetime.now(UTC))
    timetable = build_timetable(edition.pk, with_choices=True)
    found = set(kinds(timetable))
    assert {"in_order", "themes_apart", "person_once", "team_once", "room_capacity"} <= found
    pinned = timetable.problem.session_of["S003"]
    assert (pinned.fixed_room, pinned.fixed_start) == tuple(timetable.placements["S003"])
    chosen = {r.key: (r.choices, r.organisation) for r in timetable.problem.registrations}
    assert chosen.pop(str(registration.pk)) == (("S004",), registration.organisation.slug)
    assert len(chosen) == Registration.objects.filter(edition=edition, status__in=sorted(COUNTED_STATUSES)).count() - 1
    assert {choices for choices, _organisation in chosen.values()} == {()}
    assert {o for _choices, o in chosen.values()} <= timetable.problem.known["organisations"]


def test_settings_turn_rules_off_and_into_wishes(edition: Edition) -> None:
    first, second = Placement.objects.filter(session__code__in=["S001", "S002"]).order_by("session__code")
    second.room, second.starts_at, second.ends_at = first.room, first.starts_at, first.ends_at
    second.save()
    setting = RuleSetting.objects.create(edition=edition, kind="room_once", hard=False, weight=7)
    timetable = build_timetable(edition.pk)
    (found,) = violations(timetable.problem, timetable.rules, timetable.placements)
    assert (found.hard, found.cost % 7) == (False, 0)
    setting.active = False
    setting.save()
    assert kinds(build_timetable(edition.pk)) == []


def test_the_days_are_as_long_as_the_setting_says_or_as_what_stands_in_them(edition: Edition) -> None:
    late = Placement.objects.get(session__code="S005")
    late.starts_at = datetime(2023, 9, 18, 20, 30, tzinfo=UTC)  # 22:30 in Paris
    late.ends_at = late.starts_at + timedelta(hours=2)
    late.save()
    assert kinds(build_timetable(edition.pk)) == []
    RuleSetting.objects.create(
        edition=edition, kind="inside_days", parameters={"opens": "08:30", "closes": "19:00", "step_min": 10}
    )
    timetable = build_timetable(edition.pk)
    assert "inside_days" in kinds(timetable)
    assert f"{timetable.problem.moment(timetable.problem.days[1].opens):%d %H:%M}" == "19 08:30"


def test_cancelled_sessions_and_declined_speakers_bind_nobody(edition: Edition) -> None:
    Session.objects.filter(code="S001").update(status="cancelled")
    declined = Intervention.objects.filter(session__code="S002")[0]
    declined.answer = "declined"
    declined.save()
    timetable = build_timetable(edition.pk)
    assert "S001" not in timetable.problem.session_of
    assert declined.person.slug not in timetable.problem.person_of


def test_refusals(organiser: Actor, door: Actor, edition: Edition) -> None:
    assert access_timetable(organiser, edition_id=edition.pk).placements
    with pytest.raises(NotAllowed):
        access_timetable(door, edition_id=edition.pk)
    undated = an_edition(15, slug="2024", status="draft", starts_on=None, ends_on=None)
    with pytest.raises(EditionHasNoDays):
        build_timetable(undated.pk)


def test_queries_do_not_grow(edition: Edition) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            build_timetable(edition.pk, with_choices=True)
        return len(captured)

    few = count()
    fill_more(edition)
    assert count() == few


def fill_more(edition: Edition) -> None:
    room = Room.objects.filter(venue=edition.venue).first()
    assert room is not None
    for n in range(10):
        session = Session.objects.create(
            edition=edition, code=f"X{n}", slug=f"x-{n}", format="workshop", title_fr=f"X {n}", duration_min=30
        )
        begins = datetime(2023, 9, 19, 6, tzinfo=UTC) + timedelta(minutes=30 * n)
        Placement.objects.create(session=session, room=room, starts_at=begins, ends_at=begins + timedelta(minutes=30))
