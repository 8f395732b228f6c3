"""Decisions: prepared quietly, announced together once; afterwards a change is a new decision with its own mail."""

from __future__ import annotations

from collections.abc import Iterable

from parvis.domain.calls.states import DECISION_NAMES, Decision, ProposalStatus
from parvis.domain.refusals import N_, Refusal

LONGEST_NOTE = 3000
MADE = (Decision.ACCEPTED, Decision.RESERVE, Decision.DECLINED)


class NotToBeDecided(Refusal):
    """Only what is submitted is decided on."""

    sentence = N_("This proposal is not submitted: there is nothing to decide.")


class RecusedFromDecision(Refusal):
    """Whoever declared a conflict of interest has no part in the decision."""

    sentence = N_("You declared a conflict of interest on this proposal: somebody else decides on it.")


class DecisionMissing(Refusal):
    """What was announced is not taken back into silence."""

    sentence = N_("The decisions are announced: choose one that the authors can be told.")


class WordsMissing(Refusal):
    """Whoever is declined reads why."""

    sentence = N_("Write a few words to the authors: they read them in the mail that declines their proposal.")


class UndecidedRemain(Refusal):
    """All authors of a call hear at the same time."""

    sentence = N_("Still undecided: %(count)s. Decide on each proposal, then announce all of them together.")


class NothingToAnnounce(Refusal):
    """Without proposals there is nothing to say."""

    sentence = N_("No proposal is submitted to this call: there is nothing to announce.")


class AnnouncedAlready(Refusal):
    """Decisions are announced once."""

    sentence = N_("The decisions of this call are announced already.")


class SlotIsChosen(Refusal):
    """A workshop that stands in the programme is taken out of it before it is no longer selected."""

    sentence = N_("This proposal has its slot in the programme: take the slot back first.")


class PreviewIsOld(Refusal):
    """What is announced is what was read."""

    sentence = N_("Something changed since you opened this page: read again who gets what, then announce.")


def check_decision(
    *,
    status: ProposalStatus,
    decision: Decision,
    note: str,
    announced: bool,
    placed: bool,
    conflict: bool,
) -> None:
    """Raise the refusal that tells why a decision cannot be made.

    Raises `NotToBeDecided`, `RecusedFromDecision`, `DecisionMissing`, `WordsMissing`, `SlotIsChosen`.
    """
    if status is not ProposalStatus.SUBMITTED:
        raise NotToBeDecided
    if conflict:
        raise RecusedFromDecision
    if announced and decision is Decision.NONE:
        raise DecisionMissing(field="decision")
    if decision is Decision.DECLINED and not note:
        raise WordsMissing(field="note")
    if placed and decision is not Decision.ACCEPTED:
        raise SlotIsChosen(field="decision")


def check_announcement(decisions: Iterable[Decision], *, announced: bool) -> None:
    """Raise `AnnouncedAlready`, `NothingToAnnounce` or `UndecidedRemain` unless all can be told.

    `decisions` are those on what is submitted.
    """
    made = list(decisions)
    if announced:
        raise AnnouncedAlready
    if not made:
        raise NothingToAnnounce
    undecided = sum(1 for decision in made if decision is Decision.NONE)
    if undecided:
        raise UndecidedRemain(count=undecided)


def public_decision(decision: Decision, *, announced: bool) -> Decision:
    """Return what the authors may know of a decision: nothing before the announcement."""
    return decision if announced else Decision.NONE


def decision_name(decision: Decision) -> str:
    """Return the English msgid of a decision."""
    return DECISION_NAMES[decision]
