"""The schema of rule files, so that editors complete and explain what marketers write."""

import ast
import inspect
import json
import textwrap
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from domain.frozen import Frozen
from domain.scene import Scene
from domain.sender import Sender
from domain.stages import Stages
from policies.document import PLAYBOOK
from policies.exception import RuleException
from policies.pack import Pack, pack_names
from policies.rules import AnyRule

Document = Literal["house", "scene", "pack", "stages"]
Node = dict[str, Any]
FILES: Mapping[Document, Path] = {
    "house": PLAYBOOK / "schema.json",
    "scene": PLAYBOOK / "scenes" / "schema.json",
    "pack": PLAYBOOK / "packs" / "schema.json",
    "stages": PLAYBOOK / "stages.schema.json",
}
"""Where the schemas lie beside the files that they describe."""


class House(Frozen):
    """The company's own file: who sends, which packs are on, the rules, and the exceptions from them."""

    model_config = ConfigDict(title="house.yaml")

    sender: Sender | None = None
    packs: tuple[str, ...] = Field((), json_schema_extra={"items": {"enum": list(pack_names())}})
    """Rules that ship with Tact for a legal area; your own counsel reviews them."""
    rules: tuple[AnyRule, ...] = ()
    """All of them apply; where several do, the strictest wins."""
    exceptions: tuple[RuleException, ...] = ()
    """The one way to loosen a rule, for a scope and until a day."""


ROOTS: Mapping[Document, type[BaseModel]] = {"house": House, "scene": Scene, "pack": Pack, "stages": Stages}


@cache
def schema_of(document: Document) -> Node:
    """The JSON Schema of one kind of file."""
    schema = ROOTS[document].model_json_schema(by_alias=True, mode="validation")
    models = {model.__name__: model for model in _models(ROOTS[document])}
    models["House"] = House
    for name, definition in ((ROOTS[document].__name__, schema), *schema.get("$defs", {}).items()):
        if (model := models.get(name)) is not None:
            _describe(definition, model)
    _ease(schema)
    return {"$schema": "http://json-schema.org/draft-07/schema#", **schema}


def text_of(document: Document) -> str:
    """The schema as the file beside the playbook holds it."""
    return json.dumps(schema_of(document), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _models(root: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """Every model that can stand in a file."""
    waiting: list[type[BaseModel]] = [Frozen, *([root] if not issubclass(root, Frozen) else [])]
    while waiting:
        model = waiting.pop()
        yield model
        waiting += model.__subclasses__()


def _describe(definition: Node, model: type[BaseModel]) -> None:
    """Puts the docstrings of fields into the schema."""
    told = {
        (field.alias or name): said for name, said in _said(model).items() if (field := model.model_fields.get(name))
    }
    for name, node in definition.get("properties", {}).items():
        if name in told:
            node["description"] = told[name]


@cache
def _said(model: type[BaseModel]) -> Mapping[str, str]:
    """What stands under each field of a model and of those that it builds on."""
    told: dict[str, str] = {}
    for kind in reversed(model.__mro__):
        if not (issubclass(kind, BaseModel) and kind.__module__.partition(".")[0] in ("domain", "policies")):
            continue
        body = ast.parse(textwrap.dedent(inspect.getsource(kind))).body[0]
        lines = body.body if isinstance(body, ast.ClassDef) else []
        for line, following in pairwise(lines):
            if (
                isinstance(line, ast.AnnAssign)
                and isinstance(line.target, ast.Name)
                and isinstance(following, ast.Expr)
                and isinstance(following.value, ast.Constant)
            ):
                told[line.target.id] = inspect.cleandoc(str(following.value.value))
    return told


def _ease(node: Any) -> None:
    """Says times as people write them: without seconds."""
    if isinstance(node, list):
        for inner in node:
            _ease(inner)
    if not isinstance(node, dict):
        return
    if node.get("format") == "time":
        del node["format"]
        node["pattern"] = "^([01][0-9]|2[0-3]):[0-5][0-9]$"
    for inner in node.values():
        _ease(inner)
