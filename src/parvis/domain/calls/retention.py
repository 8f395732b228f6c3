"""What is kept of a proposal once its edition is over: what was proposed and decided, and no longer by whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from parvis.domain.calls.states import Decision, ProposalStatus

KEPT_DAYS = 90  # after the edition's last day: proceedings are gathered, and authors asked about them, until then


@dataclass(frozen=True, slots=True)
class KeptProposal:
    """What stays in a proposal: its speakers as they were typed, and the answers to the call's own questions."""

    speakers: list[dict[str, str]]
    answers: dict[str, str]


def took_place(status: str, decision: str) -> bool:
    """Tell whether a proposal was selected, so that its speakers stand in the programme."""
    return status == ProposalStatus.SUBMITTED and decision == Decision.ACCEPTED


def what_is_kept(
    *, status: str, decision: str, speakers: Sequence[Mapping[str, Any]], answers: Mapping[str, Any]
) -> KeptProposal:
    """Return what stays once a proposal has served.

    Speakers of a selected one are in the published programme: their names stay, their addresses go. Of all others
    nobody is named any more, nor what they answered.
    """
    if not took_place(status, decision):
        return KeptProposal([], {})
    kept = [{name: "" if name == "email" else str(value) for name, value in row.items()} for row in speakers]
    return KeptProposal(kept, dict(answers))
