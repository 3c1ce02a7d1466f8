"""Endings: what became of a run, in words; the records keep it as `kind:detail`."""

from collections.abc import Mapping

from domain.language import phrase

SAID: Mapping[str, tuple[str, str]] = {
    "": ("ご案内をお届けする用意ができました", "A message was laid out"),
    "left": ("アプリやサイトの問い合わせを待っています", "Left for the app or the site to ask for"),
    "moot": ("「{}」があったので取りやめました", "Ended by {}"),
    "undone": ("「{}」で取り消されたので止めました（再開されることがあります）", "Undone by {}; it may begin anew"),
    "lost": ("同じ頃の「{}」を優先しました", "Lost to {}, due at about the same time"),
    "behind": ("「{}」の結果を待っています", "Waits to see what becomes of {}"),
    "held": ("ルールにより見送りました（{}）", "Held by a rule ({})"),
    "often": ("この施策の回数の上限です（{}）", "Its own limit is reached ({})"),
    "unlike": ("条件に合いませんでした（{}）", "The condition {} does not hold"),
    "expired": ("お届けする時期を過ぎました", "Too late to be worth saying"),
    "off": ("施策が使われなくなりました", "The scene is no longer on"),
    "gone": ("お客様の記録がなくなりました", "The customer is gone"),
    "busy": ("いったん見合わせ、まもなく再度試みます（{}）", "Tried again shortly ({})"),
    "person": ("{}が取りやめました", "Cancelled by {}"),
    "consent_withdrawn": ("同意が取り下げられました", "Consent was withdrawn"),
    "released": ("送られなかったと報告がありました（{}）", "Reported as not sent ({})"),
}

CONDITIONS: Mapping[str, tuple[str, str]] = {
    "first": ("はじめてのとき", "first"),
    "near_viewed": ("最近ご覧になった・保存された品", "near_viewed"),
}


def said_of(reason: str | None, language: str) -> str:
    """The sentence for a reason; one that nobody knows is shown as it is."""
    kind, _, detail = (reason or "").partition(":")
    if kind not in SAID:
        return reason or ""
    ja, en = SAID[kind]
    known = CONDITIONS.get(detail, (detail, detail))
    return phrase(language, ja=ja.format(known[0]), en=en.format(known[1])).replace("（）", "").replace(" ()", "")
