"""The stock: copy written ahead for single offers, at hand by offer; built once a version, never changed."""

from collections.abc import Iterable
from fnmatch import fnmatchcase

from domain.channel import Channel
from domain.language import Language
from domain.variant import Variant
from tools.copy.facts import Facts
from tools.copy.passages import fits
from tools.copy.slots import Slots

Place = tuple[str, str, Channel, Language]


class Stock:
    """Approved variants by scene, offer, channel and language."""

    def __init__(self, variants: Iterable[Variant] = ()) -> None:
        self._by_place: dict[Place, list[Variant]] = {}
        self.variants = tuple(variants)
        for variant in self.variants:
            if variant.offer is not None:
                place = (variant.scene, variant.offer, variant.channel, variant.language)
                self._by_place.setdefault(place, []).append(variant)

    def options(
        self, *, scene: str | None, channel: Channel, placement: str | None, language: Language, slots: Slots
    ) -> tuple[Variant, ...]:
        """The variants about this offer whose needs are met; copy for just this placement where there is any."""
        if not self._by_place or scene is None:
            return ()
        here = self._by_place.get((scene, slots.offer.id, channel, language))
        # A list is about several offers, and this copy about one.
        if not here or len(slots.items) > 1:
            return ()
        facts = Facts(slots, channel)
        fitting = [one for one in here if _placed(one, placement) and fits(one, channel, facts)]
        own = tuple(one for one in fitting if one.placement is not None)
        return own or tuple(fitting)


def _placed(variant: Variant, placement: str | None) -> bool:
    return variant.placement is None or bool(placement and fnmatchcase(placement, variant.placement))
