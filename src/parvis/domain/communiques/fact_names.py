"""What each fact of a release is called, and where at the desk it is filled in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FactName:
    """A fact's name in the languages of releases, and the desk's page where it is recorded."""

    fr: str
    en: str
    page: str

    def in_language(self, language: str) -> str:
        """Return the name in French, or in English for any other language."""
        return self.fr if language == "fr" else self.en


FACT_NAMES: dict[str, FactName] = {
    "about": FactName("la présentation de la fédération", "what the federation is", "organisations"),
    "award": FactName("le nom du label ou du prix", "the name of the label or prize", "awards"),
    "cancelled_before": FactName("l’annulation de l’édition précédente", "the edition cancelled before", "edition"),
    "cancelled_on_the_day": FactName("le jour de l’annulation", "the day of the cancellation", "edition"),
    "ceremony": FactName("la cérémonie", "the ceremony", "awards"),
    "context": FactName("ce à quoi la plénière fait écho", "what the plenary echoes", "edition"),
    "embassies": FactName("la présence d’ambassades", "whether embassies came", "figures"),
    "ends_on": FactName("le dernier jour", "the last day", "edition"),
    "federation": FactName("le nom de la fédération", "the federation’s name", "organisations"),
    "federation_city": FactName("la ville de la fédération", "the federation’s town", "organisations"),
    "following": FactName("la prochaine édition", "the next edition", "edition"),
    "following.month": FactName("la date de la prochaine édition", "the date of the next edition", "edition"),
    "foreign_delegations": FactName(
        "la présence de délégations étrangères", "whether foreign delegations came", "figures"
    ),
    "founded_year": FactName("l’année de fondation", "the founding year", "organisations"),
    "groups": FactName("les réunions de groupes", "the meetings of groups", "sessions"),
    "hashtag": FactName("le mot-dièse", "the hashtag", "edition"),
    "meetings_website": FactName("l’adresse du site dédié", "the address of the dedicated site", "organisations"),
    "mention": FactName("la mention exigée par un partenaire", "the mention that a partner requires", "partners"),
    "micro_workshop_min": FactName("la durée des micro-ateliers", "how long micro-workshops are", "sessions"),
    "micro_workshops": FactName("les micro-ateliers", "the micro-workshops", "sessions"),
    "name": FactName("le nom de l’édition", "the edition’s name", "edition"),
    "number": FactName("le numéro de l’édition", "the edition’s number", "edition"),
    "opening": FactName("l’ouverture", "the opening", "sessions"),
    "opening.said": FactName(
        "ce qui a été rappelé à l’ouverture (résumé de la séance)",
        "what was recalled at the opening (the session’s summary)",
        "sessions",
    ),
    "opening.speakers": FactName("les orateurs de l’ouverture", "who spoke at the opening", "sessions"),
    "partners": FactName("les partenaires", "the partners", "partners"),
    "plenary": FactName("la séance plénière", "the plenary session", "sessions"),
    "plenary.said": FactName(
        "ce que la plénière a porté (résumé de la séance)",
        "what the plenary made (the session’s summary)",
        "sessions",
    ),
    "press_email": FactName("l’adresse du service de presse", "the press address", "organisations"),
    "short_name": FactName("le nom court des Rencontres", "the short name of the meetings", "edition"),
    "social_handle": FactName("le compte de la fédération", "the federation’s account", "organisations"),
    "starts_on": FactName("le premier jour", "the first day", "edition"),
    "theme": FactName("le fil rouge", "the theme", "edition"),
    "venue": FactName("le lieu", "the venue", "edition"),
    "venue_city": FactName("la ville du lieu", "the venue’s town", "edition"),
    "website": FactName("le site de la fédération", "the federation’s site", "organisations"),
    "workshop": FactName("le titre d’un atelier", "a workshop’s title", "sessions"),
    "workshops": FactName("les ateliers", "the workshops", "sessions"),
    "figures": FactName("le chiffre", "the figure", "figures"),
    "figures.present": FactName("le nombre de participants présents", "how many people were present", "figures"),
    "figures.french_authorities_present": FactName(
        "le nombre de collectivités françaises présentes", "how many French authorities were present", "figures"
    ),
    "figures.countries_present": FactName(
        "le nombre de pays présents", "how many countries were represented", "figures"
    ),
    "figures.country_groups": FactName(
        "le nombre de réunions de groupes-pays", "how many country groups met", "figures"
    ),
    "figures.workshops": FactName("le nombre d’ateliers", "how many workshops there were", "figures"),
    "figures.micro_workshops": FactName(
        "le nombre de micro-ateliers", "how many micro-workshops there were", "figures"
    ),
    "figures.speakers": FactName("le nombre d’intervenants", "how many people spoke", "figures"),
}


def _known(fact: str) -> tuple[FactName | None, str]:
    if fact in FACT_NAMES:
        return FACT_NAMES[fact], ""
    kind, _, rest = fact.partition(".")
    return FACT_NAMES.get(kind), rest


def fact_name(fact: str, language: str) -> str:
    """Return a fact's name: `theme` → le fil rouge; `mention.AFD` → la mention exigée par un partenaire (AFD)."""
    known, rest = _known(fact)
    if known is None:
        return fact
    return f"{known.in_language(language)} ({rest})" if rest else known.in_language(language)


def page_of(fact: str) -> str:
    """Return the name of the desk's page where a fact is recorded; empty for one that is not known."""
    known, _ = _known(fact)
    return known.page if known else ""
