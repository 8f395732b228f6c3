"""How mandates are written in French and English."""

from __future__ import annotations

import pytest

from parvis.domain.people.mandates import mandate_label, of_organisation_fr, with_article_fr


@pytest.mark.parametrize(
    ("name", "joined"),
    [
        ("Dijon", "de Dijon"),
        ("Dijon Métropole", "de Dijon Métropole"),
        ("Cités Unies France", "de Cités Unies France"),
        ("Orléans", "d’Orléans"),
        ("Évreux", "d’Évreux"),
        ("Hérouville-Saint-Clair", "d’Hérouville-Saint-Clair"),
        ("Le Mans", "du Mans"),
        ("Les Mureaux", "des Mureaux"),
        ("La Rochelle", "de La Rochelle"),
        ("Ministère de l’Intérieur", "du ministère de l’Intérieur"),
        ("Agence française de développement", "de l’Agence française de développement"),
        ("Région Bretagne", "de la région Bretagne"),
        ("Département de l’Isère", "du département de l’Isère"),
    ],
)
def test_of(name: str, joined: str) -> None:
    assert of_organisation_fr(name) == joined


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Ministère de l’Europe et des Affaires étrangères", "le ministère de l’Europe et des Affaires étrangères"),
        ("Agence française de développement", "l’Agence française de développement"),
        ("Union européenne", "l’Union européenne"),
        ("PLATFORMA", "PLATFORMA"),
    ],
)
def test_article(name: str, written: str) -> None:
    assert with_article_fr(name) == written


def test_labels() -> None:
    assert mandate_label(title="Maire", organisation="Dijon", language="fr") == "Maire de Dijon"
    assert mandate_label(title="Mayor", organisation="Dijon", language="en") == "Mayor of Dijon"
    assert mandate_label(title="", organisation="Dijon", language="fr") == "Dijon"
    assert mandate_label(title="Maire de Dijon", organisation="Dijon", language="fr") == "Maire de Dijon"
    assert mandate_label(title="Maire", organisation="Dijon", language="fr", override="Élu") == "Élu"
    assert mandate_label(title="Ministre", organisation="État", language="fr", function="minister") == "Ministre"
