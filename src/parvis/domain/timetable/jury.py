"""The judges of a timetable, called once for a problem and its rules, and shared by all who ask for a verdict."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from parvis.domain.refusals import N_, Refusal
from parvis.domain.timetable.checks import KeyEmpty, check_record
from parvis.domain.timetable.problem import Problem
from parvis.domain.timetable.rules import Rule
from parvis.domain.timetable.rules.judges import ClashJudge, CrowdJudge, Judge, PairJudge, SingleJudge, TwoJudge

# Where a fault lies: the rule's rank, then the session, the two sessions in the order of their keys, or the subject.
# Pieces sort into the order in which violations are told: hard ones first, then by rule, then by session.
Piece = tuple[int, str] | tuple[int, str, str] | tuple[int, int]


class RuleTwice(Refusal):
    """Each rule has a key of its own."""

    sentence = N_("%(path)s: another rule has the key “%(found)s” already.")


def check_rules(problem: Problem, rules: Sequence[Rule]) -> None:
    """Raise the refusal that tells which rule does not fit the problem, and where: `rules[3].before`.

    Raises `KeyEmpty`, `RuleTwice`, `NothingByThatKey`, `OutOfBounds`, `EndsBeforeItBegins` and the kinds' own.
    """
    seen: set[str] = set()
    for position, rule in enumerate(rules):
        path = f"rules[{position}]"
        if not rule.key.strip():
            raise KeyEmpty(path=f"{path}.key")
        if rule.key in seen:
            raise RuleTwice(path=f"{path}.key", found=rule.key)
        seen.add(rule.key)
        check_record(rule, path, problem.known)
        rule.check(problem, path)


class Panel:
    """Some judges, seated by their shape; judges that can never find fault in this problem are not seated."""

    def __init__(self, sessions: Iterable[str], judges: Iterable[tuple[int, Judge]]) -> None:
        self.singles: dict[str, list[tuple[int, SingleJudge]]] = {session: [] for session in sessions}
        self.room_clashes: list[tuple[int, ClashJudge]] = []
        self.clashes: list[tuple[int, ClashJudge]] = []
        self.pairs: list[tuple[int, PairJudge]] = []
        self.crowds: list[tuple[int, CrowdJudge]] = []
        for rank, judge in judges:
            if judge.concerned:
                self._seat(rank, judge)
        near = [judge.reach for _rank, judge in self.timely() if judge.reach is not None]
        self.reach = max(near, default=0)

    def _seat(self, rank: int, judge: Judge) -> None:
        if isinstance(judge, SingleJudge):
            for session in judge.concerned:
                self.singles[session].append((rank, judge))
        elif isinstance(judge, ClashJudge):
            (self.room_clashes if judge.same_room else self.clashes).append((rank, judge))
        elif isinstance(judge, PairJudge):
            self.pairs.append((rank, judge))
        elif isinstance(judge, CrowdJudge):
            self.crowds.append((rank, judge))

    def timely(self) -> Iterable[tuple[int, TwoJudge]]:
        """Yield the judges of two that look at neighbours in time, in whatever rooms."""
        yield from self.clashes
        yield from ((rank, judge) for rank, judge in self.pairs if judge.reach is not None)


class Jury(Panel):
    """All judges, ranked: hard rules before wishes, then by key, whatever the order in which rules were given.

    Raises what `check_rules` raises.
    """

    def __init__(self, problem: Problem, rules: Sequence[Rule]) -> None:
        check_rules(problem, rules)
        self.problem = problem
        self.rules: tuple[Rule, ...] = tuple(sorted(rules, key=lambda rule: (not rule.hard, rule.key)))
        self.hard: tuple[bool, ...] = tuple(rule.hard for rule in self.rules)
        self.weights: tuple[int, ...] = tuple(0 if rule.hard else rule.weight for rule in self.rules)
        self.judges: list[Judge] = [rule.judge(problem) for rule in self.rules]
        for judge in self.judges:
            judge.join(self.judges)
        self.duration = problem.duration_of
        super().__init__(self.duration, enumerate(self.judges))

    def panel(self, where: Callable[[Judge], bool]) -> Panel:
        """Return some of the judges, under their ranks."""
        return Panel(self.duration, ((rank, judge) for rank, judge in enumerate(self.judges) if where(judge)))
