"""Decisions: only on what is submitted, by somebody without a conflict; announced together, once."""

from __future__ import annotations

import pytest

from parvis.domain.calls.decisions import (
    AnnouncedAlready,
    DecisionMissing,
    NothingToAnnounce,
    NotToBeDecided,
    RecusedFromDecision,
    SlotIsChosen,
    UndecidedRemain,
    WordsMissing,
    check_announcement,
    check_decision,
    public_decision,
)
from parvis.domain.calls.states import Decision, ProposalStatus

GOOD = {
    "status": ProposalStatus.SUBMITTED,
    "decision": Decision.ACCEPTED,
    "note": "",
    "announced": False,
    "placed": False,
    "conflict": False,
}


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"status": ProposalStatus.DRAFT}, NotToBeDecided),
        ({"status": ProposalStatus.WITHDRAWN}, NotToBeDecided),
        ({"conflict": True}, RecusedFromDecision),
        ({"decision": Decision.NONE, "announced": True}, DecisionMissing),
        ({"decision": Decision.DECLINED}, WordsMissing),
        ({"decision": Decision.RESERVE, "placed": True}, SlotIsChosen),
        ({"decision": Decision.DECLINED, "note": "Merci", "placed": True}, SlotIsChosen),
    ],
)
def test_what_cannot_be_decided(changes: dict[str, object], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        check_decision(**{**GOOD, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"decision": Decision.NONE},
        {"decision": Decision.RESERVE},
        {"decision": Decision.DECLINED, "note": "Merci"},
        {"decision": Decision.ACCEPTED, "placed": True, "announced": True},
    ],
)
def test_what_can(changes: dict[str, object]) -> None:
    check_decision(**{**GOOD, **changes})  # type: ignore[arg-type]


def test_all_are_told_together_and_once() -> None:
    check_announcement([Decision.ACCEPTED, Decision.DECLINED], announced=False)
    with pytest.raises(UndecidedRemain, match="2"):
        check_announcement([Decision.NONE, Decision.ACCEPTED, Decision.NONE], announced=False)
    with pytest.raises(NothingToAnnounce):
        check_announcement([], announced=False)
    with pytest.raises(AnnouncedAlready):
        check_announcement([Decision.NONE], announced=True)


@pytest.mark.parametrize("decision", list(Decision))
def test_authors_know_nothing_before(decision: Decision) -> None:
    assert public_decision(decision, announced=False) is Decision.NONE
    assert public_decision(decision, announced=True) is decision
