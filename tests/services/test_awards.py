"""Awards, laureates and honours: recorded and taken away by those who may, and logged."""

from __future__ import annotations

import pytest

from parvis.domain.access import Actor
from parvis.domain.awards import AwardKind
from parvis.domain.changes import AlreadyThere, TextMissing
from parvis.domain.editions import EditionIsClosed
from parvis.domain.refusals import ChangedMeanwhile, NotAllowed, NotFound
from parvis.models import Award, AwardRound, Edition, Honour, Laureate, LogEntry
from parvis.queries.desk_awards import list_presidencies_to_honour
from parvis.queries.versions import version_of
from parvis.services.awards import (
    add_laureate,
    change_award,
    give_award,
    honour_presidencies,
    remove_honour,
    remove_laureate,
    withdraw_award,
)
from tests.factories.editions import an_edition, an_organisation
from tests.factories.network import a_group, a_mandate, a_person, a_presidency
from tests.factories.programme import a_session

pytestmark = pytest.mark.django_db
NAME = "Territoires unis et solidaires face aux crises"


@pytest.fixture
def edition() -> Edition:
    return an_edition()


def given(actor: Actor, edition: Edition, **more: object) -> AwardRound:
    values: dict[str, object] = {"kind": AwardKind.LABEL, "name_fr": NAME, **more}
    return give_award(actor=actor, edition_id=edition.pk, **values)  # type: ignore[arg-type]


def actions() -> list[str]:
    return list(LogEntry.objects.order_by("id").values_list("action", flat=True))


def presidencies(*names: str) -> list[int]:
    return [
        a_presidency(a_group(f"Groupe {name}"), a_mandate(a_person("Awa", name), an_organisation(f"Ville {name}"))).pk
        for name in names
    ]


def test_an_award_comes_back_at_the_next_edition(edition: Edition, organiser: Actor) -> None:
    ceremony = a_session(edition, format="ceremony")
    first = given(organiser, edition, name_en="United territories", session_id=ceremony.pk)
    second = given(organiser, an_edition(15, slug="2024"), name_fr=f" {NAME} ")
    assert first.award == second.award
    assert (first.session, second.session) == (ceremony, None)
    with pytest.raises(AlreadyThere):
        given(organiser, edition)
    with pytest.raises(TextMissing):
        given(organiser, edition, name_fr=" ")
    with pytest.raises(NotFound):
        given(organiser, edition, name_fr="Autre", session_id=a_session(an_edition(16, slug="2025")).pk)
    assert Award.objects.count() == 1
    assert actions() == ["awardround.created", "awardround.created"]


def test_an_awards_name_changes_for_all_editions(edition: Edition, organiser: Actor) -> None:
    row = given(organiser, edition)
    given(organiser, edition, kind=AwardKind.PRIZE, name_fr="Prix")
    ceremony = a_session(edition, format="ceremony")
    seen = version_of(row)

    def change(name: str, seen: str) -> AwardRound:
        return change_award(
            actor=organiser, round_id=row.pk, name_fr=name, name_en="", session_id=ceremony.pk, seen=seen
        )

    change("Territoires solidaires", seen)
    row.refresh_from_db()
    assert (row.award.name_fr, row.session) == ("Territoires solidaires", ceremony)
    assert LogEntry.objects.get(action="awardround.changed").details["changes"] == {
        "name_fr": [NAME, "Territoires solidaires"],
        "session": [None, "Eau et climat"],
    }
    with pytest.raises(ChangedMeanwhile):
        change("Encore", seen)
    with pytest.raises(TextMissing):
        change(" ", "")
    change("Prix", "")  # another kind may bear the name
    assert actions().count("awardround.changed") == 2


def test_laureates_come_once_and_can_be_taken_away(edition: Edition, organiser: Actor) -> None:
    row = given(organiser, edition)
    town = an_organisation("Ville de Dijon")
    laureate = add_laureate(
        actor=organiser, round_id=row.pk, organisation_id=town.pk, citation_fr="Pour l’eau", citation_en="For water"
    )
    assert (laureate.citation_fr, laureate.citation_en) == ("Pour l’eau", "For water")  # type: ignore[attr-defined]
    with pytest.raises(AlreadyThere) as refusal:
        add_laureate(actor=organiser, round_id=row.pk, organisation_id=town.pk)
    assert refusal.value.field == "organisation"
    with pytest.raises(NotFound):
        add_laureate(actor=organiser, round_id=row.pk, organisation_id=0)
    remove_laureate(actor=organiser, laureate_id=laureate.pk)
    with pytest.raises(NotFound):
        remove_laureate(actor=organiser, laureate_id=laureate.pk)
    assert actions() == ["awardround.created", "laureate.created", "laureate.removed"]


def test_an_award_is_not_given_after_all(edition: Edition, organiser: Actor) -> None:
    row = given(organiser, edition)
    add_laureate(actor=organiser, round_id=row.pk, organisation_id=an_organisation("Ville de Dijon").pk)
    withdraw_award(actor=organiser, round_id=row.pk)
    assert not Laureate.objects.exists()
    assert Award.objects.count() == 1
    assert LogEntry.objects.get(action="awardround.removed").details == {"laureate": 1}


def test_presidencies_are_honoured_all_or_none(edition: Edition, organiser: Actor) -> None:
    ceremony = a_session(edition, format="ceremony")
    keys = presidencies("Un", "Deux", "Trois")
    honour_presidencies(actor=organiser, session_id=ceremony.pk, presidency_ids=keys[:1])
    for more, refusal in (([keys[1], keys[0]], AlreadyThere), ([keys[1], 0], NotFound), ([keys[1]] * 2, AlreadyThere)):
        with pytest.raises(refusal):
            honour_presidencies(actor=organiser, session_id=ceremony.pk, presidency_ids=more)
    assert Honour.objects.count() == 1
    honour_presidencies(actor=organiser, session_id=ceremony.pk, presidency_ids=[keys[2], keys[1]])
    order = Honour.objects.order_by("position").values_list("presidency__mandate__person__last_name", flat=True)
    assert list(order) == ["Un", "Trois", "Deux"]
    remove_honour(actor=organiser, honour_id=Honour.objects.get(presidency=keys[2]).pk)
    assert actions() == ["honour.created"] * 3 + ["honour.removed"]
    left = list_presidencies_to_honour(organiser, edition_id=edition.pk, on=edition.starts_on)
    assert [line.pk for line in left] == [keys[2]]


def test_only_organisers_give(edition: Edition, organiser: Actor, door: Actor, read_only: Actor, press: Actor) -> None:
    row = given(organiser, edition)
    laureate = add_laureate(actor=organiser, round_id=row.pk, organisation_id=an_organisation("Ville de Dijon").pk)
    ceremony = a_session(edition, format="ceremony")
    (key,) = presidencies("Un")
    (honour,) = honour_presidencies(actor=organiser, session_id=ceremony.pk, presidency_ids=[key])
    for actor in (door, read_only, press):
        for act in (
            lambda: given(actor, edition, name_fr="Autre"),  # noqa: B023 - called at once
            lambda: change_award(actor=actor, round_id=row.pk, name_fr="x", name_en="", session_id=None),  # noqa: B023
            lambda: withdraw_award(actor=actor, round_id=row.pk),  # noqa: B023
            lambda: add_laureate(actor=actor, round_id=row.pk, organisation_id=1),  # noqa: B023
            lambda: remove_laureate(actor=actor, laureate_id=laureate.pk),  # noqa: B023
            lambda: honour_presidencies(actor=actor, session_id=ceremony.pk, presidency_ids=[key]),  # noqa: B023
            lambda: remove_honour(actor=actor, honour_id=honour.pk),  # noqa: B023
        ):
            with pytest.raises(NotAllowed):
                act()
    assert (Laureate.objects.count(), Honour.objects.count(), AwardRound.objects.count()) == (1, 1, 1)


def test_an_archived_editions_awards_stand(edition: Edition, organiser: Actor) -> None:
    row = given(organiser, edition)
    laureate = add_laureate(actor=organiser, round_id=row.pk, organisation_id=an_organisation("Ville de Dijon").pk)
    Edition.objects.update(status="archived")
    with pytest.raises(EditionIsClosed):
        given(organiser, edition, name_fr="Autre")
    with pytest.raises(EditionIsClosed):
        withdraw_award(actor=organiser, round_id=row.pk)
    with pytest.raises(EditionIsClosed):
        remove_laureate(actor=organiser, laureate_id=laureate.pk)
