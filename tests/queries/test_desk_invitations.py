"""Who is to speak and where each stands: the list agrees with the rule, whatever the size."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from pytest_django import DjangoAssertNumQueries

from parvis.domain.access import PUBLIC, Actor, system_actor
from parvis.domain.attention import Concern
from parvis.domain.programme.invitations import InvitationState
from parvis.domain.refusals import NotAllowed
from parvis.models import Availability, Edition, Invitation, Session
from parvis.queries.attention import list_attention
from parvis.queries.desk_editions import DeskEdition, desk_edition
from parvis.queries.desk_invitations import (
    InvitationFilters,
    access_speakers_to_export,
    count_states,
    list_speaker_ids,
    list_speakers,
    speakers,
)
from parvis.queries.release_content import build_payload
from tests.factories.editions import an_edition
from tests.factories.invitations import MORNING, SENT, a_mayor, a_speaker, an_edition_ahead, invited, to_speak

pytestmark = pytest.mark.django_db
TODAY = date(2033, 6, 10)
ACTOR = system_actor("tests")


@pytest.fixture
def edition() -> Edition:
    return an_edition_ahead()


@pytest.fixture
def desk(edition: Edition) -> DeskEdition:
    return desk_edition(ACTOR, slug=edition.slug)


def names(desk: DeskEdition, **filters: str) -> list[str]:
    page = list_speakers(ACTOR, edition=desk, filters=InvitationFilters(**filters), today=TODAY)
    return [line.person.last_name for line in page]


def one_of_each(edition: Edition) -> None:
    """Make somebody for each state, in another order than the list's."""
    for number, (last_name, answer) in enumerate(
        [("Accepte", "accepted"), ("Décline", "declined"), ("Muet", "none"), ("Attend", "none"), ("Tarde", "none")]
    ):
        person = a_speaker("Une", last_name)
        to_speak(person, edition, f"Séance {number}", answer=answer)
        if last_name != "Muet":
            invited(edition, person, answer_by=date(2033, 6, 9) if last_name == "Tarde" else date(2033, 7, 1))
    gone = a_speaker("Une", "Oubliée")
    to_speak(gone, edition, "Annulée", status="cancelled")
    Invitation.objects.create(edition=edition, person=gone, token="x", email=gone.email, created_at=SENT, sent_at=SENT)


def test_who_has_still_to_answer_comes_first(edition: Edition, desk: DeskEdition) -> None:
    one_of_each(edition)
    assert names(desk) == ["Tarde", "Attend", "Muet", "Décline", "Accepte", "Oubliée"]
    assert names(desk, sort="name") == ["Accepte", "Attend", "Décline", "Muet", "Oubliée", "Tarde"]
    assert names(desk, state="late") == ["Tarde"]
    assert names(desk, q="accep une") == ["Accepte"]
    assert names(desk, q="seance 3") == ["Attend"]
    assert names(desk, answer="declined") == ["Décline"]
    counts = count_states(ACTOR, edition=desk, today=TODAY)
    assert list(counts) == list(InvitationState)
    assert set(counts.values()) == {1}
    assert len(list_speaker_ids(ACTOR, edition=desk, filters=InvitationFilters(state="late"), today=TODAY)) == 1


def test_another_edition_is_another_matter(edition: Edition, desk: DeskEdition) -> None:
    other = an_edition(15, slug="2034", status="open")
    person = a_speaker()
    to_speak(person, other, starts=None, answer="accepted")
    invited(other, person, answer_by=None)
    assert names(desk) == []
    to_speak(person, edition)
    assert names(desk, state="not_invited") == ["N’Diaye"]


def test_what_is_lacking_is_found(edition: Edition, desk: DeskEdition) -> None:
    whole = a_speaker("Une", "Complète", photograph="photographs/x.jpg", biography_fr="Elle…")
    to_speak(whole, edition, "Un", mandate=a_mayor(whole))
    Availability.objects.create(edition=edition, person=whole, starts_at=MORNING, ends_at=MORNING + timedelta(hours=1))
    bare = a_speaker("Une", "Nue", email="")
    to_speak(bare, edition, "Deux")
    for what in ("email", "mandate", "biography", "photograph", "hours"):
        assert names(desk, lacks=what) == ["Nue"], what
    bare.interventions.update(answer="declined")
    assert names(desk, lacks="mandate") == []  # who declined needs none


def test_the_list_costs_the_same_whatever_its_size(
    edition: Edition, desk: DeskEdition, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for count in (1, 12):
        for number in range(count):
            person = a_speaker(f"Oratrice{count}", f"Numéro{number}")
            for place in range(2):
                to_speak(person, edition, f"Séance {count} {number} {place}", mandate=a_mayor(person))
        with django_assert_num_queries(5):
            page = list_speakers(ACTOR, edition=desk, filters=InvitationFilters(), today=TODAY)
            assert [(line.state, line.waiting, line.interventions[0].session.placement.room.name) for line in page]
        with django_assert_num_queries(3):
            access_speakers_to_export(ACTOR, edition=desk, filters=InvitationFilters(), today=TODAY)
        with django_assert_num_queries(1):
            count_states(ACTOR, edition=desk, today=TODAY)


def test_only_the_desk_reads(desk: DeskEdition) -> None:
    for read in (
        lambda: list_speakers(PUBLIC, edition=desk, filters=InvitationFilters(), today=TODAY),
        lambda: count_states(PUBLIC, edition=desk, today=TODAY),
        lambda: access_speakers_to_export(PUBLIC, edition=desk, filters=InvitationFilters(), today=TODAY),
    ):
        with pytest.raises(NotAllowed):
            read()


class TestListAgreesWithTheRule(TestCase):
    """The database ranks people as `domain.programme.invitations.state_of` does."""

    @given(
        answers=st.lists(
            st.tuples(st.sampled_from(["none", "accepted", "declined"]), st.booleans()), min_size=1, max_size=4
        ),
        sent=st.none() | st.booleans(),
        answer_by=st.none() | st.sampled_from([TODAY - timedelta(days=1), TODAY, TODAY + timedelta(days=1)]),
    )
    def test_everybody_stands_where_the_rule_says(
        self, answers: list[tuple[str, bool]], sent: bool | None, answer_by: date | None
    ) -> None:
        edition = an_edition_ahead()
        person = a_speaker()
        for number, (answer, cancelled) in enumerate(answers):
            status = "cancelled" if cancelled else "draft"
            to_speak(person, edition, f"Séance {number}", starts=None, answer=answer, status=status)
        if sent is not None:
            Invitation.objects.create(
                edition=edition,
                person=person,
                token="x",
                email=person.email,
                created_at=SENT,
                sent_at=SENT if sent else None,
                answer_by=answer_by,
            )
        desk = desk_edition(ACTOR, slug=edition.slug)
        line = list_speakers(ACTOR, edition=desk, filters=InvitationFilters(), today=TODAY).rows[0]
        assert list(InvitationState)[speakers(desk, today=TODAY).get().state] is line.state


def attention(organiser: Actor, desk: DeskEdition) -> dict[Concern, int]:
    now = SENT.replace(month=7, day=2)
    return {item.concern: item.count for item in list_attention(organiser, edition=desk, now=now)}


def test_the_dashboard_names_declined_speakers_and_overdue_answers(
    organiser: Actor, edition: Edition, desk: DeskEdition
) -> None:
    late, gone = a_speaker("Une", "Tarde"), a_speaker("Une", "Décline")
    to_speak(late, edition, "Un")
    spoken = to_speak(gone, edition, "Deux", answer="declined")
    invited(edition, late, gone)  # until 1 July
    found = attention(organiser, desk)
    assert (found[Concern.DECLINED_SPEAKERS], found[Concern.ANSWERS_OVERDUE]) == (1, 1)
    assert found[Concern.SPEAKERLESS] == 1  # whose only speaker declined
    Session.objects.filter(pk=spoken.session_id).update(status="cancelled")
    late.interventions.update(answer="accepted")
    found = attention(organiser, desk)
    assert Concern.DECLINED_SPEAKERS not in found
    assert Concern.ANSWERS_OVERDUE not in found


def test_who_declined_is_not_released(edition: Edition) -> None:
    comes, declines = a_speaker("Une", "Vient"), a_speaker("Une", "Décline", photograph="photographs/x.jpg")
    to_speak(comes, edition, "Un", answer="accepted", mandate=a_mayor(comes))
    to_speak(declines, edition, "Deux", answer="declined")
    to_speak(a_speaker("Une", "Espérée"), edition, "Trois")
    content = build_payload(edition.pk)
    assert [speaker.last_name for speaker in content.speakers] == ["Espérée", "Vient"]
    by_title = {session.title["fr"]: session for session in content.sessions}
    assert [item.person for item in by_title["Un"].interventions] == [comes.slug]
    assert by_title["Deux"].interventions == []
