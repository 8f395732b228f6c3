"""Compiles documents to PDF with typst: tagged PDF/UA-1, our own fonts only, and no user text as markup."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import typst

from parvis.gateways import typst_press
from parvis.gateways.typst_text import FONTS, printable

LONGEST_S = 120  # a document that takes longer is given up


class DocumentNotMade(Exception):
    """The compiler refused a document, or took too long; the message is its own."""


@dataclass
class _Press:
    """A compiler that has read its template and the fonts once. It cannot be lent to two threads at a time."""

    compiler: typst.Compiler
    turn: threading.Lock = field(default_factory=threading.Lock)


@cache
def _press(template: Path) -> _Press:
    return _Press(
        typst.Compiler(
            input=str(template), root=str(template.parent), font_paths=[str(FONTS)], ignore_system_fonts=True
        )
    )


@cache
def _means(template: Path) -> str:
    """Return a print of all that shapes a document besides its data: templates, fonts, the compiler."""
    digest = hashlib.sha256(f"{template.name} typst {version('typst')}".encode())
    for path in sorted([*template.parent.glob("*.typ"), *FONTS.glob("*.ttf")]):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


def document_key(template: Path, data: Mapping[str, Any], *, made_at: datetime) -> str:
    """Return a name for what `compile_pdf` would make of these: the same name, the same bytes."""
    said = json.dumps(data, ensure_ascii=False, sort_keys=True).encode("utf-8", "surrogatepass")
    return hashlib.sha256(f"{_means(template)} {int(made_at.timestamp())} ".encode() + said).hexdigest()


def compile_pdf(template: Path, data: Mapping[str, Any], *, made_at: datetime) -> bytes:
    """Return the PDF of `template` filled with `data`, which the template reads as JSON from `sys.inputs.data`.

    PDF/UA-1: the template must set the document's title and language and give every picture a description. Characters
    that no font has are shown as U+FFFD. Calls for one template take turns; other threads go on meanwhile.
    """
    inputs = {"data": json.dumps(printable(data), ensure_ascii=False)}
    press = _press(template)
    with press.turn:
        pdf = press.compiler.compile(
            format="pdf", pdf_standards="ua-1", timestamp=int(made_at.timestamp()), sys_inputs=inputs
        )
    if not isinstance(pdf, bytes):
        raise TypeError("typst returned several files where one PDF was asked for")
    return pdf


def compile_apart(template: Path, data: Mapping[str, Any], *, made_at: datetime) -> bytes:
    """Return the same PDF as `compile_pdf`, made in a process of its own: for documents of hundreds of pages.

    Its memory (some 400 MB at 600 sessions) is given back, and it is ended after `LONGEST_S`. Raises `DocumentNotMade`.
    """
    command = [sys.executable, typst_press.__file__, str(template), str(FONTS), str(int(made_at.timestamp()))]
    inputs = json.dumps(printable(data), ensure_ascii=False).encode()
    try:
        done = subprocess.run(command, input=inputs, capture_output=True, check=True, timeout=LONGEST_S)  # noqa: S603 - our own script
    except subprocess.CalledProcessError as error:
        raise DocumentNotMade(error.stderr.decode(errors="replace")[-2000:]) from None
    except subprocess.TimeoutExpired:
        raise DocumentNotMade(f"{template.name} took longer than {LONGEST_S} s") from None
    return done.stdout
