"""Changes the themes that sessions share."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from parvis.domain.access import Actor, Permission
from parvis.domain.changes import AlreadyThere, TextMissing
from parvis.domain.programme.themes import check_merge, check_unused
from parvis.domain.slugs import slug_of
from parvis.domain.text import fold
from parvis.models import Session, SessionTheme, Theme
from parvis.services import log
from parvis.services.changes import check_known, check_seen, delete_row, locked, save_changes

THEME_FIELDS = frozenset({"name_fr", "name_en", "exclusive"})


def save_theme(
    *,
    actor: Actor,
    theme_id: int | None,
    values: Mapping[str, Any],
    seen: str = "",
    now: datetime | None = None,
) -> Theme:
    """Create or rename a theme, or mark it; its address stays. `values` holds some of `THEME_FIELDS`. Locks it.

    Its sessions are dated anew, so that the desk knows that the site says otherwise. Raises `NotAllowed`, `NotFound`,
    `ChangedMeanwhile`, `TextMissing`, and `AlreadyThere` for a name that differs from another by accents at most.
    """
    actor.require(Permission.EDIT_PROGRAMME)
    check_known(values, THEME_FIELDS)
    moment = now or timezone.now()
    with transaction.atomic():
        theme = Theme() if theme_id is None else locked(Theme, theme_id)
        before = (theme.name_fr, theme.name_en) if theme_id is not None else None
        name = str(values.get("name_fr", getattr(theme, "name_fr", "")) or "").strip()
        if not name:
            raise TextMissing(field="name_fr")
        others = list(Theme.objects.exclude(pk=theme_id or 0))
        if any(fold(other.name_fr or "") == fold(name) for other in others):
            raise AlreadyThere(what=name, field="name_fr")
        if theme_id is None:
            theme.slug = slug_of(name, {other.slug for other in others}, longest=60)
        saved = save_changes(actor=actor, row=theme, values=values, seen=seen, now=moment)
        if before is not None and before != (saved.name_fr, saved.name_en):
            Session.objects.filter(session_themes__theme=saved).update(updated_at=moment)
    return saved


def merge_themes(*, actor: Actor, kept_id: int, gone_id: int, seen: str = "", now: datetime | None = None) -> Theme:
    """Have the sessions of one theme bear another, at all editions, and delete it. A session bears no theme twice.

    What was published keeps saying what it said. Locks both. Raises `NotAllowed`, `NotFound`, `ChangedMeanwhile`,
    `ThemeWithItself`.
    """
    actor.require(Permission.EDIT_PROGRAMME)
    check_merge(kept_id, gone_id)
    moment = now or timezone.now()
    with transaction.atomic():
        rows = {pk: locked(Theme, pk) for pk in sorted({kept_id, gone_id})}
        kept, gone = rows[kept_id], rows[gone_id]
        check_seen(gone, seen)
        bearing = SessionTheme.objects.filter(theme=gone)
        sessions = list(bearing.values_list("session_id", flat=True))
        has_both = SessionTheme.objects.filter(theme=kept, session__in=sessions).values_list("session_id", flat=True)
        bearing.filter(session__in=list(has_both)).delete()
        bearing.update(theme=kept)
        Session.objects.filter(pk__in=sessions).update(updated_at=moment)
        details = {"merged_into": str(kept), "sessions": len(sessions)}
        log.record(actor=actor, action="theme.merged", subject=gone, now=moment, details=details)
        log.record(
            actor=actor,
            action="theme.took_in",
            subject=kept,
            now=moment,
            details={"took_in": str(gone), "sessions": len(sessions)},
        )
        gone.delete()
    return kept


def delete_theme(*, actor: Actor, theme_id: int, now: datetime | None = None) -> None:
    """Delete a theme that no session has. Locks it. Raises `NotAllowed`, `NotFound`, `ThemeInUse`."""
    actor.require(Permission.EDIT_PROGRAMME)
    with transaction.atomic():
        theme = locked(Theme, theme_id)
        check_unused(theme.name, SessionTheme.objects.filter(theme=theme).count())
        delete_row(actor=actor, row=theme, now=now or timezone.now())
