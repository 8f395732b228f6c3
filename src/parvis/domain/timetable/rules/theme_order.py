"""The order of a theme's sessions among themselves: the first of them first, wherever they take place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from parvis.domain.refusals import N_
from parvis.domain.timetable.board import Board
from parvis.domain.timetable.checks import KeyTwice
from parvis.domain.timetable.fields import MANY, Between, SessionKey
from parvis.domain.timetable.problem import Problem
from parvis.domain.timetable.rules.judges import Judge
from parvis.domain.timetable.rules.rule import Rule
from parvis.domain.timetable.rules.theme_parallels import OfTracks
from parvis.domain.timetable.verdicts import Title, Words

Position = Annotated[int, Between(1, MANY)]


@dataclass(frozen=True, slots=True)
class OrderPlace:
    """The place of a session among those of its theme, counted from 1."""

    session: SessionKey
    position: Position


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeOrder(Rule):
    """The sessions of a theme are in the order given by `places`.

    They are counted day by day, room by room (by the rooms' position), and as they begin; those without a given place
    are counted too. The amount, of a theme, is how many sessions with a given place are at another.
    """

    kind: ClassVar[str] = "theme_order"
    sentence: ClassVar[str] = N_("The sessions of a theme keep the order that is set for them.")

    hard: bool = False
    places: tuple[OrderPlace, ...]

    def check(self, problem: Problem, path: str) -> None:
        """Raise `KeyTwice`: a session has one place."""
        seen: set[str] = set()
        for position, place in enumerate(self.places):
            if place.session in seen:
                raise KeyTwice(path=f"{path}.places[{position}].session", found=place.session)
            seen.add(place.session)

    def judge(self, problem: Problem) -> Judge:
        """Return the judge of this rule."""
        return _ThemeOrder(self, problem)


class _ThemeOrder(OfTracks):
    by_room = True

    def __init__(self, rule: ThemeOrder, problem: Problem) -> None:
        super().__init__(rule, problem)
        self.position = {place.session: place.position for place in rule.places if place.session in self.concerned}
        ordered = {self.cells.track_of[session] for session in self.position}
        self.concerned = frozenset(s for s, track in self.cells.track_of.items() if track in ordered)

    def misplaced(self, track: int, board: Board) -> list[str]:
        """Return the sessions of a track that are not at their place, in the order in which they stand."""
        placed = sorted(
            (day, self.cells.room_number[place.room], place.start, session)
            for session, place, day in self.cells.placed(track, board)
        )
        return [
            session
            for at, (_day, _room, _start, session) in enumerate(placed, start=1)
            if self.position.get(session, at) != at
        ]

    def amount(self, subject: int, board: Board) -> int:
        return len(self.misplaced(subject, board))

    def words(self, track: int, board: Board) -> Words:
        titles = tuple(Title(self.title(session)) for session in self.misplaced(track, board))
        return Words(
            N_("The sessions of “%(theme)s” are not in their order: %(titles)s."),
            {"theme": self.cells.track_name(track), "titles": titles},
        )
