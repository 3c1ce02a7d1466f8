"""Calling: how a call begins, what to check once we know who it is, and what is for the eyes alone."""

from agent.handover.brief import Script
from agent.handover.known import Known
from domain.memory import Distance, Memory

FAULT = ("不具合", "a fault")


def script(known: Known) -> Script:
    """The hints for one call."""
    matter = next((one for one in known.memories if one.source in ("ticket", "call") and one.offer_id), None)
    return Script(opening=tuple(opening(known)), check=tuple(check(known, matter)), not_aloud=tuple(not_aloud(known)))


def opening(known: Known) -> list[str]:
    """How to begin: with an apology, and with their safety, where something of ours is broken."""
    say = known.say
    if not known.in_trouble:
        return [say("お電話ありがとうございます。ご用件をうかがいます。", "Thank you for calling. How can I help?")]
    lines = [say("ご不便をおかけして、申し訳ございません。", "I am sorry for the trouble.")]
    if any(word in memory.text for memory in known.memories for word in FAULT if memory.source in ("ticket", "call")):
        lines.append(say("お怪我はございませんでしたか。", "I hope that nobody was hurt."))
    return lines


def check(known: Known, matter: Memory | None) -> list[str]:
    """What to ask once it is certain who calls."""
    say = known.say
    lines = [
        say(
            "ご本人確認が済むまで、お名前・ご購入・お問い合わせの内容に触れません。",
            "Until you know who calls, mention neither name nor purchases nor requests.",
        )
    ]
    bought = matter and next((one for one in known.of(Distance.DID_WITH_US) if is_purchase_of(one, matter)), None)
    offer = known.offers.get(bought.offer_id or "") if bought else None
    if bought and offer:
        name, day = offer.name.either(known.language), known.day(bought.at)
        place = bought.place if bought.place and known.showable(bought.place) else None
        at = say(f"に{place}で" if place else "に", f" at {place}" if place else "")
        lines.append(
            say(
                f"{day}{at}お求めの、{name}でお間違いございませんか。レシートはご用意いただかなくて大丈夫です。",
                f"Is it the {name} that you bought on {day}{at}? There is no need for the receipt.",
            )
        )
    return lines


def is_purchase_of(memory: Memory, matter: Memory) -> bool:
    """Whether the memory is the purchase of what the call is about."""
    return memory.source == "purchase" and memory.offer_id == matter.offer_id


def not_aloud(known: Known) -> list[str]:
    """What must not be said on the phone."""
    say = known.say
    lines = [
        say(
            "ご覧になったページや動画、購入金額、会員ランクには触れません。",
            "Do not mention pages or videos they looked at, what they spent, or their rank.",
        ),
        say(
            "このメモの推測と、担当者のメモを読み上げません。",
            "Do not read out the guesses on this page, or notes by staff.",
        ),
    ]
    if known.in_trouble:
        lines.append(
            say("ほかの商品やキャンペーンは案内しません。", "Offer nothing else, neither product nor campaign.")
        )
        lines.append(
            say(
                "お怪我があった場合は、ここまでにして責任者へ替わります。",
                "If somebody was hurt, stop here and hand over to whoever is responsible.",
            )
        )
    return lines
