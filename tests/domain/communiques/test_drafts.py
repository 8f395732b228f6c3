"""The prose of press releases: what it says, what it leaves out, how it marks what is missing."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.domain.communiques import document as documents
from parvis.domain.communiques import facts as facts_of
from parvis.domain.communiques.document import BlockKind, Document, RunKind, TextIsEmpty, UnknownMark
from parvis.domain.communiques.draft_en import draft_en
from parvis.domain.communiques.draft_fr import draft_fr
from parvis.domain.communiques.facts import (
    AwardFacts,
    CeremonyFacts,
    Facts,
    FollowingFacts,
    GroupsFacts,
    SessionFacts,
    SpeakerFacts,
)
from parvis.domain.communiques.grammar_fr import at_place_fr
from tests.factories.seed_facts import seed_facts


def _text(document: Document) -> str:
    return document.plain_text().replace("\u202f", " ").replace("\u00a0", " ")


def test_figures_are_linked_and_rounded() -> None:
    document = draft_fr(seed_facts())
    figures = {run.target: run.text for block in document.blocks for run in block.runs() if run.kind == RunKind.FIGURE}
    assert figures["present"] == "plus de 500"
    assert figures["french_authorities_present"] == "130"
    assert figures["micro_workshops"] == "douze"


def test_what_the_data_lacks_is_marked_never_invented() -> None:
    facts = replace(seed_facts(), theme={}, meetings_website="", following=None, figures={})
    for document in (draft_fr(facts), draft_en(facts)):
        missing = set(document.missing())
        assert {"theme", "following", "figures.present"} <= missing
        marks = [run.text for block in document.blocks for run in block.runs() if run.kind == RunKind.MISSING]
        assert all(mark.startswith("[") for mark in marks)


def test_a_small_edition_says_nothing_of_what_it_had_not() -> None:
    facts = replace(
        seed_facts(),
        ends_on="2023-09-18",
        cancelled_before=None,
        opening=None,
        groups=None,
        workshops=[SessionFacts({"fr": "Un seul atelier"}, "2023-09-18")],
        micro_workshops=0,
        ceremony=None,
        partners=[],
        figures={"present": 42, "french_authorities_present": 7, "countries_present": 3},
    )
    text = _text(draft_fr(facts))
    for word in ("annulée", "groupes-pays", "micro-atelier", "cérémonie", "label", "partenaires", "prennent"):
        assert word not in text
    assert "le 18 septembre 2023" in text
    assert "une journée" in text
    assert "plus de 40 participants" in text
    assert "« Un seul atelier »" in text


@pytest.mark.parametrize(
    ("following", "words"),
    [
        (FollowingFacts(15, "2024-10-01", "", ""), "la 15ᵉ édition aura lieu en octobre 2024"),
        (FollowingFacts(15, "", "2024-10-23", "2024-10-24"), "aura lieu les 23 et 24 octobre 2024"),
        (FollowingFacts(15, "", "2024-10-23", "2024-10-25"), "aura lieu du 23 au 25 octobre 2024"),
    ],
)
def test_the_next_edition(following: FollowingFacts, words: str) -> None:
    assert words in _text(draft_fr(replace(seed_facts(), following=following)))


def test_a_title_without_translation_keeps_its_language() -> None:
    document = draft_en(seed_facts())
    runs = [run for block in document.blocks for run in block.runs() if "ODD" in run.text]
    assert runs
    assert {run.language for run in runs} == {"fr"}


def test_a_ceremony_without_minister_or_label() -> None:
    ceremony = CeremonyFacts("2023-09-18", False, 3, 0, [], [])
    text = _text(draft_fr(replace(seed_facts(), ceremony=ceremony)))
    assert (
        "Le lundi 18 septembre, une cérémonie a mis à l’honneur des présidentes et présidents des groupes-pays" in text
    )
    assert "pris la parole. Cette" not in text


def test_one_of_each_reads_right() -> None:
    ones = {**seed_facts().figures, "french_authorities_present": 1, "countries_present": 1, "speakers": 1}
    french = _text(draft_fr(replace(seed_facts(), figures=ones, partners=seed_facts().partners[:1])))
    assert "dont ceux d’une collectivité territoriale française" in french
    assert "des représentants d’un pays" in french
    assert "Une personne a pris la parole" in french
    assert "remercie son partenaire, qui a rendu ces Rencontres possibles : l’Agence" in french
    english = _text(draft_en(replace(seed_facts(), figures=ones)))
    assert "with one French local authority and representatives of 1 country" in english
    assert "One person took the floor" in english


def test_embassies_and_delegations_are_told_only_where_some_came() -> None:
    nobody = replace(seed_facts(), embassies=False, foreign_delegations=False)
    for draft, words in ((draft_fr, ("ambassad", "délégations étrangères")), (draft_en, ("embassy", "delegations"))):
        assert all(word in _text(draft(seed_facts())) for word in words)
        assert not any(word in _text(draft(nobody)) for word in words)


def test_a_plenary_that_did_not_open_the_day_is_not_said_to() -> None:
    plenary = seed_facts().plenary
    assert plenary is not None
    later = replace(seed_facts(), plenary=replace(plenary, opens_day=False))
    assert "s’est ouverte sur la séance plénière" in _text(draft_fr(seed_facts()))
    assert "s’est ouverte" not in _text(draft_fr(later))
    assert "opened with" not in _text(draft_en(later))


def test_groups_over_several_days_are_given_no_day() -> None:
    spread = replace(seed_facts(), groups=GroupsFacts("", 12, [{"fr": "Afrique"}]))
    assert "Une part de ces journées a été consacrée aux réunions de groupes-pays" in _text(draft_fr(spread))


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("Cité des Sciences", "à la Cité des Sciences"),
        ("Palais des Congrès", "au Palais des Congrès"),
        ("Hôtel de Ville", "à l’Hôtel de Ville"),
        ("Armenonville", "à Armenonville"),
    ],
)
def test_places(place: str, words: str) -> None:
    assert at_place_fr(place) == words


@st.composite
def some_facts(draw: st.DrawFn) -> Facts:
    """Editions of every size, with holes."""
    whole = seed_facts()
    several = [SpeakerFacts("A B", "F", []), SpeakerFacts("C D", "M", [{"fr": "Maire de Dijon"}])]
    awards = [AwardFacts("label", {"fr": "Label"}, ["Dijon"]), AwardFacts("prize", {"en": "Prize"}, [])]
    return replace(
        whole,
        cancelled_before=draw(st.sampled_from([None, 13])),
        cancelled_on_the_day=draw(st.booleans()),
        opening=draw(
            st.sampled_from(
                [
                    whole.opening,
                    None,
                    SessionFacts({"fr": "Ouverture"}, "2023-09-18", {"fr": "son rôle"}, [SpeakerFacts("A B", "F", [])]),
                    SessionFacts({"fr": "Ouverture"}, "2023-09-18"),
                ]
            )
        ),
        plenary=draw(st.sampled_from([whole.plenary, None, SessionFacts({"fr": "Plénière"}, "2023-09-18")])),
        groups=draw(
            st.sampled_from(
                [
                    whole.groups,
                    None,
                    GroupsFacts("", 1, [{"fr": "Afrique"}]),
                    GroupsFacts("2023-09-18", 0, [{"en": "Asia"}]),
                    GroupsFacts("2023-09-18", 1, []),
                ]
            )
        ),
        ends_on=draw(st.sampled_from(["2023-09-18", "2023-09-19", "2023-10-02"])),
        foreign_delegations=draw(st.booleans()),
        embassies=draw(st.booleans()),
        workshops=whole.workshops[: draw(st.integers(0, 2))],
        micro_workshops=draw(st.sampled_from([0, 1, 12])),
        ceremony=draw(
            st.sampled_from([whole.ceremony, None, CeremonyFacts("2023-09-18", True, 0, 0, several, awards)])
        ),
        partners=whole.partners[: draw(st.integers(0, 2))],
        following=draw(st.sampled_from([whole.following, None])),
        theme=draw(st.sampled_from([whole.theme, {}])),
        social_handle=draw(st.sampled_from(["", "@x"])),
        figures={code: draw(st.integers(0, 3) | st.integers(0, 2_000)) for code in whole.figures},
    )


@given(some_facts())
def test_every_draft_is_clean(facts: Facts) -> None:
    for draft in (draft_fr, draft_en):
        document = draft(facts)
        text = _text(document)
        assert "  " not in text
        assert " ," not in text
        assert " ." not in text
        assert ".." not in text
        assert text.count("«") == text.count("»")
        assert text.count("“") == text.count("”")
        assert "{" not in text
        assert ", ," not in text
        assert ",." not in text
        assert " :." not in text
        assert not re.search(r"\b(1|un|une) (?:participants|personnes|collectivités)\b", text)
        assert not re.search(r"\b(1|one) (?:participants|countries|people|French local authorities)\b", text)
        assert not re.search(r"\b0 pays|\b0 collectiv|\b0 countr", text)
        assert all(block.lines for block in document.blocks if block.kind != BlockKind.CONTACT)


@given(some_facts())
def test_facts_and_documents_survive_json(facts: Facts) -> None:
    assert facts_of.from_json(facts_of.to_json(facts)) == facts
    document = draft_fr(facts)
    assert documents.from_json(documents.to_json(document)) == document


def test_changed_facts_are_named() -> None:
    facts = seed_facts()
    other = replace(facts, venue_city="Lyon", figures={**facts.figures, "present": 511}, dated_on="2023-09-21")
    assert facts_of.changed_facts(facts, other) == ["venue_city", "figures.present"]
    assert facts_of.fingerprint(facts) != facts_of.fingerprint(other)
    assert facts_of.fingerprint(facts) == facts_of.fingerprint(replace(facts, snapshot_number=9))


def test_a_person_edits_and_figures_stay_linked() -> None:
    document = draft_fr(seed_facts())
    again = documents.from_source("fr", documents.to_source(document), ["present", *seed_facts().figures])
    assert again.plain_text() == document.plain_text()
    kinds = [run.kind for block in again.blocks for run in block.runs()]
    assert kinds.count(RunKind.FIGURE) == 9


def test_marks_that_do_not_exist_are_refused() -> None:
    with pytest.raises(UnknownMark, match="nonsense"):
        documents.from_source("fr", [("title", "T"), ("paragraph", "{figure:nonsense|12}")], ["present"])
    with pytest.raises(UnknownMark, match="javascript"):
        documents.from_source("fr", [("title", "T"), ("paragraph", "{link:javascript:x|12}")], ["present"])
    with pytest.raises(TextIsEmpty):
        documents.from_source("fr", [("title", ""), ("paragraph", "x")], [])
