"""What a person reads on a page of the desk: its main part, with ordinary spaces."""

from __future__ import annotations

from typing import Any

from django.test import Client

_SPACES = str.maketrans({"\u202f": " ", "\u00a0": " "})


def main_of(answer: Any) -> str:
    """Return the main part of an answer."""
    text: str = answer.content.decode().translate(_SPACES)
    return text.partition('<main id="main"')[2].partition("</main>")[0]


def read(client: Client, address: str) -> str:
    """Return the main part of the page at an address, which must be there."""
    answer = client.get(address)
    assert answer.status_code == 200, f"{address}: {answer.status_code} {answer.content.decode()[:300]}"
    return main_of(answer)
