"""What must hold of a problem and its rules before anything is judged: keys once, numbers in bounds, nothing dangling.

Each refusal names the place at fault as the JSON file would write it: `sessions[12].duration_min`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import is_dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from parvis.domain.refusals import N_, Refusal
from parvis.domain.timetable.fields import FieldShape, shape_of

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

LONGEST_SHOWN = 20
Known = Mapping[str, frozenset[str]]


class KeyEmpty(Refusal):
    """Everything has a name by which the rest refers to it."""

    sentence = N_("%(path)s is empty: give it a key of its own.")


class KeyTwice(Refusal):
    """A key stands once in its list."""

    sentence = N_("%(path)s: the key “%(found)s” stands there twice. Keys are given once.")


class NothingByThatKey(Refusal):
    """What is referred to is there."""

    sentence = N_("%(path)s: there is no “%(found)s” in %(collection)s.")


class OutOfBounds(Refusal):
    """Numbers are within reason."""

    sentence = N_("%(path)s: a number from %(least)s to %(most)s is expected, not %(found)s.")


class EndsBeforeItBegins(Refusal):
    """What ends, ends after it began."""

    sentence = N_("%(path)s: the end must be later than the beginning.")


class DaysOverlap(Refusal):
    """A moment belongs to one day."""

    sentence = N_("%(path)s begins before the day “%(other)s” has closed: a moment belongs to one day.")


def check_record(record: DataclassInstance, path: str, known: Known) -> None:
    """Raise the refusal that names what is wrong in a record or in the records that it holds."""
    for shape in _checked_fields(type(record)):
        value = getattr(record, shape.name)
        if value is None:
            continue
        at = f"{path}.{shape.name}" if path else shape.name
        if shape.many:
            _check_many(value, shape, at, known)
        else:
            _check_one(value, shape, at, known)


def check_span(starts: int, ends: int, path: str) -> None:
    """Raise `EndsBeforeItBegins` unless something lasts."""
    if ends <= starts:
        raise EndsBeforeItBegins(path=path)


def check_keys(keys: Iterable[str], collection: str) -> frozenset[str]:
    """Return the keys of a collection. Raises `KeyEmpty`, `KeyTwice`."""
    seen: set[str] = set()
    for position, key in enumerate(keys):
        if not key.strip():
            raise KeyEmpty(path=f"{collection}[{position}].key")
        if key in seen:
            raise KeyTwice(path=f"{collection}[{position}].key", found=key)
        seen.add(key)
    return frozenset(seen)


@cache
def _checked_fields(kind: type) -> tuple[FieldShape, ...]:
    return tuple(
        shape
        for shape in shape_of(kind)
        if shape.refers_to is not None or shape.between is not None or is_dataclass(shape.kind)
    )


def _check_many(values: tuple[Any, ...], shape: FieldShape, path: str, known: Known) -> None:
    if shape.refers_to is not None and known[shape.refers_to].issuperset(values):
        return  # the usual case, at the speed of sets: registrations hold many thousand choices
    for position, value in enumerate(values):
        _check_one(value, shape, f"{path}[{position}]", known)


def _check_one(value: Any, shape: FieldShape, path: str, known: Known) -> None:
    if shape.refers_to is not None:
        if value not in known[shape.refers_to]:
            raise NothingByThatKey(path=path, found=value, collection=shape.refers_to)
    elif shape.between is not None:
        if not shape.between.least <= value <= shape.between.most:
            found = str(value)[:LONGEST_SHOWN]  # four thousand digits are no help
            raise OutOfBounds(path=path, least=shape.between.least, most=shape.between.most, found=found)
    elif is_dataclass(value) and not isinstance(value, type):
        check_record(value, path, known)
        if hasattr(value, "starts") and hasattr(value, "ends"):
            check_span(value.starts, value.ends, path)
