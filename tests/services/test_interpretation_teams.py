"""Interpretation teams: between two languages at least, promised to sessions from either side, and what still lacks."""

from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries

from parvis.domain.access import Actor
from parvis.domain.changes import AlreadyThere, TextMissing
from parvis.domain.editions import EditionIsClosed
from parvis.domain.refusals import ChangedMeanwhile, NotAllowed, NotFound
from parvis.domain.registration_forms import AddressUnreadable
from parvis.domain.timetable.coverage import TwoLanguagesNeeded
from parvis.models import Edition, InterpretationTeam, LogEntry, Session
from parvis.queries.interpretation_teams import list_needs, list_team_faults, list_teams, print_of_team, print_of_teams
from parvis.services.interpretation_teams import remove_team, save_team, set_teams_of_session
from tests.factories.editions import an_edition, fill
from tests.factories.programme import a_session

pytestmark = pytest.mark.django_db
BOOTH = {"name": "Cabine 1", "languages": ["fr", "en"], "contact_email": "Cabine@Example.org ", "language": "en"}


@pytest.fixture
def edition() -> Edition:
    made = an_edition(status="open")
    fill(made, sessions=6, speakers=4)
    Session.objects.filter(code__in=["S004", "S005"]).update(interpreted=[])
    return made


def make(actor: Actor, edition: Edition, *codes: str, **more: object) -> InterpretationTeam:
    keys = list(Session.objects.filter(edition=edition, code__in=codes).values_list("pk", flat=True))
    return save_team(actor=actor, edition_id=edition.pk, team_id=None, values={**BOOTH, **more}, session_ids=keys)


def served(team: InterpretationTeam) -> list[str]:
    return list(Session.objects.filter(teams=team).order_by("code").values_list("code", flat=True))


def test_a_team_is_added_with_its_sessions_and_changed(organiser: Actor, edition: Edition) -> None:
    team = make(organiser, edition, "S001", "S002")
    assert (team.contact_email, team.language, served(team)) == ("cabine@example.org", "en", ["S001", "S002"])
    other = Session.objects.get(code="S003")
    keys = [*Session.objects.filter(teams=team, code="S002").values_list("pk", flat=True), other.pk]
    seen = print_of_team(team, Session.objects.filter(teams=team).values_list("pk", flat=True))
    save_team(
        actor=organiser,
        edition_id=edition.pk,
        team_id=team.pk,
        values={"name": "Cabine 2"},
        session_ids=keys,
        seen=seen,
    )
    assert served(team) == ["S002", "S003"]
    changes = [entry.details.get("changes") for entry in LogEntry.objects.order_by("pk")]
    assert {"name": ["Cabine 1", "Cabine 2"]} in changes
    assert changes[-1] == {
        "sessions": [
            ["Séance 1 : agir ensemble", "Séance 2 : agir ensemble"],
            ["Séance 2 : agir ensemble", "Séance 3 : agir ensemble"],
        ]
    }
    with pytest.raises(ChangedMeanwhile):  # its sessions are others than those seen
        save_team(actor=organiser, edition_id=edition.pk, team_id=team.pk, values={}, session_ids=[], seen=seen)
    remove_team(actor=organiser, edition_id=edition.pk, team_id=team.pk)
    assert not InterpretationTeam.objects.exists()
    assert Session.objects.count() == 6


def test_from_the_sessions_side(organiser: Actor, edition: Edition) -> None:
    one, two = make(organiser, edition), make(organiser, edition, name="Cabine 2")
    session = Session.objects.get(code="S001")
    given = {"actor": organiser, "session_id": session.pk}
    set_teams_of_session(team_ids=[one.pk, two.pk], seen=print_of_teams([]), **given)
    entry = LogEntry.objects.get(action="session.changed")
    assert entry.details["changes"] == {"teams": [[], ["Cabine 1", "Cabine 2"]]}
    with pytest.raises(ChangedMeanwhile):
        set_teams_of_session(team_ids=[], seen=print_of_teams([]), **given)
    set_teams_of_session(team_ids=[two.pk], **given)
    assert [team.name for team in session.teams.all()] == ["Cabine 2"]
    elsewhere = make(organiser, an_edition(15, slug="2024", status="open"))
    with pytest.raises(NotFound):
        set_teams_of_session(team_ids=[elsewhere.pk], **given)


def test_what_lacks_is_told(organiser: Actor, edition: Edition) -> None:
    team = make(organiser, edition, "S001", "S002")
    Session.objects.filter(code="S003").update(interpreted=["en", "ar"])
    Session.objects.filter(code="S000").update(status="cancelled")
    needs = {
        need.session.code: [(pair.sources, pair.target) for pair in need.lacking]
        for need in list_needs(organiser, edition_id=edition.pk)
    }
    assert needs == {"S001": [], "S002": [], "S003": [(("fr",), "en"), (("fr",), "ar")]}
    assert [(row.pk, row.served) for row in list_teams(organiser, edition_id=edition.pk)] == [(team.pk, 2)]  # type: ignore[attr-defined]
    timetable, faults = list_team_faults(organiser, edition_id=edition.pk, codes=["S001", "S002"])
    assert timetable is not None
    assert [fault.kind for fault in faults] == ["team_once"]
    assert list_team_faults(organiser, edition_id=edition.pk, codes=["S001"]) == (None, [])


def test_refusals(organiser: Actor, read_only: Actor, edition: Edition) -> None:
    with pytest.raises(NotAllowed):
        make(read_only, edition)
    make(organiser, edition)
    for more, refusal, field in (
        ({"name": " "}, TextMissing, "name"),
        ({"name": "Cabine 1"}, AlreadyThere, "name"),
        ({"name": "B", "languages": ["fr"]}, TwoLanguagesNeeded, "languages"),
        ({"name": "B", "languages": ["fr", "fr"]}, TwoLanguagesNeeded, "languages"),
        ({"name": "B", "contact_email": "nobody"}, AddressUnreadable, "contact_email"),
    ):
        with pytest.raises(refusal) as refused:
            make(organiser, edition, **more)
        assert refused.value.field == field
    elsewhere = a_session(an_edition(15, slug="2024"), "Ailleurs")
    with pytest.raises(NotFound):
        save_team(
            actor=organiser,
            edition_id=edition.pk,
            team_id=None,
            values={**BOOTH, "name": "B"},
            session_ids=[elsewhere.pk],
        )
    assert InterpretationTeam.objects.count() == 1
    Edition.objects.update(status="archived")
    with pytest.raises(EditionIsClosed):
        make(organiser, edition, name="C")


def test_the_number_of_queries_does_not_grow(
    organiser: Actor, edition: Edition, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(2):
        list_needs(organiser, edition_id=edition.pk)
    for n in range(5):
        make(organiser, edition, "S001", "S002", "S003", name=f"Équipe {n}")
    with django_assert_num_queries(2):
        assert len(list_needs(organiser, edition_id=edition.pk)) == 4
