"""./tact directive: what is read back at the command line, and the sheet on paper."""

from tests.api.test_commands import home, key, tact  # noqa: F401  # the fixture gives every test a home of its own


def test_examples_are_told_with_the_reading() -> None:
    said = tact("directive", "give", "割引は10%まで。", "--key", key("marketer", "Mihon"))
    assert "dir-1 (draft, Mihon)" in said
    for told in (said, tact("directive", "show", "dir-1")):
        assert "○ 10%割引のオファーのメール：送れます" in told
        assert "× 10.5%割引のオファーのメール：送りません" in told


def test_the_sheet_is_a_whole_page() -> None:
    tact("directive", "give", "割引は10%まで。", "--key", key("marketer", "Mihon"))
    printed = tact("directive", "sheet", "dir-1")
    assert printed.startswith("<!doctype html>")
    assert printed.rstrip().endswith("</html>")
    assert "10.5%割引のオファーのメール：送りません" in printed
