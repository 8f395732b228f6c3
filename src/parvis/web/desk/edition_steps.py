"""What leads an edition from one state to another: the words of each step, and what it will do to whom."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext, ngettext

from parvis.domain.editions import CALLED_OFF, EditionStatus, next_statuses
from parvis.queries.edition_page import Stakes

GRAVE = CALLED_OFF | {EditionStatus.ARCHIVED}


@dataclass(frozen=True, slots=True)
class Step:
    """One step that may follow: the state it leads to, the words of its button, whether it is grave."""

    status: EditionStatus
    label: str
    grave: bool


def label_of(current: EditionStatus, wanted: EditionStatus) -> str:
    """Return the words of the button that leads from one state to another."""
    if wanted is EditionStatus.ANNOUNCED:
        return {
            EditionStatus.OPEN: gettext("Close registration"),
            EditionStatus.POSTPONED: gettext("Announce it again"),
        }.get(current, gettext("Announce the edition"))
    return {
        EditionStatus.OPEN: gettext("Open registration"),
        EditionStatus.ON_SITE: gettext("Begin on site"),
        EditionStatus.HELD: gettext("Say that it was held"),
        EditionStatus.POSTPONED: gettext("Postpone the edition"),
        EditionStatus.CANCELLED: gettext("Cancel the edition"),
        EditionStatus.ARCHIVED: gettext("Archive the edition"),
    }[wanted]


def steps_from(current: EditionStatus) -> list[Step]:
    """Return the steps that may follow, in the order of an edition's life."""
    return [Step(wanted, label_of(current, wanted), wanted in GRAVE) for wanted in next_statuses(current)]


def _registered_keep(stakes: Stakes) -> str:
    if not stakes.registered:
        return gettext("Nobody is registered yet.")
    said = ngettext(
        "The one person registered keeps their registration.",
        "The %(count)s people registered keep their registrations.",
        stakes.registered,
    )
    return said % {"count": stakes.registered}


def _programme_stays(stakes: Stakes) -> list[str]:
    if not stakes.sessions:
        return []
    said = ngettext(
        "Its %(count)s session stays readable, and can no longer be changed.",
        "Its %(count)s sessions stay readable, and can no longer be changed.",
        stakes.sessions,
    )
    return [said % {"count": stakes.sessions}]


def _announced(current: EditionStatus, stakes: Stakes) -> list[str]:
    if current is EditionStatus.OPEN:
        return [gettext("The form on the site closes at once."), _registered_keep(stakes)]
    first = gettext("The site shows its name, its theme and its dates at once.")
    if current is EditionStatus.POSTPONED:
        return [first, gettext("The notice that it is postponed leaves the site."), _registered_keep(stakes)]
    return [first, gettext("Its programme appears when you publish the site."), gettext("Nobody can register yet.")]


def _open(current: EditionStatus, stakes: Stakes) -> list[str]:
    said = [gettext("Whoever visits the site can register, within the times set for registration.")]
    if current is EditionStatus.POSTPONED:
        said.append(gettext("The notice that it is postponed leaves the site."))
    return [*said, _registered_keep(stakes)]


def _on_site(_current: EditionStatus, stakes: Stakes) -> list[str]:
    return [
        gettext("The form on the site closes; the welcome desk and the door still register."),
        gettext("The site puts this edition first."),
        _registered_keep(stakes),
    ]


def _held(_current: EditionStatus, _stakes: Stakes) -> list[str]:
    return [
        gettext("Those who registered can no longer change what they said; the desk still can."),
        gettext("Freeze the figures next, then draft the press release."),
    ]


def _called_off(stakes: Stakes) -> list[str]:
    return [
        gettext("Every page of the site says so at once, with your reason."),
        gettext("The form on the site closes."),
        _registered_keep(stakes),
    ]


def _postponed(_current: EditionStatus, stakes: Stakes) -> list[str]:
    return [*_called_off(stakes), gettext("The edition keeps its number. Set the new days, then announce it again.")]


def _cancelled(_current: EditionStatus, stakes: Stakes) -> list[str]:
    return [
        *_called_off(stakes),
        *_programme_stays(stakes),
        gettext("The edition keeps its number. This cannot be taken back: what follows is the archive."),
    ]


def _archived(_current: EditionStatus, _stakes: Stakes) -> list[str]:
    return [
        gettext("Nothing of it can be changed any more: neither its programme, nor its registrations, nor its texts."),
        gettext("Its pages stay on the site. This cannot be taken back."),
    ]


_EFFECTS: dict[EditionStatus, Callable[[EditionStatus, Stakes], list[str]]] = {
    EditionStatus.ANNOUNCED: _announced,
    EditionStatus.OPEN: _open,
    EditionStatus.ON_SITE: _on_site,
    EditionStatus.HELD: _held,
    EditionStatus.POSTPONED: _postponed,
    EditionStatus.CANCELLED: _cancelled,
    EditionStatus.ARCHIVED: _archived,
}


def effects_of(current: EditionStatus, wanted: EditionStatus, stakes: Stakes) -> list[str]:
    """Return what a step will do, to whom, in sentences."""
    return _EFFECTS[wanted](current, stakes)
