"""A press release as a fragment of HTML: headings, paragraphs, a list, and each figure a link to its definition."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from parvis.domain.communiques.document import Block, BlockKind, Document, Line, Run, RunKind

FigureAddress = Callable[[str], str]


def _run(run: Run, figure_address: FigureAddress) -> SafeString:
    language = format_html(' lang="{}"', run.language) if run.language else mark_safe("")
    if run.kind == RunKind.FIGURE:
        return format_html('<a class="figure" href="{}">{}</a>', figure_address(run.target), run.text)
    if run.kind == RunKind.LINK:
        return format_html('<a href="{}">{}</a>', run.target, run.text)
    if run.kind == RunKind.MISSING:
        return format_html('<mark class="missing">{}</mark>', run.text)
    return format_html("<span{}>{}</span>", language, run.text) if run.language else format_html("{}", run.text)


def _line(line: Line, figure_address: FigureAddress) -> SafeString:
    return format_html_join("", "{}", ((_run(run, figure_address),) for run in line))


def _items(block: Block, figure_address: FigureAddress) -> SafeString:
    return format_html_join("\n", "<li>{}</li>", ((_line(line, figure_address),) for line in block.lines))


def render_html(document: Document, *, figure_address: FigureAddress, title_level: int = 1) -> SafeString:
    """Return the document as HTML; `figure_address` gives the address of a figure's definition."""
    parts: list[SafeString] = []
    for block in document.blocks:
        first = _line(block.lines[0], figure_address) if block.lines else mark_safe("")
        match block.kind:
            case BlockKind.TITLE:
                level = mark_safe(str(title_level))
                parts.append(format_html('<h{0} class="communique-title">{1}</h{0}>', level, first))
            case BlockKind.HEADING:
                level = mark_safe(str(title_level + 1))
                parts.append(format_html("<h{0}>{1}</h{0}>", level, first))
            case BlockKind.LIST:
                parts.append(format_html('<ul class="communique-list">{}</ul>', _items(block, figure_address)))
            case BlockKind.MENTIONS | BlockKind.CONTACT:
                parts.append(
                    format_html('<ul class="communique-{}">{}</ul>', str(block.kind), _items(block, figure_address))
                )
            case _:
                parts.append(format_html('<p class="communique-{}">{}</p>', str(block.kind), first))
    return mark_safe("\n".join(parts))
