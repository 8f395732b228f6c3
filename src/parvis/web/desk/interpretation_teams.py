"""Interpretation teams at the desk: who they are, which sessions they serve, and where nobody is there yet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from parvis.domain.access import Permission
from parvis.domain.languages import language_name, language_names
from parvis.domain.programme.placement import EditionHasNoDays
from parvis.queries.desk_sessions import access_session
from parvis.queries.interpretation_teams import (
    SessionNeed,
    access_team,
    list_needs,
    list_team_faults,
    list_teams,
    print_of_team,
    print_of_teams,
)
from parvis.queries.log import list_history
from parvis.services import interpretation_teams as services
from parvis.web.desk.deletion import answer_deletion
from parvis.web.desk.forms import answer_form
from parvis.web.desk.forms_layout import sent
from parvis.web.desk.forms_timetable import TeamForm, TeamsOfSessionForm, columns_of
from parvis.web.desk.frame import Desk, desk_page
from parvis.web.desk.history import lines_of
from parvis.web.desk.programme import EDIT, may_edit, session_address
from parvis.web.desk.session_binding import NeedLine, need_line
from parvis.web.desk.timetable_json import spoken
from parvis.web.desk.timetable_words import Fault, booth_words, faults_of

LIST = "desk:timetable_teams"
COLUMNS = ("name", "languages", "contact_name", "contact_email", "language")


@require_safe
@desk_page(Permission.READ_DESK)
def listing(request: HttpRequest, desk: Desk) -> HttpResponse:
    """List the teams, and the sessions for which nobody is there yet."""
    needs = list_needs(desk.actor, edition_id=desk.edition.pk)
    return render(
        request,
        "desk/timetable/teams.html",
        {
            "fact": "teams",
            "rows": [
                (team, language_names(team.languages, spoken()), language_name(team.language, spoken()))
                for team in list_teams(desk.actor, edition_id=desk.edition.pk)
            ],
            "lacking": [need_line(need, desk) for need in needs if need.lacking],
            "interpreted": sum(1 for need in needs if need.booths),
            "may_edit": may_edit(desk),
        },
    )


def _form(request: HttpRequest, needs: Sequence[SessionNeed], **more: Any) -> TeamForm:
    return TeamForm(sent(request), sessions=[(need.session.pk, need.session.title) for need in needs], **more)


def _lines(needs: Sequence[SessionNeed], form: TeamForm, desk: Desk) -> list[NeedLine]:
    ticked = {str(value) for value in form["sessions"].value() or ()}
    return [need_line(need, desk, checked=str(need.session.pk) in ticked) for need in needs]


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(EDIT)
def create(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Add a team, with the sessions that it serves."""
    needs = list_needs(desk.actor, edition_id=desk.edition.pk)
    form = _form(request, needs, initial={"language": "fr"})

    def save() -> Any:
        return services.save_team(
            actor=desk.actor,
            edition_id=desk.edition.pk,
            team_id=None,
            values=form.team_values(),
            session_ids=form.cleaned_data["sessions"],
        )

    return answer_form(
        request,
        form,
        save,
        done=gettext("The team is added."),
        to=lambda _saved: reverse(LIST, args=[desk.edition.slug]),
        template="desk/timetable/team.html",
        context={
            "heading": gettext("Add a team of interpreters"),
            "needs": _lines(needs, form, desk),
            "may_edit": True,
            "back": reverse(LIST, args=[desk.edition.slug]),
            "back_name": gettext("Interpreters"),
        },
    )


def _faults(desk: Desk, codes: Sequence[str], name: str) -> list[Fault]:
    """Return where the team would be in two sessions at once. Other teams may serve the same two."""
    try:
        timetable, found = list_team_faults(desk.actor, edition_id=desk.edition.pk, codes=codes)
    except EditionHasNoDays:
        return []
    if timetable is None:
        return []
    named = [fault for fault in found if name in cast(tuple[str, ...], fault.params.get("names", ()))]
    return faults_of(timetable, named, edition=desk.edition.slug)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(Permission.READ_DESK)
def team(request: HttpRequest, desk: Desk, team_id: int) -> HttpResponse:
    """Show a team with the sessions that it serves, and change both."""
    row = access_team(desk.actor, edition_id=desk.edition.pk, team_id=team_id)
    needs = list_needs(desk.actor, edition_id=desk.edition.pk)

    def served(among: Sequence[SessionNeed]) -> list[SessionNeed]:
        return [need for need in among if any(team.pk == team_id for team in need.teams)]

    serves = served(needs)
    context = {
        "heading": row.name,
        "team": row,
        "languages": language_names(row.languages, spoken()),
        "served": [need_line(need, desk) for need in serves],
        "faults": _faults(desk, [need.session.code for need in serves], row.name),
        "lines": lines_of(list_history(desk.actor, subjects={"interpretationteam": [team_id]}), desk.zone),
        "back": reverse(LIST, args=[desk.edition.slug]),
        "back_name": gettext("Interpreters"),
        "may_edit": may_edit(desk),
    }
    if not context["may_edit"]:
        if request.method == "POST":
            desk.actor.require(EDIT)
        return render(request, "desk/timetable/team.html", context)
    ids = [need.session.pk for need in serves]
    initial = {**columns_of(row, COLUMNS), "sessions": ids, "version": print_of_team(row, ids)}
    form = _form(request, needs, initial=initial)

    def save() -> Any:
        return services.save_team(
            actor=desk.actor,
            edition_id=desk.edition.pk,
            team_id=team_id,
            values=form.team_values(),
            session_ids=form.cleaned_data["sessions"],
            seen=form.seen,
        )

    def fresh() -> tuple[str, dict[str, Any]]:
        now = access_team(desk.actor, edition_id=desk.edition.pk, team_id=team_id)
        held = [need.session.pk for need in served(list_needs(desk.actor, edition_id=desk.edition.pk))]
        return print_of_team(now, held), {**columns_of(now, COLUMNS), "sessions": held}

    return answer_form(
        request,
        form,
        save,
        done=gettext("The team is changed."),
        to=lambda _saved: reverse(LIST, args=[desk.edition.slug]),
        template="desk/timetable/team.html",
        context={
            **context,
            "needs": _lines(needs, form, desk),
            "delete": reverse("desk:timetable_team_remove", args=[desk.edition.slug, team_id]),
        },
        fresh=fresh,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(EDIT)
def remove(request: HttpRequest, desk: Desk, team_id: int) -> HttpResponse:
    """Take a team away, once it is said which sessions it leaves."""
    row = access_team(desk.actor, edition_id=desk.edition.pk, team_id=team_id)
    needs = list_needs(desk.actor, edition_id=desk.edition.pk)
    count = sum(1 for need in needs if any(team.pk == team_id for team in need.teams))
    return answer_deletion(
        request,
        row,
        lambda: services.remove_team(actor=desk.actor, edition_id=desk.edition.pk, team_id=team_id),
        heading=gettext("Take away the team “%(name)s”?") % {"name": row.name},
        lead=gettext("It leaves the sessions that it serves: %(count)s.") % {"count": count},
        button=gettext("Take away"),
        done=gettext("The team “%(name)s” is taken away.") % {"name": row.name},
        back=(reverse("desk:timetable_team", args=[desk.edition.slug, team_id]), row.name),
        to=reverse(LIST, args=[desk.edition.slug]),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(EDIT)
def of_session(request: HttpRequest, desk: Desk, session_id: int) -> HttpResponse:
    """Say which teams serve one session."""
    session = access_session(desk.actor, edition_id=desk.edition.pk, session_id=session_id)
    teams = list_teams(desk.actor, edition_id=desk.edition.pk)
    needs = list_needs(desk.actor, edition_id=desk.edition.pk, also=[session_id])
    need = next((found for found in needs if found.session.pk == session_id), None)  # none where it is cancelled
    held = [team.pk for team in need.teams] if need is not None else []
    offered = [(team.pk, f"{team.name} ({', '.join(language_names(team.languages, spoken()))})") for team in teams]
    form = TeamsOfSessionForm(sent(request), teams=offered, initial={"teams": held, "version": print_of_teams(held)})

    def save() -> Any:
        return services.set_teams_of_session(
            actor=desk.actor, session_id=session_id, team_ids=form.cleaned_data["teams"], seen=form.seen
        )

    def fresh() -> tuple[str, dict[str, Any]]:
        now = access_session(desk.actor, edition_id=desk.edition.pk, session_id=session_id)
        ids = [team.pk for team in now.teams.all()]
        return print_of_teams(ids), {"teams": ids}

    return answer_form(
        request,
        form,
        save,
        done=gettext("The interpreters of the session are named."),
        to=lambda _saved: session_address(desk, session_id),
        template="desk/timetable/teams_of_session.html",
        context={
            "heading": gettext("Interpreters"),
            "lead": session.title,
            "need": need_line(need, desk) if need is not None else None,
            "booths": booth_words(need.booths) if need is not None else [],
            "teams": teams,
            "back": session_address(desk, session_id),
            "back_name": session.title,
        },
        fresh=fresh,
    )
