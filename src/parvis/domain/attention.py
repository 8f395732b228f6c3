"""What needs somebody's attention at an edition, in which state of it, and in which order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from parvis.domain.editions import EditionStatus
from parvis.domain.refusals import N_


class Concern(StrEnum):
    """One thing that somebody has to look at. The order is that of the dashboard."""

    MAILS_FAILED = "mails_failed"
    STALE_COMMUNIQUE = "stale_communique"
    NEVER_PUBLISHED = "never_published"
    UNPUBLISHED = "unpublished"
    DECLINED_SPEAKERS = "declined_speakers"
    PENDING = "pending"
    DUPLICATES = "duplicates"
    UNPLACED = "unplaced"
    SPEAKERLESS = "speakerless"
    ANSWERS_OVERDUE = "answers_overdue"
    WITHOUT_MANDATE = "without_mandate"
    TEXTS_MISSING = "texts_missing"
    TEXTS_UNCHECKED = "texts_unchecked"
    PARTNERS_SILENT = "partners_silent"
    MAILS_WAITING = "mails_waiting"
    NEXT_UNDATED = "next_undated"


# For one, for several.
CONCERN_SENTENCES: dict[Concern, tuple[str, str]] = {
    Concern.MAILS_FAILED: (N_("mail could not be delivered"), N_("mails could not be delivered")),
    Concern.STALE_COMMUNIQUE: (
        N_("fact of the published press release has changed since"),
        N_("facts of the published press release have changed since"),
    ),
    Concern.NEVER_PUBLISHED: (
        N_("session that the public cannot see: nothing was published yet"),
        N_("sessions that the public cannot see: nothing was published yet"),
    ),
    Concern.UNPUBLISHED: (
        N_("session changed since the site was last published"),
        N_("sessions changed since the site was last published"),
    ),
    Concern.DECLINED_SPEAKERS: (
        N_("speaker declined and is still named in their session"),
        N_("speakers declined and are still named in their sessions"),
    ),
    Concern.PENDING: (N_("registration awaits confirmation"), N_("registrations await confirmation")),
    Concern.DUPLICATES: (N_("name is registered twice"), N_("names are registered twice")),
    Concern.UNPLACED: (N_("session without a room or a time"), N_("sessions without a room or a time")),
    Concern.SPEAKERLESS: (N_("session without speakers"), N_("sessions without speakers")),
    Concern.ANSWERS_OVERDUE: (
        N_("invitation to speak has no answer past its date"),
        N_("invitations to speak have no answer past their date"),
    ),
    Concern.WITHOUT_MANDATE: (
        N_("session where it is not said as what somebody speaks"),
        N_("sessions where it is not said as what somebody speaks"),
    ),
    Concern.TEXTS_MISSING: (
        N_("session lacks its title or its abstract in a language"),
        N_("sessions lack their title or their abstract in a language"),
    ),
    Concern.TEXTS_UNCHECKED: (
        N_("session has texts that nobody has checked"),
        N_("sessions have texts that nobody has checked"),
    ),
    Concern.PARTNERS_SILENT: (
        N_("partner without the mention that it requires"),
        N_("partners without the mention that they require"),
    ),
    Concern.MAILS_WAITING: (
        N_("mail has waited for more than a quarter of an hour: does the worker run?"),
        N_("mails have waited for more than a quarter of an hour: does the worker run?"),
    ),
    Concern.NEXT_UNDATED: (
        N_("later edition without a date or a month"),
        N_("later editions without a date or a month"),
    ),
}

MAIL_WAITS_MIN = 15  # a mail that left neither within this many minutes is reported

# What can still be changed for those who come.
_BEFORE = frozenset(
    {
        EditionStatus.DRAFT,
        EditionStatus.ANNOUNCED,
        EditionStatus.OPEN,
        EditionStatus.ON_SITE,
        EditionStatus.POSTPONED,
    }
)
_ALWAYS = frozenset({Concern.MAILS_FAILED, Concern.MAILS_WAITING, Concern.STALE_COMMUNIQUE})
# What the pages and the press release of an edition that was held still rest on.
_AFTER = frozenset(Concern) - {
    Concern.PENDING,
    Concern.DECLINED_SPEAKERS,
    Concern.ANSWERS_OVERDUE,
    Concern.TEXTS_MISSING,
    Concern.TEXTS_UNCHECKED,
}


@dataclass(frozen=True, slots=True)
class Attention:
    """How many of a concern there are."""

    concern: Concern
    count: int

    @property
    def sentence(self) -> str:
        """The English msgid that follows the count."""
        one, many = CONCERN_SENTENCES[self.concern]
        return one if self.count == 1 else many


def concerns_of(status: EditionStatus) -> frozenset[Concern]:
    """Return what matters while an edition is in a state: of a cancelled or archived one, only what went out."""
    if status in _BEFORE:
        return frozenset(Concern) - ({Concern.NEVER_PUBLISHED} if status is EditionStatus.DRAFT else set())
    return _AFTER if status is EditionStatus.HELD else _ALWAYS


def what_needs_attention(counts: Mapping[Concern, int], *, status: EditionStatus) -> list[Attention]:
    """Return what there is to look at, the most urgent first; what counts nought is left out."""
    relevant = concerns_of(status)
    return [
        Attention(concern, counts[concern]) for concern in Concern if concern in relevant and counts.get(concern, 0) > 0
    ]
