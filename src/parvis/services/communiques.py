"""Drafts, edits, approves, publishes and withdraws press releases."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language

from parvis.domain.access import Actor, Permission
from parvis.domain.communiques import document as documents
from parvis.domain.communiques import facts as facts_of
from parvis.domain.communiques.document import Document
from parvis.domain.communiques.draft_en import draft_en
from parvis.domain.communiques.draft_fr import draft_fr
from parvis.domain.communiques.fact_names import fact_name
from parvis.domain.communiques.facts import Facts
from parvis.domain.communiques.redraft import redrafted
from parvis.domain.communiques.states import (
    CommuniqueNotPublished,
    check_editable,
    check_publishable,
)
from parvis.domain.figures.definitions import DEFINITIONS
from parvis.domain.refusals import NotFound
from parvis.gateways.publishing import announce_public_change
from parvis.models import Communique, CommuniqueText, Edition, Snapshot
from parvis.queries.communique_facts import gather_facts
from parvis.services import log
from parvis.services.figures import take_snapshot

DRAFTS: dict[str, Callable[[Facts], Document]] = {"fr": draft_fr, "en": draft_en}


def draft_communique(
    *,
    actor: Actor,
    edition_id: int,
    dated_on: date,
    snapshot_id: int | None = None,
    now: datetime | None = None,
) -> Communique:
    """Draft a press release in every language from a snapshot; without one, figures are frozen first.

    One transaction; locks the edition so that two drafts cannot take one number.
    Raises `NotAllowed`, or `NotFound` for a snapshot of another edition.
    """
    actor.require(Permission.DRAFT_COMMUNIQUE)
    moment = now or timezone.now()
    with transaction.atomic():
        edition = Edition.objects.select_for_update(of=("self",)).get(pk=edition_id)
        if snapshot_id is None:
            snapshot = take_snapshot(actor=actor, edition_id=edition_id, now=moment)
        else:
            snapshot = _snapshot(edition_id, snapshot_id)
        facts = gather_facts(edition_id, dated_on=dated_on, snapshot=snapshot)
        latest = Communique.objects.filter(edition=edition).order_by("-number").values_list("number", flat=True).first()
        communique = Communique.objects.create(
            edition=edition,
            number=(latest or 0) + 1,
            snapshot=snapshot,
            dated_on=dated_on,
            facts=facts_of.to_json(facts),
            drafted_at=moment,
            drafted_by_label=actor.label,
        )
        CommuniqueText.objects.bulk_create(
            CommuniqueText(communique=communique, language=language, document=documents.to_json(draft(facts)))
            for language, draft in DRAFTS.items()
        )
        log.record(
            actor=actor,
            action="communique.drafted",
            subject=communique,
            now=moment,
            details={"snapshot": snapshot.number, "number": communique.number},
        )
    return communique


def redraft_communique(
    *, actor: Actor, communique_id: int, snapshot_id: int | None = None, now: datetime | None = None
) -> Communique:
    """Draft an unpublished press release again from today's data; what a person wrote in it stays.

    Without a snapshot, figures are frozen first. An approval given before is withdrawn. One transaction; locks the
    release. Raises `NotAllowed`, `CommuniqueIsPublished`, or `NotFound` for a snapshot of another edition.
    """
    actor.require(Permission.DRAFT_COMMUNIQUE)
    moment = now or timezone.now()
    with transaction.atomic():
        communique = _locked(communique_id)
        check_editable(communique.status)
        edition_id = communique.edition_id
        if snapshot_id is None:
            snapshot = take_snapshot(actor=actor, edition_id=edition_id, now=moment)
        else:
            snapshot = _snapshot(edition_id, snapshot_id)
        before = facts_of.from_json(communique.facts)
        after = gather_facts(edition_id, dated_on=communique.dated_on, snapshot=snapshot)
        for text in communique.texts.select_for_update():
            draft = DRAFTS[text.language]
            mine = documents.from_json(text.document)
            text.document = documents.to_json(redrafted(draft(before), mine, draft(after), before=before, after=after))
            text.save(update_fields=["document"])
        communique.facts = facts_of.to_json(after)
        communique.snapshot = snapshot
        communique.save(update_fields=["facts", "snapshot"])
        _withdraw_approval(communique)
        log.record(
            actor=actor,
            action="communique.redrafted",
            subject=communique,
            now=moment,
            details={"snapshot": snapshot.number, "changed": facts_of.changed_facts(before, after)},
        )
    return communique


def _snapshot(edition_id: int, snapshot_id: int) -> Snapshot:
    snapshot = Snapshot.objects.filter(pk=snapshot_id, edition_id=edition_id).first()
    if snapshot is None:
        raise NotFound
    return snapshot


def _locked(communique_id: int) -> Communique:
    communique = Communique.objects.select_for_update(of=("self",)).filter(pk=communique_id).first()
    if communique is None:
        raise NotFound
    return communique


def edit_communique(
    *,
    actor: Actor,
    communique_id: int,
    language: str,
    blocks: Sequence[tuple[str, str]],
    now: datetime | None = None,
) -> CommuniqueText:
    """Replace the text of one language by what a person wrote; an approval given before is withdrawn.

    `blocks` are (kind, text) as `document.to_source` gives them. Raises `CommuniqueIsPublished`, `UnknownMark`,
    `FigureMisquoted`, `FigureNotCounted` or `TextIsEmpty`; nothing is saved then.
    """
    actor.require(Permission.DRAFT_COMMUNIQUE)
    moment = now or timezone.now()
    with transaction.atomic():
        communique = _locked(communique_id)
        check_editable(communique.status)
        text = CommuniqueText.objects.select_for_update().filter(communique=communique, language=language).first()
        if text is None:
            raise NotFound
        edited = documents.from_source(language, blocks, DEFINITIONS)
        documents.check_figures(edited, facts_of.from_json(communique.facts).figures)
        before = text.document
        text.document = documents.to_json(edited)
        text.edited_at = moment
        text.edited_by_label = actor.label
        text.save(update_fields=["document", "edited_at", "edited_by_label"])
        if communique.status == Communique.Status.APPROVED:
            _withdraw_approval(communique)
        log.record(
            actor=actor,
            action="communique.edited",
            subject=communique,
            now=moment,
            details={"language": language, "before": before},
        )
    return text


def _withdraw_approval(communique: Communique) -> None:
    communique.status = Communique.Status.DRAFT
    communique.approved_at = None
    communique.approved_by = None
    communique.approved_by_label = ""
    communique.save(update_fields=["status", "approved_at", "approved_by", "approved_by_label"])


def approve_communique(*, actor: Actor, communique_id: int, now: datetime | None = None) -> Communique:
    """Record that a person read the texts and answers for them. Raises `CommuniqueIsPublished`."""
    actor.require(Permission.APPROVE_COMMUNIQUE)
    moment = now or timezone.now()
    with transaction.atomic():
        communique = _locked(communique_id)
        check_editable(communique.status)
        communique.status = Communique.Status.APPROVED
        communique.approved_at = moment
        communique.approved_by_id = actor.account_id
        communique.approved_by_label = actor.label
        communique.save(update_fields=["status", "approved_at", "approved_by", "approved_by_label"])
        log.record(actor=actor, action="communique.approved", subject=communique, now=moment)
    return communique


def publish_communique(*, actor: Actor, communique_id: int, now: datetime | None = None) -> Communique:
    """Publish an approved press release with its date. Raises `CommuniqueNotApproved` or `FactsMissing`."""
    actor.require(Permission.APPROVE_COMMUNIQUE)
    moment = now or timezone.now()
    with transaction.atomic():
        communique = _locked(communique_id)
        texts = list(communique.texts.all())
        language = get_language() or "fr"
        missing = [fact_name(name, language) for text in texts for name in documents.from_json(text.document).missing()]
        check_publishable(communique.status, missing)
        communique.status = Communique.Status.PUBLISHED
        communique.published_at = moment
        communique.save(update_fields=["status", "published_at"])
        announce_public_change()
        log.record(actor=actor, action="communique.published", subject=communique, now=moment)
    return communique


def withdraw_communique(*, actor: Actor, communique_id: int, now: datetime | None = None) -> Communique:
    """Take a published press release off the site; it keeps its number. Raises `CommuniqueNotPublished`."""
    actor.require(Permission.APPROVE_COMMUNIQUE)
    moment = now or timezone.now()
    with transaction.atomic():
        communique = _locked(communique_id)
        if communique.status != Communique.Status.PUBLISHED:
            raise CommuniqueNotPublished
        communique.status = Communique.Status.WITHDRAWN
        communique.save(update_fields=["status"])
        announce_public_change()
        log.record(actor=actor, action="communique.withdrawn", subject=communique, now=moment)
    return communique
