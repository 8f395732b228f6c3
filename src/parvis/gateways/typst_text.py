"""Keeps out of documents what the compiler refuses: PDF/UA allows no character that no font can show."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import typst

EXPORTS = Path(__file__).resolve().parents[1] / "exports"
FONTS = EXPORTS / "fonts"
STAND_IN = "\ufffd"
# Controls but tab and line feed, surrogates left alone, byte order marks, overrides of direction, non-characters.
_NEVER = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202d\u202e\ud800-\udfff\ufdd0-\ufdef\ufeff\ufff0-\ufffb\ufffe\uffff]"
)
# Latin, its punctuation, Arabic: what the fonts were chosen for. Of anything else the compiler is asked.
_DOUBTFUL = re.compile("[^\t\n\u0020-\u007e\u00a0-\u017f\u0600-\u06ff\u2010-\u2026\u202f\u20ac\ufffd]")
_HOPELESS = re.compile("[\u2e80-\ua4cf\uac00-\ud7ff\uf900-\ufaff\U00010000-\U0010ffff]")  # Han, Hangul, pictures…

_asking = threading.Lock()  # a compiler cannot be lent to two threads


@cache
def _probe() -> typst.Compiler:
    return typst.Compiler(
        input=str(EXPORTS / "templates" / "probe.typ"),
        root=str(EXPORTS / "templates"),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
    )


@lru_cache(maxsize=20_000)
def is_shown(character: str) -> bool:
    """Tell whether one of the fonts has `character`: the compiler itself is asked, once (about a millisecond)."""
    if _NEVER.match(character) or _HOPELESS.match(character):
        return False
    if not _DOUBTFUL.match(character):
        return True
    with _asking:
        try:
            _probe().compile(format="pdf", pdf_standards="ua-1", sys_inputs={"data": json.dumps([character])})
        except typst.TypstError:
            return False
    return True


def printable(value: Any) -> Any:
    """Return JSON values whose texts can be shown: controls are left out, what no font has becomes U+FFFD."""
    if isinstance(value, str):
        text = _NEVER.sub("", value)
        return _DOUBTFUL.sub(lambda found: found.group() if is_shown(found.group()) else STAND_IN, text)
    if isinstance(value, Mapping):
        return {key: printable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [printable(item) for item in value]
    return value
