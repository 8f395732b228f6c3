"""Takes in partners with the mention that each requires, and what is given at ceremonies."""

from __future__ import annotations

from parvis.domain.awards import AwardKind
from parvis.domain.imports import ImportRow, RowPlan, UnknownOrganisation, UnknownPerson
from parvis.domain.slugs import slug_of
from parvis.models import Award, AwardRound, Honour, Laureate, Organisation, Partner
from parvis.services.imports.groups import group_named, presidencies_of
from parvis.services.imports.organisations import Organisations
from parvis.services.imports.people import People
from parvis.services.imports.sessions import Programme
from parvis.services.imports.workspace import Workspace


def take_partner(workspace: Workspace, row: ImportRow, plan: RowPlan) -> None:
    """Plan one partner of the edition."""
    v = row.values
    edition = workspace.edition
    finder = Organisations.of(workspace)
    name = str(v["organisation"])
    plan.label = name
    organisation, _ = finder.find(name, kind=str(v.get("organisation_kind") or ""))
    parent = str(v.get("parent") or "")
    named = workspace.set(
        organisation,
        {
            "name_en": v.get("organisation_en"),
            "short_name": v.get("short_name"),
            "parent": finder.find(parent)[0] if parent else None,
        },
        plan,
    )
    if named:
        finder.refold(organisation)
    if "partners" not in workspace.shelf:
        workspace.shelf["partners"] = {
            p.organisation_id: p for p in Partner.objects.filter(edition=edition).select_related("co_funder")
        }
    partners: dict[int, Partner] = workspace.shelf["partners"]
    key = organisation.pk or -id(organisation)
    partner = partners.get(key)
    if partner is None:
        partner = workspace.add(Partner(edition=edition, organisation=organisation))
        partners[key] = partner
        plan.created()
    values: dict[str, object] = {
        column: v.get(column) for column in ("kind", "mention_fr", "mention_en", "position", "url")
    }
    if v.get("co_funder"):
        values["co_funder"] = _co_funder(finder, str(v["co_funder"]))
    workspace.set(partner, values, plan)


def _co_funder(finder: Organisations, name: str) -> Organisation:
    try:
        return finder.find(name)[0]
    except UnknownOrganisation:
        return finder.make(name=name, kind="other", country="")


def _rounds(workspace: Workspace) -> dict[str, AwardRound]:
    if "rounds" not in workspace.shelf:
        workspace.shelf["awards"] = {award.slug: award for award in Award.objects.all()}
        workspace.shelf["rounds"] = {
            r.award.slug: r
            for r in AwardRound.objects.filter(edition=workspace.edition).select_related("award", "session")
        }
        workspace.shelf["laureates"] = {
            (entry.round.award.slug, entry.organisation_id): entry
            for entry in Laureate.objects.filter(round__edition=workspace.edition).select_related("round__award")
        }
        workspace.shelf["honours"] = {
            (h.session_id, h.presidency_id): h for h in Honour.objects.filter(session__edition=workspace.edition)
        }
    rounds: dict[str, AwardRound] = workspace.shelf["rounds"]
    return rounds


def take_honour(workspace: Workspace, row: ImportRow, plan: RowPlan) -> None:
    """Plan one line of a ceremony: a group's president honoured, an award given, or one laureate of it."""
    _rounds(workspace)
    if row.values["kind"] == "honour":
        _take_president(workspace, row, plan)
    else:
        _take_award(workspace, row, plan)


def _take_president(workspace: Workspace, row: ImportRow, plan: RowPlan) -> None:
    v = row.values
    session = Programme.of(workspace).session(str(v.get("session_code") or ""))
    group = group_named(workspace, str(v.get("group") or ""))
    plan.label = str(group.name_fr or group.code)
    person = None
    if v.get("last_name"):
        person = People.of(workspace).named(str(v.get("first_name") or ""), str(v["last_name"]))
    held = [
        p
        for p in presidencies_of(workspace).values()
        if (p.group is group or p.group_id == group.pk) and (person is None or p.mandate.person == person)
    ]
    if not held:
        raise UnknownPerson(name=str(person or group))
    presidency = held[0]
    honours: dict[tuple[int, int], Honour] = workspace.shelf["honours"]
    key = (session.pk or -id(session), presidency.pk or -id(presidency))
    honour = honours.get(key)
    if honour is None:
        honour = workspace.add(Honour(session=session, presidency=presidency))
        honours[key] = honour
        plan.created()
    workspace.set(honour, {name: v.get(name) for name in ("citation_fr", "citation_en", "position")}, plan)


def _take_award(workspace: Workspace, row: ImportRow, plan: RowPlan) -> None:
    v = row.values
    name = str(v.get("award_name_fr") or "")
    plan.label = name
    rounds = _rounds(workspace)
    awards: dict[str, Award] = workspace.shelf["awards"]
    slug = slug_of(name, longest=80)
    award = awards.get(slug)
    if award is None:
        award = workspace.add(Award(slug=slug, kind=AwardKind(str(v["kind"]))))
        awards[slug] = award
        plan.created()
    workspace.set(award, {"name_fr": name, "name_en": v.get("award_name_en")}, plan)
    given = rounds.get(slug)
    if given is None:
        given = workspace.add(AwardRound(award=award, edition=workspace.edition))
        rounds[slug] = given
        plan.created()
    if v.get("session_code"):
        session = Programme.of(workspace).session(str(v["session_code"]))
        if given.session_id is None or given.session_id != session.pk:
            workspace.set(given, {"session": session}, plan)
    if v.get("organisation") or v.get("organisation_code"):
        _take_laureate(workspace, given, slug, row, plan)


def _take_laureate(workspace: Workspace, given: AwardRound, slug: str, row: ImportRow, plan: RowPlan) -> None:
    v = row.values
    organisation, _ = Organisations.of(workspace).find(
        str(v.get("organisation") or ""), code=str(v.get("organisation_code") or "")
    )
    plan.label = f"{plan.label} : {organisation.name_fr}"
    laureates: dict[tuple[str, int], Laureate] = workspace.shelf["laureates"]
    key = (slug, organisation.pk or -id(organisation))
    laureate = laureates.get(key)
    if laureate is None:
        laureate = workspace.add(Laureate(round=given, organisation=organisation))
        laureates[key] = laureate
        plan.created()
    workspace.set(
        laureate, {name: v.get(name) for name in ("citation_fr", "citation_en", "position", "fictional")}, plan
    )
