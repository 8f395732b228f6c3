"""A press release as a tagged PDF (PDF/UA-1)."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from parvis.domain.communiques.document import Document, RunKind
from parvis.exports.communiques_html import FigureAddress
from parvis.gateways.typst_compiler import compile_pdf

TEMPLATE = Path(__file__).parent / "templates" / "communique.typ"
_REGIONS = {"fr": "FR", "en": "GB", "es": "ES", "ar": "SA"}


def render_pdf(
    document: Document,
    *,
    figure_address: FigureAddress,
    organisation: str,
    kicker: str,
    made_at: datetime,
    banner: str = "",
) -> bytes:
    """Return the document as PDF; `banner` is the paving for its head, as SVG."""
    blocks = [
        {
            "kind": str(block.kind),
            "lines": [
                [
                    {
                        "kind": str(run.kind),
                        "text": run.text,
                        "target": figure_address(run.target) if run.kind == RunKind.FIGURE else run.target,
                        "language": run.language,
                    }
                    for run in line
                ]
                for line in block.lines
            ],
        }
        for block in document.blocks
        if block.lines
    ]
    data = {
        "title": document.title(),
        "author": organisation,
        "organisation": organisation,
        "kicker": kicker,
        "footer": organisation,
        "language": document.language,
        "region": _REGIONS.get(document.language, ""),
        "blocks": blocks,
        "banner": banner,
    }
    return compile_pdf(TEMPLATE, data, made_at=made_at)
