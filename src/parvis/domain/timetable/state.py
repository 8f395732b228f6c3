"""A timetable under change: the verdict after a move without judging the rest anew, and what a move would change.

Held by a test on random problems and moves: after any moves, `State.violations()` is what `violations()` says.

A fault is kept under the piece where it lies. When a session moves, the faults in which it stands alone or with
another are found anew among its neighbours (`Board`); of the subjects that are judged as a crowd, those are judged anew
that its old or its new place touches. Everything else stays as it is. A state serves one thread at a time; a change of
facts (a session made longer) needs a new one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from parvis.domain.timetable.board import Board
from parvis.domain.timetable.faults import Amounts, faults_of
from parvis.domain.timetable.jury import Jury, Piece
from parvis.domain.timetable.placements import Move, NoSuchRoom, NoSuchSession, Place, Placements, check_placements
from parvis.domain.timetable.problem import Problem
from parvis.domain.timetable.rules import Rule
from parvis.domain.timetable.rules.judges import CrowdJudge, SingleJudge, TwoJudge
from parvis.domain.timetable.verdicts import Score, Violation


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a move did: the move itself (`move.undone` takes it back), the new score, and which violations changed.

    `appeared` are new, or say something else now; `gone` are the keys of violations that are no more.
    """

    move: Move
    score: Score
    appeared: tuple[Violation, ...]
    gone: tuple[str, ...]


class State:
    """Placements that change, with their faults. Raises what `check_rules` and `check_placements` raise."""

    def __init__(
        self, problem: Problem, rules: Sequence[Rule], placements: Placements | None = None, *, jury: Jury | None = None
    ) -> None:
        """Judge all once. A `jury` made before for the same problem and rules is used as it is."""
        placements = placements if placements is not None else Placements()
        check_placements(problem, placements)
        self.jury = jury if jury is not None else Jury(problem, rules)
        self.problem = problem
        self.board = Board(problem, placements)
        self._amounts: Amounts = {}
        self._violations: dict[Piece, Violation] = {}
        self._pieces_of: dict[str, set[Piece]] = {session: set() for session in self.jury.duration}
        self._hard = self._cost = 0
        for session in self.jury.duration:
            for piece, amount in faults_of(self.jury, self.board, session, self.board.places.get(session)).items():
                if piece not in self._amounts:
                    self._record(piece, amount)
        for rank, judge in self.jury.crowds:
            for subject in judge.subjects(self.board):
                amount = judge.amount(subject, self.board)
                if amount:
                    self._record((rank, subject), amount)

    @property
    def placements(self) -> Placements:
        """Return where sessions stand now, as an immutable mapping."""
        return Placements(self.board.places)

    @property
    def score(self) -> Score:
        """Return the score of all violations."""
        return Score(self._hard, self._cost)

    def place_of(self, session: str) -> Place | None:
        """Return where a session stands."""
        return self.board.places.get(session)

    def delta(self, session: str, place: Place | None) -> Score:
        """Return by how much the score would change if a session went to `place`; nothing is changed."""
        self._check(session, place)
        was = self.board.put(session, place)
        after = self._changed(session, was, place)
        self.board.put(session, was)
        hard, cost = self._sum(after)
        before = self._sum({piece: self._amounts.get(piece, 0) for piece in self._at_stake(session, after)})
        return Score(hard - before[0], cost - before[1])

    def delta_of(self, moves: Sequence[tuple[str, Place | None]]) -> Score:
        """Return by how much the score would change after several moves, as in an exchange; nothing is changed."""
        before = self.score
        undo = [(session, self.apply(session, place)) for session, place in moves]
        after = self.score
        for session, was in reversed(undo):
            self.apply(session, was)
        return Score(after.hard - before.hard, after.cost - before.cost)

    def apply(self, session: str, place: Place | None) -> Place | None:
        """Move a session; return where it stood. For loops that need no words: `move` tells what changed."""
        self._check(session, place)
        was = self.board.put(session, place)
        after = self._changed(session, was, place)
        for piece in self._at_stake(session, after):
            self._drop(piece)
        for piece, amount in after.items():
            if amount:
                self._record(piece, amount)
        return was

    def move(self, session: str, place: Place | None) -> Verdict:
        """Move a session and return the verdict, with the violations that appeared and those that are gone."""
        self._check(session, place)
        was = self.board.places.get(session)
        before = {piece: self._violation(piece).key for piece in self._pieces_at(session, was, place)}
        told = {piece: self._violations[piece] for piece in before}
        self.apply(session, place)
        after = {piece: self._violation(piece) for piece in self._pieces_at(session, was, place)}
        changed = [after[piece] for piece in sorted(after) if piece not in told or told[piece] != after[piece]]
        gone = [before[piece] for piece in sorted(before) if piece not in after]
        return Verdict(Move(session, was, place), self.score, tuple(changed), tuple(gone))

    def violations(self) -> list[Violation]:
        """Return all violations, in the order of `violations()`."""
        return [self._violation(piece) for piece in sorted(self._amounts)]

    def violations_of(self, session: str) -> list[Violation]:
        """Return the violations in which a session stands, in the same order."""
        return [violation for violation in self.violations() if session in violation.sessions]

    # How it works

    def _check(self, session: str, place: Place | None) -> None:
        if session not in self.jury.duration:
            raise NoSuchSession(path="placements", found=session)
        if place is not None and place.room not in self.board.in_room:
            raise NoSuchRoom(path=f"placements.{session}.room", found=place.room)

    def _changed(self, session: str, was: Place | None, place: Place | None) -> Amounts:
        """Return the faults after the board has changed, in all pieces that the move may touch; 0 where none is."""
        found = faults_of(self.jury, self.board, session, place)
        for rank, judge in self.jury.crowds:
            for subject in self._subjects(judge, session, was, place):
                found[rank, subject] = judge.amount(subject, self.board)
        return found

    def _subjects(self, judge: CrowdJudge, session: str, was: Place | None, place: Place | None) -> set[int]:
        found: set[int] = set()
        if session in judge.concerned:
            for end in (was, place):
                if end is not None:
                    found.update(judge.touched(session, end, self.board))
        return found

    def _at_stake(self, session: str, after: Amounts) -> set[Piece]:
        """Return the pieces with a fault before the move that the move may touch."""
        return self._pieces_of[session] | {piece for piece in after if piece in self._amounts}

    def _pieces_at(self, session: str, was: Place | None, place: Place | None) -> set[Piece]:
        """Return the pieces with a fault now that a move between two places may touch."""
        crowd: set[Piece] = {
            (rank, subject)
            for rank, judge in self.jury.crowds
            for subject in self._subjects(judge, session, was, place)
        }
        return self._pieces_of[session] | {piece for piece in crowd if piece in self._amounts}

    def _sum(self, amounts: Amounts) -> tuple[int, int]:
        jury = self.jury
        hard = sum(jury.hard[piece[0]] for piece, amount in amounts.items() if amount)
        return hard, sum(jury.weights[piece[0]] * amount for piece, amount in amounts.items())

    def _record(self, piece: Piece, amount: int) -> None:
        self._amounts[piece] = amount
        for session in piece[1:]:
            if isinstance(session, str):
                self._pieces_of[session].add(piece)
        self._hard += self.jury.hard[piece[0]]
        self._cost += self.jury.weights[piece[0]] * amount

    def _drop(self, piece: Piece) -> None:
        amount = self._amounts.pop(piece)
        self._violations.pop(piece, None)
        for session in piece[1:]:
            if isinstance(session, str):
                self._pieces_of[session].discard(piece)
        self._hard -= self.jury.hard[piece[0]]
        self._cost -= self.jury.weights[piece[0]] * amount

    def _violation(self, piece: Piece) -> Violation:
        """Return the violation of a piece, in words; made when somebody asks, and kept while it stands."""
        known = self._violations.get(piece)
        if known is None:
            known = self._violations[piece] = self._told(piece, self._amounts[piece])
        return known

    def _told(self, piece: Piece, amount: int) -> Violation:
        judge, places = self.jury.judges[piece[0]], self.board.places
        subject = piece[1]
        if isinstance(judge, TwoJudge) and len(piece) == 3:
            one, other = piece[1], piece[2]
            return judge.violation(one, places[one], other, places[other], amount)
        if isinstance(judge, SingleJudge) and isinstance(subject, str):
            return judge.violation(subject, places.get(subject), amount)
        assert isinstance(judge, CrowdJudge) and isinstance(subject, int)  # noqa: S101 - there is no fourth
        return judge.violation(subject, self.board, amount)
