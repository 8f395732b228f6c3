"""Pictures that people send: opened with care, cropped, and written anew without what a camera adds to them."""

from __future__ import annotations

import warnings
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from parvis.domain import uploads

FORMATS = ("JPEG", "PNG", "WEBP")
QUALITY = 86


def read_photograph(content: bytes, cut: uploads.Cut | None = None) -> bytes:
    """Return a square JPEG of at most `PHOTOGRAPH_SIDE` pixels, upright, without metadata.

    `cut` is the square that somebody chose. What is written holds nothing of the original file but its colours: no
    place, no date, no hidden text. Raises `FileTooLarge`, `NotAPhotograph`, `PhotographTooManyPixels`,
    `PhotographTooSmall`.
    """
    uploads.check_size(len(content), uploads.PHOTOGRAPH_BYTES, field="photograph")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of bombs: our own, lower bound follows; of bad metadata: it is left out
            with Image.open(BytesIO(content), formats=FORMATS) as opened:
                width, height = opened.size
                if width * height > uploads.PHOTOGRAPH_PIXELS:
                    raise uploads.PhotographTooManyPixels(
                        given=width * height // 1_000_000,
                        most=uploads.PHOTOGRAPH_PIXELS // 1_000_000,
                        field="photograph",
                    )
                if min(width, height) < uploads.SMALLEST_SIDE:
                    raise uploads.PhotographTooSmall(
                        width=width, height=height, least=uploads.SMALLEST_SIDE, field="photograph"
                    )
                return _written(opened, cut)
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError) as error:
        raise uploads.NotAPhotograph(field="photograph") from error


def _written(opened: Image.Image, chosen: uploads.Cut | None) -> bytes:
    enough = round(2 * uploads.PHOTOGRAPH_SIDE / min(max(chosen.side if chosen else 1.0, 0.1), 1.0))
    opened.draft("RGB", (enough, enough))  # JPEG: decode no more than needed
    upright = ImageOps.exif_transpose(opened)
    cut = upright.crop(uploads.square_of(*upright.size, chosen))
    if cut.mode in {"RGBA", "LA", "P"}:
        whole = cut.convert("RGBA")
        cut = Image.new("RGB", whole.size, (250, 247, 241))  # the paper of our pages behind what is transparent
        cut.paste(whole, mask=whole.getchannel("A"))
    side = min(cut.size[0], uploads.PHOTOGRAPH_SIDE)
    bare = Image.new("RGB", (side, side))  # a resized picture would take comments and profiles along
    bare.paste(cut.convert("RGB").resize((side, side), Image.Resampling.LANCZOS))
    out = BytesIO()
    bare.save(out, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return out.getvalue()
