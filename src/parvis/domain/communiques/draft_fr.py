"""The release in French. One function per paragraph; each says nothing that the facts do not hold."""

from __future__ import annotations

from parvis.domain import typography
from parvis.domain.communiques.closing_fr import about, following, thanks
from parvis.domain.communiques.composer import Composer
from parvis.domain.communiques.document import BlockKind, Document, Line, Run
from parvis.domain.communiques.facts import Facts, in_language
from parvis.domain.communiques.grammar_fr import at_place_fr, federation, of_federation
from parvis.domain.people.persons import Gender

_DAYS = {1: "première", 2: "deuxième", 3: "troisième", 4: "quatrième", 5: "cinquième"}
MORE = "plus de"


def draft_fr(facts: Facts) -> Document:
    """Return the whole release in French."""
    c = Composer(facts, "fr")
    _headline(c)
    _lead(c)
    _theme(c)
    _opening(c)
    _groups(c)
    _plenary_and_workshops(c)
    _micro_workshops(c)
    _exchanges(c)
    _speakers(c)
    _ceremony(c)
    thanks(c)
    following(c)
    about(c)
    return Document("fr", c.blocks)


def _edition(c: Composer) -> str:
    return f"{typography.ordinal(c.facts.number, 'fr')} édition"


def _name(c: Composer) -> Run:
    return c.words(c.facts.name, "name")


def _headline(c: Composer) -> None:
    facts = c.facts
    c.add(
        BlockKind.TITLE,
        c.line(
            "{edition} des « {name} » {of} : {people} {participants}{countries} à {city}",
            edition=_edition(c),
            name=_name(c),
            of=of_federation(c),
            people=c.figure("present", MORE),
            participants=c.many("present", "participant", "participants"),
            countries=[Run(" et "), c.figure("countries_present", MORE), Run(" pays réunis")]
            if c.came("countries_present")
            else c.many("present", " accueilli", " réunis"),
            city=facts.venue_city or c.missing("venue"),
        ),
    )
    c.add(
        BlockKind.DATELINE,
        c.line(
            "{city}, le {day}", city=facts.federation_city or c.missing("federation_city"), day=c.date(facts.dated_on)
        ),
    )


def _lead(c: Composer) -> None:
    facts = c.facts
    when = c.dates()
    when = when if when.startswith("du ") else f"le {when}" if facts.starts_on == facts.ends_on else f"les {when}"
    days = "une journée" if c.days() == 1 else f"{typography.number_word(c.days(), 'fr', feminine=True)} journées"
    venue = in_language(facts.venue, "fr")[0]
    lead = c.line(
        "La {edition} des « {name} », organisée par {federation}, s’est tenue {when} {venue} {city}. En {days} de "
        "travaux, elle a réuni {people} {participants}{authorities}{countries}.",
        edition=_edition(c),
        name=_name(c),
        federation=federation(c),
        when=when,
        venue=[Run(at_place_fr(venue) + ",")] if venue else [c.missing("venue")],
        city=f"à {facts.venue_city}" if facts.venue_city else c.missing("venue"),
        days=days,
        people=c.figure("present", MORE),
        participants=c.many("present", "participant", "participants"),
        authorities=_authorities(c),
        countries=_countries(c),
    )
    c.add(BlockKind.LEAD, lead)


def _authorities(c: Composer) -> Line:
    code = "french_authorities_present"
    if not c.came(code):
        return []
    noun = c.many(code, " collectivité territoriale française", " collectivités territoriales françaises")
    after = "," if c.came("countries_present") else ""
    return [
        Run(", dont ceux "),
        Run(c.many(code, "d’", "de ")),
        c.figure(code, MORE, letters=c.facts.figures.get(code) == 1, feminine=True),
        Run(noun + after),
    ]


def _countries(c: Composer) -> Line:
    """Return the countries, and who came from them: only what was counted."""
    if not c.came("countries_present"):
        return []
    who = ["délégations étrangères"] if c.facts.foreign_delegations else []
    if c.facts.embassies:
        who += ["ambassadeurs", "représentants d’ambassades"]
    counted = "compris" if c.facts.embassies else "comprises"
    return [
        Run(" et des représentants "),
        Run(c.many("countries_present", "d’", "de ")),
        c.figure("countries_present", MORE, letters=c.facts.figures.get("countries_present") == 1),
        Run(" pays"),
        Run(f", {typography.listed(who, 'fr')} {counted}" if who else ""),
    ]


def _theme(c: Composer) -> None:
    facts = c.facts
    sentences: Line = []
    if facts.cancelled_before is not None:
        on_the_day = " le jour même de son ouverture" if facts.cancelled_on_the_day else ""
        sentences += c.line(
            "Ces retrouvailles venaient après un rendez-vous manqué : la {number} édition avait dû être annulée"
            "{when}. ",
            number=typography.ordinal(facts.cancelled_before, "fr"),
            when=on_the_day,
        )
    sentences += c.line(
        "Son fil rouge, « {theme} », a mobilisé les élus et les équipes des collectivités autour de leur engagement "
        "international.",
        theme=c.words(facts.theme, "theme"),
    )
    c.add(BlockKind.PARAGRAPH, sentences)


def _opening(c: Composer) -> None:
    opening = c.facts.opening
    if opening is None:
        return
    speakers = opening.speakers
    many = len(speakers) > 1
    sentence = c.line(
        "En ouverture, {who} {have} rappelé {said}.",
        who=c.speakers(speakers) if speakers else c.missing("opening.speakers"),
        have="ont" if many else "a",
        said=c.words(opening.said, "opening.said"),
    )
    c.add(BlockKind.PARAGRAPH, sentence)


def _groups(c: Composer) -> None:
    groups = c.facts.groups
    if groups is None:
        return
    regional = c.listed([c.said_word(name) for name in groups.regional_groups])
    parts: Line = []
    if groups.country_groups == 1:
        parts.append(Run("à une réunion de groupe-pays"))
    elif groups.country_groups:
        parts += [Run("aux réunions de groupes-pays, au nombre de "), c.figure("country_groups", MORE, letters=True)]
    if regional:
        many = len(groups.regional_groups)
        if parts:
            parts.append(Run(" et " if groups.country_groups == 1 else ", ainsi qu’"))
        if many == 1:
            parts += [Run("à la réunion régionale "), *regional]
        else:
            parts += [Run(f"aux {typography.number_word(many, 'fr', feminine=True)} réunions régionales, "), *regional]
    if groups.day:
        sentence = c.line("{day} a été consacrée {groups}.", day=_the_day(c, groups.day), groups=parts)
    else:
        sentence = c.line("Une part de ces journées a été consacrée {groups}.", groups=parts)
    c.add(BlockKind.PARAGRAPH, sentence)


def _the_day(c: Composer, iso: str) -> str:
    if c.days() == 1:
        return "La journée"
    index = c.day_index(iso)
    return (
        f"La {_DAYS.get(index, typography.ordinal(index, 'fr'))} journée, le {c.date(iso, weekday=True, year=False)},"
    )


def _plenary_and_workshops(c: Composer) -> None:
    plenary, workshops = c.facts.plenary, c.facts.workshops
    if plenary is not None:
        context = c.said_word(c.facts.context)
        c.add(
            BlockKind.PARAGRAPH,
            c.line(
                "{day} s’est ouverte sur la séance plénière, qui a porté {said}{context}."
                if plenary.opens_day
                else "{day} a réuni les participants en séance plénière, qui a porté {said}{context}.",
                day=_the_day(c, plenary.day),
                said=c.words(plenary.said, "plenary.said"),
                context=[Run(", "), *context] if context else "",
            ),
        )
    if not workshops:
        return
    if len(workshops) == 1:
        c.add(
            BlockKind.PARAGRAPH,
            c.line("Un atelier a prolongé ce thème : « {title} ».", title=c.words(workshops[0].title, "workshop")),
        )
        return
    c.add(
        BlockKind.PARAGRAPH,
        c.line(
            "Le thème central a {then}été décliné dans {number} ateliers :",
            then="ensuite " if plenary is not None else "",
            number=c.figure("workshops", MORE, letters=True),
        ),
    )
    last = len(workshops) - 1
    c.add(
        BlockKind.LIST,
        *(
            c.line("« {title} »{end}", title=c.words(w.title, "workshop"), end="." if i == last else " ;")
            for i, w in enumerate(workshops)
        ),
    )


def _micro_workshops(c: Composer) -> None:
    facts = c.facts
    if not facts.micro_workshops:
        return
    if facts.micro_workshops == 1:
        sentence = c.line(
            "Un micro-atelier de {minutes} minutes a permis à un participant de présenter son initiative.",
            minutes=str(facts.micro_workshop_min),
        )
    else:
        sentence = c.line(
            "En parallèle, {number} micro-ateliers de {minutes} minutes, proposés par les participants, ont mis en "
            "lumière leurs initiatives, leurs projets et leurs démarches innovantes.",
            number=c.figure("micro_workshops", MORE, letters=True),
            minutes=str(facts.micro_workshop_min),
        )
    c.add(BlockKind.PARAGRAPH, sentence)


def _exchanges(c: Composer) -> None:
    if not c.facts.foreign_delegations:
        return
    c.add(
        BlockKind.PARAGRAPH,
        c.line(
            "Ces Rencontres ont été l’occasion, pour les collectivités françaises et étrangères, d’échanger, de mettre "
            "en commun leurs approches et de nouer des liens en vue de coopérations."
        ),
    )


def _speakers(c: Composer) -> None:
    facts = c.facts
    if not facts.figures.get("speakers"):
        return
    c.add(
        BlockKind.PARAGRAPH,
        c.line(
            "{number} {people} pris la parole au cours de ces Rencontres. La liste complète des intervenantes et "
            "des intervenants est publiée sur le site dédié : {site}.",
            number=_capitalised(c.figure("speakers", MORE, letters=True, feminine=True)),
            people=c.many("speakers", "personne a", "personnes ont"),
            site=c.link(facts.meetings_website) if facts.meetings_website else c.missing("meetings_website"),
        ),
    )


def _capitalised(run: Run) -> Run:
    return Run(run.text[:1].upper() + run.text[1:], run.kind, run.target, run.language)


def _ceremony(c: Composer) -> None:
    ceremony = c.facts.ceremony
    if ceremony is None:
        return
    kinds = [
        name
        for name, number in (
            ("groupes-pays", ceremony.honoured_country_groups),
            ("groupes thématiques", ceremony.honoured_thematic_groups),
        )
        if number
    ]
    when = (
        f"À la fin de la {_DAYS.get(c.day_index(ceremony.day), 'dernière')} journée"
        if ceremony.closes_day and c.days() > 1
        else f"Le {c.date(ceremony.day, weekday=True, year=False)}"
    )
    sentences: Line = []
    if kinds:
        sentences += c.line(
            "{when}, une cérémonie a mis à l’honneur des présidentes et présidents des {groups} {of}. ",
            when=when,
            groups=typography.listed(kinds, "fr"),
            of=of_federation(c),
        )
    else:
        sentences += c.line("{when}, s’est tenue une cérémonie. ", when=when)
    if ceremony.speakers:
        first = ceremony.speakers[0]
        many = len(ceremony.speakers) > 1
        titles = {Gender.WOMAN.value: "Madame ", Gender.MAN.value: "Monsieur "}
        title = "" if many else titles.get(first.gender, "")
        sentences += c.line(
            "{who} y {have} pris la parole. ",
            who=[Run(title), *c.speakers(ceremony.speakers)] if title else c.speakers(ceremony.speakers),
            have="ont" if many else "a",
        )
    for index, award in enumerate(ceremony.awards):
        what = "du label" if award.kind == "label" else "du prix"
        if not ceremony.speakers or index:
            link = "S’y est ajoutée"
        elif len(ceremony.speakers) == 1:
            link = "Cette intervention a été suivie de"
        else:
            link = "Ces interventions ont été suivies de"
        laureates = f" : {typography.listed(award.laureates, 'fr')}" if award.laureates else ""
        sentences += c.line(
            link + " la remise {what} « {name} »{laureates}. ",
            what=what,
            name=c.words(award.name, "award"),
            laureates=laureates,
        )
    c.add(BlockKind.PARAGRAPH, _trimmed(sentences))


def _trimmed(line: Line) -> Line:
    last = line[-1]
    return [*line[:-1], Run(last.text.rstrip(" "), last.kind, last.target, last.language)]
