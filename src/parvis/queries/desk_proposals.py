"""The desk's list of proposals to a call, one proposal with its reviews, and what an announcement would tell whom."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from parvis.domain.access import Actor, Permission
from parvis.domain.calls.questions import read_criteria
from parvis.domain.calls.reviews import Tally, ranks
from parvis.domain.calls.states import Decision, ProposalStatus
from parvis.domain.refusals import NotFound
from parvis.domain.text import fold
from parvis.models import Call, Proposal, ProposalEditor, Review
from parvis.queries.paging import PER_PAGE, RowsPage
from parvis.queries.proposals import dressed, editors_of
from parvis.queries.reviews import visible_tally


@dataclass(frozen=True, slots=True)
class ProposalFilters:
    """What narrows the list. `reviewed` is "none", "some" or "apart" (reviewers far from one another)."""

    q: str = ""
    status: str = ""
    decision: str = ""
    reviewed: str = ""
    slot: str = ""
    sort: str = ""


@dataclass(frozen=True, slots=True)
class ProposalLine:
    """One proposal of the list: what its reviews come to and its rank, where the actor may know."""

    proposal: Proposal
    tally: Tally | None
    rank: int | None


APART = 2.0  # from this distance between two reviewers on, a proposal is worth talking about


def _reviews() -> Prefetch[Any]:
    return Prefetch("reviews", queryset=Review.objects.select_related("reviewer").order_by("pk"))


def matching_proposals(actor: Actor, *, call: Call, filters: ProposalFilters) -> list[ProposalLine]:
    """Return every proposal of a call that the filters leave, in their order. Three queries. Raises `NotAllowed`.

    A decision that is not announced is known to those who decide, and to nobody else.
    """
    actor.require(Permission.READ_DESK)
    rows = (
        Proposal.objects.filter(call=call)
        .select_related("organisation", "slot__room")
        .prefetch_related(_reviews(), "editors")
    )
    criteria = read_criteria(call.criteria)
    tallies = {row.pk: visible_tally(actor, row, criteria) for row in rows if row.status == ProposalStatus.SUBMITTED}
    places = ranks({key: found.mean if found else None for key, found in tallies.items()})
    lines = [ProposalLine(row, tallies.get(row.pk), places.get(row.pk)) for row in rows]
    return _sorted([line for line in lines if _matches(actor, call, line, filters)], filters.sort)


def _matches(actor: Actor, call: Call, line: ProposalLine, filters: ProposalFilters) -> bool:
    row, found = line.proposal, line.tally
    if filters.status and row.status != filters.status:
        return False
    if filters.decision and known_decision(actor, call, row) != filters.decision:
        return False
    if filters.slot and (row.slot_id is not None) != (filters.slot == "chosen"):
        return False
    if filters.reviewed:
        number = found.reviews if found else 0
        apart = found is not None and found.spread is not None and found.spread >= APART
        if not {"none": number == 0, "some": number > 0, "apart": apart}.get(filters.reviewed, True):
            return False
    words = fold(filters.q).split()
    if not words:
        return True
    organisation = row.organisation.name if row.organisation is not None else row.organisation_typed
    people = " ".join(f"{editor.name} {editor.email}" for editor in row.editors.all())
    speakers = " ".join(f"{s.get('first_name', '')} {s.get('last_name', '')}" for s in row.speakers)
    text = fold(" ".join((row.reference, row.title_fr or "", row.title_en or "", organisation, people, speakers)))
    return all(word in text for word in words)


def known_decision(actor: Actor, call: Call, proposal: Proposal) -> str:
    """Return the decision on a proposal as far as the actor may know it."""
    if call.announced_at is None and not actor.may(Permission.EDIT_CALLS):
        return str(Decision.NONE)
    return proposal.decision


def _sorted(lines: list[ProposalLine], sort: str) -> list[ProposalLine]:
    def title(line: ProposalLine) -> str:
        return fold(line.proposal.title_fr or line.proposal.title_en or "")

    def score(line: ProposalLine) -> tuple[bool, float, str]:
        mean = line.tally.mean if line.tally else None
        return mean is None, -(mean or 0.0), line.proposal.reference

    def spread(line: ProposalLine) -> tuple[float, str]:
        return -((line.tally.spread or 0.0) if line.tally else -1.0), line.proposal.reference

    def reviews(line: ProposalLine) -> tuple[int, str]:
        return line.tally.reviews if line.tally else 0, line.proposal.reference

    keys: dict[str, Any] = {"score": score, "spread": spread, "reviews": reviews, "title": title}
    return sorted(lines, key=keys.get(sort, lambda line: line.proposal.reference))


def page_of_lines(lines: list[ProposalLine], number: int) -> RowsPage[Proposal]:
    """Return one page of a list that is in memory; its rows are lines. No query."""
    pages = max(1, -(-len(lines) // PER_PAGE))
    number = min(max(1, number), pages)
    start = (number - 1) * PER_PAGE
    rows: list[Any] = lines[start : start + PER_PAGE]
    return RowsPage(rows, number, pages, len(lines), start + 1 if lines else 0)


def access_proposal(actor: Actor, *, edition_id: int, call_slug: str, proposal_id: int) -> Proposal:
    """Return a proposal with its editors, reviews and slot. Three queries. Raises `NotAllowed`, `NotFound`."""
    actor.require(Permission.READ_DESK)
    proposal = (
        dressed(Proposal.objects.filter(pk=proposal_id, call__edition_id=edition_id, call__slug=call_slug))
        .prefetch_related(_reviews())
        .first()
    )
    if proposal is None:
        raise NotFound
    return proposal


def list_to_announce(actor: Actor, *, call: Call) -> list[Proposal]:
    """Return what is submitted to a call with those who would be told, by decision then reference. Two queries.

    Raises `NotAllowed`.
    """
    actor.require(Permission.EDIT_CALLS)
    rows = dressed(Proposal.objects.filter(call=call, status=ProposalStatus.SUBMITTED)).order_by("reference")
    order = [Decision.NONE, Decision.ACCEPTED, Decision.RESERVE, Decision.DECLINED]
    return sorted(rows, key=lambda proposal: order.index(Decision(proposal.decision)))


def print_of(proposals: list[Proposal]) -> str:
    """Return a short print of what would be announced to whom; the proposals as `dressed` fetched them. No query."""
    lines = [
        repr((p.pk, p.decision, p.decision_note, sorted(editor.email for editor in editors_of(p))))
        for p in sorted(proposals, key=lambda proposal: proposal.pk)
    ]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:20]


def list_without_slot(actor: Actor, *, call: Call) -> list[Proposal]:
    """Return the selected proposals whose authors have not chosen a slot. Two queries. Raises `NotAllowed`."""
    actor.require(Permission.READ_DESK)
    if call.announced_at is None:
        return []
    return list(dressed(waiting_for_slot(Proposal.objects.filter(call=call))).order_by("reference"))


def waiting_for_slot(rows: QuerySet[Proposal]) -> QuerySet[Proposal]:
    """Return those whose authors were told that they are selected, and who hold no slot."""
    return rows.filter(
        Q(
            status=ProposalStatus.SUBMITTED,
            decision=Decision.ACCEPTED,
            slot__isnull=True,
            call__announced_at__isnull=False,
        )
    )


def list_removed_editors(actor: Actor, *, proposal_id: int) -> list[ProposalEditor]:
    """Return those who could edit a proposal and no longer can. One query. Raises `NotAllowed`."""
    actor.require(Permission.READ_DESK)
    return list(ProposalEditor.objects.filter(proposal_id=proposal_id, removed_at__isnull=False).order_by("removed_at"))
