"""How a mandate is written: title and organisation joined as the language wants it."""

from __future__ import annotations

import re

from parvis.domain.people.persons import MandateFunction
from parvis.domain.text import fold

_VOWEL = re.compile(r"^[aeiouyh]", re.IGNORECASE)
# « h » is mostly mute in names of places and institutions; these keep « de ».
_ASPIRATED = re.compile(r"^(haut|haute|hauts|havre|haguenau|hyeres|hollande|hongrie|honduras)\b", re.IGNORECASE)
_LE = re.compile(r"^Le (?=[A-ZÀ-Ý])")
_LES = re.compile(r"^Les (?=[A-ZÀ-Ý])")
_WITH_ARTICLE: tuple[tuple[str, str], ...] = (
    # what an institution's name begins with, and what « de » becomes before it
    ("ministère", "du "),
    ("conseil", "du "),
    ("département", "du "),
    ("syndicat", "du "),
    ("projet", "du "),
    ("réseau", "du "),
    ("groupe", "du "),
    ("territoire", "du "),
    ("agence", "de l’"),
    ("ambassade", "de l’"),
    ("association", "de l’"),
    ("union", "de l’"),
    ("université", "de l’"),
    ("institut", "de l’"),
    ("office", "de l’"),
    ("région", "de la "),
    ("délégation", "de la "),
    ("ville", "de la "),
    ("commune", "de la "),
    ("communauté", "de la "),
    ("métropole", "de la "),
    ("collectivité", "de la "),
    ("fédération", "de la "),
    ("fondation", "de la "),
    ("province", "de la "),
    ("municipalité", "de la "),
    ("direction", "de la "),
)

# Common nouns take a small letter inside a sentence; proper names (l’Agence française de développement) keep theirs.
_COMMON_NOUNS = frozenset({"ministère", "conseil", "département", "région", "ville", "commune", "ambassade"})


def of_organisation_fr(name: str) -> str:
    """Return « de » joined to an organisation's French name: de Dijon, d’Orléans, du Mans, des Mureaux…"""
    if _LES.match(name):
        return "des " + _LES.sub("", name)
    if _LE.match(name):
        return "du " + _LE.sub("", name)
    lowered = name.lower()
    for opening, joined in _WITH_ARTICLE:
        if re.match(rf"{opening}s?\b", lowered) and not name.startswith(opening.capitalize() + "s "):
            return joined + (name[0].lower() + name[1:] if opening in _COMMON_NOUNS else name)
    bare = fold(name)
    if _VOWEL.match(bare) and not _ASPIRATED.match(bare):
        return "d’" + name
    return "de " + name


def with_article_fr(name: str) -> str:
    """Return an institution's French name with its article, inside a sentence: le ministère…, l’Agence…, PLATFORMA."""
    joined = of_organisation_fr(name)
    for of, article in (("du ", "le "), ("des ", "les "), ("de l’", "l’"), ("de la ", "la ")):
        if joined.startswith(of) and not name.startswith(("Le ", "Les ", "La ", "L’")):
            return article + joined[len(of) :]
    return name


def mandate_label(*, title: str, organisation: str, language: str, override: str = "", function: str = "") -> str:
    """Return a mandate as one line: « Président de Dijon Métropole », “Mayor of Dijon”.

    `override` is the whole line where it was written by hand. A title that already names the
    organisation is left as it is; without a title the organisation stands alone.
    """
    if override:
        return override
    if not title:
        return organisation
    if organisation and organisation.casefold() in title.casefold():
        return title
    if not organisation or function == MandateFunction.MINISTER:
        return title  # a minister's title says the department in full
    if language == "fr":
        return f"{title} {of_organisation_fr(organisation)}"
    if language == "en":
        return f"{title} of {organisation}"
    return f"{title}, {organisation}"
