"""My space: what an account registered, and whom its delegations send."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from parvis.domain.refusals import NotFound, Refusal
from parvis.domain.registrations import REGISTRATION_STATUS_NAMES, RegistrationStatus
from parvis.queries.registrations import (
    access_registration,
    list_own_delegations,
    list_own_registrations,
    may_change,
    window_refusal,
)
from parvis.services.registrations import cancel_registration
from parvis.web.actors import get_actor
from parvis.web.personal import personal
from parvis.web.refusals import say
from parvis.web.space.forms import CancellationForm


@require_safe
@login_required
@personal(sends_form=True)
def overview(request: HttpRequest) -> HttpResponse:
    """Show the account's own registrations and its delegations', and let it add a colleague."""
    actor = get_actor(request)
    now = timezone.now()
    rows: list[dict[str, Any]] = [
        {
            "registration": found,
            "own": found.person.email == actor.email,
            "status_name": gettext(REGISTRATION_STATUS_NAMES[RegistrationStatus(found.status)]),
            "may_cancel": found.status != RegistrationStatus.CANCELLED and may_change(found, now=now),
        }
        for found in list_own_registrations(actor)
    ]
    delegations: list[dict[str, Any]] = []
    for delegation in list_own_delegations(actor):
        edition = delegation.edition
        delegations.append(
            {
                "delegation": delegation,
                "edition": edition,
                "open": window_refusal(edition, now=now) is None,
                "rows": [row for row in rows if row["registration"].delegation_id == delegation.pk],
            }
        )
    shown = {id(row) for block in delegations for row in block["rows"]}
    own = [row for row in rows if id(row) not in shown]
    return render(request, "space/overview.html", {"actor": actor, "delegations": delegations, "own": own})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@personal(sends_form=True)
def cancel_colleague(request: HttpRequest, registration_id: int) -> HttpResponse:
    """Cancel one registration of a delegation that the account answers for, or its own."""
    actor = get_actor(request)
    try:
        found = access_registration(actor, registration_id=registration_id)
    except NotFound as refusal:
        raise Http404 from refusal
    form = CancellationForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                cancel_registration(actor=actor, registration_id=found.pk, reason=form.cleaned_data["reason"])
            except Refusal as refusal:
                form.add_error(None, say(refusal))
            else:
                messages.success(
                    request, gettext("The registration of %(person)s is cancelled.") % {"person": found.person}
                )
                return redirect("space:overview")
    context = {"registration": found, "edition": found.edition, "form": form, "colleague": True}
    return render(request, "space/cancel.html", context, status=status)
