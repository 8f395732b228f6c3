"""Scores by weighted criteria: means, spread, ranks with ties; conflicts count for nothing and hide scores."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.domain.calls.questions import OVERALL, Criterion
from parvis.domain.calls.reviews import (
    HIGHEST,
    LOWEST,
    ConflictUnexplained,
    Opinion,
    ScoreImpossible,
    ScoresMissing,
    Tally,
    check_review,
    is_complete,
    may_see_scores,
    queue_order,
    ranks,
    read_scores,
    tally,
    weighted,
)

TWO = [Criterion("a", "A", weight=2), Criterion("b", "B", weight=1)]
marks = st.integers(LOWEST, HIGHEST)
opinions = st.lists(
    st.builds(
        Opinion,
        reviewer_id=st.integers(1, 99),
        scores=st.fixed_dictionaries({}, optional={"a": marks, "b": marks, "old": marks}),
        conflict=st.booleans(),
    ),
    max_size=12,
)


def test_weights_count() -> None:
    assert weighted({"a": 5, "b": 2}, TWO) == 4.0
    assert tally([Opinion(1, {"a": 5, "b": 2}), Opinion(2, {"a": 1, "b": 1})], TWO) == Tally(2.5, 3.0, 2, 0)


def test_a_conflict_and_an_incomplete_review_count_for_nothing() -> None:
    alone = tally([Opinion(1, {"a": 4, "b": 4})], TWO)
    with_others = tally(
        [Opinion(1, {"a": 4, "b": 4}), Opinion(2, {"a": 0}), Opinion(3, {"a": 0, "b": 0}, conflict=True)], TWO
    )
    assert (with_others.mean, with_others.spread, with_others.reviews) == (alone.mean, alone.spread, alone.reviews)
    assert with_others.conflicts == 1
    assert tally([], TWO) == Tally(None, None, 0, 0)


@given(opinions)
def test_a_mean_stays_between_the_marks(given_opinions: list[Opinion]) -> None:
    found = tally(given_opinions, TWO)
    counted = [o for o in given_opinions if not o.conflict and is_complete(o, TWO)]
    assert found.reviews == len(counted)
    assert (found.mean is None) == (not counted)
    if found.mean is not None and found.spread is not None:
        assert LOWEST <= found.mean <= HIGHEST
        assert 0 <= found.spread <= HIGHEST - LOWEST
        means = [weighted(o.scores, TWO) for o in counted]
        assert min(means) - 0.01 <= found.mean <= max(means) + 0.01


@given(st.dictionaries(st.integers(1, 50), st.one_of(st.none(), st.sampled_from([1.0, 2.5, 2.51, 4.0]))))
def test_equal_means_share_a_rank_and_the_next_one_skips(means: dict[int, float | None]) -> None:
    found = ranks(means)
    assert set(found) == {key for key, mean in means.items() if mean is not None}
    for key, rank in found.items():
        better = sum(1 for mean in means.values() if mean is not None and mean > (means[key] or 0))
        assert rank == better + 1


def test_ranks_with_a_tie() -> None:
    assert ranks({1: 3.0, 2: 4.5, 3: 4.5, 4: 5.0, 5: None}) == {4: 1, 2: 2, 3: 2, 1: 4}


@pytest.mark.parametrize("wrong", ["6", "-1", "x", 2.5, True])
def test_a_score_is_a_whole_number_from_nought_to_five(wrong: object) -> None:
    with pytest.raises(ScoreImpossible) as refused:
        read_scores({"a": wrong}, TWO)
    assert refused.value.field == "score_a"


def test_scores_are_read_by_criterion_and_others_passed_over() -> None:
    assert read_scores({"a": "5", "b": "", "zz": "3"}, TWO) == {"a": 5}
    assert read_scores({"ensemble": 0}, [OVERALL]) == {"ensemble": 0}


def test_a_review_is_whole_or_a_conflict_with_its_reason() -> None:
    check_review({"a": 0, "b": 5}, TWO, conflict=False, conflict_reason="")
    with pytest.raises(ScoresMissing) as missing:
        check_review({"a": 0}, TWO, conflict=False, conflict_reason="")
    assert missing.value.field == "score_b"
    with pytest.raises(ConflictUnexplained):
        check_review({}, TWO, conflict=True, conflict_reason="")
    check_review({}, TWO, conflict=True, conflict_reason="Ma commune")


def test_others_scores_are_seen_after_ones_own_and_never_with_a_conflict() -> None:
    whole, half = Opinion(1, {"a": 1, "b": 1}), Opinion(1, {"a": 1})
    conflict = Opinion(1, {}, conflict=True)
    assert not may_see_scores(None, TWO, decides=False)
    assert not may_see_scores(half, TWO, decides=False)
    assert may_see_scores(whole, TWO, decides=False)
    assert may_see_scores(None, TWO, decides=True)
    assert not may_see_scores(conflict, TWO, decides=False)
    assert not may_see_scores(conflict, TWO, decides=True)


@given(st.integers(1, 1000), st.dictionaries(st.integers(1, 200), st.integers(0, 4), max_size=40))
def test_the_fewest_reviews_come_first_in_an_order_that_stays(reviewer: int, waiting: dict[int, int]) -> None:
    order = queue_order(reviewer, waiting)
    assert sorted(order) == sorted(waiting)
    assert [waiting[key] for key in order] == sorted(waiting.values())
    assert queue_order(reviewer, dict(reversed(waiting.items()))) == order


def test_reviewers_begin_at_different_ends() -> None:
    waiting = dict.fromkeys(range(1, 30), 0)
    assert len({queue_order(reviewer, waiting)[0] for reviewer in range(1, 20)}) > 5
