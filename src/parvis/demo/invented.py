"""Names for the people whom the demo invents; every one of them is imported with « Fictif : oui »."""

from __future__ import annotations

# Names are parted by blanks; « _ » stands for a blank inside a name.
_NAMES = {
    "women_fr": """
Agathe Alix Amandine Ambre Anaëlle Anne Aurore Bérengère Blandine Camille Capucine Carole Cécile Céline Charlène
Chloé Clarisse Clémence Constance Delphine Diane Édith Élise Elsa Émilie Emmanuelle Estelle Eugénie Fabienne Fanny
Florence Gaëlle Garance Géraldine Hortense Ingrid Irène Jeanne Joséphine Judith Juliette Karine Laure Léonie Lise
Louise Lucile Maëlle Manon Margaux Marianne Mathilde Maud Mélanie Muriel Myriam Noémie Océane Ophélie Pascale
Pauline Perrine Rachel Régine Romane Sabine Salomé Sandrine Servane Solène Sophie Suzanne Tiphaine Valérie Véronique
Victoire Violette Yaëlle Zoé
""",
    "men_fr": """
Adrien Alban Anselme Antoine Armand Arnaud Aurélien Barnabé Basile Benoît Bertrand Briac Cédric Charles Clément
Corentin Cyprien Damien Denis Édouard Éloi Émile Fabrice Félix Firmin Florian Franck Gabin Gaspard Gauthier Germain
Ghislain Gildas Grégoire Guillaume Hadrien Henri Hervé Hugo Jacques Jérôme Joël Joris Jules Julien Léonard Lionel
Loïc Luc Maël Malo Marceau Martin Mathis Maxence Nicolas Norbert Octave Olivier Paul Pierrick Quentin Raphaël Rémi
Renaud Robin Roland Romain Samuel Simon Tanguy Théo Thibault Timothée Tristan Ulysse Valentin Victor Vincent Yann
Yves
""",
    "last_fr": """
Abadie Allègre Amiot Ancelin Arbogast Aubrac Baillargeon Barbotin Bazire Beaufils Bélanger Berthelot Bessière
Blanchet Boisseau Bonnardel Boucheron Bourdin Brémond Brossard Cadiou Caillaud Cantagrel Carpentras Cassagne Chabrol
Champeau Chassagnon Clavier Coatanlem Corbineau Courtois Cousinié Dagorn Daubigny Delamarre Delestre Desrosiers
Ducasse Dufresnoy Dumoulin Escoffier Espinasse Fabrègue Ferrandis Flamant Fourcade Fromentin Gaillot Garrigou
Gaudefroy Gicquel Gombert Goulard Grandjean Grosbois Guéguen Guérineau Hamelin Haudebourg Hennequin Hourcade
Jacquemin Jaffré Jourdain Joubert Kerloc’h Labrousse Lacombe Lagarrigue Lamarque Larrieu Lavergne Lebrasseur Lefranc
Lemasson Lestienne Loiseau Lozach Maillard Malaval Marchandeau Massieu Mazières Mercadier Montagnac Morizot Nadaud
Nicolaï Ollivier Orsini Pacaud Paillet Pelissier Perrineau Peyrat Pinchon Poulain Prigent Quillévéré Ravel Reboul
Rivoire Roquefeuil Rousselin Sabatier Salvan Sauvageot Ségalen Sicard Soulas Tardieu Teissier Thuillier Toulouzan
Trévisan Vacher Valette Vauquelin Verdier Vignal Villeneuve Wattier Ybert
""",
    "women_africa": """
Aminata Fatou Awa Mariam Rokia Adjoa Ngozi Wanjiru Hadja Bintou Zainab Solange Espérance Clarisse
""",
    "men_africa": """
Moussa Ibrahima Ousmane Kwame Kofi Mamadou Abdoulaye Jean-Bosco Tendai Emeka Célestin Dieudonné
""",
    "last_africa": """
Diarra Ouédraogo Traoré Mbaye Ndiaye Kouassi Ahouansou Mensah Mbarga Rakotoarisoa Bamba Sow Kaboré Nkurunziza Tchala
Moukouri
""",
    "women_maghreb": """
Salma Imane Leïla Nour Hanane Rania Yasmine Dalal
""",
    "men_maghreb": """
Youssef Karim Hichem Anis Walid Tarek Sami Nizar
""",
    "last_maghreb": """
Benkirane Zerhouni Mansouri Trabelsi Haddad Khoury Barghouti Bensalem Jaziri Nassar
""",
    "women_europe": """
Katarzyna Elena Ingrid Giulia Marta Anke Ioana Sofia
""",
    "men_europe": """
Tomasz Jürgen Paolo Miguel Andrei Lars Stefan Dimitri
""",
    "last_europe": """
Kowalczyk Lindqvist Moretti Fernandes Popescu Weber Papadakis Novák Horvat
""",
    "women_americas": """
Lucía Valentina Marisol Nathalie Emily Beatriz Rosalie
""",
    "men_americas": """
Diego Mateo Jean-Robert Michael Rodrigo Esteban
""",
    "last_americas": """
Quispe Restrepo Charlemagne Oliveira Whitfield Tremblay Cárdenas Desrouleaux
""",
    "women_asia": """
Thi_Mai Ananya Sopheap Anahit Hui Yuki Layla
""",
    "men_asia": """
Van_Minh Rajesh Dara Armen Wei Kenji Omar
""",
    "last_asia": """
Nguyen Sharma Chea Petrosyan Zhang Tanaka Al-Rashid Tran
""",
}


def _words(key: str) -> list[str]:
    return [name.replace("_", " ") for name in _NAMES[key].split()]


WOMEN_FR, MEN_FR, LAST_FR = _words("women_fr"), _words("men_fr"), _words("last_fr")
# First and last names by part of the world, for the guests: (women, men, last names).
GUEST_NAMES = {
    part: (_words(f"women_{part}"), _words(f"men_{part}"), _words(f"last_{part}"))
    for part in ("africa", "maghreb", "europe", "americas", "asia")
}

# Towns and regions abroad that send a delegation: (name, country code, names to draw from).
FOREIGN_AUTHORITIES = (
    ("Cotonou", "BJ", "africa"),
    ("Porto-Novo", "BJ", "africa"),
    ("Ouagadougou", "BF", "africa"),
    ("Douala", "CM", "africa"),
    ("Association des communes du Centre", "CM", "africa"),
    ("Moroni", "KM", "africa"),
    ("Antananarivo", "MG", "africa"),
    ("Région Atsimo-Andrefana", "MG", "africa"),
    ("Kayes", "ML", "africa"),
    ("Nouakchott", "MR", "africa"),
    ("Saint-Louis", "SN", "africa"),
    ("Dakar", "SN", "africa"),
    ("Lomé", "TG", "africa"),
    ("Abidjan", "CI", "africa"),
    ("Kinshasa", "CD", "africa"),
    ("Rabat", "MA", "maghreb"),
    ("Région de l’Oriental", "MA", "maghreb"),
    ("Tunis", "TN", "maghreb"),
    ("Sfax", "TN", "maghreb"),
    ("Ramallah", "PS", "maghreb"),
    ("Tripoli", "LB", "maghreb"),
    ("Leipzig", "DE", "europe"),
    ("Łódź", "PL", "europe"),
    ("Turin", "IT", "europe"),
    ("Cluj-Napoca", "RO", "europe"),
    ("Les Cayes", "HT", "americas"),
    ("Medellín", "CO", "americas"),
    ("Ville de Québec", "CA", "americas"),
    ("Hanoï", "VN", "asia"),
    ("Erevan", "AM", "asia"),
)
# Embassies; those after the first eight come from countries that no delegation represents.
EMBASSIES = (
    ("Ambassade du Bénin", "BJ", "africa"),
    ("Ambassade du Cameroun", "CM", "africa"),
    ("Ambassade de Madagascar", "MG", "africa"),
    ("Ambassade du Sénégal", "SN", "africa"),
    ("Ambassade de Tunisie", "TN", "maghreb"),
    ("Ambassade du Maroc", "MA", "maghreb"),
    ("Ambassade d’Arménie", "AM", "asia"),
    ("Ambassade de Colombie", "CO", "americas"),
    ("Ambassade de Guinée", "GN", "africa"),
    ("Ambassade du Gabon", "GA", "africa"),
    ("Ambassade du Cap-Vert", "CV", "africa"),
    ("Ambassade d’Équateur", "EC", "americas"),
    ("Ambassade de Géorgie", "GE", "asia"),
    ("Ambassade du Népal", "NP", "asia"),
    ("Ambassade de Grèce", "GR", "europe"),
)
# Registered, and nobody came.
ABSENT_ABROAD = (
    ("Niamey", "NE", "africa", "foreign_authority"),
    ("Ambassade du Kenya", "KE", "africa", "embassy"),
)
OTHER_ORGANISATIONS = (
    ("Ministère de l’Europe et des Affaires étrangères", "ministry", 5),
    ("Délégation pour l’action extérieure des collectivités territoriales", "ministry", 6),
    ("Agence française de développement", "agency", 8),
    ("PLATFORMA", "project", 2),
    ("Cités Unies France", "federation", 14),
    ("Association Rives et Partage", "association", 6),
    ("Réseau Eau et Territoires solidaires", "association", 6),
    ("Fondation Horizon commun", "association", 5),
    ("Collectif Jeunesses en réciprocité", "association", 6),
    ("Université des Deux Rives", "university", 7),
    ("Institut d’études des relations entre territoires", "university", 5),
    ("Agence régionale de coopération Trait d’union", "association", 6),
    ("Atelier Vivace ingénierie", "company", 4),
    ("La Gazette des échanges", "press", 3),
    ("Radio Parvis", "press", 2),
)
