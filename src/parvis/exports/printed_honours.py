"""The label, the prizes and the presidents who are honoured, as the printed programme names them."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext

from parvis.domain.awards import AWARD_KIND_NAMES, AwardKind
from parvis.domain.programme.release import AwardContent, HonourContent, ReleaseContent, Words
from parvis.domain.programme.sessions import SessionFormat
from parvis.exports.printed_sessions import broken, printed_text


def printed_honours(content: ReleaseContent, language: str) -> dict[str, Any]:
    """Return what is given at an edition and to whom, and who is honoured. The active language must be `language`."""
    printed = {session.slug for session in content.sessions if session.format != SessionFormat.BREAK}
    return {
        "awards": [_award(award, language, printed) for award in content.awards],
        "people": [_person(honour, language) for honour in content.honours],
    }


def _award(award: AwardContent, language: str, printed: Collection[str]) -> dict[str, Any]:
    def laureates(names: list[Words], *, fictional: bool) -> list[dict[str, Any]]:
        return [{"name": printed_text(name, language), "fictional": fictional} for name in names]

    return {
        "kind": gettext(AWARD_KIND_NAMES[AwardKind(award.kind)]),
        "name": printed_text(award.name, language),
        "session": award.session if award.session in printed else "",
        "laureates": [
            *laureates(award.laureates, fictional=False),
            *laureates(award.fictional_laureates, fictional=True),
        ],
    }


def _person(honour: HonourContent, language: str) -> dict[str, Any]:
    return {
        "name": broken(honour.person),
        "fictional": honour.fictional,
        "mandate": printed_text(honour.mandate, language),
        "group": printed_text(honour.group, language),
    }
