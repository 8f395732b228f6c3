"""Participants attend what they chose: as much as possible in all, and those who are served worst no less.

Both count what choices are worth (`worth`): a first choice more than a fourth.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, ClassVar

from parvis.domain.refusals import N_
from parvis.domain.timetable.board import Board
from parvis.domain.timetable.fields import Between
from parvis.domain.timetable.placements import Place
from parvis.domain.timetable.problem import Problem
from parvis.domain.timetable.rules.judges import CrowdJudge, Judge
from parvis.domain.timetable.rules.losses import Losses
from parvis.domain.timetable.rules.rule import Rule
from parvis.domain.timetable.verdicts import Violation, Words

Share = Annotated[int, Between(1, 100)]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoicesMet(Rule):
    """Participants can attend what they chose; the amount is, by organisation, the worth of what they cannot."""

    kind: ClassVar[str] = "choices_met"
    sentence: ClassVar[str] = N_("Participants can attend what they chose.")

    hard: bool = False

    def judge(self, problem: Problem) -> Judge:
        """Return the judge of this rule."""
        return _ChoicesMet(self, problem)


class _OfChoices(CrowdJudge):
    """Looks at what each participant loses; judges of one jury who look at the same choices do it once."""

    def __init__(self, rule: Rule, problem: Problem) -> None:
        super().__init__(rule, problem)
        self.concerned &= frozenset().union(*(one.choices for one in problem.registrations))
        self.first: _OfChoices = self

    def join(self, bench: Sequence[Judge]) -> None:
        alike = (one for one in bench if isinstance(one, _OfChoices) and one.concerned == self.concerned)
        self.first = next(alike, self)

    @cached_property
    def losses(self) -> Losses:
        """What is lost, reckoned by the first of those who look at the same choices."""
        return Losses(self.problem, self.concerned) if self.first is self else self.first.losses


class _ChoicesMet(_OfChoices):
    """Its subjects are the parties: organisations in the order of their keys, then those who come for none."""

    @cached_property
    def parties_of(self) -> dict[str, frozenset[int]]:
        """For each session, the parties of those who chose it."""
        party, choosers = self.losses.party, self.losses.choosers
        return {session: frozenset(party[who] for who in own) for session, own in choosers.items()}

    def touched(self, session: str, place: Place, board: Board) -> frozenset[int]:
        return self.parties_of[session]

    def subjects(self, board: Board) -> range:
        return range(len(self.losses.parties) + 1)

    def amount(self, subject: int, board: Board) -> int:
        self.losses.follow(board)
        return self.losses.loss_of[subject]

    def violation(self, subject: int, board: Board, amount: int) -> Violation:
        wanted = self.losses.wanted_of[subject]
        if subject == len(self.losses.parties):
            sentence = N_(
                "Participants without an organisation lose %(lost)s of the %(wanted)s points of their choices."
            )
            return self.fault("", amount, Words(sentence, {"lost": amount, "wanted": wanted}), ())
        organisation = self.problem.organisation_of[self.losses.parties[subject]]
        words = Words(
            N_("%(name)s loses %(lost)s of the %(wanted)s points of its participants’ choices."),
            {"name": organisation.name, "lost": amount, "wanted": wanted},
        )
        return self.fault(organisation.key, amount, words, (), organisations=[organisation.key])


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoicesFair(Rule):
    """Those who lose most lose little: the amount is the worth of what the worst-served share of participants loses.

    `share_percent` of those who chose anything are counted, rounded up.
    """

    kind: ClassVar[str] = "choices_fair"
    sentence: ClassVar[str] = N_("Nobody is left with little of what they chose.")

    hard: bool = False
    share_percent: Share = 10

    def words(self, problem: Problem) -> Words:
        """Say the share."""
        return Words(
            N_(
                "Nobody is left with little of what they chose: "
                "what the %(share)s %% who are served worst lose counts once more."
            ),
            {"share": self.share_percent},
        )

    def judge(self, problem: Problem) -> Judge:
        """Return the judge of this rule."""
        return _ChoicesFair(self, problem)


class _ChoicesFair(_OfChoices):
    """Its one subject, 0, are all participants."""

    rule: ChoicesFair

    @cached_property
    def count(self) -> int:
        """How many participants the share is."""
        return -(-len(self.losses.choices) * self.rule.share_percent // 100)

    def touched(self, session: str, place: Place, board: Board) -> tuple[int, ...]:
        return (0,)

    def subjects(self, board: Board) -> tuple[int, ...]:
        return (0,)

    def amount(self, subject: int, board: Board) -> int:
        self.losses.follow(board)
        return self.losses.of_worst(self.count)

    def violation(self, subject: int, board: Board, amount: int) -> Violation:
        words = Words(
            N_("What those who are served worst (%(people)s) lose of their choices is worth %(lost)s points."),
            {"people": self.count, "lost": amount},
        )
        return self.fault("worst", amount, words, ())
