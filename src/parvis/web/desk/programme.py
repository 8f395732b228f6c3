"""One session at the desk: what it is, where and when it takes place, who speaks, and what the public will read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from parvis.domain.access import Permission
from parvis.domain.editions import EditionStatus
from parvis.domain.programme.sessions import (
    SESSION_FORMAT_NAMES,
    SESSION_STATUS_NAMES,
    USUAL_DURATION_MIN,
    SessionFormat,
    SessionStatus,
)
from parvis.domain.refusals import ChangedMeanwhile, NotAllowed, NotFound, Refusal
from parvis.domain.timetable.moves import BreaksRules
from parvis.queries.desk_editions import access_edition, rooms_of_venue
from parvis.queries.desk_people import mandate_name
from parvis.queries.desk_sessions import (
    access_session,
    list_group_choices,
    list_theme_choices,
    preview_session,
    published_session,
)
from parvis.queries.edition_page import last_release
from parvis.queries.log import list_history
from parvis.queries.placements import FreePlace, list_free_places, print_of
from parvis.queries.versions import version_of
from parvis.services import programme as services
from parvis.web.desk.deletion import answer_deletion
from parvis.web.desk.forms import add_refusal, answer_form, initial_organisation
from parvis.web.desk.forms_layout import sent
from parvis.web.desk.forms_sessions import SESSION_COLUMNS, PlacementForm, SessionForm, language_choices
from parvis.web.desk.frame import Desk, desk_page
from parvis.web.desk.history import lines_of
from parvis.web.desk.session_binding import binding_of
from parvis.web.desk.session_preview import previews_of
from parvis.web.desk.session_texts import lines_with_marks
from parvis.web.refusals import say, say_each

EDIT = Permission.EDIT_PROGRAMME
STATUS_TINTS = {"draft": "tint-soft", "confirmed": "tint-olive", "cancelled": "tint-brick"}
_CLOSED = frozenset({EditionStatus.ARCHIVED, EditionStatus.CANCELLED})


@dataclass(frozen=True, slots=True)
class Broken:
    """What stands in the way of a step: the rules in words, free places instead, and how to insist."""

    sentences: Sequence[str]
    address: str
    button: str
    sent: Mapping[str, str] = field(default_factory=dict)
    free: Sequence[tuple[FreePlace, Mapping[str, str]]] = ()


def session_address(desk: Desk, session_id: int) -> str:
    """Return the address of a session's page."""
    return reverse("desk:session", args=[desk.edition.slug, session_id])


def may_edit(desk: Desk) -> bool:
    """Tell whether the actor may change this edition's programme as it stands."""
    return desk.actor.may(EDIT) and desk.edition.status not in _CLOSED


def _placement_form(desk: Desk, session: Any, data: Any = None) -> PlacementForm:
    placement = getattr(session, "placement", None)
    initial: dict[str, Any] = {"version": print_of(placement)}
    if placement is not None:
        starts = placement.starts_at.astimezone(desk.zone)
        initial |= {"day": starts.date().isoformat(), "starts": starts.time(), "room": placement.room_id}
    return PlacementForm(
        data,
        initial=initial,
        days=desk.edition.days,
        rooms=rooms_of_venue(desk.edition.venue_id),
        zone=desk.zone,
    )


def _page(
    request: HttpRequest,
    desk: Desk,
    session: Any,
    *,
    form: PlacementForm | None = None,
    broken: Broken | None = None,
    status: int = 200,
) -> HttpResponse:
    edition = access_edition(desk.actor, edition_id=desk.edition.pk)
    placement = getattr(session, "placement", None)
    release = last_release(desk.actor, edition_id=edition.pk)
    editable = may_edit(desk)
    draft = session.status == SessionStatus.DRAFT
    preview = preview_session(edition, session)
    published = published_session(desk.actor, release=release, session=session)
    languages = dict(language_choices((*session.spoken, *session.interpreted)))
    return render(
        request,
        "desk/sessions/page.html",
        {
            "session": session,
            "format": gettext(SESSION_FORMAT_NAMES[SessionFormat(session.format)]),
            "status": gettext(SESSION_STATUS_NAMES[SessionStatus(session.status)]),
            "tint": STATUS_TINTS[session.status],
            "draft": draft,
            "cancelled": session.status == SessionStatus.CANCELLED,
            "placement": placement,
            "starts": placement.starts_at.astimezone(desk.zone) if placement else None,
            "ends": placement.ends_at.astimezone(desk.zone) if placement else None,
            "speakers": [
                (item, mandate_name(item.mandate) if item.mandate else "") for item in session.interventions.all()
            ],
            "themes": [item.theme for item in session.session_themes.all()],
            "spoken": [languages[code] for code in session.spoken],
            "interpreted": [languages[code] for code in session.interpreted],
            "binding": binding_of(desk, session),
            "texts": lines_with_marks(desk, session),
            "previews": previews_of(preview),
            "release": release,
            "published": published,
            "behind": published != (None if draft else preview.sessions[0]),
            "lines": lines_of(list_history(desk.actor, subjects={"session": [session.pk]}), desk.zone),
            "may_edit": editable,
            "closed": desk.edition.status in _CLOSED,
            "form": (form or _placement_form(desk, session)) if editable else None,
            "broken": broken,
        },
        status=status,
    )


@require_safe
@desk_page(Permission.READ_DESK)
def page(request: HttpRequest, desk: Desk, session_id: int) -> HttpResponse:
    """Show a session with all that belongs to it."""
    return _page(request, desk, access_session(desk.actor, edition_id=desk.edition.pk, session_id=session_id))


def _form(request: HttpRequest, desk: Desk, **more: Any) -> SessionForm:
    return SessionForm(
        sent(request), groups=list_group_choices(desk.actor), themes=list_theme_choices(desk.actor), **more
    )


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(EDIT)
def create(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Add a session; `?format=` chooses what it is."""
    wanted = request.GET.get("format", "")
    kind = SessionFormat(wanted) if wanted in set(SessionFormat) else SessionFormat.WORKSHOP
    form = _form(
        request,
        desk,
        initial={"format": str(kind), "status": str(SessionStatus.DRAFT), "spoken": ["fr"], "debate_min": None},
    )

    def save() -> Any:
        return services.save_session(
            actor=desk.actor,
            edition_id=desk.edition.pk,
            session_id=None,
            values=form.session_values(form.found_organisation(desk.actor, "host")),
            theme_ids=form.cleaned_data.get("themes", []),
            new_theme=form.cleaned_data["new_theme"],
        )

    usual = gettext("A workshop usually lasts %(workshop)s minutes, a micro-workshop %(micro)s.")
    return answer_form(
        request,
        form,
        save,
        done=gettext("The session is added. Place it, then say who speaks."),
        to=lambda saved: session_address(desk, saved.pk),
        template="desk/grouped_form.html",
        context={
            "heading": gettext("Add a session"),
            "lead": usual
            % {
                "workshop": USUAL_DURATION_MIN[SessionFormat.WORKSHOP],
                "micro": USUAL_DURATION_MIN[SessionFormat.MICRO_WORKSHOP],
            },
            "button": gettext("Add the session"),
            "back": reverse("desk:sessions", args=[desk.edition.slug]),
            "back_name": gettext("Programme"),
        },
    )


def _columns(session: Any) -> dict[str, Any]:
    return {
        **{name: getattr(session, name) for name in SESSION_COLUMNS},
        "group": session.group_id,
        "themes": [item.theme_id for item in session.session_themes.all()],
        **initial_organisation(session.host, "host"),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(EDIT)
def change(request: HttpRequest, desk: Desk, session_id: int) -> HttpResponse:
    """Change what a session is; where and when it takes place changes on its page."""

    def current() -> Any:
        return access_session(desk.actor, edition_id=desk.edition.pk, session_id=session_id)

    session = current()
    form = _form(
        request,
        desk,
        initial={**_columns(session), "version": version_of(session)},
        cancelled=session.status == SessionStatus.CANCELLED,
    )

    def save() -> Any:
        return services.save_session(
            actor=desk.actor,
            edition_id=desk.edition.pk,
            session_id=session_id,
            values=form.session_values(form.found_organisation(desk.actor, "host")),
            theme_ids=form.cleaned_data.get("themes", []),
            new_theme=form.cleaned_data["new_theme"],
            seen=form.seen,
            insist="insist" in request.POST,
        )

    def fresh() -> tuple[str, dict[str, Any]]:
        now = current()
        return version_of(now), _columns(now)

    return answer_form(
        request,
        form,
        save,
        done=gettext("The session is changed."),
        to=lambda _saved: session_address(desk, session_id),
        template="desk/grouped_form.html",
        context={
            "heading": gettext("Change the session"),
            "back": session_address(desk, session_id),
            "back_name": session.title,
        },
        fresh=fresh,
    )


@require_POST
@desk_page(EDIT)
def place(request: HttpRequest, desk: Desk, session_id: int) -> HttpResponse:
    """Place a session, or move it. Rules that it would break are said, with places that are free; one may insist."""
    session = access_session(desk.actor, edition_id=desk.edition.pk, session_id=session_id)
    form = _placement_form(desk, session, request.POST)
    broken = None
    if form.is_valid():
        wanted = {"room_id": form.cleaned_data["room"], "starts_at": form.starts_at()}
        insist = "insist" in request.POST
        try:
            services.place_session(actor=desk.actor, session_id=session_id, seen=form.seen, insist=insist, **wanted)
        except (NotAllowed, NotFound):
            raise
        except ChangedMeanwhile as refusal:
            form.add_error(None, say(refusal))
            data = request.POST.copy()  # what is sent again knows of the change
            data["version"] = print_of(getattr(session, "placement", None))
            form.data = data
        except BreaksRules as refusal:
            sent_on = {name: request.POST.get(name, "") for name in ("version", "day", "starts", "room")}
            broken = Broken(
                say_each(refusal),
                address=request.path,
                button=gettext("Put it there anyway"),
                sent=sent_on,
                free=[
                    (free, {"version": sent_on["version"], **_sent(free)})
                    for free in list_free_places(desk.actor, session=session, **wanted)
                ],
            )
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, gettext("“%(title)s” is placed.") % {"title": session.title})
            return redirect(session_address(desk, session_id))
    return _page(request, desk, session, form=form, broken=broken, status=422)


def _sent(free: FreePlace) -> dict[str, str]:
    """Return a free place as the form of a placement sends it."""
    return {
        "day": free.starts_at.date().isoformat(),
        "starts": f"{free.starts_at:%H:%M}",
        "room": str(free.room_id),
    }


def _step(
    request: HttpRequest, desk: Desk, session_id: int, act: Callable[..., Any], done: str, *, anyway: str = ""
) -> HttpResponse:
    """Do one thing to a session, and come back to its page. `anyway` is how one insists against the rules."""
    session = access_session(desk.actor, edition_id=desk.edition.pk, session_id=session_id)
    more = {"insist": "insist" in request.POST} if anyway else {}
    try:
        act(actor=desk.actor, session_id=session_id, **more)
    except (NotAllowed, NotFound):
        raise
    except BreaksRules as refusal:
        return _page(request, desk, session, broken=Broken(say_each(refusal), request.path, anyway), status=422)
    except Refusal as refusal:
        messages.add_message(request, messages.WARNING, say(refusal), extra_tags="refusal")
    else:
        messages.success(request, done)
    return redirect(session_address(desk, session_id))


@require_POST
@desk_page(EDIT)
def unplace(request: HttpRequest, desk: Desk, session_id: int) -> HttpResponse:
    """Take a session out of the timetable."""
    done = gettext("The session is out of the timetable; it keeps everything else.")
    return _step(
        request, desk, session_id, services.unplace_session, done, anyway=gettext("Take it out of the timetable anyway")
    )


@require_POST
@desk_page(EDIT)
def cancel(request: HttpRequest, desk: Desk, session_id: int) -> HttpResponse:
    """Cancel a session; the site says so once it is published."""
    done = gettext("The session is cancelled and its room is free. The site says so once you publish it.")
    return _step(request, desk, session_id, services.cancel_session, done)


@require_POST
@desk_page(EDIT)
def restore(request: HttpRequest, desk: Desk, session_id: int) -> HttpResponse:
    """Take a cancelled session up again, where it was."""
    done = gettext("The session takes place after all. The site says so once you publish it.")
    return _step(request, desk, session_id, services.restore_session, done, anyway=gettext("Restore it anyway"))


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(EDIT)
def delete(request: HttpRequest, desk: Desk, session_id: int) -> HttpResponse:
    """Delete a session that was never published, once it is said what goes with it."""
    session = access_session(desk.actor, edition_id=desk.edition.pk, session_id=session_id)
    return answer_deletion(
        request,
        session,
        lambda: services.delete_session(actor=desk.actor, session_id=session_id),
        heading=gettext("Delete “%(title)s”?") % {"title": session.title},
        lead=gettext("It leaves the programme for good. A session that was published is cancelled instead."),
        button=gettext("Delete the session"),
        done=gettext("The session is deleted."),
        back=(session_address(desk, session_id), session.title),
        to=reverse("desk:sessions", args=[desk.edition.slug]),
    )
