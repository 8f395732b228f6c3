"""How the frozen figures of a release are shown: four on the front page, all of them with their definitions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.utils.translation import gettext

from parvis.domain.figures.definitions import TOPIC_NAMES, Topic, Unit
from parvis.domain.programme.release import FigureContent, ReleaseContent, in_language

# The front page shows what happened once it did, and until then what is registered.
AFTERWARDS = ("present", "french_authorities_present", "countries_present", "workshops")
BEFOREHAND = ("registered", "french_authorities_registered", "countries_registered", "workshops")


@dataclass(frozen=True, slots=True)
class FigureView:
    """One figure: its value, its name, its definition, and how it breaks down."""

    code: str
    value: int
    percent: bool
    name: str
    definition: str
    by_day: list[tuple[date, int]]
    numerator: int | None
    denominator: int | None
    undeclared: int | None


def _view(figure: FigureContent, language: str) -> FigureView:
    parts = figure.parts
    by_day = [(date.fromisoformat(key), value) for key, value in sorted(parts.items()) if key[:1].isdigit()]
    return FigureView(
        code=figure.code,
        value=figure.value,
        percent=figure.unit == Unit.PERCENT,
        name=in_language(figure.name, language),
        definition=in_language(figure.definition, language),
        by_day=by_day,
        numerator=parts.get("numerator"),
        denominator=parts.get("denominator"),
        undeclared=parts.get("undeclared"),
    )


def by_topic(content: ReleaseContent, language: str) -> list[tuple[str, list[FigureView]]]:
    """Return every public figure of the snapshot under the name of its topic."""
    figures = content.figures.figures if content.figures else []
    return [
        (gettext(TOPIC_NAMES[Topic(topic)]), [_view(figure, language) for figure in found])
        for topic, found in groupby(figures, key=lambda figure: figure.topic)
    ]


def front_page(content: ReleaseContent, language: str) -> list[FigureView]:
    """Return the four figures of the front page; none where nothing was frozen, or nothing was counted yet."""
    if content.figures is None:
        return []
    known = {figure.code: figure for figure in content.figures.figures}
    happened = "present" in known and known["present"].value > 0
    codes = AFTERWARDS if happened else BEFOREHAND
    return [_view(known[code], language) for code in codes if code in known and known[code].value]
