"""What may be uploaded, and how large: photographs of those who speak, documents beside sessions."""

from __future__ import annotations

from dataclasses import dataclass

from parvis.domain.refusals import N_, Refusal

PHOTOGRAPH_BYTES = 12 * 1024 * 1024
PHOTOGRAPH_PIXELS = 60_000_000  # a camera's; more is a bomb that unfolds in memory
PHOTOGRAPH_SIDE = 800  # what is kept: a square of so many pixels
SMALLEST_SIDE = 120
DOCUMENT_BYTES = 30 * 1024 * 1024


class FileTooLarge(Refusal):
    """What everybody downloads stays small enough to be downloaded."""

    sentence = N_("This file has %(given)s MB; at most %(most)s MB are taken. Make it smaller, or give an address.")


class NotAPhotograph(Refusal):
    """A photograph is a JPEG, PNG or WebP picture, whatever its name says."""

    sentence = N_("This file is not a picture that can be read: send a JPEG, PNG or WebP photograph.")


class PhotographTooManyPixels(Refusal):
    """A picture that would fill the memory is not opened."""

    sentence = N_("This picture has %(given)s million pixels; at most %(most)s million are taken.")


class PhotographTooSmall(Refusal):
    """A face is recognised."""

    sentence = N_("This picture is only %(width)s × %(height)s pixels: send one of at least %(least)s on each side.")


class DocumentNotTaken(Refusal):
    """Documents are of kinds that show and do not run."""

    sentence = N_("Files of this kind are not taken. Send a PDF, an office document, a picture or a text.")


class DocumentIsNotWhatItSays(Refusal):
    """A file is what its name says."""

    sentence = N_("This file is not a %(ending)s file, though its name says so.")


@dataclass(frozen=True, slots=True)
class DocumentKindOfFile:
    """A kind of file that is taken: its media type, how its bytes begin, whether a browser may show it itself."""

    media_type: str
    begins: tuple[bytes, ...]
    shown: bool = False


_ZIP = (b"PK\x03\x04",)
_OLE = (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",)
_OFFICE = "application/vnd.openxmlformats-officedocument"
FILE_KINDS: dict[str, DocumentKindOfFile] = {
    "pdf": DocumentKindOfFile("application/pdf", (b"%PDF-",), shown=True),
    "docx": DocumentKindOfFile(f"{_OFFICE}.wordprocessingml.document", _ZIP),
    "pptx": DocumentKindOfFile(f"{_OFFICE}.presentationml.presentation", _ZIP),
    "xlsx": DocumentKindOfFile(f"{_OFFICE}.spreadsheetml.sheet", _ZIP),
    "odt": DocumentKindOfFile("application/vnd.oasis.opendocument.text", _ZIP),
    "odp": DocumentKindOfFile("application/vnd.oasis.opendocument.presentation", _ZIP),
    "ods": DocumentKindOfFile("application/vnd.oasis.opendocument.spreadsheet", _ZIP),
    "doc": DocumentKindOfFile("application/msword", _OLE),
    "ppt": DocumentKindOfFile("application/vnd.ms-powerpoint", _OLE),
    "jpg": DocumentKindOfFile("image/jpeg", (b"\xff\xd8\xff",), shown=True),
    "jpeg": DocumentKindOfFile("image/jpeg", (b"\xff\xd8\xff",), shown=True),
    "png": DocumentKindOfFile("image/png", (b"\x89PNG\r\n\x1a\n",), shown=True),
    "txt": DocumentKindOfFile("text/plain", ()),
}


def ending_of(name: str) -> str:
    """Return the ending of a file's name in lower case, without its dot; empty where there is none."""
    return name.rpartition(".")[2].lower() if "." in name else ""


def check_size(size: int, most: int, *, field: str = "file") -> None:
    """Raise `FileTooLarge` where `size` bytes are more than `most`."""
    if size > most:
        raise FileTooLarge(given=f"{size / 1024 / 1024:.0f}", most=most // 1024 // 1024, field=field)


def check_document(name: str, size: int, begins: bytes) -> DocumentKindOfFile:
    """Return the kind of a document from its name and its first bytes (16 at least, or all of it).

    Raises `FileTooLarge`, `DocumentNotTaken`, `DocumentIsNotWhatItSays`.
    """
    check_size(size, DOCUMENT_BYTES)
    ending = ending_of(name)
    kind = FILE_KINDS.get(ending)
    if kind is None:
        raise DocumentNotTaken(field="file")
    if kind.begins and not begins.startswith(kind.begins):
        raise DocumentIsNotWhatItSays(ending=ending.upper(), field="file")
    if ending == "txt" and b"\x00" in begins:
        raise DocumentIsNotWhatItSays(ending="TXT", field="file")
    return kind


@dataclass(frozen=True, slots=True)
class Cut:
    """The square that somebody chose, as parts of the upright picture: its corner, and its side of the shorter one."""

    left: float
    upper: float
    side: float


def square_of(width: int, height: int, cut: Cut | None = None) -> tuple[int, int, int, int]:
    """Return the square that is cut out of a picture: left, upper, right, lower; always inside it.

    Where nobody chose one, it is the largest: a face stands in the upper part of an upright picture, so that more is
    cut off below than above. One that was chosen keeps enough for a face to be recognised.
    """
    shorter = min(width, height)
    if cut is None:
        left, upper = (width - shorter) // 2, (height - shorter) // 4
        return left, upper, left + shorter, upper + shorter
    side = min(max(round(shorter * cut.side), SMALLEST_SIDE), shorter)
    left = min(max(round(width * cut.left), 0), width - side)
    upper = min(max(round(height * cut.upper), 0), height - side)
    return left, upper, left + side, upper + side
