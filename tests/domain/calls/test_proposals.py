"""What a submission needs: each fault names its field; a draft may lack anything that can be stored."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from parvis.domain.calls.proposals import (
    DRAFT_TEXT,
    LONGEST_ABSTRACT,
    LONGEST_TITLE,
    MOST_SPEAKERS,
    SHORTEST_ABSTRACT,
    AlreadySubmitted,
    ContactInput,
    ProposalInput,
    ProposalIsFrozen,
    ProposalIsPlaced,
    ProposalIsWithdrawn,
    SpeakerInput,
    check_changeable,
    check_submittable,
    contact_faults,
    draft_faults,
    faults_of,
    tidied,
    tidied_contact,
)
from parvis.domain.calls.questions import Question
from parvis.domain.calls.states import Decision, ProposalStatus
from parvis.domain.registration_forms import OrganisationInput

ABSTRACT = "Deux villes jumelées racontent dix ans d’accès à l’eau, puis débattent avec la salle. " * 2
SPEAKER = SpeakerInput("Aïcha", "Benali", "aicha@example.org", "Adjointe au maire")
GOOD = ProposalInput(
    organisation=OrganisationInput(name="Ville de Dijon"),
    title_fr="L’eau en partage",
    abstract_fr=ABSTRACT,
    spoken=("fr",),
    sdgs=(6, 17),
    speakers=(SPEAKER,),
    answers={"besoin": "Un écran"},
)
NEED = Question("besoin", "Besoin", required=True, longest=40)


def fields(form: ProposalInput, *questions: Question) -> list[str | None]:
    return [fault.field for fault in faults_of(tidied(form), questions)]


def test_a_whole_proposal_has_no_fault_and_an_empty_one_tells_everything() -> None:
    assert fields(GOOD, NEED) == []
    assert fields(ProposalInput(), NEED) == [
        "organisation",
        "title_fr",
        "abstract_fr",
        "spoken",
        "speaker_0_last_name",
        "question_besoin",
    ]
    assert list(draft_faults(ProposalInput())) == []


@pytest.mark.parametrize("language", ["fr", "en"])
def test_one_language_is_enough_and_is_complete(language: str) -> None:
    bare = replace(GOOD, title_fr="", abstract_fr="")
    whole = replace(bare, **{f"title_{language}": "Water for all", f"abstract_{language}": ABSTRACT})
    assert fields(whole) == []
    assert fields(replace(bare, **{f"title_{language}": "Water"})) == [f"abstract_{language}"]
    assert fields(replace(bare, **{f"abstract_{language}": ABSTRACT})) == [f"title_{language}"]


def test_a_second_language_is_complete_too() -> None:
    assert fields(replace(GOOD, title_en="Water for all")) == ["abstract_en"]


@pytest.mark.parametrize(
    ("length", "faulty"),
    [
        (SHORTEST_ABSTRACT - 1, True),
        (SHORTEST_ABSTRACT, False),
        (LONGEST_ABSTRACT, False),
        (LONGEST_ABSTRACT + 1, True),
    ],
)
def test_the_abstract_has_a_length(length: int, faulty: bool) -> None:
    assert fields(replace(GOOD, abstract_fr="a" * length)) == (["abstract_fr"] if faulty else [])


def test_a_title_of_two_thousand_characters_is_refused_once_even_as_a_draft() -> None:
    long = replace(GOOD, title_fr="T" * 2000)
    assert fields(long) == ["title_fr"]
    assert [fault.field for fault in draft_faults(tidied(long))] == ["title_fr"]
    kept = replace(GOOD, title_fr="T" * (LONGEST_TITLE + 1))
    assert fields(kept) == ["title_fr"]
    assert list(draft_faults(tidied(kept))) == []


def test_a_text_pasted_too_long_is_kept_as_a_draft() -> None:
    long = replace(GOOD, abstract_fr="a" * DRAFT_TEXT, answers={"besoin": "x" * 41})
    assert fields(long, NEED) == ["abstract_fr", "question_besoin"]
    assert list(draft_faults(tidied(long))) == []
    assert [f.field for f in draft_faults(replace(long, abstract_fr="a" * (DRAFT_TEXT + 1)))] == ["abstract_fr"]


def test_speakers_are_named_once_and_reachable() -> None:
    assert fields(replace(GOOD, speakers=())) == ["speaker_0_last_name"]
    assert fields(replace(GOOD, speakers=(SpeakerInput("", "Benali"),))) == ["speaker_0_first_name"]
    assert fields(replace(GOOD, speakers=(SpeakerInput("Aïcha", ""),))) == ["speaker_0_last_name"]
    assert fields(replace(GOOD, speakers=(replace(SPEAKER, email="aicha"),))) == ["speaker_0_email"]
    twice = (SPEAKER, SpeakerInput("AICHA", "BÉNALI"))
    assert fields(replace(GOOD, speakers=twice)) == ["speaker_1_last_name"]
    office = (SPEAKER, SpeakerInput("Noël", "Faye", SPEAKER.email))
    assert fields(replace(GOOD, speakers=office)) == []
    crowd = tuple(SpeakerInput("Zoé", f"Nom{n}") for n in range(MOST_SPEAKERS + 1))
    assert fields(replace(GOOD, speakers=crowd)) == [f"speaker_{MOST_SPEAKERS}_last_name"]


def test_an_optional_question_may_stay_empty_and_unknown_goals_fall_away() -> None:
    assert fields(replace(GOOD, answers={}), replace(NEED, required=False)) == []
    assert tidied(replace(GOOD, sdgs=(17, 6, 6, 99, -1))).sdgs == (6, 17)


def test_tidying_takes_out_what_shows_nothing_and_keeps_what_was_written() -> None:
    form = tidied(
        replace(
            GOOD,
            title_fr=" L’eau\u00ad en\x0bpartage ",
            title_en="<b>Water</b>",
            abstract_fr="\uf0b7\tUn\r\n\uf0b7\tDeux",
            speakers=(SpeakerInput(), replace(SPEAKER, email=" Aicha@Example.ORG ")),
        )
    )
    assert form.title_fr == "L’eau en partage"
    assert form.title_en == "<b>Water</b>"
    assert form.abstract_fr == "• Un\n• Deux"
    assert form.speakers == (SPEAKER,)
    assert tidied(form) == form


def test_arabic_is_kept_and_its_direction_is_not_overridden() -> None:
    form = tidied(replace(GOOD, title_fr="\u202eالماء للجميع"))
    assert form.title_fr == "الماء للجميع"


def test_the_link_goes_to_an_address() -> None:
    assert [f.field for f in contact_faults(ContactInput("", ""))] == ["contact_name", "contact_email"]
    assert [f.field for f in contact_faults(ContactInput("Zoé", "zoe"))] == ["contact_email"]
    assert list(contact_faults(tidied_contact(ContactInput(" Zoé\u200b ", " Zoe@Example.org ")))) == []


CASES = list(product(ProposalStatus, Decision, (True, False), (True, False), (True, False), (True, False)))


@pytest.mark.parametrize(("status", "decision", "announced", "call_open", "placed", "by_desk"), CASES)
def test_who_may_change_a_proposal_when(
    status: ProposalStatus, decision: Decision, announced: bool, call_open: bool, placed: bool, by_desk: bool
) -> None:
    given = {"announced": announced, "call_open": call_open, "placed": placed, "by_desk": by_desk}
    expected: type[Exception] | None = None
    if status is ProposalStatus.WITHDRAWN:
        expected = ProposalIsWithdrawn
    elif placed:
        expected = ProposalIsPlaced
    elif not (by_desk or call_open or (announced and decision is Decision.ACCEPTED)):
        expected = ProposalIsFrozen
    if expected is None:
        check_changeable(status=status, decision=decision, **given)
    else:
        with pytest.raises(expected):
            check_changeable(status=status, decision=decision, **given)


def test_a_draft_opened_in_time_takes_in_what_was_typed_and_a_submitted_text_does_not() -> None:
    late = {"announced": False, "call_open": False, "placed": False, "by_desk": False, "opened_in_time": True}
    check_changeable(status=ProposalStatus.DRAFT, decision=Decision.NONE, **late)
    with pytest.raises(ProposalIsFrozen):
        check_changeable(status=ProposalStatus.SUBMITTED, decision=Decision.NONE, **late)


def test_a_proposal_is_submitted_once() -> None:
    check_submittable(ProposalStatus.DRAFT)
    with pytest.raises(AlreadySubmitted):
        check_submittable(ProposalStatus.SUBMITTED)
    with pytest.raises(ProposalIsWithdrawn):
        check_submittable(ProposalStatus.WITHDRAWN)
