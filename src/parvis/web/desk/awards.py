"""Awards at the desk: what is given, to whom, at which ceremony, and who is honoured there."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from parvis.domain.access import Permission
from parvis.domain.awards import AwardKind
from parvis.domain.refusals import NotAllowed, NotFound, Refusal
from parvis.queries.desk_awards import (
    access_award_round,
    access_honour,
    access_laureate,
    list_award_names,
    list_ceremonies,
    list_presidencies_to_honour,
)
from parvis.queries.versions import version_of
from parvis.services import awards as services
from parvis.web.desk.deletion import answer_deletion
from parvis.web.desk.forms import answer_form
from parvis.web.desk.forms_awards import AwardForm, HonourForm, LaureateForm
from parvis.web.desk.forms_layout import sent
from parvis.web.desk.frame import Desk, desk_page
from parvis.web.refusals import say

EDIT = Permission.EDIT_PROGRAMME


def _list(desk: Desk) -> str:
    return reverse("desk:awards", args=[desk.edition.slug])


def _back(desk: Desk, **more: Any) -> dict[str, Any]:
    return {"back": _list(desk), "back_name": gettext("Awards"), **more}


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(EDIT)
def award_new(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Have a label or a prize given at the edition."""
    ceremonies = list_ceremonies(desk.actor, edition_id=desk.edition.pk)
    initial = {"session": ceremonies[0].pk} if len(ceremonies) == 1 else {}
    form = AwardForm(sent(request), initial=initial, ceremonies=ceremonies, new=True)

    def save() -> Any:
        data = form.cleaned_data
        return services.give_award(
            actor=desk.actor,
            edition_id=desk.edition.pk,
            kind=AwardKind(data["kind"]),
            name_fr=data["name_fr"],
            name_en=data["name_en"],
            session_id=data["session"],
        )

    return answer_form(
        request,
        form,
        save,
        done=gettext("The award is there. Its laureates come next."),
        to=lambda _saved: _list(desk),
        template="desk/awards/award.html",
        context=_back(desk, heading=gettext("Give an award"), names=list_award_names(desk.actor)),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(EDIT)
def award_change(request: HttpRequest, desk: Desk, round_id: int) -> HttpResponse:
    """Change what an award is called and where it is given, or have it not be given after all."""
    row = access_award_round(desk.actor, edition_id=desk.edition.pk, round_id=round_id)
    ceremonies = list_ceremonies(desk.actor, edition_id=desk.edition.pk)

    def columns() -> dict[str, Any]:
        now = access_award_round(desk.actor, edition_id=desk.edition.pk, round_id=round_id)
        return {"name_fr": now.award.name_fr, "name_en": now.award.name_en, "session": now.session_id}

    initial = {**columns(), "version": version_of(row)}
    form = AwardForm(sent(request), initial=initial, ceremonies=ceremonies, new=False)

    def save() -> Any:
        data = form.cleaned_data
        return services.change_award(
            actor=desk.actor,
            round_id=round_id,
            name_fr=data["name_fr"],
            name_en=data["name_en"],
            session_id=data["session"],
            seen=form.seen,
        )

    def fresh() -> tuple[str, dict[str, Any]]:
        now = access_award_round(desk.actor, edition_id=desk.edition.pk, round_id=round_id)
        return version_of(now), columns()

    return answer_form(
        request,
        form,
        save,
        done=gettext("The award is changed. The site shows it when you publish it."),
        to=lambda _saved: _list(desk),
        template="desk/awards/award.html",
        context=_back(desk, heading=row.award.name, round=row),
        fresh=fresh,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(EDIT)
def award_remove(request: HttpRequest, desk: Desk, round_id: int) -> HttpResponse:
    """Have an award not be given at this edition after all, once it is said what goes with it."""
    row = access_award_round(desk.actor, edition_id=desk.edition.pk, round_id=round_id)
    return answer_deletion(
        request,
        row,
        lambda: services.withdraw_award(actor=desk.actor, round_id=round_id),
        heading=gettext("Not give “%(name)s” at this edition?") % {"name": row.award.name},
        lead=gettext("The award itself stays: it can be given again, at this edition or at another."),
        button=gettext("Do not give it"),
        done=gettext("“%(name)s” is not given at this edition any more.") % {"name": row.award.name},
        back=(reverse("desk:award", args=[desk.edition.slug, round_id]), row.award.name),
        to=_list(desk),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(EDIT)
def laureate_new(request: HttpRequest, desk: Desk, round_id: int) -> HttpResponse:
    """Record who received an award."""
    row = access_award_round(desk.actor, edition_id=desk.edition.pk, round_id=round_id)
    form = LaureateForm(sent(request))

    def save() -> Any:
        return services.add_laureate(
            actor=desk.actor,
            round_id=round_id,
            organisation_id=form.organisation_id(desk.actor),
            **form.values(),
        )

    def to(_saved: Any) -> str:
        again = reverse("desk:laureate_new", args=[desk.edition.slug, round_id])
        return again if "again" in request.POST else _list(desk)

    return answer_form(
        request,
        form,
        save,
        done=gettext("%(name)s is a laureate.") % {"name": form["organisation"].value() or ""},
        to=to,
        template="desk/awards/laureate.html",
        context=_back(
            desk, heading=gettext("Add a laureate"), lead=row.award.name, laureates=list(row.laureates.all())
        ),
    )


@require_POST
@desk_page(EDIT)
def laureate_remove(request: HttpRequest, desk: Desk, laureate_id: int) -> HttpResponse:
    """Take a laureate away."""
    row = access_laureate(desk.actor, edition_id=desk.edition.pk, laureate_id=laureate_id)
    return _do(
        request,
        desk,
        lambda: services.remove_laureate(actor=desk.actor, laureate_id=laureate_id),
        done=gettext("%(name)s is no longer among the laureates.") % {"name": row.organisation.name},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(EDIT)
def honour_new(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Honour those who preside groups, at a ceremony."""
    ceremonies = list_ceremonies(desk.actor, edition_id=desk.edition.pk)
    lines = list_presidencies_to_honour(desk.actor, edition_id=desk.edition.pk, on=desk.edition.starts_on)
    context = _back(desk, heading=gettext("Honour presidencies"), button=gettext("Honour them"))
    if not ceremonies or not lines:
        return render(
            request, "desk/awards/nobody_to_honour.html", {**context, "ceremonies": ceremonies, "lines": lines}
        )
    form = HonourForm(sent(request), ceremonies=ceremonies, presidencies=lines)

    def save() -> Any:
        return services.honour_presidencies(
            actor=desk.actor,
            session_id=form.cleaned_data["session"],
            presidency_ids=form.cleaned_data["presidencies"],
        )

    count = len(form["presidencies"].value() or [])
    said = ngettext("%(count)s presidency is honoured.", "%(count)s presidencies are honoured.", count)
    return answer_form(
        request,
        form,
        save,
        done=said % {"count": count},
        to=lambda _saved: _list(desk),
        template="desk/form.html",
        context=context,
    )


@require_POST
@desk_page(EDIT)
def honour_remove(request: HttpRequest, desk: Desk, honour_id: int) -> HttpResponse:
    """Take an honour away."""
    row = access_honour(desk.actor, edition_id=desk.edition.pk, honour_id=honour_id)
    return _do(
        request,
        desk,
        lambda: services.remove_honour(actor=desk.actor, honour_id=honour_id),
        done=gettext("%(name)s is no longer honoured.") % {"name": row.presidency.mandate.person},
    )


def _do(request: HttpRequest, desk: Desk, act: Any, *, done: str) -> HttpResponse:
    try:
        act()
    except (NotAllowed, NotFound):
        raise
    except Refusal as refusal:
        messages.add_message(request, messages.WARNING, say(refusal), extra_tags="refusal")
    else:
        messages.success(request, done)
    return redirect("desk:awards", desk.edition.slug)
