"""The frab/voc schemas. They stand beside the repository, which does not copy them (../shared/formats/README.md)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft6Validator, FormatChecker
from lxml import etree

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "formats"


def _file(name: str) -> Path:
    path = FOLDER / name
    if not path.is_file():
        pytest.skip(f"{name} is missing: the schema of frab/voc is expected in {FOLDER}")
    return path


def faults_of_xml(body: bytes) -> list[str]:
    """Return what the schema of schedule.xml objects to."""
    schema = etree.XMLSchema(etree.parse(str(_file("schedule.xsd"))))
    schema.validate(etree.fromstring(body))
    return [f"{error.line}: {error.message}" for error in schema.error_log]


def faults_of_json(body: bytes) -> list[str]:
    """Return what the schema of schedule.json objects to."""
    schema: dict[str, Any] = json.loads(_file("schedule.schema.json").read_text(encoding="utf-8"))
    checker = Draft6Validator(schema, format_checker=FormatChecker())
    return [f"{error.json_path}: {error.message}" for error in checker.iter_errors(json.loads(body))]
