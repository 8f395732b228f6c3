"""Codes as people write them: recognised, and refused with what they look like."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.domain.network.finding import InseeCodeMalformed, SirenWrong, bare_code, check_codes, code_in


@pytest.mark.parametrize(
    ("text", "code"),
    [("21231", "21231"), (" 21 231 ", "21231"), ("2a004", "2A004"), ("242 100 410", "242100410"), ("75", "75")],
)
def test_a_code_is_recognised(text: str, code: str) -> None:
    assert code_in(text) == code


@pytest.mark.parametrize("text", ["", "Dijon", "3 Rivières", "21231 Dijon", "1234567890", "A1"])
def test_what_is_no_code_is_a_name(text: str) -> None:
    assert code_in(text) == ""


@pytest.mark.parametrize("code", ["", "21231", "2A004", "975", "11", "01"])
def test_insee_codes_that_can_be(code: str) -> None:
    check_codes(insee_code=code)


@pytest.mark.parametrize("code", ["ABCDE", "212312", "2C004", "21-231"])
def test_insee_codes_that_cannot(code: str) -> None:
    with pytest.raises(InseeCodeMalformed) as refusal:
        check_codes(insee_code=code)
    assert refusal.value.field == "insee_code"


@given(st.text(alphabet="0123456789 ", max_size=14))
def test_a_siren_has_nine_digits(text: str) -> None:
    bare = bare_code(text)
    if not bare or len(bare) == 9:
        check_codes(siren=bare)
    else:
        with pytest.raises(SirenWrong):
            check_codes(siren=bare)
