"""A press of its own: compiles one document in a process that ends with it, and gives its memory back.

Run as a script with the template's path, the folder of fonts and the time as arguments, and the data on standard
input; the PDF leaves on standard output. It imports nothing of Parvis, so that it starts in a tenth of a second.
"""

from __future__ import annotations

import sys
from pathlib import Path

import typst


def press(template: Path, fonts: Path, timestamp: int, data: str) -> bytes:
    """Return the PDF (PDF/UA-1) of a template filled with `data`, JSON as text."""
    pdf = typst.compile(
        str(template),
        root=str(template.parent),
        font_paths=[str(fonts)],
        ignore_system_fonts=True,
        format="pdf",
        pdf_standards="ua-1",
        timestamp=timestamp,
        sys_inputs={"data": data},
    )
    if not isinstance(pdf, bytes):
        raise TypeError("typst returned several files where one PDF was asked for")
    return pdf


if __name__ == "__main__":
    _template, _fonts, _timestamp = sys.argv[1:4]
    sys.stdout.buffer.write(press(Path(_template), Path(_fonts), int(_timestamp), sys.stdin.buffer.read().decode()))
