"""The registry of figures. A figure that is not here cannot be published.

Registered, present, attendances and online are four different things, never one (R32; domain.md §8 shows
what happens otherwise). A definition that changes its meaning takes a new `version`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from parvis.domain.refusals import N_, NotFound


class Unit(StrEnum):
    """What a figure counts."""

    PEOPLE = "people"
    ORGANISATIONS = "organisations"
    COUNTRIES = "countries"
    SESSIONS = "sessions"
    ATTENDANCES = "attendances"
    PERCENT = "percent"


UNIT_NAMES: dict[Unit, str] = {
    Unit.PEOPLE: N_("people"),
    Unit.ORGANISATIONS: N_("organisations"),
    Unit.COUNTRIES: N_("countries"),
    Unit.SESSIONS: N_("sessions"),
    Unit.ATTENDANCES: N_("attendances"),
    Unit.PERCENT: N_("per cent"),
}


class Rows(StrEnum):
    """What kind of rows a figure drills down to."""

    REGISTRATIONS = "registrations"
    ORGANISATIONS = "organisations"
    SESSIONS = "sessions"
    PEOPLE = "people"
    SCANS = "scans"


class Topic(StrEnum):
    """Under which heading a figure is shown."""

    REGISTERED = "registered"
    PRESENT = "present"
    PROGRAMME = "programme"
    BALANCE = "balance"


TOPIC_NAMES: dict[Topic, str] = {
    Topic.REGISTERED: N_("Registered"),
    Topic.PRESENT: N_("Present"),
    Topic.PROGRAMME: N_("Programme"),
    Topic.BALANCE: N_("Who came"),
}


@dataclass(frozen=True, slots=True)
class Definition:
    """One figure: `name` and `sentence` are English msgids; `public` figures may be shown on the site."""

    code: str
    topic: Topic
    unit: Unit
    name: str
    sentence: str
    rows: Rows
    public: bool = True
    version: int = 1


_DEFINITIONS = (
    Definition(
        "registered",
        Topic.REGISTERED,
        Unit.PEOPLE,
        N_("People registered"),
        N_("Registrations that are confirmed or await confirmation; cancelled ones are not counted."),
        Rows.REGISTRATIONS,
    ),
    Definition(
        "cancelled",
        Topic.REGISTERED,
        Unit.PEOPLE,
        N_("Cancelled registrations"),
        N_("Registrations that were cancelled, by their holder or by the desk."),
        Rows.REGISTRATIONS,
        public=False,
    ),
    Definition(
        "organisations_registered",
        Topic.REGISTERED,
        Unit.ORGANISATIONS,
        N_("Organisations registered"),
        N_("Distinct organisations with at least one registration that is not cancelled."),
        Rows.ORGANISATIONS,
    ),
    Definition(
        "french_authorities_registered",
        Topic.REGISTERED,
        Unit.ORGANISATIONS,
        N_("French local authorities registered"),
        N_(
            "Distinct French communes, groupings of communes, départements, régions and overseas collectivities "
            "with at least one registration that is not cancelled."
        ),
        Rows.ORGANISATIONS,
    ),
    Definition(
        "countries_registered",
        Topic.REGISTERED,
        Unit.COUNTRIES,
        N_("Countries registered"),
        N_(
            "Distinct countries other than France whose organisations have at least one registration that is not "
            "cancelled; an embassy counts for the country that it represents."
        ),
        Rows.ORGANISATIONS,
    ),
    Definition(
        "members_registered",
        Topic.REGISTERED,
        Unit.ORGANISATIONS,
        N_("Members registered"),
        N_(
            "Distinct organisations that are members for the edition’s year, with at least one registration that is "
            "not cancelled."
        ),
        Rows.ORGANISATIONS,
    ),
    Definition(
        "present",
        Topic.PRESENT,
        Unit.PEOPLE,
        N_("People present"),
        N_(
            "Distinct registrations with at least one scan admitted, at an entrance or at a session, that was not "
            "taken back."
        ),
        Rows.REGISTRATIONS,
    ),
    Definition(
        "absent",
        Topic.PRESENT,
        Unit.PEOPLE,
        N_("Registered and absent"),
        N_("Registrations that are not cancelled and have no admitted scan."),
        Rows.REGISTRATIONS,
        public=False,
    ),
    Definition(
        "walk_ins",
        Topic.PRESENT,
        Unit.PEOPLE,
        N_("Registered on site"),
        N_("Registrations made at the door that are not cancelled."),
        Rows.REGISTRATIONS,
        public=False,
    ),
    Definition(
        "organisations_present",
        Topic.PRESENT,
        Unit.ORGANISATIONS,
        N_("Organisations present"),
        N_("Distinct organisations with at least one person present."),
        Rows.ORGANISATIONS,
    ),
    Definition(
        "french_authorities_present",
        Topic.PRESENT,
        Unit.ORGANISATIONS,
        N_("French local authorities present"),
        N_(
            "Distinct French communes, groupings of communes, départements, régions and overseas collectivities "
            "with at least one person present."
        ),
        Rows.ORGANISATIONS,
    ),
    Definition(
        "countries_present",
        Topic.PRESENT,
        Unit.COUNTRIES,
        N_("Countries represented"),
        N_(
            "Distinct countries other than France whose organisations have at least one person present; an embassy "
            "counts for the country that it represents."
        ),
        Rows.ORGANISATIONS,
    ),
    Definition(
        "foreign_delegations_present",
        Topic.PRESENT,
        Unit.ORGANISATIONS,
        N_("Foreign delegations present"),
        N_("Distinct organisations established abroad, embassies apart, with at least one person present."),
        Rows.ORGANISATIONS,
    ),
    Definition(
        "embassies_present",
        Topic.PRESENT,
        Unit.ORGANISATIONS,
        N_("Embassies present"),
        N_("Distinct embassies with at least one person present."),
        Rows.ORGANISATIONS,
    ),
    Definition(
        "members_present",
        Topic.PRESENT,
        Unit.ORGANISATIONS,
        N_("Members present"),
        N_("Distinct organisations that are members for the edition’s year, with at least one person present."),
        Rows.ORGANISATIONS,
    ),
    Definition(
        "elected_present",
        Topic.PRESENT,
        Unit.PEOPLE,
        N_("Elected officials present"),
        N_("People present whose registration is in the category of elected officials."),
        Rows.REGISTRATIONS,
    ),
    Definition(
        "session_attendances",
        Topic.PRESENT,
        Unit.ATTENDANCES,
        N_("Session attendances"),
        N_(
            "Distinct pairs of a registration and a session at whose door it was admitted; one person in three "
            "sessions makes three attendances."
        ),
        Rows.SCANS,
    ),
    Definition(
        "speakers",
        Topic.PROGRAMME,
        Unit.PEOPLE,
        N_("Speakers"),
        N_("Distinct people who take the floor in a confirmed session, whatever their role."),
        Rows.PEOPLE,
    ),
    Definition(
        "sessions",
        Topic.PROGRAMME,
        Unit.SESSIONS,
        N_("Sessions"),
        N_("Confirmed sessions, breaks apart."),
        Rows.SESSIONS,
    ),
    Definition(
        "workshops",
        Topic.PROGRAMME,
        Unit.SESSIONS,
        N_("Workshops"),
        N_("Confirmed workshops; micro-workshops are counted apart."),
        Rows.SESSIONS,
    ),
    Definition(
        "micro_workshops",
        Topic.PROGRAMME,
        Unit.SESSIONS,
        N_("Micro-workshops"),
        N_("Confirmed micro-workshops."),
        Rows.SESSIONS,
    ),
    Definition(
        "country_groups",
        Topic.PROGRAMME,
        Unit.SESSIONS,
        N_("Country group meetings"),
        N_("Confirmed meetings of country groups."),
        Rows.SESSIONS,
    ),
    Definition(
        "regional_meetings",
        Topic.PROGRAMME,
        Unit.SESSIONS,
        N_("Regional meetings"),
        N_("Confirmed regional meetings."),
        Rows.SESSIONS,
    ),
    Definition(
        "women_share",
        Topic.BALANCE,
        Unit.PERCENT,
        N_("Share of women"),
        N_("Women among the people present who declared a gender; those who did not are shown beside it."),
        Rows.REGISTRATIONS,
    ),
    Definition(
        "gender_undeclared",
        Topic.BALANCE,
        Unit.PEOPLE,
        N_("Gender not declared"),
        N_("People present who did not declare a gender."),
        Rows.REGISTRATIONS,
    ),
    Definition(
        "foreign_share",
        Topic.BALANCE,
        Unit.PERCENT,
        N_("Share of participants from abroad"),
        N_("People present for an organisation of another country than France, among all people present."),
        Rows.REGISTRATIONS,
    ),
)

DEFINITIONS: dict[str, Definition] = {definition.code: definition for definition in _DEFINITIONS}


class NoSuchFigure(NotFound):
    """Only figures of the registry exist."""

    sentence = N_("There is no figure called “%(code)s”.")


def definition_of(code: str) -> Definition:
    """Return the definition of `code`, or raise `NoSuchFigure`."""
    try:
        return DEFINITIONS[code]
    except KeyError:
        raise NoSuchFigure(code=code) from None


@dataclass(frozen=True, slots=True)
class Figure:
    """A counted figure. For a share, `value` is whole per cents and `parts` holds numerator and denominator.

    `parts` may also break the value down (`present` by day, ISO date → people; `undeclared` beside a share).
    """

    code: str
    value: int
    parts: dict[str, int]


def share(code: str, *, numerator: int, denominator: int, undeclared: int | None = None) -> Figure:
    """Return a share in whole per cents (half up); with nobody to divide by it is 0 of 0, and says so in `parts`."""
    value = (200 * numerator + denominator) // (2 * denominator) if denominator else 0
    parts = {"numerator": numerator, "denominator": denominator}
    if undeclared is not None:
        parts["undeclared"] = undeclared
    return Figure(code, value, parts)
