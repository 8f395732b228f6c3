"""Hard rules taken apart into instances: a rule as far as it speaks of one person, one session, one room.

When no timetable is possible, a smallest set of instances that contradict each other says why; each tells what would
have to give. Pure Python: `solver.conflicts` finds the set.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from parvis.domain.timetable import explain_words as say
from parvis.domain.timetable.explain_demands import (
    Demand,
    HasPlace,
    Interpreters,
    NeverRight,
    NotAtOnce,
    NotThere,
    OneInRoom,
    OpenDay,
    Sequence,
    Walking,
    by_subject,
    pairs_of,
    stars,
)
from parvis.domain.timetable.jury import Jury
from parvis.domain.timetable.placements import Place
from parvis.domain.timetable.problem import Problem
from parvis.domain.timetable.rules.judges import ClashJudge, CrowdJudge, Judge, PairJudge, SingleJudge
from parvis.domain.timetable.rules.windows import covers
from parvis.domain.timetable.verdicts import Violation, Words

HAS_PLACE, OPEN_DAY = "has_place", "open_day"  # what is no rule, and holds all the same
OF_PEOPLE = ("person_available", "organisation_available")
Saying = Callable[[Collection[str]], Words]


@dataclass(frozen=True, slots=True)
class Instance:
    """A rule as far as it speaks of one subject: keys of a person, a room, a session, two sessions.

    `rule` is its key; where no rule says it (a session has its length and its place, a day its opening), the kind's
    name. `sessions` are those of which it can speak; `words` is asked with those that matter, as is `gives`: what would
    have to give.
    """

    rule: str
    kind: str
    subject: tuple[str, ...]
    sessions: tuple[str, ...]
    demand: Demand
    words: Saying
    gives: Words

    @property
    def key(self) -> str:
        """Return what names the instance among the others."""
        return "/".join((self.rule, *self.subject))


def instances_of(problem: Problem, jury: Jury, sessions: Collection[str]) -> list[Instance]:
    """Return the instances of hard rules that speak of these sessions, which all are to have a place.

    Rules about tracks and days as a whole are left out: a contradiction is always one, one of theirs is not found.
    """
    own = tuple(sorted(sessions))
    found = [
        Instance(HAS_PLACE, HAS_PLACE, (key,), (key,), HasPlace(key), say.length(problem, key), say.SHORTER_OR_LESS)
        for key in own
    ]
    found += [
        Instance(OPEN_DAY, OPEN_DAY, (day.key,), own, OpenDay(day.key), say.day(problem, day), say.OPEN_LONGER)
        for day in problem.days
    ]
    for judge in jury.judges:
        if judge.rule.hard and judge.concerned:
            found += _of_judge(problem, judge, frozenset(sessions))
    return found


def speaks_of(instance: Instance, violation: Violation) -> bool:
    """Tell whether a violation is one that an instance forbids; of several that share one, each."""
    if violation.rule != instance.rule:
        return False
    subject = instance.subject
    if instance.kind in OF_PEOPLE or instance.kind in ("person_once", "organisation_once", "time_to_walk"):
        return subject[0] in violation.persons + violation.organisations
    if instance.kind in ("room_once", "room_available"):
        return subject[0] in violation.rooms
    if isinstance(instance.demand, NotAtOnce):
        return tuple(sorted(violation.sessions)) in {(one, other) for one, other, _reach in instance.demand.pairs}
    return isinstance(instance.demand, Interpreters) or set(violation.sessions) <= set(instance.sessions)


def _of_judge(problem: Problem, judge: Judge, sessions: frozenset[str]) -> Iterable[Instance]:
    kind = judge.rule.kind
    if isinstance(judge, SingleJudge):
        if kind == "inside_days" or kind == "placed":
            return ()  # said by days and places themselves
        if kind in OF_PEOPLE:
            return _of_people(problem, judge, sessions)
        if kind == "room_available":
            return _of_rooms(problem, judge, sessions)
        return _of_sessions(problem, judge, sessions)
    if isinstance(judge, ClashJudge | PairJudge):
        return _of_two(problem, judge, sessions)
    if isinstance(judge, CrowdJudge) and kind == "interpretation_teams":
        return _of_interpreters(problem, judge, sessions)
    return ()


def _of_people(problem: Problem, judge: Any, sessions: frozenset[str]) -> Iterator[Instance]:
    """Yield one instance for each person or organisation with hours."""
    of_whom: dict[str, list[str]] = {}
    for session in sorted(judge.needed.keys() & sessions):
        for who in judge.needed[session]:
            of_whom.setdefault(who, []).append(session)
    length = problem.duration_of
    for who, own in sorted(of_whom.items()):
        windows = judge.needed[own[0]][who]

        def forbids(session: str, place: Place, windows: Any = windows) -> bool:
            return not covers(windows, place.start, place.start + length[session])

        yield Instance(
            judge.rule.key, judge.rule.kind, (who,), tuple(own), NotThere(tuple(own), forbids, False, True),
            say.hours_of(problem, judge.name_of[who], windows), say.other_hours(judge.name_of[who]),
        )  # fmt: skip


def _of_rooms(problem: Problem, judge: Any, sessions: frozenset[str]) -> Iterator[Instance]:
    own = tuple(sorted(judge.concerned & sessions))
    length = problem.duration_of
    for room, windows in sorted(judge.windows.items()):

        def forbids(session: str, place: Place, room: str = room, windows: Any = windows) -> bool:
            return place.room == room and not covers(windows, place.start, place.start + length[session])

        yield Instance(
            judge.rule.key, judge.rule.kind, (room,), own, NotThere(own, forbids, True, True),
            say.hours_of_room(problem, room, windows), say.room_longer(problem, room),
        )  # fmt: skip


def _of_sessions(problem: Problem, judge: SingleJudge, sessions: frozenset[str]) -> Iterator[Instance]:
    for session in sorted(judge.concerned & sessions):
        demand: Demand
        if not judge.by_room and not judge.by_start:
            if not judge.amount(session, None):
                continue
            demand = NeverRight()
        else:

            def forbids(key: str, place: Place) -> bool:
                return judge.amount(key, place) > 0

            demand = NotThere((session,), forbids, judge.by_room, judge.by_start)
        yield Instance(
            judge.rule.key, judge.rule.kind, (session,), (session,), demand,
            say.rule_of_session(problem, judge, session), say.exception(problem, judge.rule.kind, session),
        )  # fmt: skip


def _of_two(problem: Problem, judge: ClashJudge | PairJudge, sessions: frozenset[str]) -> Iterator[Instance]:
    rule: Any = judge.rule
    own = tuple(sorted(judge.concerned & sessions))
    if rule.kind == "room_once":
        for room in problem.rooms:
            demand = OneInRoom(room.key, own, rule.turnover_min)
            yield Instance(
                rule.key, rule.kind, (room.key,), own, demand, say.one_in_room(room.name), say.another_room(room.name)
            )
    elif rule.kind == "in_order":
        if len(own) == 2:
            order = Sequence(rule.before, rule.after, rule.gap_min, rule.gap_max)
            yield Instance(
                rule.key, rule.kind, (rule.before, rule.after), own, order, say.always(rule.words(problem)),
                say.NO_ORDER,
            )  # fmt: skip
    elif rule.kind in ("apart", "compact_days"):
        return
    else:
        yield from _of_pairs(problem, judge, sessions)


def _of_pairs(problem: Problem, judge: Any, sessions: frozenset[str]) -> Iterator[Instance]:
    rule = judge.rule
    shared = getattr(judge, "sharing", None) is not None
    groups = by_subject(judge) if shared else stars(pairs_of(judge))
    for subject, pairs in sorted(groups.items()):
        among = tuple(pair for pair in pairs if pair[0] in sessions and pair[1] in sessions)
        if rule.kind == "team_once" and not judge.alone[subject]:
            continue
        if not among:
            continue
        demand: Demand
        if rule.kind == "time_to_walk":
            demand = Walking(among, judge.walk)
        else:
            reach = judge.rest[subject] if rule.kind == "team_once" else judge.reach or 0
            reach = 0 if rule.kind == "not_at_once" else reach
            demand = NotAtOnce(tuple((one, other, reach) for one, other in among))
        own = tuple(sorted({session for pair in among for session in pair}))
        words, gives = say.of_pairs(problem, rule, subject)
        yield Instance(rule.key, rule.kind, (subject,), own, demand, words, gives)


def _of_interpreters(problem: Problem, judge: Any, sessions: frozenset[str]) -> Iterator[Instance]:
    own = tuple(sorted(judge.concerned & sessions))
    if own:
        yield Instance(
            judge.rule.key, judge.rule.kind, (), own, Interpreters(judge), say.interpreters(problem), say.MORE_TEAMS
        )
