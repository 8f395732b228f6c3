"""What participants lose of their choices on a board, kept up to date by looking again only at who chose what moved.

A choice that has no place yet is lost.
"""

from __future__ import annotations

from collections.abc import Collection

from parvis.domain.timetable.board import Board
from parvis.domain.timetable.placements import Place
from parvis.domain.timetable.problem import Problem
from parvis.domain.timetable.rules.following import Follower
from parvis.domain.timetable.worth import attendable, worth_of_choices


class Losses:
    """The losses of each participant who chose one of the `sessions`, of each party, and of those who lose most.

    `parties` are the organisations for which participants come, in the order of their keys; a party is named by its
    position there, and the one after the last is those who come for none.
    """

    def __init__(self, problem: Problem, sessions: Collection[str]) -> None:
        self.parties = sorted({one.organisation for one in problem.registrations if one.organisation is not None})
        number: dict[str | None, int] = {key: position for position, key in enumerate(self.parties)}
        number[None] = len(self.parties)
        self.duration = problem.duration_of
        self.choices: list[tuple[tuple[str, int], ...]] = []
        self.party: list[int] = []
        for one in problem.registrations:
            worth = worth_of_choices(one)
            if not all(session in sessions for session in one.choices):
                worth = tuple(choice for choice in worth if choice[0] in sessions)
            if worth:
                self.choices.append(worth)
                self.party.append(number[one.organisation])
        self.choosers: dict[str, list[int]] = {}
        for who, choices in enumerate(self.choices):
            for session, _worth in choices:
                self.choosers.setdefault(session, []).append(who)
        self.wanted = [sum(worth for _session, worth in choices) for choices in self.choices]
        self.wanted_of = [0] * (len(self.parties) + 1)
        for party, wanted in zip(self.party, self.wanted, strict=True):
            self.wanted_of[party] += wanted
        # On a board without anything:
        self.loss = list(self.wanted)
        self.loss_of = list(self.wanted_of)
        self.losing = [0] * (max(self.wanted, default=0) + 1)  # how many lose so much
        for wanted in self.wanted:
            self.losing[wanted] += 1
        self.follower = Follower(self.choosers)

    def follow(self, board: Board) -> None:
        """Bring the losses up to date with a board."""
        moved = self.follower.moved(board)
        for who in {who for session, _before, _now in moved for who in self.choosers[session]}:
            self._reckon(who, board.places)

    def _reckon(self, who: int, places: dict[str, Place]) -> None:
        spans = []
        for session, worth in self.choices[who]:
            place = places.get(session)
            if place is not None:
                spans.append((place.start, place.start + self.duration[session], worth))
        loss, before = self.wanted[who] - attendable(spans), self.loss[who]
        if loss != before:
            self.loss[who] = loss
            self.loss_of[self.party[who]] += loss - before
            self.losing[before] -= 1
            self.losing[loss] += 1

    def of_worst(self, count: int) -> int:
        """Return what those `count` participants lose together who lose most."""
        lost, left = 0, count
        for loss in range(len(self.losing) - 1, 0, -1):
            many = min(left, self.losing[loss])
            lost += many * loss
            left -= many
            if not left:
                break
        return lost
