"""Reads of proposals by those who write them: each opens their own by a secret link."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from parvis.domain.access import Actor
from parvis.domain.calls import windows
from parvis.domain.calls.proposals import ProposalInput, SpeakerInput, check_changeable, faults_of
from parvis.domain.calls.questions import Question, read_questions
from parvis.domain.calls.states import Decision, ProposalStatus
from parvis.domain.editions import EditionStatus
from parvis.domain.references import is_manage_token
from parvis.domain.refusals import NotFound, Refusal
from parvis.domain.registration_forms import OrganisationInput
from parvis.models import Call, LogEntry, Proposal, ProposalEditor


def dressed(rows: QuerySet[Proposal]) -> QuerySet[Proposal]:
    """Fetch with proposals all that their pages and mails show."""
    return rows.select_related(
        "call__edition__venue",
        "call__edition__series__federation__organisation",
        "organisation",
        "slot__room",
        "session",
    ).prefetch_related(
        Prefetch(
            "editors",
            queryset=ProposalEditor.objects.filter(removed_at__isnull=True).order_by("added_at", "pk"),
            to_attr="present_editors",
        )
    )


def access_by_link(token: str) -> tuple[Proposal, ProposalEditor]:
    """Return the proposal that a personal link opens, and whose link it is. Two queries.

    Raises `NotFound` for a forged link, and for that of somebody who was taken out.
    """
    proposal = None
    if is_manage_token(token):
        proposal = dressed(Proposal.objects.filter(editors__token=token, editors__removed_at__isnull=True)).first()
    if proposal is None:
        raise NotFound
    editor = next(editor for editor in editors_of(proposal) if editor.token == token)
    return proposal, editor


def editors_of(proposal: Proposal) -> list[ProposalEditor]:
    """Return those who can edit a proposal that `dressed` fetched, the first author first. No query."""
    found: list[ProposalEditor] = proposal.present_editors  # type: ignore[attr-defined]  # set by the prefetch
    return found


def actor_by_link(proposal: Proposal, editor: ProposalEditor) -> Actor:
    """Return the actor for whoever holds that link."""
    return Actor(label=f"{editor.name} ({proposal.reference})"[:200], proposal_id=proposal.pk, channel="link")


def find_by_form_key(form_key: UUID) -> Proposal | None:
    """Return the proposal that a form made. Two queries."""
    return dressed(Proposal.objects.filter(guid=form_key)).first()


def form_of(proposal: Proposal) -> ProposalInput:
    """Return a proposal, its organisation fetched, in the shape of the form that would have made it. No query."""
    organisation = proposal.organisation
    return ProposalInput(
        organisation=OrganisationInput(
            name=organisation.name if organisation is not None else proposal.organisation_typed,
            organisation_id=organisation.pk if organisation is not None else None,
            country=organisation.country if organisation is not None else proposal.organisation_country,
        ),
        title_fr=proposal.title_fr or "",
        title_en=proposal.title_en or "",
        abstract_fr=proposal.abstract_fr or "",
        abstract_en=proposal.abstract_en or "",
        spoken=tuple(proposal.spoken),
        sdgs=tuple(proposal.sdgs),
        speakers=tuple(_speaker(row) for row in proposal.speakers),
        answers=dict(proposal.answers),
    )


def _speaker(row: Mapping[str, str]) -> SpeakerInput:
    return SpeakerInput(**{name: str(row.get(name, "")) for name in ("first_name", "last_name", "email", "title")})


def questions_of(call: Call) -> list[Question]:
    """Return what a call asks besides the usual. No query."""
    return read_questions(call.questions)


def missing_of(proposal: Proposal) -> list[Refusal]:
    """Return everything that keeps a proposal from being submitted. No query."""
    return list(faults_of(form_of(proposal), questions_of(proposal.call)))


def is_open(call: Call, *, now: datetime) -> bool:
    """Tell whether a call, its edition fetched, takes proposals at `now`. No query."""
    return windows.is_open(
        status=EditionStatus(call.edition.status), opens_at=call.opens_at, closes_at=call.closes_at, now=now
    )


def change_refusal(proposal: Proposal, *, now: datetime) -> Refusal | None:
    """Return why its authors cannot change a proposal at `now`, or None while they can. No query."""
    call = proposal.call
    try:
        check_changeable(
            status=ProposalStatus(proposal.status),
            decision=Decision(proposal.decision),
            announced=call.announced_at is not None,
            call_open=is_open(call, now=now),
            placed=proposal.slot_id is not None,
            by_desk=False,
        )
    except Refusal as refusal:
        return refusal
    return None


def last_change_by(proposal: Proposal) -> str:
    """Return who wrote a proposal last, as the log knows them; nothing where nobody did. One query."""
    who = (
        LogEntry.objects.filter(subject_kind="proposal", subject_id=proposal.pk)
        .order_by("-at", "-id")
        .values_list("actor_label", flat=True)
        .first()
    )
    return who or ""
