"""A rule as data: its kind, its key, whether it is hard or a weighed wish, its sentence and its parameters."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Annotated, ClassVar

from parvis.domain.timetable.fields import Between, Key, SessionKey
from parvis.domain.timetable.problem import Problem
from parvis.domain.timetable.rules.judges import Judge
from parvis.domain.timetable.verdicts import Words

Weight = Annotated[int, Between(0, 1_000_000_000)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(ABC):
    """One rule. A subclass is one kind: it adds its parameters, and makes the judge that applies it to a problem.

    A hard rule may not be broken; a wish costs its weight times the amount by which it is not met. `sessions` narrows a
    rule to some sessions (empty: all), `exempt` leaves some out. `key` is stable: settings and violations name it.
    """

    kind: ClassVar[str]
    sentence: ClassVar[str]

    key: Key
    hard: bool = True
    weight: Weight = 1
    sessions: tuple[SessionKey, ...] = ()
    exempt: tuple[SessionKey, ...] = ()

    def concerns(self, session: str) -> bool:
        """Tell whether the rule speaks of a session at all."""
        return (not self.sessions or session in self.sessions) and session not in self.exempt

    def words(self, problem: Problem) -> Words:
        """Return what the rule says, for people."""
        return Words(self.sentence)

    def check(self, problem: Problem, path: str) -> None:  # noqa: B027 - most kinds have nothing to add
        """Raise the refusal that tells why the rule's parameters make no sense. `path` is where it stands."""

    @abstractmethod
    def judge(self, problem: Problem) -> Judge:
        """Return what applies the rule to placements of this problem."""
