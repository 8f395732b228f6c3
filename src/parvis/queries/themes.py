"""Themes that sessions share: at one edition, and at all of them."""

from __future__ import annotations

from django.db.models import Count, Q

from parvis.domain.access import Actor, Permission
from parvis.domain.refusals import NotFound
from parvis.models import Session, Theme


def list_themes(actor: Actor, *, edition_id: int) -> list[Theme]:
    """Return the themes by name, each with its sessions at this edition (`here`) and at all (`everywhere`). One query.

    Raises `NotAllowed`.
    """
    actor.require(Permission.READ_DESK)
    rows = Theme.objects.annotate(
        here=Count("session_themes", filter=Q(session_themes__session__edition_id=edition_id)),
        everywhere=Count("session_themes"),
    )
    return sorted(rows, key=lambda theme: theme.name.casefold())


def access_theme(actor: Actor, *, theme_id: int) -> Theme:
    """Return a theme, with how many sessions have it at all editions (`everywhere`). One query.

    Raises `NotAllowed`, `NotFound`.
    """
    actor.require(Permission.READ_DESK)
    theme = Theme.objects.filter(pk=theme_id).annotate(everywhere=Count("session_themes")).first()
    if theme is None:
        raise NotFound
    return theme


def list_sessions_of_theme(actor: Actor, *, theme_id: int, edition_id: int) -> list[Session]:
    """Return the sessions of an edition that have a theme. One query. Raises `NotAllowed`."""
    actor.require(Permission.READ_DESK)
    rows = Session.objects.filter(edition_id=edition_id, session_themes__theme=theme_id)
    return list(rows.select_related("placement__room").order_by("placement__starts_at", "code"))
