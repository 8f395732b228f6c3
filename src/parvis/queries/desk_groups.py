"""What the desk's pages of one group and of one partner show."""

from __future__ import annotations

from dataclasses import dataclass

from parvis.domain.access import Actor, Permission
from parvis.domain.refusals import NotFound
from parvis.models import Group, GroupPresidency, Partner, Session


@dataclass(frozen=True, slots=True)
class GroupPage:
    """A group, those who preside or presided it, and its sessions at one edition."""

    group: Group
    presidencies: list[GroupPresidency]
    sessions: list[Session]


def access_group(actor: Actor, *, group_id: int) -> Group:
    """Return a group. One query. Raises `NotAllowed`, `NotFound`."""
    actor.require(Permission.READ_DESK)
    group = Group.objects.filter(pk=group_id).first()
    if group is None:
        raise NotFound
    return group


def access_group_page(actor: Actor, *, group_id: int, edition_id: int) -> GroupPage:
    """Return all that the page of a group shows. Three queries. Raises `NotAllowed`, `NotFound`."""
    group = access_group(actor, group_id=group_id)
    return GroupPage(
        group=group,
        presidencies=list(
            GroupPresidency.objects.filter(group=group)
            .select_related("mandate__person", "mandate__organisation")
            .order_by("-starts_on", "-id")
        ),
        sessions=list(
            Session.objects.filter(group=group, edition_id=edition_id)
            .select_related("placement__room")
            .order_by("placement__starts_at", "code")
        ),
    )


def count_uses(actor: Actor, *, group_id: int) -> list[tuple[str, int]]:
    """Return what rests on a group, at any edition: the kind of row, and how many. Two queries. Raises `NotAllowed`."""
    actor.require(Permission.READ_DESK)
    return [
        ("grouppresidency", GroupPresidency.objects.filter(group_id=group_id).count()),
        ("session", Session.objects.filter(group_id=group_id).count()),
    ]


def access_presidency(actor: Actor, *, group_id: int, presidency_id: int) -> GroupPresidency:
    """Return one presidency of a group, with who holds it. One query. Raises `NotAllowed`, `NotFound`."""
    actor.require(Permission.READ_DESK)
    found = (
        GroupPresidency.objects.filter(pk=presidency_id, group_id=group_id)
        .select_related("group", "mandate__person", "mandate__organisation")
        .first()
    )
    if found is None:
        raise NotFound
    return found


def access_partner(actor: Actor, *, edition_id: int, partner_id: int) -> Partner:
    """Return one partner of an edition, with organisation and co-funder. One query. Raises `NotAllowed`, `NotFound`."""
    actor.require(Permission.READ_DESK)
    found = (
        Partner.objects.filter(pk=partner_id, edition_id=edition_id)
        .select_related("organisation__parent", "co_funder", "edition")
        .first()
    )
    if found is None:
        raise NotFound
    return found
