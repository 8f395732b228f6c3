"""What the door shows after a reading: one answer with its word, its tone and what to do next."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID, uuid4

from django.utils.translation import gettext

from parvis.domain.badges import CODE_LENGTH, spaced_badge_code
from parvis.domain.onsite import VERDICT_NAMES, Direction, Verdict
from parvis.domain.onsite.verdicts import REFUSING, VERDICT_ADVICE
from parvis.domain.refusals import Refusal
from parvis.queries.onsite_scans import ScanView
from parvis.queries.onsite_search import Candidates
from parvis.web.refusals import say

# Verdicts after which somebody may be registered on the spot.
_OFFER_TO_REGISTER = frozenset({Verdict.UNKNOWN, Verdict.FORGED, Verdict.WRONG_EDITION})


def tone_of(verdict: Verdict) -> str:
    """Return "good", "warn" or "bad": colour, sign and sound go by it, and never stand without the word."""
    if verdict is Verdict.ADMITTED:
        return "good"
    return "bad" if verdict in REFUSING else "warn"


def word_of(verdict: Verdict, direction: Direction) -> str:
    """Return the verdict in the few words that are read at arm's length."""
    if direction is Direction.OUT:
        if verdict is Verdict.ADMITTED:
            return gettext("Goodbye")
        if verdict is Verdict.ALREADY_IN:
            return gettext("Already left")
    return gettext(VERDICT_NAMES[verdict])


def state_of(verdict: Verdict, direction: Direction) -> str:
    """Return what a scan was, for lists: those who came in were admitted, those who went out left."""
    if verdict is Verdict.ADMITTED:
        return gettext("Left") if direction is Direction.OUT else gettext("Admitted")
    return word_of(verdict, direction)


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer. `kind` is ready, verdict, undone, choices, nobody or refusal; `spoken` is what is read aloud."""

    kind: str
    tone: str = ""
    word: str = ""
    advice: str = ""
    scan: ScanView | None = None
    candidates: Candidates | None = None
    text: str = ""
    ticket: str = ""
    offers_to_register: bool = False
    fresh_id: UUID = field(default_factory=uuid4)

    @property
    def spoken(self) -> str:
        """The answer for a screen reader, as one line."""
        said = [self.word]
        if self.scan is not None:
            said += [self.scan.name, self.scan.mandate]
        if self.tone != "good":
            said.append(self.advice)
        return ". ".join(part.rstrip(".") for part in said if part)

    @property
    def code(self) -> str:
        """The code that was read, in groups that can be compared with what stands on paper."""
        code = self.scan.code if self.scan is not None else ""
        return spaced_badge_code(code) if len(code) == CODE_LENGTH else code

    @property
    def was_today(self) -> bool:
        """Whether the passage that this reading repeats was on the same day."""
        scan = self.scan
        return scan is not None and scan.before is not None and scan.before.date() == scan.seen.date()

    @classmethod
    def ready(cls) -> Answer:
        """Nothing has been read yet."""
        return cls("ready")

    @classmethod
    def verdict(cls, scan: ScanView, *, ticket: str = "") -> Answer:
        """What one scan answered; `ticket` is the code to show to somebody who has just been registered."""
        if scan.is_undone:
            return cls.undone(scan)
        advice = VERDICT_ADVICE[scan.verdict] if scan.direction is Direction.IN else ""
        return cls(
            "verdict",
            tone=tone_of(scan.verdict),
            word=word_of(scan.verdict, scan.direction),
            advice=gettext(advice) if advice else "",
            scan=scan,
            ticket=ticket,
            offers_to_register=scan.verdict in _OFFER_TO_REGISTER,
        )

    @classmethod
    def undone(cls, scan: ScanView) -> Answer:
        """A scan has been taken back."""
        return cls(
            "undone",
            tone="calm",
            word=gettext("Taken back"),
            advice=gettext("This scan counts no more. Scan again to let the person through."),
            scan=scan,
        )

    @classmethod
    def choices(cls, text: str, candidates: Candidates) -> Answer:
        """Whom a typed name may mean, or that it means nobody."""
        if candidates.people:
            return cls("choices", word=gettext("Who is it?"), candidates=candidates, text=text)
        return cls(
            "nobody",
            tone="warn",
            word=gettext("Nobody of this name"),
            advice=gettext("Search by a part of the name or by the organisation, or register them now."),
            text=text,
            offers_to_register=True,
        )

    @classmethod
    def refused(cls, refusal: Refusal) -> Answer:
        """A rule said no before anything was written."""
        return cls("refusal", tone="bad", word=gettext("This was not done"), advice=say(refusal))

    @classmethod
    def empty(cls) -> Answer:
        """Enter was pressed on an empty field."""
        return cls("ready", advice=gettext("Nothing was typed. Scan a badge, or type a code or a name."))
