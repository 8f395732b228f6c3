"""The demo's mailbox: what would have left by mail is read here. Elsewhere these addresses do not exist."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from uuid import UUID

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from parvis.domain.refusals import NotFound
from parvis.queries.mails import access_demo_attachment, access_demo_mail, list_demo_mails
from parvis.web.personal import personal

P = ParamSpec("P")
PER_PAGE = 30


def _demo_only(
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    @wraps(view)
    def shown(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not settings.PARVIS_DEMO:
            raise Http404
        try:
            return view(request, *args, **kwargs)
        except NotFound as refusal:
            raise Http404 from refusal

    return shown


@require_safe
@personal(sends_form=True)
@_demo_only
def mailbox(request: HttpRequest) -> HttpResponse:
    """List the mails, the latest first; `?to=` keeps those to one address."""
    recipient = request.GET.get("to", "").strip()
    page = Paginator(list_demo_mails(recipient=recipient), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "space/mailbox.html", {"page": page, "recipient": recipient})


@require_safe
@personal()
@_demo_only
def one_mail(request: HttpRequest, guid: UUID) -> HttpResponse:
    """Show one mail as text, with its links and its attachments."""
    return render(request, "space/mail.html", {"mail": access_demo_mail(guid)})


@require_safe
@personal()
@_demo_only
def attachment(request: HttpRequest, guid: UUID, number: int) -> HttpResponse:
    """Give one attachment; pictures are shown, the rest is downloaded."""
    found = access_demo_attachment(guid, number)
    shown = "inline" if found.content_type == "image/png" else "attachment"
    return HttpResponse(
        bytes(found.content),
        content_type=found.content_type,
        headers={"Content-Disposition": f'{shown}; filename="{found.name}"'},
    )
