"""An organisation by its exact name: in any of its languages, and never one of several."""

from __future__ import annotations

import pytest

from parvis.domain.network.finding import OrganisationNotFound, OrganisationShared
from parvis.domain.network.folding import organisation_folded
from parvis.models import Organisation
from parvis.queries.organisations import find_organisation_id
from tests.factories.editions import an_organisation

pytestmark = pytest.mark.django_db


def test_each_of_its_names_finds_it_and_a_part_of_one_does_not() -> None:
    agency = an_organisation("Agence française de développement", kind="agency")
    names = ("Agence française de développement", "French Development Agency", "AFD")
    Organisation.objects.filter(pk=agency.pk).update(folded=organisation_folded(*names))
    for name in (*names, "agence FRANCAISE de developpement", "afd"):
        assert find_organisation_id(name) == agency.pk
    for name in ("Agence", "", "développement | French"):
        with pytest.raises(OrganisationNotFound):
            find_organisation_id(name)


def test_namesakes_are_not_guessed_between() -> None:
    for slug in ("a", "b"):
        row = an_organisation(f"Saint-Denis {slug}")
        Organisation.objects.filter(pk=row.pk).update(folded="saint denis")
    with pytest.raises(OrganisationShared):
        find_organisation_id("Saint-Denis")
