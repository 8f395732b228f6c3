"""Themes at the desk: renamed, marked so that their workshops are not parallel, merged, deleted while unused."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from parvis.domain.access import Permission
from parvis.queries.log import list_history
from parvis.queries.themes import access_theme, list_sessions_of_theme, list_themes
from parvis.queries.versions import version_of
from parvis.services import themes as services
from parvis.web.desk.deletion import answer_deletion
from parvis.web.desk.forms import answer_form
from parvis.web.desk.forms_layout import sent
from parvis.web.desk.forms_timetable import MergeForm, ThemeForm, columns_of
from parvis.web.desk.frame import Desk, desk_page
from parvis.web.desk.history import lines_of
from parvis.web.desk.programme import EDIT
from parvis.web.desk.timetable_words import placed_words

LIST = "desk:timetable_themes"
COLUMNS = ("name_fr", "name_en", "exclusive")


@require_safe
@desk_page(Permission.READ_DESK)
def listing(request: HttpRequest, desk: Desk) -> HttpResponse:
    """List the themes, with their sessions at this edition and at all."""
    return render(
        request,
        "desk/timetable/themes.html",
        {
            "fact": "themes",
            "rows": list_themes(desk.actor, edition_id=desk.edition.pk),
            "may_edit": desk.actor.may(EDIT),
        },
    )


def _back(desk: Desk) -> dict[str, str]:
    return {"back": reverse(LIST, args=[desk.edition.slug]), "back_name": gettext("Themes")}


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(EDIT)
def create(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Add a theme."""
    form = ThemeForm(sent(request))
    return answer_form(
        request,
        form,
        lambda: services.save_theme(actor=desk.actor, theme_id=None, values=form.values()),
        done=gettext("The theme is added. Sessions bear it as soon as it is ticked on their form."),
        to=lambda _saved: reverse(LIST, args=[desk.edition.slug]),
        template="desk/form.html",
        context={"heading": gettext("Add a theme"), **_back(desk)},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(EDIT)
def change(request: HttpRequest, desk: Desk, theme_id: int) -> HttpResponse:
    """Rename a theme, or mark it; its sessions stand beside it."""
    row = access_theme(desk.actor, theme_id=theme_id)
    form = ThemeForm(sent(request), initial={**columns_of(row, COLUMNS), "version": version_of(row)})

    def save() -> Any:
        return services.save_theme(actor=desk.actor, theme_id=theme_id, values=form.values(), seen=form.seen)

    def fresh() -> tuple[str, dict[str, Any]]:
        now = access_theme(desk.actor, theme_id=theme_id)
        return version_of(now), dict(columns_of(now, COLUMNS))

    sessions = list_sessions_of_theme(desk.actor, theme_id=theme_id, edition_id=desk.edition.pk)
    return answer_form(
        request,
        form,
        save,
        done=gettext("The theme is changed. The site shows it when you publish it."),
        to=lambda _saved: reverse(LIST, args=[desk.edition.slug]),
        template="desk/timetable/theme.html",
        context={
            "heading": row.name,
            "theme": row,
            "sessions": [(session, placed_words(session, desk.zone)) for session in sessions],
            "lines": lines_of(list_history(desk.actor, subjects={"theme": [theme_id]}), desk.zone),
            **_back(desk),
        },
        fresh=fresh,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(EDIT)
def merge(request: HttpRequest, desk: Desk, theme_id: int) -> HttpResponse:
    """Have the sessions of a theme bear another one instead."""
    row: Any = access_theme(desk.actor, theme_id=theme_id)
    others = [(theme.pk, theme.name) for theme in list_themes(desk.actor, edition_id=desk.edition.pk) if theme != row]
    form = MergeForm(sent(request), themes=others, initial={"version": version_of(row)})

    def save() -> Any:
        return services.merge_themes(
            actor=desk.actor, kept_id=form.cleaned_data["kept"], gone_id=theme_id, seen=form.seen
        )

    def fresh() -> tuple[str, dict[str, Any]]:
        return version_of(access_theme(desk.actor, theme_id=theme_id)), {}

    lead = gettext(
        "Its sessions, at all editions (%(count)s), bear the other theme instead, and “%(name)s” is deleted. "
        "What was published keeps saying what it said. This cannot be undone."
    )
    return answer_form(
        request,
        form,
        save,
        done=gettext("The themes are one now. The site shows it when you publish it."),
        to=lambda _saved: reverse(LIST, args=[desk.edition.slug]),
        template="desk/form.html",
        context={
            "heading": gettext("Merge “%(name)s” into another theme") % {"name": row.name},
            "lead": lead % {"count": row.everywhere, "name": row.name},
            "button": gettext("Merge"),
            **_back(desk),
        },
        fresh=fresh,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(EDIT)
def delete(request: HttpRequest, desk: Desk, theme_id: int) -> HttpResponse:
    """Delete a theme that no session has; otherwise say how many do."""
    row: Any = access_theme(desk.actor, theme_id=theme_id)
    return answer_deletion(
        request,
        row,
        lambda: services.delete_theme(actor=desk.actor, theme_id=theme_id),
        heading=gettext("Delete the theme “%(name)s”?") % {"name": row.name},
        lead=gettext("No session bears it."),
        button=gettext("Delete the theme"),
        done=gettext("The theme “%(name)s” is deleted.") % {"name": row.name},
        back=(reverse("desk:timetable_theme", args=[desk.edition.slug, theme_id]), row.name),
        to=reverse(LIST, args=[desk.edition.slug]),
        blocking=[("session", row.everywhere)],
    )
