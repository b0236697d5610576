# SPDX-License-Identifier: Apache-2.0
"""The example notebook runs from its first cell to its last, and what it shows is there; what objects look like in it."""
import pathlib
import sys

import polku
import pytest

from conftest import CASE, ROOT

NOTEBOOK = ROOT / "examples/notebooks/city.ipynb"


@pytest.fixture(scope="module")
def page():
    """The notebook as an HTML page, with the outputs of a fresh run. It stays in the working folder, to be looked at."""
    nbclient = pytest.importorskip("nbclient")
    nbconvert = pytest.importorskip("nbconvert")
    nbformat = pytest.importorskip("nbformat")
    for needed in ("ipykernel", "pandas", "pyarrow"):
        pytest.importorskip(needed)
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    assert all(not cell.get("outputs") for cell in notebook.cells), "outputs are not kept in the file"
    kernels = pytest.importorskip("jupyter_client.kernelspec")
    spec = kernels.KernelSpec(argv=[sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
                              display_name="polku", language="python")
    manager = pytest.importorskip("jupyter_client").AsyncKernelManager(kernel_name="python3")
    manager._kernel_spec = spec
    client = nbclient.NotebookClient(notebook, km=manager, timeout=120, resources={"metadata": {"path": str(NOTEBOOK.parent)}})
    client.execute()
    made, _ = nbconvert.HTMLExporter().from_notebook_node(notebook)
    pathlib.Path("city.html").write_text(made, encoding="utf-8")
    return made


def test_the_notebook_runs(page):
    assert "chain is whole" in page and "data:image/svg+xml" in page
    for told in ("coaching", "assessment", "worker-201", "a year without work asks for coaching", "proved"):
        assert told in page, told
    assert "Traceback" not in page


def test_cases_and_lists_are_tables(client):
    case = client.case(CASE, "2026-10-01")
    assert isinstance(case, polku.Case) and isinstance(case, dict)
    shown = case._repr_html_()
    assert "<h4>timeline</h4>" in shown and case["stage"]["name"] in shown
    assert client.cases()._repr_html_().count("<tr>") == 2
    assert isinstance(client.due("2030-01-01"), polku.Records)
    assert polku.Records()._repr_html_() == "<p>none</p>"


def test_what_people_wrote_is_text_in_html():
    shown = polku.Record({"<b>": "<script>", "none": None, "many": ["a", {"x": True}], "rows": [{"y": 1}, {"z": 2}]})._repr_html_()
    assert "<script>" not in shown and "&lt;script&gt;" in shown and "&lt;b&gt;" in shown
    assert shown.count("<table") == 3
    assert "50" in polku.Records([{"n": n} for n in range(100)])._repr_html_()


def test_paths_programs_and_decisions(support):
    with polku.Path.shipped("typ") as path:
        assert 'src="data:image/svg+xml;base64,' in path._repr_html_()
        assert "<svg" in path.diagram(language="sv")
        with pytest.raises(polku.InvalidError):
            path.diagram(language="xx")
    assert "months without work" in support._repr_html_()
    assert support.decision("Support").outputs == ("Support",)
    assert "work ability" in support.decision("Support")._repr_html_()
    told = support.decision("Support").explain({"work ability": 6, "months without work": 14})
    assert isinstance(told, polku.Explanation) and "a year without work asks for coaching" in told._repr_html_()


def test_commands_with_progress(store, commands):
    seen = []
    answers = store.execute_all(commands[:5], progress=seen.append)
    assert seen == [1, 2, 3, 4, 5] and answers[0]["case"] == CASE

    def stop(done):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        store.execute_all(commands[5:], progress=stop)
    assert [row["case"] for row in store.cases()] == [CASE]
