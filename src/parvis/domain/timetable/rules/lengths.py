"""How long sessions last: the time for debate holds, and a format has its usual length. Judged wherever they stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from parvis.domain.refusals import N_, Refusal
from parvis.domain.timetable.fields import Duration, Minutes
from parvis.domain.timetable.placements import Place
from parvis.domain.timetable.problem import Problem
from parvis.domain.timetable.rules.judges import Judge, SingleJudge
from parvis.domain.timetable.rules.rule import Rule
from parvis.domain.timetable.verdicts import FormatName, Violation, Words


class LengthsCross(Refusal):
    """The least length is not longer than the longest."""

    sentence = N_("%(path)s: the longest length is shorter than the least.")


@dataclass(frozen=True, slots=True, kw_only=True)
class DebateTime(Rule):
    """What the speakers take, with the time kept for debate, fits the session; the amount is the minutes lacking.

    `least_min` is kept for debate where the session itself says nothing, in sessions of `formats` (empty: none).
    """

    kind: ClassVar[str] = "debate_time"
    sentence: ClassVar[str] = N_("The time for debate is kept, whatever the speakers take.")

    formats: tuple[str, ...] = ()
    least_min: Minutes = 0

    def judge(self, problem: Problem) -> Judge:
        """Return the judge of this rule."""
        return _DebateTime(self, problem)


class _Constant(SingleJudge):
    """What does not depend on the place: the amounts are known beforehand, and stand in the tray too."""

    by_room = False
    by_start = False
    when_unplaced = True
    amounts: dict[str, int]

    def amount(self, session: str, place: Place | None) -> int:
        return self.amounts[session]


class _DebateTime(_Constant):
    def __init__(self, rule: DebateTime, problem: Problem) -> None:
        super().__init__(rule, problem)
        self.spoken: dict[str, int] = {}
        for item in problem.interventions:
            self.spoken[item.session] = self.spoken.get(item.session, 0) + item.minutes
        self.debate = {
            session.key: session.debate_min or (rule.least_min if session.format in rule.formats else 0)
            for session in problem.sessions
        }
        self.amounts = {
            key: lacking
            for key in self.concerned
            if (lacking := self.spoken.get(key, 0) + self.debate[key] - self.duration[key]) > 0
        }
        self.concerned = frozenset(self.amounts)

    def violation(self, session: str, place: Place | None, amount: int) -> Violation:
        words = Words(
            N_("“%(title)s” lasts %(length)s min: the speakers take %(spoken)s, and %(debate)s are for debate."),
            {
                "title": self.title(session),
                "length": self.duration[session],
                "spoken": self.spoken.get(session, 0),
                "debate": self.debate[session],
            },
        )
        return self.fault(session, amount, words, (session,))


@dataclass(frozen=True, slots=True, kw_only=True)
class FormatLength(Rule):
    """Sessions of a format last from `least_min` to `most_min` minutes; the amount is the minutes off."""

    kind: ClassVar[str] = "format_length"
    sentence: ClassVar[str] = N_("%(format)s: from %(least)s to %(most)s min.")

    format: str
    least_min: Duration
    most_min: Duration

    def words(self, problem: Problem) -> Words:
        """Say the format and its length."""
        if self.least_min == self.most_min:
            return Words(
                N_("%(format)s: %(least)s min."), {"format": (FormatName(self.format),), "least": self.least_min}
            )
        return Words(
            self.sentence,
            {"format": (FormatName(self.format),), "least": self.least_min, "most": self.most_min},
        )

    def check(self, problem: Problem, path: str) -> None:
        """Raise `LengthsCross`."""
        if self.most_min < self.least_min:
            raise LengthsCross(path=f"{path}.most_min")

    def judge(self, problem: Problem) -> Judge:
        """Return the judge of this rule."""
        return _FormatLength(self, problem)


class _FormatLength(_Constant):
    rule: FormatLength

    def __init__(self, rule: FormatLength, problem: Problem) -> None:
        super().__init__(rule, problem)
        self.amounts = {
            session.key: off
            for session in problem.sessions
            if session.key in self.concerned and session.format == rule.format
            if (off := max(rule.least_min - session.duration_min, session.duration_min - rule.most_min)) > 0
        }
        self.concerned = frozenset(self.amounts)

    def violation(self, session: str, place: Place | None, amount: int) -> Violation:
        rule = self.rule
        words = Words(
            N_("“%(title)s” lasts %(length)s min. %(format)s: from %(least)s to %(most)s min."),
            {
                "title": self.title(session),
                "length": self.duration[session],
                "format": (FormatName(rule.format),),
                "least": rule.least_min,
                "most": rule.most_min,
            },
        )
        return self.fault(session, amount, words, (session,))
