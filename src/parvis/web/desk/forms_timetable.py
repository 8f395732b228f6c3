"""Forms about what binds the timetable: its rules, the hours of its days, orders, interpreters, hosts and themes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, cast

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from parvis.domain.timetable.coverage import TwoLanguagesNeeded
from parvis.domain.timetable.families import OfferedRule
from parvis.domain.timetable.fields import A_DAY, MANY
from parvis.domain.timetable.rule_settings import LONGEST_STEP, DayHours, RuleTaken, default_of
from parvis.web.desk.forms import DeskForm
from parvis.web.desk.forms_layout import GroupedForm, Rows, Words, in_language, time_field
from parvis.web.desk.forms_sessions import language_choices
from parvis.web.space.forms_invitations import HoursForm

HARD, WISH, OFF = "hard", "wish", "off"


def taken_value(taken: RuleTaken) -> str:
    """Return how a rule is taken as the form's radio buttons have it."""
    return OFF if not taken.active else HARD if taken.hard else WISH


class RuleForm(DeskForm):
    """How one kind of rule is taken. Numbers that are left empty are those of the rule itself."""

    taken = forms.ChoiceField(label=_("How it is taken"), widget=forms.RadioSelect)
    weight = forms.IntegerField(
        label=_("Weight of the wish"),
        min_value=1,
        max_value=MANY,
        required=False,
        help_text=_("A session in which somebody is enrolled and that they cannot attend weighs 2."),
    )

    def __init__(self, *args: Any, rule: OfferedRule, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rule = rule
        ways = [(WISH, gettext("A wish: it is weighed against others")), (OFF, gettext("Not judged"))]
        if not rule.stays_a_wish:
            ways.insert(0, (HARD, gettext("It must hold: what breaks it is refused and asked about")))
        cast(Any, self.fields["taken"]).choices = ways
        for number in rule.numbers:
            self.fields[number.name] = forms.IntegerField(
                label=gettext(number.label),
                min_value=number.least,
                max_value=number.most,
                required=False,
                help_text=gettext("Empty: as by default (%(default)s).") % {"default": number.default}
                if number.default is not None
                else gettext("Empty: as by default."),
            )

    def rule_taken(self) -> RuleTaken:
        """Return what the service takes; a weight that is left empty is that of the rule by default."""
        chosen = self.cleaned_data["taken"]
        default = default_of(self.rule)
        numbers = {
            number.name: int(self.cleaned_data[number.name])
            for number in self.rule.numbers
            if self.cleaned_data[number.name] is not None
        }
        before = self.initial.get("hard", default.hard)
        return RuleTaken(
            active=chosen != OFF,
            hard=before if chosen == OFF else chosen == HARD,
            weight=self.cleaned_data["weight"] or default.weight,
            numbers=numbers,
        )


class DayHoursForm(DeskForm):
    """When each day opens and closes, and the grid of its starts."""

    opens = time_field(_("Opening"))
    closes = time_field(_("Closing"), help_text=_("An hour of the night, until 6:00, is one of the night after."))
    step_min = forms.IntegerField(
        label=_("Sessions begin every … minutes"),
        min_value=1,
        max_value=LONGEST_STEP,
        help_text=_("5, 10 or 15 minutes are usual; cards move by this step."),
    )

    def hours(self) -> DayHours:
        """Return what the service takes."""
        data = self.cleaned_data
        return DayHours(data["opens"], data["closes"], data["step_min"])


class DeskHoursForm(DeskForm, HoursForm):
    """When a person or an organisation can be there, as the desk writes it down."""


class OrderForm(DeskForm):
    """Which session comes before which, and how many minutes lie between them at least."""

    before = forms.TypedChoiceField(label=_("This session"), coerce=int)
    after = forms.TypedChoiceField(label=_("comes before"), coerce=int)
    gap_min = forms.IntegerField(
        label=_("Minutes between them, at least"), min_value=0, max_value=A_DAY, required=False
    )

    def __init__(self, *args: Any, sessions: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [("", gettext("Choose…")), *((str(pk), name) for pk, name in sessions)]
        for name in ("before", "after"):
            cast(Any, self.fields[name]).choices = offered


def mail_languages() -> list[tuple[str, str]]:
    """Return the languages in which mails are written."""
    return [(code, str(name)) for code, name in settings.LANGUAGES]


class TeamForm(GroupedForm):
    """Interpreters who work together, whom to write to, and the sessions that they serve."""

    name = forms.CharField(label=_("Name"), max_length=120, help_text=_("Booth 1, or the names of the interpreters."))
    languages = forms.MultipleChoiceField(
        label=_("Languages between which they work"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _(TwoLanguagesNeeded.sentence)},
    )
    contact_name = forms.CharField(label=_("Contact"), max_length=200, required=False)
    contact_email = forms.CharField(
        label=_("Contact’s e-mail"),
        max_length=254,
        required=False,
        widget=forms.EmailInput,
        help_text=_("Hears of every change of the sessions that the team serves."),
    )
    language = forms.ChoiceField(label=_("Language of the mails"))
    sessions = forms.TypedMultipleChoiceField(
        label=_("Sessions that they serve"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    groups: ClassVar[tuple[tuple[Words, Rows, bool], ...]] = (
        ("", (("name",), ("languages",)), False),
        (_("Whom to write to"), (("contact_name", "contact_email"), ("language",)), False),
    )

    def __init__(self, *args: Any, sessions: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast(Any, self.fields)
        field["languages"].choices = language_choices(self.initial.get("languages") or ())
        field["language"].choices = mail_languages()
        field["sessions"].choices = [(str(pk), name) for pk, name in sessions]

    def team_values(self) -> dict[str, Any]:
        """Return what the service takes besides the sessions."""
        return self.values("sessions")


class TeamsOfSessionForm(DeskForm):
    """The teams that serve one session."""

    teams = forms.TypedMultipleChoiceField(
        label=_("Teams"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, teams: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(Any, self.fields["teams"]).choices = [(str(pk), name) for pk, name in teams]


class RoomHostForm(DeskForm):
    """Who receives people in a room."""

    room = forms.TypedChoiceField(label=_("Room"), coerce=int)
    name = forms.CharField(label=_("Name"), max_length=200)
    email = forms.CharField(
        label=_("E-mail"),
        max_length=254,
        widget=forms.EmailInput,
        help_text=_("Hears of every change of what takes place in the room."),
    )
    language = forms.ChoiceField(label=_("Language of the mails"))

    def __init__(self, *args: Any, rooms: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", gettext("Choose…")), *((str(room.pk), room.name) for room in rooms)]
        cast(Any, self.fields["room"]).choices = choices
        cast(Any, self.fields["language"]).choices = mail_languages()

    def host_values(self) -> dict[str, Any]:
        """Return what the service takes."""
        values = self.values()
        values["room_id"] = values.pop("room")
        return values


class ThemeForm(DeskForm):
    """What a theme is called, and whether its workshops may be parallel."""

    name_fr = forms.CharField(label=_("Name in French"), max_length=120, widget=in_language("fr"))
    name_en = forms.CharField(label=_("Name in English"), max_length=120, required=False, widget=in_language("en"))
    exclusive = forms.BooleanField(
        label=_("Its workshops are not held in parallel"),
        required=False,
        help_text=_("Whoever follows the theme can then attend all of them."),
    )


class MergeForm(DeskForm):
    """Into which theme another one is merged."""

    kept = forms.TypedChoiceField(label=_("Merge it into"), coerce=int)

    def __init__(self, *args: Any, themes: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", gettext("Choose…")), *((str(pk), name) for pk, name in themes)]
        cast(Any, self.fields["kept"]).choices = choices


def columns_of(row: Any, names: Iterable[str]) -> Mapping[str, Any]:
    """Return columns of a row, by name."""
    return {name: getattr(row, name) for name in names}
