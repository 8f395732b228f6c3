"""How a selected proposal becomes a session of the programme: everything that was written moves over."""

from __future__ import annotations

from typing import Any

from parvis.domain.calls.proposals import ProposalInput
from parvis.domain.programme.sessions import SessionStatus
from parvis.domain.registration_forms import OrganisationInput, RegistrationInput
from parvis.domain.registrations import CategoryKind


def session_values(form: ProposalInput, *, format_: str, duration_min: int) -> dict[str, Any]:
    """Return what a session takes over from a proposal and its call; the host organisation is added by the service.

    A session has a title in French: where it was proposed in English only, the English words stand there until
    somebody translates them, and the abstract follows its title.
    """
    only_english = not form.title_fr
    return {
        "format": format_,
        "duration_min": duration_min,
        "title_fr": form.title_en if only_english else form.title_fr,
        "title_en": form.title_en,
        "abstract_fr": form.abstract_en if only_english else form.abstract_fr,
        "abstract_en": form.abstract_en,
        "spoken": list(form.spoken),
        "sdgs": list(form.sdgs),
        "status": str(SessionStatus.CONFIRMED),
    }


def speakers_of(form: ProposalInput, *, language: str) -> list[RegistrationInput]:
    """Return the speakers in the shape in which people and their mandates are found or made, in speaking order.

    `language` is that of their titles.
    """
    return [
        RegistrationInput(
            first_name=row.first_name,
            last_name=row.last_name,
            email=row.email,
            organisation=OrganisationInput(),
            category=CategoryKind.SPEAKER,
            title=row.title,
            language=language,
        )
        for row in form.speakers
    ]
