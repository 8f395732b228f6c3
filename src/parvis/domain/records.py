"""Frozen records kept as JSON: dataclasses out, dataclasses in.

Unknown keys are passed over, so that a record written by a newer version can still be read.
"""

from __future__ import annotations

from collections.abc import Mapping
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


def _read(kind: Any, value: Any) -> Any:
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        return None if value is None else _read(next(a for a in get_args(kind) if a is not type(None)), value)
    if origin is list:
        inner = get_args(kind)[0]
        return [_read(inner, item) for item in value] if is_dataclass(inner) else list(value)
    if isinstance(kind, type) and is_dataclass(kind):
        return kind(
            **{name: _read(hint, value[name]) for name, (hint, _needed) in _shape(kind).items() if name in value}
        )
    return value


def read_record(kind: type[Record], value: Mapping[str, Any]) -> Record:
    """Return the dataclass `kind` from the JSON that `write_record` made.

    Raises `ValueError` where a field without a default is missing.
    """
    shape = _shape(kind)  # type: ignore[arg-type]  # a class is hashable
    missing = [name for name, (_hint, needed) in shape.items() if needed and name not in value]
    if missing:
        raise ValueError(f"{kind.__name__} lacks {', '.join(missing)}")
    record = _read(kind, value)
    assert isinstance(record, kind)  # noqa: S101 - `_read` builds what it is asked for
    return record


def write_record(record: Any) -> dict[str, Any]:
    """Return a dataclass as plain JSON values."""
    return asdict(record)
