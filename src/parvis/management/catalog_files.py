"""Where the translation catalogues lie, and how they are compiled. Cheap to import: Babel is loaded only to compile.

The text catalogues (.po) are kept in the repository; the compiled ones (.mo) are made here when a text is newer.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]
AREAS: dict[str, Path] = {
    "parvis": PACKAGE / "locale",
    "public": PACKAGE / "web" / "public" / "locale",
    "space": PACKAGE / "web" / "space" / "locale",
    "desk": PACKAGE / "web" / "desk" / "locale",
    "door": PACKAGE / "web" / "door" / "locale",
}
LANGUAGES = ("fr",)


def po_path(area: str, language: str) -> Path:
    """Return the text catalogue of an area in a language."""
    return AREAS[area] / language / "LC_MESSAGES" / "django.po"


def part_paths(language: str) -> list[Path]:
    """Return the parts that wait to be merged into the shared catalogue of a language."""
    return sorted((AREAS["parvis"] / "parts").glob(f"*.{language}.po"))


def compile_stale() -> list[Path]:
    """Compile each catalogue whose text is newer than its compiled form; return the files written.

    Parts that are not merged yet count as the shared area's text. A folder that cannot be written is reported
    on standard error and otherwise left alone: pages then show English.
    """
    written = []
    for area in AREAS:
        for language in LANGUAGES:
            sources = [path for path in [po_path(area, language)] if path.exists()]
            if area == "parvis":
                sources += part_paths(language)
            target = po_path(area, language).with_suffix(".mo")
            if not sources or not _is_stale(target, sources):
                continue
            try:
                _compile(sources, target, language)
            except OSError as error:
                sys.stderr.write(f"The translations in {target.parent} could not be compiled: {error.strerror}.\n")
            else:
                written.append(target)
    return written


def _is_stale(target: Path, sources: list[Path]) -> bool:
    try:
        made = target.stat().st_mtime_ns
    except FileNotFoundError:
        return True
    return any(source.stat().st_mtime_ns >= made for source in sources)


def _compile(sources: list[Path], target: Path, language: str) -> None:
    from babel.messages.catalog import Catalog
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    merged = Catalog(locale=language)
    for source in sources:
        with source.open("rb") as file:
            for message in read_po(file, locale=language):
                if message.id and message.string and not message.fuzzy:
                    merged.add(message.id, message.string, context=message.context)
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_suffix(f".mo.{os.getpid()}")
    with unfinished.open("wb") as file:
        write_mo(file, merged)
    unfinished.replace(target)  # two processes may compile at once: each puts a whole file in place
