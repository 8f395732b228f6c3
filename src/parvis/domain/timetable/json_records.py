"""Records of the timetable as plain JSON values, and back: rooms, sessions, rules.

What a field may hold is said beside the field (`fields`); fields at their default are left out. A moment is written as
the venue's clocks show it, with its offset (`2025-03-30T14:30+02:00`), so that it stays true when the origin moves; it
may be read without the offset where that is not ambiguous. Whatever is wrong is refused with its path in the file.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import is_dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from parvis.domain.refusals import N_, Refusal
from parvis.domain.timetable.fields import FieldShape, shape_of
from parvis.domain.timetable.rules import KINDS, Rule
from parvis.domain.timetable.timeline import (
    HourDoesNotExist,
    HourExistsTwice,
    NotAWholeMinute,
    OutOfTime,
    Timeline,
)

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Json = dict[str, Any]
LONG = 60  # characters of a wrong value that are shown
Record = TypeVar("Record")


class FieldMissing(Refusal):
    """What has no default is given."""

    sentence = N_("%(path)s is missing.")


class FieldUnknown(Refusal):
    """A misspelled field is not passed over in silence."""

    sentence = N_("%(path)s is not a field that is known here. Known are: %(known)s.")


class TextExpected(Refusal):
    """The field holds text."""

    sentence = N_("%(path)s: text between quotation marks is expected, not %(found)s.")


class NumberExpected(Refusal):
    """The field holds a whole number."""

    sentence = N_("%(path)s: a whole number is expected, not %(found)s.")


class YesOrNoExpected(Refusal):
    """The field holds true or false."""

    sentence = N_("%(path)s: true or false is expected, not %(found)s.")


class ListExpected(Refusal):
    """The field holds a list."""

    sentence = N_("%(path)s: a list is expected, not %(found)s.")


class ObjectExpected(Refusal):
    """The field holds an object."""

    sentence = N_("%(path)s: an object with named fields is expected, not %(found)s.")


class MomentExpected(Refusal):
    """The field holds a date with its hour."""

    sentence = N_("%(path)s: a date and hour like 2025-03-30T14:30+02:00 is expected, not %(found)s.")


class SecondsInMoment(Refusal):
    """Timetables know no seconds."""

    sentence = N_("%(path)s: %(found)s is not a whole minute.")


class MomentOutOfReach(Refusal):
    """Moments are within reason."""

    sentence = N_("%(path)s: %(found)s is out of reach: moments are in the years from 1950 to 2200.")


class MomentMissing(Refusal):
    """On the night when clocks go forward, an hour is missing."""

    sentence = N_("%(path)s: %(found)s does not exist in %(zone)s, where the clocks go forward then.")


class MomentTwice(Refusal):
    """On the night when clocks go back, an hour comes twice."""

    sentence = N_(
        "%(path)s: %(found)s comes twice in %(zone)s, where the clocks go back then. Write its offset, like +02:00."
    )


class ZoneUnknown(Refusal):
    """A time zone is one of the IANA database."""

    sentence = N_("%(path)s: there is no time zone %(found)s. Write it like Europe/Paris.")


IN_THE_FILE: dict[type[Refusal], type[Refusal]] = {
    NotAWholeMinute: SecondsInMoment,
    OutOfTime: MomentOutOfReach,
    HourDoesNotExist: MomentMissing,
    HourExistsTwice: MomentTwice,
}


class UnknownRuleKind(Refusal):
    """Rules are of the kinds that this version knows."""

    sentence = N_("%(path)s: there is no kind of rule called “%(found)s”. Known are: %(known)s.")


def write_record(record: DataclassInstance, timeline: Timeline, *, without: Collection[str] = ()) -> Json:
    """Return a record as JSON values, without the fields named and those that are at their default."""
    written: Json = {}
    for shape in shape_of(type(record)):
        value = getattr(record, shape.name)
        if shape.name in without or (not shape.required and value == shape.default):
            continue
        if value is None:
            written[shape.name] = None
        elif shape.many:
            written[shape.name] = [_written(item, shape, timeline) for item in value]
        else:
            written[shape.name] = _written(value, shape, timeline)
    return written


def read_record(kind: type[Record], value: object, path: str, timeline: Timeline) -> Record:
    """Return a record from JSON values; `path` is where they stand in the file. Raises the refusals of this file.

    References and bounds are checked later, by the problem.
    """
    return kind(**read_fields(kind, as_object(value, path), path, timeline))


def read_fields(
    kind: type, given: Mapping[str, Any], path: str, timeline: Timeline, *, without: Collection[str] = ()
) -> dict[str, Any]:
    """Return what a record is made with, without the fields named. Raises as `read_record`."""
    shapes = [shape for shape in shape_of(kind) if shape.name not in without]
    known = {shape.name for shape in shapes}
    for name in given:
        if name not in known:
            raise FieldUnknown(path=joined(path, name), known=", ".join(shape.name for shape in shapes))
    read = {}
    for shape in shapes:
        at = joined(path, shape.name)
        if shape.name in given:
            read[shape.name] = _read(given[shape.name], shape, at, timeline)
        elif shape.required:
            raise FieldMissing(path=at)
    return read


def write_rule(rule: Rule, timeline: Timeline) -> Json:
    """Return a rule as JSON values, its kind first."""
    return {"kind": rule.kind, **write_record(rule, timeline)}


def read_rule(value: object, path: str, timeline: Timeline) -> Rule:
    """Return a rule from JSON values. Raises `UnknownRuleKind`, and what `read_record` raises."""
    given = as_object(value, path)
    kind = given.get("kind")
    if kind is None:
        raise FieldMissing(path=joined(path, "kind"))
    if not isinstance(kind, str) or kind not in KINDS:
        raise UnknownRuleKind(path=joined(path, "kind"), found=shown(kind), known=", ".join(KINDS))
    return read_record(KINDS[kind], {name: item for name, item in given.items() if name != "kind"}, path, timeline)


def read_moment(value: object, path: str, timeline: Timeline) -> int:
    """Return the minute of a moment as the file writes it. Raises `MomentExpected`, and those of `IN_THE_FILE`."""
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) and len(value) > len("2025-03-30") else None
    except ValueError:
        moment = None
    if moment is None:
        raise MomentExpected(path=path, found=shown(value))
    try:
        return timeline.minute_of_wall(moment) if moment.tzinfo is None else timeline.minute(moment)
    except tuple(IN_THE_FILE) as refusal:
        places: dict[str, Any] = refusal.params
        raise IN_THE_FILE[type(refusal)](path=path, **places) from None


def write_moment(minute: int, timeline: Timeline) -> str:
    """Return a moment as the venue's clocks show it, with its offset."""
    return timeline.moment(minute).isoformat(timespec="minutes")


def as_object(value: object, path: str) -> Mapping[str, Any]:
    """Return the value if it is an object. Raises `ObjectExpected`."""
    if not isinstance(value, dict):
        raise ObjectExpected(path=path, found=shown(value))
    return value


def as_list(value: object, path: str) -> list[Any]:
    """Return the value if it is a list. Raises `ListExpected`."""
    if not isinstance(value, list):
        raise ListExpected(path=path, found=shown(value))
    return value


def joined(path: str, name: str) -> str:
    """Return the path of a field."""
    return f"{path}.{name}" if path else name


def shown(value: object) -> str:
    """Return a value as the file has it, cut where it is long."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, dict):
        return "{…}"
    if isinstance(value, list):
        return "[…]"
    text = str(value)
    text = text if len(text) <= LONG else text[: LONG - 1] + "…"
    return f"“{text}”" if isinstance(value, str) else text


def _written(value: Any, shape: FieldShape, timeline: Timeline) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return write_record(value, timeline)
    return write_moment(value, timeline) if shape.is_moment else value


def _read(value: object, shape: FieldShape, path: str, timeline: Timeline) -> object:
    if value is None and shape.optional:
        return None
    if shape.many:
        return tuple(
            _read_one(item, shape, f"{path}[{position}]", timeline)
            for position, item in enumerate(as_list(value, path))
        )
    return _read_one(value, shape, path, timeline)


def _read_one(value: object, shape: FieldShape, path: str, timeline: Timeline) -> object:
    if isinstance(shape.kind, type) and is_dataclass(shape.kind):
        return read_record(shape.kind, value, path, timeline)
    if shape.is_moment:
        return read_moment(value, path, timeline)
    if shape.kind is str:
        if not isinstance(value, str):
            raise TextExpected(path=path, found=shown(value))
    elif shape.kind is bool:
        if not isinstance(value, bool):
            raise YesOrNoExpected(path=path, found=shown(value))
    elif isinstance(value, bool) or not isinstance(value, int):
        raise NumberExpected(path=path, found=shown(value))
    return value
