"""Sample consents."""

from tests.clock import START
from tools.imports.consents import SHARES, sample_consents


def test_the_same_customer_always_gets_the_same() -> None:
    assert sample_consents("hh-1082", "completejourney", START) == sample_consents("hh-1082", "completejourney", START)


def test_each_says_that_it_is_made_up() -> None:
    for one in sample_consents("hh-1", "completejourney", START):
        assert one.evidence.method == "sample"
        assert (one.customer_id, one.at, one.evidence.source) == ("hh-1", START, "completejourney")


def test_all_three_answers_occur_and_some_customers_gave_none() -> None:
    drawn = [sample_consents(f"hh-{number}", "completejourney", START) for number in range(2_000)]
    assert 80 < sum(not given for given in drawn) < 160
    for topic, (yes, no) in SHARES.items():
        answers = [one.granted for given in drawn for one in given if one.topic == topic]
        assert abs(sum(answers) / len(drawn) - yes * 0.94) < 0.04, topic
        assert abs((len(answers) - sum(answers)) / len(drawn) - no * 0.94) < 0.04, topic
