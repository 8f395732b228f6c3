"""The form of a proposal: it parses and shows, and takes whatever was typed; the rules stand in the domain.

A draft may lack anything, so nothing is required while it is read; what a submission needs is marked all the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, cast
from uuid import uuid4

from django import forms
from django.conf import settings
from django.core import signing
from django.forms import BoundField
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from parvis.domain.calls.proposals import (
    LANGUAGES,
    LONGEST_ABSTRACT,
    LONGEST_ORGANISATION,
    LONGEST_TITLE,
    MOST_SPEAKERS,
    SHORTEST_ABSTRACT,
    ContactInput,
    ProposalInput,
    SpeakerInput,
    tidied,
)
from parvis.domain.calls.questions import Question
from parvis.domain.network.kinds import ORGANISATION_KIND_NAMES, OrganisationKind
from parvis.domain.programme.sdgs import SDG_NAMES
from parvis.domain.refusals import Refusal
from parvis.domain.registration_forms import IN_TABLE, OrganisationInput
from parvis.domain.typography import decimal
from parvis.web.refusals import say
from parvis.web.space.forms import ADD_AS_NEW, country_choices, read_organisation_key, spoken_choices

SPEAKER_FIELDS = ("first_name", "last_name", "email", "title")
_LONG_ANSWER = 200  # from here on an answer has several lines
_SALT = "parvis.proposal-form"


def new_shown_at() -> str:
    """Return the signed moment at which a form is shown."""
    return signing.dumps(timezone.now().timestamp(), salt=_SALT)


def read_shown_at(text: str) -> datetime | None:
    """Return when a form was shown, as our own signature proves; None where it proves nothing."""
    try:
        return datetime.fromtimestamp(float(signing.loads(text, salt=_SALT)), UTC)
    except (signing.BadSignature, ValueError, TypeError, OverflowError):
        return None


@dataclass(frozen=True, slots=True)
class TextPair:
    """Title and abstract in one language."""

    language: str
    name: str
    title: BoundField
    abstract: BoundField


@dataclass(frozen=True, slots=True)
class SpeakerRow:
    """The fields of one speaker."""

    number: int
    fields: dict[str, BoundField]


def _counted(rows: int, longest: int, shortest: int = 0, **attrs: Any) -> forms.Widget:
    """Return a widget whose length is counted while one types. It cuts nothing: a text pasted too long is kept."""
    given = {"data-longest": longest, **({"data-shortest": shortest} if shortest else {}), **attrs}
    return forms.Textarea(attrs={"rows": rows, **given}) if rows else forms.TextInput(attrs=given)


class ProposalForm(forms.Form):
    """Everything that a proposal says. `to_input` gives what the services take."""

    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)
    shown_at = forms.CharField(required=False, widget=forms.HiddenInput)
    speaker_count = forms.IntegerField(required=False, widget=forms.HiddenInput)
    organisation = forms.CharField(
        label=_("Organisation that proposes"),
        help_text=_("Local authority, network, association… A name, an INSEE code or a SIREN."),
        widget=forms.TextInput(attrs={"autocomplete": "organization", "maxlength": LONGEST_ORGANISATION}),
    )
    organisation_key = forms.CharField(required=False, widget=forms.HiddenInput)
    organisation_for = forms.CharField(required=False, widget=forms.HiddenInput)
    organisation_kind = forms.ChoiceField(label=_("If you add it, what kind of organisation is it?"), required=False)
    country = forms.ChoiceField(label=_("Country of the organisation"), initial="FR")
    title_fr = forms.CharField(label=_("Title in French"), widget=_counted(0, LONGEST_TITLE, lang="fr", dir="auto"))
    abstract_fr = forms.CharField(
        label=_("Abstract in French"), widget=_counted(9, LONGEST_ABSTRACT, SHORTEST_ABSTRACT, lang="fr", dir="auto")
    )
    title_en = forms.CharField(label=_("Title in English"), widget=_counted(0, LONGEST_TITLE, lang="en", dir="auto"))
    abstract_en = forms.CharField(
        label=_("Abstract in English"), widget=_counted(9, LONGEST_ABSTRACT, SHORTEST_ABSTRACT, lang="en", dir="auto")
    )
    spoken = forms.MultipleChoiceField(
        label=_("Languages in which you will speak"), widget=forms.CheckboxSelectMultiple
    )
    sdgs = forms.MultipleChoiceField(
        label=_("Sustainable development goals"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, questions: Sequence[Question], language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = list(questions)
        self.language = language
        fields: dict[str, Any] = self.fields
        fields["country"].choices = country_choices()
        fields["spoken"].choices = spoken_choices()
        fields["sdgs"].choices = [(str(number), f"{number}. {gettext(name)}") for number, name in SDG_NAMES.items()]
        fields["organisation_kind"].choices = [
            ("", gettext("Choose…")),
            *((str(key), gettext(name)) for key, name in ORGANISATION_KIND_NAMES.items() if key not in IN_TABLE),
        ]
        for code in LANGUAGES:
            fields[f"abstract_{code}"].help_text = gettext(
                "From %(least)s to %(most)s characters: what one will hear, and what one can take home."
            ) % {"least": decimal(SHORTEST_ABSTRACT, language), "most": decimal(LONGEST_ABSTRACT, language)}
        for question in self.questions:
            rows = 5 if question.longest > _LONG_ANSWER else 0
            fields[f"question_{question.key}"] = forms.CharField(
                label=question.label(language),
                help_text=question.help(language),
                required=question.required,
                widget=_counted(rows, question.longest, dir="auto"),
            )
        self.speaker_numbers = range(self._speaker_count())
        for number in self.speaker_numbers:
            self._add_speaker_fields(number)
        other = "en" if language == "fr" else "fr"
        self.needed = {name for name, field in fields.items() if field.required} - {
            f"title_{other}",
            f"abstract_{other}",
        }
        self._mark_needed()

    def _speaker_count(self) -> int:
        value = self.data.get("speaker_count") if self.is_bound else self.initial.get("speaker_count", 1)
        text = str(value or 1)
        return min(max(int(text) if text.isdecimal() and len(text) < 3 else 1, 1), MOST_SPEAKERS)

    def _add_speaker_fields(self, number: int) -> None:
        labels = {
            "first_name": gettext("First name"),
            "last_name": gettext("Last name"),
            "email": gettext("E-mail address"),
            "title": gettext("Title, as the person bears it"),
        }
        for name in SPEAKER_FIELDS:
            widget = forms.EmailInput(attrs={"spellcheck": "false"}) if name == "email" else forms.TextInput()
            widget.attrs["autocomplete"] = "off"
            self.fields[f"speaker_{number}_{name}"] = forms.CharField(
                label=labels[name], required=name in {"first_name", "last_name"}, widget=widget
            )

    def _mark_needed(self) -> None:
        for name, field in self.fields.items():
            field.required = name in self.needed

    def full_clean(self) -> None:
        """Read what was typed without asking for anything; the marks stay for whoever reads the page."""
        for field in self.fields.values():
            field.required = False
        super().full_clean()
        self._mark_needed()

    def texts(self) -> list[TextPair]:
        """Return title and abstract in each language, the page's first."""
        names = {"fr": gettext("In French"), "en": gettext("In English")}
        codes = sorted(LANGUAGES, key=lambda code: code != self.language)
        return [TextPair(code, names[code], self[f"title_{code}"], self[f"abstract_{code}"]) for code in codes]

    def speakers(self) -> list[SpeakerRow]:
        """Return the rows of speakers."""
        return [
            SpeakerRow(number, {name: self[f"speaker_{number}_{name}"] for name in SPEAKER_FIELDS})
            for number in self.speaker_numbers
        ]

    def answers(self) -> list[BoundField]:
        """Return the fields of the call's own questions."""
        return [self[f"question_{question.key}"] for question in self.questions]

    def to_input(self) -> ProposalInput:
        """Return what was typed, tidied, as the services take it."""
        data = self.cleaned_data
        key = str(data.get("organisation_key", "")) if self._key_holds(data) else ""
        organisation_id, code, kind = read_organisation_key(key)
        add_as_new = key == ADD_AS_NEW
        if add_as_new and data.get("organisation_kind"):
            kind = OrganisationKind(data["organisation_kind"])
        return tidied(
            ProposalInput(
                organisation=OrganisationInput(
                    name=data["organisation"],
                    organisation_id=organisation_id,
                    code=code,
                    kind=kind,
                    country=data["country"] or "FR",
                    add_as_new=add_as_new,
                ),
                title_fr=data["title_fr"],
                title_en=data["title_en"],
                abstract_fr=data["abstract_fr"],
                abstract_en=data["abstract_en"],
                spoken=tuple(data["spoken"]),
                sdgs=tuple(int(number) for number in data["sdgs"]),
                speakers=tuple(self._typed_speakers()),
                answers={question.key: data[f"question_{question.key}"] for question in self.questions},
            )
        )

    def _typed_speakers(self) -> Iterator[SpeakerInput]:
        for number in self.speaker_numbers:
            yield SpeakerInput(
                **{name: self.cleaned_data.get(f"speaker_{number}_{name}", "") for name in SPEAKER_FIELDS}
            )

    def add_refusal(self, refusal: Refusal) -> None:
        """Show a refusal beside the field that it names, or above the form."""
        name = self._field_of(refusal.field or "")
        self.add_error(name if name in self.fields else None, say(refusal))

    def _field_of(self, name: str) -> str:
        """Return the field that a rule means: it counts the speakers without the empty rows."""
        head, _underscore, tail = name.removeprefix("speaker_").partition("_")
        if not name.startswith("speaker_") or not head.isdecimal():
            return name
        filled = [
            number
            for number, row in zip(self.speaker_numbers, self._typed_speakers(), strict=True)
            if tidied(ProposalInput(speakers=(row,))).speakers
        ]
        number = filled[int(head)] if int(head) < len(filled) else min(int(head), len(self.speaker_numbers) - 1)
        return f"speaker_{number}_{tail}"

    @staticmethod
    def _key_holds(data: Mapping[str, Any]) -> bool:
        """Tell whether the name is still the one for which a suggestion was chosen."""
        return str(data.get("organisation", "")).strip() == str(data.get("organisation_for", "")).strip()

    @property
    def shown(self) -> datetime | None:
        """When the page was shown, where that can be proved."""
        return read_shown_at(str(self.cleaned_data.get("shown_at", "")))


class NewProposalForm(ProposalForm):
    """The form of a new proposal: who writes it, told apart from machines, and harmless when it is sent twice."""

    contact_name = forms.CharField(
        label=_("Your name"), widget=forms.TextInput(attrs={"autocomplete": "name", "maxlength": 200})
    )
    contact_email = forms.CharField(
        label=_("Your e-mail address"),
        help_text=_(
            "The link to your proposal goes there: by it you come back, invite co-authors and read the decision."
        ),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
    )
    contact_language = forms.ChoiceField(label=_("Write to me in"))
    form_key = forms.UUIDField(widget=forms.HiddenInput)
    nickname = forms.CharField(
        label=_("Leave this field empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        super().__init__(*args, language=language, **kwargs)
        chosen = cast(forms.ChoiceField, self.fields["contact_language"])
        chosen.choices = [(code, str(name)) for code, name in settings.LANGUAGES]
        chosen.initial = language

    def clean(self) -> dict[str, Any]:
        """Refuse what no person sends."""
        data = super().clean() or {}
        if data.get("nickname"):
            self.add_error(None, gettext("Leave the last field of the form empty: it is a trap for robots."))
        return data

    def contact(self) -> ContactInput:
        """Return who writes."""
        data = self.cleaned_data
        return ContactInput(
            name=data["contact_name"],
            email=data["contact_email"],
            language=data["contact_language"] or self.language,
        )

    @staticmethod
    def new_stamps() -> dict[str, Any]:
        """Return the initial values that make one form one form."""
        return {"form_key": uuid4(), "shown_at": new_shown_at()}


def initial_of(form: ProposalInput) -> dict[str, Any]:
    """Return what fills the form of a proposal that is known."""
    organisation = form.organisation
    known = organisation.organisation_id is not None
    initial: dict[str, Any] = {
        "organisation": organisation.name,
        "organisation_for": organisation.name if known else "",
        "organisation_key": f"id:{organisation.organisation_id}" if known else "",
        "country": organisation.country,
        "spoken": list(form.spoken),
        "sdgs": [str(number) for number in form.sdgs],
        "speaker_count": max(1, len(form.speakers)),
        "shown_at": new_shown_at(),
    }
    initial |= {name: getattr(form, name) for name in ("title_fr", "title_en", "abstract_fr", "abstract_en")}
    initial |= {f"question_{key}": answer for key, answer in form.answers.items()}
    for number, row in enumerate(form.speakers):
        initial |= {f"speaker_{number}_{name}": getattr(row, name) for name in SPEAKER_FIELDS}
    return initial


def typed_in(form: forms.Form) -> dict[str, Any]:
    """Return what was typed into a bound form as the initial values of another, nothing judged."""
    return {
        name: field.widget.value_from_datadict(form.data, form.files, form.add_prefix(name))
        for name, field in form.fields.items()
    }


def with_more_speakers(form: ProposalForm) -> dict[str, Any]:
    """Return what was typed, with room for one more speaker."""
    initial = typed_in(form)
    initial["speaker_count"] = min(len(form.speaker_numbers) + 1, MOST_SPEAKERS)
    return initial


def without_speaker(form: ProposalForm, removed: str) -> dict[str, Any]:
    """Return what was typed without one of the speakers; the others move up."""
    initial = typed_in(form)
    if not removed.isdecimal() or int(removed) not in form.speaker_numbers:
        return initial
    last = len(form.speaker_numbers) - 1
    for number in range(int(removed), last + 1):
        for name in SPEAKER_FIELDS:
            initial[f"speaker_{number}_{name}"] = initial.get(f"speaker_{number + 1}_{name}", "")
    initial["speaker_count"] = max(1, last)
    return initial


class AuthorForm(forms.Form):
    """Who is invited to write along."""

    contact_name = forms.CharField(label=_("Name"), widget=forms.TextInput(attrs={"autocomplete": "off"}))
    contact_email = forms.CharField(
        label=_("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"})
    )
    contact_language = forms.ChoiceField(label=_("Write to them in"))

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = cast(forms.ChoiceField, self.fields["contact_language"])
        chosen.choices = [(code, str(name)) for code, name in settings.LANGUAGES]
        chosen.initial = language

    def contact(self) -> ContactInput:
        """Return who is invited."""
        data = self.cleaned_data
        return ContactInput(data["contact_name"], data["contact_email"], data["contact_language"])
