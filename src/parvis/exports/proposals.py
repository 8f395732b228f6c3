"""The proposals to a call as a spreadsheet: what was written, what the reviews come to, what was decided."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.utils.translation import gettext

from parvis.domain.calls.questions import Question
from parvis.domain.calls.states import DECISION_NAMES, PROPOSAL_STATUS_NAMES
from parvis.ingest.kinds import Column, ColumnType

Row = dict[str, Any]
_FIXED = (
    Column("reference", "Référence", "Reference", ColumnType.CODE),
    Column("status", "État", "Status"),
    Column("decision", "Décision", "Decision"),
    Column("rank", "Rang", "Rank", ColumnType.INTEGER),
    Column("mean", "Moyenne", "Mean", ColumnType.INTEGER),
    Column("spread", "Écart", "Spread", ColumnType.INTEGER),
    Column("reviews", "Évaluations", "Reviews", ColumnType.INTEGER),
    Column("conflicts", "Conflits d’intérêts", "Conflicts of interest", ColumnType.INTEGER),
    Column("organisation", "Organisation", "Organisation"),
    Column("title_fr", "Titre (fr)", "Title (fr)"),
    Column("title_en", "Titre (en)", "Title (en)"),
    Column("abstract_fr", "Résumé (fr)", "Abstract (fr)", ColumnType.LONG_TEXT),
    Column("abstract_en", "Résumé (en)", "Abstract (en)", ColumnType.LONG_TEXT),
    Column("spoken", "Langues", "Languages", ColumnType.LIST),
    Column("sdgs", "ODD", "SDGs", ColumnType.LIST),
    Column("speakers", "Intervenants", "Speakers", ColumnType.LIST),
    Column("authors", "Auteurs", "Authors", ColumnType.LIST),
    Column("slot", "Créneau", "Slot", ColumnType.DATETIME),
    Column("room", "Salle", "Room"),
    Column("note", "Mot aux auteurs", "Words to the authors", ColumnType.LONG_TEXT),
    Column("submitted_at", "Déposée le", "Submitted", ColumnType.DATETIME),
)


def columns_of(questions: Sequence[Question]) -> list[Column]:
    """Return the columns, with one for each question of the call."""
    own = [
        Column(f"answer_{question.key}", question.label_fr, question.label("en"), ColumnType.LONG_TEXT)
        for question in questions
    ]
    return [*_FIXED, *own]


def rows_of(lines: Iterable[Any], *, decides: bool) -> Iterator[Row]:
    """Yield the lines that `matching_proposals` gave. `decides` tells whether decisions in preparation may be read.

    Scores stand only where the reader may see them: the lines know.
    """
    for line in lines:
        proposal, tally = line.proposal, line.tally
        organisation = proposal.organisation
        yield {
            "reference": proposal.reference,
            "status": gettext(PROPOSAL_STATUS_NAMES[proposal.status]),
            "decision": gettext(DECISION_NAMES[proposal.decision]) if decides else "",
            "rank": line.rank,
            "mean": tally.mean if tally else None,
            "spread": tally.spread if tally else None,
            "reviews": tally.reviews if tally else None,
            "conflicts": tally.conflicts if tally else None,
            "organisation": organisation.name if organisation is not None else proposal.organisation_typed,
            "title_fr": proposal.title_fr,
            "title_en": proposal.title_en,
            "abstract_fr": proposal.abstract_fr,
            "abstract_en": proposal.abstract_en,
            "spoken": [code.upper() for code in proposal.spoken],
            "sdgs": [str(number) for number in proposal.sdgs],
            "speakers": [_speaker(row) for row in proposal.speakers],
            "authors": [f"{e.name} <{e.email}>" for e in proposal.editors.all() if e.removed_at is None],
            "slot": proposal.slot.starts_at if proposal.slot is not None else None,
            "room": proposal.slot.room.name if proposal.slot is not None else "",
            "note": proposal.decision_note if decides else "",
            "submitted_at": proposal.submitted_at,
            **{f"answer_{key}": answer for key, answer in proposal.answers.items()},
        }


def _speaker(row: dict[str, str]) -> str:
    name = f"{row.get('first_name', '')} {row.get('last_name', '')}".strip()
    return ", ".join(part for part in (name, row.get("title", ""), row.get("email", "")) if part)
