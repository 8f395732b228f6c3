"""The forms behind an invitation's link: they parse and show, the rules stand in the domain. The desk uses some too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any, cast

from django import forms
from django.forms import BoundField
from django.utils.formats import date_format
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from parvis.domain.programme.availability import (
    MOST_SPANS,
    PRESENCE_NAMES,
    DayAnswer,
    Presence,
)
from parvis.domain.programme.invitations import LONGEST_BIOGRAPHY, LONGEST_REASON, SpeakerAnswer
from parvis.domain.programme.sessions import InterventionAnswer
from parvis.domain.refusals import Refusal
from parvis.domain.uploads import PHOTOGRAPH_BYTES, Cut, check_size
from parvis.queries.desk_people import MandateLine
from parvis.web.refusals import say

YES, NO = "yes", "no"
_ANSWERS = {InterventionAnswer.ACCEPTED: YES, InterventionAnswer.DECLINED: NO}


class OpenChoice(forms.ChoiceField):
    """A choice whose rule stands in the domain: what is no longer among the choices gets the rule's own sentence."""

    def valid_value(self, value: Any) -> bool:
        """Take whatever was sent."""
        return True


@dataclass(frozen=True, slots=True)
class AnswerFields:
    """The fields about one intervention."""

    intervention: Any
    answer: BoundField
    mandate: BoundField | None
    reason: BoundField


class AnswersForm(forms.Form):
    """Yes or no to each session that still asks for it, as what, and why not.

    One session may be answered and another left: what an answer needs is marked, and asked for by the rule.
    """

    use_required_attribute = False

    def __init__(
        self, *args: Any, interventions: Sequence[Any], mandates: Sequence[MandateLine], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.interventions = interventions
        self.mandates = mandates
        keys = {line.pk for line in mandates}
        for item in interventions:
            self.fields[f"answer_{item.pk}"] = OpenChoice(
                label=gettext("Will you speak in this session?"),
                choices=[(YES, gettext("Yes, I accept")), (NO, gettext("No, I decline"))],
                widget=forms.RadioSelect,
                initial=_ANSWERS.get(InterventionAnswer(item.answer), ""),
            )
            chosen = item.mandate_id if item.mandate_id in keys else mandates[0].pk if len(mandates) == 1 else ""
            if mandates:
                self.fields[f"mandate_{item.pk}"] = OpenChoice(
                    label=gettext("You speak as"),
                    choices=[(str(line.pk), line.name) for line in mandates],
                    widget=forms.RadioSelect,
                    initial=str(chosen),
                    help_text=gettext("So you are announced in the programme."),
                )
            self.fields[f"reason_{item.pk}"] = forms.CharField(
                label=gettext("Why not?"),
                required=False,
                initial=item.answer_reason,
                help_text=gettext("It helps us to find somebody else, or another time. Only the organisers read it."),
                widget=forms.Textarea(attrs={"rows": 2, "data-longest": LONGEST_REASON, "dir": "auto"}),
            )

    def full_clean(self) -> None:
        """Read what was chosen without asking for anything; the marks stay for whoever reads the page."""
        needed = [field for field in self.fields.values() if field.required]
        for field in needed:
            field.required = False
        super().full_clean()
        for field in needed:
            field.required = True

    def rows(self) -> Iterator[AnswerFields]:
        """Yield the fields of each intervention."""
        for item in self.interventions:
            mandate = f"mandate_{item.pk}"
            yield AnswerFields(
                item,
                self[f"answer_{item.pk}"],
                self[mandate] if mandate in self.fields else None,
                self[f"reason_{item.pk}"],
            )

    def answers(self) -> list[SpeakerAnswer]:
        """Return what was answered; sessions about which nothing is said are left out."""
        found = []
        for item in self.interventions:
            said = self.cleaned_data.get(f"answer_{item.pk}", "")
            if said not in {YES, NO}:
                continue
            mandate = str(self.cleaned_data.get(f"mandate_{item.pk}", ""))
            known = mandate.isdecimal() and len(mandate) < 19
            reason = str(self.cleaned_data.get(f"reason_{item.pk}", ""))
            found.append(SpeakerAnswer(item.pk, said == YES, int(mandate) if known else None, reason))
        return found

    def add_refusal(self, refusal: Refusal) -> None:
        """Show a refusal beside the field that it names, or above the form."""
        self.add_error(refusal.field if refusal.field in self.fields else None, say(refusal))


def _biography(language: str, label: Any) -> forms.CharField:
    attrs = {"rows": 8, "data-longest": LONGEST_BIOGRAPHY, "lang": language, "dir": "auto"}
    return forms.CharField(label=label, required=False, widget=forms.Textarea(attrs=attrs))


class BiographyForm(forms.Form):
    """Who somebody is, in two languages. It cuts nothing: a text pasted too long is kept, and refused by the rule."""

    biography_fr = _biography("fr", _("In French"))
    biography_en = _biography("en", _("In English"))
    revision = forms.CharField(required=False, widget=forms.HiddenInput)

    def add_refusal(self, refusal: Refusal) -> None:
        """Show a refusal beside the field that it names, or above the form."""
        self.add_error(refusal.field if refusal.field in self.fields else None, say(refusal))


class PhotographForm(forms.Form):
    """A picture, and the square of it that was chosen where JavaScript let one choose."""

    photograph = forms.FileField(
        label=_("Photograph"),
        help_text=_("JPEG, PNG or WebP, 12 MB at most. It is cut to a square; place and date are removed from it."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        error_messages={
            "required": _("Choose a picture first."),
            "empty": _("This file is empty. Choose another picture."),
            "invalid": _("Choose a picture first."),
        },
    )
    left = forms.FloatField(required=False, widget=forms.HiddenInput, min_value=0, max_value=1)
    upper = forms.FloatField(required=False, widget=forms.HiddenInput, min_value=0, max_value=1)
    side = forms.FloatField(required=False, widget=forms.HiddenInput, min_value=0, max_value=1)

    def clean_photograph(self) -> Any:
        """Refuse a file that is too large before it is read into memory."""
        uploaded = self.cleaned_data["photograph"]
        try:
            check_size(uploaded.size, PHOTOGRAPH_BYTES, field="photograph")
        except Refusal as refusal:
            raise forms.ValidationError(say(refusal)) from refusal
        return uploaded

    def cut(self) -> Cut | None:
        """Return the square that was chosen."""
        values = [self.cleaned_data.get(name) for name in ("left", "upper", "side")]
        left, upper, side = values
        return None if left is None or upper is None or side is None else Cut(left, upper, side)


@dataclass(frozen=True, slots=True)
class DayFields:
    """The fields of one day, and what the person says that day."""

    day: date
    presence: BoundField
    spans: list[tuple[BoundField, BoundField]]
    speaks: Sequence[Any]


class HoursForm(forms.Form):
    """When somebody can be there: day by day the whole day, some hours, or not at all."""

    def __init__(
        self,
        *args: Any,
        answers: Sequence[DayAnswer],
        speaks: Mapping[date, Sequence[Any]] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.days = [answer.day for answer in answers]
        self.speaks = speaks or {}
        for answer in answers:
            key = answer.day.isoformat()
            self.fields[f"day_{key}"] = forms.ChoiceField(
                label=date_format(answer.day, "l j F"),
                choices=[(str(value), gettext(name)) for value, name in PRESENCE_NAMES.items()],
                widget=forms.RadioSelect,
                initial=str(answer.presence),
                error_messages={"required": gettext("Say whether you can be there that day.")},
            )
            for number in range(max(MOST_SPANS, len(answer.spans))):
                span = answer.spans[number] if number < len(answer.spans) else (None, None)
                self._add_time(f"from_{key}_{number}", pgettext("an hour", "From"), span[0])
                self._add_time(f"to_{key}_{number}", pgettext("an hour", "Until"), span[1])

    def _add_time(self, name: str, label: str, value: time | None) -> None:
        widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
        field = forms.TimeField(label=label, required=False, widget=widget, initial=value)
        field.error_messages["invalid"] = gettext("Write an hour like 9:30.")
        self.fields[name] = field

    def _numbers(self, key: str) -> Iterator[int]:
        number = 0
        while f"from_{key}_{number}" in self.fields:
            yield number
            number += 1

    def rows(self) -> Iterator[DayFields]:
        """Yield the fields of each day."""
        for day in self.days:
            key = day.isoformat()
            spans = [(self[f"from_{key}_{n}"], self[f"to_{key}_{n}"]) for n in self._numbers(key)]
            yield DayFields(day, self[f"day_{key}"], spans, self.speaks.get(day, ()))

    def answers(self) -> list[DayAnswer]:
        """Return what was said of each day."""
        return [
            DayAnswer(
                day,
                Presence(self.cleaned_data[f"day_{day.isoformat()}"]),
                tuple(
                    (
                        self.cleaned_data.get(f"from_{day.isoformat()}_{n}"),
                        self.cleaned_data.get(f"to_{day.isoformat()}_{n}"),
                    )
                    for n in self._numbers(day.isoformat())
                ),
            )
            for day in self.days
        ]

    def add_refusal(self, refusal: Refusal) -> None:
        """Show a refusal beside the day that it names, or above the form."""
        self.add_error(refusal.field if refusal.field in self.fields else None, say(refusal))


def file_content(form: PhotographForm) -> bytes:
    """Return what was uploaded, of a size that was checked."""
    return cast(bytes, form.cleaned_data["photograph"].read())
