"""Languages by name: `fr` is « français » on a French page, “French” on an English one."""

from __future__ import annotations

from collections.abc import Iterable

from babel import Locale


def language_name(code: str, language: str) -> str:
    """Return the name of the language `code` (ISO 639) in `language`; the code in capitals where it has none."""
    name = Locale.parse(language).languages.get(code.lower())
    return str(name) if name else code.upper()


def language_names(codes: Iterable[str], language: str) -> list[str]:
    """Return the names of languages in the order given, each once."""
    return list(dict.fromkeys(language_name(code, language) for code in codes))
