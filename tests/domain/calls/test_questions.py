"""Questions and criteria: empty rows fall away, keys stay when words change, faults name their field."""

from __future__ import annotations

import pytest

from parvis.domain.calls.questions import (
    OVERALL,
    AnswerLengthImpossible,
    Criterion,
    CriterionUnnamed,
    Question,
    QuestionUnnamed,
    TooManyRows,
    WeightImpossible,
    read_criteria,
    read_questions,
    tidied_criteria,
    tidied_questions,
    write_rows,
)
from parvis.domain.changes import TextTooLong


def test_rows_survive_being_written_and_read() -> None:
    questions = tidied_questions([Question("", "  Quel   besoin ? ", "What need?", required=True, longest=300)])
    assert questions[0].label_fr == "Quel besoin ?"
    assert questions[0].key == "quel_besoin"
    assert read_questions(write_rows(questions)) == questions
    assert read_questions([{**write_rows(questions)[0], "later": 1}]) == questions


def test_a_key_stays_when_the_words_change_and_is_never_shared() -> None:
    first = tidied_questions([Question("", "Besoin"), Question("", "Besoin")])
    assert [row.key for row in first] == ["besoin", "besoin_2"]
    changed = tidied_questions([Question("besoin", "Tout autre chose"), Question("besoin", "Copie")])
    assert [row.key for row in changed] == ["besoin", "copie"]


def test_empty_rows_fall_away_and_half_empty_ones_are_refused() -> None:
    assert tidied_questions([Question("", ""), Question("x", " ")]) == []
    with pytest.raises(QuestionUnnamed) as refused:
        tidied_questions([Question("", ""), Question("", "", label_en="What?")])
    assert refused.value.field == "question_1_label_fr"
    with pytest.raises(CriterionUnnamed) as unnamed:
        tidied_criteria([Criterion("", "", "Clarity")])
    assert unnamed.value.field == "criterion_0_name_fr"


def test_numbers_out_of_bounds_are_refused_beside_their_field() -> None:
    with pytest.raises(AnswerLengthImpossible) as length:
        tidied_questions([Question("", "Besoin", longest=0)])
    assert length.value.field == "question_0_longest"
    with pytest.raises(WeightImpossible) as weight:
        tidied_criteria([Criterion("", "Clarté", weight=11)])
    assert weight.value.field == "criterion_0_weight"
    with pytest.raises(TextTooLong) as text:
        tidied_criteria([Criterion("", "x" * 201)])
    assert text.value.field == "criterion_0_name_fr"
    with pytest.raises(TooManyRows):
        tidied_questions([Question("", f"Question {n}") for n in range(13)])


def test_without_criteria_a_proposal_is_judged_as_a_whole() -> None:
    assert read_criteria([]) == [OVERALL]


def test_words_fall_back_on_french() -> None:
    assert Question("k", "Besoin", help_fr="Lequel").label("en") == "Besoin"
    assert Question("k", "Besoin", "Need").label("en") == "Need"
    assert Question("k", "Besoin", help_fr="Lequel").help("en") == "Lequel"
    assert Criterion("k", "Clarté", "Clarity").name("fr") == "Clarté"
