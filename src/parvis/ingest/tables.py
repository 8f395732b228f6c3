"""From the bytes of a file to its tables: which format it is, and whether it may be opened at all."""

from __future__ import annotations

from pathlib import Path

from parvis.ingest.delimited import read_delimited
from parvis.ingest.raw import MEGABYTE, Limits, RawTable
from parvis.ingest.refusals import EmptyFile, FileTooLarge, ProtectedFile, UnknownFormat, WebPageInstead, WrongExtension
from parvis.ingest.workbooks import read_workbook

# format → the endings that it may bear (the first is the usual one)
_FORMATS: dict[str, tuple[str, ...]] = {
    "xlsx": (".xlsx", ".xlsm", ".xltx"),
    "xls": (".xls", ".xlt"),
    "ods": (".ods", ".ots"),
    "csv": (".csv", ".tsv", ".txt", ".tab"),
}
_KNOWN_ENDINGS = frozenset(ending for endings in _FORMATS.values() for ending in endings)
_CFB = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def check_size(size: int, filename: str, limits: Limits | None = None) -> None:
    """Raise `EmptyFile` or `FileTooLarge` for a file of `size` bytes: to be asked before its bytes are read."""
    limits = limits or Limits()
    if size == 0:
        raise EmptyFile(file=filename)
    if size > limits.file_bytes:
        raise FileTooLarge(file=filename, size=-(-size // MEGABYTE), limit=limits.file_bytes // MEGABYTE)


def content_of(path: Path, limits: Limits | None = None) -> bytes:
    """Return the bytes of the file at `path`. Raises as `check_size` without reading, and OSError."""
    check_size(path.stat().st_size, path.name, limits)
    return path.read_bytes()


def read_tables(content: bytes, filename: str, limits: Limits | None = None) -> list[RawTable]:
    """Return the tables of a CSV, XLSX, XLS or ODS file, in order; hidden sheets are left out.

    Raises a `FileRefused`: empty, too large, protected, wrongly named, broken or of another format.
    """
    limits = limits or Limits()
    filename = Path(filename).name or "?"
    check_size(len(content), filename, limits)
    if not content.strip():
        raise EmptyFile(file=filename)
    found = _format_of(content, filename)
    ending = Path(filename).suffix.lower()
    if ending not in _FORMATS[found] and ending in _KNOWN_ENDINGS:
        raise WrongExtension(file=filename, content=found.upper(), ending=_FORMATS[found][0])
    if ending not in _KNOWN_ENDINGS and found == "csv":
        raise UnknownFormat(file=filename)
    if found == "csv":
        return [read_delimited(content, filename, limits)]
    return read_workbook(content, filename, found, limits)


def _format_of(content: bytes, filename: str) -> str:
    if content.startswith(_CFB):
        # An encrypted XLSX is an OLE2 file with these two streams; an old XLS has a stream called Workbook or Book.
        if "EncryptedPackage".encode("utf-16-le") in content or "EncryptionInfo".encode("utf-16-le") in content:
            raise ProtectedFile(file=filename)
        return "xls"
    if content.startswith(b"PK"):
        if b"mimetypeapplication/vnd.oasis.opendocument" in content[:200]:
            return "ods"
        return "xlsx"
    beginning = content[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if beginning.startswith((b"<!doctype html", b"<html", b"<table")):
        raise WebPageInstead(file=filename)
    if content.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")):
        raise UnknownFormat(file=filename)
    return "csv"
