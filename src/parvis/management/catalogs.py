"""Collects what is to be translated, and keeps the text catalogues in step with it. Needs Babel, not gettext's tools.

A message's key is its msgid (singular) with its context. Each area of the site has its catalogue; all else shares one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import generate_po, read_po
from django.utils.translation.template import templatize

from parvis.management.catalog_files import AREAS, PACKAGE, part_paths, po_path

KEYWORDS = {
    "_": None,
    "N_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
PLURAL_FORMS = {"fr": "nplurals=2; plural=(n > 1);"}
PLACE = re.compile(r"%\((\w+)\)[#0\- +]*\d*(?:\.\d+)?[a-zA-Z]|\{(\w+)\}")

Key = tuple[str, str | None]
Translation = str | tuple[str, ...]


@dataclass
class Wanted:
    """One message that the code shows: its forms, and where it stands first."""

    ids: str | tuple[str, str]
    context: str | None
    places: list[str] = field(default_factory=list)

    @property
    def key(self) -> Key:
        """Return what identifies the message."""
        return (self.ids if isinstance(self.ids, str) else self.ids[0], self.context)


@dataclass(frozen=True)
class Fault:
    """What is wrong with one message of one area, in a sentence."""

    area: str
    sentence: str


def area_of(path: Path) -> str:
    """Return the area whose catalogue holds the messages of a file below the package."""
    parts = path.relative_to(PACKAGE).parts
    return parts[1] if len(parts) > 2 and parts[0] == "web" and parts[1] in AREAS else "parvis"


def collect() -> dict[str, dict[Key, Wanted]]:
    """Return, for each area, the messages that Python files and templates show."""
    wanted: dict[str, dict[Key, Wanted]] = {area: {} for area in AREAS}
    for path in _sources():
        area = wanted[area_of(path)]
        for ids, context in _messages_of(path):
            found = Wanted(ids, context)
            kept = area.setdefault(found.key, found)
            if isinstance(found.ids, tuple) and isinstance(kept.ids, str):
                kept.ids = found.ids  # shown in the singular here and with a number there: the plural serves both
            kept.places.append(path.relative_to(PACKAGE).as_posix())
    return wanted


def _sources() -> Iterator[Path]:
    for path in sorted(PACKAGE.rglob("*")):
        is_code = path.suffix == ".py" and "migrations" not in path.parts
        is_template = path.suffix in {".html", ".txt"} and "templates" in path.parts
        if is_code or is_template:
            yield path


def _messages_of(path: Path) -> Iterator[tuple[str | tuple[str, str], str | None]]:
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        # templatize leaves pieces of template behind; on lines of their own, unindented, they tokenise as names.
        text = "\n".join(line.strip() for line in templatize(text, origin=str(path)).splitlines())
    for _line, message, _comments, context in extract("python", BytesIO(text.encode()), keywords=KEYWORDS):
        if isinstance(message, tuple):
            singular, plural = message[0], message[1]
            if singular:
                yield (str(singular), str(plural)), context
        elif message:
            yield str(message), context


def read_translations(path: Path, language: str) -> dict[Key, Message]:
    """Return the messages of a text catalogue; an absent file has none."""
    if not path.exists():
        return {}
    with path.open("rb") as file:
        return {_key(message): message for message in read_po(file, locale=language) if message.id}


def _key(message: Message) -> Key:
    first = message.id if isinstance(message.id, str) else message.id[0]
    return (str(first), message.context)


def is_translated(message: Message | None, wanted: Wanted) -> bool:
    """Tell whether `message` says all forms of `wanted`, and is not marked as a guess."""
    if message is None or message.fuzzy:
        return False
    forms = _forms(message)
    return all(forms) and len(forms) >= (2 if isinstance(wanted.ids, tuple) else 1)


def update(language: str) -> dict[str, int]:
    """Bring the catalogues of a language in step with the code; return how many messages each area has.

    Parts are merged into the shared catalogue and removed. Obsolete messages are dropped. A message that an area
    lacks is taken from another area; where two areas differ, the shared catalogue, then the earlier area, wins:
    it is what Django would show.
    """
    wanted = collect()
    known = {area: read_translations(po_path(area, language), language) for area in AREAS}
    for part in part_paths(language):
        for key, message in read_translations(part, language).items():
            if message.string and not message.fuzzy:
                known["parvis"][key] = message
    counts = {}
    for area, messages in wanted.items():
        catalog = Catalog(locale=language)
        for key in sorted(messages, key=lambda key: (key[0], key[1] or "")):
            item = messages[key]
            showing = [known[other] for other in AREAS if key in wanted[other]]
            candidates = [source[key] for source in (*showing, *known.values()) if key in source]
            chosen = next((message for message in candidates if is_translated(message, item)), None)
            catalog.add(item.ids, _string(chosen, item), context=item.context)
        counts[area] = len(messages)
        _write(catalog, po_path(area, language), language)
    for part in part_paths(language):
        part.unlink()
    return counts


def _string(message: Message | None, wanted: Wanted) -> Translation:
    forms = _forms(message)
    if isinstance(wanted.ids, str):
        return forms[0] if forms else ""
    return tuple(forms) or ("", "")


def _forms(message: Message | None) -> list[str]:
    """Return a translation's forms: one, or one for each number; none when there is no translation."""
    if message is None or not message.string:
        return []
    return [message.string] if isinstance(message.string, str) else [str(form) for form in message.string]


def _write(catalog: Catalog, path: Path, language: str) -> None:
    header = (
        f'msgid ""\nmsgstr ""\n"Language: {language}\\n"\n"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=UTF-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n'
        f'"Plural-Forms: {PLURAL_FORMS[language]}\\n"\n'
    )
    body = "".join(generate_po(catalog, no_location=True, omit_header=True, ignore_obsolete=True, width=110))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{header}\n{body.strip()}\n" if body.strip() else header, encoding="utf-8")


def faults(language: str) -> list[Fault]:
    """Return what keeps a language from being complete: missing, guessed, obsolete, or places that differ."""
    found = [Fault("parvis", f"{part.name} waits to be merged: run ./parvis messages") for part in part_paths(language)]
    wanted = collect()
    chosen: dict[Key, tuple[str, object]] = {}
    for area, messages in wanted.items():
        known = read_translations(po_path(area, language), language)
        for key, item in messages.items():
            message = known.get(key)
            where = item.places[0]
            if message is None:
                found.append(Fault(area, f"missing: {key[0]!r} ({where})"))
            elif message.fuzzy:
                found.append(Fault(area, f"marked as a guess (fuzzy): {key[0]!r} ({where})"))
            elif not is_translated(message, item):
                found.append(Fault(area, f"not translated: {key[0]!r} ({where})"))
            else:
                found += [Fault(area, f"{problem}: {key[0]!r} ({where})") for problem in _place_problems(message, item)]
                earlier = chosen.setdefault(key, (area, message.string))
                if earlier[1] != message.string:
                    found.append(Fault(area, f"translated otherwise than in area {earlier[0]}: {key[0]!r} ({where})"))
        found += [Fault(area, f"no longer shown: {key[0]!r}") for key in known if key not in messages]
    return found


def _place_problems(message: Message, wanted: Wanted) -> Iterator[str]:
    """Compare the named places of a message and of its translation; a singular may do without the number."""
    forms = [wanted.ids] if isinstance(wanted.ids, str) else list(wanted.ids)
    allowed = set().union(*(_places(form) for form in forms))
    for position, string in enumerate(_forms(message)):
        needed = _places(forms[min(position, len(forms) - 1)])
        have = _places(string)
        if have - allowed:
            yield f"names places that do not exist ({', '.join(sorted(have - allowed))})"
        elif needed - have and not (len(forms) > 1 and position == 0):
            yield f"leaves out {', '.join(sorted(needed - have))}"


def _places(text: str) -> set[str]:
    return {named or braced for named, braced in PLACE.findall(text)}
