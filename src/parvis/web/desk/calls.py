"""Calls at the desk: listed, opened, changed, deleted."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, pgettext
from django.views.decorators.http import require_http_methods, require_safe

from parvis.domain.access import Permission
from parvis.domain.calls.questions import MOST_ROWS
from parvis.queries.calls import access_call, list_calls
from parvis.queries.versions import version_of
from parvis.services import calls as services
from parvis.web.desk.deletion import answer_deletion
from parvis.web.desk.forms import answer_form
from parvis.web.desk.forms_calls import CALL_COLUMNS, ROW_BUTTONS, CallForm, initial_call
from parvis.web.desk.frame import Desk, desk_page


def call_state(call: Any, now: Any) -> tuple[str, str]:
    """Return where a call stands, in words, and the tint of it."""
    if now < call.opens_at:
        return gettext("In preparation"), "tint-soft"
    if now < call.closes_at:
        return pgettext("a call", "Open"), "tint-olive"
    if call.announced_at is None:
        return gettext("Being judged"), "tint-gold"
    return pgettext("a call", "Announced"), "tint-sea"


def call_frame(desk: Desk, call: Any, *, tab: str) -> dict[str, Any]:
    """Return what every page of a call shows: its name, its state, and the way to its other pages."""
    slug = desk.edition.slug
    state, tint = call_state(call, timezone.now())
    pages = [
        ("call", gettext("Proposals"), call.drafts + call.submitted),
        ("call_decisions", gettext("Decisions"), None),
        ("call_slots", gettext("Slots"), call.slots_made or 0),
        ("call_edit", gettext("The call"), None),
    ]
    return {
        "call": call,
        "state": state,
        "state_tint": tint,
        "tabs": [
            (reverse(f"desk:{name}", args=[slug, call.slug]), label, count, name == tab) for name, label, count in pages
        ],
        "may_edit": desk.actor.may(Permission.EDIT_CALLS),
        "zone": desk.zone,
        "closes_at": call.closes_at.astimezone(desk.zone),
    }


@require_safe
@desk_page(Permission.READ_DESK)
def listing(request: HttpRequest, desk: Desk) -> HttpResponse:
    """List the calls of the edition, with how far each is."""
    now = timezone.now()
    rows = [
        (call, *call_state(call, now), call.opens_at.astimezone(desk.zone), call.closes_at.astimezone(desk.zone))
        for call in list_calls(desk.actor, edition_id=desk.edition.pk)
    ]
    may_edit = desk.actor.may(Permission.EDIT_CALLS)
    return render(request, "desk/calls/list.html", {"rows": rows, "may_edit": may_edit})


def _rows_changed(request: HttpRequest, form: CallForm) -> dict[str, Any] | None:
    """Return what was typed with a row more or less, where a button asked for that."""
    for button in ROW_BUTTONS:
        if button in request.POST:
            return form.with_rows_changed(button, request.POST[button])
    return None


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(Permission.EDIT_CALLS)
def create(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Open a new call."""
    desk.actor.require(Permission.EDIT_CALLS)
    form = CallForm(request.POST if request.method == "POST" else None, initial=initial_call(), zone=desk.zone)
    changed = _rows_changed(request, form)
    slug = desk.edition.slug
    context: dict[str, Any] = {
        "heading": gettext("Open a call"),
        "back": reverse("desk:calls", args=[slug]),
        "back_name": gettext("Calls"),
        "most_rows": MOST_ROWS,
    }
    if changed is not None:
        return render(request, "desk/calls/form.html", {**context, "form": CallForm(initial=changed, zone=desk.zone)})

    def save() -> Any:
        return services.save_call(
            actor=desk.actor,
            edition_id=desk.edition.pk,
            call_id=None,
            values=form.call_values(),
            questions=form.questions(),
            criteria=form.criteria(),
        )

    return answer_form(
        request,
        form,
        save,
        done=gettext("The call is saved. Make its slots next."),
        to=lambda saved: reverse("desk:call_slots", args=[slug, saved.slug]),
        template="desk/calls/form.html",
        context=context,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(Permission.READ_DESK)
def change(request: HttpRequest, desk: Desk, call: str) -> HttpResponse:
    """Show what a call asks, until when, how it is judged; and change it."""
    found = access_call(desk.actor, edition_id=desk.edition.pk, slug=call)
    context = {**call_frame(desk, found, tab="call_edit"), "most_rows": MOST_ROWS, "heading": str(found)}
    if not context["may_edit"]:
        if request.method == "POST":
            desk.actor.require(Permission.EDIT_CALLS)
        form = CallForm(initial=initial_call(found), zone=desk.zone)
        return render(request, "desk/calls/form.html", {**context, "form": form, "reads_only": True})
    initial = {**initial_call(found), "version": version_of(found)}
    form = CallForm(request.POST if request.method == "POST" else None, initial=initial, zone=desk.zone)
    changed = _rows_changed(request, form)
    if changed is not None:
        return render(request, "desk/calls/form.html", {**context, "form": CallForm(initial=changed, zone=desk.zone)})

    def save() -> Any:
        return services.save_call(
            actor=desk.actor,
            edition_id=desk.edition.pk,
            call_id=found.pk,
            values=form.call_values(),
            questions=form.questions(),
            criteria=form.criteria(),
            seen=form.seen,
        )

    def fresh() -> tuple[str, dict[str, Any]]:
        now = access_call(desk.actor, edition_id=desk.edition.pk, slug=call)
        return version_of(now), {name: getattr(now, name) for name in CALL_COLUMNS}

    return answer_form(
        request,
        form,
        save,
        done=gettext("The call is saved."),
        to=lambda saved: reverse("desk:call_edit", args=[desk.edition.slug, saved.slug]),
        template="desk/calls/form.html",
        context=context,
        fresh=fresh,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(Permission.EDIT_CALLS)
def delete(request: HttpRequest, desk: Desk, call: str) -> HttpResponse:
    """Ask, then delete a call to which nobody has answered."""
    found = access_call(desk.actor, edition_id=desk.edition.pk, slug=call)
    slug = desk.edition.slug
    return answer_deletion(
        request,
        found,
        lambda: services.delete_call(actor=desk.actor, call_id=found.pk),
        heading=gettext("Delete the call “%(name)s”?") % {"name": found},
        lead=gettext("Nobody has answered it. It disappears from the site, with its slots."),
        button=gettext("Delete the call"),
        done=gettext("The call is deleted."),
        back=(reverse("desk:call_edit", args=[slug, found.slug]), str(found)),
        to=reverse("desk:calls", args=[slug]),
    )
