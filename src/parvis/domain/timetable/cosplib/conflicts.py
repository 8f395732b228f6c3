"""Which submissions and tracks share people, as CoSPLib counts it: presenters, attendees, chairs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import combinations, product

from parvis.domain.timetable.cosplib.instance import CosplibInstance

Pair = tuple[int, int]  # positions, the smaller first


class _People:
    """By person: what they present, attend, and which submissions stand in the tracks that they chair."""

    def __init__(self, instance: CosplibInstance) -> None:
        self.track = [submission.track for submission in instance.submissions]
        self.presents = _by_person(enumerate(one.presenters for one in instance.submissions))
        self.attends = _by_person(enumerate(one.attendees for one in instance.submissions))
        of_track: dict[str, list[int]] = {}
        for at, track in enumerate(self.track):
            of_track.setdefault(track, []).append(at)
        self.chairs: dict[str, list[int]] = {}
        for chaired in instance.tracks:
            for person in set(chaired.chairs):
                self.chairs.setdefault(person, []).extend(of_track.get(chaired.name, ()))

    def with_chaired(self, by_person: Mapping[str, list[int]]) -> Iterable[Pair]:
        """Yield pairs of a submission and one of another track that its person chairs."""
        for person, own in by_person.items():
            for one, other in product(own, self.chairs.get(person, ())):
                if self.track[one] != self.track[other]:
                    yield _pair(one, other)


def presenter_pairs(instance: CosplibInstance) -> list[Pair]:
    """Return the pairs that share a presenter, or of which one's presenter chairs the other's different track."""
    people = _People(instance)
    found = {pair for own in people.presents.values() for pair in combinations(own, 2)}
    found.update(people.with_chaired(people.presents))
    return sorted(found)


def attendee_pairs(instance: CosplibInstance) -> list[Pair]:
    """Return the pairs that share an attendee, or of which one's attendee presents the other or chairs its track."""
    people = _People(instance)
    found = {pair for own in people.attends.values() for pair in combinations(own, 2)}
    for person, own in people.attends.items():
        found.update(_pair(one, other) for one, other in product(own, people.presents.get(person, ())) if one != other)
    found.update(people.with_chaired(people.attends))
    return sorted(found)


def chair_pairs(instance: CosplibInstance) -> list[Pair]:
    """Return the pairs of tracks that share a chair."""
    chaired = _by_person(enumerate(track.chairs for track in instance.tracks))
    return sorted({pair for own in chaired.values() for pair in combinations(own, 2)})


def ordered_pairs(instance: CosplibInstance) -> list[Pair]:
    """Return the pairs of submissions of one track that both have a place in its order."""
    ordered: dict[str, list[int]] = {}
    for at, submission in enumerate(instance.submissions):
        if submission.order:
            ordered.setdefault(submission.track, []).append(at)
    return sorted(pair for own in ordered.values() for pair in combinations(own, 2))


def _pair(one: int, other: int) -> Pair:
    return (one, other) if one < other else (other, one)


def _by_person(named: Iterable[tuple[int, tuple[str, ...]]]) -> dict[str, list[int]]:
    """Return for each person where they are named, in order."""
    found: dict[str, list[int]] = {}
    for at, people in named:
        for person in dict.fromkeys(people):
            found.setdefault(person, []).append(at)
    return found
