"""The mission: the demo edition's press release states every fact of the seed's, in our own words, from the data.

One test per fact and language. The figures' words link to definitions of a frozen snapshot.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from parvis.demo.load import EDITION, load_demo
from parvis.domain.communiques.document import Document, RunKind, from_json
from parvis.models import Communique
from parvis.queries.communiques import stale_facts
from parvis.queries.figures import count_figures

SEED = Path(__file__).resolve().parents[3] / "shared" / "seed" / "communique-2023.txt"
MINISTER = (
    "Dominique Faure, Ministre déléguée auprès du ministre de l’Intérieur et des Outre-mer et du ministre de la "
    "Transition écologique et de la Cohésion des territoires, chargée des Collectivités territoriales et de la Ruralité"
)

# (what the seed tells, the words that state it)
FACTS_FR = [
    ("edition number", "14e édition"),
    ("edition title", "Rencontres de l’action internationale des collectivités territoriales"),
    ("organiser", "organisée par Cités Unies France"),
    ("more than 500 participants", "plus de 500 participants"),
    ("130 French authorities", "130 collectivités territoriales françaises"),
    ("more than 30 countries", "plus de 30 pays"),
    ("foreign delegations", "délégations étrangères"),
    ("embassies", "ambassadeurs et représentants d’ambassades"),
    ("dateline", "Paris, le 20 septembre 2023"),
    ("dates", "les 18 et 19 septembre 2023"),
    ("two days of work", "deux journées de travaux"),
    ("place", "Cité des Sciences et de l’Industrie, à Paris"),
    (
        "theme",
        "Quelle contribution des collectivités territoriales à la résolution des grands enjeux mondiaux ?",
    ),
    ("theme rallied elected officials", "mobilisé les élus"),
    ("cancellation of the 13th", "la 13e édition avait dû être annulée"),
    ("cancelled on the day", "le jour même"),
    (
        "president with three mandates",
        "François Rebsamen, Président de Cités Unies France, Maire de Dijon et Président de Dijon Métropole",
    ),
    ("deputy mayor of Paris", "Dan Lert, Adjoint à la Maire de Paris"),
    (
        "what they recalled",
        "ce que l’action internationale des villes et des territoires a de nécessaire et de spécifique",
    ),
    ("plenary's plea", "plaidoyer"),
    ("accounts from different horizons", "témoignages d’horizons divers"),
    ("UN General Assembly", "Assemblée générale des Nations unies"),
    ("2030 Agenda at mid-term", "bilan à mi-parcours de l’Agenda 2030"),
    ("exchange between territories", "d’échanger, de mettre en commun leurs approches et de nouer des liens"),
    (
        "day one: country groups",
        "La première journée, le lundi 18 septembre, a été consacrée aux réunions de groupes-pays",
    ),
    ("two regional meetings", "deux réunions régionales, Afrique et Méditerranée"),
    ("day two: plenary", "La deuxième journée, le mardi 19 septembre, s’est ouverte sur la séance plénière"),
    ("eight workshops", "huit ateliers"),
    (
        "workshop 1",
        "L’action internationale au service du développement économique et de l’attractivité de nos territoires",
    ),
    (
        "workshop 2",
        "Accès à l’énergie et gouvernance locale : nouvelles opportunités pour développer les services essentiels",
    ),
    (
        "workshop 3",
        "Les collectivités face aux reculs et avancées des droits des femmes dans le monde : quel rôle pour l’AICT ?",
    ),
    (
        "workshop 4",
        "Éducation à la citoyenneté et à la solidarité internationale : mobilisation et innovations des collectivités "
        "territoriales",
    ),
    (
        "workshop 5",
        "Quels défis et réponses de la coopération décentralisée face à l’aggravation des changements climatiques ?",
    ),
    (
        "workshop 6",
        "À vos marques, prêt, partez ! Sport et coopération décentralisée à la veille des Jeux Olympiques et "
        "Paralympiques 2024",
    ),
    ("workshop 7", "Les ODD : quel référentiel pour les coopérations décentralisées ?"),
    (
        "workshop 8",
        "Coopération décentralisée dans les pays fragilisés par des crises de longue durée : difficultés, défis et "
        "solutions",
    ),
    ("complete list of speakers on the site", "La liste complète des intervenantes et des intervenants est publiée"),
    ("micro-workshops in parallel", "En parallèle"),
    ("micro-workshops of 20 minutes", "micro-ateliers de 20 minutes"),
    ("their purpose", "leurs initiatives, leurs projets et leurs démarches innovantes"),
    ("ceremony at the end of day one", "À la fin de la première journée, une cérémonie"),
    ("presidents honoured", "présidentes et présidents des groupes-pays et groupes thématiques"),
    ("the minister with her whole title", MINISTER),
    ("label after her speech", "Cette intervention a été suivie de la remise du label"),
    ("the label's name", "« Territoires unis et solidaires face aux crises »"),
    ("partner: ministry", "ministère de l’Europe et des Affaires étrangères"),
    ("partner: DAECT", "Délégation pour l’action extérieure des collectivités territoriales (DAECT)"),
    ("partner: AFD", "Agence française de développement (AFD)"),
    ("partner: PLATFORMA, co-funded", "le projet PLATFORMA, cofinancé par l’Union européenne"),
    ("thanks: members", "l’ensemble de ses adhérents"),
    ("thanks: speakers", "aux intervenantes et aux intervenants"),
    ("thanks: participants", "ceux qui ont participé à cette édition 2023"),
    ("next edition", "la 15e édition aura lieu en octobre 2024"),
    ("about", "À propos de Cités Unies France"),
    ("founded", "Créée en 1975"),
    ("federation's site", "www.cites-unies-france.org"),
    ("dedicated site", "Site dédié aux Rencontres : raict.org"),
    ("account", "@CitesUniesFR"),
    ("hashtag", "#RencontresAICT2023"),
]
FACTS_EN = [
    ("edition number", "14th edition"),
    ("more than 500 participants", "more than 500 participants"),
    ("130 French authorities", "130 French local authorities"),
    ("more than 30 countries", "more than 30 countries"),
    ("delegations and embassies", "foreign delegations, ambassadors and embassy representatives"),
    ("dateline", "Paris, 20 September 2023"),
    ("dates", "18 and 19 September 2023"),
    ("place", "Cité des Sciences et de l’Industrie, in Paris"),
    ("theme", "What contribution can local authorities make to meeting the great global challenges?"),
    ("cancellation", "the 13th edition had to be cancelled on the very day of its opening"),
    (
        "president",
        "François Rebsamen, President of Cités Unies France, Mayor of Dijon and President of Dijon Métropole",
    ),
    ("deputy mayor", "Dan Lert, Deputy Mayor of Paris"),
    ("UN General Assembly", "United Nations General Assembly"),
    ("2030 Agenda", "2030 Agenda"),
    ("day one", "meetings of country groups and two regional meetings, on Africa and the Mediterranean"),
    ("eight workshops", "eight workshops"),
    ("a workshop", "Access to energy and local governance: new opportunities to develop essential services"),
    ("micro-workshops", "micro-workshops of 20 minutes"),
    ("speakers", "complete list of speakers"),
    ("ceremony", "At the end of the first day, a ceremony honoured presidents"),
    ("minister", "Dominique Faure, Minister Delegate to the Minister of the Interior and Overseas"),
    ("label", "“Territories united in solidarity in the face of crises”"),
    ("partners", "the PLATFORMA project, co-funded by the European Union"),
    ("thanks", "all its members, to the speakers and to everyone who took part"),
    ("next edition", "the 15th edition will be held in October 2024"),
    ("about", "Founded in 1975"),
    ("addresses", "www.cites-unies-france.org"),
    ("hashtag", "#RencontresAICT2023"),
]


pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Communique]:
    """Load the demo once for this module, inside a transaction that is taken back at its end."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_demo()
        yield Communique.objects.get(edition__slug=EDITION)
        transaction.set_rollback(True)


def _document(communique: Communique, language: str) -> Document:
    return from_json(communique.texts.get(language=language).document)


def _read(document: Document) -> str:
    """The text as a person reads it: ordinary blanks, « 14e » for « 14ᵉ »."""
    text = document.plain_text().replace("\u202f", " ").replace("\u00a0", " ")
    return " ".join(text.replace("ᵉ", "e").split())


@pytest.mark.parametrize(("fact", "words"), FACTS_FR, ids=[fact for fact, _ in FACTS_FR])
def test_fact_in_french(demo: Communique, fact: str, words: str) -> None:
    assert words in _read(_document(demo, "fr"))


@pytest.mark.parametrize(("fact", "words"), FACTS_EN, ids=[fact for fact, _ in FACTS_EN])
def test_fact_in_english(demo: Communique, fact: str, words: str) -> None:
    assert words in _read(_document(demo, "en"))


@pytest.mark.parametrize("language", ["fr", "en"])
def test_nothing_is_missing_and_figures_lead_to_definitions(demo: Communique, language: str) -> None:
    document = _document(demo, language)
    assert document.missing() == []
    codes = {run.target for block in document.blocks for run in block.runs() if run.kind == RunKind.FIGURE}
    assert {"present", "french_authorities_present", "countries_present", "workshops"} <= codes


def test_the_figures_are_those_of_the_seed(demo: Communique) -> None:
    figures = {code: figure.value for code, figure in count_figures(demo.edition_id).items()}
    assert figures["present"] == 512
    assert figures["french_authorities_present"] == 130
    assert figures["countries_present"] == 31
    assert figures["workshops"] == 8
    assert figures["registered"] > figures["present"]
    assert figures["absent"] > 0
    assert figures["walk_ins"] > 0


def test_fictional_laureates_are_not_told_to_the_press(demo: Communique) -> None:
    text = _read(_document(demo, "fr"))
    assert "Dunkerque" not in text
    assert demo.facts["ceremony"]["awards"][0]["laureates"] == []


def test_it_is_not_stale_until_the_data_changes(demo: Communique) -> None:
    assert stale_facts(demo) == []
    edition = demo.edition
    with transaction.atomic():
        type(edition).objects.filter(pk=edition.pk).update(theme_fr="Un autre fil rouge")
        assert stale_facts(demo) == ["theme"]
        transaction.set_rollback(True)


def test_it_is_in_our_own_words(demo: Communique) -> None:
    """No sentence of the seed stands in ours, titles and official names apart."""
    if not SEED.exists():
        pytest.skip(f"the seed is not at {SEED}")

    def bare(text: str) -> str:
        text = " ".join(text.replace("’", "'").lower().split())
        for name in names:
            text = text.replace(name, "…")
        return text

    titles = {
        words
        for fact, words in FACTS_FR
        if fact.startswith(("workshop", "theme", "edition title", "partner", "president with", "deputy"))
    }
    titles |= {"Territoires unis et solidaires face aux crises", "Cités Unies France"}
    names = [" ".join(words.replace("’", "'").lower().split()) for words in (*titles, MINISTER.partition(", ")[2])]
    ours, seed = bare(_read(_document(demo, "fr"))), bare(SEED.read_text(encoding="utf-8"))
    for start in range(0, len(seed) - 70, 10):
        piece = seed[start : start + 70]
        assert piece not in ours, piece
