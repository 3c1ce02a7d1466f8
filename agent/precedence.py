"""Precedence: where a directive meets rules that are there already, whose those are, and which of the two decides."""

from collections.abc import Mapping, Sequence

from agent.given import READINGS, Precedence, number_of
from agent.stores import Stores
from domain.errors import NotFound
from domain.language import Text
from policies.analysis.standing import Standing, standings
from policies.book import Playbook
from policies.boundary.reach import said_whole
from policies.exception import loosen
from policies.mandate import OFFICES
from policies.rules import AnyRule
from records import directives

LAW = Text(ja="法令", en="law")
HOUSE = Text(ja="本部の標準ルール", en="house rules of headquarters")
SAID: Mapping[tuple[str, bool], tuple[str, str]] = {
    ("other", True): (
        "{other} のほうが厳しいので、そちらが守られます。この指示で緩むことはありません。",
        "{other} is stricter, so that one decides; this does not loosen it.",
    ),
    ("own", True): (
        "この指示のほうが厳しいので、{other} があってもこちらが守られます。",
        "This is stricter than {other}, so this one decides.",
    ),
    ("both", True): ("{other} と同じことを言っています。", "It says the same as {other}."),
    ("other", False): (
        "両方に当たるときは、より厳しい {other} が守られます。",
        "Where both apply, {other} is stricter and decides.",
    ),
    ("own", False): (
        "両方に当たるときは、より厳しいこの指示が守られます（もう一方は {other}）。",
        "Where both apply, this is stricter and decides; the other one is {other}.",
    ),
    ("both", False): ("両方に当たるときは、{other} も守られます。", "Where both apply, {other} is kept as well."),
}
LAWFUL = ("法令のルールは緩められません。", "Rules of law are never loosened.")
ASKING = ("緩めたいときは、例外として提案してください。", "To loosen it, propose an exception.")


def precedence(stores: Stores, rules: Sequence[AnyRule], playbook: Playbook) -> tuple[Precedence, ...]:
    """Every meeting of these rules with others of the playbook; the strictest wins, whoever it comes from."""
    own = {rule.id for rule in rules}
    others = [rule for rule in loosen(playbook.rules, playbook.exceptions) if rule.id not in own]
    return tuple(_told(stores, standing) for standing in standings(rules, others))


def _told(stores: Stores, standing: Standing) -> Precedence:
    whose = whose_is(stores, standing.other)
    ja, en = SAID[standing.wins, standing.whole]
    ja = ja.format(other=f"「{said_whole(standing.other, 'ja')}」（{whose.ja}）")
    en = en.format(other=f'"{said_whole(standing.other, "en")}" ({whose.en})')
    if standing.wins == "other" and standing.whole:
        more = LAWFUL if standing.other.layer == "law" else ASKING
        ja, en = f"{ja}{more[0]}", f"{en} {more[1]}"
    return Precedence(standing.own.id, standing.other.id, whose, standing.wins, Text(ja=ja, en=en))


def whose_is(stores: Stores, rule: AnyRule) -> Text:
    """Whose rule it is: the law's, the house's, or that of a directive's author and their office."""
    if rule.layer == "law":
        return LAW
    source = rule.source.directive if rule.source else None
    if rule.layer != "directive" or source is None:
        return HOUSE
    try:
        kept = stores.read(lambda c: directives.get(c, number_of(source)))
    except NotFound:
        return Text(ja=rule.owner, en=rule.owner)
    mandate = READINGS.validate_json(kept.clauses).mandate
    office = mandate.name or OFFICES[mandate.office]
    return Text(
        ja=f"{source}、{office.either('ja')}の{kept.author}", en=f"{source}, {kept.author} of {office.either('en')}"
    )
