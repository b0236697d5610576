// SPDX-License-Identifier: Apache-2.0
// The analysis against brute force: small random tables, every combination of values around their constants, each
// rule tested by the reference evaluator.
#include <polku/dmn/analysis.hpp>

#include "dmn/model_text.hpp"
#include "property_count.hpp"

#include <polku/dmn/detail/program_data.hpp>
#include <polku/dmn/xml_reader.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

using namespace polku;
using tests::model_text;

namespace {

using pairs = std::set<std::pair<std::uint32_t, std::uint32_t>>;

/// One random column: its declaration, its cells and the values that stand for all of its inputs.
struct random_column {
    std::string name;
    std::string type;
    std::string values;
    std::vector<std::string> candidates;  ///< FEEL literals
};

class generator {
public:
    explicit generator(std::uint32_t seed) : engine_(seed) {}
    std::size_t below(std::size_t bound) { return engine_() % bound; }
    bool one_in(std::size_t many) { return below(many) == 0; }

    random_column column(std::size_t at) {
        static const char* const types[] = {"number", "string", "boolean", "date"};
        random_column made;
        made.name = std::string(1, static_cast<char>('a' + at));
        made.type = types[below(4)];
        if (made.type == "number") {
            for (int each = -1; each <= 9; ++each) {
                made.candidates.push_back(std::to_string(each));
                made.candidates.push_back(std::to_string(each) + ".5");
            }
            if (one_in(3)) made.values = "[0..8]";
        } else if (made.type == "string") {
            made.candidates = {"\"\"", "\"k\"", "\"l\"", "\"la\"", "\"m\"", "\"ma\"", "\"n\"", "\"other\""};
            if (one_in(2)) made.values = "\"k\", \"l\", \"m\"";
        } else if (made.type == "boolean") {
            made.candidates = {"true", "false"};
        } else {
            made.candidates.emplace_back("date(\"2024-01-31\")");
            for (int each = 1; each <= 10; ++each)
                made.candidates.push_back("date(\"2024-02-" + std::string(each < 10 ? "0" : "") + std::to_string(each) +
                                          "\")");
            if (one_in(3)) made.values = "[date(\"2024-02-02\")..date(\"2024-02-07\")]";
        }
        if (!made.values.empty() && one_in(4)) made.values += ", null";
        made.candidates.emplace_back("null");
        return made;
    }
    std::string cell(const random_column& of) {
        if (one_in(4)) return "-";
        if (one_in(14)) return "null";
        if (of.type == "boolean") return one_in(2) ? "true" : one_in(3) ? "not(true)" : "false";
        if (of.type == "string") {
            const std::string one = text();
            switch (below(6)) {
                case 0: return "not(" + one + ")";
                case 1: return one + ", " + text();
                case 2: return ">= " + one;
                default: return one;
            }
        }
        const std::string low = point(of.type, 0);
        switch (below(7)) {
            case 0: return "< " + low;
            case 1: return ">= " + low;
            case 2: return "not(< " + low + ")";
            case 3: return low;
            case 4: return "<= " + low + ", > " + point(of.type, 4);
            default: return (one_in(2) ? "[" : "(") + low + ".." + point(of.type, 4) + (one_in(2) ? "]" : ")");
        }
    }

private:
    std::string text() {
        static const char* const names[] = {"\"k\"", "\"l\"", "\"m\""};
        return names[below(3)];
    }
    std::string point(const std::string& type, std::size_t from) {
        const std::size_t made = from + below(5);
        return type == "number" ? std::to_string(made) : "date(\"2024-02-0" + std::to_string(made + 1) + "\")";
    }
    std::mt19937 engine_;
};

/// What brute force finds.
struct truth {
    bool gap = false;
    std::vector<std::vector<feel::value>> gaps;
    pairs overlaps;
    std::set<std::uint32_t> chosen;  ///< rules that some input chooses
};

struct random_table {
    std::vector<random_column> columns;
    model_text::table written;
    bool share_name = false;  ///< the last column asks about the first one's input again
};

random_table make_table(generator& random) {
    static const char* const policies[] = {"UNIQUE", "FIRST", "ANY", "PRIORITY"};
    random_table made;
    made.written.policy = policies[random.below(4)];
    const std::size_t columns = 1 + random.below(3);
    for (std::size_t at = 0; at < columns; ++at) made.columns.push_back(random.column(at));
    for (const random_column& each : made.columns) made.written.inputs.push_back({each.name, each.type, each.values});
    made.share_name = random.one_in(3);
    if (made.share_name) made.written.inputs.push_back(made.written.inputs.front());
    made.written.outputs = {{"out", "string", "\"x\", \"y\", \"z\""}};
    const std::size_t rules = 1 + random.below(6);
    static const char* const outputs[] = {"\"x\"", "\"y\"", "\"z\""};
    for (std::size_t rule = 0; rule < rules; ++rule) {
        auto& cells = made.written.rules.emplace_back();
        for (std::size_t at = 0; at < made.written.inputs.size(); ++at)
            cells.push_back(random.cell(made.columns[at < columns ? at : 0]));
        cells.emplace_back(outputs[random.below(3)]);
    }
    return made;
}

feel::value literal(const std::string& text) {
    feel::evaluation_context with;
    return feel::try_compile(text, feel::scope()).value().evaluate(with, {});
}

bool names_null(const random_table& of, std::size_t column) {
    for (const auto& rule : of.written.rules) {
        if (rule[column] == "null") return true;
        if (column == 0 && of.share_name && rule[of.columns.size()] == "null") return true;
    }
    return false;
}

/// Which rule the hit policy chooses among those that match.
std::uint32_t winner(const dmn::compiled_table& table, const std::vector<std::uint32_t>& matched) {
    if (table.hit_policy != dmn::hit_policy::priority) return matched.front();
    const auto& order = table.outputs.front().priorities;
    const auto rank = [&](std::uint32_t rule) {
        return std::find(order.begin(), order.end(), *table.constant(rule, 0)) - order.begin();
    };
    return *std::min_element(matched.begin(), matched.end(),
                             [&](std::uint32_t left, std::uint32_t right) { return rank(left) < rank(right); });
}

truth brute_force(const random_table& of, const dmn::compiled_table& table) {
    truth made;
    feel::evaluation_context with;
    std::vector<std::vector<feel::value>> values;
    for (std::size_t at = 0; at < of.columns.size(); ++at) {
        auto& list = values.emplace_back();
        for (const std::string& each : of.columns[at].candidates) {
            feel::value candidate = literal(each);
            // Outside the input values the table does not look at its rules.
            const auto& declared = table.inputs[at].values;
            if (candidate.is_null() || !declared || declared.accepts(with, {}, candidate).is_true())
                list.push_back(std::move(candidate));
        }
    }
    std::vector<std::size_t> turn(values.size(), 0);
    for (bool more = true; more;) {
        std::vector<feel::value> inputs;
        bool expected = true;
        bool in_play = true;
        for (std::size_t at = 0; at < values.size(); ++at) {
            inputs.push_back(values[at][turn[at]]);
            if (!inputs.back().is_null()) continue;
            const bool listed = of.columns[at].values.find("null") != std::string::npos;
            expected = expected && listed;
            in_play = in_play && (listed || names_null(of, at));
        }
        if (of.share_name) inputs.push_back(inputs.front());
        std::vector<std::uint32_t> matched;
        dmn::reference_matches(table, with, {}, inputs, table.rules.size(), matched);
        if (matched.empty() && expected) made.gaps.push_back(inputs);
        for (std::size_t left = 0; in_play && left < matched.size(); ++left)
            for (std::size_t right = left + 1; right < matched.size(); ++right)
                if (table.hit_policy == dmn::hit_policy::unique ||
                    !(*table.constant(matched[left], 0) == *table.constant(matched[right], 0)))
                    made.overlaps.emplace(matched[left] + 1, matched[right] + 1);
        const bool takes_any = table.hit_policy == dmn::hit_policy::unique || table.hit_policy == dmn::hit_policy::any;
        if (!matched.empty() && !takes_any) made.chosen.insert(winner(table, matched) + 1);
        for (std::size_t each = 0; takes_any && each < matched.size(); ++each) made.chosen.insert(matched[each] + 1);
        more = false;
        for (std::size_t at = 0; at < turn.size() && !more; ++at) {
            more = ++turn[at] < values[at].size();
            if (!more) turn[at] = 0;
        }
    }
    return made;
}

/// A reported gap as cells, by column: the pieces can stand as rules.
using region_cells = std::vector<std::pair<std::size_t, feel::unary_tests>>;

region_cells cells_of(const dmn::finding& gap, const dmn::compiled_table& table) {
    region_cells made;
    for (const auto& [text, tests] : gap.region) {
        std::size_t at = 0;
        while (table.inputs[at].expression.text() != text) ++at;
        made.emplace_back(at, feel::try_compile_unary_tests(tests, feel::scope(), table.inputs[at].type->type).value());
    }
    return made;
}

bool holds(const region_cells& region, const std::vector<feel::value>& inputs) {
    feel::evaluation_context with;
    return std::all_of(region.begin(), region.end(),
                       [&](const auto& each) { return each.second.accepts(with, {}, inputs[each.first]).is_true(); });
}

void replay(const dmn::program& program, const dmn::finding& of) {
    REQUIRE(of.input);
    feel::evaluation_context with;
    dmn::trace steps;
    const auto made = dmn::try_evaluate(program, *program.find(of.decision), *of.input, with, &steps);
    REQUIRE(made);
    if (of.is == dmn::finding_kind::gap) CHECK(made->reason() == feel::null_reason::no_rule_matched);
    if (of.is == dmn::finding_kind::overlap) CHECK(made->reason() == feel::null_reason::hit_policy_violated);
    const auto& matched = steps.steps.back().tables.front().matched;
    if (of.is == dmn::finding_kind::masked)
        CHECK(std::any_of(matched.begin(), matched.end(),
                          [&](const dmn::rule_trace& each) { return each.index != of.rules.front(); }));
}

void check_against(const dmn::program& program, const dmn::analysis_report& report, const truth& want) {
    const dmn::compiled_table& table = *dmn::detail::program_data::of(program)->tables.front().table;
    pairs overlaps;
    std::set<std::uint32_t> never;
    std::vector<region_cells> gaps;
    for (const dmn::finding& each : report.findings) {
        CAPTURE(dmn::to_string(each));
        CHECK(each.says != dmn::verdict::unknown);
        if (each.is == dmn::finding_kind::gap || each.is == dmn::finding_kind::overlap) replay(program, each);
        if (each.is == dmn::finding_kind::masked) replay(program, each);
        if (each.is == dmn::finding_kind::gap) gaps.push_back(cells_of(each, table));
        if (each.is == dmn::finding_kind::overlap) overlaps.emplace(each.rules[0], each.rules[1]);
        if (each.is == dmn::finding_kind::masked || each.is == dmn::finding_kind::never_matches ||
            (each.is == dmn::finding_kind::outside_domain && each.message.find("never") != std::string::npos))
            never.insert(each.rules.front());
    }
    CHECK(gaps.empty() == want.gaps.empty());
    CHECK((report.tables.front().complete == dmn::verdict::proved) == want.gaps.empty());
    for (const auto& inputs : want.gaps)
        CHECK(std::any_of(gaps.begin(), gaps.end(), [&](const region_cells& each) { return holds(each, inputs); }));
    const bool checked = table.hit_policy == dmn::hit_policy::unique || table.hit_policy == dmn::hit_policy::any;
    if (checked) CHECK(overlaps == want.overlaps);
    if (checked) CHECK((report.tables.front().consistent == dmn::verdict::proved) == want.overlaps.empty());
    for (std::uint32_t rule = 1; rule <= table.rules.size(); ++rule) {
        CAPTURE(rule);
        CHECK(never.contains(rule) != want.chosen.contains(rule));
    }
    CHECK((report.tables.front().reachable == dmn::verdict::proved) == never.empty());
}

}  // namespace

TEST_CASE("dmn/analysis: brute force over random tables finds the same gaps, clashes and rules that are never chosen") {
    const std::size_t count = std::max<std::size_t>(property_count(30'000) / 100, 1);
    for (std::size_t each = 0; each < count; ++each) {
        const auto seed = static_cast<std::uint32_t>(7000 + each);
        generator random(seed);
        const random_table table = make_table(random);
        model_text model;
        std::vector<std::string> needs;
        for (const random_column& column : table.columns) {
            model.input(column.name, column.type);
            needs.push_back(column.name);
        }
        model.decision("d", needs, table.written);
        CAPTURE(seed);
        CAPTURE(model.text());
        std::vector<dmn::model> models;
        models.push_back(dmn::try_read_model(model.text(), "m.dmn").value());
        const auto sources = models;
        const dmn::program program = dmn::try_compile(std::move(models)).value();
        REQUIRE(program.diagnostics().empty());
        dmn::analysis_options options;
        options.max_findings = 10'000;
        const auto report = dmn::analyse(program, sources, options);
        REQUIRE(report.tables.size() == 1);
        check_against(program, report,
                      brute_force(table, *dmn::detail::program_data::of(program)->tables.front().table));
    }
}
