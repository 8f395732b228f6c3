"""What the rules say to people exists in French, and every permission guards something."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re

import pytest
from django.utils.translation import gettext, override

import parvis.domain
from parvis.domain.access import ALLOWS, PERMISSION_NAMES, Permission, Role
from parvis.domain.refusals import Refusal
from parvis.management.catalog_files import AREAS, LANGUAGES, po_path
from parvis.management.catalogs import faults, read_translations
from tests.architecture.sources import PACKAGE, python_files, shown, tree


def _refusals() -> list[type[Refusal]]:
    for module in pkgutil.walk_packages(parvis.domain.__path__, "parvis.domain."):
        importlib.import_module(module.name)
    found, waiting = [], [Refusal]
    while waiting:
        kind = waiting.pop()
        found.append(kind)
        waiting += kind.__subclasses__()
    return [kind for kind in found if kind.__module__.startswith("parvis.")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_are_complete(language: str) -> None:
    found = [f"{fault.area}: {fault.sentence}" for fault in faults(language)]
    assert not found, f"{len(found)} messages: run ./parvis messages, then fill in\n" + "\n".join(found[:30])


def test_every_permission_has_a_french_name() -> None:
    assert set(PERMISSION_NAMES) == set(Permission)
    with override("fr"):
        bare = [name for name in PERMISSION_NAMES.values() if gettext(name) == name]
    assert not bare, f"Translate the permissions: {', '.join(bare)}"


def test_every_role_allows_something_and_organisers_everything() -> None:
    assert set(ALLOWS) == set(Role)
    assert all(ALLOWS.values())
    assert ALLOWS[Role.ORGANISER] == frozenset(Permission)


def test_every_permission_is_required_somewhere() -> None:
    used = {
        node.attr
        for path in python_files(PACKAGE / "services", PACKAGE / "queries")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and getattr(node.value, "id", "") == "Permission"
    }
    idle = {permission.name for permission in Permission} - used
    assert not idle, f"No service or query asks for: {', '.join(sorted(idle))}"


def test_every_refusal_speaks_french() -> None:
    with override("fr"):
        silent = [
            f"{kind.__module__}.{kind.__name__}" for kind in _refusals() if gettext(kind.sentence) == kind.sentence
        ]
    assert not silent, f"Translate the sentences of: {', '.join(sorted(silent))}"


def test_refusals_are_sentences() -> None:
    odd = [
        f"{kind.__module__}.{kind.__name__}"
        for kind in _refusals()
        if (not kind.sentence[:1].isupper() and not kind.sentence.startswith(("%", "“")))
        or kind.sentence.rstrip()[-1:] not in ".?!"
    ]
    assert not odd, f"Say it in a sentence, with what to do: {', '.join(sorted(odd))}"


def test_french_follows_its_typography() -> None:
    """Narrow no-break space before the high signs and inside guillemets; the typographic apostrophe."""
    wrong = re.compile(r"[ \u00a0][;!?»]|« |[ \u00a0]:(?!//)|\w'\w|[^\s\u202f(«\"/\d.…]!(?=\s|$)")
    found = []
    for area in AREAS:
        for (msgid, _context), message in read_translations(po_path(area, "fr"), "fr").items():
            forms = [message.string] if isinstance(message.string, str) else list(message.string)
            if any(wrong.search(re.sub(r"<[^>]*>|%\(\w+\)s", "x", form)) for form in forms):
                found.append(f"{area}: {msgid!r}")
    assert not found, "Mend the typography (U+202F, ’) of the French for:\n" + "\n".join(found)


def test_no_page_speaks_untranslated() -> None:
    """Text between tags goes through trans or blocktrans."""
    text_of = re.compile(r">([^<>{}%]*[A-Za-zÀ-ÿ]{3,}[^<>{}%]*)<")
    allowed = re.compile(r"^(?:[\W\d]|Parvis|CSV|XLSX|ODS|PDF|DOCX|HTML|iCal|QR|hashtag|#\w+)*$")
    found = []
    for path in sorted((PACKAGE / "web").rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        text = re.sub(r"{#.*?#}|{% comment.*?endcomment %}|<!--.*?-->", "", text, flags=re.S)
        text = re.sub(r"{% blocktrans(?:late)?\b.*?{% endblocktrans(?:late)? %}", "", text, flags=re.S)
        text = re.sub(r"{% block \w*class %}.*?{% endblock", "", text, flags=re.S)
        text = re.sub(r"<(script|style|title|kbd)\b.*?</\1>", "", text, flags=re.S)
        text = re.sub(r"{%.*?%}|{{.*?}}", "", text, flags=re.S)
        found += [
            f"{shown(path)}: {piece.strip()!r}" for piece in text_of.findall(text) if not allowed.match(piece.strip())
        ]
    assert not found, "Wrap these in trans:\n" + "\n".join(found)
