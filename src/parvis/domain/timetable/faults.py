"""The faults of one session at a place, found among its neighbours on the board; the inner loop of all that changes."""

from __future__ import annotations

from parvis.domain.timetable.board import Board
from parvis.domain.timetable.jury import Panel, Piece
from parvis.domain.timetable.placements import Place

Amounts = dict[Piece, int]


def faults_of(panel: Panel, board: Board, session: str, place: Place | None) -> Amounts:
    """Return what is wrong with a session at a place, alone and with each other session as it stands.

    Where the session itself stands on the board does not matter. What is judged as a crowd is not looked at.
    """
    found: Amounts = {}
    for rank, single in panel.singles[session]:
        if place is not None or single.when_unplaced:
            amount = single.amount(session, place)
            if amount:
                found[rank, session] = amount
    if place is not None:
        _in_its_room(panel, board, session, place, found)
        _near_it(panel, board, session, place, found)
    return found


def _in_its_room(panel: Panel, board: Board, session: str, place: Place, found: Amounts) -> None:
    places, duration = board.places, board.duration
    starts, ends = place.start, place.start + duration[session]
    for rank, clash in panel.room_clashes:
        if session in clash.concerned:
            reach = clash.reach
            for other in board.in_room[place.room] & clash.concerned:
                start = places[other].start
                if start < ends + reach and starts < start + duration[other] + reach and other != session:
                    found[_pair(rank, session, other)] = clash.amount_between(session, other)


def _near_it(panel: Panel, board: Board, session: str, place: Place, found: Amounts) -> None:
    places, duration = board.places, board.duration
    starts, ends = place.start, place.start + duration[session]
    near = board.around(starts - panel.reach, ends + panel.reach) if panel.clashes or panel.pairs else set()
    near.discard(session)
    for rank, clash in panel.clashes:
        if session in clash.concerned:
            partners, reach = clash.partners(session), clash.reach
            for other in near & (clash.concerned if partners is None else partners):
                start = places[other].start
                if start < ends + reach and starts < start + duration[other] + reach:
                    amount = clash.amount_between(session, other)
                    if amount:
                        found[_pair(rank, session, other)] = amount
    for rank, pair in panel.pairs:
        if session in pair.concerned:
            partners = pair.partners(session)
            among = pair.concerned if partners is None else partners
            for other in among & near if pair.reach is not None else among:
                there = places.get(other)
                if there is None or other == session:
                    continue
                if session < other:
                    amount = pair.amount(session, place, other, there)
                else:
                    amount = pair.amount(other, there, session, place)
                if amount:
                    found[_pair(rank, session, other)] = amount


def _pair(rank: int, one: str, other: str) -> Piece:
    return (rank, one, other) if one < other else (rank, other, one)
