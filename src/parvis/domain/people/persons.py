"""Persons: gender as declared, and nothing guessed."""

from __future__ import annotations

from enum import StrEnum

from parvis.domain.refusals import N_, NotFound, Refusal


class Gender(StrEnum):
    """As declared; undeclared is a value of its own and is shown as such (R31)."""

    WOMAN = "F"
    MAN = "M"
    OTHER = "X"
    UNDECLARED = ""


GENDER_NAMES: dict[Gender, str] = {
    Gender.WOMAN: N_("Woman"),
    Gender.MAN: N_("Man"),
    Gender.OTHER: N_("Other"),
    Gender.UNDECLARED: N_("Not declared"),
}


class MandateFunction(StrEnum):
    """What a mandate is, apart from its wording: which counts and rules may rely on."""

    MAYOR = "mayor"
    DEPUTY_MAYOR = "deputy_mayor"
    PRESIDENT = "president"
    VICE_PRESIDENT = "vice_president"
    COUNCILLOR = "councillor"
    MINISTER = "minister"
    AMBASSADOR = "ambassador"
    DIPLOMAT = "diplomat"
    DIRECTOR = "director"
    OFFICER = "officer"
    OTHER = "other"


MANDATE_FUNCTION_NAMES: dict[MandateFunction, str] = {
    MandateFunction.MAYOR: N_("Mayor"),
    MandateFunction.DEPUTY_MAYOR: N_("Deputy mayor"),
    MandateFunction.PRESIDENT: N_("President"),
    MandateFunction.VICE_PRESIDENT: N_("Vice-president"),
    MandateFunction.COUNCILLOR: N_("Councillor"),
    MandateFunction.MINISTER: N_("Minister"),
    MandateFunction.AMBASSADOR: N_("Ambassador"),
    MandateFunction.DIPLOMAT: N_("Diplomat"),
    MandateFunction.DIRECTOR: N_("Director"),
    MandateFunction.OFFICER: N_("Officer"),
    MandateFunction.OTHER: N_("Other"),
}


class ConsentPurpose(StrEnum):
    """For what a person agreed; each is asked separately and can be withdrawn (R37)."""

    IMAGE = "image"
    LISTED = "listed"
    NEWSLETTER = "newsletter"


CONSENT_PURPOSE_NAMES: dict[ConsentPurpose, str] = {
    ConsentPurpose.IMAGE: N_("Photographs and film may show me"),
    ConsentPurpose.LISTED: N_("Other participants may see my name and organisation"),
    ConsentPurpose.NEWSLETTER: N_("News of the next editions by mail"),
}


class PersonUnknown(NotFound):
    """Whoever is chosen is known: a person is added first, with their mandates."""

    sentence = N_("Nobody of this name is known here. Check how it is written, or add the person first.")


class PersonAmbiguous(NotFound):
    """Between namesakes a human chooses, never the machine."""

    sentence = N_("Several people answer to this. Choose one in the list, or write an e-mail address or a reference.")


class MandateNotChosen(Refusal):
    """Who holds several mandates speaks and presides as one of them."""

    sentence = N_("This person holds several mandates: choose the one that counts here.")


class MandateMissing(Refusal):
    """Nobody presides as nothing."""

    sentence = N_("This person holds no mandate yet: add one on their page first.")
