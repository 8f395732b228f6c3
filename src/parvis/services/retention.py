"""Erases what has served its purpose."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from parvis.domain.access import Actor, Permission
from parvis.domain.calls.retention import KEPT_DAYS as PROPOSALS_KEPT_DAYS
from parvis.domain.calls.retention import took_place, what_is_kept
from parvis.domain.editions import EditionStatus
from parvis.domain.own_programmes import KEPT_DAYS
from parvis.domain.programme.invitations import LINK_DAYS
from parvis.domain.references import TOKEN_BYTES, make_manage_token
from parvis.domain.registration_forms import NEEDS_KEPT_DAYS
from parvis.models import (
    Availability,
    Edition,
    Invitation,
    LogEntry,
    OwnProgramme,
    Proposal,
    ProposalEditor,
    Registration,
)
from parvis.services import log


def forget_needs(*, actor: Actor, now: datetime | None = None) -> int:
    """Erase access needs and diets of the editions that ended more than `NEEDS_KEPT_DAYS` days ago; return how many.

    One transaction, one log entry per edition; running it again finds nothing. The registrations and their counts
    stay. Raises `NotAllowed` without the right to change registrations.
    """
    actor.require(Permission.EDIT_REGISTRATIONS)
    moment = now or timezone.now()
    forgotten = 0
    with transaction.atomic():
        for edition in Edition.objects.filter(ends_on__lt=moment.date() - timedelta(days=NEEDS_KEPT_DAYS)):
            told = Registration.objects.filter(edition=edition).exclude(Q(access_needs="") & Q(diet=""))
            count = told.update(access_needs="", diet="")
            if count:
                log.record(
                    actor=actor,
                    action="registrations.needs_forgotten",
                    subject=edition,
                    now=moment,
                    details={"count": count},
                )
            forgotten += count
    return forgotten


def forget_own_programmes(*, actor: Actor, now: datetime | None = None) -> int:
    """Erase what participants chose of a programme once it has served; return how many.

    That is `KEPT_DAYS` days after the edition's last day and after the last change (`domain.own_programmes.kept_until`;
    where the edition has no date, after the last change alone). One transaction, one log entry per edition; running it
    again finds nothing. Raises `NotAllowed` without the right to change registrations.
    """
    actor.require(Permission.EDIT_REGISTRATIONS)
    moment = now or timezone.now()
    before = moment.astimezone(UTC).date() - timedelta(days=KEPT_DAYS)
    over = Q(edition__ends_on__isnull=True) | Q(edition__ends_on__lt=before)
    forgotten = 0
    with transaction.atomic():
        old = OwnProgramme.objects.filter(over, updated_at__lt=datetime.combine(before, time.min, UTC))
        for edition in Edition.objects.filter(pk__in=old.values("edition_id")).order_by("pk"):
            count, _rows = old.filter(edition=edition).delete()
            log.record(
                actor=actor,
                action="edition.own_programmes_forgotten",
                subject=edition,
                now=moment,
                details={"count": count},
            )
            forgotten += count
    return forgotten


def forget_proposals(*, actor: Actor, now: datetime | None = None) -> int:
    """Erase who wrote proposals, and what is no longer needed of those who were to speak; return how many proposals.

    That is `domain.calls.retention.KEPT_DAYS` days after an edition's last day; a postponed one is not over. The
    authors' links open nothing any more. What was proposed, by which organisation, and what was decided stays; the log
    keeps what was changed, without the names of speakers who were not selected. One transaction, one log entry per
    edition; running it again finds nothing. Locks the proposals. Raises `NotAllowed` without the right to change calls.
    """
    actor.require(Permission.EDIT_CALLS)
    moment = now or timezone.now()
    before = moment.astimezone(UTC).date() - timedelta(days=PROPOSALS_KEPT_DAYS)
    forgotten = 0
    with transaction.atomic():
        written = Proposal.objects.filter(editors__isnull=False)
        over = Edition.objects.filter(ends_on__lt=before, calls__proposals__in=written)
        for edition in over.exclude(status=EditionStatus.POSTPONED).distinct().order_by("pk"):
            ids = list(written.filter(call__edition=edition).values_list("pk", flat=True).distinct())
            proposals = list(Proposal.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk"))
            unnamed = []
            for proposal in proposals:
                kept = what_is_kept(
                    status=proposal.status,
                    decision=proposal.decision,
                    speakers=proposal.speakers,
                    answers=proposal.answers,
                )
                proposal.speakers, proposal.answers = kept.speakers, kept.answers
                if not took_place(proposal.status, proposal.decision):
                    unnamed.append(proposal.pk)
            Proposal.objects.bulk_update(proposals, ["speakers", "answers"], batch_size=500)
            ProposalEditor.objects.filter(proposal__in=ids).delete()
            _unname(unnamed)
            log.record(
                actor=actor,
                action="edition.proposals_forgotten",
                subject=edition,
                now=moment,
                details={"count": len(proposals)},
            )
            forgotten += len(proposals)
    return forgotten


def _unname(proposal_ids: Sequence[int]) -> None:
    """Take the names of speakers and their answers out of what the log says of proposals."""
    entries = []
    for entry in LogEntry.objects.filter(subject_kind="proposal", subject_id__in=proposal_ids).order_by("pk"):
        changes = entry.details.get("changes")
        named = [name for name in ("speakers", "answers") if isinstance(changes, dict) and name in changes]
        if named:
            entry.details["changes"] |= {name: ["", ""] for name in named}
            entries.append(entry)
    LogEntry.objects.bulk_update(entries, ["details"], batch_size=500)


def forget_invitations(*, actor: Actor, now: datetime | None = None) -> int:
    """Close the links of invitations, and erase their addresses, words and everybody's hours; return how many rows.

    That is `LINK_DAYS` days after an edition's last day. What was answered stays with the sessions, and with the
    invitation that it was sent and answered. One transaction, one log entry per edition; running it again finds
    nothing. Raises `NotAllowed` without the right to change the programme.
    """
    actor.require(Permission.EDIT_PROGRAMME)
    moment = now or timezone.now()
    before = moment.astimezone(UTC).date() - timedelta(days=LINK_DAYS)
    forgotten = 0
    with transaction.atomic():
        for edition in Edition.objects.filter(ends_on__lt=before).order_by("pk"):
            open_ones = list(Invitation.objects.filter(edition=edition).exclude(email="").order_by("pk"))
            for invitation in open_ones:
                invitation.token = make_manage_token(secrets.token_bytes(TOKEN_BYTES))  # known to nobody
                invitation.email = invitation.message = ""
            Invitation.objects.bulk_update(open_ones, ["token", "email", "message"], batch_size=500)
            hours, _rows = Availability.objects.filter(edition=edition).delete()
            count = len(open_ones) + hours
            if count:
                log.record(
                    actor=actor,
                    action="edition.invitations_forgotten",
                    subject=edition,
                    now=moment,
                    details={"count": count},
                )
            forgotten += count
    return forgotten
