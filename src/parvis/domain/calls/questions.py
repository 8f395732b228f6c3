"""What a call asks besides the usual, and by which criteria proposals are judged: kept as JSON, read as records."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from parvis.domain.changes import TextTooLong
from parvis.domain.refusals import N_, Refusal
from parvis.domain.slugs import slug_of
from parvis.domain.text import one_line

LONGEST_ANSWER = 5000
USUAL_ANSWER = 800
LONGEST_LABEL = 200
HEAVIEST = 10
MOST_ROWS = 12
_KEY = 40


class QuestionUnnamed(Refusal):
    """A question that says something elsewhere needs its words in French."""

    sentence = N_("Write the question in French too: the site is in French first.")


class CriterionUnnamed(Refusal):
    """A criterion is named in French."""

    sentence = N_("Name the criterion in French too: the desk is in French first.")


class AnswerLengthImpossible(Refusal):
    """An answer is a few words to a few pages."""

    sentence = N_("An answer may have from 1 to %(most)s characters.")


class WeightImpossible(Refusal):
    """A weight is a small whole number."""

    sentence = N_("A weight is a whole number from 1 to %(most)s.")


class TooManyRows(Refusal):
    """A form of thirty questions is answered by nobody."""

    sentence = N_("At most %(most)s are possible: people must still want to answer.")


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a call's own."""

    key: str
    label_fr: str
    label_en: str = ""
    help_fr: str = ""
    help_en: str = ""
    required: bool = False
    longest: int = USUAL_ANSWER

    def label(self, language: str) -> str:
        """Return the question in a language, in French where it is not said in that one."""
        return (self.label_en if language == "en" else "") or self.label_fr

    def help(self, language: str) -> str:
        """Return the help in a language."""
        return (self.help_en if language == "en" else "") or self.help_fr


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion, scored from 0 to 5; a heavier one counts more in the mean."""

    key: str
    name_fr: str
    name_en: str = ""
    weight: int = 1

    def name(self, language: str) -> str:
        """Return its name in a language, in French where it has none in that one."""
        return (self.name_en if language == "en" else "") or self.name_fr


USUAL_CRITERIA = (
    Criterion("interet", "Intérêt pour les autres collectivités", "Interest for other authorities", 2),
    Criterion("experience", "Expérience vécue, résultats montrés", "First-hand experience, results shown", 2),
    Criterion("clarte", "Clarté et place laissée au débat", "Clarity, and room left for debate", 1),
)
# Where a call names no criterion, proposals are judged as a whole.
OVERALL = Criterion("ensemble", "Appréciation d’ensemble", "Overall", 1)


def read_questions(rows: Iterable[Mapping[str, Any]]) -> list[Question]:
    """Return the questions from their JSON; keys that are not known are passed over."""
    known = Question.__dataclass_fields__
    return [Question(**{name: value for name, value in row.items() if name in known}) for row in rows]


def read_criteria(rows: Iterable[Mapping[str, Any]]) -> list[Criterion]:
    """Return the criteria from their JSON; `OVERALL` where there are none."""
    known = Criterion.__dataclass_fields__
    return [Criterion(**{name: value for name, value in row.items() if name in known}) for row in rows] or [OVERALL]


def write_rows(rows: Iterable[Question | Criterion]) -> list[dict[str, Any]]:
    """Return questions or criteria as JSON."""
    return [asdict(row) for row in rows]


def key_for(label: str, taken: Collection[str]) -> str:
    """Return a key for a new row. It stays when the words change, because the answers hang on it."""
    return slug_of(label, taken, longest=_KEY).replace("-", "_")


def _line(text: str, field: str) -> str:
    line = one_line(text)
    if len(line) > LONGEST_LABEL:
        raise TextTooLong(most=LONGEST_LABEL, given=len(line), field=field)
    return line


def tidied_questions(rows: Iterable[Question]) -> list[Question]:
    """Return the questions that say anything, tidied, each with a key of its own.

    Raises `QuestionUnnamed`, `TextTooLong`, `AnswerLengthImpossible`, `TooManyRows`; `field` is `question_<n>_<what>`.
    """
    kept: list[Question] = []
    for number, row in enumerate(rows):
        label_fr, label_en, help_fr, help_en = (
            _line(getattr(row, name), f"question_{number}_{name}")
            for name in ("label_fr", "label_en", "help_fr", "help_en")
        )
        if not (label_fr or label_en or help_fr or help_en):
            continue
        if not label_fr:
            raise QuestionUnnamed(field=f"question_{number}_label_fr")
        if not 1 <= row.longest <= LONGEST_ANSWER:
            raise AnswerLengthImpossible(most=LONGEST_ANSWER, field=f"question_{number}_longest")
        taken = {other.key for other in kept}
        key = row.key if row.key and row.key not in taken else key_for(label_fr, taken)
        kept.append(Question(key, label_fr, label_en, help_fr, help_en, row.required, row.longest))
    if len(kept) > MOST_ROWS:
        raise TooManyRows(most=MOST_ROWS)
    return kept


def tidied_criteria(rows: Iterable[Criterion]) -> list[Criterion]:
    """Return the criteria that say anything, tidied, each with a key of its own.

    Raises `CriterionUnnamed`, `TextTooLong`, `WeightImpossible`, `TooManyRows`; `field` is `criterion_<n>_<what>`.
    """
    kept: list[Criterion] = []
    for number, row in enumerate(rows):
        name_fr, name_en = (_line(getattr(row, name), f"criterion_{number}_{name}") for name in ("name_fr", "name_en"))
        if not (name_fr or name_en):
            continue
        if not name_fr:
            raise CriterionUnnamed(field=f"criterion_{number}_name_fr")
        if not 1 <= row.weight <= HEAVIEST:
            raise WeightImpossible(most=HEAVIEST, field=f"criterion_{number}_weight")
        taken = {other.key for other in kept}
        key = row.key if row.key and row.key not in taken else key_for(name_fr, taken)
        kept.append(Criterion(key, name_fr, name_en, row.weight))
    if len(kept) > MOST_ROWS:
        raise TooManyRows(most=MOST_ROWS)
    return kept
