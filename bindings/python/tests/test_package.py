# SPDX-License-Identifier: Apache-2.0
"""The package itself: its names, its documentation, and how much of the C ABI it uses."""
import ast
import doctest
import importlib
import pathlib
import pkgutil
import re

import polku
import pytest

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[2]
MODULES = ["polku"] + [f"polku.{module.name}" for module in pkgutil.iter_modules(polku.__path__)
                       if module.name != "_native"]


def test_every_exported_name_is_used_by_a_test():
    text = "".join(path.read_text(encoding="utf-8") for path in HERE.glob("*.py"))
    unused = [name for name in polku.__all__ if not re.search(rf"polku\.{name}\b", text)]
    # Classes that no fault of these tests can provoke, or that only come out of other calls.
    assert set(unused) <= {"CancelledError", "CorruptError", "DeniedError", "InternalError", "Decision", "Prepared"}
    assert all(hasattr(polku, name) for name in polku.__all__)


def test_every_error_class_is_a_polku_error():
    classes = [getattr(polku, name) for name in polku.__all__ if name.endswith("Error")]
    assert len(classes) == 11
    assert all(issubclass(each, polku.PolkuError) for each in classes)


@pytest.mark.parametrize("name", MODULES)
def test_doctests_of_modules(name):
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def test_doctests_of_the_readme():
    found = doctest.testfile(str(HERE.parent / "README.md"), module_relative=False)
    assert found.attempted >= 3 and found.failed == 0


def test_doctests_of_the_manual():
    found = doctest.testfile(str(ROOT / "docs/python.md"), module_relative=False)
    assert found.attempted >= 6 and found.failed == 0


def test_types_are_strict():
    api = pytest.importorskip("mypy.api")
    told, complaints, status = api.run(["--strict", "--cache-dir", "/dev/null", str(pathlib.Path(polku.__file__).parent)])
    assert status == 0, told + complaints


def test_every_public_name_says_what_it_is():
    for name in polku.__all__:
        thing = getattr(polku, name)
        if callable(thing):
            assert thing.__doc__, name
            for attribute, value in vars(thing).items() if isinstance(thing, type) else ():
                if not attribute.startswith("_") and callable(value):
                    assert value.__doc__, f"{name}.{attribute}"


def test_functions_are_annotated():
    for path in pathlib.Path(polku.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                assert node.returns is not None, f"{path.name}:{node.lineno}"
    assert (pathlib.Path(polku.__file__).parent / "py.typed").exists()


def test_the_package_reaches_all_of_the_c_abi():
    headers = "".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "capi").glob("polku*.h")))
    header = re.sub(r"/\*.*?\*/", "", headers, flags=re.S)
    declared = set(re.findall(r"^POLKU_API[^;(]*?\b(polku_\w+)\s*\(", header, re.M))
    text = "".join(path.read_text(encoding="utf-8") for path in pathlib.Path(polku.__file__).parent.glob("*.py"))
    used = {name for name in declared if f"lib.{name}" in text}
    # Cancel callbacks and entries of results are not offered in Python (results come out whole); numbers are read as
    # exact decimals anyway; a call's own status chooses the exception. One Arrow array is a stream of one.
    assert declared - used == {"polku_context_set_cancel", "polku_context_set_numbers", "polku_store_set_cancel",
                               "polku_evaluation_entry", "polku_error_status", "polku_batch_evaluate"}
