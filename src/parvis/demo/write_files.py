"""Writes published press releases as files: a page, a PDF and a DOCX in each language."""

from __future__ import annotations

from pathlib import Path

from parvis.exports.communique_files import FORMATS, render_communique
from parvis.queries.communiques import list_published


def write_communiques(edition_slug: str, folder: Path) -> list[Path]:
    """Write every published press release of an edition into `folder`; return the paths, in order."""
    folder.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    for communique in list_published(edition_slug):
        for text in sorted(communique.texts.all(), key=lambda text: text.language, reverse=True):
            for ending in FORMATS:
                path = folder / f"communique-{edition_slug}-{communique.number}-{text.language}.{ending}"
                path.write_bytes(render_communique(communique, text.language, ending))
                written.append(path)
    return written
