"""Consenting: only with consent, on the channels that are named."""

from policies.directives.draft import Draft
from policies.directives.frame import Frame, Pick, Scopes, Trouble
from policies.directives.frames.timing import take_dates
from policies.directives.scopes import take_scopes


def consent(draft: Draft) -> Frame | None:
    """Only with consent, on the channels that are named."""
    if not draft.has("agreed", "not_agreed"):
        return None
    missing, given = draft.has("not_agreed"), draft.has("agreed")
    bans = draft.bans()
    forbidden = bool(bans) or draft.has("outside", "exempt")
    wanted = draft.has("only", "needs", "must") or (draft.has("except") and bool(bans))
    restricts = (missing and forbidden) or (given and wanted)
    if not restricts or (given and missing and not bans):
        raise Trouble(
            "同意のある方にだけ送る、という意味ですか。そうであれば「同意のある方にだけ」と書いてください。",
            'Do you mean that only customers who agreed are contacted? If so, write "only with consent".',
            weight=5,
        )
    draft.take("agreed", "not_agreed", "only", "needs", "except", "outside", "until", "may")
    draft.use(bans[:1])
    scopes = take_scopes(draft)
    scopes = Scopes(tuple(_without_unit(pick) for pick in scopes.alternatives), scopes.excepted)
    return Frame("consent", scopes, {"dates": take_dates(draft)})


def _without_unit(pick: Pick) -> Pick:
    """The purpose "service" inside a consent phrase is no restriction of its own."""
    return {
        name: value for name, value in pick.items() if not (name == "purposes" and value == frozenset(("service",)))
    }
