"""A ticket's QR code, as a picture for the mail and as SVG for the page."""

from __future__ import annotations

import io

import segno


def qr_png(code: str) -> bytes:
    """Return the QR code of a badge code as PNG, with its quiet zone, readable from a phone's screen."""
    out = io.BytesIO()
    segno.make(code, error="m", micro=False, boost_error=False).save(out, kind="png", scale=10, border=4)
    return out.getvalue()


def qr_svg(code: str) -> str:
    """Return the QR code as an SVG element without size, style or script: the page's CSS sizes it."""
    drawn = segno.make(code, error="m", micro=False, boost_error=False)
    width, height = drawn.symbol_size(border=4)
    squares: list[str] = []
    for y, row in enumerate(drawn.matrix):
        x = 0
        while x < len(row):
            if not row[x]:
                x += 1
                continue
            run = 1
            while x + run < len(row) and row[x + run]:
                run += 1
            squares.append(f"M{x + 4} {y + 4}h{run}v1h-{run}z")
            x += run
    path = "".join(squares)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" shape-rendering="crispEdges">'
        f'<path fill="#fff" d="M0 0h{width}v{height}h-{width}z"/><path fill="#000" d="{path}"/></svg>'
    )
