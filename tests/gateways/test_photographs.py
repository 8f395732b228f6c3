"""A photograph comes out square, upright and bare; what is none, or would fill the memory, is refused."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from parvis.domain.refusals import Refusal
from parvis.domain.uploads import (
    PHOTOGRAPH_SIDE,
    Cut,
    FileTooLarge,
    NotAPhotograph,
    PhotographTooManyPixels,
    PhotographTooSmall,
)
from parvis.gateways.photographs import read_photograph


def a_picture(width: int = 1200, height: int = 1600, kind: str = "JPEG", **more: object) -> bytes:
    out = BytesIO()
    mode = "RGBA" if kind == "PNG" else "RGB"
    Image.new(mode, (width, height), (200, 30, 40)).save(out, kind, **more)
    return out.getvalue()


def opened(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_it_comes_out_as_a_square_jpeg(kind: str) -> None:
    picture = opened(read_photograph(a_picture(kind=kind)))
    assert (picture.format, picture.mode, picture.size) == ("JPEG", "RGB", (PHOTOGRAPH_SIDE, PHOTOGRAPH_SIDE))


def test_a_small_one_is_not_blown_up() -> None:
    assert opened(read_photograph(a_picture(300, 200))).size == (200, 200)


def test_nothing_of_the_camera_stays() -> None:
    exif = Image.Exif()
    exif[0x010F] = "Appareil-de-Madame-X"
    exif.get_ifd(0x8825)[2] = (48.0, 51.0, 30.0)
    content = a_picture(exif=exif, comment=b"secret words")
    assert b"Appareil-de-Madame-X" in content
    written = read_photograph(content)
    assert b"Appareil" not in written
    assert b"secret" not in written
    assert not opened(written).getexif()


def test_a_picture_on_its_side_is_turned() -> None:
    lying = Image.new("RGB", (400, 200), (0, 0, 255))
    lying.paste((255, 0, 0), (0, 0, 200, 200))  # red on the left
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned a quarter to the right: red comes to the top
    out = BytesIO()
    lying.save(out, "JPEG", exif=exif, quality=95)
    red, _green, blue = opened(read_photograph(out.getvalue())).getpixel((100, 20))
    assert red > 200 > blue


@pytest.mark.parametrize(
    "content",
    [b"", b"<script>alert(1)</script>", b"GIF89a" + bytes(40), a_picture()[:400], b"\xff\xd8\xff" + bytes(100)],
)
def test_what_is_no_picture_is_refused(content: bytes) -> None:
    with pytest.raises(NotAPhotograph):
        read_photograph(content)


def test_an_svg_with_a_script_is_refused() -> None:
    with pytest.raises(NotAPhotograph):
        read_photograph(b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')


def test_fifty_megabytes_are_refused_before_they_are_opened() -> None:
    with pytest.raises(FileTooLarge, match=r"50 MB; at most 12 MB"):
        read_photograph(a_picture() + bytes(50 * 1024 * 1024))


def test_a_bomb_is_refused_from_its_header() -> None:
    header = struct.pack(">IIBBBBB", 40_000, 40_000, 8, 2, 0, 0, 0)

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    bomb = (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
    )
    assert len(bomb) < 1000
    with pytest.raises((PhotographTooManyPixels, NotAPhotograph)):
        read_photograph(bomb)


def test_a_stamp_is_too_small() -> None:
    with pytest.raises(PhotographTooSmall, match="40 × 60"):
        read_photograph(a_picture(40, 60))


def test_the_chosen_square_is_that_of_the_upright_picture() -> None:
    lying = Image.new("RGB", (400, 200), (0, 0, 255))
    lying.paste((255, 0, 0), (0, 0, 200, 200))  # red on the left; upright it is on top
    exif = Image.Exif()
    exif[0x0112] = 6
    out = BytesIO()
    lying.save(out, "JPEG", exif=exif, quality=95)
    top = opened(read_photograph(out.getvalue(), Cut(0.0, 0.0, 1.0))).getpixel((100, 180))
    bottom = opened(read_photograph(out.getvalue(), Cut(0.0, 1.0, 1.0))).getpixel((100, 20))
    assert top[0] > 200 > top[2]
    assert bottom[2] > 200 > bottom[0]


def test_a_small_square_of_a_large_picture_stays_sharp() -> None:
    assert opened(read_photograph(a_picture(6000, 6000), Cut(0.4, 0.4, 0.25))).size == (PHOTOGRAPH_SIDE,) * 2


@given(st.sampled_from(["JPEG", "PNG", "WEBP"]), st.randoms(use_true_random=False))
def test_broken_files_are_refused_and_break_nothing(kind: str, draw: Random) -> None:
    content = bytearray(a_picture(150, 200, kind, exif=b"Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x01"))
    for _n in range(draw.randint(1, 10)):
        content[draw.randrange(min(len(content), 300))] = draw.randrange(256)
    try:
        written = read_photograph(bytes(content))
    except Refusal:
        return
    assert opened(written).format == "JPEG"
