"""What every page of the desk stands on: who asks, for which edition, and how a refusal becomes a page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from parvis.domain.access import Actor, Permission
from parvis.domain.refusals import NotAllowed, NotFound
from parvis.queries.desk_editions import DeskEdition, desk_edition
from parvis.web.actors import get_actor
from parvis.web.refusals import say


@dataclass(frozen=True)
class Desk:
    """Who works at the desk, and on which edition."""

    actor: Actor
    edition: DeskEdition

    @property
    def zone(self) -> Any:
        """The venue's zone, in which days and hours are shown."""
        return self.edition.zone


def desk_page(*permissions: Permission) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Make a view of the desk: signed in, with one of `permissions`, on the edition that the address names.

    The view is called with (request, desk, …). A refusal by a service or query becomes the page that says why: 403
    with the sentence, or 404. The rule itself stands in the service; this only spares the visitor an empty page.
    """

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @login_required
        @wraps(view)
        def page(request: HttpRequest, edition: str | None = None, **kwargs: Any) -> HttpResponse:
            actor = get_actor(request)
            try:
                if permissions and not actor.may_any(permissions):
                    actor.require(permissions[0])
                desk = Desk(actor, desk_edition(actor, slug=edition))
                request.desk = desk  # type: ignore[attr-defined]  # the frame of the page reads it
                return view(request, desk, **kwargs)
            except NotAllowed as refusal:
                return render(request, "errors/403.html", {"reason": say(refusal)}, status=403)
            except NotFound as refusal:
                return render(request, "errors/404.html", {"reason": say(refusal)}, status=404)

        return page

    return decorate
