"""Compiles documents to PDF with typst: tagged PDF/UA-1, our own fonts only, and no user text as markup."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import typst

FONTS = Path(__file__).resolve().parents[1] / "exports" / "fonts"


@cache
def _compiler(template: Path) -> typst.Compiler:
    """Return a compiler that has read the template and the fonts once."""
    return typst.Compiler(
        input=str(template), root=str(template.parent), font_paths=[str(FONTS)], ignore_system_fonts=True
    )


def compile_pdf(template: Path, data: Mapping[str, Any], *, made_at: datetime) -> bytes:
    """Return the PDF of `template` filled with `data`, which the template reads as JSON from `sys.inputs.data`.

    PDF/UA-1: the template must set the document's title and language and give every picture a description.
    """
    pdf = _compiler(template).compile(
        format="pdf",
        pdf_standards="ua-1",
        timestamp=int(made_at.timestamp()),
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
    )
    if not isinstance(pdf, bytes):
        raise TypeError("typst returned several files where one PDF was asked for")
    return pdf
