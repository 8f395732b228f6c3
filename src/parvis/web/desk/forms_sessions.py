"""Forms about sessions, their placement and those who speak in them: they read what was typed and hold no rule."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, ClassVar, cast
from zoneinfo import ZoneInfo

from babel import Locale
from django import forms
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from parvis.domain.programme.sdgs import SDG_NAMES
from parvis.domain.programme.sessions import (
    INTERVENTION_ROLE_NAMES,
    SESSION_FORMAT_NAMES,
    SESSION_MODE_NAMES,
    SESSION_STATUS_NAMES,
    USUAL_DURATION_MIN,
    InterventionRole,
    SessionFormat,
    SessionStatus,
)
from parvis.web.desk.forms import DeskForm, MandateChoice, choices
from parvis.web.desk.forms_layout import GroupedForm, Rows, Words, in_language, time_field
from parvis.web.space.forms import SPOKEN

_TEXTS = ("title", "abstract", "practical_note", "summary")
SESSION_COLUMNS = (
    *("code", "format", "status", "duration_min", "debate_min", "capacity", "members_only", "mode", "online_url"),
    *("needs", "spoken", "interpreted", "sdgs"),
    *(f"{name}_{language}" for name in _TEXTS for language in ("fr", "en")),
)
LONGEST_MIN = 14 * 60


def language_choices(more: Iterable[str] = ()) -> list[tuple[str, str]]:
    """Return the languages of a session, named in the active language; `more` are those that it has already."""
    names = Locale.parse((get_language() or "fr").split("-")[0]).languages
    codes = dict.fromkeys((*SPOKEN, *more))
    return [(code, str(names.get(code, code)).capitalize()) for code in codes]


class SessionForm(GroupedForm):
    """One session: what it is, for whom, in which languages, with whom."""

    format = forms.ChoiceField(label=_("Format"))
    status = forms.ChoiceField(
        label=_("Status"),
        help_text=_("A draft is seen by the desk alone, even when the site is published."),
    )
    title_fr = forms.CharField(label=_("Title in French"), max_length=300, widget=in_language("fr"))
    title_en = forms.CharField(label=_("Title in English"), max_length=300, required=False, widget=in_language("en"))
    abstract_fr = forms.CharField(label=_("Abstract in French"), required=False, widget=in_language("fr", 6))
    abstract_en = forms.CharField(label=_("Abstract in English"), required=False, widget=in_language("en", 6))
    duration_min = forms.IntegerField(
        label=_("Length in minutes"),
        min_value=1,
        max_value=LONGEST_MIN,
        required=False,
        help_text=_("Empty: as long as its format usually lasts."),
    )
    debate_min = forms.IntegerField(
        label=_("Of which for debate, in minutes"), min_value=0, max_value=LONGEST_MIN, required=False
    )
    spoken = forms.MultipleChoiceField(label=_("Languages spoken"), required=False, widget=forms.CheckboxSelectMultiple)
    interpreted = forms.MultipleChoiceField(
        label=_("Interpreted into"), required=False, widget=forms.CheckboxSelectMultiple
    )
    members_only = forms.BooleanField(
        label=_("For members only"), required=False, help_text=_("The list and the door admit nobody else.")
    )
    capacity = forms.IntegerField(
        label=_("Seats, when fewer than the room’s"), min_value=0, max_value=100_000, required=False
    )
    group = forms.TypedChoiceField(label=_("Group"), required=False, coerce=int, empty_value=None)
    host = forms.CharField(
        label=_("Held by"),
        max_length=250,
        required=False,
        help_text=_("The organisation that holds it: its name, INSEE code or SIREN."),
    )
    themes = forms.TypedMultipleChoiceField(
        label=_("Themes"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    new_theme = forms.CharField(label=_("Another theme"), max_length=120, required=False, widget=in_language("fr"))
    mode = forms.ChoiceField(label=_("How one takes part"))
    online_url = forms.URLField(
        label=_("Address online"),
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text=_("The site shows it, unless the session is for members only."),
    )
    needs = forms.CharField(label=_("Equipment needed"), max_length=300, required=False)
    practical_note_fr = forms.CharField(
        label=_("Practical note in French"), required=False, widget=in_language("fr", 3)
    )
    practical_note_en = forms.CharField(
        label=_("Practical note in English"), required=False, widget=in_language("en", 3)
    )
    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        required=False,
        help_text=_("By which spreadsheets know it. Empty: the next one."),
    )
    sdgs = forms.TypedMultipleChoiceField(
        label=_("Sustainable development goals"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    summary_fr = forms.CharField(
        label=_("What was said, in one sentence, in French"),
        required=False,
        help_text=_("The press release of the next morning says it."),
        widget=in_language("fr", 3),
    )
    summary_en = forms.CharField(
        label=_("What was said, in one sentence, in English"), required=False, widget=in_language("en", 3)
    )
    searches: ClassVar[Mapping[str, str]] = {"host": "organisations"}

    groups: ClassVar[tuple[tuple[Words, Rows, bool], ...]] = (
        (
            _("What it is"),
            (("format", "status"), ("title_fr", "title_en"), ("abstract_fr", "abstract_en")),
            False,
        ),
        (
            _("How long, and for whom"),
            (("duration_min", "debate_min"), ("spoken", "interpreted"), ("members_only",), ("capacity",)),
            False,
        ),
        (_("With whom"), (("group",), ("host",), ("themes",), ("new_theme",)), False),
        (
            _("Room and site"),
            (("mode", "online_url"), ("needs", "code"), ("practical_note_fr", "practical_note_en")),
            False,
        ),
        (_("Sustainable development goals"), (("sdgs",),), True),
        (_("After it took place"), (("summary_fr", "summary_en"),), True),
    )

    def __init__(
        self,
        *args: Any,
        groups: Iterable[tuple[int, str]],
        themes: Iterable[tuple[int, str]],
        cancelled: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        field = cast(Any, self.fields)
        field["format"].choices = choices(SESSION_FORMAT_NAMES)
        field["status"].choices = choices(
            {status: SESSION_STATUS_NAMES[status] for status in (SessionStatus.DRAFT, SessionStatus.CONFIRMED)}
        )
        field["mode"].choices = choices(SESSION_MODE_NAMES)
        field["group"].choices = [("", gettext("None")), *((str(pk), name) for pk, name in groups)]
        field["themes"].choices = [(str(pk), name) for pk, name in themes]
        for name in ("spoken", "interpreted"):
            field[name].choices = language_choices(self.initial.get(name) or ())
        field["sdgs"].choices = [(str(goal), f"{goal}. {gettext(words)}") for goal, words in SDG_NAMES.items()]
        if cancelled:
            del self.fields["status"]  # it is restored by a step of its own
        if not field["themes"].choices:
            del self.fields["themes"]
            field["new_theme"].label = gettext("Theme")

    def session_values(self, host_id: int | None) -> dict[str, Any]:
        """Return what the service takes besides the themes."""
        values = self.values("themes", "new_theme")
        values["group_id"] = values.pop("group")
        values["host_id"] = host_id
        values["debate_min"] = values["debate_min"] or 0
        if values["duration_min"] is None:
            values["duration_min"] = USUAL_DURATION_MIN[SessionFormat(values["format"])]
        return values


class PlacementForm(DeskForm):
    """When and where: a day of the edition, an hour of the venue, one of its rooms."""

    day = forms.TypedChoiceField(label=_("Day"), coerce=date.fromisoformat)
    starts = time_field(_("Begins at"))
    room = forms.TypedChoiceField(label=_("Room"), coerce=int)

    def __init__(self, *args: Any, days: Iterable[date], rooms: Iterable[Any], zone: ZoneInfo, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone
        cast(Any, self.fields["day"]).choices = [(day.isoformat(), date_format(day, "l j F")) for day in days]
        cast(Any, self.fields["room"]).choices = [(str(room.pk), _room_words(room)) for room in rooms]

    def starts_at(self) -> datetime:
        """Return the moment that was typed, in the venue's zone."""
        return datetime.combine(self.cleaned_data["day"], self.cleaned_data["starts"], self.zone)


def _room_words(room: Any) -> str:
    if room.capacity is None:
        return str(room.name)
    return gettext("%(room)s (%(seats)s seats)") % {"room": room.name, "seats": room.capacity}


class InterventionForm(MandateChoice):
    """Who takes the floor, as what, in which role and for how long."""

    role = forms.ChoiceField(label=_("Role"), initial=str(InterventionRole.SPEAKER))
    length_min = forms.IntegerField(
        label=_("Speaking time in minutes"), min_value=1, max_value=LONGEST_MIN, required=False
    )
    mandate_required: ClassVar[bool] = False
    field_order = ("person", "mandate", "role", "length_min")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(Any, self.fields["role"]).choices = choices(INTERVENTION_ROLE_NAMES)
