"""What the judge says, as JSON values and back: so that it can be kept, or come from another process, untranslated."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast

from parvis.domain.timetable.verdicts import FormatName, Hours, LanguagePair, One, Param, Span, Title, Words

Json = dict[str, Any]


def write_words(words: Words) -> Json:
    """Return a sentence as JSON values: its msgid, and what fills it. Moments are ISO with their offset."""
    return {"sentence": str(words.sentence), "params": {name: _written(value) for name, value in words.params.items()}}


def read_words(value: Mapping[str, Any]) -> Words:
    """Return what `write_words` wrote. Raises `ValueError`, `KeyError` or `TypeError` for what it did not write."""
    params: dict[str, Param] = {name: _read(each) for name, each in dict(value.get("params") or {}).items()}
    return Words(str(value["sentence"]), params)


def _written(value: Param) -> Any:
    if isinstance(value, Span):
        return {"span": [value.starts.isoformat(), value.ends.isoformat()]}
    if isinstance(value, tuple):
        return [_written(item) for item in value]
    if isinstance(value, datetime):
        return {"moment": value.isoformat()}
    if isinstance(value, Hours):
        return {"hours": [_written(span) for span in value.spans], "name": value.name}
    if isinstance(value, LanguagePair):
        return {"sources": list(value.sources), "target": value.target}
    if isinstance(value, FormatName):
        return {"format": value.format}
    if isinstance(value, Title):
        return {"title": value.text}
    return value


def _read(value: Any) -> Param:
    if isinstance(value, list):
        return tuple(cast(One, _read(item)) for item in value)
    if not isinstance(value, dict):
        return value if isinstance(value, int) else str(value)
    if "span" in value:
        starts, ends = value["span"]
        return Span(datetime.fromisoformat(starts), datetime.fromisoformat(ends))
    if "moment" in value:
        return datetime.fromisoformat(value["moment"])
    if "hours" in value:
        return Hours(str(value["name"]), tuple(cast(Span, _read(span)) for span in value["hours"]))
    if "sources" in value:
        return LanguagePair(tuple(value["sources"]), str(value["target"]))
    if "format" in value:
        return FormatName(str(value["format"]))
    return Title(str(value["title"]))
