"""An edition's page at the desk: what it is, where it stands and what may follow; the next one is announced here."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, pgettext
from django.views.decorators.http import require_http_methods, require_safe

from parvis.domain.access import Permission
from parvis.domain.editions import CALLED_OFF, EDITION_STATUS_NAMES, PUBLIC_STATUSES, EditionStatus, RoomsElsewhere
from parvis.domain.refusals import NotFound
from parvis.queries.desk_editions import access_edition, list_venues, rooms_of_venue
from parvis.queries.edition_page import count_stakes, last_release, newest_edition
from parvis.queries.log import list_history
from parvis.queries.versions import version_of
from parvis.services import editions as services
from parvis.web.desk.edition_steps import GRAVE, effects_of, label_of, steps_from
from parvis.web.desk.forms import answer_form
from parvis.web.desk.forms_editions import EDITION_COLUMNS, CallOffForm, EditionForm, NextEditionForm, StatusForm
from parvis.web.desk.forms_layout import sent
from parvis.web.desk.frame import Desk, desk_page
from parvis.web.desk.history import lines_of

STATUS_TINTS = {
    EditionStatus.DRAFT: "tint-soft",
    EditionStatus.ANNOUNCED: "tint-sea",
    EditionStatus.OPEN: "tint-olive",
    EditionStatus.ON_SITE: "tint-olive",
    EditionStatus.HELD: "tint-ink",
    EditionStatus.POSTPONED: "tint-gold",
    EditionStatus.CANCELLED: "tint-brick",
    EditionStatus.ARCHIVED: "tint-soft",
}
_TEXTS = ("theme", "practical_info", "context", "thanks", "status_reason")


@require_safe
@desk_page(Permission.READ_DESK)
def page(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Show the edition: what it is called, when and where, its state, the steps that may follow, its history."""
    edition = access_edition(desk.actor, edition_id=desk.edition.pk)
    status = EditionStatus(edition.status)
    names = {
        "theme": pgettext("of an edition", "Theme"),
        "practical_info": gettext("Practical information"),
        "context": gettext("What the plenary echoes"),
        "thanks": gettext("Thanks"),
        "status_reason": gettext("Reason, in public words"),
    }
    texts = [(names[name], getattr(edition, f"{name}_fr"), getattr(edition, f"{name}_en")) for name in _TEXTS]
    return render(
        request,
        "desk/editions/page.html",
        {
            "edition": edition,
            "status": gettext(EDITION_STATUS_NAMES[status]),
            "tint": STATUS_TINTS[status],
            "public": status in PUBLIC_STATUSES,
            "steps": steps_from(status),
            "texts": [text for text in texts if text[1] or text[2]],
            "without_english": [name for name, french, english in texts if french and not english],
            "rooms": rooms_of_venue(edition.venue_id),
            "stakes": count_stakes(desk.actor, edition_id=edition.pk),
            "release": last_release(desk.actor, edition_id=edition.pk),
            "newest": newest_edition(desk.actor, edition_id=edition.pk),
            "zone": desk.zone,
            "opens": _local(edition.registration_opens_at, desk),
            "closes": _local(edition.registration_closes_at, desk),
            "lines": lines_of(list_history(desk.actor, subjects={"edition": [edition.pk]}, most=20), desk.zone),
            "may_edit": desk.actor.may(Permission.EDIT_EDITIONS) and status is not EditionStatus.ARCHIVED,
            "may_step": desk.actor.may(Permission.EDIT_EDITIONS),
        },
    )


def _local(moment: Any, desk: Desk) -> Any:
    return None if moment is None else moment.astimezone(desk.zone)


def _venues() -> list[tuple[str, str]]:
    return [(str(venue.pk), str(venue)) for venue in list_venues()]


def _page_of(slug: str) -> str:
    return reverse("desk:edition", args=[slug])


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(Permission.EDIT_EDITIONS)
def change(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Change what the edition is called, when and where it is held, and what its pages say."""
    edition = access_edition(desk.actor, edition_id=desk.edition.pk)
    # Only who changes the venue of what is placed is asked what becomes of it.
    offered = {"may_unplace": "unplace" in request.POST}

    def columns() -> dict[str, Any]:
        row = access_edition(desk.actor, edition_id=edition.pk)
        return {**{name: getattr(row, name) for name in EDITION_COLUMNS}, "venue": row.venue_id}

    form = EditionForm(
        sent(request),
        initial={**columns(), "version": version_of(edition)},
        venues=_venues(),
        zone=desk.zone,
        **offered,
    )

    def save() -> Any:
        try:
            return services.change_edition(
                actor=desk.actor,
                edition_id=edition.pk,
                values=form.edition_values(),
                unplace=bool(form.cleaned_data.get("unplace")),
                seen=form.seen,
            )
        except RoomsElsewhere:
            form.fields["unplace"] = EditionForm.base_fields["unplace"]
            raise

    def fresh() -> tuple[str, dict[str, Any]]:
        return version_of(access_edition(desk.actor, edition_id=edition.pk)), columns()

    return answer_form(
        request,
        form,
        save,
        done=gettext("The edition is changed. Its programme and its texts reach the site when you publish it."),
        to=lambda saved: _page_of(saved.slug),
        template="desk/grouped_form.html",
        context={
            "heading": gettext("Change the edition"),
            "back": _page_of(desk.edition.slug),
            "back_name": gettext("Edition"),
        },
        fresh=fresh,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(Permission.EDIT_EDITIONS)
def announce(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Announce the next edition of the series: what stays the same is filled in from the one before."""
    previous = newest_edition(desk.actor, edition_id=desk.edition.pk)
    kept = ("name_fr", "name_en", "practical_info_fr", "practical_info_en")
    form = NextEditionForm(
        sent(request),
        initial={**{name: getattr(previous, name) for name in kept}, "venue": previous.venue_id},
        venues=_venues(),
        zone=desk.zone,
    )

    def save() -> Any:
        return services.announce_edition(
            actor=desk.actor,
            previous_id=previous.pk,
            values=form.edition_values(),
            announced=form.cleaned_data["announced"],
        )

    return answer_form(
        request,
        form,
        save,
        done=gettext("The edition is there. Nobody who registered before is registered for it."),
        to=lambda saved: _page_of(saved.slug),
        template="desk/grouped_form.html",
        context={
            "heading": gettext("The next edition"),
            "lead": gettext(
                "It takes number %(number)s. What usually stays is filled in from the edition before; its categories "
                "of registration are taken over, its registrations are not."
            )
            % {"number": previous.number + 1},
            "button": gettext("Add the edition"),
            "back": _page_of(desk.edition.slug),
            "back_name": gettext("Edition"),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(Permission.EDIT_EDITIONS)
def change_status(request: HttpRequest, desk: Desk, status: str) -> HttpResponse:
    """Lead the edition to another state: say beforehand what it will do to whom, and ask why it is called off."""
    edition = access_edition(desk.actor, edition_id=desk.edition.pk)
    current = EditionStatus(edition.status)
    if status not in set(EditionStatus) - {EditionStatus.DRAFT}:
        raise NotFound
    wanted = EditionStatus(status)
    if request.method != "POST" and wanted not in [step.status for step in steps_from(current)]:
        return redirect("desk:edition", desk.edition.slug)  # somebody was quicker: its page says where it stands
    stakes = count_stakes(desk.actor, edition_id=edition.pk)
    initial = {"version": version_of(edition), "tell": True}
    form: StatusForm
    if wanted in CALLED_OFF:
        form = CallOffForm(sent(request), initial=initial, reachable=stakes.reachable)
    else:
        form = StatusForm(sent(request), initial=initial)

    def save() -> Any:
        reason = {language: form.cleaned_data.get(f"reason_{language}", "") for language in ("fr", "en")}
        return services.change_edition_status(
            actor=desk.actor,
            edition_id=edition.pk,
            status=wanted,
            reason=reason,
            tell=bool(form.cleaned_data.get("tell")),
            seen=form.seen,
        )

    def fresh() -> tuple[str, dict[str, Any]]:
        return version_of(access_edition(desk.actor, edition_id=edition.pk)), {}

    return answer_form(
        request,
        form,
        save,
        done=gettext("The edition is now “%(status)s”.") % {"status": gettext(EDITION_STATUS_NAMES[wanted])},
        to=lambda saved: _page_of(saved.slug),
        template="desk/editions/status.html",
        context={
            "heading": label_of(current, wanted),
            "effects": effects_of(current, wanted, stakes),
            "grave": wanted in GRAVE,
            "button": label_of(current, wanted),
            "back": _page_of(desk.edition.slug),
            "back_name": gettext("Edition"),
        },
        fresh=fresh,
    )
