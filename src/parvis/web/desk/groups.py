"""One group at the desk: the countries it works with, who presides it, its sessions at the edition."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from parvis.domain.access import Permission
from parvis.domain.network.countries import country_name
from parvis.domain.network.kinds import GROUP_KIND_NAMES, GroupKind
from parvis.domain.programme.sessions import SESSION_FORMAT_NAMES, SessionFormat
from parvis.queries.desk_groups import access_group, access_group_page, access_presidency, count_uses
from parvis.queries.desk_people import mandate_name
from parvis.queries.log import list_history
from parvis.queries.versions import version_of
from parvis.services import network as services
from parvis.web.desk.deletion import answer_deletion
from parvis.web.desk.forms import answer_form
from parvis.web.desk.forms_layout import sent
from parvis.web.desk.forms_network import GROUP_COLUMNS, GroupForm, PresidencyDatesForm, PresidencyForm
from parvis.web.desk.frame import Desk, desk_page
from parvis.web.desk.history import lines_of
from parvis.web.desk.listing import language

EDIT = Permission.EDIT_NETWORK


def _address(desk: Desk, group_id: int) -> str:
    return reverse("desk:group", args=[desk.edition.slug, group_id])


def _over(row: Any, desk: Desk) -> bool:
    """Tell whether a presidency had ended when the edition began."""
    begins = desk.edition.starts_on
    return row.ends_on is not None and begins is not None and row.ends_on < begins


@require_safe
@desk_page(Permission.READ_DESK)
def page(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """Show one group, as seen from the edition. The number of queries does not depend on the size."""
    found = access_group_page(desk.actor, group_id=pk, edition_id=desk.edition.pk)
    subjects = {"group": [pk], "grouppresidency": [row.pk for row in found.presidencies]}
    context = {
        "group": found.group,
        "kind": gettext(GROUP_KIND_NAMES[GroupKind(found.group.kind)]),
        "countries": [country_name(code, language()) for code in found.group.countries],
        "presidencies": [(row, mandate_name(row.mandate), _over(row, desk)) for row in found.presidencies],
        "sessions": [
            (row, gettext(SESSION_FORMAT_NAMES[SessionFormat(row.format)]), _begins(row, desk))
            for row in found.sessions
        ],
        "lines": lines_of(list_history(desk.actor, subjects=subjects, most=20), desk.zone),
        "may_edit": desk.actor.may(EDIT),
    }
    return render(request, "desk/groups/page.html", context)


def _begins(session: Any, desk: Desk) -> Any:
    placement = getattr(session, "placement", None)
    return placement.starts_at.astimezone(desk.zone) if placement is not None else None


def _columns(row: Any) -> dict[str, Any]:
    countries = ", ".join(country_name(code, language()) for code in row.countries)
    return {**{name: getattr(row, name) or "" for name in GROUP_COLUMNS}, "countries": countries}


def _answer(
    request: HttpRequest, desk: Desk, form: GroupForm, group_id: int | None, *, done: str, heading: str, **more: Any
) -> HttpResponse:
    listing = reverse("desk:groups", args=[desk.edition.slug])
    back = (listing, gettext("Groups")) if group_id is None else (_address(desk, group_id), str(more["name"]))
    return answer_form(
        request,
        form,
        lambda: services.save_group(actor=desk.actor, group_id=group_id, values=form.values(), seen=form.seen),
        done=done,
        to=lambda group: _address(desk, group.pk),
        template="desk/form.html",
        context={"heading": heading, "back": back[0], "back_name": back[1]},
        fresh=more.get("fresh"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(EDIT)
def create(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Add a group; who presides it is named on its page."""
    form = GroupForm(sent(request))
    done = gettext("The group is added. Now name who presides it.")
    return _answer(request, desk, form, None, done=done, heading=gettext("Add a group"))


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(EDIT)
def change(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """Change a group's name, kind and countries."""
    group = access_group(desk.actor, group_id=pk)
    form = GroupForm(sent(request), initial={**_columns(group), "version": version_of(group)})

    def fresh() -> tuple[str, dict[str, Any]]:
        row = access_group(desk.actor, group_id=pk)
        return version_of(row), _columns(row)

    done, heading = gettext("The group is saved."), gettext("Change a group")
    return _answer(request, desk, form, pk, done=done, heading=heading, name=group, fresh=fresh)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(EDIT)
def delete(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """Ask, then delete a group that nobody presides and that holds no session."""
    group = access_group(desk.actor, group_id=pk)
    return answer_deletion(
        request,
        group,
        lambda: services.delete_group(actor=desk.actor, group_id=pk),
        heading=gettext("Delete “%(name)s”?") % {"name": group},
        lead=gettext("The group disappears from the list. This cannot be undone."),
        button=gettext("Delete the group"),
        done=gettext("“%(name)s” is deleted.") % {"name": group},
        back=(_address(desk, pk), str(group)),
        to=reverse("desk:groups", args=[desk.edition.slug]),
        blocking=count_uses(desk.actor, group_id=pk),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(EDIT)
def add_presidency(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """Name who presides a group: a person, found while one types, under one of their mandates."""
    group = access_group(desk.actor, group_id=pk)
    form = PresidencyForm(sent(request), actor=desk.actor, on=desk.edition.starts_on)

    def save() -> Any:
        form.person_id()
        return services.add_presidency(
            actor=desk.actor,
            group_id=pk,
            mandate_id=form.mandate_id() or 0,
            starts_on=form.cleaned_data["starts_on"],
            ends_on=form.cleaned_data["ends_on"],
        )

    return answer_form(
        request,
        form,
        save,
        done=gettext("The presidency is recorded."),
        to=lambda _saved: _address(desk, pk),
        template="desk/form.html",
        context={
            "heading": gettext("Name who presides"),
            "back": _address(desk, pk),
            "back_name": str(group),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(EDIT)
def date_presidency(request: HttpRequest, desk: Desk, pk: int, presidency_id: int) -> HttpResponse:
    """Say from when to when somebody presides a group."""

    def read() -> Any:
        return access_presidency(desk.actor, group_id=pk, presidency_id=presidency_id)

    def columns(row: Any) -> dict[str, Any]:
        return {"starts_on": row.starts_on, "ends_on": row.ends_on}

    def fresh() -> tuple[str, dict[str, Any]]:
        row = read()
        return version_of(row), columns(row)

    presidency = read()
    initial = {**columns(presidency), "version": version_of(presidency)}
    form = PresidencyDatesForm(sent(request), initial=initial)
    return answer_form(
        request,
        form,
        lambda: services.date_presidency(
            actor=desk.actor, presidency_id=presidency_id, seen=form.seen, **form.values()
        ),
        done=gettext("The presidency is dated."),
        to=lambda _saved: _address(desk, pk),
        template="desk/form.html",
        context={
            "heading": gettext("Date a presidency"),
            "lead": f"{presidency.mandate.person}, {mandate_name(presidency.mandate)}",
            "back": _address(desk, pk),
            "back_name": str(presidency.group),
        },
        fresh=fresh,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(EDIT)
def remove_presidency(request: HttpRequest, desk: Desk, pk: int, presidency_id: int) -> HttpResponse:
    """Ask, then take away a presidency that was recorded by mistake."""
    row = access_presidency(desk.actor, group_id=pk, presidency_id=presidency_id)
    return answer_deletion(
        request,
        row,
        lambda: services.remove_presidency(actor=desk.actor, presidency_id=presidency_id),
        heading=gettext("Take the presidency of %(name)s away?") % {"name": row.mandate.person},
        lead=gettext("A presidency that has ended is dated instead: the archive keeps who held it."),
        button=gettext("Take the presidency away"),
        done=gettext("The presidency is taken away."),
        back=(_address(desk, pk), str(row.group)),
        to=_address(desk, pk),
    )
