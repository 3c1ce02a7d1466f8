"""The page that records are written against: it may never change, and no record may be lost to it."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from zstandard import ZstdError

from agent.shorthand import PAGE, expanded, shortened

RECORD = (
    b'{"record":{"customer":{"id":"c-1","language":"ja"},"contacts":[]},"consents":[["email","*",true]],"moment":{},'
    b'"offers":[],"decision":{"decision_id":"d-1","outcome":"hold"}}'
)


def test_the_page_is_the_one_that_records_were_written_against() -> None:
    assert hashlib.sha256(PAGE).hexdigest() == "81f3abac021c7b9257b1f9a4231abe025b7fcbf165f591c31fbe493877d4c869"


@given(st.binary(max_size=5_000))
def test_whatever_is_written_is_read_again(record: bytes) -> None:
    assert expanded(shortened(record)) == record


def test_a_record_takes_less_than_half_its_length() -> None:
    assert len(shortened(RECORD)) < len(RECORD) / 2


def test_an_altered_record_is_no_record() -> None:
    short = shortened(RECORD * 3)
    with pytest.raises(ZstdError):
        expanded(short[: len(short) // 2])
