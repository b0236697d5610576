# SPDX-License-Identifier: Apache-2.0
"""The operators of scripts/mutate_paths: each changes one thing of a service path, as a slip of its author would.

An operator is a function of a `Draft` and of chance. It returns what it did, in words, or None where the path gives it nothing to do. It does
not know whether what it did breaks anything: that is the oracle's to say.
"""
import datetime
import re
import xml.etree.ElementTree as tree

MODEL = "https://www.omg.org/spec/DMN/20191111/MODEL/"
for prefix, space in {"": MODEL, "dmndi": "https://www.omg.org/spec/DMN/20191111/DMNDI/", "dc": "http://www.omg.org/spec/DMN/20180521/DC/",
                      "di": "http://www.omg.org/spec/DMN/20180521/DI/"}.items():
    tree.register_namespace(prefix, space)
LANGUAGES = ("fi", "sv", "en", "fi-selko")


def in_all_languages(text):
    return {language: text for language in LANGUAGES}


class Draft:
    """A path that is being changed: the whole definition, and the trees of its models."""

    def __init__(self, says, models):
        self.says = says
        self.roots = {name: tree.fromstring(text) for name, text in models.items()}

    def models(self):
        return {name: tree.tostring(root, encoding="unicode") for name, root in self.roots.items()}

    def tables(self):
        """(stage, name of the decision, table) of each stage with a table."""
        made = []
        for stage in self.says["stages"]:
            if "routing" in stage:
                for each in self.roots[stage["routing"]["model"]].iter(f"{{{MODEL}}}decision"):
                    if each.get("name") == stage["routing"]["decision"]:
                        made.append((stage, each.get("name"), each.find(f"{{{MODEL}}}decisionTable")))
        return made

    def forget_reason(self, decision, rule):
        """A rule's sentence for the client goes with the rule."""
        self.says.get("reasons", {}).get(decision, {}).pop(rule, None)


def part(of, name):
    return of.findall(f"{{{MODEL}}}{name}")


def text_of(of):
    return of.find(f"{{{MODEL}}}text")


def column_name(column):
    return text_of(part(column, "inputExpression")[0]).text.strip()


def cells(table):
    """(rule, column, element of the text) of every input cell."""
    columns = part(table, "input")
    return [(rule, column, text_of(entry)) for rule in part(table, "rule") for column, entry in zip(columns, part(rule, "inputEntry"))]


def values_of(draft, column):
    """The listed values that a column can have, as FEEL; empty for numbers."""
    name = column_name(column)
    if name == "placement kind":
        return [f'"{kind}"' for kind in draft.says["placements"]]
    if name == "placement running":
        return ["true", "false"]
    fact = draft.says["facts"].get(name)
    if fact is None:
        return []
    return ["true", "false"] if fact["type"] == "boolean" else [f'"{value}"' for value in fact.get("values", {})]


def listed(text):
    return [each.strip() for each in re.findall(r'(?:"[^"]*"|[^,"])+', text)]


def chosen(chance, of):
    of = list(of)
    return chance.choice(of) if of else None


# What may break a path

def deadline_dropped(draft, chance):
    says = draft.says
    how = chance.choice(["stage", "duty", "none", "fact", "fact", "fact", "known", "choice", "choice", "referral", "referral"])
    if how == "stage":
        stage = chance.choice(says["stages"])
        del stage["max"]
        return f"stage '{stage['id']}' without max"
    if how == "referral":
        found = chosen(chance, [(name, state) for name, each in says["services"].items() for state in each.get("states", {})])
        if not found:
            return None
        del says["services"][found[0]]["states"][found[1]]
        return f"service '{found[0]}' without a limit for '{found[1]}'"
    duty = chance.choice(says["obligations"])
    if how == "duty":
        del duty["due"]
        return f"duty '{duty['id']}' without due"
    needed = {fact for stage in says["stages"] for fact in stage.get("requires", [])}
    fact = chosen(chance, sorted(name for name in says["facts"] if name not in needed))
    was = duty["due"]
    if how == "none":
        duty["due"] = "null"
    elif not fact:
        return None
    elif how == "fact":
        duty["due"] = f"if {fact} != null then {was} else null"
    elif how == "known":
        duty["due"] = f"if {chance.choice(sorted(needed))} = null then {was} else null"
    else:
        duty["due"] = f"if {fact} = null then {was} else event date + duration(\"P1M\")"
    return f"duty '{duty['id']}' is due: {duty['due']}"


def guard_narrowed(draft, chance):
    """One value less, or one number less, where a rule or a guard speaks of them."""
    guards = [(each, "guard") for each in draft.says["obligations"] if re.search(r"[<>]=? \d", each.get("guard", ""))]
    guards += [(each, "when") for each in draft.says["services"].values() if re.search(r"[<>]=? \d", each.get("when", ""))]
    if guards and chance.random() < 0.3:
        of, member = chance.choice(guards)
        number = chance.choice(list(re.finditer(r"([<>]=?) (\d+)", of[member])))
        less = int(number[2]) + (-1 if number[1][0] == "<" else 1)
        of[member] = of[member][:number.start()] + f"{number[1]} {less}" + of[member][number.end():]
        return f"{member}: {of[member]}"
    stage, decision, table = chance.choice(draft.tables())
    found = []
    for rule, column, text in cells(table):
        whole = text.text.strip()
        number = re.fullmatch(r"(<=?|>=?) (\d+)", whole)
        if number and int(number[2]) > 1:
            found.append((rule, text, f"{number[1]} {int(number[2]) + (-1 if number[1][0] == '<' else 1)}"))
            continue
        values = values_of(draft, column)
        taken = values if whole == "-" else [each for each in listed(whole) if each in values]
        if len(taken) > 1:
            without = chance.choice(taken)
            found.append((rule, text, ",".join(each for each in taken if each != without)))
    if not found:
        return None
    rule, text, narrower = chance.choice(found)
    said = f"rule '{rule.get('id')}' of '{decision}': {text.text} is now {narrower}"
    text.text = narrower
    return said


def owner_removed(draft, chance):
    says = draft.says
    how = chance.choice(["stage", "duty", "role", "meeting", "receiver", "follow up", "action", "guest", "unnamed"])
    if how == "stage":
        stage = chance.choice(says["stages"])
        del stage["owner"]
        return f"stage '{stage['id']}' without owner"
    if how == "duty":
        duty = chance.choice(says["obligations"])
        duty["owner"] = ""
        return f"duty '{duty['id']}' with an empty owner"
    if how == "role":
        role = chance.choice(sorted(says["roles"]))
        del says["roles"][role]
        return f"no role '{role}'"
    if how == "meeting":
        name = chance.choice(sorted(says["meetings"]))
        says["meetings"][name]["owner"] = "nobody"
        return f"meeting '{name}' owned by 'nobody'"
    if how == "receiver":
        name = chosen(chance, sorted(says["services"]))
        says["services"][name]["receiver"] = "nobody"
        return f"service '{name}' received by 'nobody'"
    if how == "follow up":
        each = chance.choice(says["exits"])
        each.pop("follow_up_owner", None)
        return f"exit '{each['id']}' without follow_up_owner"
    if how == "action":
        name = chosen(chance, sorted(name for name, each in says["actions"].items() if "role" in each))
        del says["actions"][name]["role"]
        return f"action '{name}' without role"
    if how == "guest":
        name, role = chance.choice([(name, role) for name, each in sorted(says["meetings"].items()) for role in each.get("may_attend", [])])
        says["meetings"][name]["may_attend"].remove(role)
        return f"'{role}' may not attend '{name}'"
    says["roles"]["trainee"] = {"organisation": next(iter(says["organisations"])), "name": in_all_languages("trainee")}
    return "a role 'trainee' that has nothing to do"


def escalation_broken(draft, chance):
    says = draft.says
    how = chance.choice(["stage", "duty", "human", "mailbox", "mailbox", "mailbox", "mailbox", "mailbox first", "shorter", "stage's own"])
    if how == "stage":
        stage = chance.choice(says["stages"])
        stage["on_timeout"] = []
        return f"stage '{stage['id']}' calls nobody"
    if how == "human":
        says["roles"]["service_manager"]["human"] = False
        return "'service_manager' is no person"
    if how == "shorter":
        each = chance.choice([each for each in says["obligations"] if len(each["escalate"]) > 1])
        each["escalate"] = each["escalate"][1:]
        return f"duty '{each['id']}' calls one role less"
    organisation = next(iter(says["organisations"]))
    mailbox = {"organisation": organisation, "human": False, "name": in_all_languages("mailbox")}
    if how == "duty":
        duty = chance.choice(says["obligations"])
        says["roles"]["mailbox"] = mailbox
        duty["escalate"] = duty["escalate"] + ["mailbox"]
        return f"duty '{duty['id']}' ends at a mailbox"
    found = chosen(chance, [(name, state) for name, each in sorted(says["services"].items()) for state, limit in
                            sorted(each.get("states", {}).items()) if limit["then"] == "escalate"])
    if not found:
        return None
    limit = says["services"][found[0]]["states"][found[1]]
    if how == "stage's own":
        limit["to"] = []
        return f"'{found[1]}' of '{found[0]}' calls the stage's own roles"
    says["roles"]["mailbox"] = mailbox
    limit["to"] = ["mailbox"] + limit["to"] if how == "mailbox first" else limit["to"][:-1] + ["mailbox"]
    return f"'{found[1]}' of '{found[0]}' calls {limit['to']}"


def law_date_shifted(draft, chance):
    """A day earlier or later: of the definition, of what is in force for a time, or within a guard or a due date."""
    says, step = draft.says, datetime.timedelta(days=chance.choice([-1, 1]))
    def moved(text):
        return (datetime.date.fromisoformat(text) + step).isoformat()
    places = [(says["valid"], name) for name in says["valid"]]
    for group in ("services", "environments", "packages", "tasks"):
        places += [(each["valid"], name) for each in says.get(group, {}).values() if "valid" in each for name in each["valid"]]
    for each in says["obligations"]:
        places += [(each, name) for name in ("due", "guard") if 'date("' in each.get(name, "")] * 3
    of, name = chance.choice(places)
    if name in ("due", "guard"):
        one = chance.choice(list(re.finditer(r'date\("(\d{4}-\d\d-\d\d)"\)', of[name])))
        of[name] = of[name][:one.start(1)] + moved(one[1]) + of[name][one.end(1):]
    else:
        of[name] = moved(of[name])
    return f"{name}: {of[name]}"


def row_deleted(draft, chance):
    stage, decision, table = chance.choice(draft.tables())
    rule = chance.choice(part(table, "rule"))
    table.remove(rule)
    if chance.random() < 0.9:
        draft.forget_reason(decision, rule.get("id"))
    return f"'{decision}' without rule '{rule.get('id')}'"


def row_widened(draft, chance):
    stage, decision, table = chance.choice(draft.tables())
    found = []
    for rule, column, text in cells(table):
        whole = text.text.strip()
        number = re.fullmatch(r"(<=?|>=?) (\d+)", whole)
        if number:
            found.append((rule, text, f"{number[1]} {int(number[2]) + (1 if number[1][0] == '<' else -1)}"))
        if whole != "-":
            found.append((rule, text, "-"))
            more = [each for each in values_of(draft, column) if each not in listed(whole)]
            if more and not whole.startswith("not"):
                found.append((rule, text, whole + "," + chance.choice(more)))
    rule, text, wider = chance.choice(found)
    said = f"rule '{rule.get('id')}' of '{decision}': {text.text} is now {wider}"
    text.text = wider
    return said


def follow_up_left_out(draft, chance):
    says = draft.says
    how = chance.choice(["all", "all", "all", "member", "one", "exit", "duty"])
    name = chance.choice(sorted(says["placements"]))
    kind = says["placements"][name]
    if how == "all":
        kind["follow_up"] = []
        return f"no follow-up of '{name}'"
    if how == "member":
        del kind["follow_up"]
        return f"'{name}' without follow_up"
    if how == "one":
        kind["follow_up"] = kind["follow_up"][1:]
        return f"one follow-up less of '{name}'"
    if how == "exit":
        each = chance.choice(says["exits"])
        each["follow_up"] = []
        return f"no follow-up of exit '{each['id']}'"
    duty = chosen(chance, [each for each in says["obligations"] if each["on"].startswith(("stage_entered:follow_up", "placement_started"))])
    says["obligations"].remove(duty)
    return f"no duty '{duty['id']}'"


def loop_uncapped(draft, chance):
    """A rule that ends a loop by the number of visits leads into it again, or the cap of a stage goes."""
    capped = [stage for stage in draft.says["stages"] if "max_visits" in stage]
    if capped and chance.random() < 0.12:
        stage = chance.choice(capped)
        del stage["max_visits"]
        return f"stage '{stage['id']}' without max_visits"
    found = []
    for stage, decision, table in draft.tables():
        looping = {text_of(entry).text for rule in part(table, "rule") for entry in part(rule, "outputEntry")
                   if any(text.text.strip().startswith("<") for other, _, text in cells(table) if other is rule)}
        for rule, column, text in cells(table):
            if column_name(column) == "times in stage" and text.text.strip().startswith(">") and looping:
                found += [(decision, rule, place) for place in sorted(looping)]
    decision, rule, place = chance.choice(found)
    text_of(part(rule, "outputEntry")[0]).text = place
    return f"rule '{rule.get('id')}' of '{decision}' leads to {place}"


def exit_closed(draft, chance):
    says = draft.says
    if chance.random() < 0.5:
        each = chance.choice(says["exits"])
        each["ways"] = [chance.choice([way for way in ("routing", "worker", "client") if way not in each.get("ways", ["routing"])])]
        return f"exit '{each['id']}' by {each['ways'][0]} only"
    stage = chance.choice(says["stages"])
    stage["max_visits"] = chance.choice([1, 2, 3, 6])
    return f"stage '{stage['id']}' at most {stage['max_visits']} times"


def leads_nowhere(draft, chance):
    """An answer that no stage or exit has: the reader finds a literal, a value that is told only the proof does."""
    stage, decision, table = chance.choice(draft.tables())
    rule = chance.choice(part(table, "rule"))
    answer = text_of(part(rule, "outputEntry")[0])
    declared = text_of(part(part(table, "output")[0], "outputValues")[0])
    how = chance.choice(["literal", "told", "told", "told", "other exit"])
    told = [column for column in part(table, "input") if draft.says["facts"].get(column_name(column), {}).get("values")]
    if how == "other exit":
        answer.text = '"' + chance.choice([each["id"] for each in draft.says["exits"]]) + '"'
    elif how == "literal":
        answer.text = answer.text.strip()[:-1] + ' again"'
        declared.text += "," + answer.text
    elif not told:
        return None
    else:
        answer.text = column_name(told[0]) + ' + " again"'
        declared.text += "".join(f',{each[:-1]} again"' for each in values_of(draft, told[0]))
    return f"rule '{rule.get('id')}' of '{decision}' leads to {answer.text}"


def fact_unobtainable(draft, chance):
    """Telling a fact gets a gate in a stage: one that waits for itself, for another that waits for it, or that opens."""
    says = draft.says
    stage = chance.choice(says["stages"])
    waits = list(stage.get("requires", []))
    waits += [fact for name in stage.get("actions", []) for fact in says["actions"].get(name, {}).get("requires", [])]
    how = chance.choice(["itself", "itself", "each other", "meeting", "meeting here", "consent", "elsewhere"])
    fact = chance.choice(sorted(says["facts"])) if how == "elsewhere" or not waits else chance.choice(waits)
    def gate(name, of, **rest):
        says["actions"][name] = {"command": "record_fact", "with": {"fact": of}, **rest, "name": in_all_languages("record")}
        stage["actions"] = stage.get("actions", []) + [name]
    if how in ("itself", "elsewhere"):
        gate("record_one", fact, requires=[fact])
    elif how == "each other":
        other = chance.choice([each for each in sorted(says["facts"]) if each != fact])
        gate("record_one", fact, requires=[other])
        gate("record_other", other, requires=[fact])
    elif how == "consent":
        gate("record_one", fact, consent=chance.choice(sorted(says["consents"])))
    else:
        here = {says["actions"][name]["with"]["kind"] for name in stage.get("actions", [])
                if says["actions"].get(name, {}).get("command") == "hold_meeting" and "kind" in says["actions"][name].get("with", {})}
        meeting = chosen(chance, sorted(here if how == "meeting here" else set(says["meetings"]) - here))
        if meeting is None:
            return None
        gate("record_one", fact, after=["meeting_held:" + meeting])
    return f"in stage '{stage['id']}' '{fact}' is told by " + str({name: {key: value for key, value in each.items() if key != "name"}
                                                                  for name, each in says["actions"].items() if name in ("record_one", "record_other")})


# What breaks nothing

def text_reworded(draft, chance):
    says = draft.says
    group, member = chance.choice([("stages", "name"), ("stages", "help"), ("facts", "ask"), ("obligations", "name"), ("exits", "name"), ("roles", "name")])
    each = chance.choice(says[group] if isinstance(says[group], list) else [says[group][name] for name in sorted(says[group])])
    language = chance.choice(LANGUAGES)
    each[member][language] += " *"
    return f"{group}: {member}/{language} reworded"


def deadline_longer(draft, chance):
    def longer(period):
        return f"P{int(period[1:-1]) + 1}{period[-1]}"
    says = draft.says
    how = chance.choice(["stage", "duty", "referral"])
    if how == "stage":
        stage = chance.choice(says["stages"])
        stage["max"] = longer(stage["max"])
        return f"stage '{stage['id']}': {stage['max']}"
    if how == "duty":
        duty = chance.choice(says["obligations"])
        duty["due"] = re.sub(r'duration\("(\w+)"\)', lambda found: f'duration("{longer(found[1])}")', duty["due"])
        return f"duty '{duty['id']}': {duty['due']}"
    name, state = chance.choice([(name, state) for name, each in sorted(says["services"].items()) for state in sorted(each.get("states", {}))])
    limit = says["services"][name]["states"][state]
    limit["within"] = longer(limit["within"])
    return f"'{state}' of '{name}': {limit['within']}"


def written_otherwise(draft, chance):
    """The same said in another way: rows and values in another order, a row in two, `<= 2` for `< 3`, another label."""
    stage, decision, table = chance.choice(draft.tables())
    rules = part(table, "rule")
    how = chance.choice(["rows", "rows", "values", "split", "number", "label", "members"])
    if how == "rows" and len(rules) > 1:
        moved = chance.choice(rules[1:])
        table.remove(moved)
        table.insert(list(table).index(rules[0]), moved)
        return f"rule '{moved.get('id')}' of '{decision}' stands first"
    if how == "label":
        part(table, "input")[0].set("label", "something else")
        return f"another label in '{decision}'"
    if how == "members":
        for name in ("exits", "stages"):
            draft.says[name] = [dict(reversed(list(each.items()))) for each in draft.says[name]]
        return "members of objects in another order"
    lists = [(rule, text) for rule, _, text in cells(table) if len(listed(text.text)) > 1 and not text.text.strip().startswith("not")]
    if how == "values" and lists:
        rule, text = chance.choice(lists)
        text.text = ",".join(reversed(listed(text.text)))
        return f"rule '{rule.get('id')}' of '{decision}': {text.text}"
    if how == "split" and lists:
        rule, text = chance.choice(lists)
        values = listed(text.text)
        other = tree.fromstring(tree.tostring(rule))
        for each in other.iter():
            if each.get("id"):
                each.set("id", each.get("id") + "_rest")
        at = [of for of, _, _ in cells(table)].index(rule)
        place = [each for _, _, each in cells(table)].index(text) - at
        text.text = values[0]
        text_of(part(other, "inputEntry")[place]).text = ",".join(values[1:])
        table.append(other)
        return f"rule '{rule.get('id')}' of '{decision}' in two"
    numbers = [text for _, _, text in cells(table) if re.fullmatch(r"[<>]=? \d+", text.text.strip())]
    if how == "number" and numbers:
        text = chance.choice(numbers)
        sign, number = text.text.split()
        text.text = {"<": f"<= {int(number) - 1}", ">=": f"> {int(number) - 1}", "<=": f"< {int(number) + 1}", ">": f">= {int(number) + 1}"}[sign]
        return f"'{decision}': {text.text}"
    return None


# In the order of the table that is printed, with how many of a hundred mutants each makes.
OPERATORS = {
    "deadline dropped": (deadline_dropped, 9), "guard narrowed": (guard_narrowed, 10), "owner removed": (owner_removed, 5),
    "escalation broken": (escalation_broken, 9), "law date shifted": (law_date_shifted, 6), "row deleted": (row_deleted, 10),
    "row widened": (row_widened, 10), "follow-up left out": (follow_up_left_out, 7), "loop uncapped": (loop_uncapped, 8),
    "exit closed": (exit_closed, 5), "leads nowhere": (leads_nowhere, 5), "fact unobtainable": (fact_unobtainable, 10),
    "text reworded": (text_reworded, 2), "deadline longer": (deadline_longer, 2), "written otherwise": (written_otherwise, 2)}
