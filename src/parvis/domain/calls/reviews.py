"""How proposals are judged: scores from 0 to 5 by weighted criteria, means, ranks, and who may see what.

A review counts once every criterion has its score. A declared conflict of interest counts for nothing, and whoever
declared one sees no scores of that proposal and has no part in the decision.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Any

from parvis.domain.calls.questions import Criterion
from parvis.domain.refusals import N_, Refusal

LOWEST, HIGHEST = 0, 5
DECIMALS = 2
LONGEST_COMMENT = 3000


class ScoreImpossible(Refusal):
    """A score is a whole number from 0 to 5."""

    sentence = N_("A score is a whole number from %(least)s to %(most)s.")


class ScoresMissing(Refusal):
    """A review that lacks a score would weigh differently from the others."""

    sentence = N_("Score every criterion, or declare a conflict of interest.")


class ConflictUnexplained(Refusal):
    """The organisers must know what the conflict is."""

    sentence = N_("Say in a few words what the conflict of interest is.")


class OwnProposal(Refusal):
    """Nobody judges what they wrote."""

    sentence = N_("You are an author of this proposal: you cannot review it.")


class ReviewingIsOver(Refusal):
    """Once decisions are announced, scores stand as they are."""

    sentence = N_("The decisions are announced: reviews can no longer be changed.")


class NotToBeReviewed(Refusal):
    """Drafts and withdrawn proposals are not judged."""

    sentence = N_("This proposal is not submitted: there is nothing to review.")


class CriteriaInUse(Refusal):
    """Scores that were given keep their criterion."""

    sentence = N_("Reviews have been given by these criteria: change their words or weights, but keep each of them.")


@dataclass(frozen=True, slots=True)
class Opinion:
    """What one reviewer thinks: scores by criterion, or a conflict."""

    reviewer_id: int
    scores: Mapping[str, int]
    conflict: bool = False


@dataclass(frozen=True, slots=True)
class Tally:
    """What the reviews of one proposal come to. `mean` is from 0 to 5; `spread` the distance of the extremes."""

    mean: float | None
    spread: float | None
    reviews: int
    conflicts: int


def read_scores(given: Mapping[str, Any], criteria: Sequence[Criterion]) -> dict[str, int]:
    """Return the scores by criterion; criteria without an answer are left out. Raises `ScoreImpossible`."""
    scores: dict[str, int] = {}
    for criterion in criteria:
        value = given.get(criterion.key)
        if value in (None, ""):
            continue
        try:
            number = int(str(value))
        except ValueError:
            number = -1
        if not LOWEST <= number <= HIGHEST:
            raise ScoreImpossible(least=LOWEST, most=HIGHEST, field=f"score_{criterion.key}")
        scores[criterion.key] = number
    return scores


def is_complete(opinion: Opinion, criteria: Sequence[Criterion]) -> bool:
    """Tell whether an opinion is given: every criterion scored, or a conflict declared."""
    return opinion.conflict or all(criterion.key in opinion.scores for criterion in criteria)


def check_review(
    scores: Mapping[str, int], criteria: Sequence[Criterion], *, conflict: bool, conflict_reason: str
) -> None:
    """Raise `ConflictUnexplained` or `ScoresMissing` unless a review can be given."""
    if conflict:
        if not conflict_reason:
            raise ConflictUnexplained(field="conflict_reason")
        return
    for criterion in criteria:
        if criterion.key not in scores:
            raise ScoresMissing(field=f"score_{criterion.key}")


def weighted(scores: Mapping[str, int], criteria: Sequence[Criterion]) -> float:
    """Return the weighted mean of complete scores."""
    total = sum(criterion.weight for criterion in criteria)
    return sum(scores[criterion.key] * criterion.weight for criterion in criteria) / total


def tally(opinions: Iterable[Opinion], criteria: Sequence[Criterion]) -> Tally:
    """Return what the opinions come to; incomplete ones and conflicts count for nothing."""
    given = list(opinions)
    counted = [
        weighted(opinion.scores, criteria)
        for opinion in given
        if not opinion.conflict and is_complete(opinion, criteria)
    ]
    conflicts = sum(1 for opinion in given if opinion.conflict)
    if not counted:
        return Tally(None, None, 0, conflicts)
    return Tally(round(fmean(counted), DECIMALS), round(max(counted) - min(counted), DECIMALS), len(counted), conflicts)


def ranks(means: Mapping[int, float | None]) -> dict[int, int]:
    """Return the rank of each proposal that has a mean: equal means share it, and the next one skips (1, 2, 2, 4)."""
    scored = sorted((mean for mean in means.values() if mean is not None), reverse=True)
    first: dict[float, int] = {}
    for place, mean in enumerate(scored, start=1):
        first.setdefault(mean, place)
    return {key: first[mean] for key, mean in means.items() if mean is not None}


def may_see_scores(own: Opinion | None, criteria: Sequence[Criterion], *, decides: bool) -> bool:
    """Tell whether somebody may see what the others thought of a proposal.

    Whoever declared a conflict never may. Those who decide may; a reviewer once their own review is given.
    """
    if own is not None and own.conflict:
        return False
    return decides or (own is not None and is_complete(own, criteria))


def queue_order(reviewer_id: int, waiting: Mapping[int, int]) -> list[int]:
    """Return the proposals in the order in which one reviewer reads them, from proposal → how many reviews it has.

    Those with the fewest reviews come first; among equals each reviewer has an order of their own, which stays, so
    that not everybody begins at the same end.
    """

    def place(proposal_id: int) -> tuple[int, str]:
        mark = hashlib.sha256(f"{reviewer_id}:{proposal_id}".encode()).hexdigest()
        return waiting[proposal_id], mark

    return sorted(waiting, key=place)
