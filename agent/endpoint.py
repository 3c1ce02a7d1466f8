"""The endpoint: the model that the settings name, with the meter that counts what it is asked."""

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from agent.settings import Settings
from agent.stores import Stores
from domain.errors import Malformed
from domain.scene import Scene
from records.embedding import Encoder
from tools.effort import Endpoint as Patience
from tools.embeddings import EndpointEncoder
from tools.meter import Meter, Tariff
from tools.model import Model


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A model, and what it was asked."""

    model: Model
    meter: Meter


def open_endpoint(stores: Stores, scene_of: Callable[[str], Scene | None] = lambda scene_id: None) -> Endpoint | None:
    """The model behind TACT_LLM_BASE_URL, None where none is set; nothing is sent to it yet."""
    settings = stores.settings
    if settings.llm_base_url is None:
        return None
    if settings.llm_model is None:
        raise Malformed("TACT_LLM_MODEL", None, "name the model that TACT_LLM_BASE_URL serves.")

    def limit_of(scene_id: str) -> int | None:
        scene = scene_of(scene_id)
        return scene.model_tokens_per_day if scene else None

    meter = Meter(stores.database, stores.clock, ZoneInfo(settings.home_timezone), tariff_of(settings), limit_of)
    # Importing the client costs most of a second, and most commands ask no model.
    llm = importlib.import_module("tools.llm")
    where = Patience(
        base_url=settings.llm_base_url,
        model=settings.llm_model,
        api_key=settings.llm_api_key,
        connect_seconds=settings.llm_connect_seconds,
        read_seconds=settings.llm_read_seconds,
        seconds=settings.llm_seconds,
        retries=settings.llm_retries,
        concurrency=settings.llm_concurrency,
        failures=settings.llm_failures,
    )
    model: Model = llm.OpenAIModel(where, meter)
    return Endpoint(model, meter)


def endpoint_encoder(settings: Settings) -> Encoder | None:
    """The encoder behind the endpoint, None where the settings name none; asks it once how long its vectors are."""
    if settings.llm_embed_model is None:
        return None
    if settings.llm_base_url is None:
        raise Malformed("TACT_LLM_EMBED_MODEL", settings.llm_embed_model, "set TACT_LLM_BASE_URL, which serves it.")
    line = importlib.import_module("tools.line")
    embed = line.embedder(settings.llm_base_url, settings.llm_api_key, settings.llm_embed_model, settings.llm_seconds)
    return EndpointEncoder(settings.llm_embed_model, embed)


def tariff_of(settings: Settings) -> Tariff:
    """Prices and limits."""
    return Tariff(
        price_in=settings.llm_price_in,
        price_out=settings.llm_price_out,
        currency=settings.llm_currency,
        tokens_per_day=settings.llm_tokens_per_day,
        money_per_day=settings.llm_money_per_day,
    )
