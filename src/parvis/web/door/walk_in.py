"""Registering somebody at the door: one short form, then the verdict with their ticket."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from parvis.domain.refusals import NotAllowed, Refusal
from parvis.domain.registrations import PersonAlreadyRegistered
from parvis.queries.onsite import access_checkpoint
from parvis.queries.onsite_doors import facts_of
from parvis.queries.organisations import OrganisationSuggestion, near_organisations, suggest_organisations
from parvis.services.organisations import OrganisationAmbiguous, OrganisationUnknown
from parvis.services.walk_ins import admit_walk_in
from parvis.web.door.forms import WalkInForm
from parvis.web.door.frame import Door, door_page

LONGEST_NAME = 120


def _prefilled(text: str) -> dict[str, str]:
    """Return a name that was searched for in vain as the last name; a code names nobody."""
    text = text[:LONGEST_NAME].replace("\x00", "").strip()
    return {} if any(character.isdigit() for character in text) else {"last_name": text}


def _near(form: WalkInForm) -> list[OrganisationSuggestion]:
    """Return the organisations that may be meant, of the country that was named and of others."""
    text = form.data.get("organisation", "")
    found = {near.key: near for near in near_organisations(text, country=form.data.get("country") or "FR")}
    for suggestion in suggest_organisations(text):
        found.setdefault(suggestion.key, suggestion)
    return list(found.values())[:8]


@require_http_methods(["GET", "HEAD", "POST"])
@door_page
def register(request: HttpRequest, door: Door, guid: UUID) -> HttpResponse:
    """Show the form and take it in; a refusal shows it again with everything that was typed."""
    checkpoint = access_checkpoint(door.actor, guid=guid)
    facts_of(checkpoint).opening(timezone.now())
    if request.method != "POST":
        initial = {"form_key": uuid4(), **_prefilled(request.GET.get("q", ""))}
        return _show(request, checkpoint, WalkInForm(initial=initial))
    form = WalkInForm(request.POST)
    if not form.is_valid():
        return _show(request, checkpoint, form, status=422)
    try:
        recorded = admit_walk_in(
            actor=door.actor,
            checkpoint_guid=guid,
            form=form.to_input(),
            form_key=form.cleaned_data["form_key"],
            device=door.device,
        )
    except NotAllowed:
        raise
    except (OrganisationAmbiguous, OrganisationUnknown) as refusal:
        form.add_refusal(refusal)
        return _show(request, checkpoint, form, status=422, asks_organisation=True)
    except PersonAlreadyRegistered as refusal:
        form.add_refusal(refusal)
        return _show(request, checkpoint, form, status=422, known=str(refusal.params["reference"]))
    except Refusal as refusal:
        form.add_refusal(refusal)
        return _show(request, checkpoint, form, status=422)
    query = urlencode({"scan": str(recorded.scan.pk), "new": "1"})
    return redirect(f"{reverse('door:checkpoint', args=[guid])}?{query}")


def _show(
    request: HttpRequest,
    checkpoint: Any,
    form: WalkInForm,
    *,
    status: int = 200,
    asks_organisation: bool = False,
    known: str = "",
) -> HttpResponse:
    asks = asks_organisation or (form.is_bound and form.data.get("asked_organisation") == "1")
    if asks:  # what is chosen now is meant for what stands in the field now
        data = request.POST.copy()
        data["organisation_for"] = data.get("organisation", "").strip()
        form.data = data
    context = {
        "checkpoint": checkpoint,
        "form": form,
        "asks_organisation": asks,
        "near": _near(form) if asks else [],
        "chosen": form.data.get("organisation_key", "") if form.is_bound else "",
        "known": known,
        "new_id": uuid4(),
    }
    return render(request, "door/walk_in.html", context, status=status)
