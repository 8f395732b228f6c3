"""What a timetable costs and who pays, and why a card stands where it stands. No solver: the judge's own words.

A violation's amount is shared out evenly among those whom it names, so that shares add up to what the rule costs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from parvis.domain.timetable.faults import faults_of
from parvis.domain.timetable.free_places import FreeSearch
from parvis.domain.timetable.placements import Place, Placements
from parvis.domain.timetable.problem import Problem
from parvis.domain.timetable.rules import Rule
from parvis.domain.timetable.state import State
from parvis.domain.timetable.verdicts import Score, Violation, Words

LARGEST = 5  # violations of a rule, and payers, that are told
ROOMS_OF = 12  # starts of which all rooms are tried
NEAR = 120  # places around a card of which it is asked whether they tempt
EVERY_MIN = 15  # starts are looked at no closer than that
APART_MIN = 30  # places in one room that are nearer than that are told once


@dataclass(frozen=True, slots=True)
class Payer:
    """Somebody who bears a part of what a rule costs: the key of a person, an organisation or a session."""

    key: str
    amount: int
    cost: int


@dataclass(frozen=True, slots=True)
class RuleCost:
    """What one rule costs. Of a hard rule the cost is 0, and `count` says how often it is broken.

    `largest` are its gravest violations; `persons`, `organisations` and `sessions` those who pay most, the first first.
    """

    rule: str
    kind: str
    hard: bool
    words: Words
    count: int
    amount: int
    cost: int
    largest: tuple[Violation, ...]
    persons: tuple[Payer, ...]
    organisations: tuple[Payer, ...]
    sessions: tuple[Payer, ...]


@dataclass(frozen=True, slots=True)
class RuleChange:
    """By how much a rule would cost more (or, less than 0, less) after a move; a hard rule: be broken more often."""

    rule: str
    hard: bool
    count: int
    cost: int


@dataclass(frozen=True, slots=True)
class OtherPlace:
    """A place where a card could stand, and what would change: `score` after the move less that before.

    `changes` are the rules that make the difference, the largest first; `forbidding` the hard faults that would appear.
    """

    place: Place
    score: Score
    changes: tuple[RuleChange, ...]
    forbidding: tuple[Violation, ...]


@dataclass(frozen=True, slots=True)
class CardReasons:
    """Why a card stands where it stands.

    `wrong` is what is wrong with it here; `next_best` are the free places that would cost least, and `forbidden` the
    nearest places that would cost the wishes less, if hard rules allowed them.
    """

    session: str
    here: Place | None
    wrong: tuple[Violation, ...]
    next_best: tuple[OtherPlace, ...]
    forbidden: tuple[OtherPlace, ...]


def costs(
    problem: Problem, rules: Sequence[Rule], placements: Placements, *, state: State | None = None
) -> list[RuleCost]:
    """Return what each rule costs, the dearest first, broken hard rules before all; also those that cost nothing.

    A `state` of the same problem, rules and placements saves judging all anew. Raises what `State` raises.
    """
    state = state if state is not None else State(problem, rules, placements)
    of_rule: dict[str, list[Violation]] = {rule.key: [] for rule in state.jury.rules}
    for violation in state.violations():
        of_rule[violation.rule].append(violation)
    found = [_cost(problem, rule, of_rule[rule.key]) for rule in state.jury.rules]
    return sorted(found, key=lambda cost: (not (cost.hard and cost.count), -cost.cost, -cost.count, cost.rule))


def _cost(problem: Problem, rule: Rule, found: list[Violation]) -> RuleCost:
    gravest = sorted(found, key=lambda violation: (-violation.amount, violation.key))
    return RuleCost(
        rule=rule.key,
        kind=rule.kind,
        hard=rule.hard,
        words=rule.words(problem),
        count=len(found),
        amount=sum(violation.amount for violation in found),
        cost=sum(violation.cost for violation in found),
        largest=tuple(gravest[:LARGEST]),
        persons=_payers((violation, violation.persons) for violation in found),
        organisations=_payers((violation, violation.organisations) for violation in found),
        sessions=_payers((violation, violation.sessions) for violation in found),
    )


def _payers(found: Iterable[tuple[Violation, Sequence[str]]]) -> tuple[Payer, ...]:
    amounts: Counter[str] = Counter()
    prices: Counter[str] = Counter()
    for violation, payers in found:
        for total, shares in ((violation.amount, amounts), (violation.cost, prices)):
            for at, payer in enumerate(payers):
                shares[payer] += total // len(payers) + int(at < total % len(payers))
    order = sorted(amounts, key=lambda payer: (-prices[payer], -amounts[payer], payer))
    return tuple(Payer(payer, amounts[payer], prices[payer]) for payer in order[:LARGEST])


def why_here(
    problem: Problem,
    rules: Sequence[Rule],
    placements: Placements,
    session: str,
    limit: int = 5,
    *,
    state: State | None = None,
) -> CardReasons:
    """Return why a card stands where it stands: what is wrong there, and up to so many other places of either kind.

    A `state` of the same problem, rules and placements saves judging all anew; it is left as it was. Starts a
    quarter of an hour apart are looked at, each in the first room that is free, and those that cost least in all rooms.
    Raises what `State` raises, and `NoSuchSession`.
    """
    state = state if state is not None else State(problem, rules, placements)
    state.delta(session, None)  # raises where there is no such session
    card = _Card(state, session)
    wrong = tuple(state.violations_of(session))
    free, closed = card.look_around()
    return CardReasons(
        session,
        card.here,
        wrong,
        tuple(card.told(place) for place in _spread(free, limit)),
        tuple(other for place in _spread(closed, limit) if (other := card.told(place)).forbidding),
    )


class _Card:
    def __init__(self, state: State, session: str) -> None:
        self.state, self.session = state, session
        self.here = state.place_of(session)
        self.known = {violation.key: violation for violation in state.violations()}
        self.rooms_matter = any(crowd.by_room and session in crowd.concerned for _rank, crowd in state.jury.crowds)
        self.together: dict[int, int] = {}  # what each start costs beside what a place costs alone and with another

    def cost(self, place: Place) -> int:
        """Return what the wishes cost at a place more than in the tray. Crowds that ask no room: once a start."""
        if self.rooms_matter:
            return self.state.delta(self.session, place).cost
        weights = self.state.jury.weights
        faults = faults_of(self.state.jury, self.state.board, self.session, place)
        alone = sum(weights[piece[0]] * amount for piece, amount in faults.items())
        if place.start not in self.together:
            self.together[place.start] = self.state.delta(self.session, place).cost - alone
        return self.together[place.start] + alone

    def look_around(self) -> tuple[list[tuple[int, Place]], list[tuple[int, Place]]]:
        """Return free places by cost, and those nearby that tempt and are not free, the nearest first."""
        state, session = self.state, self.session
        state.apply(session, None)
        try:
            search = FreeSearch(state, session)
            starts, rooms = self._starts(search), search.rooms(self.here)
            free = self._free(search, starts, rooms)
            stands = self.cost(self.here) if self.here is not None else 0
            every = [room.key for room in state.problem.rooms]
            closed = list(islice(self._tempting(search, starts, rooms, every, stands), NEAR))
        finally:
            state.apply(session, self.here)
        return free, closed

    def _starts(self, search: FreeSearch) -> list[int]:
        """Return the starts to look at, the nearest first: not each five minutes."""
        found = []
        for start in search.starts(self.here, None):
            day = self.state.problem.day_at(start)
            step = day.step_min if day is not None else EVERY_MIN
            raster = max(step, EVERY_MIN // step * step)
            origin = self.here.start if self.here is not None else day.opens if day is not None else 0
            if (start - origin) % raster == 0:
                found.append(start)
        return found

    def _free(self, search: FreeSearch, starts: list[int], rooms: list[str]) -> list[tuple[int, Place]]:
        at_start: list[tuple[int, Place]] = []
        for start in starts:
            if rooms and search.is_free(search.of_start, Place(rooms[0], start)):
                place = next((p for p in self._places(start, rooms) if search.is_free(search.of_both, p)), None)
                if place is not None:
                    at_start.append((self.cost(place), place))
        at_start.sort()
        found = {place: cost for cost, place in at_start}
        for _cost, first in at_start[:ROOMS_OF]:
            for place in self._places(first.start, rooms):
                if place not in found and search.is_free(search.of_both, place):
                    found[place] = self.cost(place)
        return sorted((cost, place) for place, cost in found.items())

    def _places(self, start: int, rooms: Iterable[str]) -> Iterator[Place]:
        return (place for room in rooms if (place := Place(room, start)) != self.here)

    def _tempting(
        self, search: FreeSearch, starts: list[int], rooms: list[str], every: list[str], stands: int
    ) -> Iterator[tuple[int, Place]]:
        """Yield places that break a hard rule and would cost the wishes less than here, from the nearest on."""
        near = islice((place for start in starts for place in self._places(start, every)), NEAR)
        allowed = set(rooms)
        for place in near:
            closed = (
                place.room not in allowed
                or not search.is_free(search.of_start, place)
                or not search.is_free(search.of_both, place)
            )
            if closed and (cost := self.cost(place)) < stands:
                yield cost, place

    def told(self, place: Place) -> OtherPlace:
        """Return what would change if the card stood there."""
        state = self.state
        known, before = self.known, state.score
        verdict = state.move(self.session, place)
        state.apply(self.session, self.here)
        counts: Counter[tuple[str, bool]] = Counter()
        prices: Counter[tuple[str, bool]] = Counter()
        gone = [known[key] for key in verdict.gone]
        gone += [known[new.key] for new in verdict.appeared if new.key in known]
        for sign, violations in ((1, verdict.appeared), (-1, gone)):
            for violation in violations:
                rule = (violation.rule, violation.hard)
                counts[rule] += sign
                prices[rule] += sign * violation.cost
        changes = [
            RuleChange(rule, hard, counts[rule, hard], prices[rule, hard])
            for rule, hard in counts
            if prices[rule, hard] or (hard and counts[rule, hard])
        ]
        changes.sort(key=lambda change: (not change.hard, -abs(change.cost), change.rule))
        appeared = (violation for violation in verdict.appeared if violation.hard and violation.key not in known)
        score = Score(verdict.score.hard - before.hard, verdict.score.cost - before.cost)
        return OtherPlace(place, score, tuple(changes), tuple(appeared))


def _spread(found: Iterable[tuple[int, Place]], limit: int) -> list[Place]:
    """Return the first places, of those near one another in one room the first alone."""
    chosen: list[Place] = []
    for _cost, place in found:
        if len(chosen) == limit:
            break
        if all(other.room != place.room or abs(other.start - place.start) >= APART_MIN for other in chosen):
            chosen.append(place)
    return chosen
