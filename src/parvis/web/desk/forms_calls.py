"""Forms of calls: what is asked and how it is judged as rows, slots in a row, decisions, reviews."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, cast
from zoneinfo import ZoneInfo

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from parvis.domain.calls.decisions import MADE
from parvis.domain.calls.questions import (
    HEAVIEST,
    LONGEST_ANSWER,
    MOST_ROWS,
    USUAL_ANSWER,
    USUAL_CRITERIA,
    Criterion,
    Question,
    read_criteria,
    read_questions,
)
from parvis.domain.calls.reviews import HIGHEST, LOWEST
from parvis.domain.calls.states import DECISION_NAMES, Decision
from parvis.domain.programme.sessions import SESSION_FORMAT_NAMES, SessionFormat
from parvis.web.desk.forms import DeskForm, choices
from parvis.web.desk.forms_layout import MomentField, day_field, in_language, time_field
from parvis.web.space.proposal_forms import typed_in

CALL_COLUMNS = (
    "name_fr", "name_en", "text_fr", "text_en", "format", "duration_min", "opens_at", "closes_at", "choose_by",
)  # fmt: skip
QUESTION_FIELDS = ("label_fr", "label_en", "help_fr", "help_en", "longest", "required")
CRITERION_FIELDS = ("name_fr", "name_en", "weight")


@dataclass(frozen=True, slots=True)
class FormRow:
    """One row of questions or criteria: its number, its hidden key, its fields in order."""

    number: int
    key: BoundField
    fields: list[BoundField]


class CallForm(DeskForm):
    """A call with its questions and criteria; rows come and go by buttons that post."""

    name_fr = forms.CharField(label=_("Name in French"), max_length=200, widget=in_language("fr"))
    name_en = forms.CharField(label=_("Name in English"), max_length=200, required=False, widget=in_language("en"))
    text_fr = forms.CharField(label=_("What is asked, in French"), required=False, widget=in_language("fr", 6))
    text_en = forms.CharField(label=_("What is asked, in English"), required=False, widget=in_language("en", 6))
    format = forms.ChoiceField(label=_("Format of the sessions"))
    duration_min = forms.IntegerField(label=_("Length in minutes"), min_value=1, max_value=840)
    opens_at = MomentField(label=_("Opens"), help_text=_("From then on the public reads the call, and can propose."))
    closes_at = MomentField(label=_("Closes"))
    choose_by = MomentField(
        label=_("Slots are chosen until"),
        required=False,
        help_text=_("By those who are selected, once they were told."),
    )
    question_count = forms.IntegerField(required=False, widget=forms.HiddenInput)
    criterion_count = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, zone: ZoneInfo, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(Any, self.fields["format"]).choices = choices(
            {key: name for key, name in SESSION_FORMAT_NAMES.items() if key is not SessionFormat.BREAK}
        )
        for name in ("opens_at", "closes_at", "choose_by"):
            cast(MomentField, self.fields[name]).zone = zone
        self.question_numbers = range(self._count("question_count"))
        self.criterion_numbers = range(self._count("criterion_count"))
        for number in self.question_numbers:
            self._add_question(number)
        for number in self.criterion_numbers:
            self._add_criterion(number)

    def _count(self, name: str) -> int:
        text = str((self.data.get(name) if self.is_bound else self.initial.get(name)) or 0)
        return min(int(text), MOST_ROWS) if text.isdecimal() and len(text) < 4 else 0

    def _add_question(self, number: int) -> None:
        at = f"question_{number}_"
        self.fields[f"{at}key"] = forms.CharField(required=False, widget=forms.HiddenInput)
        for name, label in (
            ("label_fr", gettext("Question in French")),
            ("label_en", gettext("Question in English")),
            ("help_fr", gettext("Help in French")),
            ("help_en", gettext("Help in English")),
        ):
            language = name[-2:]
            self.fields[at + name] = forms.CharField(label=label, required=False, widget=in_language(language))
        self.fields[f"{at}longest"] = forms.IntegerField(
            label=gettext("Longest answer, in characters"),
            min_value=1,
            max_value=LONGEST_ANSWER,
            required=False,
            initial=USUAL_ANSWER,
        )
        self.fields[f"{at}required"] = forms.BooleanField(label=gettext("An answer is required"), required=False)

    def _add_criterion(self, number: int) -> None:
        at = f"criterion_{number}_"
        self.fields[f"{at}key"] = forms.CharField(required=False, widget=forms.HiddenInput)
        for name, label in (("name_fr", gettext("Criterion in French")), ("name_en", gettext("Criterion in English"))):
            self.fields[at + name] = forms.CharField(label=label, required=False, widget=in_language(name[-2:]))
        self.fields[f"{at}weight"] = forms.IntegerField(
            label=gettext("Weight"), min_value=1, max_value=HEAVIEST, required=False, initial=1
        )

    def head(self) -> list[BoundField]:
        """Return the fields that stand before the rows."""
        return [self[name] for name in CALL_COLUMNS]

    def question_rows(self) -> list[FormRow]:
        """Return the rows of questions."""
        return [self._row("question", number, QUESTION_FIELDS) for number in self.question_numbers]

    def criterion_rows(self) -> list[FormRow]:
        """Return the rows of criteria."""
        return [self._row("criterion", number, CRITERION_FIELDS) for number in self.criterion_numbers]

    def _row(self, kind: str, number: int, names: Sequence[str]) -> FormRow:
        at = f"{kind}_{number}_"
        return FormRow(number, self[f"{at}key"], [self[at + name] for name in names])

    def call_values(self) -> dict[str, Any]:
        """Return the call's own columns."""
        return {name: self.cleaned_data[name] for name in CALL_COLUMNS}

    def questions(self) -> list[Question]:
        """Return the questions as typed; empty rows are left to the rules."""
        return [
            Question(
                key=self.cleaned_data[f"question_{number}_key"],
                longest=self.cleaned_data[f"question_{number}_longest"] or USUAL_ANSWER,
                required=self.cleaned_data[f"question_{number}_required"],
                **{
                    name: self.cleaned_data[f"question_{number}_{name}"]
                    for name in ("label_fr", "label_en", "help_fr", "help_en")
                },
            )
            for number in self.question_numbers
        ]

    def criteria(self) -> list[Criterion]:
        """Return the criteria as typed."""
        return [
            Criterion(
                key=self.cleaned_data[f"criterion_{number}_key"],
                name_fr=self.cleaned_data[f"criterion_{number}_name_fr"],
                name_en=self.cleaned_data[f"criterion_{number}_name_en"],
                weight=self.cleaned_data[f"criterion_{number}_weight"] or 1,
            )
            for number in self.criterion_numbers
        ]

    def with_rows_changed(self, button: str, number: str) -> dict[str, Any]:
        """Return what was typed with a row more or less: `add_question`, `remove_criterion`…; the others move up."""
        initial = typed_in(self)
        action, _underscore, kind = button.partition("_")
        names = (*(QUESTION_FIELDS if kind == "question" else CRITERION_FIELDS), "key")
        count = len(self.question_numbers if kind == "question" else self.criterion_numbers)
        if action == "add":
            initial[f"{kind}_count"] = min(count + 1, MOST_ROWS)
        elif number.isdecimal() and int(number) < count:
            for at in range(int(number), count):
                for name in names:
                    initial[f"{kind}_{at}_{name}"] = initial.get(f"{kind}_{at + 1}_{name}", "")
            initial[f"{kind}_count"] = count - 1
        return initial


ROW_BUTTONS = ("add_question", "remove_question", "add_criterion", "remove_criterion")


def initial_call(call: Any = None) -> dict[str, Any]:
    """Return what fills the form of a call, or of a new one: usual criteria, and a length of 20 minutes."""
    if call is None:
        return {"format": "micro_workshop", "duration_min": 20, "question_count": 0, **_criteria(USUAL_CRITERIA)}
    initial: dict[str, Any] = {name: getattr(call, name) for name in CALL_COLUMNS}
    questions = read_questions(call.questions)
    initial["question_count"] = len(questions)
    for number, question in enumerate(questions):
        initial |= {f"question_{number}_{name}": getattr(question, name) for name in (*QUESTION_FIELDS, "key")}
    return initial | _criteria(read_criteria(call.criteria) if call.criteria else [])


def _criteria(criteria: Sequence[Criterion]) -> dict[str, Any]:
    initial: dict[str, Any] = {"criterion_count": len(criteria)}
    for number, criterion in enumerate(criteria):
        initial |= {f"criterion_{number}_{name}": getattr(criterion, name) for name in (*CRITERION_FIELDS, "key")}
    return initial


class SlotsForm(forms.Form):
    """Slots in a row: in which rooms, on which day, from when to when, how often."""

    rooms = forms.MultipleChoiceField(label=_("Rooms"), widget=forms.CheckboxSelectMultiple)
    day = day_field(_("Day"))
    first = time_field(_("First begins at"))
    last = time_field(_("Last ends by"))
    every_min = forms.IntegerField(label=_("One every (minutes)"), min_value=1, max_value=840)

    def __init__(self, *args: Any, rooms: Sequence[Any], days: Sequence[Any], length: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(Any, self.fields["rooms"]).choices = [(str(room.pk), room.name) for room in rooms]
        self.fields["every_min"].initial = length
        if days:
            self.fields["day"].initial = days[0]
            self.fields["day"].widget.attrs.update({"min": days[0].isoformat(), "max": days[-1].isoformat()})


class DecisionForm(forms.Form):
    """What is decided on a proposal, and the words that its authors read."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    decision = forms.ChoiceField(label=_("Decision"), widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("Words to the authors"),
        required=False,
        help_text=_("They stand in the mail and on the authors’ page. A proposal that is not selected needs some."),
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
    )

    def __init__(self, *args: Any, announced: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = MADE if announced else (Decision.NONE, *MADE)
        cast(Any, self.fields["decision"]).choices = [(str(key), gettext(DECISION_NAMES[key])) for key in offered]


class ReviewForm(forms.Form):
    """What a reviewer thinks: a score for each criterion and a comment, or a conflict of interest."""

    comment = forms.CharField(
        label=_("Comment"),
        required=False,
        help_text=_("For the organisers and the other reviewers; the authors do not read it."),
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )
    conflict = forms.BooleanField(
        label=_("I have a conflict of interest and do not judge this proposal"), required=False
    )
    conflict_reason = forms.CharField(
        label=_("What the conflict is"),
        required=False,
        max_length=300,
        help_text=_("For example: I work for this authority; we run this project together."),
    )

    def __init__(self, *args: Any, criteria: Sequence[Criterion], language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = list(criteria)
        marks = [(str(mark), str(mark)) for mark in range(LOWEST, HIGHEST + 1)]
        for criterion in self.criteria:
            self.fields[f"score_{criterion.key}"] = forms.ChoiceField(
                label=criterion.name(language), required=False, choices=marks, widget=forms.RadioSelect
            )

    def scores(self) -> dict[str, Any]:
        """Return the scores by criterion, as chosen."""
        return {criterion.key: self.cleaned_data.get(f"score_{criterion.key}", "") for criterion in self.criteria}

    def score_fields(self) -> Iterator[tuple[Criterion, BoundField]]:
        """Yield each criterion with its field."""
        for criterion in self.criteria:
            yield criterion, self[f"score_{criterion.key}"]
