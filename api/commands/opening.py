"""How commands open what they need."""

from collections.abc import Iterator
from contextlib import contextmanager

from pydantic import ValidationError

from agent.settings import Settings
from agent.stores import Stores, open_stores
from domain.errors import Malformed


def read_settings() -> Settings:
    """The settings of the environment; raises Malformed naming the variable that cannot be used."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        variable = "TACT_" + "_".join(str(part) for part in first["loc"]).upper()
        why = first["msg"].removeprefix("Value error, ")
        raise Malformed(variable, first["input"], f"{why}. Correct the environment variable.") from error


@contextmanager
def opened_stores() -> Iterator[Stores]:
    """Database and keys, without the vector store, so that they open while the service runs."""
    stores = open_stores(read_settings())
    try:
        yield stores
    finally:
        stores.close()
