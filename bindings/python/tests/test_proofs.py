# SPDX-License-Identifier: Apache-2.0
"""Proofs of paths, and clients who circle."""
import pathlib
import subprocess
import sys

import pytest

import polku

TOP = pathlib.Path(__file__).resolve().parents[3]
BROKEN = TOP / "tests/golden/bad/paths"


def broken(name: str) -> polku.Path:
    folder = BROKEN / name
    first = folder / "path.json"
    others = sorted(each for each in folder.iterdir() if each != first)
    return polku.Path([(each.name, each.read_bytes()) for each in (first, *others)])


def test_a_path_whose_loop_has_no_cap_is_refuted_with_a_story() -> None:
    with broken("loops_uncapped") as path:
        proof = path.prove()
    assert proof["verdict"] == "refuted"
    (loops,) = [each for each in proof["properties"] if each["property"] == "loops"]
    assert loops["verdict"] == "refuted"
    assert loops["findings"][0]["story"][0]["type"] == "open_case"


def test_bounded_work_is_an_honest_unknown() -> None:
    with polku.Path.shipped("typ") as path:
        assert path.prove(max_states=3)["verdict"] == "unknown"


def test_the_certificate_is_accepted_by_the_checker(tmp_path: pathlib.Path) -> None:
    certificate = tmp_path / "typ.cert.json"
    with polku.Path.shipped("typ") as path:
        certificate.write_text(path.certificate(), encoding="utf-8")
    done = subprocess.run([sys.executable, TOP / "scripts/check_certificate", certificate, TOP / "src/packs/typ/path.json"],
                          capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("language", ["fi", "sv", "en", "fi-selko"])
def test_text_and_page_in_four_languages(language: str) -> None:
    with polku.Path.shipped("typ") as path:
        assert len(path.prove_text(language=language)) > 200
        assert path.prove_text(language=language, page=True).startswith("<!DOCTYPE html>")


def test_wrong_questions_are_told() -> None:
    with polku.Path.shipped("typ") as path:
        with pytest.raises(polku.InvalidError, match="fi-selko"):
            path.prove_text(language="xx")
    with broken("loops_uncapped") as path, pytest.raises(polku.PolkuError):
        path.prove(max_states=-1)


def municipality(name: str) -> polku.Path:
    return polku.Path([("path.json", (TOP / f"examples/north-karelia/{name}.json").read_bytes())])


def test_two_municipalities_treat_clients_equally() -> None:
    with municipality("lieksa") as one, municipality("nurmes") as two:
        compared = polku.equal_treatment({"Lieksa": one, "Nurmes": two})
        assert polku.equal_treatment([one, two])["verdict"] == "proved"
        text = polku.equal_treatment_text({"Lieksa": one, "Nurmes": two}, language="fi", declared=True)
    assert compared["verdict"] == "proved"
    assert compared["variants"] == ["Lieksa", "Nurmes"]
    assert [pair["verdict"] for pair in compared["pairs"]] == ["proved"]
    assert "Lieksa" in text and len(text.splitlines()) > 3


def test_one_path_or_two_of_one_name_cannot_be_compared() -> None:
    with polku.Path.shipped("typ") as path:
        with pytest.raises(polku.InvalidError):
            polku.equal_treatment([path])
        with pytest.raises(polku.InvalidError, match="typ"):
            polku.equal_treatment([path, path])
        with pytest.raises(polku.InvalidError, match="negative"):
            polku.equal_treatment({"a": path, "b": path}, max_states=-1)


def test_circling_needs_a_rule_that_makes_sense() -> None:
    with polku.Store(":memory:") as store:
        assert store.circling("2026-10-02", returns=2, months=6) == []
        with pytest.raises(polku.InvalidError):
            store.circling("2026-10-02", returns=0)
