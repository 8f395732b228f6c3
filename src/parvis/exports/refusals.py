"""How a rule's refusal is said: in the reader's language, with the rule's own words."""

from __future__ import annotations

from django.utils.translation import gettext

from parvis.domain.refusals import Refusal


def say(refusal: Refusal) -> str:
    """Return the refusal's sentence in the active language, its places filled (msgids among them translated)."""
    params = {
        name: gettext(value) if isinstance(value, str) and value else value for name, value in refusal.params.items()
    }
    sentence = gettext(refusal.sentence)
    return sentence % params if params else sentence
