"""How commands open what they need."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from difflib import get_close_matches

from pydantic import ValidationError

from agent.settings import Settings
from agent.stores import Stores, open_stores
from domain.errors import Malformed

SECRET = frozenset({"TACT_LLM_API_KEY", "TACT_DATABASE_URL"})
"""What is never printed."""
KEYS = frozenset({"TACT_KEY", "TACT_AUTHOR_KEY", "TACT_APPROVER_KEY"})
"""What commands read beside the settings: the keys of persons."""


def read_settings() -> Settings:
    """The settings of the environment; raises Malformed naming the variable that cannot be used."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        variable = "TACT_" + "_".join(str(part) for part in first["loc"]).upper()
        why = first["msg"].removeprefix("Value error, ")
        found = "…" if variable in SECRET else first["input"]
        raise Malformed(variable, found, f"{why.rstrip('.?')}. Correct the environment variable.") from error


def misspelt(environment: Mapping[str, str]) -> Iterator[str]:
    """What is set in our name and read by nobody, each with the name that was probably meant."""
    known = {f"TACT_{name.upper()}" for name in Settings.model_fields} | KEYS
    for name in sorted(environment):
        if name.startswith("TACT_") and name not in known:
            close = get_close_matches(name, known, 1)
            yield f"{name} is no setting" + (f"; did you mean {close[0]}?" if close else "")


@contextmanager
def opened_stores() -> Iterator[Stores]:
    """Database and keys, without the vector store, so that they open while the service runs."""
    stores = open_stores(read_settings())
    try:
        yield stores
    finally:
        stores.close()
