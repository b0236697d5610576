# SPDX-License-Identifier: Apache-2.0
"""What is read and written obeys the schemas that polku gives out."""
import json
import re

import polku
import pytest

TYPES = {"object": dict, "array": list, "string": str, "boolean": bool, "integer": int, "null": type(None)}


def is_of(value, name):
    if name == "number":
        return not isinstance(value, (bool, str, list, dict, type(None)))
    return isinstance(value, TYPES[name]) and not (name == "integer" and isinstance(value, bool))


def faults(value, schema, at=""):
    """What of a JSON Schema a value breaks, for the words that polku's schemas use."""
    if schema is True or schema is False:
        return [] if schema else [f"{at}: must not be there"]
    found = []
    if "type" in schema and not is_of(value, schema["type"]):
        return [f"{at}: {value!r} is no {schema['type']}"]
    if "const" in schema and value != schema["const"]:
        found.append(f"{at}: {value!r} is not {schema['const']!r}")
    if "enum" in schema and value not in schema["enum"]:
        found.append(f"{at}: {value!r} is none of {schema['enum']}")
    if "pattern" in schema and not re.search(schema["pattern"], value):
        found.append(f"{at}: {value!r} is not like {schema['pattern']}")
    if "not" in schema and not faults(value, schema["not"], at):
        found.append(f"{at}: {value!r} is what it must not be")
    for word, enough in (("oneOf", lambda good: good == 1), ("anyOf", lambda good: good >= 1)):
        tried = [faults(value, each, at) for each in schema.get(word, ())]
        if tried and not enough(sum(not each for each in tried)):
            found.append(f"{at}: {word} fits {sum(not each for each in tried)} times, nearest: {min(tried, key=len)}")
    if isinstance(value, dict):
        found += of_object(value, schema, at)
    if isinstance(value, list):
        for index, item in enumerate(value):
            found += faults(item, schema.get("items", True), f"{at}/{index}")
    return found


def of_object(value, schema, at):
    properties = schema.get("properties", {})
    found = [f"{at}: lacks {name}" for name in schema.get("required", ()) if name not in value]
    for name, item in value.items():
        found += faults(item, properties.get(name, schema.get("additionalProperties", True)), f"{at}/{name}")
    return found


def test_the_words_of_the_checker_are_those_of_the_schemas():
    known = {"$schema", "title", "description", "type", "const", "enum", "pattern", "format", "minLength", "minimum",
             "not", "oneOf", "anyOf", "properties", "required", "additionalProperties", "items"}

    def words(schema):
        if not isinstance(schema, dict):
            return
        assert set(schema) <= known, set(schema) - known
        for word in ("properties",):
            for each in schema.get(word, {}).values():
                words(each)
        for each in schema.get("oneOf", []) + schema.get("anyOf", []):
            words(each)
        for word in ("items", "additionalProperties", "not"):
            words(schema.get(word))

    for name in ("path", "command", "case", "event"):
        words(polku.schema(name))


def test_shipped_definitions_obey_the_schema_of_paths(root):
    definition = json.loads((root / "src/packs/tyokyky-kayttoon/path.json").read_text(encoding="utf-8"))
    assert faults(definition, polku.schema("path")) == []
    assert faults({**definition, "stage": []}, polku.schema("path"))
    base = json.loads((root / "src/packs/common/base.json").read_text(encoding="utf-8"))
    merged = {**base, **{name: definition[name] for name in ("id", "version", "valid", "name", "notice")}}
    assert faults(merged, polku.schema("path")) == []


def test_commands_obey_their_schema(examples):
    schema = polku.schema("command")
    for client in examples["clients"]:
        for command in client["commands"]:
            assert faults(command, schema) == [], command
    assert faults({**examples["clients"][0]["commands"][0], "commando": 1}, schema)


@pytest.mark.parametrize("protected", [False, True])
def test_cases_obey_their_schema(examples, store, protected):
    schema = polku.schema("case")
    # A store takes commands in the order of their time.
    for command in sorted((each for client in examples["clients"] for each in client["commands"]),
                          key=lambda each: each["now"]):
        store.execute(command)
    for client in examples["clients"]:
        view = store.case(client["case"], examples["as_of"], protected=protected)
        assert faults(view, schema) == [], client["id"]
        own = store.case(client["case"], examples["as_of"], reader={"client": view["client"]["id"]})
        assert faults(own, schema) == [], client["id"]
        if view["responsible"]:
            worker = {**view["responsible"]["who"], "actor": view["responsible"]["who"]["person"], "purpose": "services"}
            del worker["person"]
            seen = store.case(client["case"], examples["as_of"], reader=worker)
            assert seen["withheld"] and faults(seen, schema) == [], client["id"]


def test_events_obey_their_schema(client):
    schema = polku.schema("event")
    for event in client.events():
        assert faults(event, schema) == [], event["type"]


def test_an_unknown_schema_is_not_found():
    with pytest.raises(polku.NotFoundError):
        polku.schema("store")
