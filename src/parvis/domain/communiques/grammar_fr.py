"""What French joins: « à » to a place, « de » to the federation."""

from __future__ import annotations

from parvis.domain.communiques.composer import Composer
from parvis.domain.communiques.document import Line, Run
from parvis.domain.communiques.facts import in_language
from parvis.domain.people.mandates import of_organisation_fr


def at_place_fr(venue: str) -> str:
    """Return « à » joined to a place: à la Cité des Sciences, au Palais des Congrès, au Pavillon d’Armenonville."""
    first = venue.split()[0].lower() if venue else ""
    if first in {"palais", "pavillon", "centre", "parc", "musée", "théâtre", "forum", "ministère", "sénat"}:
        return "au " + venue
    if first in {"cité", "maison", "salle", "halle", "mairie", "bibliothèque", "préfecture", "villa", "tour"}:
        return "à la " + venue
    if first.startswith(("hôtel", "espace", "institut", "assemblée", "université", "unesco")):
        return "à l’" + venue
    return "à " + venue


def federation(c: Composer) -> Run:
    """Return the federation's name."""
    return c.words(c.facts.federation, "federation")


def of_federation(c: Composer) -> Line:
    """Return « de » joined to the name of the federation."""
    name, language = in_language(c.facts.federation, "fr")
    return [c.text(of_organisation_fr(name), language)] if name else [Run("de "), c.missing("federation")]
