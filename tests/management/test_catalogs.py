"""Collecting, merging and judging translations, on catalogues of their own."""

from __future__ import annotations

from pathlib import Path

import pytest

from parvis.management import catalog_files, catalogs


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty package with two areas."""
    areas = {"parvis": tmp_path / "locale", "desk": tmp_path / "web" / "desk" / "locale"}
    for module in (catalogs, catalog_files):
        monkeypatch.setattr(module, "PACKAGE", tmp_path)
        monkeypatch.setattr(module, "AREAS", areas)
    (tmp_path / "web" / "desk" / "templates").mkdir(parents=True)
    (tmp_path / "locale" / "parts").mkdir(parents=True)
    return tmp_path


def _rule(package: Path, text: str) -> None:
    (package / "rules.py").write_text(text, encoding="utf-8")


def _page(package: Path, text: str) -> None:
    (package / "web" / "desk" / "templates" / "page.html").write_text(text, encoding="utf-8")


def _part(package: Path, text: str) -> None:
    (package / "locale" / "parts" / "rules.fr.po").write_text(text, encoding="utf-8")


def _sentences(language: str = "fr") -> list[str]:
    return [fault.sentence for fault in catalogs.faults(language)]


def test_collects_from_code_and_from_templates(package: Path) -> None:
    _rule(
        package,
        'A = N_("The room is full.")\nB = pgettext("verb", "Open")\nC = ngettext("%(n)s seat", "%(n)s seats", 2)\n',
    )
    _page(
        package,
        '<h1>{% trans "Desk" %}</h1>\n  {% if x %}\n {% blocktrans trimmed count n=n %}\n  One person\n'
        "{% plural %}\n {{ n }} persons\n {% endblocktrans %}{% endif %} it's",
    )
    found = catalogs.collect()
    assert set(found["parvis"]) == {("The room is full.", None), ("Open", "verb"), ("%(n)s seat", None)}
    assert found["desk"][("One person", None)].ids == ("One person", "%(n)s persons")
    assert ("Desk", None) in found["desk"]


def test_a_part_is_merged_then_removed_and_the_result_is_complete(package: Path) -> None:
    _rule(package, 'A = N_("The room is full.")\n')
    _part(package, 'msgid ""\nmsgstr ""\n\nmsgid "The room is full."\nmsgstr "La salle est pleine."\n')
    assert any("waits to be merged" in sentence for sentence in _sentences())
    catalogs.update("fr")
    assert not list((package / "locale" / "parts").iterdir())
    assert _sentences() == []
    before = catalogs.po_path("parvis", "fr").read_bytes()
    catalogs.update("fr")
    assert catalogs.po_path("parvis", "fr").read_bytes() == before


def test_missing_obsolete_and_differing_places_are_named(package: Path) -> None:
    _rule(package, 'A = N_("Full by %(count)s")\n')
    _page(package, '{% trans "Desk" %}')
    catalogs.update("fr")
    path = catalogs.po_path("parvis", "fr")
    path.write_text(
        path.read_text(encoding="utf-8").replace('msgstr ""\n', 'msgstr "Dépassé de %(nombre)s"\n')
        + '\nmsgid "Gone"\nmsgstr "Parti"\n',
        encoding="utf-8",
    )
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace('msgid ""\nmsgstr "Dépassé de %(nombre)s"\n', 'msgid ""\nmsgstr ""\n', 1), encoding="utf-8"
    )
    sentences = _sentences()
    assert any(sentence.startswith("names places that do not exist (nombre)") for sentence in sentences)
    assert any(sentence.startswith("not translated: 'Desk'") for sentence in sentences)
    assert "no longer shown: 'Gone'" in sentences


def test_one_message_is_translated_alike_everywhere(package: Path) -> None:
    _rule(package, 'A = N_("Save")\n')
    _page(package, '{% trans "Save" %}')
    for area, word in (("parvis", "Enregistrer"), ("desk", "Sauver")):
        path = catalogs.po_path(area, "fr")
        path.parent.mkdir(parents=True)
        path.write_text(f'msgid ""\nmsgstr ""\n\nmsgid "Save"\nmsgstr "{word}"\n', encoding="utf-8")
    assert any("translated otherwise than in area parvis" in sentence for sentence in _sentences())
    catalogs.update("fr")
    assert _sentences() == []
    assert "Enregistrer" in catalogs.po_path("desk", "fr").read_text(encoding="utf-8")


def test_compiles_only_what_is_stale(package: Path) -> None:
    _part(package, 'msgid ""\nmsgstr ""\n\nmsgid "Hello"\nmsgstr "Bonjour"\n')
    assert [path.name for path in catalog_files.compile_stale()] == ["django.mo"]
    assert catalog_files.compile_stale() == []
