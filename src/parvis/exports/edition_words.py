"""What is said of an edition besides its release, in the active language."""

from __future__ import annotations

from django.utils.translation import gettext

from parvis.domain.editions import EditionStatus
from parvis.domain.programme.public_editions import PublicEdition
from parvis.domain.programme.release import in_language


def called_off_said(edition: PublicEdition, language: str) -> str:
    """Return that an edition is cancelled or postponed, and why; nothing while it takes place.

    The active language must be `language`.
    """
    states = {
        EditionStatus.CANCELLED: gettext("This edition was cancelled."),
        EditionStatus.POSTPONED: gettext("This edition is postponed."),
    }
    state = states.get(edition.status, "")
    return f"{state} {in_language(edition.status_reason, language)}".strip() if state else ""
