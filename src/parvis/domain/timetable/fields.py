"""What a field of the timetable's records may hold, said once beside the field and checked everywhere.

The same marks serve the check of a problem made in code, and the reading and writing of the JSON file.
"""

from __future__ import annotations

from dataclasses import MISSING, dataclass, fields
from functools import cache
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

A_DAY = 24 * 60
LONGEST_MIN = 14 * 60  # as everywhere in the house: a session lasts at most fourteen hours
MANY = 1_000_000


@dataclass(frozen=True, slots=True)
class RefersTo:
    """The text is the key of something in this collection of the problem."""

    collection: str


@dataclass(frozen=True, slots=True)
class Between:
    """The number is at least `least` and at most `most`."""

    least: int
    most: int


@dataclass(frozen=True, slots=True)
class IsMoment:
    """The number is a moment: minutes from the timeline's origin. The JSON file writes it as a date and hour."""


@dataclass(frozen=True, slots=True)
class IsKey:
    """The text names its record: it is not empty, and stands once in its collection."""


Key = Annotated[str, IsKey()]
Moment = Annotated[int, IsMoment()]
Duration = Annotated[int, Between(1, LONGEST_MIN)]
Minutes = Annotated[int, Between(0, A_DAY)]
Step = Annotated[int, Between(1, A_DAY)]
Count = Annotated[int, Between(0, MANY)]
Amount = Annotated[int, Between(0, 1_000 * MANY)]  # what something costs, before its rule weighs it
SessionKey = Annotated[str, RefersTo("sessions")]
RoomKey = Annotated[str, RefersTo("rooms")]
DayKey = Annotated[str, RefersTo("days")]
PersonKey = Annotated[str, RefersTo("persons")]
OrganisationKey = Annotated[str, RefersTo("organisations")]
GroupKey = Annotated[str, RefersTo("groups")]
ThemeKey = Annotated[str, RefersTo("themes")]
TeamKey = Annotated[str, RefersTo("teams")]


@dataclass(frozen=True, slots=True)
class FieldShape:
    """One field of a record: its name, what one value is, and whether there may be none or many."""

    name: str
    kind: Any  # str, int, bool or a record's class
    many: bool
    optional: bool
    required: bool
    default: object
    refers_to: str | None = None
    between: Between | None = None
    is_moment: bool = False
    is_key: bool = False


@cache
def shape_of(record: type) -> tuple[FieldShape, ...]:
    """Return the fields that a record is made with, in order."""
    hints = get_type_hints(record, include_extras=True)
    return tuple(
        _shape(
            field.name,
            hints[field.name],
            required=field.default is MISSING and field.default_factory is MISSING,
            default=field.default_factory() if field.default_factory is not MISSING else field.default,
        )
        for field in fields(record)
        if field.init
    )


def _shape(name: str, hint: Any, *, required: bool, default: object) -> FieldShape:
    optional = many = False
    marks: list[object] = []
    while True:
        origin = get_origin(hint)
        if origin is Annotated:
            hint, *more = get_args(hint)
            marks += more
        elif origin in (Union, UnionType):
            optional = True
            hint = next(argument for argument in get_args(hint) if argument is not type(None))
        elif origin is tuple:
            many = True
            hint = get_args(hint)[0]
        else:
            break
    return FieldShape(
        name,
        hint,
        many=many,
        optional=optional,
        required=required,
        default=default,
        refers_to=next((mark.collection for mark in marks if isinstance(mark, RefersTo)), None),
        between=next((mark for mark in marks if isinstance(mark, Between)), None),
        is_moment=any(isinstance(mark, IsMoment) for mark in marks),
        is_key=any(isinstance(mark, IsKey) for mark in marks),
    )
