"""The importable kinds of sheet, as data: what each is called and which columns it has.

`KINDS` is in the order in which a workbook or a folder of files is to be imported: each kind
refers only to those before it.
"""

from __future__ import annotations

from parvis.domain.text import fold
from parvis.ingest.kinds.columns import Choice, Column, ColumnType, SheetKind
from parvis.ingest.kinds.editions import EDITIONS, FEDERATION, PARTNERS, ROOMS
from parvis.ingest.kinds.network import GROUPS, ORGANISATIONS, PEOPLE
from parvis.ingest.kinds.programme import HONOURS, INTERVENTIONS, SESSIONS
from parvis.ingest.kinds.registrations import PARTICIPANTS, SCANS

__all__ = ["KINDS", "Choice", "Column", "ColumnType", "SheetKind", "kind_called"]

KINDS: dict[str, SheetKind] = {
    kind.key: kind
    for kind in (
        FEDERATION,
        EDITIONS,
        ORGANISATIONS,
        PEOPLE,
        GROUPS,
        ROOMS,
        SESSIONS,
        INTERVENTIONS,
        PARTNERS,
        HONOURS,
        PARTICIPANTS,
        SCANS,
    )
}

_BY_NAME: dict[str, SheetKind] = {}
for _kind in KINDS.values():
    for _name in (_kind.key, _kind.fr, _kind.en, *_kind.aliases):
        _BY_NAME.setdefault(fold(_name), _kind)


def kind_called(name: str) -> SheetKind | None:
    """Return the kind that the name of a sheet or file tells: « Séances », "03-people.csv", "people 2023"; or None."""
    folded = fold(
        name.rsplit(".", 1)[0] if name.lower().endswith((".csv", ".xlsx", ".xls", ".ods", ".txt", ".tsv")) else name
    )
    if folded in _BY_NAME:
        return _BY_NAME[folded]
    words = [word for word in folded.split() if not word.isdigit()]
    if " ".join(words) in _BY_NAME:
        return _BY_NAME[" ".join(words)]
    found = {_BY_NAME[word].key for word in words if word in _BY_NAME}
    return KINDS[found.pop()] if len(found) == 1 else None
