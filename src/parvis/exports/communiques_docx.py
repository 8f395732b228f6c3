"""A press release as DOCX, with real styles, so that a newsroom can take it apart."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Any

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from parvis.domain.communiques.document import BlockKind, Document, Line, Run, RunKind
from parvis.exports.communiques_html import FigureAddress

INK = RGBColor(0x17, 0x23, 0x3B)
BRICK = RGBColor(0xA8, 0x3F, 0x2A)
SOFT = RGBColor(0x4D, 0x5A, 0x73)
_LOCALES = {"fr": "fr-FR", "en": "en-GB", "es": "es-ES", "ar": "ar-SA"}

_STYLES = {
    BlockKind.TITLE: "Title",
    BlockKind.DATELINE: "Communique dateline",
    BlockKind.LEAD: "Communique lead",
    BlockKind.PARAGRAPH: "Body Text",
    BlockKind.LIST: "List Bullet",
    BlockKind.HEADING: "Heading 1",
    BlockKind.BOILERPLATE: "Body Text",
    BlockKind.MENTIONS: "Communique mention",
    BlockKind.CONTACT: "Communique mention",
}


def _set_language(element: Any, language: str) -> None:
    properties = element.get_or_add_rPr()
    lang = OxmlElement("w:lang")
    lang.set(qn("w:val"), _LOCALES.get(language, language))
    properties.append(lang)


def _style_document(file: Any, language: str) -> None:
    styles = file.styles
    for name, size_pt, color, bold in (
        ("Communique dateline", 10.5, SOFT, False),
        ("Communique lead", 12, INK, True),
        ("Communique mention", 9.5, SOFT, False),
    ):
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = styles["Normal"]
        style.font.size = Pt(size_pt)
        style.font.color.rgb = color
        style.font.bold = bold
    normal = styles["Normal"]
    normal.font.name = "Georgia"
    normal.font.size = Pt(11)
    normal.font.color.rgb = INK
    normal.paragraph_format.space_after = Pt(8)
    normal.paragraph_format.line_spacing = 1.2
    _set_language(normal.element, language)
    for name, size_pt in (("Title", 20), ("Heading 1", 14)):
        styles[name].font.name = "Georgia"
        styles[name].font.size = Pt(size_pt)
        styles[name].font.color.rgb = INK
        fonts = styles[name].element.get_or_add_rPr().get_or_add_rFonts()
        for attribute in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(attribute), None)
        fonts.set(qn("w:hAnsi"), "Georgia")


def _add_link(paragraph: Any, run: Run, address: str) -> None:
    relation = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), relation)
    paragraph._p.append(link)
    piece = paragraph.add_run(run.text)
    piece.font.underline = True
    link.append(piece._r)


def _add_line(paragraph: Any, line: Line, figure_address: FigureAddress) -> None:
    for run in line:
        if run.kind == RunKind.LINK:
            _add_link(paragraph, run, run.target)
        elif run.kind == RunKind.FIGURE:
            _add_link(paragraph, run, figure_address(run.target))
        else:
            piece = paragraph.add_run(run.text)
            if run.kind == RunKind.MISSING:
                piece.font.color.rgb = BRICK
                piece.font.bold = True
            if run.language:
                _set_language(piece._r, run.language)


def render_docx(
    document: Document, *, figure_address: FigureAddress, author: str, made_at: datetime, kicker: str
) -> bytes:
    """Return the document as a DOCX file. `kicker` stands above the title (« Communiqué de presse »)."""
    file = docx.Document()
    _style_document(file, document.language)
    core = file.core_properties
    core.title = document.title()
    core.author = author
    core.language = _LOCALES.get(document.language, document.language)
    core.created = core.modified = made_at.replace(tzinfo=None)
    head = file.add_paragraph(kicker, style="Communique mention")
    head.runs[0].font.color.rgb = BRICK
    for block in document.blocks:
        for line in block.lines:
            _add_line(file.add_paragraph(style=_STYLES[block.kind]), line, figure_address)
    out = BytesIO()
    file.save(out)
    return out.getvalue()
