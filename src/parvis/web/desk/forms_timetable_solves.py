"""Forms that ask for a solve: what may move and for how long, or what happened."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from parvis.domain.refusals import N_, Refusal
from parvis.domain.timetable.problem import Problem
from parvis.domain.timetable.solves import DEFAULT_SECONDS, MOST_SECONDS, Scope
from parvis.domain.timetable.what_happened import Happening, WhatHappened
from parvis.web.desk.forms_layout import MomentField


class HourMissing(Refusal):
    """Of an absence, one end is known at least."""

    sentence = N_("Say from when, or until when.")


class SolveForm(forms.Form):
    """What may move, and how long to look."""

    scope = forms.ChoiceField(label=_("What to place"), widget=forms.RadioSelect)
    seconds = forms.IntegerField(
        label=_("Seconds"),
        min_value=1,
        max_value=MOST_SECONDS,
        help_text=_("The longer, the better the draft; it can be stopped at any time."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"scope": Scope.UNPLACED, "seconds": DEFAULT_SECONDS})
        super().__init__(*args, **kwargs)
        cast(Any, self.fields["scope"]).choices = [
            (str(Scope.UNPLACED), gettext("What is not placed: all else stays where it is")),
            (str(Scope.ALL), gettext("Everything: any session may move, save those that are pinned")),
        ]


class HappenedForm(forms.Form):
    """What happened; which fields there are depends on what it is."""

    person = forms.ChoiceField(label=_("Person"))
    room = forms.ChoiceField(label=_("Room"))
    session = forms.ChoiceField(label=_("Session"))
    starts_at = MomentField(label=_("From when"), required=False, help_text=_("Empty: from the beginning of that day."))
    ends_at = MomentField(label=_("Until when"), required=False, help_text=_("Empty: until the end of that day."))
    minutes = forms.IntegerField(label=_("Minutes that it lasts now"), min_value=5, max_value=840)

    def __init__(self, *args: Any, kind: Happening, problem: Problem, zone: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.problem = kind, problem
        named: dict[str, list[tuple[str, str]]] = {
            "person": sorted(
                {(item.person, problem.person_of[item.person].name) for item in problem.engagements()},
                key=lambda choice: choice[1],
            ),
            "room": [(room.key, room.name) for room in sorted(problem.rooms, key=lambda r: (r.position, r.name))],
            "session": sorted(((item.key, item.title) for item in problem.sessions), key=lambda choice: choice[1]),
        }
        self.subject = {
            Happening.PERSON_AWAY: "person",
            Happening.ROOM_LOST: "room",
            Happening.SESSION_LONGER: "session",
        }[kind]
        wanted = {self.subject, *(("minutes",) if kind is Happening.SESSION_LONGER else ("starts_at", "ends_at"))}
        for name in list(self.fields):
            if name not in wanted:
                del self.fields[name]
            elif name in named:
                cast(Any, self.fields[name]).choices = [("", gettext("Choose…")), *named[name]]
            elif name != "minutes":
                cast(Any, self.fields[name]).zone = zone

    def happened(self) -> WhatHappened:
        """Return what the service takes. Raises `HourMissing`, and what `Timeline.minute` raises."""
        data = self.cleaned_data
        key = str(data[self.subject])
        if self.kind is Happening.SESSION_LONGER:
            return WhatHappened(self.kind, key, minutes=int(data["minutes"]))
        starts, ends = self._minute(data["starts_at"]), self._minute(data["ends_at"])
        if starts is None and ends is None:
            raise HourMissing(field="starts_at")
        if starts is None:
            starts = min((d.opens for d in self.problem.days if d.closes >= cast(int, ends)), default=0)
            starts = min(starts, cast(int, ends) - 1)
        if ends is None:
            ends = max((d.closes for d in self.problem.days if d.opens <= starts), default=starts)
            ends = max(ends, starts + 1)
        return WhatHappened(self.kind, key, starts, ends)

    def _minute(self, moment: datetime | None) -> int | None:
        return None if moment is None else self.problem.timeline.minute(moment)
