"""What PDF/UA-1 asks of a file and a program can see, read back by software that others wrote (pypdf)."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pypdf
from pypdf.generic import ArrayObject, ContentStream, DictionaryObject, IndirectObject

SHOWING = {b"Tj", b"TJ", b"'", b'"'}


def read(pdf: bytes) -> pypdf.PdfReader:
    """Return the file opened; strict, so that a fault in its structure is an error."""
    return pypdf.PdfReader(io.BytesIO(pdf), strict=True)


def bare(text: str) -> str:
    """Text as it is read: one blank for any, no break in the middle, plain ordinals."""
    text = re.sub(r"[\s\u00a0\u202f\u200b]+", " ", text.replace("\u00ad", "").replace("ᵉ", "e").replace("ʳ", "r"))
    return re.sub(r" (?=[;:!?»])|(?<=«) ", "", text)


def pages(reader: pypdf.PdfReader) -> list[str]:
    """Return the text of each page."""
    return [bare(page.extract_text()) for page in reader.pages]


def whole(reader: pypdf.PdfReader) -> str:
    """Return the text of the file."""
    return " ".join(pages(reader))


def elements(node: Any) -> Iterator[DictionaryObject]:
    """Yield the structure elements below a node, in reading order."""
    node = node.get_object() if isinstance(node, IndirectObject) else node
    if isinstance(node, ArrayObject | list):
        for child in node:
            yield from elements(child)
    elif isinstance(node, DictionaryObject):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from elements(node["/K"])


def structure(reader: pypdf.PdfReader) -> list[DictionaryObject]:
    """Return all structure elements, in reading order."""
    return list(elements(reader.trailer["/Root"]["/StructTreeRoot"]))


def roles(reader: pypdf.PdfReader) -> list[str]:
    """Return the roles of the structure elements, in reading order."""
    return [str(element["/S"]) for element in structure(reader)]


def languages(reader: pypdf.PdfReader) -> set[str]:
    """Return every language that the document and its parts name."""
    root = reader.trailer["/Root"]
    return {str(root["/Lang"])} | {str(element["/Lang"]) for element in structure(reader) if "/Lang" in element}


def bookmarks(reader: pypdf.PdfReader) -> list[tuple[str, int]]:
    """Return the bookmarks with the page (from 1) that each leads to."""

    def walk(items: list[Any]) -> Iterator[tuple[str, int]]:
        for item in items:
            if isinstance(item, list):
                yield from walk(item)
            else:
                number = reader.get_destination_page_number(item)
                yield bare(str(item.title)), -1 if number is None else number + 1

    return list(walk(reader.outline))


def _shown_text(page: pypdf.PageObject, reader: pypdf.PdfReader) -> tuple[int, int]:
    """Return how often a page shows text, and how often it does so outside of any tag."""
    depth = shown = untagged = 0
    contents = page.get_contents()
    for _operands, operator in ContentStream(contents, reader).operations if contents is not None else []:
        if operator in {b"BDC", b"BMC"}:
            depth += 1
        elif operator == b"EMC":
            depth -= 1
        elif operator in SHOWING:
            shown += 1
            untagged += depth == 0
    return shown, untagged


def assert_accessible(reader: pypdf.PdfReader, language: str) -> None:
    """Assert that the file says that it is PDF/UA-1, and keeps what of it can be checked without a person."""
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert str(root["/Lang"]).lower().startswith(language)
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata is not None
    assert reader.metadata.title
    told = root["/Metadata"].get_data()
    assert b"pdfuaid:part" in told
    assert b"<pdfuaid:part>1<" in told or b'pdfuaid:part="1"' in told
    levels = [int(role[2:]) for role in roles(reader) if re.fullmatch(r"/H[1-6]", role)]
    assert levels
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels)), levels
    for element in structure(reader):
        if element["/S"] == "/Figure":
            assert str(element.get("/Alt", "")).strip(), "a picture says nothing"
    fonts: dict[str, DictionaryObject] = {}
    for page in reader.pages:
        assert page["/Tabs"] == "/S"
        shown, untagged = _shown_text(page, reader)
        assert shown
        assert untagged == 0
        for note in page.get("/Annots", []):
            link = note.get_object()
            assert link["/Subtype"] == "/Link"
            assert "/StructParent" in link
            assert str(link.get("/Contents", "")).strip(), "a link says nothing"
        fonts |= {str(name): font.get_object() for name, font in page["/Resources"].get("/Font", {}).items()}
    assert fonts
    for font in fonts.values():
        inner = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
        assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(inner["/FontDescriptor"]), "a font is not in the file"
        assert "/ToUnicode" in font
