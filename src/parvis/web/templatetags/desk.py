"""What the frame of the desk shows: the subjects in the order of the year, and the editions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext

from parvis.domain.access import Actor, Permission
from parvis.domain.editions import EDITION_STATUS_NAMES, EditionStatus
from parvis.domain.refusals import N_, NotAllowed, NotFound
from parvis.queries.desk_editions import DeskEdition, desk_edition, list_desk_editions
from parvis.web.actors import get_actor

register = template.Library()

# (url name, whether its address names the edition, label, right)
_SUBJECTS = (
    ("dashboard_of", True, N_("Dashboard"), Permission.READ_DESK),
    ("edition", True, N_("Edition"), Permission.READ_DESK),
    ("organisations", True, N_("Organisations"), Permission.READ_DESK),
    ("people", True, N_("People"), Permission.READ_DESK),
    ("groups", True, N_("Groups"), Permission.READ_DESK),
    ("partners", True, N_("Partners"), Permission.READ_DESK),
    ("calls", True, N_("Calls"), Permission.READ_DESK),
    ("reviews", True, N_("Reviews"), Permission.REVIEW),
    ("sessions", True, N_("Programme"), Permission.READ_DESK),
    ("timetable", True, N_("Timetable"), Permission.READ_DESK),
    ("invitations", True, N_("Speakers’ answers"), Permission.READ_DESK),
    ("rooms", True, N_("Rooms"), Permission.READ_DESK),
    ("registrations", True, N_("Registrations"), Permission.READ_DESK),
    ("door", True, N_("Door"), Permission.READ_DESK),
    ("awards", True, N_("Awards"), Permission.READ_DESK),
    ("figures", True, N_("Figures"), Permission.READ_DESK),
    ("communiques_of", True, N_("Press releases"), Permission.READ_COMMUNIQUE),
    ("releases", True, N_("Publish the site"), Permission.READ_DESK),
    ("imports", False, N_("Imports"), Permission.IMPORT),
    ("log", False, N_("Log"), Permission.READ_LOG),
    ("accounts", False, N_("Accounts"), Permission.GRANT_ROLES),
)


@dataclass(frozen=True)
class Entry:
    """One line of the rail."""

    label: str
    address: str
    current: bool


@dataclass(frozen=True)
class Frame:
    """What the frame shows."""

    edition: DeskEdition | None
    editions: list[tuple[DeskEdition, str]]
    entries: list[Entry]
    actor: Actor
    status: str
    searches: bool


def _address(name: str, edition: DeskEdition | None, *, of_edition: bool) -> str:
    if of_edition and edition is None:
        return ""
    try:
        return reverse(f"desk:{name}", args=[edition.slug] if of_edition and edition else [])
    except NoReverseMatch:
        return ""


@register.simple_tag(takes_context=True)
def desk_frame(context: Any) -> Frame:
    """Return what the rail and the head of a page of the desk show. One query."""
    request = context["request"]
    actor = get_actor(request)
    desk = getattr(request, "desk", None)
    edition: DeskEdition | None = desk.edition if desk else None
    editions: list[DeskEdition] = []
    try:
        editions = list_desk_editions(actor)
        edition = edition or desk_edition(actor, slug=None)
    except (NotAllowed, NotFound):
        pass
    entries = []
    best = ""
    for name, of_edition, label, right in _SUBJECTS:
        address = _address(name, edition, of_edition=of_edition) if actor.may(right) else ""
        if address:
            entries.append((gettext(label), address))
            if request.path.startswith(address) and len(address) > len(best):
                best = address
    return Frame(
        edition=edition,
        editions=[(e, _address("dashboard_of", e, of_edition=True)) for e in editions],
        entries=[Entry(label, address, address == best) for label, address in entries],
        actor=actor,
        status=gettext(EDITION_STATUS_NAMES[EditionStatus(edition.status)]) if edition else "",
        searches=actor.may(Permission.READ_DESK),
    )
