"""Offer vectors: what each offer of the catalogue is like, without anybody waiting for an encoder somewhere else."""

import logging
import threading
from collections.abc import Mapping, Sequence
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from domain.errors import TactError
from domain.offer import Offer
from records.context import ContextStore
from records.digest import offer_text
from records.embedding import Encoder, is_here, sound

log = logging.getLogger("tact.offers")
Floats = NDArray[np.float32]

PAUSE = 30.0
"""Seconds until an encoder that did not answer is asked again."""
BATCH = 64
"""Offers that are written down together: what has come is kept when the rest fails."""


class OfferVectors:
    """The vector store's rows for the catalogue; an encoder of this machine fills gaps at once, another one by and by.

    Until it has, an offer keeps its earlier row, and a new one lies nowhere: it is like nothing, and found otherwise.
    """

    def __init__(self, context: ContextStore, encoder: Encoder, pause: float = PAUSE) -> None:
        self._context, self._encoder, self._pause = context, encoder, pause
        self._owed: dict[str, str] = {}
        self._lock, self._writing, self._ended = threading.Lock(), threading.Lock(), threading.Event()
        self._asking: threading.Thread | None = None
        self.arrived = 0
        """How often rows came later than they were wanted: who holds older ones looks again."""

    def of(self, offers: Sequence[Offer]) -> Floats:
        """One row an offer, (n, d); d is 0 as long as nothing was ever encoded somewhere else."""
        stored = self._context.offer_vectors()
        texts = {offer.id: sound(offer_text(offer)) for offer in offers}
        missing = {key: text for key, text in texts.items() if key not in stored or stored[key][0] != text}
        if missing and is_here(self._encoder):
            stored.update(self._encoded(missing))
        elif missing:
            self._ask_for(missing)
        known = [stored[offer.id][1] if offer.id in stored else None for offer in offers]
        rows = np.zeros((len(offers), next((len(row) for row in known if row is not None), 0)), np.float32)
        for place, row in enumerate(known):
            if row is not None:
                rows[place] = row
        return rows

    def close(self) -> None:
        """Asks nobody any more, and writes nothing after what is being written now."""
        with self._writing:
            self._ended.set()

    def _encoded(self, texts: Mapping[str, str]) -> dict[str, tuple[str, Floats]]:
        rows = self._encoder.encode(list(texts.values()))
        with self._writing:
            if not self._ended.is_set():
                self._context.put_offers(list(texts), list(texts.values()), rows)
        return {key: (text, row) for (key, text), row in zip(texts.items(), rows, strict=True)}

    def _ask_for(self, texts: Mapping[str, str]) -> None:
        with self._lock:
            self._owed = dict(texts)
            if self._asking is None:
                self._asking = threading.Thread(target=self._ask, name="tact-offer-vectors", daemon=True)
                self._asking.start()

    def _ask(self) -> None:
        """Asks for one batch after another; one that is refused goes behind the others."""
        unseen = False
        while (some := self._next()) is not None:
            came = self._comes(some)
            unseen |= came
            with self._lock:
                rest = {key: text for key, text in self._owed.items() if some.get(key) != text}
                late = {} if came else {key: text for key, text in some.items() if self._owed.get(key) == text}
                self._owed = rest | late
            if unseen and not (came and rest):
                self.arrived, unseen = self.arrived + 1, False
            if not came:
                self._ended.wait(self._pause)

    def _next(self) -> dict[str, str] | None:
        with self._lock:
            if self._owed and not self._ended.is_set():
                return dict(islice(self._owed.items(), BATCH))
            self._asking = None
            return None

    def _comes(self, some: Mapping[str, str]) -> bool:
        try:
            self._encoded(some)
        except Exception as error:
            # Whatever it was, a thread that ends for it would leave new offers without a vector until the next start.
            log.warning(
                "some offers are like nothing until their vectors come: %s",
                error,
                exc_info=not isinstance(error, TactError),
            )
            return False
        return True
