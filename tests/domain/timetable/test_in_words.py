"""What the judge says reads as people write, in English and in French."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time

import pytest
from django.utils.translation import gettext, override

from parvis.domain.timetable.defaults import default_rules, in_order
from parvis.domain.timetable.in_words import in_words
from parvis.domain.timetable.placements import Place, Placements
from parvis.domain.timetable.problem import (
    Day,
    Group,
    InterpretationTeam,
    Intervention,
    Organisation,
    Person,
    Problem,
    Registration,
    Room,
    Session,
    Theme,
    Window,
)
from parvis.domain.timetable.rules import (
    KINDS,
    ChoicesApart,
    ChoicesFair,
    FormatLength,
    PlaceBefore,
    RoomOnce,
    Stability,
    WithinHours,
)
from parvis.domain.timetable.timeline import Timeline
from parvis.domain.timetable.verdicts import FormatName, Hours, Words
from parvis.domain.timetable.violations import Violation, violations
from tests.domain.timetable.strategies import kinds_for, placements_of, problem_of, rule_of, seeded

TIMELINE = Timeline.from_day("Europe/Paris", date(2025, 10, 23))
DAY = Day.on(TIMELINE, date(2025, 10, 23), time(9), time(18), 30)
HALF_PAST_TWO, FOUR = 14 * 60 + 30, 16 * 60
PROBLEM = Problem(
    TIMELINE,
    days=(DAY,),
    rooms=(
        Room("etoile", "La salle Étoile", 80, booths=1, formats=("workshop", "ceremony")),
        Room("marly", "La salle Marly", 250, building="Marly"),
    ),
    persons=(
        Person("minister", "M. Diop", (Window(FOUR, FOUR + 60),)),
        Person("president", "Awa Ndiaye"),
    ),
    groups=(Group("sn", "Sénégal", "president"),),
    themes=(Theme("water", "Eau", exclusive=True),),
    teams=(InterpretationTeam("ar", "Équipe arabe", ("fr", "ar")),),
    sessions=(
        Session(
            "x", "X", 90, "workshop", group="sn", themes=("water",), spoken=("fr",), interpreted=("ar",), enrolled=12
        ),
        Session(
            "y",
            "Y",
            60,
            "workshop",
            group="sn",
            themes=("water",),
            spoken=("fr",),
            interpreted=("ar", "en"),
            enrolled=43,
        ),
        Session("c", "Cérémonie", 90, "ceremony", enrolled=400, debate_min=60),
    ),
    interventions=(Intervention("c", "minister", "speaker", 45),),
    between_buildings_min=10,
    organisations=(Organisation("brest", "Brest"),),
    registrations=(
        *(Registration(f"i{n}", ("x", "y")) for n in range(41)),
        Registration("m", ("x", "y", "c"), ranked=True, organisation="brest"),
        Registration("n", ("x", "y"), organisation="brest"),
    ),
)
STOOD = (PlaceBefore("x", "etoile", HALF_PAST_TWO), PlaceBefore("y", "marly", FOUR, 30))
RULES = [
    *default_rules(PROBLEM),
    in_order("x", "c", 15),
    ChoicesApart(key="choices_apart", hard=False),
    Stability(key="stability", before=STOOD),
]


def say(words: Words, language: str) -> str:
    with override(language):
        return in_words(words, language, gettext)


def found(placements: dict[str, Place], rule: str) -> Violation:
    """Return a violation of a rule, or the one whose key was given."""
    return next(v for v in violations(PROBLEM, RULES, Placements(placements)) if rule in (v.rule, v.key))


X_THEN_Y = {"x": Place("etoile", HALF_PAST_TWO), "y": Place("etoile", HALF_PAST_TWO + 30)}
APART = {"x": Place("etoile", HALF_PAST_TWO), "y": Place("marly", HALF_PAST_TWO)}


@pytest.mark.parametrize(
    ("places", "rule", "card", "french", "english"),
    [
        (
            X_THEN_Y,
            "room_once",
            "y",
            "La salle Étoile reçoit déjà « X » de 14 h 30 à 16 h.",
            "La salle Étoile already receives “X” from 14.30 to 16.00.",
        ),
        (
            X_THEN_Y,
            "room_once",
            "",
            "La salle Étoile reçoit « X » et « Y » en même temps.",
            "La salle Étoile receives “X” and “Y” at the same time.",
        ),
        (
            APART,
            "person_once",
            "x",
            "Awa Ndiaye prend déjà part à « Y » de 14 h 30 à 15 h 30.",
            "Awa Ndiaye is already expected in “Y” from 14.30 to 15.30.",
        ),
        (
            APART,
            "interpretation_teams",
            "",
            "À 14 h 30, il faut plus d’équipes d’interprètes pour français–arabe et français–anglais (3) "
            "qu’il n’y en a (1) : « X » et « Y ».",
            "At 14.30, more teams of interpreters are needed for French–Arabic and French–English (3) "
            "than there are (1): “X” and “Y”.",
        ),
        (
            APART,
            "themes_apart",
            "y",
            "« X », de 14 h 30 à 16 h, partage un thème : Eau.",
            "“X” from 14.30 to 16.00 shares a theme: Eau.",
        ),
        (
            APART,
            "choices_apart",
            "",
            "« X » et « Y » sont en parallèle ; personnes qui ont choisi les deux : 43.",
            "“X” and “Y” are parallel; chosen both by: 43.",
        ),
        (
            APART,
            "choices_met/",
            "",
            "Les participants sans organisation perdent 82 des 164 points que valent leurs choix.",
            "Participants without an organisation lose 82 of the 164 points of their choices.",
        ),
        (
            APART,
            "choices_fair",
            "",
            "Points perdus par les participants les moins bien servis (5) : 13.",
            "What those who are served worst (5) lose of their choices is worth 13 points.",
        ),
        (
            APART,
            "delegations_covered",
            "",
            "Brest : des séances que sa délégation a choisies (3), ses membres (2) peuvent en suivre 2.",
            "Brest: of the sessions that its delegation chose (3), its people (2) can attend 2.",
        ),
        (
            {"y": Place("marly", FOUR)},
            "room_fits",
            "y",
            "« Y » demande peu de places (43) pour La salle Marly, qui en a 250.",
            "“Y” needs few seats (43) for La salle Marly, which has 250.",
        ),
        (
            APART,
            "parallel_balance",
            "x",
            "« X » (12) et « Y » (43) sont en parallèle et n’attirent pas le même nombre de personnes.",
            "“X” (12) and “Y” (43) are parallel and draw different numbers of people.",
        ),
        (
            {"x": Place("etoile", 9 * 60), "y": Place("marly", HALF_PAST_TWO)},
            "compact_days",
            "x",
            "« Y », de 14 h 30 à 15 h 30, est à 240 min d’écart, pour : Awa Ndiaye.",
            "“Y” from 14.30 to 15.30 is 240 min away, for: Awa Ndiaye.",
        ),
        (
            {"x": Place("etoile", 12 * 60)},
            "breaks_kept",
            "x",
            "« X », de 12 h à 13 h 30, prend 60 min sur une pause : jeudi 23 octobre, 12 h 30 – 14 h.",
            "“X”, from 12.00 to 13.30, takes 60 min of a break: Thursday 23 October, 12.30 – 14.00.",
        ),
        (
            X_THEN_Y,
            "stability",
            "x",
            "« Y » avait un autre créneau : La salle Marly, jeudi 23 octobre, 16 h – 17 h.",
            "“Y” stood in La salle Marly, Thursday 23 October, 16.00 – 17.00.",
        ),
        (
            {"y": Place("marly", FOUR)},
            "stability",
            "x",
            "« X » n’a plus de créneau ; c’était : La salle Étoile, jeudi 23 octobre, 14 h 30 – 16 h.",
            "“X” stood in La salle Étoile, Thursday 23 October, 14.30 – 16.00, and has no place now.",
        ),
        (
            {"c": Place("marly", FOUR)},
            "person_available",
            "c",
            "« Cérémonie », de 16 h à 17 h 30, sort des heures de présence : M. Diop (jeudi 23 octobre, 16 h – 17 h).",
            "“Cérémonie”, from 16.00 to 17.30, is outside the hours of: M. Diop (Thursday 23 October, 16.00 – 17.00).",
        ),
        (
            {"c": Place("marly", FOUR)},
            "room_capacity",
            "c",
            "« Cérémonie » demande plus de places (400) que n’en a La salle Marly (250).",
            "“Cérémonie” needs more seats (400) than La salle Marly has (250).",
        ),
        (
            {"c": Place("marly", 17 * 60)},
            "inside_days",
            "c",
            "« Cérémonie », de 17 h à 18 h 30, sort de la journée : jeudi 23 octobre, 9 h – 18 h.",
            "“Cérémonie”, from 17.00 to 18.30, is outside the day: Thursday 23 October, 9.00 – 18.00.",
        ),
        (
            {"c": Place("marly", FOUR)},
            "debate_time",
            "c",
            "« Cérémonie » dure 90 min : les interventions en prennent 45, et 60 sont pour le débat.",
            "“Cérémonie” lasts 90 min: the speakers take 45, and 60 are for debate.",
        ),
        (
            {"x": Place("etoile", FOUR), "c": Place("marly", FOUR + 90)},
            "in_order:x:c",
            "c",
            "« X » finit au moins 15 min avant que « Cérémonie » ne commence.",
            "“X” ends at least 15 min before “Cérémonie” begins.",
        ),
        ({}, "placed", "c", "« Cérémonie » n’a pas encore de créneau.", "“Cérémonie” has no place yet."),
    ],
)
def test_sentences(places: dict[str, Place], rule: str, card: str, french: str, english: str) -> None:
    violation = found(places, rule)
    words = violation.seen_from(card) if card else violation.words
    assert say(words, "en").replace("\u00a0", " ") == english
    assert say(words, "fr").replace("\u00a0", " ").replace("\u202f", " ") == french


def test_french_keeps_its_spaces() -> None:
    assert say(found(X_THEN_Y, "room_once").words, "fr").count("\u202f") == 4


def test_what_rules_say_of_themselves() -> None:
    windows = (Window(FOUR, FOUR + 60), Window(FOUR + 60, FOUR + 90), Window(23 * 60, 25 * 60))
    within = WithinHours(key="k", windows=windows).words(PROBLEM)
    assert say(within, "fr").replace("\u00a0", " ").replace("\u202f", " ") == (
        "Ces séances ont lieu dans ces heures : jeudi 23 octobre, 16 h – 17 h 30 et jeudi 23 octobre, 23 h – "
        "vendredi 24 octobre, 1 h."
    )
    micro = FormatLength(key="k", format="micro_workshop", least_min=20, most_min=20)
    assert say(micro.words(PROBLEM), "fr").replace("\u202f", " ") == "Micro-atelier : 20 min."
    turnover = RoomOnce(key="k", turnover_min=10).words(PROBLEM)
    fair = ChoicesFair(key="k").words(PROBLEM)
    assert say(fair, "en").endswith("what the 10 % who are served worst lose counts once more.")
    assert say(turnover, "en") == "A room receives one session at a time, with 10 min between two."


def test_never_and_what_has_no_name() -> None:
    words = Words("%(hours)s, %(formats)s", {"hours": (Hours("Awa", ()),), "formats": (FormatName("banquet"),)})
    assert say(words, "fr") == "Awa (à aucun moment), banquet"


@pytest.mark.parametrize("kind", KINDS)
def test_every_sentence_is_translated(kind: str) -> None:
    """Whatever a kind may say, of itself or of a fault, is said in French, with every place filled."""

    def check(words: Words, translate: Callable[[str], str]) -> None:
        assert translate(words.sentence) != words.sentence, words.sentence
        assert "%(" not in in_words(words, "fr", translate)

    with override("fr"):
        for seed in range(60):
            draw = seeded(seed)
            problem = problem_of(draw, draw.randint(2, 6), draw.randint(1, 3))
            if kind not in kinds_for(problem):
                continue
            rule = rule_of(draw, kind, problem)
            check(rule.words(problem), gettext)
            for violation in violations(problem, [rule], placements_of(draw, problem)):
                for words in (violation.words, *violation.sides.values()):
                    check(words, gettext)
