"""A press release as a document: blocks of runs, so that page, PDF and DOCX are the same text.

A figure keeps its code, hence the link to its definition; what is missing keeps what to fill in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from parvis.domain.figures.prose import said
from parvis.domain.refusals import N_, Refusal
from parvis.domain.typography import number_word, typeset


class RunKind(StrEnum):
    """What a piece of a line is."""

    TEXT = "text"
    FIGURE = "figure"
    LINK = "link"
    MISSING = "missing"


class BlockKind(StrEnum):
    """What a block of a release is."""

    TITLE = "title"
    DATELINE = "dateline"
    LEAD = "lead"
    PARAGRAPH = "paragraph"
    LIST = "list"
    HEADING = "heading"
    BOILERPLATE = "boilerplate"
    MENTIONS = "mentions"
    CONTACT = "contact"


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a line. `target` is a figure's code, a link's address or a missing fact's name."""

    text: str
    kind: RunKind = RunKind.TEXT
    target: str = ""
    language: str = ""


Line = list[Run]


@dataclass(frozen=True, slots=True)
class Block:
    """One block: `lines` holds one line, or one per item of a list."""

    kind: BlockKind
    lines: list[Line] = field(default_factory=list)

    def runs(self) -> Iterator[Run]:
        """Return every run of the block."""
        for line in self.lines:
            yield from line


@dataclass(frozen=True, slots=True)
class Document:
    """The whole text in one language."""

    language: str
    blocks: list[Block]

    def missing(self) -> list[str]:
        """Return the names of the facts that the text still lacks."""
        return [run.target for block in self.blocks for run in block.runs() if run.kind == RunKind.MISSING]

    def title(self) -> str:
        """Return the headline as plain text."""
        return next((plain(block.lines[0]) for block in self.blocks if block.kind == BlockKind.TITLE), "")

    def plain_text(self) -> str:
        """Return the whole as text, a blank line between blocks."""
        return "\n\n".join("\n".join(plain(line) for line in block.lines) for block in self.blocks)


def plain(line: Iterable[Run]) -> str:
    """Return a line as plain text."""
    return "".join(run.text for run in line)


def to_json(document: Document) -> dict[str, Any]:
    """Return the document as plain JSON values."""
    return asdict(document)


def from_json(value: dict[str, Any]) -> Document:
    """Return the document that `to_json` wrote."""
    return Document(
        language=value["language"],
        blocks=[
            Block(
                kind=BlockKind(block["kind"]),
                lines=[
                    [Run(run["text"], RunKind(run["kind"]), run["target"], run["language"]) for run in line]
                    for line in block["lines"]
                ],
            )
            for block in value["blocks"]
        ],
    )


class TextIsEmpty(Refusal):
    """A press release has a headline and at least one paragraph."""

    sentence = N_("The text needs a headline and at least one paragraph.")


class UnknownMark(Refusal):
    """Only figures and links are marked in the text that a person edits."""

    sentence = N_("“%(mark)s” is not understood: write {figure:code|text} or {link:address|text}.")


class FigureMisquoted(Refusal):
    """A linked figure says what was counted, or less: nobody could explain another number (R33)."""

    sentence = N_(
        "“%(words)s” is linked to “%(code)s”, which was counted as %(value)s: write that number, or take the link out."
    )


class FigureNotCounted(Refusal):
    """A text links only to figures that its snapshot holds."""

    sentence = N_("“%(words)s” is linked to “%(code)s”, which was not counted for this press release.")


_LANGUAGE = re.compile(r"[a-z]{2}")
_MARK = re.compile(r"\{([^{}|]*)\|([^{}|]*)\}")


def line_to_source(line: Iterable[Run]) -> str:
    """Return a line as a person edits it: `{figure:present|plus de 500}`, `{link:https://…|texte}`, `{text:fr|…}`."""
    return "".join(_source(run) for run in line)


def _source(run: Run) -> str:
    if run.kind == RunKind.TEXT and not run.language:
        return run.text
    return "{" + f"{run.kind}:{run.language if run.kind == RunKind.TEXT else run.target}|{run.text}" + "}"


def line_from_source(source: str, codes: Iterable[str], language: str = "fr") -> Line:
    """Return the line that a person wrote, spaced as its language wants it.

    Raises `UnknownMark` for a mark or a figure that does not exist.
    """
    known = set(codes)
    line: Line = []
    at = 0
    for match in _MARK.finditer(source):
        if match.start() > at:
            line.append(Run(typeset(source[at : match.start()], language)))
        kind, _, target = match[1].partition(":")
        allowed = (kind == RunKind.FIGURE and target in known) or (
            kind == RunKind.LINK and target.startswith(("https://", "http://", "mailto:", "/"))
        )
        if kind == RunKind.TEXT and _LANGUAGE.fullmatch(target):
            line.append(Run(typeset(match[2], target), language=target))
        elif allowed or kind == RunKind.MISSING:
            line.append(Run(match[2], RunKind(kind), target))
        else:
            raise UnknownMark(mark=match.group())
        at = match.end()
    if source[at:]:
        line.append(Run(typeset(source[at:], language)))
    return line


def check_figures(document: Document, counted: Mapping[str, int]) -> None:
    """Raise `FigureMisquoted` or `FigureNotCounted` when a linked figure says another number than its snapshot.

    The number counted and its rounding in prose may stand there, in figures or in letters.
    """
    for run in (run for block in document.blocks for run in block.runs() if run.kind == RunKind.FIGURE):
        if run.target not in counted:
            raise FigureNotCounted(words=run.text, code=run.target)
        value = counted[run.target]
        rounded = said(value)
        digits = re.sub(r"[\s\u00a0\u202f.,]", "", "".join(re.findall(r"[\d\s\u00a0\u202f.,]+", run.text)))
        exact = digits == str(value)
        fair = digits == str(rounded.number) and rounded.more_than and not run.text[:1].isdigit()
        if digits and not exact and not fair:
            raise FigureMisquoted(words=run.text, code=run.target, value=value)
        if not digits and not _in_letters(run.text, value, document.language):
            raise FigureMisquoted(words=run.text, code=run.target, value=value)


def _in_letters(text: str, value: int, language: str) -> bool:
    words = set(re.findall(r"\w+", text.lower()))
    return any(number_word(value, language, feminine=feminine) in words for feminine in (False, True))


def to_source(document: Document) -> list[tuple[str, str]]:
    """Return (kind, text) per block for a form: the items of a list stand one per line."""
    return [(str(block.kind), "\n".join(line_to_source(line) for line in block.lines)) for block in document.blocks]


def from_source(language: str, blocks: Iterable[tuple[str, str]], codes: Iterable[str]) -> Document:
    """Return the document that a person edited; an emptied block is left out.

    Raises `UnknownMark`, or `TextIsEmpty` without a headline and a paragraph.
    """
    known = list(codes)
    read: list[Block] = []
    for kind, text in blocks:
        lines = [line_from_source(line.strip(), known, language) for line in text.splitlines() if line.strip()]
        if lines:
            read.append(Block(BlockKind(kind), lines))
    kinds = {block.kind for block in read}
    if BlockKind.TITLE not in kinds or not kinds & {BlockKind.LEAD, BlockKind.PARAGRAPH}:
        raise TextIsEmpty
    return Document(language, read)
