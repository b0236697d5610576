# SPDX-License-Identifier: Apache-2.0
"""The engines of the comparison: what they are called, what they can decide, how they are started."""
import pathlib
from dataclasses import dataclass

HERE = pathlib.Path(__file__).resolve().parent
TABLES = ("w1", "w2", "six")
DMN = ("w1", "w2", "w3", "six", "chain")
REFERENCE = "polku-c-symbols"


@dataclass(frozen=True)
class Engine:
    key: str
    label: str
    kit: str             # of install.py; "build" and "binding" are polku's own
    works: tuple[str, ...]
    package: str = ""    # its name in install.pinned()
    note: str = ""
    slow_start: bool = False  # a just-in-time compiler that wants a longer warm-up
    labelled_own: str = ""    # how the engine's own clock is told as a row of its own

    @property
    def is_peer(self) -> bool:
        return self.kit not in ("build", "binding")


ENGINES = [
    Engine("by-hand", "C++ by hand (the floor)", "build", ("w1", "w2", "w3", "six")),
    Engine("polku-c-symbols", "polku, C ABI, interned texts", "build", DMN),
    Engine("polku-c-texts", "polku, C ABI, texts", "build", DMN),
    Engine("polku-cpp", "polku, C++ slots", "build", DMN),
    Engine("polku-c-json", "polku, C ABI, JSON in and out", "build", DMN),
    Engine("polku-python", "polku for Python, prepared call", "binding", DMN),
    Engine("polku-python-dict", "polku for Python, dict in and out", "binding", DMN),
    Engine("polku-command", "`polku decide`, process included", "build", DMN),
    Engine("zen-python", "ZEN for Python, dict", "python", DMN, "zen-engine", "JDM written from the same cells",
           labelled_own="ZEN for Python, time it reports itself"),
    Engine("zen-python-bytes", "ZEN for Python, JSON bytes", "python", DMN, "zen-engine"),
    Engine("zen-node", "ZEN for node, one at a time", "node", DMN, "npm:@gorules/zen-engine", "JDM written from the same cells",
           labelled_own="ZEN for node, time it reports itself"),
    Engine("drools", "Drools (KIE DMN)", "java", DMN, "kie-dmn-core", slow_start=True),
    Engine("jdmn", "jDMN, interpreter", "java", DMN, "jdmn-core", slow_start=True),
    Engine("camunda7", "Camunda 7 DMN", "java", DMN, "camunda-engine-dmn", slow_start=True),
    Engine("camunda8", "Camunda 8's dmn-scala", "java", DMN, "dmn-engine", slow_start=True),
    Engine("dsntk", "dsntk", "rust", DMN, "crate:dsntk-model-evaluator"),
    Engine("feelin", "feelin with dmn-moddle", "node", DMN, "npm:feelin", "requirements, hit policy and outputs by the harness"),
    Engine("dmn-eval-js", "dmn-eval-js", "node", ("w1", "w2", "six", "chain"), "npm:@hbtgmbh/dmn-eval-js", "decision tables only"),
    Engine("json-logic-engine", "json-logic-engine, compiled", "node", TABLES, "npm:json-logic-engine", "conditions from the cells"),
    Engine("json-logic-js", "json-logic-js", "node", TABLES, "npm:json-logic-js", "conditions from the cells"),
    Engine("cel-js", "@marcbachmann/cel-js", "node", TABLES, "npm:@marcbachmann/cel-js", "a condition for each rule, first that holds"),
    Engine("json-rules-engine", "json-rules-engine", "node", TABLES, "npm:json-rules-engine", "priorities, stopped at the first success"),
    Engine("clips", "CLIPS", "clips", TABLES, "libclips-dev", "a rule for each rule, falling salience"),
    Engine("spiff", "SpiffWorkflow's tables", "python", TABLES, "SpiffWorkflow", "its cells are Python expressions"),
]

# Many rows in one call: the comparison over whole populations (population.py).
POPULATION_REFERENCE = "polku-arrow"
POPULATION = [
    Engine("polku-columns", "polku, C++ columns", "build", ("w1",)),
    Engine("polku-arrow", "polku for Python, Arrow table in and out", "binding", ("w1",)),
    Engine("openfisca", "OpenFisca, vectors", "openfisca", ("w1",), "OpenFisca-Core", "a formula over arrays, written from the same cells"),
    Engine("zen-batch", "ZEN for Python, `evaluate_batch`", "python", ("w1",), "zen-engine", "JDM written from the same cells"),
]

# Sought and not run, with the reason.
NOT_RUN = [
    ("feelc", "its Go module is not to be had through the module proxy here, and it has no npm package"),
    ("grule", "its Go module is not to be had through the module proxy here"),
    ("Trisotech, IBM ODM, BRFplus, TIBCO, OpenRules, DecisionRules", "not open: no package to install"),
    ("jDMN translated to Java", "generated code has to be compiled into a program for each model; the interpreter was run"),
    ("Catala", "no decision tables; the workloads would have to be written again by hand"),
]

JAVA_CLASS = {"drools": "DroolsEngine", "jdmn": "JdmnEngine", "camunda7": "Camunda7Engine", "camunda8": "Camunda8Engine"}


def command_of(engine: Engine, kit: pathlib.Path, build: pathlib.Path, folder: pathlib.Path, work: str, decision: str) -> list[str]:
    """How to start the engine; `kit` is where its kit stands."""
    given = [str(folder), work, decision]
    if engine.key == "polku-command":
        return [str(build / "bin/polku"), "decide", str(folder / f"{work}.dmn"), decision]
    if engine.kit == "build":
        return [str(build / "bin/polku_rows"), engine.key.removeprefix("polku-"), *given]
    if engine in POPULATION and engine.kit != "build":
        return [str(kit / "venv/bin/python"), "-B", str(HERE / "python/columns.py"), engine.key, *given]
    if engine.kit in ("python", "binding"):
        return [str(kit / "venv/bin/python"), "-B", str(HERE / "python/rows.py"), engine.key, *given]
    if engine.kit == "node":
        return ["node", str(kit / "rows.mjs"), engine.key, *given]
    if engine.kit == "java":
        listed = (kit / f"{engine.key}.cp").read_text(encoding="utf-8").strip()
        return ["java", "-XX:+UseSerialGC", "-cp", f"{kit / engine.key}:{listed}", "Rows", JAVA_CLASS[engine.key], *given]
    return [str(kit / ("dsntk_rows" if engine.kit == "rust" else "clips_rows")), *given]
