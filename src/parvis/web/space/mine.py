"""One registration, opened by its personal link: see it, change it, cancel it, take it up again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from parvis.domain.badges import spaced_badge_code
from parvis.domain.refusals import NotFound, Refusal
from parvis.domain.registrations import REGISTRATION_STATUS_NAMES, RegistrationStatus
from parvis.domain.tickets import qr_svg
from parvis.queries.registrations import access_by_token, actor_by_link, form_of, may_change, may_restore
from parvis.services.registration_mails import calendar_of
from parvis.services.registrations import cancel_registration, change_registration, restore_registration
from parvis.web.personal import personal
from parvis.web.rate_limits import is_allowed
from parvis.web.refusals import say
from parvis.web.space.change_form import ChangeForm
from parvis.web.space.forms import CancellationForm

P = ParamSpec("P")


def _by_token(
    view: Callable[Concatenate[HttpRequest, Any, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, str, P], HttpResponse]:
    """Give the view the registration of the link; a link that opens nothing gets a page that says what to do."""

    @wraps(view)
    def opened(request: HttpRequest, token: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            found = access_by_token(token)
        except NotFound:
            status = 404 if is_allowed(request, "token") else 429
            return render(request, "space/link_unknown.html", status=status)
        return view(request, found, *args, **kwargs)

    return opened  # type: ignore[return-value]  # Concatenate knows no names, and the address gives the token by name


@require_safe
@personal()
@_by_token
def registration(request: HttpRequest, found: Any) -> HttpResponse:
    """Show the state in words, the ticket, and what can be done."""
    now = timezone.now()
    badge = found.valid_badges[0] if found.valid_badges else None
    live = found.status != RegistrationStatus.CANCELLED
    context = {
        "registration": found,
        "edition": found.edition,
        "status_name": gettext(REGISTRATION_STATUS_NAMES[RegistrationStatus(found.status)]),
        "live": live,
        "may_change": may_change(found, now=now),
        "may_restore": may_restore(found, now=now),
        "ticket": qr_svg(badge.code) if badge is not None and live else "",
        "code": spaced_badge_code(badge.code) if badge is not None and live else "",
    }
    return render(request, "space/registration.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@personal(sends_form=True)
@_by_token
def change(request: HttpRequest, found: Any) -> HttpResponse:
    """Change what concerns one's coming."""
    if not may_change(found, now=timezone.now()):
        messages.warning(request, gettext("This registration can no longer be changed here."))
        return redirect("space:registration", token=found.manage_token)
    before = form_of(found)
    form = ChangeForm(request.POST if request.method == "POST" else None, before=before)
    form.fields["seen_at"].initial = found.updated_at.isoformat()
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                change_registration(
                    actor=actor_by_link(found),
                    registration_id=found.pk,
                    form=form.to_input(),
                    seen_at=_moment(form.cleaned_data["seen_at"]),
                )
            except Refusal as refusal:
                form.add_error(refusal.field if refusal.field in form.fields else None, say(refusal))
                # Whoever reads the two versions and saves again means it.
                data = request.POST.copy()
                data["seen_at"] = found.updated_at.isoformat()
                form.data = data
            else:
                messages.success(request, gettext("Your changes are saved."))
                return redirect("space:registration", token=found.manage_token)
    context = {"registration": found, "edition": found.edition, "form": form}
    return render(request, "space/change.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@personal(sends_form=True)
@_by_token
def cancel(request: HttpRequest, found: Any) -> HttpResponse:
    """Ask, then cancel."""
    if found.status == RegistrationStatus.CANCELLED or not may_change(found, now=timezone.now()):
        return redirect("space:registration", token=found.manage_token)
    form = CancellationForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                cancel_registration(
                    actor=actor_by_link(found), registration_id=found.pk, reason=form.cleaned_data["reason"]
                )
            except Refusal as refusal:
                form.add_error(None, say(refusal))
            else:
                messages.success(request, gettext("Your registration is cancelled. You can take it up again below."))
                return redirect("space:registration", token=found.manage_token)
    return render(
        request, "space/cancel.html", {"registration": found, "edition": found.edition, "form": form}, status=status
    )


@require_http_methods(["GET", "HEAD", "POST"])
@personal(sends_form=True)
@_by_token
def restore(request: HttpRequest, found: Any) -> HttpResponse:
    """Take a cancelled registration up again."""
    if request.method == "POST":
        try:
            restore_registration(actor=actor_by_link(found), registration_id=found.pk)
        except Refusal as refusal:
            messages.error(request, say(refusal))
        else:
            messages.success(request, gettext("Your registration is confirmed again."))
        return redirect("space:registration", token=found.manage_token)
    if not may_restore(found, now=timezone.now()):
        return redirect("space:registration", token=found.manage_token)
    return render(request, "space/restore.html", {"registration": found, "edition": found.edition})


@require_safe
@personal()
@_by_token
def calendar(request: HttpRequest, found: Any) -> HttpResponse:
    """Give the calendar file."""
    content = calendar_of(found, now=timezone.now())
    if content is None:
        return render(request, "space/link_unknown.html", status=404)
    return HttpResponse(
        content,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{found.edition.slug}.ics"'},
    )


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None
