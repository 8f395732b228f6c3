"""Frozen records kept as JSON: dataclasses out, dataclasses in.

Unknown keys are passed over, so that a record written by a newer version can still be read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, asdict, fields, is_dataclass
from functools import cache
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

Record = TypeVar("Record")


@cache
def _shape(kind: type) -> dict[str, tuple[Any, bool]]:
    hints = get_type_hints(kind)
    return {
        field.name: (hints[field.name], field.default is MISSING and field.default_factory is MISSING)
        for field in fields(kind)
    }


Reader = Callable[[Any], Any]


@cache
def _reader(kind: Any) -> Reader | None:
    """Return what reads a value of a type; None where JSON holds it as it is. Made once: releases are large."""
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        present = _reader(next(a for a in get_args(kind) if a is not type(None)))
        return present and (lambda value: None if value is None else present(value))
    if origin is list:
        one = _reader(get_args(kind)[0])
        return list if one is None else (lambda value: [one(item) for item in value])
    return _record_reader(kind) if isinstance(kind, type) and is_dataclass(kind) else None


def _record_reader(kind: type) -> Reader:
    parts = [(name, _reader(hint)) for name, (hint, _needed) in _shape(kind).items()]

    def read(value: Mapping[str, Any]) -> Any:
        return kind(**{name: value[name] if one is None else one(value[name]) for name, one in parts if name in value})

    return read


def read_record(kind: type[Record], value: Mapping[str, Any]) -> Record:
    """Return the dataclass `kind` from the JSON that `write_record` made.

    Raises `ValueError` where a field without a default is missing.
    """
    shape = _shape(kind)  # type: ignore[arg-type]  # a class is hashable
    missing = [name for name, (_hint, needed) in shape.items() if needed and name not in value]
    if missing:
        raise ValueError(f"{kind.__name__} lacks {', '.join(missing)}")
    reader = _reader(kind)  # type: ignore[arg-type]  # a class is hashable
    record = reader(value) if reader else None
    assert isinstance(record, kind)  # noqa: S101 - the reader of a dataclass builds one
    return record


def write_record(record: Any) -> dict[str, Any]:
    """Return a dataclass as plain JSON values."""
    return asdict(record)
