"""Long forms in groups, with what belongs together side by side; days, months and times as the venue counts them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django import forms
from django.forms import BoundField
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.functional import Promise

from parvis.web.desk.forms import DeskForm

Words = str | Promise  # a text that may wait for the language of the page
Rows = tuple[tuple[str, ...], ...]

DAY_INPUT = "%Y-%m-%d"
TIME_INPUT = "%H:%M"
MONTH_INPUTS = ["%Y-%m", "%m/%Y", "%Y-%m-%d", "%d/%m/%Y"]
MOMENT_INPUT = "%Y-%m-%dT%H:%M"


@dataclass(frozen=True, slots=True)
class Group:
    """Fields under one heading, row by row; `folded` ones wait behind their heading until they hold something."""

    legend: Words
    rows: list[list[BoundField]]
    folded: bool


class GroupedForm(DeskForm):
    """A form whose fields stand in `groups`: (heading, rows of names, whether it is folded while empty)."""

    groups: ClassVar[tuple[tuple[Words, Rows, bool], ...]] = ()

    def grouped(self) -> Iterator[Group]:
        """Yield the groups; a group with an answer or an error is open."""
        for legend, rows, folded in self.groups:
            bound = [[self[name] for name in row if name in self.fields] for row in rows]
            fields = [field for row in bound for field in row]
            if fields:
                filled = any(field.errors or field.value() for field in fields)
                yield Group(legend, [row for row in bound if row], folded and not filled)


def sent(request: HttpRequest) -> QueryDict | None:
    """Return what a form sent, be it empty; None while it is only shown."""
    return request.POST if request.method == "POST" else None


def day_field(label: Any, **more: Any) -> forms.DateField:
    """Return the field of a day."""
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format=DAY_INPUT), **more)


def month_field(label: Any, **more: Any) -> forms.DateField:
    """Return the field of a month, kept as its first day; where the browser has no such field, « 10/2024 » is read."""
    widget = forms.DateInput(attrs={"type": "month", "placeholder": "2024-10"}, format="%Y-%m")
    return forms.DateField(label=label, widget=widget, input_formats=MONTH_INPUTS, **more)


def time_field(label: Any, **more: Any) -> forms.TimeField:
    """Return the field of an hour, to the minute."""
    return forms.TimeField(label=label, widget=forms.TimeInput(attrs={"type": "time"}, format=TIME_INPUT), **more)


class MomentField(forms.DateTimeField):
    """A day and an hour of the venue's `zone`; the form that shows it sets the zone."""

    zone: ZoneInfo = ZoneInfo("Europe/Paris")

    def __init__(self, **more: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT_INPUT)
        super().__init__(widget=widget, **more)

    def prepare_value(self, value: Any) -> Any:
        """Return what the input shows: the venue's hour, without a zone."""
        if isinstance(value, datetime) and value.tzinfo is not None:
            return value.astimezone(self.zone).replace(tzinfo=None)
        return value

    def to_python(self, value: Any) -> datetime | None:
        """Return the moment that was typed, aware."""
        with timezone.override(self.zone):
            return super().to_python(value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Tell whether what was typed is another moment."""
        try:
            typed = self.to_python(data)
        except forms.ValidationError:
            return True
        return bool((initial or None) != (typed or None))


def in_language(language: str, rows: int = 0, **attrs: Any) -> forms.Widget:
    """Return the widget of a text in a language: spelling and speech follow it. With `rows`, of several lines."""
    given = {"lang": language, **attrs}
    return forms.Textarea(attrs={"rows": rows, **given}) if rows else forms.TextInput(attrs=given)
