"""Drafting again keeps what a person wrote and takes the new facts for the rest; a linked figure is never misquoted."""

from __future__ import annotations

from dataclasses import replace

import pytest

from parvis.domain.communiques import document as documents
from parvis.domain.communiques.document import (
    Block,
    BlockKind,
    Document,
    FigureMisquoted,
    FigureNotCounted,
    Run,
    RunKind,
    check_figures,
)
from parvis.domain.communiques.draft_en import draft_en
from parvis.domain.communiques.draft_fr import draft_fr
from parvis.domain.communiques.fact_names import FACT_NAMES, fact_name, page_of
from parvis.domain.communiques.facts import Facts, to_json
from parvis.domain.communiques.redraft import redrafted
from parvis.queries.communique_facts import STATED_FIGURES
from tests.factories.seed_facts import seed_facts


def _edited(document: Document, old: str, new: str) -> Document:
    source = [(kind, text.replace(old, new)) for kind, text in documents.to_source(document)]
    assert source != documents.to_source(document), f"« {old} » is not in the text"
    return documents.from_source(document.language, source, seed_facts().figures)


def _again(mine: Document, after: Facts) -> Document:
    before = seed_facts()
    return redrafted(draft_fr(before), mine, draft_fr(after), before=before, after=after)


def test_an_untouched_text_becomes_the_new_draft() -> None:
    after = replace(seed_facts(), venue_city="Lyon", ceremony=None, cancelled_before=None)
    assert _again(draft_fr(seed_facts()), after) == draft_fr(after)


def test_facts_that_come_and_go_bring_and_take_their_paragraph() -> None:
    before = replace(seed_facts(), ceremony=None, following=None)
    after = replace(seed_facts(), opening=None)
    made = redrafted(draft_fr(before), draft_fr(before), draft_fr(after), before=before, after=after)
    assert made == draft_fr(after)


def test_what_a_person_wrote_stays() -> None:
    mine = _edited(draft_fr(seed_facts()), "En ouverture", "Devant une salle comble")
    made = _again(mine, replace(seed_facts(), venue_city="Lyon"))
    text = made.plain_text()
    assert "Devant une salle comble" in text
    assert "En ouverture" not in text
    assert "à Lyon" in text
    assert len(made.blocks) == len(mine.blocks)


def test_what_a_person_took_out_stays_out() -> None:
    mine = draft_fr(seed_facts())
    mine = Document("fr", [block for block in mine.blocks if "cérémonie" not in documents.plain(block.runs())])
    assert "cérémonie" not in _again(mine, replace(seed_facts(), venue_city="Lyon")).plain_text()


def test_figures_in_an_edited_paragraph_say_the_new_count() -> None:
    mine = _edited(draft_fr(seed_facts()), "En deux journées de travaux, elle", "Elle")
    after = replace(seed_facts(), figures={**seed_facts().figures, "present": 430})
    lead = next(block for block in _again(mine, after).blocks if block.kind == BlockKind.LEAD)
    words = documents.plain(lead.runs())
    assert "Elle a réuni 430 participants" in words
    assert "500" not in words


@pytest.mark.parametrize(
    ("words", "value"),
    [("plus de 500", 512), ("512", 512), ("130", 130), ("huit", 8), ("Huit", 8), ("une", 1), ("1 234", 1234)],
)
def test_a_figure_may_be_said_exactly_or_rounded_down(words: str, value: int) -> None:
    document = Document("fr", [Block(BlockKind.PARAGRAPH, [[Run(words, RunKind.FIGURE, "present")]])])
    check_figures(document, {"present": value})


@pytest.mark.parametrize(
    ("words", "value"),
    [("plus de 600", 512), ("500", 512), ("beaucoup", 512), ("neuf", 8), ("5", 512), ("plus de 130", 130)],
)
def test_a_figure_is_never_misquoted(words: str, value: int) -> None:
    document = Document("fr", [Block(BlockKind.PARAGRAPH, [[Run(words, RunKind.FIGURE, "present")]])])
    if words == "plus de 130":  # it holds the number counted: the words around it are the person's
        check_figures(document, {"present": value})
        return
    with pytest.raises(FigureMisquoted):
        check_figures(document, {"present": value})


def test_a_figure_that_was_not_counted_is_refused() -> None:
    document = Document("fr", [Block(BlockKind.PARAGRAPH, [[Run("12", RunKind.FIGURE, "walk_ins")]])])
    with pytest.raises(FigureNotCounted):
        check_figures(document, {"present": 12})


@pytest.mark.parametrize("draft", [draft_fr, draft_en])
def test_every_draft_quotes_its_figures_fairly(draft: type) -> None:
    facts = seed_facts()
    check_figures(draft(facts), facts.figures)


def test_edited_text_is_spaced_and_keeps_its_languages() -> None:
    line = documents.line_from_source('Il a dit: "oui" ! {text:en|Really?}', [], "fr")
    assert line[0].text.endswith("\u202f! ")
    assert line[1] == Run("Really?", language="en")
    document = draft_en(seed_facts())
    assert documents.from_source("en", documents.to_source(document), seed_facts().figures) == document


def test_every_fact_has_a_name_in_both_languages() -> None:
    stated = {*to_json(seed_facts()), *(f"figures.{code}" for code in STATED_FIGURES)} - {"dated_on", "snapshot_number"}
    holes = replace(
        seed_facts(),
        theme={},
        name={},
        about={},
        venue={},
        venue_city="",
        meetings_website="",
        following=None,
        figures={},
    )
    for fact in stated | set(draft_fr(holes).missing()) | set(draft_en(holes).missing()):
        assert fact_name(fact, "fr") != fact, fact
        assert fact_name(fact, "en") != fact, fact
        assert page_of(fact), fact
    assert fact_name("mention.AFD", "fr") == "la mention exigée par un partenaire (AFD)"
    assert "[à compléter\u202f: le fil rouge]" in draft_fr(holes).plain_text()
    assert all(name.fr and name.en for name in FACT_NAMES.values())
