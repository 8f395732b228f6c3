"""Text as it arrives from a word processor: what shows, without what only the word processor understood."""

from __future__ import annotations

import re

from parvis.domain.text import tidy

# Word's own comments and tags, which some browsers paste along; other markup is text and stays as it was typed.
_WORD_MARKUP = re.compile(r"<!--\[if.*?<!\[endif\]-->|</?(?:o|w|m|v|st1):[^<>]*>", re.DOTALL | re.IGNORECASE)
# Symbol and Wingdings live in the private use area: these are their bullets, and the dashes that stand for them.
_BULLETS = re.compile("^[ \t]*[\uf0b7\uf0a7\uf0d8\uf076\uf0fc\u2022\u25aa\u25cf\u25e6\u00b7][ \t\u00a0]+", re.MULTILINE)
_LINE_BREAKS = str.maketrans({"\x0b": "\n", "\x0c": "\n", "\u2028": "\n", "\u2029": "\n\n", "\x85": "\n"})
# What shows nothing: controls, soft hyphens, zero-width spaces, byte-order marks, overrides of direction, private use.
# Joiners (U+200C, U+200D) and the marks U+200E, U+200F belong to Arabic, Persian and Indic writing and stay.
_NOTHING = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufff9-\ufffc\ue000-\uf8ff]"
)
_EMPTY_LINES = re.compile(r"\n{3,}")


def clean_pasted(text: str) -> str:
    """Return `text` tidied and without a word processor's leftovers; paragraphs, lists and quotation marks stay.

    Doing it twice changes nothing. Markup that somebody typed is text like any other.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_LINE_BREAKS)
    text = _WORD_MARKUP.sub("", text)
    text = _BULLETS.sub("• ", text)
    text = _NOTHING.sub("", text).replace("\t", " ")
    return _EMPTY_LINES.sub("\n\n", tidy(text))


def clean_pasted_line(text: str) -> str:
    """Return the same on one line, for titles and names."""
    return " ".join(clean_pasted(text).split())
