"""What a proposal says, in the words of a page: for its authors, for those who judge it, for those who decide."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from babel import Locale
from django.utils.translation import get_language, gettext

from parvis.domain.calls.proposals import LANGUAGES, ProposalInput
from parvis.domain.programme.sdgs import SDG_NAMES
from parvis.domain.typography import listed
from parvis.queries.proposals import form_of, questions_of


@dataclass(frozen=True, slots=True)
class ProposalTexts:
    """A proposal ready to be shown. `texts` are (language, its name, title, abstract)."""

    title: str
    organisation: str
    texts: list[tuple[str, str, str, str]]
    languages: str
    goals: list[str]
    speakers: list[tuple[str, str]]
    answers: list[tuple[str, str]]


def page_language() -> str:
    """Return the language of the page: "fr" or "en"."""
    return "fr" if (get_language() or "fr").startswith("fr") else "en"


def texts_of(proposal: Any) -> ProposalTexts:
    """Return what a proposal says in the page's language; its organisation and its call are fetched. No query."""
    form, language = form_of(proposal), page_language()
    names = {"fr": gettext("In French"), "en": gettext("In English")}
    said = [(code, names[code], *_in(form, code)) for code in LANGUAGES]
    spoken = Locale.parse(language).languages
    return ProposalTexts(
        title=form.title_fr or form.title_en,
        organisation=form.organisation.name,
        texts=[text for text in said if text[2] or text[3]],
        languages=listed([str(spoken.get(code, code)) for code in form.spoken], language),
        goals=[f"{number}. {gettext(SDG_NAMES[number])}" for number in form.sdgs if number in SDG_NAMES],
        speakers=[(speaker.name, speaker.title) for speaker in form.speakers],
        answers=[
            (question.label(language), form.answers.get(question.key, "")) for question in questions_of(proposal.call)
        ],
    )


def _in(form: ProposalInput, code: str) -> tuple[str, str]:
    return getattr(form, f"title_{code}"), getattr(form, f"abstract_{code}")
