"""Every template compiles, and keeps what the pages promise: no inline script or style, no name without text."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.template import engines

from tests.architecture.sources import PACKAGE, shown

FOLDERS = [PACKAGE / "web" / "templates", *sorted((PACKAGE / "web").glob("*/templates"))]
TEMPLATES = sorted(
    (folder, path) for folder in FOLDERS for path in folder.rglob("*") if path.suffix in {".html", ".txt", ".xml"}
)
PHYSICAL = re.compile(r"(?<![-\w])(?:margin|padding|border)-(?:left|right)\b|(?<![-\w])(?:left|right)\s*:", re.I)
INLINE = {
    "an inline style": re.compile(r"<[^>]+\sstyle\s*=", re.I),
    "an event handler": re.compile(
        r"<[^>]+\son(?:click|load|change|submit|input|key\w+|mouse\w+|focus|blur)\s*=", re.I
    ),
    "an inline script": re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/(?:ld\+)?json\")[^>]*>", re.I),
    "a style element": re.compile(r"<style\b", re.I),
}


@pytest.mark.parametrize(("folder", "path"), TEMPLATES, ids=lambda value: value.name if isinstance(value, Path) else "")
def test_template_compiles(folder: Path, path: Path) -> None:
    engines["django"].get_template(path.relative_to(folder).as_posix())


def test_pages_obey_the_content_policy() -> None:
    """A page that is printed or written to a file may carry its own style; those live in exports, not in web."""
    found = [
        f"{shown(path)}: {what}"
        for _folder, path in TEMPLATES
        if path.suffix == ".html"
        for what, pattern in INLINE.items()
        if pattern.search(path.read_text(encoding="utf-8"))
    ]
    assert not found, f"Move these to a file of their own: {', '.join(found)}"


def test_styles_mirror_by_themselves() -> None:
    """Logical properties only, so that Arabic needs no second stylesheet."""
    found = []
    for path in (PACKAGE / "web").rglob("*.css"):
        if "vendor" in path.parts:
            continue
        text = re.sub(
            r"/\*.*?\*/", lambda match: "\n" * match.group().count("\n"), path.read_text(encoding="utf-8"), flags=re.S
        )
        found += [
            f"{shown(path)}:{number}" for number, line in enumerate(text.splitlines(), 1) if PHYSICAL.search(line)
        ]
    assert not found, f"Use inset-inline-*, margin-inline-*, padding-inline-*: {', '.join(found)}"
