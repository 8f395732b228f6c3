"""What a speaker gives besides their answer, behind the same link: biography, photograph, hours."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from parvis.domain.programme.availability import Hours, answer_of_day, days_of, hours_of
from parvis.domain.programme.invitations import LONGEST_BIOGRAPHY
from parvis.domain.programme.sessions import InterventionAnswer
from parvis.domain.refusals import ChangedMeanwhile, Refusal
from parvis.queries.desk_editions import zone_of
from parvis.queries.invitations import (
    access_by_link,
    actor_by_link,
    biography_print,
    list_hours,
    list_interventions,
    takes_place,
)
from parvis.services.availabilities import set_hours
from parvis.services.invitation_answers import give_biography
from parvis.services.photographs import give_photograph, remove_photograph
from parvis.web.personal import personal
from parvis.web.refusals import say
from parvis.web.space.forms_invitations import BiographyForm, HoursForm, PhotographForm, file_content
from parvis.web.space.invitation import by_link, draft_key, frame
from parvis.web.space.proposal_notes import forget_draft


def biography_initial(person: Any) -> dict[str, str]:
    """Return what fills the form of a biography."""
    return {
        "biography_fr": person.biography_fr or "",
        "biography_en": person.biography_en or "",
        "revision": biography_print(person),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@personal(sends_form=True)
@by_link
def biography(request: HttpRequest, found: Any) -> HttpResponse:
    """Show the biography and take it in; where somebody changed it meanwhile, both texts are shown."""
    form = BiographyForm(request.POST if request.method == "POST" else None, initial=biography_initial(found.person))
    status, meanwhile = 200, []
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                give_biography(
                    actor=actor_by_link(found),
                    person_id=found.person_id,
                    biography_fr=form.cleaned_data["biography_fr"],
                    biography_en=form.cleaned_data["biography_en"],
                    seen=form.cleaned_data["revision"],
                )
            except ChangedMeanwhile as refusal:
                form.add_error(None, say(refusal))
                found = access_by_link(found.token, now=timezone.now())
                meanwhile = [
                    (str(form.fields[name].label), getattr(found.person, name) or "—")
                    for name in ("biography_fr", "biography_en")
                ]
                data = request.POST.copy()
                data["revision"] = biography_print(found.person)  # whoever reads both and saves again means it
                form.data = data
            except Refusal as refusal:
                form.add_refusal(refusal)
            else:
                forget_draft(request, draft_key(found, "biography"))
                messages.success(request, gettext("Your biography is saved."))
                return redirect("space:invitation", token=found.token)
    context = {
        **frame(found),
        "form": form,
        "meanwhile": meanwhile,
        "longest": LONGEST_BIOGRAPHY,
        "draft_key": draft_key(found, "biography"),
        "fresh": request.method == "POST",
    }
    return render(request, "space/invitations/biography.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@personal(sends_form=True)
@by_link
def photograph(request: HttpRequest, found: Any) -> HttpResponse:
    """Show the photograph and take another in."""
    form = PhotographForm(request.POST, request.FILES) if request.method == "POST" else PhotographForm()
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                give_photograph(
                    actor=actor_by_link(found),
                    person_id=found.person_id,
                    content=file_content(form),
                    cut=form.cut(),
                )
            except Refusal as refusal:
                form.add_error("photograph" if refusal.field == "photograph" else None, say(refusal))
            else:
                messages.success(request, gettext("Your photograph is saved."))
                return redirect("space:invitation_photograph", token=found.token)
    return render(request, "space/invitations/photograph.html", {**frame(found), "form": form}, status=status)


@require_POST
@personal(sends_form=True)
@by_link
def photograph_remove(request: HttpRequest, found: Any) -> HttpResponse:
    """Take the photograph away."""
    remove_photograph(actor=actor_by_link(found), person_id=found.person_id)
    messages.success(request, gettext("Your photograph is taken away, and its file is deleted."))
    return redirect("space:invitation_photograph", token=found.token)


def hours_form(
    data: QueryDict | None,
    *,
    days: Sequence[date],
    hours: Sequence[Hours],
    interventions: Iterable[Any],
    zone: ZoneInfo,
) -> HoursForm:
    """Return the form about each day, with what the person is to say that day beside it."""
    speaks: dict[date, list[tuple[datetime, datetime, Any]]] = {}
    for item in interventions:
        placement = getattr(item.session, "placement", None)
        if placement is not None and takes_place(item) and item.answer != InterventionAnswer.DECLINED:
            starts, ends = placement.starts_at.astimezone(zone), placement.ends_at.astimezone(zone)
            speaks.setdefault(starts.date(), []).append((starts, ends, item.session))
    return HoursForm(data, answers=[answer_of_day(hours, day, zone) for day in days], speaks=speaks)


def take_hours(form: HoursForm, zone: ZoneInfo, save: Callable[[list[Hours]], object]) -> bool:
    """Hand what was said to `save`; tell whether that went well. A refusal stands in the form."""
    if not form.is_valid():
        return False
    try:
        save(hours_of(form.answers(), zone=zone))
    except Refusal as refusal:
        form.add_refusal(refusal)
        return False
    return True


@require_http_methods(["GET", "HEAD", "POST"])
@personal(sends_form=True)
@by_link
def hours(request: HttpRequest, found: Any) -> HttpResponse:
    """Show when somebody can be there, and take it in."""
    edition, zone = found.edition, zone_of(found.edition)
    try:
        days = days_of(edition.starts_on, edition.ends_on)
    except Refusal as refusal:
        messages.info(request, say(refusal))
        return redirect("space:invitation", token=found.token)
    form = hours_form(
        request.POST if request.method == "POST" else None,
        days=days,
        hours=list_hours(found.person_id, found.edition_id),
        interventions=list_interventions(found),
        zone=zone,
    )

    def save(wanted: list[Hours]) -> None:
        set_hours(actor=actor_by_link(found), edition_id=found.edition_id, person_id=found.person_id, hours=wanted)

    if request.method == "POST" and take_hours(form, zone, save):
        forget_draft(request, draft_key(found, "hours"))
        messages.success(request, gettext("Your hours are saved."))
        return redirect("space:invitation", token=found.token)
    context = {**frame(found), "form": form, "draft_key": draft_key(found, "hours"), "fresh": request.method == "POST"}
    return render(request, "space/invitations/hours.html", context, status=422 if form.errors else 200)
