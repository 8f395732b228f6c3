"""Drafts again from new facts without losing what a person wrote.

Three texts meet: the draft made from the old facts, the text as a person left it, and the draft from the new facts.
A paragraph that nobody touched is taken from the new draft; one that a person wrote, or took out, stays as they
left it, but the figures in it say the new count.
"""

from __future__ import annotations

import re
from dataclasses import replace
from difflib import SequenceMatcher

from parvis.domain.communiques.composer import Composer
from parvis.domain.communiques.document import Block, Document, Run, RunKind, plain
from parvis.domain.communiques.facts import Facts

_ALIKE = 0.5
_MORE = {"fr": "plus de", "en": "more than"}


def _text(block: Block) -> str:
    return "\n".join(plain(line) for line in block.lines)


def _counterparts(base: list[Block], theirs: list[Block]) -> dict[int, int]:
    """Return which block of the new draft stands for which of the old one, in order."""
    found: dict[int, int] = {}
    at = 0
    for index, block in enumerate(base):
        alike = [
            (SequenceMatcher(None, _text(block), _text(other), autojunk=False).ratio(), -place)
            for place, other in enumerate(theirs)
            if place >= at and other.kind == block.kind
        ]
        best, place = max(alike, default=(0.0, 0))
        if best >= _ALIKE:
            found[index] = -place
            at = -place + 1
    return found


def _recounted(block: Block, before: Facts, after: Facts, language: str) -> Block:
    composer = Composer(after, language)

    def recount(run: Run) -> Run:
        if run.kind != RunKind.FIGURE or before.figures.get(run.target) == after.figures.get(run.target):
            return run
        return composer.figure(run.target, _MORE.get(language, ""), letters=not re.search(r"\d", run.text))

    return replace(block, lines=[[recount(run) for run in line] for line in block.lines])


def redrafted(base: Document, mine: Document, theirs: Document, *, before: Facts, after: Facts) -> Document:
    """Return the new draft `theirs` with what a person had changed in `mine` since the draft `base`."""
    stands_for = _counterparts(base.blocks, theirs.blocks)
    old = set(stands_for.values())
    blocks: list[Block] = []
    at = 0

    def take_new_until(place: int) -> int:
        blocks.extend(theirs.blocks[i] for i in range(at, place) if i not in old)
        return max(at, place)

    matcher = SequenceMatcher(None, [repr(b) for b in base.blocks], [repr(b) for b in mine.blocks], autojunk=False)
    for what, first, last, mine_first, mine_last in matcher.get_opcodes():
        if what == "equal":
            for index in range(first, last):
                if index in stands_for:
                    at = take_new_until(stands_for[index])
                    blocks.append(theirs.blocks[stands_for[index]])
                    at += 1
            continue
        blocks.extend(_recounted(block, before, after, mine.language) for block in mine.blocks[mine_first:mine_last])
        for index in range(first, last):
            if index in stands_for:
                at = take_new_until(stands_for[index]) + 1
    take_new_until(len(theirs.blocks))
    return Document(theirs.language, blocks)
