"""Forms about editions, venues and rooms: they read what was typed and hold no rule."""

from __future__ import annotations

from functools import cache
from typing import Any, ClassVar, cast
from zoneinfo import ZoneInfo, available_timezones

from django import forms
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from parvis.web.desk.forms import DeskForm, country_choices
from parvis.web.desk.forms_layout import GroupedForm, MomentField, Rows, Words, day_field, in_language, month_field

_SPOKEN = ("name", "theme", "context", "practical_info", "thanks")
EDITION_COLUMNS = (
    *(f"{name}_{language}" for name in _SPOKEN for language in ("fr", "en")),
    *("starts_on", "ends_on", "announced_month", "hashtag", "registration_opens_at", "registration_closes_at"),
)
VENUE_COLUMNS = (
    *("name_fr", "name_en", "address", "city", "country", "timezone", "access_fr", "access_en", "walking_min"),
)
ROOM_COLUMNS = ("name", "capacity", "building", "equipment", "booths", "position")


class EditionForm(GroupedForm):
    """What an edition is called, when and where it is held, and what its pages say."""

    name_fr = forms.CharField(label=_("Name in French"), max_length=250, widget=in_language("fr"))
    name_en = forms.CharField(label=_("Name in English"), max_length=250, required=False, widget=in_language("en"))
    theme_fr = forms.CharField(
        label=_("Theme in French"),
        max_length=300,
        required=False,
        help_text=_("The question that the edition asks."),
        widget=in_language("fr"),
    )
    theme_en = forms.CharField(label=_("Theme in English"), max_length=300, required=False, widget=in_language("en"))
    starts_on = day_field(_("First day"), required=False)
    ends_on = day_field(_("Last day"), required=False)
    announced_month = month_field(
        _("Month"), required=False, help_text=_("While the days are not known: October 2024, for example.")
    )
    venue = forms.TypedChoiceField(label=_("Venue"), required=False, coerce=int, empty_value=None)
    unplace = forms.BooleanField(
        label=_("Take what is placed at the old venue out of the timetable"),
        required=False,
        help_text=_(
            "To keep the hours, take the spreadsheet of the programme first, write the new rooms into it and import it."
        ),
    )
    registration_opens_at = MomentField(
        label=_("Registration opens"), required=False, help_text=_("Empty: as soon as the edition is open.")
    )
    registration_closes_at = MomentField(
        label=_("Registration closes"), required=False, help_text=_("Empty: until the edition is under way.")
    )
    hashtag = forms.CharField(label=_("Hashtag"), max_length=60, required=False)
    practical_info_fr = forms.CharField(
        label=_("Practical information in French"), required=False, widget=in_language("fr", 5)
    )
    practical_info_en = forms.CharField(
        label=_("Practical information in English"), required=False, widget=in_language("en", 5)
    )
    context_fr = forms.CharField(
        label=_("What the plenary echoes, in French"),
        required=False,
        help_text=_("What takes place in the world at that time; the press release says it."),
        widget=in_language("fr", 3),
    )
    context_en = forms.CharField(
        label=_("What the plenary echoes, in English"), required=False, widget=in_language("en", 3)
    )
    thanks_fr = forms.CharField(
        label=_("Thanks in French"),
        required=False,
        help_text=_("Whom the press release thanks at its end."),
        widget=in_language("fr", 3),
    )
    thanks_en = forms.CharField(label=_("Thanks in English"), required=False, widget=in_language("en", 3))

    groups: ClassVar[tuple[tuple[Words, Rows, bool], ...]] = (
        (_("What it is called"), (("name_fr", "name_en"), ("theme_fr", "theme_en"), ("hashtag",)), False),
        (_("When and where"), (("starts_on", "ends_on"), ("announced_month", "venue"), ("unplace",)), False),
        (_("Registration on the site"), (("registration_opens_at", "registration_closes_at"),), False),
        (
            _("What its pages and its press release say"),
            (
                ("practical_info_fr", "practical_info_en"),
                ("context_fr", "context_en"),
                ("thanks_fr", "thanks_en"),
            ),
            False,
        ),
    )

    def __init__(
        self, *args: Any, venues: list[tuple[str, str]], zone: ZoneInfo, may_unplace: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        cast(Any, self.fields["venue"]).choices = [("", gettext("Not known yet")), *venues]
        for name in ("registration_opens_at", "registration_closes_at"):
            cast(Any, self.fields[name]).zone = zone
        if not may_unplace:
            del self.fields["unplace"]

    def edition_values(self) -> dict[str, Any]:
        """Return what the service takes."""
        values = self.values("unplace", "announced")
        values["venue_id"] = values.pop("venue")
        return values


class NextEditionForm(EditionForm):
    """The next edition: filled in with what the one before was, to be changed."""

    announced = forms.BooleanField(
        label=_("Announce it at once"),
        required=False,
        help_text=_(
            "The site shows its name, its theme and its dates. Otherwise it stays a draft that only the desk sees."
        ),
    )
    groups: ClassVar[tuple[tuple[Words, Rows, bool], ...]] = (*EditionForm.groups, ("", (("announced",),), False))


class StatusForm(DeskForm):
    """Leads an edition to another state: nothing to fill in but the wish."""


class CallOffForm(StatusForm):
    """Why it is postponed or cancelled, in words that the public reads, and whether those registered are written to."""

    reason_fr = forms.CharField(
        label=_("Reason in French"),
        max_length=500,
        help_text=_("It stands on every page of the site, and in the mails."),
        widget=in_language("fr", 3, maxlength=500),
    )
    reason_en = forms.CharField(
        label=_("Reason in English"), max_length=500, required=False, widget=in_language("en", 3, maxlength=500)
    )
    tell = forms.BooleanField(
        required=False,
        help_text=_("Each gets a mail in their language, with your reason; it strikes the days out of their calendar."),
    )

    def __init__(self, *args: Any, reachable: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said = ngettext("Write to the person registered", "Write to the %(count)s people registered", reachable)
        self.fields["tell"].label = said % {"count": reachable}
        if not reachable:
            del self.fields["tell"]


@cache
def _zones() -> list[tuple[str, str]]:
    return [(name, name.replace("_", " ")) for name in sorted(available_timezones()) if "/" in name]


class VenueForm(GroupedForm):
    """Where an edition takes place."""

    name_fr = forms.CharField(label=_("Name in French"), max_length=200, widget=in_language("fr"))
    name_en = forms.CharField(label=_("Name in English"), max_length=200, required=False, widget=in_language("en"))
    address = forms.CharField(label=_("Address"), max_length=300, required=False)
    city = forms.CharField(label=_("City"), max_length=100)
    country = forms.ChoiceField(label=_("Country"))
    timezone = forms.ChoiceField(
        label=_("Time zone"), help_text=_("All hours of the programme are those of this zone.")
    )
    walking_min = forms.IntegerField(
        label=_("Minutes on foot between its buildings"), min_value=0, max_value=120, required=False
    )
    access_fr = forms.CharField(label=_("How to get there, in French"), required=False, widget=in_language("fr", 4))
    access_en = forms.CharField(label=_("How to get there, in English"), required=False, widget=in_language("en", 4))
    held_here = forms.BooleanField(label=_("Hold this edition there"), required=False)

    groups: ClassVar[tuple[tuple[Words, Rows, bool], ...]] = (
        ("", (("name_fr", "name_en"), ("address",), ("city", "country"), ("timezone", "walking_min")), False),
        (_("How to get there"), (("access_fr", "access_en"),), False),
        ("", (("held_here",),), False),
    )

    def __init__(self, *args: Any, new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(Any, self.fields["country"]).choices = country_choices()
        cast(Any, self.fields["timezone"]).choices = _zones()
        if not new:
            del self.fields["held_here"]

    def venue_values(self) -> dict[str, Any]:
        """Return what the service takes."""
        values = self.values("held_here")
        values["walking_min"] = values["walking_min"] or 0
        return values


class RoomForm(GroupedForm):
    """A room, how many it seats and what it is fitted with."""

    name = forms.CharField(label=_("Name"), max_length=120)
    capacity = forms.IntegerField(label=_("Seats"), min_value=0, max_value=100_000, required=False)
    building = forms.CharField(
        label=_("Building or floor"),
        max_length=80,
        required=False,
        help_text=_("Rooms of different buildings take a walk."),
    )
    equipment = forms.CharField(
        label=_("Equipment"), max_length=300, required=False, help_text=_("Screen, sound, hearing loop…")
    )
    booths = forms.IntegerField(label=_("Interpreters’ booths"), min_value=0, max_value=40, required=False)
    position = forms.IntegerField(
        label=_("Order"), min_value=0, max_value=999, required=False, help_text=_("Its place in lists and timetables.")
    )

    groups: ClassVar[tuple[tuple[Words, Rows, bool], ...]] = (
        ("", (("name", "building"), ("capacity", "booths"), ("equipment",), ("position",)), False),
    )
