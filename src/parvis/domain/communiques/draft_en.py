"""The release in English, from the same facts; titles that exist only in French stay French and are marked so."""

from __future__ import annotations

from datetime import date

from parvis.domain import typography
from parvis.domain.communiques.composer import Composer
from parvis.domain.communiques.document import BlockKind, Document, Line, Run
from parvis.domain.communiques.facts import Facts, PartnerFacts, in_language
from parvis.domain.partners import PartnerKind

_DAYS = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth"}
MORE = "more than"


def draft_en(facts: Facts) -> Document:
    """Return the whole release in English."""
    c = Composer(facts, "en")
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
    _thanks(c)
    _following(c)
    _about(c)
    return Document("en", c.blocks)


def _edition(c: Composer) -> str:
    return f"{typography.ordinal(c.facts.number, 'en')} edition"


def _federation(c: Composer) -> Run:
    return c.words(c.facts.federation, "federation")


def _headline(c: Composer) -> None:
    facts = c.facts
    c.add(
        BlockKind.TITLE,
        c.line(
            "{edition} of the “{name}” of {federation}: {people} {participants}{countries} in {city}",
            edition=_edition(c),
            name=c.words(facts.name, "name"),
            federation=_federation(c),
            people=c.figure("present", MORE),
            participants=c.many("present", "participant", "participants"),
            countries=[
                Run(" and "),
                c.figure("countries_present", MORE),
                Run(c.many("countries_present", " country meet", " countries meet")),
            ]
            if c.came("countries_present")
            else "",
            city=facts.venue_city or c.missing("venue"),
        ),
    )
    c.add(
        BlockKind.DATELINE,
        c.line("{city}, {day}", city=facts.federation_city or c.missing("federation_city"), day=c.date(facts.dated_on)),
    )


def _lead(c: Composer) -> None:
    facts = c.facts
    one_day = c.days() == 1
    c.add(
        BlockKind.LEAD,
        c.line(
            "The {edition} of the “{name}”, organised by {federation}, was held {when} at {venue}, in {city}. "
            "{over} it brought together {people} {participants}{present}.",
            edition=_edition(c),
            name=c.words(facts.name, "name"),
            federation=_federation(c),
            when=_on(c.dates()),
            venue=_venue(c),
            city=facts.venue_city or c.missing("venue"),
            over="In one day," if one_day else f"Over {typography.number_word(c.days(), 'en')} days of work,",
            people=c.figure("present", MORE),
            participants=c.many("present", "participant", "participants"),
            present=_present(c),
        ),
    )


def _on(days: str) -> str:
    """Return « on » before a day, « from » before a span: on 18 and 19 September, from 23 to 25 October."""
    return f"from {days}" if " to " in days else f"on {days}"


def _present(c: Composer) -> Line:
    """Return which authorities and countries were there, and who came from abroad: only what was counted."""
    parts: list[Line] = []
    code = "french_authorities_present"
    if c.came(code):
        noun = c.many(code, " French local authority", " French local authorities")
        parts.append([c.figure(code, MORE, letters=c.facts.figures.get(code) == 1), Run(noun)])
    if c.came("countries_present"):
        noun = c.many("countries_present", " country", " countries")
        parts.append([Run("representatives of "), c.figure("countries_present", MORE), Run(noun)])
    if not parts:
        return []
    who = ["foreign delegations"] if c.facts.foreign_delegations else []
    if c.facts.embassies:
        who += ["ambassadors and embassy representatives"]
    counting = ", counting " + (", ".join(who)) if who and c.came("countries_present") else ""
    return [Run(", with "), *c.listed(parts), Run(counting)]


def _venue(c: Composer) -> Line:
    venue, language = in_language(c.facts.venue, "en")
    if not venue:
        return [c.missing("venue")]
    return [Run("the "), c.text(venue, language)]


def _theme(c: Composer) -> None:
    facts = c.facts
    sentences: Line = []
    if facts.cancelled_before is not None:
        when = " on the very day of its opening" if facts.cancelled_on_the_day else ""
        sentences += c.line(
            "It made up for a meeting that could not take place: the {number} edition had to be cancelled{when}. ",
            number=typography.ordinal(facts.cancelled_before, "en"),
            when=when,
        )
    sentences += c.line(
        "Its theme, “{theme}”, rallied elected officials and their teams around their international commitment.",
        theme=c.words(facts.theme, "theme"),
    )
    c.add(BlockKind.PARAGRAPH, sentences)


def _opening(c: Composer) -> None:
    opening = c.facts.opening
    if opening is None:
        return
    who = c.speakers(opening.speakers) if opening.speakers else c.missing("opening.speakers")
    c.add(
        BlockKind.PARAGRAPH,
        c.line("At the opening, {who} recalled {said}.", who=who, said=c.words(opening.said, "opening.said")),
    )


def _the_day(c: Composer, iso: str) -> str:
    if c.days() == 1:
        return "The day"
    index = c.day_index(iso)
    ordinal = _DAYS.get(index, typography.ordinal(index, "en"))
    return f"The {ordinal} day, {c.date(iso, weekday=True, year=False)},"


def _groups(c: Composer) -> None:
    groups = c.facts.groups
    if groups is None:
        return
    parts: Line = []
    regional = c.listed([c.said_word(name) for name in groups.regional_groups])
    if groups.country_groups:
        noun = " meeting of a country group" if groups.country_groups == 1 else " meetings of country groups"
        parts += [c.figure("country_groups", MORE, letters=True), Run(noun)]
    if regional:
        if parts:
            parts.append(Run(" and "))
        many = len(groups.regional_groups)
        if many == 1:
            parts += [Run("the regional meeting on "), *regional]
        else:
            parts += [Run(f"{typography.number_word(many, 'en')} regional meetings, on "), *regional]
    day = _the_day(c, groups.day) if groups.day else "Part of these days"
    c.add(BlockKind.PARAGRAPH, c.line("{day} was given to {groups}.", day=day, groups=parts))


def _plenary_and_workshops(c: Composer) -> None:
    plenary, workshops = c.facts.plenary, c.facts.workshops
    if plenary is not None:
        context = c.said_word(c.facts.context)
        c.add(
            BlockKind.PARAGRAPH,
            c.line(
                "{day} {opened} with the plenary session, which made {said}{context}.",
                day=_the_day(c, plenary.day),
                said=c.words(plenary.said, "plenary.said"),
                opened="opened" if plenary.opens_day else "continued",
                context=[Run(", "), *context] if context else "",
            ),
        )
    if not workshops:
        return
    if len(workshops) == 1:
        c.add(
            BlockKind.PARAGRAPH,
            c.line("One workshop took this theme further: “{title}”.", title=c.words(workshops[0].title, "workshop")),
        )
        return
    c.add(
        BlockKind.PARAGRAPH,
        c.line(
            "The central theme was {then}explored in {number} workshops:",
            then="then " if plenary is not None else "",
            number=c.figure("workshops", MORE, letters=True),
        ),
    )
    last = len(workshops) - 1
    c.add(
        BlockKind.LIST,
        *(
            c.line("“{title}”{end}", title=c.words(w.title, "workshop"), end="." if i == last else ";")
            for i, w in enumerate(workshops)
        ),
    )


def _micro_workshops(c: Composer) -> None:
    facts = c.facts
    if not facts.micro_workshops:
        return
    if facts.micro_workshops == 1:
        sentence = c.line(
            "A {minutes}-minute micro-workshop let a participant present an initiative.",
            minutes=str(facts.micro_workshop_min),
        )
    else:
        sentence = c.line(
            "In parallel, {number} micro-workshops of {minutes} minutes each, proposed by participants, put the "
            "spotlight on their initiatives, projects and innovations.",
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
            "The Meetings were an opportunity for French and foreign authorities to exchange, to pool their approaches "
            "and to form ties that lead to cooperation."
        ),
    )


def _speakers(c: Composer) -> None:
    facts = c.facts
    if not facts.figures.get("speakers"):
        return
    number = c.figure("speakers", MORE, letters=True)
    c.add(
        BlockKind.PARAGRAPH,
        c.line(
            "{number} {people} took the floor. The complete list of speakers is published on the dedicated site: "
            "{site}.",
            number=Run(number.text[:1].upper() + number.text[1:], number.kind, number.target),
            people=c.many("speakers", "person", "people"),
            site=c.link(facts.meetings_website) if facts.meetings_website else c.missing("meetings_website"),
        ),
    )


def _ceremony(c: Composer) -> None:
    ceremony = c.facts.ceremony
    if ceremony is None:
        return
    kinds = [
        name
        for name, number in (
            ("country", ceremony.honoured_country_groups),
            ("thematic", ceremony.honoured_thematic_groups),
        )
        if number
    ]
    when = (
        f"At the end of the {_DAYS.get(c.day_index(ceremony.day), 'last')} day"
        if ceremony.closes_day and c.days() > 1
        else f"On {c.date(ceremony.day, weekday=True, year=False)}"
    )
    sentences: Line = []
    if kinds:
        sentences += c.line(
            "{when}, a ceremony honoured presidents of the {groups} groups of {federation}. ",
            when=when,
            groups=typography.listed(kinds, "en"),
            federation=_federation(c),
        )
    else:
        sentences += c.line("{when}, a ceremony was held. ", when=when)
    if ceremony.speakers:
        sentences += c.line("{who} took the floor. ", who=c.speakers(ceremony.speakers))
    for index, award in enumerate(ceremony.awards):
        if not ceremony.speakers or index:
            opening = "Then came"
        else:
            opening = (
                "This speech was followed by" if len(ceremony.speakers) == 1 else "These speeches were followed by"
            )
        laureates = f": {typography.listed(award.laureates, 'en')}" if award.laureates else ""
        sentences += c.line(
            opening + " the award of the {kind} “{name}”{laureates}. ",
            kind="label" if award.kind == "label" else "prize",
            name=c.words(award.name, "award"),
            laureates=laureates,
        )
    last = sentences[-1]
    sentences[-1] = Run(last.text.rstrip(" "), last.kind, last.target, last.language)
    c.add(BlockKind.PARAGRAPH, sentences)


def _named(c: Composer, name: str, language: str) -> Line:
    article = [] if name.lower().startswith(("the ", "l’", "l'")) else [Run("the ")]
    return [*article, c.text(name, language)]


def _partner(c: Composer, partner: PartnerFacts) -> Line:
    name, language = in_language(partner.name, "en")
    line = _named(c, name, language)
    if partner.kind == PartnerKind.PROJECT and " " not in name:
        line.append(Run(" project"))
    if partner.short_name and partner.short_name != name:
        line.append(Run(f" ({partner.short_name})"))
    co_funder, language = in_language(partner.co_funder, "en")
    return [*line, Run(", co-funded by "), *_named(c, co_funder, language)] if co_funder else line


def _thanks(c: Composer) -> None:
    facts = c.facts
    if facts.partners:
        c.add(
            BlockKind.PARAGRAPH,
            c.line(
                "{federation} thanks its {partners}, who made these Meetings possible: {names}.",
                federation=_federation(c),
                partners="partner" if len(facts.partners) == 1 else "partners",
                names=c.listed([_partner(c, partner) for partner in facts.partners]),
            ),
        )
    c.add(
        BlockKind.PARAGRAPH,
        c.line(
            "Its gratitude also goes to all its members, to the speakers and to everyone who took part in this "
            "{year} edition.",
            year=facts.starts_on[:4],
        ),
    )


def _following(c: Composer) -> None:
    following = c.facts.following
    if following is None:
        c.add(BlockKind.PARAGRAPH, [c.missing("following")])
        return
    when: Run | str
    if following.starts_on and following.ends_on:
        first, last = date.fromisoformat(following.starts_on), date.fromisoformat(following.ends_on)
        when = _on(typography.date_range(first, last, "en"))
    elif following.month:
        when = f"in {typography.month_year(date.fromisoformat(following.month), 'en')}"
    else:
        when = c.missing("following.month")
    c.add(
        BlockKind.PARAGRAPH,
        c.line(
            "The next date is set: the {number} edition will be held {when}.",
            number=typography.ordinal(following.number, "en"),
            when=when,
        ),
    )


def _about(c: Composer) -> None:
    facts = c.facts
    c.add(BlockKind.HEADING, c.line("About {federation}", federation=_federation(c)))
    c.add(BlockKind.BOILERPLATE, [c.words(facts.about, "about")])
    mentions = [c.words(p.mention, f"mention.{p.short_name or in_language(p.name, 'en')[0]}") for p in facts.partners]
    if mentions:
        c.add(BlockKind.MENTIONS, *([mention] for mention in mentions))
    lines: list[Line] = []
    if facts.website:
        lines.append(c.line("Further information: {link}", link=c.link(facts.website)))
    if facts.meetings_website:
        lines.append(c.line("Site of the Meetings: {link}", link=c.link(facts.meetings_website)))
    social = [word for word in (facts.social_handle, facts.hashtag) if word]
    if social:
        lines.append([Run(" · ".join(social))])
    if facts.press_email:
        lines.append(c.line("Press contact: {link}", link=c.link("mailto:" + facts.press_email)))
    c.add(BlockKind.CONTACT, *lines)
