"""Takes in groups and those who preside them."""

from __future__ import annotations

from datetime import date

from parvis.domain.imports import ImportRow, RowPlan, UnknownGroup
from parvis.domain.text import fold
from parvis.models import Group, GroupPresidency
from parvis.services.imports.organisations import Organisations
from parvis.services.imports.people import People
from parvis.services.imports.workspace import Workspace


def groups_of(workspace: Workspace) -> dict[str, Group]:
    """Return every group by its code and by its folded names."""
    if "groups" not in workspace.shelf:
        found: dict[str, Group] = {}
        for group in Group.objects.all():
            _index(found, group)
        workspace.shelf["groups"] = found
    rows: dict[str, Group] = workspace.shelf["groups"]
    return rows


def _index(found: dict[str, Group], group: Group) -> None:
    found[group.code] = group
    for name in (group.name_fr, group.name_en):
        if name:
            found.setdefault(fold(name), group)


def group_named(workspace: Workspace, name: str) -> Group:
    """Return the group of a code or name, or raise `UnknownGroup`."""
    groups = groups_of(workspace)
    group = groups.get(name) or groups.get(fold(name))
    if group is None:
        raise UnknownGroup(name=name, field="group")
    return group


def presidencies_of(workspace: Workspace) -> dict[tuple[int, int], GroupPresidency]:
    """Return every presidency by the keys of its group and mandate."""
    if "presidencies" not in workspace.shelf:
        workspace.shelf["presidencies"] = {
            (p.group_id, p.mandate_id): p for p in GroupPresidency.objects.select_related("group", "mandate__person")
        }
    rows: dict[tuple[int, int], GroupPresidency] = workspace.shelf["presidencies"]
    return rows


def take_group(workspace: Workspace, row: ImportRow, plan: RowPlan) -> None:
    """Plan one group, and its president when the row names one."""
    v = row.values
    code = str(v["code"])
    plan.label = str(v.get("name_fr") or code)
    groups = groups_of(workspace)
    group = groups.get(code)
    if group is None:
        group = workspace.add(Group(code=code))
        plan.created()
    workspace.set(group, {name: v.get(name) for name in ("kind", "name_fr", "name_en", "countries")}, plan)
    _index(groups, group)
    if v.get("president_last_name"):
        _take_presidency(workspace, group, row, plan)


def _take_presidency(workspace: Workspace, group: Group, row: ImportRow, plan: RowPlan) -> None:
    v = row.values
    people = People.of(workspace)
    named = str(v.get("president_organisation") or "")
    organisation = Organisations.of(workspace).find(named)[0] if named else None
    person = people.named(
        str(v.get("president_first_name") or ""),
        str(v["president_last_name"]),
        email=str(v.get("president_email") or ""),
        organisation=organisation,
    )
    title = str(v.get("president_title") or "")
    mandate = people.find_mandate(person, organisation, title) if organisation else None
    if mandate is None and organisation is None and people.mandates(person):
        mandate = people.mandates(person)[0]
    if mandate is None:
        home = organisation or Organisations.of(workspace).find(named or str(person))[0]
        mandate = people.take_mandate(person, home, {"title_fr": title}, plan)
    key = (group.pk or -id(group), mandate.pk or -id(mandate))
    known = presidencies_of(workspace).get(key)
    starts_on, ends_on = v.get("starts_on"), v.get("ends_on")
    if known is None:
        if not group._state.adding:
            plan.changed("president", "", str(person))
        known = workspace.add(GroupPresidency(group=group, mandate=mandate))
        presidencies_of(workspace)[key] = known
    workspace.set(
        known,
        {
            "starts_on": starts_on if isinstance(starts_on, date) else None,
            "ends_on": ends_on if isinstance(ends_on, date) else None,
        },
        plan,
    )
