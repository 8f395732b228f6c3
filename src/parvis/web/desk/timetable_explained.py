"""Why the timetable is as it is: what each rule costs and who pays; why a card stands where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from parvis.domain.access import Permission
from parvis.domain.programme.placement import EditionHasNoDays
from parvis.domain.timetable.explain import OtherPlace, Payer, RuleCost
from parvis.domain.timetable.in_words import in_words
from parvis.queries.timetable import Timetable
from parvis.queries.timetable_explained import access_costs, access_reasons
from parvis.web.desk.frame import Desk, desk_page
from parvis.web.desk.programme import may_edit
from parvis.web.desk.timetable_json import place_words, spoken
from parvis.web.desk.timetable_rules import without_days
from parvis.web.desk.timetable_words import Fault, faults_of

READ = Permission.READ_DESK


@dataclass(frozen=True, slots=True)
class CostLine:
    """One rule: what it says, what it costs, its gravest faults, and who pays how much of it."""

    kind: str
    sentence: str
    hard: bool
    count: int
    cost: int
    faults: list[Fault]
    payers: list[tuple[str, list[tuple[str, int]]]]


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """Another place for a card: where, what it would cost more or less, by which rules, and what forbids it."""

    where: str
    cost: int
    changes: list[tuple[str, int, bool]]
    forbidding: list[str]


@require_safe
@desk_page(READ)
def page(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Show what each rule costs and who pays."""
    try:
        timetable, found, score = access_costs(desk.actor, edition_id=desk.edition.pk)
    except EditionHasNoDays as refusal:
        return without_days(request, refusal)
    lines = [_cost_line(timetable, cost, desk.edition.slug) for cost in found if cost.count]
    context = {
        "lines": lines,
        "kept": [in_words(cost.words, spoken(), gettext) for cost in found if not cost.count],
        "hard": score.hard,
        "cost": score.cost,
        "may_edit": may_edit(desk),
    }
    return render(request, "desk/timetable/explained.html", context)


def _cost_line(timetable: Timetable, cost: RuleCost, edition: str) -> CostLine:
    problem = timetable.problem
    named = (
        (gettext("People"), cost.persons, {key: person.name for key, person in problem.person_of.items()}),
        (gettext("Organisations"), cost.organisations, {k: item.name for k, item in problem.organisation_of.items()}),
        (gettext("Sessions"), cost.sessions, {key: session.title for key, session in problem.session_of.items()}),
    )
    return CostLine(
        kind=cost.kind,
        sentence=in_words(cost.words, spoken(), gettext),
        hard=cost.hard,
        count=cost.count,
        cost=cost.cost,
        faults=faults_of(timetable, cost.largest, edition=edition),
        payers=[(said, _payers(payers, names, hard=cost.hard)) for said, payers, names in named if payers],
    )


def _payers(payers: tuple[Payer, ...], names: dict[str, str], *, hard: bool) -> list[tuple[str, int]]:
    return [(names.get(payer.key, payer.key), payer.amount if hard else payer.cost) for payer in payers]


@require_safe
@desk_page(READ)
def card(request: HttpRequest, desk: Desk, session_id: int) -> HttpResponse:
    """Show why one card stands where it stands, and what the next best places would cost."""
    try:
        timetable, reasons = access_reasons(desk.actor, edition_id=desk.edition.pk, session_id=session_id)
    except EditionHasNoDays as refusal:
        return without_days(request, refusal)
    session = timetable.problem.session_of[reasons.session]
    seen = [(violation, violation.seen_from(reasons.session)) for violation in reasons.wrong]
    context: dict[str, Any] = {
        "title": session.title,
        "address": reverse("desk:session", args=[desk.edition.slug, session_id]),
        "where": place_words(timetable, reasons.here) if reasons.here is not None else "",
        "pinned": session.fixed_start is not None,
        "wrong": [
            {"sentence": in_words(words, spoken(), gettext), "hard": violation.hard, "cost": violation.cost}
            for violation, words in seen
        ],
        "next_best": [_place_line(timetable, reasons.session, other) for other in reasons.next_best],
        "forbidden": [_place_line(timetable, reasons.session, other) for other in reasons.forbidden],
    }
    return render(request, "desk/timetable/explained_card.html", context)


def _place_line(timetable: Timetable, code: str, other: OtherPlace) -> PlaceLine:
    words = {rule.key: in_words(rule.words(timetable.problem), spoken(), gettext) for rule in timetable.rules}
    return PlaceLine(
        where=place_words(timetable, other.place),
        cost=other.score.cost,
        changes=[(words[each.rule], each.count if each.hard else each.cost, each.hard) for each in other.changes],
        forbidding=[in_words(violation.seen_from(code), spoken(), gettext) for violation in other.forbidding],
    )
