"""What somebody fills in to register, and what may be wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from parvis.domain.network.kinds import FRENCH_AUTHORITIES, OrganisationKind
from parvis.domain.people.persons import ConsentPurpose, Gender, MandateFunction
from parvis.domain.refusals import N_, Refusal
from parvis.domain.registrations import CategoryKind
from parvis.domain.text import one_line, tidy

# Access needs and diet may tell of health: erased so many days after the edition, as the form says.
NEEDS_KEPT_DAYS = 7
_ADDRESS = re.compile(r"[^@\s,;<>\"()]+@[^@\s,;<>\"()]+\.[^@\s.,;<>\"()]{2,}")


class FieldMissing(Refusal):
    """A field that the registration cannot do without is empty."""

    sentence = N_("This field is required.")


class FieldTooLong(Refusal):
    """A field holds so much."""

    sentence = N_("At most %(most)s characters fit here; there are %(given)s.")


class AddressUnreadable(Refusal):
    """The ticket goes to the address, so it must be one."""

    sentence = N_("This is not an e-mail address. It looks like name@example.org.")


class TitleMissing(Refusal):
    """An elected official comes under a mandate, which has a title."""

    sentence = N_("An elected official comes under a mandate: write its title, for example “Mayor” or “Deputy mayor”.")


class AuthorityNotInTable(Refusal):
    """Every commune, grouping, département and région is in the shipped table: none is added by a form."""

    sentence = N_(
        "All French communes, groupings, départements and régions are in our list: choose yours there, "
        "or type its INSEE code. For an authority abroad choose “Local authority abroad”."
    )


@dataclass(frozen=True, slots=True)
class OrganisationInput:
    """The organisation as chosen or typed: `organisation_id` wins, then `code` (INSEE or SIREN), then the name.

    `add_as_new` says that the near misses were shown and none was meant.
    """

    name: str = ""
    organisation_id: int | None = None
    code: str = ""
    kind: OrganisationKind | None = None
    country: str = "FR"
    add_as_new: bool = False


@dataclass(frozen=True, slots=True)
class RegistrationInput:
    """One person of one organisation. `title` is in `language`, the language in which we write to the person."""

    first_name: str
    last_name: str
    email: str
    organisation: OrganisationInput
    category: CategoryKind
    gender: Gender = Gender.UNDECLARED
    phone: str = ""
    title: str = ""
    function: MandateFunction = MandateFunction.OTHER
    language: str = "fr"
    languages: tuple[str, ...] = ()
    access_needs: str = ""
    diet: str = ""
    consents: frozenset[ConsentPurpose] = field(default_factory=frozenset)


LONGEST: dict[str, int] = {
    "first_name": 120,
    "last_name": 120,
    "email": 254,
    "phone": 40,
    "title": 300,
    "access_needs": 500,
    "diet": 200,
}
LONGEST_ORGANISATION = 250
IN_TABLE: frozenset[OrganisationKind] = FRENCH_AUTHORITIES - {OrganisationKind.SYNDICAT}


def is_address(text: str) -> bool:
    """Tell whether `text` has the shape of one e-mail address."""
    return len(text) <= LONGEST["email"] and _ADDRESS.fullmatch(text) is not None


def tidied(form: RegistrationInput) -> RegistrationInput:
    """Return `form` with its texts in one form: NFC, trimmed, single spaces, the address in small letters."""
    return replace(
        form,
        first_name=one_line(form.first_name),
        last_name=one_line(form.last_name),
        email=one_line(form.email).lower(),
        phone=one_line(form.phone),
        title=one_line(form.title),
        access_needs=tidy(form.access_needs),
        diet=one_line(form.diet),
        organisation=replace(
            form.organisation,
            name=one_line(form.organisation.name),
            code=one_line(form.organisation.code).upper().replace(" ", ""),
            country=form.organisation.country.strip().upper() or "FR",
        ),
    )


def faults_of(form: RegistrationInput, *, email_required: bool = True) -> Iterator[Refusal]:
    """Yield everything that is wrong with a tidied form, each naming its field; nothing when it can be saved."""
    required = ["first_name", "last_name", *(["email"] if email_required else [])]
    for name in required:
        if not getattr(form, name):
            yield FieldMissing(field=name)
    for name, most in LONGEST.items():
        given = len(getattr(form, name))
        if given > most:
            yield FieldTooLong(field=name, most=most, given=given)
    if form.email and not is_address(form.email):
        yield AddressUnreadable(field="email")
    organisation = form.organisation
    if organisation.organisation_id is None and not organisation.code and not organisation.name:
        yield FieldMissing(field="organisation")
    if len(organisation.name) > LONGEST_ORGANISATION:
        yield FieldTooLong(field="organisation", most=LONGEST_ORGANISATION, given=len(organisation.name))
    if form.category is CategoryKind.ELECTED and not form.title:
        yield TitleMissing(field="title")
    if organisation.add_as_new and organisation.kind in IN_TABLE:
        yield AuthorityNotInTable(field="organisation_kind")


def check_form(form: RegistrationInput, *, email_required: bool = True) -> None:
    """Raise the first fault of a tidied form."""
    for fault in faults_of(form, email_required=email_required):
        raise fault


def guessed_kind(category: CategoryKind, country: str) -> OrganisationKind:
    """Return the likeliest kind of an organisation that nobody knows yet, from who comes for it and from where.

    A French authority is never guessed: all of them are in the table that is shipped.
    """
    if category is CategoryKind.EMBASSY:
        return OrganisationKind.EMBASSY
    if category is CategoryKind.PRESS:
        return OrganisationKind.PRESS
    if category is CategoryKind.STATE:
        return OrganisationKind.MINISTRY
    if category is CategoryKind.STUDENT:
        return OrganisationKind.UNIVERSITY
    if country != "FR" and category in {
        CategoryKind.ELECTED,
        CategoryKind.STAFF,
        CategoryKind.FOREIGN_DELEGATION,
    }:
        return OrganisationKind.FOREIGN_AUTHORITY
    return OrganisationKind.OTHER
