"""The paving as a small picture, for documents that show it on every page: a drawing would be repeated on each."""

from __future__ import annotations

import io
from collections.abc import Iterable

from PIL import Image, ImageDraw

from parvis.domain.paving import Laid, Stone, lay
from parvis.exports.paving import BARE, TINTS

OVERSAMPLED = 3  # drawn larger and brought down, so that the edges are smooth


def _tint(laid: Laid) -> str:
    if laid.stone is None:
        return BARE[laid.shade % len(BARE)]
    tints = TINTS[laid.stone.family]
    return tints[laid.shade % len(tints)]


def paving_png(
    stones: Iterable[Stone], *, width: int, height: int, row_height: float, joint: float, scale: int = 2
) -> bytes:
    """Return a band of stones on white as PNG, of `width` × `height` times `scale` pixels."""
    factor = scale * OVERSAMPLED
    picture = Image.new("RGB", (width * factor, height * factor), "white")
    pen = ImageDraw.Draw(picture)
    for laid in lay(stones, width=width, height=height, row_height=row_height, joint=joint):
        pen.polygon([(x * factor, y * factor) for x, y in laid.corners], fill=_tint(laid))
    small = picture.resize((width * scale, height * scale), Image.Resampling.BOX).quantize(64)
    written = io.BytesIO()
    small.save(written, "PNG", optimize=True)
    return written.getvalue()
