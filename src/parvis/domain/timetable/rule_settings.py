"""What an edition may say of a kind of rule: not judged, hard or a wish, its weight, its numbers; and of its days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta

from parvis.domain.refusals import N_, NotFound, Refusal
from parvis.domain.timetable.families import OFFERED, OfferedRule
from parvis.domain.timetable.fields import MANY
from parvis.domain.timetable.problem import Day
from parvis.domain.timetable.timeline import HourDoesNotExist, HourExistsTwice, Timeline

LONGEST_STEP = 4 * 60
NIGHT_ENDS = time(6)  # until then a closing belongs to the evening before


class NoSuchRule(NotFound):
    """Only the kinds of rules that are offered can be set."""

    sentence = N_("There is no rule called “%(kind)s” that an edition could take otherwise.")


class WeightOutOfBounds(Refusal):
    """A wish weighs something; what weighs nothing is not judged."""

    sentence = N_("A wish weighs from 1 to %(most)s. What should weigh nothing is not judged at all: choose that.")


class StaysAWish(Refusal):
    """What can hardly be kept for everybody is never a condition."""

    sentence = N_("This rule stays a wish: hardly any programme could keep it for everybody.")


class RuleNumberOutOfBounds(Refusal):
    """A rule's number is within its bounds."""

    sentence = N_("A number from %(least)s to %(most)s is expected.")


class LongestIsShorter(Refusal):
    """The longest length is not shorter than the shortest."""

    sentence = N_("The longest length is shorter than the shortest.")


class DayClosesFirst(Refusal):
    """A day closes after it has opened; in the night after, until six in the morning."""

    sentence = N_("The day must close later than it opens. In the night after, it may close until 6:00.")


class StepOutOfBounds(Refusal):
    """The grid is of some minutes."""

    sentence = N_("The step of the grid is from 1 to %(most)s minutes.")


@dataclass(frozen=True, slots=True)
class RuleTaken:
    """How an edition takes a kind of rule. Numbers that it does not name are those of the rule itself."""

    active: bool = True
    hard: bool = True
    weight: int = 1
    numbers: Mapping[str, int] | None = None


@dataclass(frozen=True, slots=True)
class DayHours:
    """When each day opens and closes, and the grid of its starts. A closing that is not later is in the night after."""

    opens: time
    closes: time
    step_min: int

    def to_parameters(self) -> dict[str, object]:
        """Return what the setting of the days keeps."""
        return {
            "opens": self.opens.isoformat("minutes"),
            "closes": self.closes.isoformat("minutes"),
            "step_min": self.step_min,
        }


def offered(kind: str) -> OfferedRule:
    """Return a kind of rule that an edition may take otherwise. Raises `NoSuchRule`."""
    found = OFFERED.get(kind)
    if found is None:
        raise NoSuchRule(kind=kind[:40], field="kind")
    return found


def default_of(rule: OfferedRule) -> RuleTaken:
    """Return how a rule is taken where an edition says nothing of it."""
    return RuleTaken(active=True, hard=rule.hard, weight=1 if rule.weight is None else rule.weight, numbers={})


def check_taken(rule: OfferedRule, taken: RuleTaken) -> None:
    """Raise the refusal that tells why a rule cannot be taken so.

    Raises `StaysAWish`, `WeightOutOfBounds`, `RuleNumberOutOfBounds`, `LongestIsShorter`; `TypeError` for a number
    that the rule does not have.
    """
    if rule.stays_a_wish and taken.hard:
        raise StaysAWish(field="taken")
    if not 1 <= taken.weight <= MANY:
        raise WeightOutOfBounds(field="weight", most=MANY)
    numbers = dict(taken.numbers or {})
    for number in rule.numbers:
        found = numbers.pop(number.name, number.least)
        if not number.least <= found <= number.most:
            raise RuleNumberOutOfBounds(field=number.name, least=number.least, most=number.most)
    if numbers:
        raise TypeError(f"{rule.kind} has no {sorted(numbers)}")
    held = {number.name: (taken.numbers or {}).get(number.name, number.default) for number in rule.numbers}
    least, most = held.get("least_min"), held.get("most_min")
    if least is not None and most is not None and most < least:
        raise LongestIsShorter(field="most_min")


def check_day_hours(hours: DayHours, timeline: Timeline, *, first_day: date, last_day: date) -> None:
    """Raise the refusal that tells why the edition's days cannot have these hours.

    Raises `StepOutOfBounds`, `DayClosesFirst`, and `HourDoesNotExist` or `HourExistsTwice` for an hour at which the
    clocks change on one of the days.
    """
    if not 1 <= hours.step_min <= LONGEST_STEP:
        raise StepOutOfBounds(field="step_min", most=LONGEST_STEP)
    if hours.closes <= hours.opens and hours.closes > NIGHT_ENDS:
        raise DayClosesFirst(field="closes")
    for n in range((last_day - first_day).days + 1):
        try:
            Day.on(timeline, first_day + timedelta(days=n), hours.opens, hours.closes, hours.step_min)
        except (HourDoesNotExist, HourExistsTwice) as refusal:
            refusal.field = "opens" if f"{hours.opens:%H:%M}" in str(refusal.params["found"]) else "closes"
            raise
