"""Who is asking, as the services want to know it."""

from __future__ import annotations

from django.http import HttpRequest

from parvis.domain.access import PUBLIC, Actor
from parvis.queries.accounts import actor_from


def get_actor(request: HttpRequest) -> Actor:
    """Return the actor behind a request; one query for the roles beside that for the account, kept on the request."""
    kept = getattr(request, "parvis_actor", None)
    if isinstance(kept, Actor):
        return kept
    user = request.user
    actor = actor_from(user) if user.is_authenticated else PUBLIC
    request.parvis_actor = actor  # type: ignore[attr-defined]  # kept for the length of this request
    return actor
