"""Proposals as a spreadsheet: what was written, and scores only for whom they are."""

from __future__ import annotations

import io

import pytest
from python_calamine import CalamineWorkbook

from parvis.domain.access import Actor
from parvis.exports.proposals import columns_of, rows_of
from parvis.exports.spreadsheets import write_sheet
from parvis.models import Call
from parvis.queries.desk_proposals import ProposalFilters, matching_proposals
from parvis.queries.proposals import questions_of
from parvis.services.reviews import give_review
from tests.factories.calls import AFTER, a_call, a_form, sent

pytestmark = pytest.mark.django_db


def read(actor: Actor, call: Call, language: str, *, decides: bool) -> dict[str, object]:
    lines = matching_proposals(actor, call=call, filters=ProposalFilters())
    content = write_sheet(columns_of(questions_of(call)), rows_of(lines, decides=decides), language)
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    return dict(zip(map(str, rows[0]), rows[1], strict=True))


def test_a_row_holds_everything(organiser: Actor, read_only: Actor) -> None:
    call = a_call()
    proposal = sent(call, a_form(title_fr="=1+1", title_en="@Water", abstract_en="x" * 120)).proposal
    give_review(actor=organiser, proposal_id=proposal.pk, scores={"interet": 5, "clarte": 2}, now=AFTER)
    row = read(organiser, call, "fr", decides=True)
    assert (row["Référence"], row["Titre (fr)"], row["Moyenne"], row["Rang"]) == ("P001", "=1+1", 4.0, 1.0)
    assert row["Intervenants"] == "Aïcha Benali, Adjointe au maire, aicha@example.org"
    assert row["Besoin"] == "Un écran"
    english = read(organiser, call, "en", decides=True)
    assert (english["Title (en)"], english["Need"]) == ("@Water", "Un écran")
    hidden = read(read_only, call, "fr", decides=False)
    assert (hidden["Moyenne"], hidden["Décision"]) == ("", "")
