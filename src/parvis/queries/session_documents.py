"""Reads of the documents beside sessions."""

from __future__ import annotations

from django.db.models import QuerySet

from parvis.domain.access import Actor, Permission
from parvis.models import SessionDocument


def list_documents(actor: Actor, *, session_id: int) -> QuerySet[SessionDocument]:
    """Return a session's documents in their order. One query. Raises `NotAllowed`."""
    actor.require(Permission.READ_DESK)
    return SessionDocument.objects.filter(session_id=session_id).order_by("position", "pk")
