"""One text, three files: the PDF is tagged and says who and what it is, the DOCX has styles, the page has links."""

from __future__ import annotations

import io
import re
import time
from datetime import UTC, datetime

import docx
import pypdf
import pytest

from parvis.domain.communiques.document import Block, BlockKind, Document, Run, RunKind
from parvis.domain.communiques.draft_en import draft_en
from parvis.domain.communiques.draft_fr import draft_fr
from parvis.exports.communiques_docx import render_docx
from parvis.exports.communiques_html import render_html
from parvis.exports.communiques_pdf import render_pdf
from tests.factories.seed_facts import MINISTER_TITLE, seed_facts

MADE_AT = datetime(2023, 9, 20, 7, 0, tzinfo=UTC)
STATED = (
    "plus de 500",
    "collectivités territoriales françaises",
    "13e édition",
    "Président de Cités Unies France, Maire de Dijon et Président de Dijon Métropole",
    "Adjoint à la Maire de Paris",
    MINISTER_TITLE,
    "Territoires unis et solidaires face aux crises",
    "PLATFORMA, cofinancé par l’Union européenne",
    "octobre 2024",
    "#RencontresAICT2023",
)


def address(code: str) -> str:
    return f"https://example.org/2023/figures/#{code}"


def pdf_of(document: Document) -> bytes:
    return render_pdf(
        document,
        figure_address=address,
        organisation="Cités Unies France",
        kicker="Communiqué de presse",
        made_at=MADE_AT,
    )


def docx_of(document: Document) -> docx.document.Document:
    made = render_docx(document, figure_address=address, author="CUF", made_at=MADE_AT, kicker="Communiqué de presse")
    return docx.Document(io.BytesIO(made))


def bare(text: str) -> str:
    """Text as it is read: one blank for any, no break in the middle, plain ordinals."""
    text = re.sub(r"[\s\u00a0\u202f]+", " ", text.replace("\u00ad", "").replace("ᵉ", "e").replace("ʳ", "r"))
    return re.sub(r" (?=[;:!?»])|(?<=«) ", "", text)


def hostile() -> Document:
    """A text that would be markup in every format, if it were taken for such."""
    nasty = '#set page(fill: red) *gras* $x$ <script>alert(1)</script> & "« \\ @ref [x] {y}'
    return Document(
        "fr",
        [
            Block(BlockKind.TITLE, [[Run(nasty)]]),
            Block(BlockKind.PARAGRAPH, [[Run(nasty), Run("130", RunKind.FIGURE, "present")]]),
            Block(BlockKind.LIST, [[Run(nasty)], [Run("à compléter", RunKind.MISSING, "theme")]]),
        ],
    )


@pytest.fixture(scope="module")
def french() -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(pdf_of(draft_fr(seed_facts()))))


def test_pdf_is_tagged_and_names_itself(french: pypdf.PdfReader) -> None:
    root = french.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/StructTreeRoot"]
    assert str(root["/Lang"]).lower().startswith("fr")
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert french.metadata is not None
    assert "14" in str(french.metadata.title)
    assert b"pdfuaid:part" in root["/Metadata"].get_data()


def _roles(node: object) -> set[str]:
    node = node.get_object() if isinstance(node, pypdf.generic.IndirectObject) else node
    if isinstance(node, list):
        return set().union(*(_roles(child) for child in node)) if node else set()
    if not isinstance(node, dict):
        return set()
    found = {str(node["/S"])} if "/S" in node else set()
    return found | (_roles(node["/K"]) if "/K" in node else set())


def test_pdf_has_headings_lists_and_links(french: pypdf.PdfReader) -> None:
    roles = _roles(french.trailer["/Root"]["/StructTreeRoot"])
    assert {"/H1", "/H2", "/P", "/L", "/LI", "/Link"} <= roles
    addresses = {
        str(note.get_object()["/A"]["/URI"])
        for page in french.pages
        for note in page.get("/Annots", [])
        if "/A" in note.get_object()
    }
    assert address("present") in addresses
    assert "http://raict.org" in addresses


@pytest.mark.parametrize("words", STATED)
def test_pdf_states(french: pypdf.PdfReader, words: str) -> None:
    assert bare(words) in bare(" ".join(page.extract_text() for page in french.pages))


def test_pdf_in_english_says_so() -> None:
    reader = pypdf.PdfReader(io.BytesIO(pdf_of(draft_en(seed_facts()))))
    assert str(reader.trailer["/Root"]["/Lang"]).lower().startswith("en")


def test_pdf_takes_less_than_a_second_and_is_the_same_twice() -> None:
    document = draft_fr(seed_facts())
    first = pdf_of(document)
    started = time.process_time()
    second = pdf_of(document)
    assert time.process_time() - started < 1
    assert first == second


def test_no_format_takes_text_for_markup() -> None:
    document = hostile()
    told = document.title()
    reader = pypdf.PdfReader(io.BytesIO(pdf_of(document)))
    assert reader.metadata is not None
    assert reader.metadata.title == told
    assert "alert(1)" in reader.pages[0].extract_text()
    page = render_html(document, figure_address=address)
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert docx_of(document).core_properties.title == told


def test_docx_has_styles_language_and_links() -> None:
    file = docx_of(draft_fr(seed_facts()))
    styles = [paragraph.style.name for paragraph in file.paragraphs if paragraph.style is not None]
    assert styles.count("Title") == 1
    assert "Heading 1" in styles
    assert styles.count("List Bullet") == len(seed_facts().workshops)
    assert file.core_properties.language == "fr-FR"
    assert file.core_properties.author == "CUF"
    links = {relation.target_ref for relation in file.part.rels.values() if relation.is_external}
    assert {address("present"), "http://raict.org"} <= links


@pytest.mark.parametrize("words", STATED)
def test_docx_states(words: str) -> None:
    assert bare(words) in bare("\n".join(paragraph.text for paragraph in docx_of(draft_fr(seed_facts())).paragraphs))


def test_page_links_figures_and_marks_languages_and_gaps() -> None:
    page = render_html(draft_en(seed_facts()), figure_address=address)
    assert f'<a class="figure" href="{address("present")}">more than 500</a>' in page
    assert '<span lang="fr">Les ODD' in page
    assert page.count("<h1") == 1
    assert page.count("<h2") == 1
    assert page.count("<li>") == page.count("</li>")
    assert '<mark class="missing">à compléter</mark>' in render_html(hostile(), figure_address=address)
    lower = render_html(draft_en(seed_facts()), figure_address=address, title_level=2)
    assert "<h1" not in lower
    assert "<h3" in lower
