"""The compiler: shared by threads, never stopped by a letter, and apart where a document is large."""

from __future__ import annotations

import json
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from parvis.gateways.typst_compiler import DocumentNotMade, compile_apart, compile_pdf, document_key
from parvis.gateways.typst_text import STAND_IN, is_shown, printable
from tests.exports.tagged_pdf import read, whole

MADE_AT = datetime(2023, 9, 18, 12, tzinfo=UTC)
TEMPLATE = """#let data = json(bytes(sys.inputs.data))
#set document(title: data.title)
#set text(font: "Atkinson Hyperlegible Next", lang: "fr")
#heading(data.title)
#for line in data.lines [#line#parbreak()]
"""


@pytest.fixture
def template(tmp_path: Path) -> Path:
    path = tmp_path / "letter.typ"
    path.write_text(TEMPLATE, encoding="utf-8")
    return path


def test_threads_share_a_compiler(template: Path) -> None:
    """A compiler cannot be lent to two threads: without turns, the second would be told that it is borrowed."""
    made: list[bytes] = []
    faults: list[BaseException] = []

    def work(number: int) -> None:
        try:
            letter = {"title": f"Lettre {number}", "lines": ["é"] * 200}
            made.extend([compile_pdf(template, letter, made_at=MADE_AT) for _ in range(4)])
        except BaseException as error:
            faults.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not faults
    assert len(made) == 24
    assert len(set(made)) == 6


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("abc é œ — « » …", "abc é œ — « » …"),
        ("\x07\ufeff\u202ea\ud83d", "a"),
        ("中文", STAND_IN * 2),
        ("fête \U0001f389", f"fête {STAND_IN}"),
        ("Кириллица, Ελλάδα, Nguyễn, עברית", "Кириллица, Ελλάδα, Nguyễn, עברית"),
        ("ትግርኛ", STAND_IN * 4),
        ("السلطات المحلية", "السلطات المحلية"),
        ("a\nb\tc", "a\nb\tc"),
    ],
)
def test_what_no_font_has_is_stood_in_for(template: Path, text: str, shown: str) -> None:
    assert printable(text) == shown
    reader = read(compile_pdf(template, {"title": "Titre", "lines": [text]}, made_at=MADE_AT))
    assert "Titre" in whole(reader)


def test_every_letter_that_may_be_shown_can_be(template: Path) -> None:
    """The letters that are never asked about are indeed all there: else a document would not be made."""
    known = [
        chr(code) for code in (*range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x600, 0x700), *range(0x2010, 0x2027))
    ]
    assert all(is_shown(letter) for letter in known)
    reader = read(compile_pdf(template, {"title": "Tout", "lines": [" ".join(known)]}, made_at=MADE_AT))
    assert STAND_IN not in whole(reader)


def test_printable_keeps_the_shape_of_the_data() -> None:
    given = {"a": ["x\x00", {"b": 3, "c": None, "d": True}], "e": ("y",)}
    assert printable(given) == {"a": ["x", {"b": 3, "c": None, "d": True}], "e": ["y"]}


def test_apart_gives_the_same_bytes(template: Path) -> None:
    data = {"title": "Lettre", "lines": ["é", "\U0001f389"]}
    assert compile_apart(template, data, made_at=MADE_AT) == compile_pdf(template, data, made_at=MADE_AT)


def test_apart_says_what_the_compiler_refuses(template: Path) -> None:
    template.write_text(TEMPLATE + '#panic("no ink")', encoding="utf-8")
    with pytest.raises(DocumentNotMade, match="no ink"):
        compile_apart(template, {"title": "Lettre", "lines": []}, made_at=MADE_AT)


def test_apart_gives_up_after_a_time(template: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("parvis.gateways.typst_compiler.LONGEST_S", 0.01)
    with pytest.raises(DocumentNotMade, match="longer"):
        compile_apart(template, {"title": "Lettre", "lines": []}, made_at=MADE_AT)


def test_a_key_names_what_would_be_made(template: Path) -> None:
    data = {"title": "Lettre", "lines": ["a"]}
    first = document_key(template, data, made_at=MADE_AT)
    assert document_key(template, json.loads(json.dumps(data)), made_at=MADE_AT) == first
    assert document_key(template, {**data, "lines": ["b"]}, made_at=MADE_AT) != first
    assert document_key(template, data, made_at=MADE_AT.replace(hour=13)) != first
    assert document_key(template.with_name("other.typ"), data, made_at=MADE_AT) != first
    assert document_key(template, {**data, "title": "\ud83d"}, made_at=MADE_AT) != first
