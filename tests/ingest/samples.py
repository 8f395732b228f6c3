"""Spreadsheets made for the tests, good and bad."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

import xlsxwriter

SHEET_HEADER = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
)


def xlsx(*sheets: tuple[str, Sequence[Sequence[Any]]], touch: Callable[[Any, Any], None] | None = None) -> bytes:
    """Return a workbook; `touch` may change it before it is closed (workbook, first worksheet)."""
    buffer = io.BytesIO()
    workbook = xlsxwriter.Workbook(buffer, {"strings_to_formulas": False})
    worksheets = []
    for name, rows in sheets:
        worksheet = workbook.add_worksheet(name)
        worksheets.append(worksheet)
        for number, row in enumerate(rows):
            for place, value in enumerate(row):
                worksheet.write(number, place, value)
    if touch:
        touch(workbook, worksheets[0])
    workbook.close()
    return buffer.getvalue()


def with_sheet_xml(rows: str) -> bytes:
    """Return a workbook whose only sheet holds these raw `<row>` elements."""
    original = zipfile.ZipFile(io.BytesIO(xlsx(("Participants", [["x"]]))))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for member in original.namelist():
            content = original.read(member)
            if member == "xl/worksheets/sheet1.xml":
                content = f"{SHEET_HEADER}{rows}</sheetData></worksheet>".encode()
            archive.writestr(member, content)
    return buffer.getvalue()


def ods(rows: Sequence[Sequence[str]], *, encrypted: bool = False, raw_rows: str = "") -> bytes:
    """Return an OpenDocument spreadsheet with one sheet called Participants."""
    body = raw_rows or "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>' for cell in row
        )
        + "</table:table-row>"
        for row in rows
    )
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2"><office:body>'
        f'<office:spreadsheet><table:table table:name="Participants">{body}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        '<?xml version="1.0"?><manifest:manifest '
        'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml">'
        + ("<manifest:encryption-data/>" if encrypted else "")
        + "</manifest:file-entry></manifest:manifest>"
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        archive.writestr("content.xml", b"\x93scrambled" if encrypted else content, zipfile.ZIP_DEFLATED)
        archive.writestr("META-INF/manifest.xml", manifest)
    return buffer.getvalue()


def password_protected_xlsx() -> bytes:
    """Return what Excel writes for a workbook with a password: an OLE2 file of two streams, the workbook encrypted.

    Written by hand after [MS-CFB]: header, one FAT sector, one directory sector, then the streams' sectors.
    """
    sector, end, free, fat_mark = 512, 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
    info, package = b"\x04\x00\x04\x00" + b"\x40" * 4604, b"\x99" * 5120  # above 4096 bytes: not in the mini stream
    info_sectors, package_sectors = -(-len(info) // sector), len(package) // sector
    header = bytearray(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16)
    header += struct.pack("<HHHHH6xIIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, end, 0, end, 0, 0)
    header += struct.pack("<I", free) * 108
    fat = [fat_mark, end]
    fat += [2 + i + 1 for i in range(info_sectors - 1)] + [end]
    fat += [2 + info_sectors + i + 1 for i in range(package_sectors - 1)] + [end]
    fat += [free] * (128 - len(fat))

    def entry(name: str, kind: int, left: int, right: int, child: int, start: int, size: int) -> bytes:
        encoded = (name + "\0").encode("utf-16-le")
        return (
            encoded.ljust(64, b"\0")
            + struct.pack("<HBBIII", len(encoded), kind, 1, left, right, child)
            + b"\0" * 36
            + struct.pack("<IQ", start, size)
        )

    directory = (
        entry("Root Entry", 5, free, free, 1, end, 0)
        + entry("EncryptedPackage", 2, 2, free, free, 2 + info_sectors, len(package))
        + entry("EncryptionInfo", 2, free, free, free, 2, len(info))
        + entry("", 0, free, free, free, 0, 0)
    )
    body = struct.pack("<128I", *fat) + directory + info.ljust(info_sectors * sector, b"\0") + package
    return bytes(header) + body
