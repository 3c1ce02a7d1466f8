"""Besides: times at which messages go out too, beside all others: they keep nothing back."""

from policies.directives.draft import Draft
from policies.directives.frame import Frame, Said, Trouble
from policies.directives.frames.clocks import take_stretches
from policies.directives.scopes import take_scopes

TIMES = ("days", "time", "hours")
BESIDES = frozenset(("also", "too", "as well", "even"))
PERMITTED: Said = (
    "許可の文です。新しい制限は作りません。ほかの決まりはそのまま残ります。",
    "This permits; it adds no restriction, and loosens none.",
)


def comes_on_top(draft: Draft) -> bool:
    """Whether these times come on top of others, and nothing keeps messages to them: also at weekends, 土日も."""
    if draft.bans() or draft.has("only", "rest", "outside", "except", "quiet"):
        return False
    texts = [atom.text.lower() for atom in draft.atoms]
    places = draft.places(*TIMES, "from", "until")
    after = (texts[at + 1] for at in places if at + 1 < len(texts))
    too = any(text in ("も", "にも", "でも") for text in after) or any(texts[at].endswith("も") for at in places)
    return too or not set(texts).isdisjoint(BESIDES)


def permitted_too(draft: Draft) -> Frame:
    """A permission for further times: it restricts nothing."""
    if not draft.has("may"):
        raise Trouble(
            "この時間・曜日にも送る、という予定は制限になりません。この時間・曜日だけに送るなら「だけ」を足してください。",
            'Sending at these times too limits nothing. If messages may go out at these times alone, write "only".',
            weight=5,
        )
    take_stretches(draft, [])
    draft.take("may", *TIMES)
    return Frame("permit", take_scopes(draft), {"besides": True}, notes=(PERMITTED,))
