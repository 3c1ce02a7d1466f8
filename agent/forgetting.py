"""Forgetting: the last texts and profiles that this process remembers are let go when somebody is erased.

They are remembered for speed alone; each is made again when it is needed.
"""

import sys
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

from policies.inspection.phrases import forget_lines

PACKAGES = ("records.", "agent.", "tools.", "policies.inspection.", "policies.checking.")
"""Where words of and about people are read; what the others remember are rules, dates and zones."""
MEMORY: Any = type(lru_cache(lambda: None))


def forget_everything(encode: Callable[..., object] | None = None) -> int:
    """Empties every memory of texts and profiles, and says how many there were; `encode` is the remembering encoder."""
    memories = [*_of_modules(), *([encode] if hasattr(encode, "cache_clear") else [])]
    for one in memories:
        one.cache_clear()
    forget_lines()
    return len(memories)


def _of_modules() -> Iterator[Any]:
    """Every memory of limited size in our modules: what is kept without limit was read from our own files."""
    for name, module in list(sys.modules.items()):
        if name.startswith(PACKAGES) and module is not None:
            for thing in list(vars(module).values()):
                if isinstance(thing, MEMORY) and thing.cache_parameters()["maxsize"] is not None:
                    yield thing
