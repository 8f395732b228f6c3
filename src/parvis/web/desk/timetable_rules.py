"""The rules of the timetable at the desk: what each says, whether it holds, and how this edition takes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from parvis.domain.access import Permission
from parvis.domain.programme.placement import EditionHasNoDays
from parvis.domain.refusals import NotAllowed, NotFound, Refusal
from parvis.domain.timetable.in_words import in_words
from parvis.domain.timetable.rules import InOrder
from parvis.queries.desk_editions import access_edition
from parvis.queries.timetable import HOURS
from parvis.queries.timetable_rules import (
    RulesReport,
    RuleState,
    access_rules,
    hours_of_setting,
    list_rule_history,
    numbers_of,
    print_of_setting,
    setting_of,
)
from parvis.services import timetable_rules as services
from parvis.web.desk.forms import answer_form
from parvis.web.desk.forms_layout import sent
from parvis.web.desk.forms_timetable import DayHoursForm, RuleForm, taken_value
from parvis.web.desk.frame import Desk, desk_page
from parvis.web.desk.history import lines_of
from parvis.web.desk.programme import EDIT, may_edit
from parvis.web.desk.timetable_json import spoken
from parvis.web.desk.timetable_words import faults_of
from parvis.web.refusals import say

READ = Permission.READ_DESK


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule as the page shows it; `state` is one of hard, wish, off; `idle` says what it waits for, if anything.

    `told`: the editor's cards tell where it is broken.
    """

    kind: str
    sentence: str
    state: str
    weight: int
    unit: str
    changed: bool
    idle: str
    found: int
    told: bool


def _sentence(state: RuleState, report: RulesReport) -> str:
    if len(state.rules) == 1 and state.offered.kind != InOrder.kind:
        return in_words(state.rules[0].words(report.timetable.problem), spoken(), gettext)
    return gettext(state.offered.sentence)


def _line(state: RuleState, report: RulesReport) -> RuleLine:
    return RuleLine(
        kind=state.offered.kind,
        sentence=_sentence(state, report),
        state=taken_value(state.taken),
        weight=state.taken.weight,
        unit=gettext(state.offered.unit),
        changed=state.changed,
        idle="" if state.present else gettext(state.offered.idle),
        found=len(state.found),
        told=state.taken.hard or not state.offered.as_a_whole,
    )


def without_days(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """Say that the edition needs days first, and where to set them."""
    return render(request, "desk/timetable/undated.html", {"reason": say(refusal)})


@require_safe
@desk_page(READ)
def listing(request: HttpRequest, desk: Desk) -> HttpResponse:
    """List the rules by family: whether each holds, hard or a wish, and what one unit costs."""
    try:
        report = access_rules(desk.actor, edition_id=desk.edition.pk)
    except EditionHasNoDays as refusal:
        return without_days(request, refusal)
    return render(
        request,
        "desk/timetable/rules.html",
        {
            "fact": "rules",
            "families": [
                (gettext(name), [_line(state, report) for state in states]) for name, states in report.families
            ],
            "hours": report.hours,
            "hours_set": report.hours_set,
            "may_edit": may_edit(desk),
        },
    )


def _rule_initial(state: RuleState) -> dict[str, Any]:
    taken = state.taken
    return {
        "version": state.version,
        "taken": taken_value(taken),
        "hard": taken.hard,
        "weight": taken.weight,
        **(taken.numbers or {}),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(READ)
def rule(request: HttpRequest, desk: Desk, kind: str) -> HttpResponse:
    """Show one rule with every place where it is broken, and take it otherwise."""

    def current() -> tuple[RuleState, RulesReport]:
        found = access_rules(desk.actor, edition_id=desk.edition.pk)
        return found.state_of(kind), found

    try:
        state, report = current()
    except EditionHasNoDays as refusal:
        return without_days(request, refusal)
    line = _line(state, report)
    edition = access_edition(desk.actor, edition_id=desk.edition.pk)
    editable = may_edit(desk)
    context = {
        "heading": line.sentence,
        "line": line,
        "numbers": [
            (gettext(number.label), value)
            for number in state.offered.numbers
            if (value := numbers_of(state, report.timetable).get(number.name)) is not None
        ],
        "faults": faults_of(report.timetable, state.found, edition=desk.edition.slug),
        "lines": lines_of(list_rule_history(desk.actor, edition=edition, kinds=[kind]), desk.zone),
        "back": reverse("desk:timetable_rules", args=[desk.edition.slug]),
        "back_name": gettext("Rules"),
        "may_edit": editable,
        "version": state.version,
    }
    if not editable:
        if request.method == "POST":
            desk.actor.require(EDIT)
        return render(request, "desk/timetable/rule.html", context)
    form = RuleForm(sent(request), rule=state.offered, initial=_rule_initial(state))

    def save() -> None:
        services.set_rule(
            actor=desk.actor, edition_id=desk.edition.pk, kind=kind, taken=form.rule_taken(), seen=form.seen
        )

    def fresh() -> tuple[str, dict[str, Any]]:
        now = current()[0]
        values = _rule_initial(now)
        return now.version, {name: values.get(name) for name in form.fields if name != "version"}

    return answer_form(
        request,
        form,
        save,
        done=gettext("The rule is taken so from now on: in the editor, and when the site is published."),
        to=lambda _saved: reverse("desk:timetable_rules", args=[desk.edition.slug]),
        template="desk/timetable/rule.html",
        context=context,
        fresh=fresh,
    )


@require_POST
@desk_page(EDIT)
def rule_reset(request: HttpRequest, desk: Desk, kind: str) -> HttpResponse:
    """Take a rule as by default again."""
    return _reset(
        request,
        lambda: services.reset_rule(
            actor=desk.actor, edition_id=desk.edition.pk, kind=kind, seen=request.POST.get("version", "")[:40]
        ),
        done=gettext("The rule is taken as by default again."),
        to=reverse("desk:timetable_rule", args=[desk.edition.slug, kind]),
    )


def _reset(request: HttpRequest, act: Any, *, done: str, to: str) -> HttpResponse:
    try:
        act()
    except (NotAllowed, NotFound):
        raise
    except Refusal as refusal:
        messages.add_message(request, messages.WARNING, say(refusal), extra_tags="refusal")
    else:
        messages.success(request, done)
    return redirect(to)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(EDIT)
def days(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Say when each day opens and closes, and the grid of its starts."""
    edition = access_edition(desk.actor, edition_id=desk.edition.pk)
    setting = setting_of(edition.pk, HOURS)

    def initial(row: Any) -> dict[str, Any]:
        hours = hours_of_setting(row)
        return {"opens": hours.opens, "closes": hours.closes, "step_min": hours.step_min}

    form = DayHoursForm(sent(request), initial={**initial(setting), "version": print_of_setting(setting)})

    def save() -> None:
        services.set_day_hours(actor=desk.actor, edition_id=edition.pk, hours=form.hours(), seen=form.seen)

    def fresh() -> tuple[str, dict[str, Any]]:
        now = setting_of(edition.pk, HOURS)
        return print_of_setting(now), initial(now)

    return answer_form(
        request,
        form,
        save,
        done=gettext("The days open and close so from now on."),
        to=lambda _saved: reverse("desk:timetable_rules", args=[desk.edition.slug]),
        template="desk/timetable/days.html",
        context={
            "heading": gettext("Hours of the days"),
            "lead": gettext("The same for each day of the edition, in the venue’s time."),
            "back": reverse("desk:timetable_rules", args=[desk.edition.slug]),
            "back_name": gettext("Rules"),
            "set": setting is not None and "opens" in setting.parameters,
            "version": print_of_setting(setting),
            "lines": lines_of(list_rule_history(desk.actor, edition=edition, kinds=[HOURS]), desk.zone),
        },
        fresh=fresh,
    )


@require_POST
@desk_page(EDIT)
def days_reset(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Have the days open as by default, and as long as what stands in them."""
    return _reset(
        request,
        lambda: services.set_day_hours(
            actor=desk.actor, edition_id=desk.edition.pk, hours=None, seen=request.POST.get("version", "")[:40]
        ),
        done=gettext("The days open as by default again, and as long as what stands in them."),
        to=reverse("desk:timetable_rules", args=[desk.edition.slug]),
    )
