"""Languages by code or by name in French, English or the language itself."""

from __future__ import annotations

from functools import cache

from babel import Locale

from parvis.domain.text import fold


@cache
def _index() -> dict[str, str]:
    index: dict[str, str] = {}
    for language in ("fr", "en", "es", "ar"):
        for code, name in Locale.parse(language).languages.items():
            if len(code) == 2:
                index.setdefault(fold(str(name)), code)
                index[fold(code)] = code
    for name, code in (("anglais americain", "en"), ("mandarin", "zh"), ("chinois", "zh"), ("castillan", "es")):
        index.setdefault(name, code)
    return index


def recognise_language(text: str) -> str | None:
    """Return the ISO 639-1 code of a language named by its code ("fr", "fr-FR") or name, or None."""
    folded = fold(text)
    index = _index()
    return index.get(folded) or (index.get(folded[:2]) if folded[2:3] == " " and len(folded) == 5 else None)
