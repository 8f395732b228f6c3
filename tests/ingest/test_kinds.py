"""The kinds of sheet agree with themselves and with the domain."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from parvis.domain.awards import AwardKind
from parvis.domain.editions import EditionStatus
from parvis.domain.network.kinds import GroupKind, OrganisationKind
from parvis.domain.onsite import Direction
from parvis.domain.partners import PartnerKind
from parvis.domain.people.persons import Gender, MandateFunction
from parvis.domain.programme.sessions import InterventionRole, SessionFormat, SessionStatus
from parvis.domain.registrations import CategoryKind, RegistrationSource, RegistrationStatus
from parvis.domain.text import fold
from parvis.ingest.kinds import KINDS, Choice, kind_called, words


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_no_header_means_two_columns(kind: object) -> None:
    from parvis.ingest.kinds import SheetKind

    assert isinstance(kind, SheetKind)
    seen: dict[str, str] = {}
    for column in kind:
        for header in {fold(header) for header in column.headers}:
            assert seen.setdefault(header, column.key) == column.key, header


@pytest.mark.parametrize(
    ("choices", "values"),
    [
        (words.GENDERS, set(Gender) - {Gender.UNDECLARED}),
        (words.ORGANISATION_KINDS, OrganisationKind),
        (words.GROUP_KINDS, GroupKind),
        (words.EDITION_STATUSES, EditionStatus),
        (words.SESSION_FORMATS, SessionFormat),
        (words.SESSION_STATUSES, SessionStatus),
        (words.INTERVENTION_ROLES, InterventionRole),
        (words.MANDATE_FUNCTIONS, MandateFunction),
        (words.CATEGORIES, CategoryKind),
        (words.REGISTRATION_STATUSES, RegistrationStatus),
        (words.REGISTRATION_SOURCES, RegistrationSource),
        (words.PARTNER_KINDS, PartnerKind),
        (words.DIRECTIONS, Direction),
        (words.HONOUR_KINDS, {*AwardKind, "honour"}),
    ],
)
def test_every_value_of_the_domain_has_its_words(choices: tuple[Choice, ...], values: Iterable[str]) -> None:
    assert {choice.key for choice in choices} == {str(value) for value in values}


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("01-editions.csv", "editions"),
        ("Séances", "sessions"),
        ("SEANCES 2023.xlsx", "sessions"),
        ("participants", "participants"),
        ("Partenaires", "partners"),
        ("liste.csv", None),
        ("personnes et participants.csv", None),
    ],
)
def test_names_tell_kinds(name: str, key: str | None) -> None:
    kind = kind_called(name)
    assert (kind.key if kind else None) == key
