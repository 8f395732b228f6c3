"""How a rule's refusal is said: in the reader's language, with the rule's own words."""

from __future__ import annotations

from django.utils.translation import get_language, gettext

from parvis.domain.refusals import Msgid, Refusal
from parvis.domain.timetable.in_words import in_words
from parvis.domain.timetable.moves import BreaksRules


def say(refusal: Refusal) -> str:
    """Return the refusal's sentence in the active language, its places filled: msgids translated, data as typed.

    Rules of the timetable that would be broken are said one after the other, from the session's side.
    """
    if isinstance(refusal, BreaksRules) and refusal.violations:
        return " ".join(say_each(refusal))
    params = {name: gettext(value) if isinstance(value, Msgid) else value for name, value in refusal.params.items()}
    sentence = gettext(refusal.sentence)
    return sentence % params if params else sentence


def say_each(refusal: BreaksRules) -> list[str]:
    """Return each rule that would be broken as a sentence in the active language."""
    language = (get_language() or "fr").split("-")[0]
    return list(dict.fromkeys(in_words(words, language, gettext) for words in refusal.words))
