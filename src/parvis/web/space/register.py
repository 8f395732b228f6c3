"""Registering: one form, the page that follows, and sending the link again."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from parvis.domain.refusals import NotFound, Refusal
from parvis.domain.registration_forms import NEEDS_KEPT_DAYS
from parvis.domain.registrations import AlreadyRegistered
from parvis.queries.organisations import OrganisationSuggestion, near_organisations, organisation_name
from parvis.queries.registrations import (
    find_by_form_key,
    find_edition,
    list_public_categories,
    window_refusal,
)
from parvis.services.organisations import OrganisationAmbiguous, OrganisationUnknown
from parvis.services.registrations import register_participant, resend_link_to
from parvis.web.actors import get_actor
from parvis.web.personal import personal
from parvis.web.rate_limits import is_allowed
from parvis.web.refusals import say
from parvis.web.space.forms import PublicRegistrationForm, ResendForm, read_organisation_key, standard_categories


def _edition_or_404(slug: str) -> Any:
    try:
        return find_edition(slug)
    except NotFound as refusal:
        raise Http404 from refusal


@require_http_methods(["GET", "HEAD", "POST"])
@personal(sends_form=True)
def register(request: HttpRequest, edition_slug: str) -> HttpResponse:
    """Show the form and take it in; a refusal shows it again with everything that was typed."""
    edition = _edition_or_404(edition_slug)
    closed = window_refusal(edition, now=timezone.now())
    if closed is not None and request.method != "POST":
        return render(request, "space/register_closed.html", {"edition": edition, "reason": say(closed)})
    categories = list_public_categories(edition.pk) or standard_categories()
    if request.method != "POST":
        form = PublicRegistrationForm(
            categories=categories, initial={**PublicRegistrationForm.new_stamps(), **_prefilled(request)}
        )
        return _show(request, edition, form)
    form = PublicRegistrationForm(request.POST, categories=categories)
    if not is_allowed(request, "register"):
        form.is_valid()
        form.add_error(None, gettext("Too many forms came from your address. Wait ten minutes, then send it again."))
        return _show(request, edition, form, status=429)
    if not form.is_valid():
        return _show(request, edition, form, status=422)
    try:
        register_participant(
            actor=get_actor(request),
            edition_id=edition.pk,
            form=form.to_input(),
            form_key=form.cleaned_data["form_key"],
        )
    except (OrganisationAmbiguous, OrganisationUnknown) as refusal:
        form.add_refusal(refusal)
        return _show(request, edition, form, status=422, ask_organisation=True)
    except Refusal as refusal:
        form.add_refusal(refusal)
        return _show(request, edition, form, status=422, offer_resend=isinstance(refusal, AlreadyRegistered))
    return redirect("space:done", edition_slug=edition.slug, form_key=form.cleaned_data["form_key"])


def _prefilled(request: HttpRequest) -> dict[str, str]:
    """Return the organisation that a link names, as `?organisation=id:42`, for registering a colleague."""
    key = request.GET.get("organisation", "")
    organisation_id, _code, _kind = read_organisation_key(key)
    name = organisation_name(organisation_id) if organisation_id is not None else None
    return {} if name is None else {"organisation": name, "organisation_for": name, "organisation_key": key}


def _show(
    request: HttpRequest,
    edition: Any,
    form: PublicRegistrationForm,
    *,
    status: int = 200,
    ask_organisation: bool = False,
    offer_resend: bool = False,
) -> HttpResponse:
    near: list[OrganisationSuggestion] | None = None
    if ask_organisation or (form.is_bound and form.data.get("asked_organisation") == "1"):
        near = near_organisations(form.data.get("organisation", ""), country=form.data.get("country", "FR"))
    if near is not None:  # what is chosen now is meant for what stands in the field now
        data = request.POST.copy()
        data["organisation_for"] = data.get("organisation", "").strip()
        form.data = data
    context = {
        "edition": edition,
        "form": form,
        "near": near,
        "asks_organisation": near is not None,
        "chosen": form.data.get("organisation_key", "") if form.is_bound else "",
        "offer_resend": offer_resend,
        "needs_kept_days": NEEDS_KEPT_DAYS,
    }
    return render(request, "space/register.html", context, status=status)


@require_safe
@personal()
def done(request: HttpRequest, edition_slug: str, form_key: UUID) -> HttpResponse:
    """Say that it worked and where the ticket went. The ticket itself goes only to the address that was given."""
    edition = _edition_or_404(edition_slug)
    registration = find_by_form_key(form_key)
    if registration is None or registration.edition_id != edition.pk:
        raise Http404
    context = {"edition": edition, "registration": registration, "demo": settings.PARVIS_DEMO}
    return render(request, "space/register_done.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@personal(sends_form=True)
def resend(request: HttpRequest, edition_slug: str) -> HttpResponse:
    """Send the link again to the address of a registration; the answer is the same whether there is one or not."""
    edition = _edition_or_404(edition_slug)
    form = ResendForm(request.POST or None, initial={"email": request.GET.get("email", "")})
    sent = False
    status = 200
    if request.method == "POST":
        status = 422
        if not is_allowed(request, "resend"):
            form.is_valid()
            form.add_error(None, gettext("Too many requests came from your address. Wait ten minutes."))
            status = 429
        elif form.is_valid():
            resend_link_to(actor=get_actor(request), edition_id=edition.pk, email=form.cleaned_data["email"])
            sent, status = True, 200
    context = {"edition": edition, "form": form, "sent": sent, "demo": settings.PARVIS_DEMO}
    return render(request, "space/resend.html", context, status=status)
