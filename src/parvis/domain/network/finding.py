"""Finding an organisation by what somebody wrote, name or code: exactly one, or a sentence that says what to do."""

from __future__ import annotations

import re

from parvis.domain.refusals import N_, NotFound, Refusal

_CODE = re.compile(r"\d[\dAB]?\d{0,7}")
_INSEE = re.compile(r"\d|\d[\dAB]\d{0,3}")
_SIREN = re.compile(r"\d{9}")


class OrganisationNotFound(NotFound):
    """A name that nobody bears names nobody."""

    sentence = N_("No organisation of this name is known here. Check how it is written, or add the organisation first.")


class OrganisationShared(NotFound):
    """Between namesakes a person chooses."""

    sentence = N_("Several organisations bear this name. Choose one in the list, or write its INSEE code or SIREN.")


def code_in(text: str) -> str:
    """Return the official code that a text consists of (« 21 231 » → 21231, 2A004), or nothing where it is none."""
    bare = bare_code(text)
    return bare if _CODE.fullmatch(bare) else ""


class InseeCodeMalformed(Refusal):
    """Two to five characters, the second a digit or, in Corsica, a letter."""

    sentence = N_("“%(value)s” is not an INSEE code. It looks like 21231, or 2A004 in Corsica.")


class SirenWrong(Refusal):
    """Nine digits."""

    sentence = N_("“%(value)s” is not a SIREN: it has nine digits.")


def bare_code(text: str) -> str:
    """Return a code as it is stored: without spaces, in capitals."""
    return "".join(text.upper().split())


def check_codes(*, insee_code: str = "", siren: str = "") -> None:
    """Raise `InseeCodeMalformed` or `SirenWrong` for a bare code that cannot be one; an empty one is none."""
    if insee_code and not _INSEE.fullmatch(insee_code):
        raise InseeCodeMalformed(value=insee_code, field="insee_code")
    if siren and not _SIREN.fullmatch(siren):
        raise SirenWrong(value=siren, field="siren")
