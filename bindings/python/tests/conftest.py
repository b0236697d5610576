# SPDX-License-Identifier: Apache-2.0
"""Where the project's files are, and what several tests need."""
import json
import pathlib

import polku
import pytest

ROOT = pathlib.Path(__file__).resolve().parents[3]
CASE = "000000000000000000000000ca000001"


@pytest.fixture(scope="session")
def root() -> pathlib.Path:
    return ROOT


@pytest.fixture(scope="session")
def support() -> polku.Program:
    return polku.Program.read(ROOT / "examples" / "support.dmn")


@pytest.fixture(scope="session")
def echo() -> polku.Program:
    return polku.Program.read(ROOT / "tests" / "capi" / "echo.dmn")


@pytest.fixture(scope="session")
def commands() -> list[dict]:
    lines = (ROOT / "examples" / "one_client.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.fixture
def store():
    with polku.Store(":memory:") as opened, polku.Path.shipped("tyokyky-kayttoon") as path:
        opened.use(path)
        yield opened


@pytest.fixture
def client(store, commands):
    """A store in which the example client has gone all the way."""
    for command in commands:
        store.execute(command)
    return store


@pytest.fixture(scope="session")
def examples() -> dict:
    """The shipped example clients with their commands whole, as include/polku/workspace/examples.hpp says."""
    text = (ROOT / "src/packs/tyokyky-kayttoon/clients.json").read_text(encoding="utf-8")
    file = json.loads(text)
    for one in file["clients"]:
        one["commands"] = [whole(one, number, said, file["path"]) for number, said in enumerate(one["commands"], 1)]
    return file


def whole(one: dict, number: int, said: dict, path: str) -> dict:
    command = {"case": one["case"], "command_id": f"{one['id']}-{number:02}", "purpose": "service path",
               "now": f"{said['on']}T{9 + number // 60:02}:{number % 60:02}:00Z",
               **{name: value for name, value in said.items() if name != "on"}}
    if command["command"] == "open_case":
        command["data"] = {"path": path, "client": one["client"], **command["data"]}
    return command
