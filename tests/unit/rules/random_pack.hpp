// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_TESTS_RULES_RANDOM_PACK_HPP
#define POLKU_TESTS_RULES_RANDOM_PACK_HPP

#include <polku/rules/pack.hpp>
#include <polku/rules/pack_definition.hpp>

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

/// Small rule packs made by seed: a few facts, tables with every hit policy over them, and a decision that joins them.
namespace test_packs {

/// The same numbers on every platform.
class dice {
public:
    explicit dice(std::uint64_t seed) : state_(seed * 2 + 1) {}
    std::uint32_t below(std::uint32_t count) {
        state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL;
        return static_cast<std::uint32_t>((state_ >> 33U) % count);
    }
    bool in(std::uint32_t of) { return below(of) == 0; }

private:
    std::uint64_t state_;
};

struct fact {
    std::string name;
    std::string type;                        ///< boolean, colour or number
    std::vector<polku::feel::value> values;  ///< one of each set of values that the models tell apart
};

struct random_pack {
    polku::rules::pack is;
    std::vector<fact> facts;
    std::string model;
};

inline std::string cell(const fact& of, dice& roll) {
    if (roll.in(3)) return "-";
    if (of.type == "boolean") return roll.in(2) ? "true" : "false";
    if (of.type == "colour") {
        static const char* const colours[] = {"\"red\"", "\"green\"", "\"red\",\"blue\"", "not(\"blue\")"};
        return colours[roll.below(4)];
    }
    static const char* const numbers[] = {"&lt; 1", "&gt;= 2", "[1..2]", "3", "&lt;= 1", "not(2)"};
    return numbers[roll.below(6)];
}

/// `<input>` of a column.
inline std::string column(const std::string& text, const std::string& type) {
    return "<input><inputExpression typeRef=\"" + type + "\"><text>" + text + "</text></inputExpression></input>";
}

struct table_text {
    std::string xml;
    std::vector<std::string> rules;
    std::vector<std::size_t> needs;
};

/// A table over some facts with outputs from a small set of texts.
inline table_text table(const std::string& name, const std::vector<fact>& facts, dice& roll, bool many) {
    static const char* const single[] = {"UNIQUE", "FIRST", "ANY", "PRIORITY"};
    static const char* const several[] = {"COLLECT", "RULE ORDER", "OUTPUT ORDER", "COLLECT\" aggregation=\"COUNT"};
    table_text made;
    const std::string policy = many ? several[roll.below(4)] : single[roll.below(4)];
    made.xml = "<decisionTable hitPolicy=\"" + policy + "\">";
    const std::uint32_t columns = 1 + roll.below(3);
    for (std::uint32_t each = 0; each < columns; ++each) {
        made.needs.push_back(roll.below(static_cast<std::uint32_t>(facts.size())));
        const fact& of = facts[made.needs.back()];
        made.xml += column(of.name, of.type == "colour" ? "string" : of.type);
    }
    made.xml += "<output><outputValues><text>\"a\",\"b\",\"c\"</text></outputValues>";
    if (roll.in(2)) made.xml += "<defaultOutputEntry><text>\"c\"</text></defaultOutputEntry>";
    made.xml += "</output>";
    const std::uint32_t rules = 1 + roll.below(4);
    for (std::uint32_t rule = 0; rule < rules; ++rule) {
        made.rules.push_back(name + "_" + std::to_string(rule));
        made.xml += "<rule id=\"" + made.rules.back() + "\">";
        for (const std::size_t each : made.needs)
            made.xml += "<inputEntry><text>" + cell(facts[each], roll) + "</text></inputEntry>";
        static const char* const outputs[] = {"\"a\"", "\"b\"", "\"c\"", "null"};
        made.xml +=
            std::string("<outputEntry><text>") + outputs[roll.below(many ? 3 : 4)] + "</text></outputEntry></rule>";
    }
    made.xml += "</decisionTable>";
    return made;
}

/// What joins three tables: P and Q answer one text, L a list or a count.
inline std::string joined(dice& roll) {
    static const char* const texts[] = {
        "{first: P, list: L}",
        "if P = \"a\" then Q else null",
        "if P = \"a\" or Q = \"b\" then \"yes\" else if P = null then null else \"no\"",
        "{granted: P = \"a\", reasons: if P = \"b\" then L[item != \"c\"] else null}",
        "count(L) &gt; 1 and Q != \"c\"",
        "list contains(L, \"a\")",
        "if P = Q then L else [P, Q]",
        "concatenate(if L = null then [] else L, [P])[1]",
        "not(P = \"a\" and Q = \"b\")",
    };
    return texts[roll.below(9)];
}

inline polku::rules::texts text(const std::string& of) {
    return {{"fi", of}, {"sv", of}, {"en", of}, {"fi-selko", of}};
}

inline std::vector<fact> some_facts(dice& roll, std::uint32_t count, std::uint32_t kinds) {
    using polku::feel::value;
    std::vector<fact> made;
    for (std::uint32_t each = 0; each < count; ++each) {
        const std::string name = "f" + std::to_string(each);
        const std::uint32_t kind = roll.below(kinds);
        if (kind < 2) {
            made.push_back({name, "boolean", {value(true), value(false)}});
        } else if (kind == 2) {
            made.push_back({name, "colour", {value("red"), value("green"), value("blue")}});
        } else {
            fact number{name, "number", {}};
            for (int half = 1; half <= 7; ++half)
                number.values.push_back(value(polku::feel::number::from_scaled(5 * half, 1)));
            made.push_back(std::move(number));
        }
    }
    return made;
}

/// The pack of a model whose decisions need all facts.
inline polku::rules::pack packed(const std::vector<fact>& facts, const std::string& model,
                                 const std::vector<std::string>& decisions, const std::vector<std::string>& rules,
                                 dice& roll) {
    using namespace polku;
    rules::pack_definition says;
    says.id = "random";
    says.name = says.notice = says.event = text("random");
    says.facts_read = *time::parse_date("2026-01-01");
    says.sources["s"] = {"1/2026", "1 §", "An act of a test", "https://example.org/", says.facts_read, {}};
    says.versions.push_back({"random-1", *time::parse_date("2026-01-01"), {}, "model.dmn", {"s"}, {}});
    for (const std::string& each : decisions) says.decisions.push_back({each, text(each), {}, {}, {}});
    for (const fact& each : facts) {
        static const std::int64_t costs[] = {1, 3, 5, 10};
        says.inputs.push_back({each.name, text(each.name), roll.in(2) ? "one" : "two", costs[roll.below(4)], {}});
    }
    for (const std::string& each : rules) says.rules[each] = {text(each), {"s"}};
    rules::pack_sources with;
    with.models["model.dmn"] = model;
    with.name = "random";
    return rules::try_compile_pack(std::move(says), with).value();
}

inline std::string opening(const std::vector<fact>& facts) {
    std::string made =
        "<definitions xmlns=\"https://www.omg.org/spec/DMN/20191111/MODEL/\" id=\"d\" name=\"random\" "
        "namespace=\"urn:random\"><itemDefinition name=\"colour\"><typeRef>string</typeRef>"
        "<allowedValues><text>\"red\",\"green\",\"blue\"</text></allowedValues></itemDefinition>";
    for (const fact& each : facts)
        made += "<inputData id=\"" + each.name + "\" name=\"" + each.name + "\"><variable name=\"" + each.name +
                "\" typeRef=\"" + each.type + "\"/></inputData>";
    return made;
}

/// A decision `Outcome` over tables `P`, `Q` and `L`.
inline random_pack make_over(std::vector<fact> facts, dice& roll) {
    random_pack made;
    made.facts = std::move(facts);
    made.model = opening(made.facts);
    std::vector<std::string> rules;
    for (const char* name : {"P", "Q", "L"}) {
        const table_text of = table(name, made.facts, roll, *name == 'L');
        made.model +=
            std::string("<decision id=\"") + name + "\" name=\"" + name + "\"><variable name=\"" + name + "\"/>";
        for (std::size_t each = 0; each < made.facts.size(); ++each)
            made.model += "<informationRequirement><requiredInput href=\"#f" + std::to_string(each) +
                          "\"/></informationRequirement>";
        made.model += of.xml + "</decision>";
        rules.insert(rules.end(), of.rules.begin(), of.rules.end());
    }
    made.model += "<decision id=\"Outcome\" name=\"Outcome\"><variable name=\"Outcome\"/>";
    for (const char* name : {"P", "Q", "L"})
        made.model +=
            std::string("<informationRequirement><requiredDecision href=\"#") + name + "\"/></informationRequirement>";
    made.model += "<literalExpression><text>" + joined(roll) + "</text></literalExpression></decision></definitions>";
    made.is = packed(made.facts, made.model, {"Outcome"}, rules, roll);
    return made;
}

/// A cell over a fact, and what it names of the fact's values.
inline std::string naming_cell(const fact& of, dice& roll, std::set<std::string>& named) {
    std::string text = of.type == "boolean" || of.type == "colour" || of.type == "number" ? cell(of, roll) : "-";
    if (of.type == "string" && !roll.in(4)) {
        static const char* const words[] = {"\"x\"", "\"x\",\"y\"", "not(\"y\")"};
        text = words[roll.below(3)];
    }
    if (of.type == "date" && !roll.in(4)) {
        static const char* const days[] = {"&lt; date(\"2026-01-01\")", "&gt;= date(\"2026-02-01\")",
                                           "&gt; date(\"2026-01-01\")"};
        text = days[roll.below(3)];
    }
    for (const char* each : {"1", "2", "3", "\"x\"", "\"y\"", "2026-01-01", "2026-02-01"})
        if (text.find(each) != std::string::npos) named.insert(each);
    return text;
}

/// One value of each set of values that the cells of a fact tell apart.
inline std::vector<polku::feel::value> told_apart(const fact& of, const std::set<std::string>& named) {
    using polku::feel::value;
    std::vector<value> made;
    if (of.type == "number") {
        for (int point = 1; point <= 3; ++point) {
            if (named.count(std::to_string(point)) == 0) continue;
            if (made.empty()) made.push_back(value(polku::feel::number::from_scaled(10 * point - 5, 1)));
            made.push_back(value(point));
            made.push_back(value(polku::feel::number::from_scaled(10 * point + 5, 1)));
        }
    } else if (of.type == "string") {
        for (const char* each : {"x", "y"})
            if (named.count("\"" + std::string(each) + "\"") != 0) made.push_back(value(each));
        made.push_back(value("z"));
    } else if (of.type == "date") {
        for (const char* each : {"2026-01-01", "2026-02-01"}) {
            if (named.count(each) == 0) continue;
            const polku::time::date day = *polku::time::parse_date(each);
            if (made.empty()) made.push_back(value(*day.plus_days(-9)));
            made.push_back(value(day));
            made.push_back(value(*day.plus_days(9)));
        }
    } else {
        return of.values;
    }
    return made.empty() ? of.values : made;
}

/// A model of many facts of all kinds: every fact is in one of the tables `P`, `Q` and `L` at least. Facts have one
/// value of each set of values that the model tells apart; how many there are is bounded, so that all can be tried.
inline random_pack make_wide(std::uint64_t seed, std::uint32_t count) {
    using polku::feel::value;
    dice roll(seed + 7000);
    random_pack made;
    std::size_t room = 40;  // for values past the first two of a fact
    for (std::uint32_t each = 0; each < count; ++each) {
        static const char* const types[] = {"boolean", "boolean", "colour", "number", "string", "date"};
        const std::string type = room > 0 ? types[roll.below(6)] : "boolean";
        fact one{"f" + std::to_string(each), type, {value(true), value(false)}};
        if (type == "colour") one.values = {value("red"), value("green"), value("blue")};
        if (type == "number") one.values = {value(2)};
        if (type == "string") one.values = {value("z")};
        if (type == "date") one.values = {value(*polku::time::parse_date("2026-03-01"))};
        // Twelve facts leave room for few values, six for many.
        const std::size_t takes = type == "boolean" ? 0 : type == "colour" || type == "string" ? 5 : 3 * count - 8;
        room = room > takes ? room - takes : 0;
        made.facts.push_back(std::move(one));
    }
    std::vector<std::set<std::string>> named(count);
    std::vector<std::string> rules;
    std::string decisions;
    for (std::uint32_t at = 0; at < 3; ++at) {
        static const char* const names[] = {"P", "Q", "L"};
        static const char* const policies[] = {"FIRST", "PRIORITY", "RULE ORDER"};
        const std::string name = names[at];
        std::vector<std::size_t> needs;
        for (std::uint32_t each = at; each < count; each += 3) needs.push_back(each);
        needs.push_back(roll.below(count));
        decisions += "<decision id=\"" + name + "\" name=\"" + name + "\"><variable name=\"" + name + "\"/>";
        for (const fact& each : made.facts)
            decisions +=
                "<informationRequirement><requiredInput href=\"#" + each.name + "\"/></informationRequirement>";
        decisions += std::string("<decisionTable hitPolicy=\"") + policies[at] + "\">";
        for (const std::size_t each : needs)
            decisions +=
                column(made.facts[each].name, made.facts[each].type == "colour" ? "string" : made.facts[each].type);
        decisions += "<output><outputValues><text>\"a\",\"b\",\"c\"</text></outputValues></output>";
        for (std::uint32_t rule = 0, end = 4 + roll.below(4); rule < end; ++rule) {
            rules.push_back(name + "_" + std::to_string(rule));
            decisions += "<rule id=\"" + rules.back() + "\">";
            for (const std::size_t each : needs)
                decisions +=
                    "<inputEntry><text>" + naming_cell(made.facts[each], roll, named[each]) + "</text></inputEntry>";
            static const char* const outputs[] = {"\"a\"", "\"b\"", "\"c\""};
            decisions += std::string("<outputEntry><text>") + outputs[roll.below(3)] + "</text></outputEntry></rule>";
        }
        decisions += "</decisionTable></decision>";
    }
    decisions += "<decision id=\"Outcome\" name=\"Outcome\"><variable name=\"Outcome\"/>";
    for (const char* name : {"P", "Q", "L"})
        decisions +=
            std::string("<informationRequirement><requiredDecision href=\"#") + name + "\"/></informationRequirement>";
    decisions += "<literalExpression><text>" + joined(roll) + "</text></literalExpression></decision></definitions>";
    made.model = opening(made.facts) + decisions;
    for (std::uint32_t each = 0; each < count; ++each)
        made.facts[each].values = told_apart(made.facts[each], named[each]);
    made.is = packed(made.facts, made.model, {"Outcome"}, rules, roll);
    return made;
}

inline random_pack make(std::uint64_t seed, std::uint32_t least, std::uint32_t most, std::uint32_t kinds = 4) {
    dice roll(seed);
    std::vector<fact> facts = some_facts(roll, least + roll.below(most - least + 1), kinds);
    return make_over(std::move(facts), roll);
}

/// The same without numbers: how many sets of values a model tells apart is then seen without it.
inline random_pack make_plain(std::uint64_t seed, std::uint32_t least, std::uint32_t most) {
    return make(seed, least, most, 3);
}

}  // namespace test_packs

#endif
