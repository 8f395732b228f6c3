"""Opens calls for proposals, changes them, and deletes those to which nobody has answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from parvis.domain.access import Actor, Permission
from parvis.domain.calls.questions import (
    Criterion,
    Question,
    read_criteria,
    tidied_criteria,
    tidied_questions,
    write_rows,
)
from parvis.domain.calls.reviews import CriteriaInUse
from parvis.domain.calls.slots import LengthIsSet
from parvis.domain.calls.windows import check_dates
from parvis.domain.changes import TextMissing
from parvis.domain.editions import EDITION_STATUS_NAMES, EditionIsClosed, EditionStatus
from parvis.domain.programme.placement import LONGEST, SessionMustLast
from parvis.domain.refusals import NotFound
from parvis.domain.slugs import slug_of
from parvis.gateways.publishing import announce_public_change
from parvis.models import Call, Edition, Review
from parvis.services.changes import check_known, delete_row, locked, save_changes

CALL_FIELDS = frozenset(
    {"name_fr", "name_en", "text_fr", "text_en", "format", "duration_min", "opens_at", "closes_at", "choose_by"}
)
_CLOSED = frozenset({EditionStatus.ARCHIVED, EditionStatus.CANCELLED})
_LONGEST_SLUG = 60


def save_call(
    *,
    actor: Actor,
    edition_id: int,
    call_id: int | None,
    values: Mapping[str, Any],
    questions: Sequence[Question] | None = None,
    criteria: Sequence[Criterion] | None = None,
    seen: str = "",
    now: datetime | None = None,
) -> Call:
    """Open a call (without `call_id`) or change one; `values` holds some of `CALL_FIELDS`.

    `questions` and `criteria`, where given, are all of them in their order; empty rows fall away. Locks the edition's
    row, then the call. Raises `NotAllowed`, `NotFound`, `EditionIsClosed`, `ChangedMeanwhile`, `TextMissing`, the
    refusals of `check_dates`, `tidied_questions` and `tidied_criteria`, `SessionMustLast`, `LengthIsSet` where slots of
    another length exist, and `CriteriaInUse` where reviews would lose a criterion.
    """
    actor.require(Permission.EDIT_CALLS)
    check_known(values, CALL_FIELDS)
    with transaction.atomic():
        edition = locked(Edition, edition_id)
        status = EditionStatus(edition.status)
        if status in _CLOSED:
            raise EditionIsClosed(current=EDITION_STATUS_NAMES[status])
        call = Call(edition=edition) if call_id is None else locked(Call, call_id, edition=edition)
        given = dict(values)
        _check(call, given)
        if questions is not None:
            given["questions"] = write_rows(tidied_questions(questions))
        if criteria is not None:
            given["criteria"] = _checked_criteria(call, criteria)
        if call_id is None:
            taken = {"new", *Call.objects.filter(edition=edition).values_list("slug", flat=True)}
            call.slug = slug_of(str(given["name_fr"]), taken, longest=_LONGEST_SLUG)
        saved = save_changes(actor=actor, row=call, values=given, seen=seen, now=now or timezone.now())
        _tell_public(edition)
    return saved


def _check(call: Call, given: Mapping[str, Any]) -> None:
    """Raise what is wrong with a call as it would stand."""

    def value(name: str) -> Any:
        return given.get(name, getattr(call, name))

    if not str(value("name_fr") or "").strip():
        raise TextMissing(field="name_fr")
    for name in ("opens_at", "closes_at"):
        if value(name) is None:
            raise TextMissing(field=name)
    check_dates(opens_at=value("opens_at"), closes_at=value("closes_at"), choose_by=value("choose_by"))
    length = int(value("duration_min") or 0)
    if not 0 < length <= LONGEST.total_seconds() / 60:
        raise SessionMustLast(field="duration_min")
    if call.pk is not None and length != call.duration_min and call.slots.exists():
        raise LengthIsSet(length=call.duration_min, field="duration_min")


def _checked_criteria(call: Call, criteria: Sequence[Criterion]) -> list[dict[str, Any]]:
    wanted = tidied_criteria(criteria)
    if call.pk is not None and Review.objects.filter(proposal__call=call, conflict=False).exists():
        before = {criterion.key for criterion in read_criteria(call.criteria)}
        if before != {criterion.key for criterion in wanted}:
            raise CriteriaInUse
    return write_rows(wanted)


def delete_call(*, actor: Actor, call_id: int, now: datetime | None = None) -> None:
    """Delete a call to which nobody has answered, with its slots. Locks it.

    Raises `NotAllowed`, `NotFound`, `StillReferredTo` where there are proposals, drafts included.
    """
    actor.require(Permission.EDIT_CALLS)
    with transaction.atomic():
        call = locked(Call, call_id)
        edition = call.edition
        delete_row(actor=actor, row=call, now=now or timezone.now())
        _tell_public(edition)


def _tell_public(edition: Edition) -> None:
    """Have every process forget the pages that name the calls of an edition: the public stamp holds its date."""
    edition.save(update_fields=["updated_at"])
    announce_public_change()


def locked_call(call_id: int) -> Call:
    """Return a call with its edition, its row locked until the transaction ends. Raises `NotFound`."""
    call = (
        Call.objects.select_for_update(of=("self",))
        .select_related("edition__venue", "edition__series__federation__organisation")
        .filter(pk=call_id)
        .first()
    )
    if call is None:
        raise NotFound
    return call
