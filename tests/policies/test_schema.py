"""The schema by which editors complete rule files: it knows every type and field, and says what they mean."""

from typing import Any

import pytest

from policies.document import PLAYBOOK, RULE_TYPES, read_data
from policies.schema import FILES, schema_of

HOUSE = schema_of("house")


def fields_of(model: Any) -> dict[str, Any]:
    """The fields that the schema allows in a rule of that type."""
    properties: dict[str, Any] = HOUSE["$defs"][model.__name__]["properties"]
    return properties


@pytest.mark.parametrize("kind", RULE_TYPES)
def test_every_type_is_offered_with_its_meaning(kind: str) -> None:
    model = RULE_TYPES[kind]
    definition = HOUSE["$defs"][model.__name__]
    assert definition["properties"]["type"]["const"] == kind
    assert len(definition["description"]) > 40
    assert set(definition["properties"]) == {field.alias or name for name, field in model.model_fields.items()}
    assert definition["additionalProperties"] is False


def test_fields_are_explained_and_times_are_written_as_people_do() -> None:
    quiet = fields_of(RULE_TYPES["quiet_hours"])
    assert quiet["start"]["pattern"] == "^([01][0-9]|2[0-3]):[0-5][0-9]$"
    assert "breaking it costs" in quiet["weight"]["description"]
    assert "no exception loosens" in quiet["layer"]["description"]
    assert HOUSE["properties"]["packs"]["items"]["enum"] == ["eu", "jp", "us"]
    assert "your own counsel" in HOUSE["properties"]["packs"]["description"]


def test_every_file_of_the_playbook_names_its_schema_and_uses_known_fields() -> None:
    for document, path in FILES.items():
        alone = PLAYBOOK / f"{document}.yaml"
        files = [alone] if alone.exists() else sorted(path.parent.glob("*.yaml"))
        for file in files:
            text = file.read_text(encoding="utf-8")
            assert text.startswith(f"# yaml-language-server: $schema={path.name}\n"), file
            data: Any = read_data(text, file.name)
            assert set(data) <= set(schema_of(document)["properties"]), file
            for rule in data.get("rules", ()):
                assert set(rule) <= set(fields_of(RULE_TYPES[rule["type"]])), rule["id"]
