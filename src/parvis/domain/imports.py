"""What an import would do, row by row, in words that a person can check before it is applied."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from parvis.domain.refusals import N_, Refusal


class Outcome(StrEnum):
    """What becomes of one row."""

    CREATED = "created"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


OUTCOME_NAMES: dict[Outcome, str] = {
    Outcome.CREATED: N_("Created"),
    Outcome.CHANGED: N_("Changed"),
    Outcome.UNCHANGED: N_("Left alone"),
    Outcome.REFUSED: N_("Refused"),
}

# Sheets of one file are taken in this order, so that a later one may name what an earlier one brings.
KIND_ORDER = (
    "federation",
    "editions",
    "rooms",
    "organisations",
    "people",
    "groups",
    "sessions",
    "partners",
    "honours",
    "participants",
    "interventions",
    "scans",
)
KINDS_OF_AN_EDITION = frozenset({"rooms", "sessions", "interventions", "partners", "honours", "participants", "scans"})


class RowRefused(Refusal):
    """A row cannot be taken as it stands."""


class UnknownOrganisation(RowRefused):
    """An organisation must be recognised, or say what kind it is."""

    sentence = N_("“%(name)s” is not known. Say what kind of organisation it is, or correct the name.")


class UnknownAuthority(RowRefused):
    """A French authority is one of the table's (INSEE code, SIREN or name)."""

    sentence = N_("“%(name)s” is not a French local authority of the table. Did you mean: %(suggestions)s?")


class AmbiguousAuthority(RowRefused):
    """Several authorities bear the name."""

    sentence = N_("Several authorities are called “%(name)s”: %(candidates)s. Add the département or the INSEE code.")


class UnknownPerson(RowRefused):
    """Somebody who is referred to must exist, or come in the same file."""

    sentence = N_("“%(name)s” is not among the people. Import the people first, or check the spelling.")


class AmbiguousPerson(RowRefused):
    """Several people bear the name."""

    sentence = N_("Several people are called “%(name)s”. Add an e-mail address or the organisation.")


class SameAddress(RowRefused):
    """Two people do not share one e-mail address."""

    sentence = N_("%(email)s already belongs to %(other)s (row %(row)s). Each person needs an address of their own.")


class AddressTaken(RowRefused):
    """The address belongs to somebody already known."""

    sentence = N_("%(email)s already belongs to %(other)s. Check the name or the address.")


class RepeatedRow(RowRefused):
    """One thing stands once in a file."""

    sentence = N_("Row %(row)s already tells of the same thing, differently. Keep one of the two.")


class ReferenceTaken(RowRefused):
    """One reference is one person's registration."""

    sentence = N_("The reference %(reference)s belongs to %(other)s. Check the name, or leave the reference empty.")


class UnknownSession(RowRefused):
    """A session is named by its code."""

    sentence = N_("There is no session with the code “%(code)s” in this edition.")


class UnknownGroup(RowRefused):
    """A group is named by its code or its name."""

    sentence = N_("There is no group called “%(name)s”.")


class UnknownRoom(RowRefused):
    """A room belongs to the venue of the edition."""

    sentence = N_("There is no room called “%(name)s” at the venue. Rooms: %(rooms)s.")


class UnknownSeries(RowRefused):
    """A series exists before its editions."""

    sentence = N_("There is no series “%(series)s”. Import the sheet “federation” first.")


class UnknownCheckpoint(RowRefused):
    """A scan names a door of the edition."""

    sentence = N_("There is no checkpoint called “%(name)s”. Checkpoints: %(checkpoints)s.")


class UnknownBadge(RowRefused):
    """A scan names a badge or a registration of the edition."""

    sentence = N_("Neither a badge nor a registration is called “%(code)s”.")


class UnknownScan(RowRefused):
    """A scan takes back one that is known, or comes before it in the same file."""

    sentence = N_("There is no scan “%(scan)s” to take back: it must be known, or stand above in the same file.")


class DateOutsideEdition(RowRefused):
    """A session takes place on a day of its edition."""

    sentence = N_("%(day)s is outside the edition, which runs from %(first)s to %(last)s.")


class EndBeforeBeginning(RowRefused):
    """A session ends after it begins."""

    sentence = N_("The end comes before the beginning.")


class PlacementIncomplete(RowRefused):
    """A placement is a day, an hour, an end or a length, and a room."""

    sentence = N_("A placed session needs a day, a beginning, an end or a length, and a room. Missing: %(missing)s.")


class VenueMissing(RowRefused):
    """Rooms belong to a venue."""

    sentence = N_("The edition has no venue yet: write it in the sheet of editions, or in the column “venue”.")


class EditionMissing(Refusal):
    """These sheets belong to an edition."""

    sentence = N_("Say for which edition this file is.")


class NothingRefused(Refusal):
    """An import is applied whole or not at all."""

    sentence = N_("%(number)s rows are refused, so nothing was imported. Correct them and bring the file again.")


class PlanChanged(Refusal):
    """What is applied is what was shown."""

    sentence = N_("The data changed since this file was checked. Check it again: nothing was imported.")


@dataclass(frozen=True, slots=True)
class ImportRow:
    """One row as read from the file: typed values by column key, and what was wrong with its cells.

    `cell_errors` are (column as written, value as written, reason).
    """

    number: int
    values: Mapping[str, object]
    cell_errors: tuple[tuple[str, str, Refusal], ...] = ()


@dataclass(frozen=True, slots=True)
class ImportSheet:
    """The rows of one kind."""

    kind: str
    rows: list[ImportRow]


@dataclass(slots=True)
class RowPlan:
    """What would become of one row: `changes` are field → (before, after); `reasons` are (column, value, refusal)."""

    number: int
    label: str = ""
    outcome: Outcome = Outcome.UNCHANGED
    changes: dict[str, tuple[str, str]] = field(default_factory=dict)
    reasons: list[tuple[str, str, Refusal]] = field(default_factory=list)

    def refuse(self, refusal: Refusal, *, column: str = "", value: str = "") -> None:
        """Mark the row as refused for one more reason."""
        self.outcome = Outcome.REFUSED
        self.reasons.append((column, value, refusal))

    def created(self) -> None:
        """Mark the row as bringing something new."""
        if self.outcome != Outcome.REFUSED:
            self.outcome = Outcome.CREATED

    def changed(self, name: str, before: object, after: object) -> None:
        """Note a change of something that exists."""
        self.changes[name] = (_shown(before), _shown(after))
        if self.outcome == Outcome.UNCHANGED:
            self.outcome = Outcome.CHANGED


def _shown(value: object) -> str:
    if value is None:
        return ""
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


@dataclass(slots=True)
class SheetPlan:
    """What would become of one sheet."""

    kind: str
    rows: list[RowPlan] = field(default_factory=list)

    def counts(self) -> dict[str, int]:
        """Return how many rows have each outcome, all of them named."""
        found = Counter(row.outcome for row in self.rows)
        return {str(outcome): found[outcome] for outcome in Outcome}


def refused_rows(plans: list[SheetPlan]) -> int:
    """Return how many rows are refused in all."""
    return sum(row.outcome == Outcome.REFUSED for plan in plans for row in plan.rows)


def fingerprint(plans: list[SheetPlan]) -> str:
    """Return a digest of what would be written: what is applied must be what was shown."""
    content = [
        (plan.kind, [(row.number, str(row.outcome), sorted(row.changes.items())) for row in plan.rows])
        for plan in plans
    ]
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, default=str).encode()).hexdigest()
