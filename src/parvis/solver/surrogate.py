"""A model that is easier to search: participants' choices as pairs of sessions that should not be parallel.

What somebody loses when two of their choices are parallel is the lesser of the two. Summed over all participants that
is a matrix, and a move costs some hundred additions instead of some hundred people's schedules: a search may make
twenty times the moves. It is not what the judge counts (who chose three parallel sessions loses two, not three), so
that a search ends on the model itself.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from parvis.solver.kernel.arrays import CLASH, Ints, packed
from parvis.solver.model import Model

MANY_CHOICES = 20_000  # fewer are counted as they are


def has_many_choices(model: Model) -> bool:
    """Tell whether participants chose so much that counting it at each move is slow."""
    return len(model.facts.choice_session) + len(model.facts.party_session) > MANY_CHOICES


def with_pairs(model: Model) -> Model:
    """Return the model with choices as pairs, and nobody's schedule to count."""
    facts = model.facts
    many = facts.sessions
    rows = np.repeat(np.arange(many), np.diff(facts.pair_ptr))
    one, other = np.nonzero(both := _chosen_together(model))
    nothing = np.zeros(len(one), np.int64)
    columns = (
        np.concatenate([rows, one]),
        np.concatenate([facts.pair_other, other]),
        np.concatenate([facts.pair_kind, nothing + CLASH]),
        np.concatenate([facts.pair_cost, both[one, other]]),
        np.concatenate([facts.pair_p, nothing]),
        np.concatenate([facts.pair_q, nothing]),
    )
    order = np.lexsort((columns[2], columns[1], columns[0]))
    empty, ends = np.zeros(0, np.int64), np.zeros(many + 1, np.int64)
    light = facts._replace(
        pair_ptr=np.concatenate(([0], np.cumsum(np.bincount(columns[0], minlength=many)))).astype(np.int64),
        pair_other=columns[1][order],
        pair_kind=columns[2][order],
        pair_cost=columns[3][order],
        pair_p=columns[4][order],
        pair_q=columns[5][order],
        choice_ptr=np.zeros(1, np.int64),
        choice_session=empty,
        choice_worth=empty,
        wanted=empty,
        chooser_ptr=ends,
        chooser=empty,
        party_ptr=np.zeros(1, np.int64),
        party_session=empty,
        party_people=empty,
        of_party_ptr=ends,
        of_party=empty,
    )
    return replace(model, facts=light, memory=packed(light))


def _chosen_together(model: Model) -> Ints:
    """Return [session, session] what participants would lose if the two were parallel, weighed."""
    facts = model.facts
    both = np.zeros((facts.sessions, facts.sessions), np.int64)
    for who in range(len(facts.wanted)):
        own = slice(facts.choice_ptr[who], facts.choice_ptr[who + 1])
        sessions, worth = facts.choice_session[own], facts.choice_worth[own]
        both[np.ix_(sessions, sessions)] += np.minimum.outer(worth, worth)
    np.fill_diagonal(both, 0)
    return both * (facts.w_met + facts.w_fair // 2)
