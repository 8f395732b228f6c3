"""Countries: their codes, their names in four languages, the part of the world where they lie.

Names come from CLDR (through Babel); what people write besides stands in `_ALSO`.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache

from babel import Locale

from parvis.domain.refusals import N_
from parvis.domain.text import fold

LANGUAGES = ("fr", "en", "es", "ar")


class WorldPart(StrEnum):
    """The part of the world where a country lies, after the UN's M49, with Cyprus counted in Europe."""

    AFRICA = "africa"
    AMERICAS = "americas"
    ASIA = "asia"
    EUROPE = "europe"
    OCEANIA = "oceania"


WORLD_PART_NAMES: dict[WorldPart, str] = {
    WorldPart.AFRICA: N_("Africa"),
    WorldPart.AMERICAS: N_("Americas"),
    WorldPart.ASIA: N_("Asia"),
    WorldPart.EUROPE: N_("Europe"),
    WorldPart.OCEANIA: N_("Oceania"),
}

_CODES: dict[WorldPart, str] = {
    WorldPart.AFRICA: (
        "AO BF BI BJ BW CD CF CG CI CM CV DJ DZ EG EH ER ET GA GH GM GN GQ GW KE KM LR LS LY MA MG ML MR MU MW MZ "
        "NA NE NG RE RW SC SD SH SL SN SO SS ST SZ TD TG TN TZ UG YT ZA ZM ZW IO TF"
    ),
    WorldPart.AMERICAS: (
        "AG AI AR AW BB BL BM BO BQ BR BS BV BZ CA CL CO CR CU CW DM DO EC FK GD GF GL GP GS GT GY HN HT JM KN KY LC "
        "MF MQ MS MX NI PA PE PM PR PY SR SV SX TC TT US UY VC VE VG VI"
    ),
    WorldPart.ASIA: (
        "AE AF AM AZ BD BH BN BT CN GE HK ID IL IN IQ IR JO JP KG KH KP KR KW KZ LA LB LK MM MN MO MV MY NP OM PH PK "
        "PS QA SA SG SY TH TJ TL TM TR TW UZ VN YE"
    ),
    WorldPart.EUROPE: (
        "AD AL AT AX BA BE BG BY CH CY CZ DE DK EE ES FI FO FR GB GG GI GR HR HU IE IM IS IT JE LI LT LU LV MC MD ME "
        "MK MT NL NO PL PT RO RS RU SE SI SJ SK SM UA VA XK"
    ),
    WorldPart.OCEANIA: "AS AU CC CK CX FJ FM GU HM KI MH MP NC NF NR NU NZ PF PG PN PW SB TK TO TV UM VU WF WS",
}

WORLD_PARTS: dict[str, WorldPart] = {code: part for part, codes in _CODES.items() for code in codes.split()}
WORLD_PARTS["AQ"] = WorldPart.OCEANIA  # Antarctica has no local authorities; it must lie somewhere

# Countries with a shore on the Mediterranean.
_MEDITERRANEAN = "AL BA CY DZ EG ES FR GI GR HR IL IT LB LY MA MC ME MT PS SI SY TN TR"
MEDITERRANEAN: frozenset[str] = frozenset(_MEDITERRANEAN.split())


_ALSO: dict[str, tuple[str, ...]] = {
    "AE": ("Émirats", "EAU", "UAE", "Emirates"),
    "BA": ("Bosnie", "Bosnia"),
    "BF": ("Burkina",),
    "BN": ("Brunei Darussalam",),
    "BO": ("État plurinational de Bolivie",),
    "CD": (
        "RDC",
        "R.D.C.",
        "RD Congo",
        "RD du Congo",
        "République démocratique du Congo",
        "Congo-Kinshasa",
        "Congo (RDC)",
        "DRC",
        "DR Congo",
        "Democratic Republic of the Congo",
        "Zaïre",
    ),
    "CF": ("RCA", "Centrafrique", "CAR"),
    "CG": ("Congo", "République du Congo", "Congo Brazzaville", "Republic of the Congo"),
    "CI": ("Côte d’Ivoire", "Ivory Coast", "RCI"),
    "CN": ("République populaire de Chine", "PRC", "People’s Republic of China"),
    "CV": ("Cap-Vert", "Cape Verde", "Cabo Verde"),
    "CZ": ("République tchèque", "Czech Republic"),
    "DE": ("République fédérale d’Allemagne", "RFA"),
    "DO": ("Rép. dominicaine",),
    "FM": ("Micronésie",),
    "GB": (
        "RU",
        "UK",
        "U.K.",
        "Grande-Bretagne",
        "Great Britain",
        "Angleterre",
        "England",
        "Écosse",
        "Scotland",
        "Pays de Galles",
        "Wales",
        "Irlande du Nord",
        "Northern Ireland",
        "Royaume-Uni de Grande-Bretagne et d’Irlande du Nord",
    ),
    "GN": ("Guinée-Conakry", "Guinée Conakry", "République de Guinée"),
    "GW": ("Guinée Bissau",),
    "HK": ("Hong Kong", "Hong-Kong"),
    "IR": ("République islamique d’Iran", "Islamic Republic of Iran"),
    "KP": ("RPDC", "DPRK"),
    "KR": ("Corée", "Korea", "République de Corée", "Republic of Korea"),
    "LA": ("RDP lao", "Lao PDR"),
    "LY": ("Libyan Arab Jamahiriya",),
    "MD": ("République de Moldavie", "Republic of Moldova"),
    "MK": ("Macédoine", "ARYM", "Macedonia", "FYROM"),
    "MM": ("Birmanie", "Burma"),
    "MR": ("République islamique de Mauritanie",),
    "NL": ("Hollande", "Holland", "The Netherlands"),
    "PS": (
        "Palestine",
        "État de Palestine",
        "State of Palestine",
        "Territoires palestiniens occupés",
        "Autorité palestinienne",
        "Cisjordanie",
    ),
    "RU": ("Fédération de Russie", "Russian Federation"),
    "SA": ("Royaume d’Arabie saoudite", "KSA"),
    "SY": ("République arabe syrienne", "Syrian Arab Republic"),
    "SZ": ("Swaziland",),
    "TL": ("Timor-Leste", "Timor oriental", "East Timor"),
    "TR": ("Turquie", "Türkiye", "Turkey"),
    "TW": ("Taïwan", "Taipei chinois", "Chinese Taipei"),
    "TZ": ("République-Unie de Tanzanie", "United Republic of Tanzania"),
    "US": ("USA", "U.S.A.", "États-Unis d’Amérique", "United States of America", "EUA", "Amérique"),
    "VA": ("Vatican", "Saint-Siège", "Holy See"),
    "VE": ("République bolivarienne du Venezuela",),
    "VN": ("Viet Nam", "Viêt Nam"),
    "XK": ("Kosovo",),
}

# Three-letter codes that files of other systems bear, for the countries that are met most.
_ALPHA_3 = (
    "AFG:AF ALB:AL DZA:DZ AND:AD AGO:AO ARG:AR ARM:AM AUS:AU AUT:AT AZE:AZ BEL:BE BEN:BJ BGD:BD BGR:BG BFA:BF BDI:BI "
    "BIH:BA BOL:BO BRA:BR BWA:BW KHM:KH CMR:CM CAN:CA CPV:CV CAF:CF TCD:TD CHL:CL CHN:CN COL:CO COM:KM COG:CG COD:CD "
    "CRI:CR CIV:CI HRV:HR CUB:CU CYP:CY CZE:CZ DNK:DK DJI:DJ DOM:DO ECU:EC EGY:EG SLV:SV ESP:ES EST:EE ETH:ET FIN:FI "
    "FRA:FR GAB:GA GMB:GM GEO:GE DEU:DE GHA:GH GRC:GR GTM:GT GIN:GN GNB:GW HTI:HT HND:HN HUN:HU ISL:IS IND:IN IDN:ID "
    "IRN:IR IRQ:IQ IRL:IE ISR:IL ITA:IT JAM:JM JPN:JP JOR:JO KAZ:KZ KEN:KE KOR:KR KWT:KW LAO:LA LVA:LV LBN:LB LBY:LY "
    "LTU:LT LUX:LU MDG:MG MWI:MW MYS:MY MLI:ML MLT:MT MRT:MR MUS:MU MEX:MX MDA:MD MCO:MC MNG:MN MNE:ME MAR:MA MOZ:MZ "
    "NAM:NA NPL:NP NLD:NL NZL:NZ NIC:NI NER:NE NGA:NG MKD:MK NOR:NO OMN:OM PAK:PK PSE:PS PAN:PA PRY:PY PER:PE PHL:PH "
    "POL:PL PRT:PT QAT:QA ROU:RO RUS:RU RWA:RW SAU:SA SEN:SN SRB:RS SYC:SC SLE:SL SGP:SG SVK:SK SVN:SI SOM:SO ZAF:ZA "
    "LKA:LK SDN:SD SWE:SE CHE:CH SYR:SY TWN:TW TZA:TZ THA:TH TGO:TG TUN:TN TUR:TR UGA:UG UKR:UA ARE:AE GBR:GB USA:US "
    "URY:UY UZB:UZ VEN:VE VNM:VN YEM:YE ZMB:ZM ZWE:ZW"
)


@dataclass(frozen=True, slots=True)
class Country:
    """One country. `code` is ISO 3166-1 alpha-2 (XK for Kosovo)."""

    code: str
    part: WorldPart
    mediterranean: bool

    def name(self, language: str) -> str:
        """Return the country's name in "fr", "en", "es" or "ar"; in English for any other language."""
        return _names(language if language in LANGUAGES else "en")[self.code]


@dataclass(frozen=True, slots=True)
class CountryRecognition:
    """What `recognise_country` found: the country, or else up to three codes that the text resembles."""

    country: Country | None
    suggestions: tuple[Country, ...] = ()


@cache
def _names(language: str) -> dict[str, str]:
    territories = Locale.parse(language).territories
    return {code: str(territories[code]) for code in WORLD_PARTS}


@cache
def countries() -> dict[str, Country]:
    """Return every country by its code."""
    return {code: Country(code, part, code in MEDITERRANEAN) for code, part in WORLD_PARTS.items()}


def country_name(code: str, language: str) -> str:
    """Return the name of the country `code`, or the code itself where it is not one."""
    country = countries().get(code.upper())
    return country.name(language) if country else code


def _without_article(folded: str) -> str:
    for article in ("le ", "la ", "les ", "l ", "the ", "el ", "republique du ", "republique de ", "republic of "):
        if folded.startswith(article) and len(folded) > len(article) + 2:
            return folded[len(article) :]
    return folded


def _ways_to_write() -> Iterable[tuple[str, str]]:
    for language in LANGUAGES:
        for code, name in _names(language).items():
            yield fold(name), code
    for code, names in _ALSO.items():
        for name in names:
            yield fold(name), code
    for pair in _ALPHA_3.split():
        alpha_3, code = pair.split(":")
        yield fold(alpha_3), code
    for code in WORLD_PARTS:
        yield fold(code), code


@cache
def _index() -> dict[str, str]:
    index: dict[str, str] = {}
    for written, code in _ways_to_write():
        index.setdefault(written, code)
    for written, code in list(index.items()):
        index.setdefault(_without_article(written), code)
        index.setdefault(written.replace(" ", ""), code)
    # « RU » is how some French lists write Royaume-Uni, but it is Russia's code: a code wins.
    for code in WORLD_PARTS:
        index[fold(code)] = code
    return index


@lru_cache(maxsize=4096)
def recognise_country(text: str) -> CountryRecognition:
    """Recognise a country by its code or its name in French, English, Spanish or Arabic, accents and case aside.

    Unknown text returns up to three countries whose names are near.
    """
    folded = fold(text)
    if not folded:
        return CountryRecognition(None)
    index = _index()
    for attempt in (folded, _without_article(folded), folded.replace(" ", "")):
        if attempt in index:
            return CountryRecognition(countries()[index[attempt]])
    codes: list[str] = []
    for written in difflib.get_close_matches(folded, [name for name in index if len(name) > 3], n=8, cutoff=0.75):
        if index[written] not in codes:
            codes.append(index[written])
    return CountryRecognition(None, tuple(countries()[code] for code in codes[:3]))
