"""Who and which way: bans, allow-lists, consent, priorities, permissions and exceptions."""

from policies.directives.draft import Draft, idle
from policies.directives.frame import Frame, Said, Scopes, Trouble
from policies.directives.frames.limits import NOT_FIRST, comes_first
from policies.directives.frames.timing import by_date, resolved, take_dates
from policies.directives.frames.unspoken import is_about_words, of_which_words
from policies.directives.scopes import alternatives_of, family, group_after, group_before, take_scopes

FREE = (
    "noun",
    "send",
    "do",
    "use",
    "contain",
    "verb_channel",
    "offer",
    "must",
    "soft",
    "but",
    "part",
    "word",
    "tone_noun",
    "length",
    "start",
    "needs",
    "open",
    "from",
)
ANY_OFFER = frozenset(
    (
        "商品",
        "オファー",
        "特典",
        "製品",
        "品物",
        "アイテム",
        "offer",
        "offers",
        "product",
        "products",
        "item",
        "items",
        "deal",
        "deals",
        "goods",
    )
)
BUT_NOT = ("but not", "not", "not in", "but never")
CHANNEL_NOUNS = ("channel", "channels", "way", "ways", "means", "medium")
OFFER_LIKE = frozenset(("kinds", "categories", "brands", "discounted"))
NO_EFFECT: Said = ("上の決まりの例外として読みました。", "It was read as an exception to the rules before it.")


def only(draft: Draft) -> Frame | None:
    """Only this group, or only these channels: everything else is forbidden."""
    places = draft.places("only", "rest")
    if not places:
        return None
    place = places[0]
    if by_date(draft, place):
        return _on_no_other_day(draft, places)
    group = _nearest(draft, place, _target(draft, place))
    if not group or _unfinished(draft, group):
        return None
    if _by_way(draft, place, group):
        raise Trouble(
            "「だけ」のあとにチャネルが並んでいます。誰だけに送るのかと、どのチャネルで送るのかを、二つの文に分けてください。",
            'Channels follow after "only". Write one sentence for whom alone it is sent to, and one for the channels.',
            weight=6,
        )
    excepted = alternatives_of(draft, group)
    draft.use((*group, *places))
    texts = [draft.atoms[at].text for at in places]
    bans = draft.bans()
    if bans and any(text == "しか" for text in texts):
        draft.use(bans[:1])
    draft.take("may")
    dates = take_dates(draft)
    scopes = _about_offers(draft, take_scopes(draft))
    return Frame("ban", Scopes(scopes.alternatives, (*scopes.excepted, *excepted)), {"dates": dates, "only": True})


def _by_way(draft: Draft, place: int, group: list[int]) -> bool:
    """Birthday messages for gold members only, by LINE: who alone gets them, and how they go, are two rules."""
    if any(_sort(draft, at) != "audience" for at in group):
        return False
    others = [at for at in draft.places("what") if at not in group]
    channels = [at for at in others if _sort(draft, at) == "channels" and at > max(place, *group)]
    apart = place > max(group) and any(atom.text == "," for atom in draft.atoms[place + 1 : place + 2])
    return bool(channels) and (apart or any(at < min(place, *group) for at in others))


def _on_no_other_day(draft: Draft, places: list[int]) -> Frame:
    """Only on these days: on all others it is forbidden."""
    draft.use(places)
    bans = draft.bans()
    draft.use(bans[:1] if any(draft.atoms[at].text == "しか" for at in places) else ())
    draft.take("may")
    dates = take_dates(draft)
    notes = (resolved(dates),) if dates else ()
    scopes = _about_offers(draft, take_scopes(draft))
    if scopes.is_open:
        raise Trouble(
            "その日だけに何をするのかが書かれていません。対象かチャネルを足して、一文で書いてください。",
            "It is not said what may only happen on these days. Name the customers or the channel in one sentence.",
            weight=5,
        )
    return Frame("ban", scopes, {"dates": dates, "outside": True}, notes=notes)


def _unfinished(draft: Draft, group: list[int]) -> bool:
    """Only VIPs, and then a comma: what they alone get is still to come."""
    others = [at for at in draft.places("who", "what") if at not in group]
    return draft.atoms[-1].text in ("、", ",") and not others and not draft.has("do", "send", "noun", "may", "use")


def _nearest(draft: Draft, place: int, group: list[int]) -> list[int]:
    """Of the words before or after an only, those of the kind that stands next to it: by email only, not the scene."""
    if not group:
        return []
    nearest = group[-1] if group[-1] < place else group[0]
    return [at for at in group if _sort(draft, at) == _sort(draft, nearest)]


def _sort(draft: Draft, place: int) -> str:
    """Customers, offers, channels, scenes or purposes."""
    sense = draft.atoms[place].scope
    if sense is None or family(sense) == "audience":
        return "audience"
    return sense.name if sense.name in ("channels", "scenes", "purposes") else "offers"


def _target(draft: Draft, place: int) -> list[int]:
    """The scope words that an only belongs to."""
    atom = draft.atoms[place]
    sense = atom.sense("rest")
    wanted = {"channel": "channels", "audience": "audience"}.get(sense.name if sense else "")
    if wanted:
        return _last_of(draft, place, wanted) or (_offered(draft, place) if wanted == "channels" else [])
    if not atom.text.isascii():
        return group_before(draft, place) or group_after(draft, place)
    if place + 1 < len(draft.atoms) and draft.atoms[place + 1].text.lower() in CHANNEL_NOUNS:
        return [at for at in draft.places("what") if _sort(draft, at) == "channels"]
    following, preceding = group_after(draft, place), group_before(draft, place)
    if preceding and place + 1 < len(draft.atoms) and draft.atoms[place + 1].text == ",":
        return preceding
    text = atom.text.lower()
    if text in ("restrict", "confine", "limit"):
        to = next((at for at in range(place + 1, len(draft.atoms)) if draft.atoms[at].text.lower() == "to"), place)
        return _first_run(draft, to)
    if text.startswith(
        (
            "reserved",
            "are reserved",
            "is reserved",
            "limited",
            "is limited",
            "are limited",
            "restricted",
            "is restricted",
            "are restricted",
            "exclusive to",
            "strictly for",
            "intended",
            "confined",
        )
    ):
        return _first_run(draft, place)
    verb = _first_run(draft, place)
    if " but" not in text and _is_verb_channel(draft, place, verb):
        raise Trouble(
            "「だけ」がどの言葉にかかるのか、はっきりしません。",
            'It is not clear what "only" belongs to: the channel or the customers. Write "only VIPs get '
            'emails" or "VIPs get emails only".',
            weight=5,
        )
    return following or verb or preceding


def _first_run(draft: Draft, place: int) -> list[int]:
    """The first scope words after a place, whatever stands between."""
    first = next(
        (at for at in range(place + 1, len(draft.atoms)) if at not in draft.used and draft.atoms[at].scope), None
    )
    if first is None:
        return []
    return group_after(draft, first - 1)


def _is_verb_channel(draft: Draft, place: int, run: list[int]) -> bool:
    """Only email VIPs: the channel is the verb, and what only belongs to stays open."""
    if not run or run[0] != place + 1 or not draft.atoms[run[0]].has("verb_channel"):
        return False
    return any(draft.atoms[at].scope for at in range(run[-1] + 1, len(draft.atoms)) if at not in draft.used)


def _last_of(draft: Draft, place: int, wanted: str) -> list[int]:
    found: list[int] = []
    for at in range(place - 1, -1, -1):
        sense = draft.atoms[at].scope
        if at in draft.used:
            continue
        if sense is not None and (sense.name == wanted or family(sense) == wanted):
            found.insert(0, at)
        elif sense is not None and found:
            break
    return found


def _offered(draft: Draft, place: int) -> list[int]:
    """What is offered, where nothing else is: they get coupons, nothing else."""
    return _last_of(draft, place, "kinds") or _last_of(draft, place, "categories")


def rest(draft: Draft) -> Frame | None:
    """Nothing else, said after a clause that named what is: it closes that clause."""
    senses = draft.take("rest")
    if len(senses) != 1 or draft.places("who", "what") or draft.has("time", "hours", "days", "span"):
        return None
    return Frame("rest", Scopes(), {"of": senses[0].name})


def ban(draft: Draft) -> Frame | None:
    """A plain no within a scope."""
    bans = draft.bans()
    outside = draft.places("outside") if not bans else []
    if not bans and not outside:
        return None
    if len(bans) > 1 and not _agree(draft, bans):
        raise Trouble(
            "否定が二つ重なっています。送るのか送らないのか、言い切ってください。",
            "There are two negatives. Say plainly whether it is sent or not.",
            weight=4,
        )
    words, first = is_about_words(draft), comes_first(draft)
    draft.use((*bans, *idle(draft, bans)))
    but = [at for at in draft.places("outside", "except") if bans and by_date(draft, at)]
    if but:
        return _on_no_other_day(draft, but[:1])
    dates = take_dates(draft)
    scopes = _about_offers(draft, take_scopes(draft))
    if not bans:
        return _exception_alone(draft, scopes)
    if words and dates is None and not scopes.dimensions() & OFFER_LIKE:
        raise of_which_words(draft)
    if scopes.is_open and dates is None and not draft.left(FREE):
        raise Trouble(
            "対象もチャネルも書かれていないので、すべての配信が止まります。緊急停止（POST /v1/stop、"
            "画面の「緊急停止」）を使いますか。それとも対象・チャネル・時間帯を書き足しますか。",
            "Neither customers nor channel are named, so everything would stop. Use the stop switch, or say "
            "for whom, by which channel or when.",
            weight=5,
            stops=True,
        )
    notes = (*((resolved(dates),) if dates else ()), *((NOT_FIRST,) if first else ()))
    return Frame("ban", scopes, {"dates": dates}, notes=notes)


def _about_offers(draft: Draft, scopes: Scopes) -> Scopes:
    """Offers without a kind or category are any offer; a message about nothing in particular is not meant."""
    if (
        not any(atom.text.lower() in ANY_OFFER and atom.has("offer") for atom in draft.atoms)
        or scopes.dimensions() & OFFER_LIKE
    ):
        return scopes
    picks = tuple({**pick, "offers": frozenset(("any",))} for pick in scopes.alternatives)
    return Scopes(picks, scopes.excepted)


def _agree(draft: Draft, bans: list[int]) -> bool:
    """Nobody ... never: a second no that only repeats the first."""
    texts = [draft.atoms[place].text.lower() for place in bans]
    repeated = {"ever", "never", "none", "nothing", "no"}
    return len(bans) == 2 and (bans[1] - bans[0] == 1 and texts[0] in repeated and texts[1] in repeated)


def _exception_alone(draft: Draft, scopes: Scopes) -> Frame:
    return Frame("exception", Scopes((), scopes.excepted or scopes.alternatives))


def but_not(draft: Draft) -> bool:
    """Whether what is fine on one channel is not on another: fine in email but not in push; then the other is left."""
    places = [at for at in draft.places("except") if draft.atoms[at].text.lower() in BUT_NOT]
    if len(places) != 1 or not draft.has("may") or draft.bans():
        return False
    behind, ahead = group_after(draft, places[0]), [at for at in draft.places("who", "what") if at < places[0]]
    names = {_sort(draft, at) for at in behind}
    same = [at for at in ahead if _sort(draft, at) in names]
    if len(names) != 1 or not same or behind[-1] != max(draft.places("who", "what")):
        return False
    draft.use((*same, *places, *draft.places("may", "but")))
    return True


def _all_but(draft: Draft) -> bool:
    """Coupons may go out on any channel but SMS: what is left out of the permission is forbidden."""
    places = [at for at in draft.places("except") if "channel" in draft.atoms[at].text.lower()]
    channels = group_after(draft, places[0]) if len(places) == 1 and not draft.bans() else []
    if not channels or any(_sort(draft, at) != "channels" for at in channels):
        return False
    draft.use((*places, *draft.places("may")))
    return True


def contrast(draft: Draft) -> Frame | None:
    """Coupons are fine in email but not in push: only the second half forbids."""
    if draft.has("only", "rest", "span", "count", "number", "percent", "money", "chars", "quote", "time", "hours"):
        return None
    if not _all_but(draft) and not but_not(draft):
        return None
    dates = take_dates(draft)
    return Frame("ban", _about_offers(draft, take_scopes(draft)), {"dates": dates})


def exception(draft: Draft) -> Frame | None:
    """Nothing but an exception: except cart reminders; ただし購入確認は除く."""
    places = draft.places("except", "exempt", "outside")
    alone = [at for at in draft.places("only") if at + 1 not in places]
    if not places or alone or draft.has("may", "span", "count", "percent", "time", "hours"):
        return None
    rest = [place for place in draft.bans() if place not in places]
    if rest:
        return None
    all_places = draft.places("who", "what")
    if not all_places or _of_channels(draft, places, all_places):
        return None
    excepted = alternatives_of(draft, all_places)
    draft.use((*places, *all_places))
    draft.take("but", "only")
    return Frame("exception", Scopes((), excepted))


def _of_channels(draft: Draft, places: list[int], named: list[int]) -> bool:
    """Birthday messages on any channel but SMS: what goes there is said first, and is no exception to anything."""
    return any("channel" in draft.atoms[at].text.lower() and named[0] < at for at in places)
