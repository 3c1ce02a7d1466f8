"""Wishing: drafts of goals, use cases and priorities in a directive become a proposal, like any change of the book."""

from collections.abc import Sequence
from datetime import datetime

from agent import rulebook
from agent.given import READINGS, Wished, name_of
from agent.mandates import must_be_free
from agent.rulebook import in_force, playbook_of
from agent.stores import Stores
from domain.channel import Channel, Purpose
from domain.errors import Refused
from domain.language import Text, phrase
from domain.offer import OfferKind
from domain.scene import Goal, Scene
from policies.book import Playbook
from policies.canonical import canonical
from policies.rule import Source
from policies.rules import AnyRule
from policies.rules.channel_permit import ChannelPermit
from policies.rules.priority import Priority
from policies.scope import Except, Scope
from records import directives
from records.proposals import Proposal

EVENTS = {
    "no_purchase": ("購入がない", "without a purchase"),
    "no_visit": ("来訪がない", "without a visit"),
    "purchase": ("購入", "after a purchase"),
    "visit": ("来訪", "after a visit"),
    "signup": ("登録", "after signing up"),
    "cart": ("カートに商品を入れた", "after filling a cart"),
    "view": ("閲覧", "after a view"),
    "birthday": ("誕生日", "around the birthday"),
    "rain": ("雨", "when it rains"),
    "restock": ("再入荷", "after a restock"),
}
ANY_KIND: frozenset[OfferKind] = Scene.model_fields["kinds"].default
ONLY = Text(ja="この施策の対象だけに送ります", en="only the customers of this use case")


def propose(stores: Stores, number: int, author: str, now: datetime) -> Proposal:
    """Keeps the drafts of a directive as a proposal; raises Refused where there is none, or none that can be one."""
    directive, playbook = stores.read(lambda c: (directives.get(c, number), playbook_of(in_force(c).document)))
    reading, name = READINGS.validate_json(directive.clauses), name_of(number)
    if not reading.wishes:
        raise Refused(f"{name} drafts nothing: it holds rules, or questions. Approve it, or write what is wished for.")
    if directive.status == "rejected" or reading.proposal is not None:
        became = "rejected" if reading.proposal is None else f"proposal {reading.proposal} already"
        raise Refused(f"{name} is {became}. Give it again to propose its drafts.")
    must_be_free(stores, author, f"A proposal of {name}")
    changed = playbook
    for place, wish in enumerate(reading.wishes, 1):
        changed = _with(changed, wish, number, place, author)
    made = rulebook.propose(stores, changed, author, f"drafts of {name}: {directive.text}"[:500], now)
    noted = canonical(reading.model_copy(update={"proposal": made.number}))
    stores.write(lambda c: directives.note(c, directive, noted))
    return made


def _with(playbook: Playbook, wish: Wished, number: int, place: int, author: str) -> Playbook:
    match wish.kind:
        case "goal":
            return _goal(playbook, wish)
        case "scene":
            return _scene(playbook, wish, number, place, author)
        case "priority":
            first = Priority.model_validate({**_own(wish, number, place, author), **_order(wish)})
            return playbook.model_copy(update={"rules": (*playbook.rules, first)})
        case _:
            raise Refused("A stop is no proposal, it holds at once: ./tact stop, or POST /v1/stop.")


def _goal(playbook: Playbook, wish: Wished) -> Playbook:
    """The goal on every use case that the draft names."""
    named = wish.scope.scenes or frozenset()
    known = {scene.id for scene in playbook.scenes}
    if not named or not named <= known:
        raise Refused(f"Say which use case the goal is for: {', '.join(sorted(known))}.")
    goal = Goal(kpi=wish.kpi or wish.name.either("en"), target=wish.target)
    scenes = [scene.model_copy(update={"goal": goal}) if scene.id in named else scene for scene in playbook.scenes]
    return playbook.model_copy(update={"scenes": tuple(scenes)})


def _scene(playbook: Playbook, wish: Wished, number: int, place: int, author: str) -> Playbook:
    """A new use case, each message of which a person looks at first, and a rule that keeps it to its customers."""
    offers = wish.scope.offers
    scene = Scene(
        id=f"dir_{number}_{place}",
        name=wish.name,
        card=Text(ja=_card(wish, "ja"), en=_card(wish, "en")),
        channels=wish.scope.channels or frozenset(Channel),
        kinds=offers.kinds if offers is not None and offers.kinds else ANY_KIND,
        review=True,
    )
    rules: Sequence[AnyRule] = ()
    if wish.scope.audience is not None:
        excepted = Except.model_validate(wish.scope.audience.model_dump(exclude_unset=True, by_alias=True))
        scope = Scope.model_validate({"scenes": {scene.id}, "purposes": frozenset(Purpose), "except": [excepted]})
        own = {**_own(wish, number, place, author), "name": ONLY, "scope": scope}
        rules = (ChannelPermit.model_validate({**own, "deny": frozenset(Channel)}),)
    change = {"scenes": (*playbook.scenes, scene), "rules": (*playbook.rules, *rules)}
    return playbook.model_copy(update=change)


def _card(wish: Wished, language: str) -> str:
    """Who gets what and why: the marketer's own words, and when it begins as far as they said."""
    said = [wish.text.strip().rstrip("。.")]
    if wish.trigger is not None:
        ja, en = EVENTS[wish.trigger.event]
        days = wish.trigger.days
        after = "" if days is None else phrase(language, ja=f"{days:g}日", en=f"{days:g} days ")
        said.append(phrase(language, ja=f"きっかけ：{ja}{after}", en=f"Begins {after}{en}"))
    if wish.at is not None:
        said.append(phrase(language, ja=f"時刻：{wish.at:%H:%M}", en=f"At {wish.at:%H:%M}"))
    return phrase(language, ja="。", en=". ").join(said) + phrase(language, ja="。", en=".")


def _order(wish: Wished) -> dict[str, object]:
    """What comes first; raises Refused for what no order of priorities can name."""
    offers = wish.scope.offers
    if wish.scope.scenes:
        return {"scenes": tuple(sorted(wish.scope.scenes))}
    if offers is not None and offers.kinds:
        return {"kinds": tuple(sorted(offers.kinds))}
    raise Refused(
        "A priority orders use cases or kinds of offer (product, coupon, article, event). "
        "For one category, raise the offers themselves: POST /v1/offers."
    )


def _own(wish: Wished, number: int, place: int, author: str) -> dict[str, object]:
    """What every rule of a draft says of itself."""
    source = Source(directive=name_of(number), clause=wish.text)
    return {
        "id": f"wish-{number}.{place}",
        "name": wish.name,
        "owner": author,
        "layer": "directive",
        "source": source,
        "scope": Scope(),
    }
