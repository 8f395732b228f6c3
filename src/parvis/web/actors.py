"""Who is asking, as the services want to know it."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from parvis.domain.access import PUBLIC, Actor
from parvis.queries.accounts import actor_of


def get_actor(request: HttpRequest) -> Actor:
    """Return the actor behind a request; one query for the roles, kept on the request."""
    kept = getattr(request, "parvis_actor", None)
    if isinstance(kept, Actor):
        return kept
    user = request.user
    actor = PUBLIC if isinstance(user, AnonymousUser) or not user.is_authenticated else actor_of(account_id=user.pk)
    request.parvis_actor = actor  # type: ignore[attr-defined]  # kept for the length of this request
    return actor
