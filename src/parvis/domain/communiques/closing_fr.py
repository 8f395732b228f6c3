"""How the release in French ends: thanks, the next edition, what the federation is."""

from __future__ import annotations

from datetime import date

from parvis.domain import typography
from parvis.domain.communiques.composer import Composer
from parvis.domain.communiques.document import BlockKind, Line, Run
from parvis.domain.communiques.facts import PartnerFacts, in_language
from parvis.domain.communiques.grammar_fr import federation, of_federation
from parvis.domain.partners import PartnerKind
from parvis.domain.people.mandates import with_article_fr


def _partner(c: Composer, partner: PartnerFacts) -> Line:
    name, language = in_language(partner.name, "fr")
    project = partner.kind == PartnerKind.PROJECT and " " not in name
    line: Line = [Run("le projet "), c.text(name, language)] if project else [c.text(with_article_fr(name), language)]
    if partner.short_name and partner.short_name != name:
        line.append(Run(f" ({partner.short_name})"))
    co_funder, language = in_language(partner.co_funder, "fr")
    if co_funder:
        line += [Run(", cofinancé par "), c.text(with_article_fr(co_funder), language)]
    return line


def thanks(c: Composer) -> None:
    """Thank the partners, with who co-funds them, then members, speakers and participants."""
    facts = c.facts
    if facts.partners:
        c.add(
            BlockKind.PARAGRAPH,
            c.line(
                "{federation} remercie {whose}, qui {have} rendu ces Rencontres possibles : {names}.",
                federation=federation(c),
                whose="son partenaire" if len(facts.partners) == 1 else "ses partenaires",
                have="a" if len(facts.partners) == 1 else "ont",
                names=c.listed([_partner(c, partner) for partner in facts.partners]),
            ),
        )
    c.add(
        BlockKind.PARAGRAPH,
        c.line(
            "Sa reconnaissance va aussi à l’ensemble de ses adhérents, aux intervenantes et aux intervenants et à "
            "toutes celles et tous ceux qui ont participé à cette édition {year}.",
            year=facts.starts_on[:4],
        ),
    )


def following(c: Composer) -> None:
    """Announce the next edition, or mark that nothing is known of it."""
    following = c.facts.following
    if following is None:
        c.add(BlockKind.PARAGRAPH, c.line("{missing}", missing=c.missing("following")))
        return
    when: Run | str
    if following.starts_on and following.ends_on:
        days = typography.date_range(
            date.fromisoformat(following.starts_on), date.fromisoformat(following.ends_on), "fr"
        )
        one_day = following.starts_on == following.ends_on
        when = days if days.startswith("du ") else f"le {days}" if one_day else f"les {days}"
    elif following.month:
        when = f"en {typography.month_year(date.fromisoformat(following.month), 'fr')}"
    else:
        when = c.missing("following.month")
    c.add(
        BlockKind.PARAGRAPH,
        c.line(
            "Le prochain rendez-vous est pris : la {number} édition aura lieu {when}.",
            number=typography.ordinal(following.number, "fr"),
            when=when,
        ),
    )


def about(c: Composer) -> None:
    """Close with what the federation is, the mentions that partners require, and where to write."""
    facts = c.facts
    c.add(BlockKind.HEADING, c.line("À propos {of}", of=of_federation(c)))
    c.add(BlockKind.BOILERPLATE, c.line("{about}", about=c.words(facts.about, "about")))
    mentions = [c.words(p.mention, f"mention.{p.short_name or in_language(p.name, 'fr')[0]}") for p in facts.partners]
    if mentions:
        c.add(BlockKind.MENTIONS, *([mention] for mention in mentions))
    lines: list[Line] = []
    if facts.website:
        lines.append(c.line("Pour en savoir plus : {link}", link=c.link(facts.website)))
    if facts.meetings_website:
        lines.append(c.line("Site dédié aux Rencontres : {link}", link=c.link(facts.meetings_website)))
    social = " · ".join(word for word in (facts.social_handle, facts.hashtag) if word)
    if social:
        lines.append([Run(social)])
    if facts.press_email:
        lines.append(c.line("Contact presse : {link}", link=c.link("mailto:" + facts.press_email)))
    c.add(BlockKind.CONTACT, *lines)
