"""What drafting shares between languages: runs for figures, links and missing facts, and the way facts are read."""

from __future__ import annotations

import re
from datetime import date

from parvis.domain import typography
from parvis.domain.communiques.document import Block, BlockKind, Line, Run, RunKind
from parvis.domain.communiques.fact_names import fact_name
from parvis.domain.communiques.facts import Facts, SpeakerFacts, Words, in_language
from parvis.domain.figures.prose import said

_SPACES = re.compile(r" {2,}")
_PLACE = re.compile(r"\{(\w+)\}")


class Composer:
    """Writes one release in one language from its facts."""

    def __init__(self, facts: Facts, language: str) -> None:
        self.facts = facts
        self.language = language
        self.blocks: list[Block] = []

    def text(self, text: str, language: str = "") -> Run:
        """Return plain text, spaced by its language's rules."""
        own = language or self.language
        return Run(typography.typeset(text, own), language="" if own == self.language else own)

    def words(self, words: Words, what: str) -> Run:
        """Return a text in the release's language, marked when it had to be another, or missing as `what`."""
        text, language = in_language(words, self.language)
        return self.text(text, language) if text else self.missing(what)

    def missing(self, what: str) -> Run:
        """Return a visible mark for a fact that the data lacks."""
        opening = "à compléter : " if self.language == "fr" else "to be filled in: "
        return Run(
            typography.typeset(f"[{opening}{fact_name(what, self.language)}]", self.language), RunKind.MISSING, what
        )

    def figure(self, code: str, more_than: str, *, letters: bool = False, feminine: bool = False) -> Run:
        """Return a figure as prose says it, linked to its definition; missing when it was not counted."""
        if code not in self.facts.figures:
            return self.missing(f"figures.{code}")
        value = said(self.facts.figures[code])
        if letters and not value.more_than:
            written = typography.number_word(value.number, self.language, feminine=feminine)
        else:
            written = typography.decimal(value.number, self.language)
        return Run(f"{more_than} {written}" if value.more_than else written, RunKind.FIGURE, code)

    def link(self, address: str) -> Run:
        """Return an address as a link that shows itself without its protocol."""
        shown = re.sub(r"^(https?://|mailto:)", "", address).rstrip("/")
        return Run(shown, RunKind.LINK, address)

    def line(self, template: str, **parts: Run | Line | str) -> Line:
        """Return a line from a sentence with `{places}`, each filled by text, a run, or several runs."""
        line: Line = []
        at = 0
        for match in _PLACE.finditer(template):
            self._add(line, template[at : match.start()])
            part = parts[match[1]]
            if isinstance(part, str):
                self._add(line, part)
            elif isinstance(part, Run):
                line.append(part)
            else:
                line.extend(part)
            at = match.end()
        self._add(line, template[at:])
        return self._settled(line)

    def _add(self, line: Line, text: str) -> None:
        if text:
            line.append(Run(text))

    def _settled(self, line: Line) -> Line:
        """Join neighbouring plain runs and space the whole as one text, so that signs at a seam are right too."""
        joined: Line = []
        for run in line:
            plain = run.kind == RunKind.TEXT and not run.language
            if plain and joined and joined[-1].kind == RunKind.TEXT and not joined[-1].language:
                joined[-1] = Run(joined[-1].text + run.text)
            else:
                joined.append(run)
        return [
            Run(_SPACES.sub(" ", typography.typeset(run.text, self.language)))
            if run.kind == RunKind.TEXT and not run.language
            else run
            for run in joined
        ]

    def add(self, kind: BlockKind, *lines: Line) -> None:
        """Append a block."""
        self.blocks.append(Block(kind, [self._settled(line) for line in lines if line]))

    def said_word(self, words: Words) -> Line:
        """Return a text that may be absent, in the release's language or marked with its own."""
        text, language = in_language(words, self.language)
        return [self.text(text, language)] if text else []

    def listed(self, items: list[Line], *, comma: bool = False) -> Line:
        """Return items as a list in a sentence; with `comma`, one stands before the last « et » too."""
        line: Line = []
        last = len(items) - 1
        for index, item in enumerate(items):
            if index:
                line.append(Run((", " if comma else " ") + self.conjunction + " " if index == last else ", "))
            line.extend(item)
        return line

    @property
    def conjunction(self) -> str:
        """The word before the last item of a list."""
        return "et" if self.language == "fr" else "and"

    def speaker(self, speaker: SpeakerFacts) -> Line:
        """Return a person with all their mandates: « François Rebsamen, Président de …, Maire de … et … »."""
        mandates = [line for mandate in speaker.mandates if (line := self.said_word(mandate))]
        return [Run(speaker.name), Run(", "), *self.listed(mandates)] if mandates else [Run(speaker.name)]

    def speakers(self, speakers: list[SpeakerFacts]) -> Line:
        """Return several people with their mandates, ready for the verb.

        Those with mandates are set off by commas: « A, Maire de B, et C, Adjointe de D, » but « A et C ».
        """
        titled = any(any(mandate.values()) for speaker in speakers for mandate in speaker.mandates)
        line = self.listed([self.speaker(speaker) for speaker in speakers], comma=titled and len(speakers) > 1)
        return [*line, Run(",")] if speakers and any(m for m in speakers[-1].mandates if any(m.values())) else line

    def many(self, code: str, one: str, more: str) -> str:
        """Return the words that agree with a figure: `one` for 1, `more` for the rest and for what is missing."""
        return one if self.facts.figures.get(code) == 1 else more

    def came(self, code: str) -> bool:
        """Tell whether a figure is to be said: counted and not nought, or missing, which has to be marked."""
        return self.facts.figures.get(code, 1) != 0

    def date(self, iso: str, *, weekday: bool = False, year: bool = True) -> str:
        """Return an ISO date in words."""
        return typography.day_long(date.fromisoformat(iso), self.language, weekday=weekday, year=year)

    def dates(self) -> str:
        """Return the edition's days in words."""
        facts = self.facts
        return typography.date_range(
            date.fromisoformat(facts.starts_on), date.fromisoformat(facts.ends_on), self.language
        )

    def day_index(self, iso: str) -> int:
        """Return which day of the edition a date is, from 1."""
        return (date.fromisoformat(iso) - date.fromisoformat(self.facts.starts_on)).days + 1

    def days(self) -> int:
        """Return how many days the edition lasts."""
        return self.day_index(self.facts.ends_on)
