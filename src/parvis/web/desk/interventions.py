"""Who takes the floor in a session, at the desk: found while one types, as one of their mandates, in an order."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from parvis.domain.refusals import NotAllowed, NotFound, Refusal
from parvis.queries.desk_sessions import access_intervention, access_session
from parvis.queries.versions import version_of
from parvis.services import interventions as services
from parvis.web.desk.forms import answer_form, initial_person
from parvis.web.desk.forms_layout import sent
from parvis.web.desk.forms_sessions import InterventionForm
from parvis.web.desk.frame import Desk, desk_page
from parvis.web.desk.programme import EDIT, session_address
from parvis.web.refusals import say

_WAYS = {"up": -1, "down": 1}


def _save(desk: Desk, form: InterventionForm, session_id: int, intervention_id: int | None, *, insist: bool) -> Any:
    return services.save_intervention(
        actor=desk.actor,
        session_id=session_id,
        intervention_id=intervention_id,
        person_id=form.person_id(),
        mandate_id=form.mandate_id(),
        role=form.cleaned_data["role"],
        length_min=form.cleaned_data["length_min"],
        seen=form.seen,
        insist=insist,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(EDIT)
def create(request: HttpRequest, desk: Desk, session_id: int) -> HttpResponse:
    """Let somebody take the floor in a session."""
    session = access_session(desk.actor, edition_id=desk.edition.pk, session_id=session_id)
    form = InterventionForm(sent(request), actor=desk.actor, on=desk.edition.starts_on)

    def to(_saved: Any) -> str:
        again = reverse("desk:intervention_new", args=[desk.edition.slug, session_id])
        return again if "again" in request.POST else session_address(desk, session_id)

    return answer_form(
        request,
        form,
        lambda: _save(desk, form, session_id, None, insist="insist" in request.POST),
        done=gettext("%(name)s speaks in this session.") % {"name": form["person"].value() or ""},
        to=to,
        template="desk/sessions/intervention.html",
        context={
            "heading": gettext("Add a speaker"),
            "lead": session.title,
            "back": session_address(desk, session_id),
            "back_name": session.title,
            "new": True,
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(EDIT)
def change(request: HttpRequest, desk: Desk, intervention_id: int) -> HttpResponse:
    """Change who takes the floor, as what, or in which role."""

    def current() -> Any:
        return access_intervention(desk.actor, edition_id=desk.edition.pk, intervention_id=intervention_id)

    def columns(row: Any) -> dict[str, Any]:
        return {
            **initial_person(row.person),
            "mandate": str(row.mandate_id or ""),
            "role": row.role,
            "length_min": row.length_min,
        }

    row = current()
    form = InterventionForm(
        sent(request),
        actor=desk.actor,
        on=desk.edition.starts_on,
        initial={**columns(row), "version": version_of(row)},
    )

    def fresh() -> tuple[str, dict[str, Any]]:
        now = current()
        return version_of(now), columns(now)

    return answer_form(
        request,
        form,
        lambda: _save(desk, form, row.session_id, intervention_id, insist="insist" in request.POST),
        done=gettext("The intervention is changed."),
        to=lambda _saved: session_address(desk, row.session_id),
        template="desk/sessions/intervention.html",
        context={
            "heading": gettext("Change an intervention"),
            "lead": row.session.title,
            "back": session_address(desk, row.session_id),
            "back_name": row.session.title,
        },
        fresh=fresh,
    )


@require_POST
@desk_page(EDIT)
def move(request: HttpRequest, desk: Desk, intervention_id: int, way: str) -> HttpResponse:
    """Let somebody take the floor earlier or later."""
    if way not in _WAYS:
        raise NotFound
    row = access_intervention(desk.actor, edition_id=desk.edition.pk, intervention_id=intervention_id)
    try:
        services.move_intervention(actor=desk.actor, intervention_id=intervention_id, by=_WAYS[way])
    except (NotAllowed, NotFound):
        raise
    except Refusal as refusal:
        messages.add_message(request, messages.WARNING, say(refusal), extra_tags="refusal")
    return redirect(f"{session_address(desk, row.session_id)}#speaker-{intervention_id}")


@require_POST
@desk_page(EDIT)
def remove(request: HttpRequest, desk: Desk, intervention_id: int) -> HttpResponse:
    """Take somebody out of a session."""
    row = access_intervention(desk.actor, edition_id=desk.edition.pk, intervention_id=intervention_id)
    try:
        services.remove_intervention(actor=desk.actor, intervention_id=intervention_id)
    except (NotAllowed, NotFound):
        raise
    except Refusal as refusal:
        messages.add_message(request, messages.WARNING, say(refusal), extra_tags="refusal")
    else:
        messages.success(request, gettext("%(name)s no longer speaks in this session.") % {"name": row.person})
    return redirect(session_address(desk, row.session_id))
