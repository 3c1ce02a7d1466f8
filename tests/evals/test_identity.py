"""Identity: public data sets, linked as customers are."""

from evals import identity
from evals.proofs.linkage import BARS


def test_restaurants_of_two_guides_are_found() -> None:
    score = identity.restaurants()
    assert score.f1 >= BARS["Fodors-Zagats"][1] and score.low < score.f1 <= score.high
    assert "Fodors-Zagats" in score.line("Fodors-Zagats")


def test_nobody_looks_at_the_number_of_the_social_insurance() -> None:
    plan = identity.PEOPLE
    spoken = {field.name for field in plan.fields} | {
        name for rule in (*plan.blocks, *plan.sure, *plan.learn) for name in rule
    }
    assert "soc_sec_id" not in spoken and len(spoken) == 9


def test_measures_and_their_interval() -> None:
    gold = {(f"l{place}", f"r{place}") for place in range(100)}
    found = {pair for place, pair in enumerate(sorted(gold)) if place >= 10} | {("l0", "r1")}
    f1, precision, recall = identity.measures(found, gold)
    assert (round(precision, 3), recall, round(f1, 3)) == (0.989, 0.9, 0.942)
    low, high = identity.interval(found, gold)
    assert low < f1 < high and (low, high) == identity.interval(found, gold)
    assert identity.interval(gold, gold) == (1.0, 1.0)
