# SPDX-License-Identifier: Apache-2.0
"""Which of the seven properties of docs/proofs.md a service path has, found out the slow way.

This is the oracle of scripts/mutate_paths: nothing here is shared with the prover or with scripts/check_certificate. It reads the
definition and its decision tables itself, tries every combination of the declared values on every visit, walks the whole graph of cases, and
plays the way out as a game on the states themselves. What it cannot judge it refuses (`Unseen`); it never guesses.
"""
import collections
import functools
import itertools
import json
import pathlib
import re
import xml.etree.ElementTree as tree

PROPERTIES = ("ownership", "routing", "exits", "loops", "follow_up", "outcomes", "facts")
OPEN_REFERRAL_STATES = {"draft", "sent", "received", "returned", "accepted", "wait_listed", "declined", "in_progress", "on_hold"}
OUTCOMES = {"employment", "supported_employment", "education", "own_business", "rehabilitation", "pension", "other_service", "withdrawn",
            "not_eligible", "other"}
NONE = "(no placement)"


class Unseen(Exception):
    """Something of a form that this oracle does not read."""


# Reading

def laid_over(base, change):
    """A definition with what a variant of it says differently: null takes away, lists of things with ids are matched by id."""
    if isinstance(base, dict) and isinstance(change, dict):
        made = dict(base)
        for name, value in change.items():
            if value is None:
                made.pop(name, None)
            else:
                made[name] = laid_over(base[name], value) if name in base else value
        return made
    def by_id(of):
        return isinstance(of, list) and bool(of) and all(isinstance(each, dict) and "id" in each for each in of)
    if not (by_id(base) and by_id(change)):
        return change
    made = {each["id"]: each for each in base}
    order, before = [each["id"] for each in base], None
    for each in change:
        name = each["id"]
        if each.get("removed"):
            order.remove(name)
            continue
        if name in made:
            made[name] = laid_over(made[name], each)
        else:
            made[name] = each
            order.insert(order.index(before) + 1 if before in order else len(order), name)
        before = name
    return [made[name] for name in order]


def read_shipped(packs, path):
    """The whole definition of a shipped path, and its models by file name."""
    folder = pathlib.Path(packs) / path
    says = json.loads((folder / "path.json").read_text(encoding="utf-8"))
    while "extends" in says:
        base = json.loads((pathlib.Path(packs) / says.pop("extends")).read_text(encoding="utf-8"))
        says = laid_over(base, says)
    return says, {each.name: each.read_text(encoding="utf-8") for each in sorted(folder.glob("*.dmn"))}


# Decision tables

class Cell:
    """`-`, literals, comparisons with a whole number, comma lists of these, and `not(...)` of such a list."""

    def __init__(self, text):
        self.text = text = text.strip()
        self.any = text == "-"
        self.negated = text.startswith("not(") and text.endswith(")")
        inner = text[4:-1] if self.negated else text
        self.parts = [] if self.any else [self.part(each) for each in re.findall(r'\s*((?:"[^"]*"|[^,"])+)', inner)]

    @staticmethod
    def part(text):
        text = text.strip()
        if re.fullmatch(r'"[^"\\]*"', text):
            return "=", text[1:-1]
        if text in ("true", "false"):
            return "=", text == "true"
        found = re.fullmatch(r"(<=|>=|<|>)?\s*(-?\d+)", text)
        if not found:
            raise Unseen(f"the cell '{text}'")
        return found[1] or "=", int(found[2])

    def takes(self, value):
        return self.any or any(self.meets(each, value) for each in self.parts) != self.negated

    @staticmethod
    def meets(part, value):
        how, wanted = part
        if how == "=":
            return type(value) is type(wanted) and value == wanted
        if type(value) is not int:
            return False
        return {"<": value < wanted, "<=": value <= wanted, ">": value > wanted, ">=": value >= wanted}[how]

    def numbers(self):
        return [wanted for _, wanted in self.parts if type(wanted) is int]


@functools.lru_cache(maxsize=4)
def parsed(xml):
    return tree.fromstring(xml)


class Table:
    """A UNIQUE decision table with one output (texts, columns, and sums of them), over plain names."""

    def __init__(self, xml, decision):
        root = parsed(xml)
        self.space = root.tag.split("}")[0] + "}"
        found = [each for each in root.iter(self.space + "decision") if each.get("name") == decision]
        if len(found) != 1 or found[0].find(self.space + "decisionTable") is None:
            raise Unseen(f"the decision '{decision}'")
        table = found[0].find(self.space + "decisionTable")
        if table.get("hitPolicy", "UNIQUE") != "UNIQUE" or len(table.findall(self.space + "output")) != 1:
            raise Unseen(f"the table of '{decision}'")
        columns = table.findall(self.space + "input")
        self.names = [self.text(each.find(self.space + "inputExpression")) for each in columns]
        self.declared = [Cell(self.text(each.find(self.space + "inputValues")) or "-") for each in columns]
        self.rules = []
        for rule in table.findall(self.space + "rule"):
            cells = [Cell(self.text(each)) for each in rule.findall(self.space + "inputEntry")]
            answer = self.text(rule.find(self.space + "outputEntry"))
            self.rules.append((cells, [self.summand(each.strip()) for each in re.findall(r'(?:[^+"]|"[^"]*")+', answer)]))

    def summand(self, text):
        """A text literal, or the name of a column."""
        if re.fullmatch(r'"[^"\\]*"', text):
            return "literal", text[1:-1]
        if text not in self.names:
            raise Unseen(f"the output '{text}'")
        return "column", text

    def text(self, of):
        return "" if of is None else (of.findtext(self.space + "text") or "").strip()

    def answers(self, at):
        """The output of every rule that is met; none where a value is outside what its column takes."""
        values = [at[name] for name in self.names]
        if any(value is not None and not cell.takes(value) for cell, value in zip(self.declared, values)):
            return []
        met = [self.sum_of(parts, at) for cells, parts in self.rules if all(cell.takes(value) for cell, value in zip(cells, values))]
        return [] if met == [None] else met

    @staticmethod
    def sum_of(parts, at):
        texts = [what if how == "literal" else at[what] for how, what in parts]
        return "".join(texts) if all(isinstance(each, str) for each in texts) else None

    def highest_number(self, name):
        return max([0] + [number for cells, _ in self.rules for cell, each in zip(cells, self.names) if each == name
                          for number in cell.numbers()])


class Routing:
    """What a stage's table answers: for each visit the answers by placement and facts."""

    def __init__(self, says, stage, table):
        self.visits = table.highest_number("times in stage") + 1
        kinds = list(says.get("placements", {}))
        axes = []  # (names, [(values, is declared)])
        asked = [name for name in ("placement running", "placement kind") if name in table.names]
        placements = [(NONE, False, None)] + [(kind, running, kind) for kind in kinds for running in (True, False)]
        for name in dict.fromkeys(table.names):
            if name in asked or name == "times in stage":
                continue
            fact = says["facts"].get(name)
            if fact is None or not (fact["type"] == "boolean" or fact.get("values")):
                raise Unseen(f"the input '{name}'")
            values = [(value, True) for value in ([True, False] if fact["type"] == "boolean" else fact["values"])]
            axes.append((name, values + ([] if name in stage.get("requires", []) else [(None, False)])))
        self.rows = []  # by visit: (placement, facts, is declared, answers)
        for visit in range(1, self.visits + 1):
            rows = []
            for kind, running, told in placements if asked else [(NONE, False, None)]:
                for chosen in itertools.product(*(values for _, values in axes)):
                    at = {name: value for (name, _), (value, _) in zip(axes, chosen)}
                    at.update({"times in stage": visit, "placement running": running, "placement kind": told})
                    rows.append(((kind, running), at, all(each for _, each in chosen), table.answers(at)))
            self.rows.append(rows)
        self.may = [{row[3][0] for row in rows if len(row[3]) == 1} for rows in self.rows]
        # Whoever works with the client chooses the facts and may end a placement; all else is as bad as it can be.
        self.choices = []
        for rows in self.rows:
            ended = collections.defaultdict(set)
            for (kind, running), _, declared, answers in rows:
                if not running and declared:
                    ended[kind] |= set(answers) if len(answers) == 1 else set()
            self.choices.append({frozenset(each) for each in ended.values()})

    def at(self, of, visit):
        return of[min(visit, self.visits) - 1]


# The seven questions

class Oracle:
    """All answers: what breaks each property, and what is unclear. `known` keeps what was found of the graph of cases, for definitions whose
    stages and tables say the same."""

    def __init__(self, says, models, known=None):
        self.says, self.models = says, models
        self.broken = {name: [] for name in PROPERTIES}
        self.unclear = []  # what neither holds nor is broken by the letter of the property
        self.stages = {each["id"]: each for each in says["stages"]}
        self.exits = {each["id"]: each for each in says["exits"]}
        self.ownership()
        self.follow_up()
        known = {} if known is None else known
        key = self.what_the_graph_rests_on()
        if key not in known:
            known[key] = self.graph()
        self.goes_on = known[key][0]
        for name, found in known[key][1].items():
            self.broken[name] = self.broken[name] + found
        self.unclear = known[key][2]
        self.facts()

    def what_the_graph_rests_on(self):
        says = self.says
        stages = [[each["id"], each.get("routing"), each.get("requires"), each.get("max_visits")] for each in says["stages"]]
        exits = [[each["id"], each.get("ways")] for each in says["exits"]]
        facts = {name: [each["type"], list(each.get("values", {}))] for name, each in says["facts"].items()}
        entries = [each["stage"] for each in says["entries"].values()]
        return json.dumps([self.models, stages, exits, facts, entries, list(says.get("placements", {})), says["reopening"]["stage"]])

    def graph(self):
        """Which stages a case goes on to from which, what is broken in the graph of all cases, and what is unclear."""
        before, self.broken = self.broken, {name: [] for name in PROPERTIES}
        self.routing = {}
        for name, stage in self.stages.items():
            if "routing" in stage:
                of = stage["routing"]
                if of["model"] not in self.models:
                    raise Unseen(f"the model '{of['model']}'")
                self.routing[name] = Routing(self.says, stage, Table(self.models[of["model"]], of["decision"]))
        self.walk()
        self.questions_of_states()
        self.loops()
        goes_on = {stage: {self.says["reopening"]["stage"]} for stage, _ in self.routes}
        for (stage, _), ahead in self.routes.items():
            goes_on[stage] |= {answer for answer, state in ahead.items() if state}
        found, self.broken = self.broken, before
        return goes_on, found, self.unclear

    def breaks(self, name, what):
        if what not in self.broken[name]:
            self.broken[name].append(what)

    # Ownership

    def is_period(self, text):
        found = re.fullmatch(r"P(\d{1,5})[DWMY]", text or "")
        return bool(found)

    def owned(self, what, owner, chain):
        roles = self.says["roles"]
        if owner not in roles:
            self.breaks("ownership", f"{what}: no such owner")
        if not chain or any(each not in roles for each in chain) or roles[chain[-1]].get("human", True) is False:
            self.breaks("ownership", f"{what}: its calls end at nobody")

    def ownership(self):
        for each in self.says["stages"]:
            self.owned(each["id"], each.get("owner"), each.get("on_timeout"))
            if not self.is_period(each.get("max")):
                self.breaks("ownership", f"{each['id']}: no end")
        for each in self.says["obligations"]:
            self.owned(each["id"], each.get("owner"), each.get("escalate"))
            if not is_always_a_date(each.get("due", "")):
                self.breaks("ownership", f"{each['id']}: no due date")
        for name, each in self.says.get("meetings", {}).items():
            first = self.says["stages"][0]
            self.owned(name, each.get("owner", first.get("owner")), each.get("escalate") or first.get("on_timeout"))
            if not self.is_period(each.get("hold_within", "P7D")):
                self.breaks("ownership", f"{name}: no end")
        for name, each in self.says.get("services", {}).items():
            for state, limit in each.get("states", {}).items():
                calls = limit.get("to", []) if limit["then"] == "escalate" else []
                self.owned(f"{name}: {state}", each["receiver"], calls or self.says["stages"][0].get("on_timeout"))
                if state not in OPEN_REFERRAL_STATES or not self.is_period(limit["within"]) or limit["then"] not in (
                        "escalate", "expire", "fail", "revoke", "complete"):
                    self.breaks("ownership", f"{name}: {state}: no end")

    def follow_up(self):
        for name, each in self.says.get("placements", {}).items():
            if not any(self.is_period(period) for period in each.get("follow_up", [])):
                self.breaks("follow_up", name)
        for each in self.says["exits"]:
            if each.get("outcome") not in OUTCOMES:
                self.breaks("outcomes", each["id"])

    # States: the stage, and how often each was entered

    def limit(self, stage):
        visits = self.routing[stage].visits if stage in self.routing else 1
        return max(visits, self.stages[stage].get("max_visits") or 0)

    def entered(self, visits, stage):
        """The state after one more entry; None where there may be no more."""
        at = self.place[stage]
        cap = self.stages[stage].get("max_visits") or 0
        if cap and visits[at] >= cap:
            return None
        return stage, visits[:at] + (min(visits[at] + 1, self.limits[at]),) + visits[at + 1:]

    def walk(self):
        self.place = {name: at for at, name in enumerate(self.stages)}
        self.limits = [self.limit(name) for name in self.stages]
        none = (0,) * len(self.stages)
        queue = collections.deque(filter(None, (self.entered(none, each["stage"]) for each in self.says["entries"].values())))
        self.routes = {}  # state: answer: state, or None where it is refused
        while queue:
            state = queue.popleft()
            if state in self.routes:
                continue
            stage, visits = state
            ahead = {}
            if stage in self.routing:
                for answer in self.routing[stage].at(self.routing[stage].may, visits[self.place[stage]]):
                    if answer in self.stages:
                        ahead[answer] = self.entered(visits, answer)
            self.routes[state] = ahead
            queue.extend(each for each in ahead.values() if each)
            again = self.entered(visits, self.says["reopening"]["stage"])
            if again:
                queue.append(again)

    def is_open(self, exit_id, way):
        return way in (self.exits[exit_id].get("ways") or ["routing"])

    def questions_of_states(self):
        for stage, visit in {(stage, visits[self.place[stage]]) for stage, visits in self.routes}:
            if stage not in self.routing:
                if not any(self.is_open(each, "worker") for each in self.exits):
                    self.breaks("exits", f"{stage}: no way on")
                continue
            routing = self.routing[stage]
            for _, at, declared, answers in routing.at(routing.rows, visit):
                if len(answers) != 1 and declared:
                    self.breaks("routing", f"{stage}: {'two rules' if answers else 'no rule'}")
                for answer in answers if len(answers) == 1 else []:
                    if answer not in self.stages and answer not in self.exits:
                        self.breaks("outcomes", f"{stage}: to '{answer}'")
                    elif answer in self.exits and not self.is_open(answer, "routing"):
                        self.breaks("exits", f"{stage}: '{answer}' is closed")
        for (stage, _), ahead in self.routes.items():
            for answer, state in ahead.items():
                if state is None:
                    self.breaks("exits", f"{stage}: '{answer}' may not be entered again")
        sure, possible = self.leading_out(True), self.leading_out(False)
        for state in self.routes:
            if state not in possible:
                self.breaks("exits", f"{state[0]}: no way out")
            elif state not in sure and not self.broken["routing"]:
                self.unclear.append(f"{state[0]}: no way out that always can be taken")

    def leading_out(self, whatever_the_placement):
        """States from which an exit is reached: by the worker's choices whatever the placements, or by any chance."""
        found = set()
        def leaves(state):
            stage, visits = state
            if stage not in self.routing:
                return any(self.is_open(each, "worker") for each in self.exits)
            routing = self.routing[stage]
            visit = visits[self.place[stage]]
            sets = routing.at(routing.choices, visit) if whatever_the_placement else [routing.at(routing.may, visit)]
            def good(answer):
                if answer in self.exits:
                    return self.is_open(answer, "routing")
                return self.routes[state].get(answer) in found
            return all(any(good(answer) for answer in each) for each in sets)
        todo = list(reversed(list(self.routes)))
        while True:
            rest = []
            for state in todo:
                if leaves(state):
                    found.add(state)
                else:
                    rest.append(state)
            if len(rest) == len(todo):
                return found
            todo = rest

    # Loops

    def loops(self):
        """A state that routing can lead back to itself: takes away what has no way on until nothing more goes."""
        ahead = {state: {each for each in to.values() if each} for state, to in self.routes.items()}
        behind = collections.defaultdict(set)
        for state, to in ahead.items():
            for each in to:
                behind[each].add(state)
        ends = [state for state, to in ahead.items() if not to]
        left = {state: len(to) for state, to in ahead.items()}
        while ends:
            state = ends.pop()
            del left[state]
            for each in behind[state]:
                left[each] -= 1
                if left[each] == 0:
                    ends.append(each)
        if left:
            self.breaks("loops", "for ever in " + ", ".join(sorted({stage for stage, _ in left})))

    # Facts

    def facts(self):
        for stage in self.goes_on:
            for fact in sorted(self.wanted(stage)):
                if fact not in self.tellable(stage):
                    self.breaks("facts", f"{stage}: '{fact}'")

    def listed(self, stage):
        actions = self.says.get("actions", {})
        names = self.stages[stage].get("actions", [])
        return [actions[name] for name in names if name in actions], {name for name in names if name not in actions}

    def uses(self, stage, command, **members):
        return [each for each in self.listed(stage)[0] if each["command"] == command and
                all(members.get(name) == value for name, value in each.get("with", {}).items())]

    def wanted(self, stage):
        """What the stage, its actions and their assessments wait for, and each referral that was drafted here or before."""
        made = set(self.stages[stage].get("requires", []))
        for each in self.listed(stage)[0]:
            made |= set(each.get("requires", []))
        for kind, each in self.says.get("assessments", {}).items():
            if self.uses(stage, "start_assessment", kind=kind):
                made |= set(each.get("requires", []))
        for name, each in self.says.get("services", {}).items():
            if any(stage in reachable(start, self.goes_on) and
                   (self.uses(start, "draft_referral", service=name) or "draft_referral" in self.listed(start)[1]) for start in self.goes_on):
                made |= set(each.get("requires", []))
        return made

    def tellable(self, stage):
        """Everything that can come about in the stage when nothing has before, grown until nothing more comes."""
        bare = self.listed(stage)[1]
        have = set()
        def gate_opens(action):
            return (all(("fact_recorded", fact) in have for fact in action.get("requires", [])) and
                    all(tuple((each + ":").split(":")[:2]) in have for each in action.get("after", [])) and
                    ("consent" not in action or ("consent", action["consent"]) in have))
        def can(command, is_bound, **members):
            ways = self.uses(stage, command, **members)
            return any(gate_opens(each) for each in ways) if ways else not is_bound or command in bare
        while True:
            before = len(have)
            for name in self.says["facts"]:
                if can("record_fact", False, fact=name):
                    have.add(("fact_recorded", name))
            for name in self.says.get("consents", {}):
                if can("give_consent", False, consent=name):
                    have.add(("consent", name))
            for name in self.says.get("meetings", {}):
                if can("hold_meeting", True, kind=name):
                    have.add(("meeting_held", name))
            for name, each in self.says.get("assessments", {}).items():
                if can("start_assessment", True, kind=name) and all(("fact_recorded", fact) in have for fact in each.get("requires", [])):
                    have |= {("assessment_started", name), ("assessment_completed", name)}
            if can("agree_plan", True):
                have.add(("plan_agreed", ""))
            if len(have) == before:
                return {name for kind, name in have if kind == "fact_recorded"}


def reachable(start, goes_on):
    found, todo = {start}, [start]
    while todo:
        for each in goes_on.get(todo.pop(), ()):
            if each not in found:
                found.add(each)
                todo.append(each)
    return found


def is_always_a_date(text):
    """Whether a due date is one whatever is known of the client: every branch of its choices is."""
    words = re.split(r"\b(if|then|else)\b", text)
    def dates(at):
        """Whether what begins there is always a date, and where it ends."""
        if words[at].strip() or at + 1 >= len(words) or words[at + 1] != "if":
            plain = re.sub(r'(\s*\+\s*duration\("P\d{1,5}[DWMY]"\))+$', "", words[at].strip())
            return plain in ("event date", "today") or bool(re.fullmatch(r'date\("\d{4}-\d{2}-\d{2}"\)', plain)), at + 1
        first, end = dates(at + 4)
        if words[at + 3] != "then" or end >= len(words) or words[end] != "else":
            return False, len(words)
        second, end = dates(end + 1)
        return first and second, end
    holds, end = dates(0)
    return holds and end >= len(words)


def routing_functions(says, models):
    """By stage what its table answers for everything that can be asked, as texts that can be compared."""
    made = {}
    for stage in says["stages"]:
        if "routing" in stage:
            routing = Routing(says, stage, Table(models[stage["routing"]["model"]], stage["routing"]["decision"]))
            # The last visit stands for all later ones, so a table that tells fewer apart goes on with its last.
            made[stage["id"]] = [[(str(row[0]), str(row[1]), sorted(map(str, row[3]))) for row in rows] for rows in routing.rows]
    return made


def same_routing(one, other):
    """Equal answers on every visit; visits past the last that a table tells apart are as that one."""
    if one.keys() != other.keys():
        return False
    for stage in one:
        for at in range(max(len(one[stage]), len(other[stage]))):
            rows = [of[stage][min(at, len(of[stage]) - 1)] for of in (one, other)]
            stripped = [[(place, re.sub(r"'times in stage': \d+", "", facts), answers) for place, facts, answers in each] for each in rows]
            if stripped[0] != stripped[1]:
                return False
    return True
