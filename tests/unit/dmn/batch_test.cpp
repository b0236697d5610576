// SPDX-License-Identifier: Apache-2.0
#include <polku/dmn/batch.hpp>
#include <polku/dmn/xml_reader.hpp>

#include "property_count.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstdlib>
#include <limits>
#include <memory>
#include <random>
#include <string>
#include <vector>

using namespace polku;

namespace {

/// A model with inputs n (number), t (string), d (date), b (boolean), and one table over them named `answer`.
std::string model_of(const std::string& policy, const std::vector<std::array<std::string, 5>>& rules,
                     const std::string& extra = {}, const std::string& values = {}) {
    std::string xml =
        R"(<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="m" name="m" namespace="m">
<itemDefinition id="tn" name="tn"><typeRef>number</typeRef><allowedValues><text>&lt;= 50</text></allowedValues></itemDefinition>
)";
    const std::array<std::pair<const char*, const char*>, 4> inputs{
        {{"n", "tn"}, {"t", "string"}, {"d", "date"}, {"b", "boolean"}}};
    for (const auto& [name, type] : inputs)
        xml += std::string("<inputData id=\"in_") + name + "\" name=\"" + name + "\"><variable name=\"" + name +
               "\" typeRef=\"" + type + "\"/></inputData>\n";
    xml += "<decision id=\"answer\" name=\"answer\"><variable name=\"answer\"/>";
    for (const auto& [name, type] : inputs)
        xml +=
            std::string("<informationRequirement><requiredInput href=\"#in_") + name + "\"/></informationRequirement>";
    xml += "<decisionTable hitPolicy=\"" + policy + "\"" + extra + ">";
    for (const auto& [name, type] : inputs) {
        xml += std::string("<input><inputExpression typeRef=\"") + (name[0] == 'n' ? "number" : type) + "\"><text>" +
               name + "</text></inputExpression>";
        if (name[0] == 't' && !values.empty()) xml += "<inputValues><text>" + values + "</text></inputValues>";
        xml += "</input>";
    }
    xml += "<output name=\"o\"/>";
    for (const auto& rule : rules) {
        xml += "<rule>";
        for (std::size_t at = 0; at < 4; ++at) xml += "<inputEntry><text>" + rule[at] + "</text></inputEntry>";
        xml += "<outputEntry><text>" + rule[4] + "</text></outputEntry></rule>";
    }
    return xml + "</decisionTable></decision></definitions>";
}

dmn::program compiled(const std::string& xml) {
    return dmn::try_compile({dmn::try_read_model(xml, "model.dmn").value()}).value();
}

/// Random columns of a batch, with the storage behind them.
class random_rows {
public:
    random_rows(std::size_t rows, std::uint64_t seed) : random_(seed) {
        for (std::size_t row = 0; row < rows; ++row) {
            numbers_.push_back(number());
            codes_.push_back(static_cast<std::int32_t>(below(dictionary_.size())));
            days_.push_back(static_cast<std::int32_t>(19'700 + below(12)));
            few_.push_back(static_cast<std::int32_t>(below(items_.size())));
            text_ += dictionary_[static_cast<std::size_t>(codes_.back())];
            offsets_.push_back(static_cast<std::int32_t>(text_.size()));
            wide_.push_back(below(20) == 0
                                ? dmn::batch_column::decimals::words{below(1000), 7}
                                : dmn::batch_column::decimals::words{static_cast<std::uint64_t>(numbers_.back()),
                                                                     numbers_.back() < 0 ? -1 : 0});
        }
        for (std::size_t byte = 0; byte < (rows + 7) / 8; ++byte) {
            truths_.push_back(static_cast<std::uint8_t>(below(256)));
            valid_.push_back(static_cast<std::uint8_t>(below(256) | below(256) | below(256)));
        }
    }
    std::size_t below(std::size_t bound) { return std::uniform_int_distribution<std::size_t>(0, bound - 1)(random_); }

    std::vector<dmn::batch_column> columns() {
        const std::int32_t scale = std::array<std::int32_t, 4>{0, 1, 3, -1}[below(4)];
        std::vector<dmn::batch_column> made(4);
        if (below(3) != 0)
            made[0].data = dmn::batch_column::integers{numbers_, scale};
        else
            made[0].data = dmn::batch_column::decimals{wide_, scale};
        if (below(3) != 0)
            made[1].data = dmn::batch_column::codes{codes_, dictionary_};
        else
            made[1].data = dmn::batch_column::texts{offsets_, text_};
        if (below(8) != 0) made[2].data = dmn::batch_column::days{days_};
        if (below(6) == 0) made[2].data = dmn::batch_column::repeated{few_, items_};
        made[3].data = dmn::batch_column::booleans{truths_};
        for (dmn::batch_column& each : made)
            if (below(2) == 0) each.validity = valid_;
        return made;
    }
    /// A row as one-by-one evaluation takes it, read from the columns anew.
    static feel::value at(const dmn::batch_column& from, std::size_t row) {
        if (std::holds_alternative<dmn::batch_column::unknown>(from.data))
            return feel::value(feel::null_reason::unknown_input);
        if (!from.validity.empty() && (from.validity[row / 8] >> (row % 8) & 1) == 0) return feel::value();
        if (const auto* of = std::get_if<dmn::batch_column::integers>(&from.data))
            return feel::value(feel::number::from_scaled(of->coefficients[row], of->scale));
        if (const auto* of = std::get_if<dmn::batch_column::decimals>(&from.data))
            return feel::value(
                feel::number::from_words(of->coefficients[row].low, of->coefficients[row].high, of->scale).value());
        if (const auto* of = std::get_if<dmn::batch_column::codes>(&from.data))
            return feel::value(of->dictionary[static_cast<std::size_t>(of->indexes[row])]);
        if (const auto* of = std::get_if<dmn::batch_column::texts>(&from.data))
            return feel::value(of->bytes.substr(static_cast<std::size_t>(of->offsets[row]),
                                                static_cast<std::size_t>(of->offsets[row + 1] - of->offsets[row])));
        if (const auto* of = std::get_if<dmn::batch_column::repeated>(&from.data))
            return of->items[static_cast<std::size_t>(of->indexes[row])];
        if (const auto* of = std::get_if<dmn::batch_column::days>(&from.data))
            return feel::value(time::date::from_days(of->since_epoch[row]).value());
        return feel::value((std::get<dmn::batch_column::booleans>(from.data).bits[row / 8] >> (row % 8) & 1) != 0);
    }

private:
    /// Half of the columns have numbers at the ends of 64 bits, the others lie close together.
    std::int64_t number() {
        switch (below(extremes_ ? 40 : 1) + (extremes_ ? 0 : 2)) {
            case 0: return std::numeric_limits<std::int64_t>::max();
            case 1: return std::numeric_limits<std::int64_t>::min();
            default: return static_cast<std::int64_t>(below(130)) - 20;
        }
    }

    std::mt19937_64 random_;
    const bool extremes_ = below(2) == 0;
    std::vector<std::int64_t> numbers_;
    std::vector<dmn::batch_column::decimals::words> wide_;
    std::vector<std::int32_t> codes_;
    std::vector<std::int32_t> days_;
    std::vector<std::int32_t> few_;
    std::vector<feel::value> items_{feel::value(),
                                    feel::value(feel::null_reason::unknown_input),
                                    feel::value(time::parse_date("2024-01-01").value()),
                                    feel::value("a"),
                                    feel::value(feel::number::from_scaled(150, 2)),
                                    feel::value(feel::number::from_scaled(15, 1))};
    std::vector<std::int32_t> offsets_{0};
    std::string text_;
    std::vector<std::uint8_t> truths_;
    std::vector<std::uint8_t> valid_;
    std::vector<std::string_view> dictionary_{"a", "b", "c", "ab", "", "\xC3\xA4"};
};

std::string random_cell(random_rows& random, std::size_t column) {
    const auto number = [&] {
        return std::to_string(static_cast<int>(random.below(12)) - 2) + (random.below(3) == 0 ? ".5" : "");
    };
    const auto text = [&] { return std::string("\"") + "abc"[random.below(3)] + "\""; };
    const auto date = [&] { return "date(\"2023-12-1" + std::to_string(random.below(9)) + "\")"; };
    if (random.below(3) == 0) return "-";
    const auto constant = [&] { return column == 0 ? number() : column == 1 ? text() : date(); };
    if (column == 3) return random.below(4) == 0 ? "null" : random.below(2) == 0 ? "true" : "false";
    switch (random.below(7)) {
        case 0: return constant();
        case 1: return "&lt; " + constant();
        case 2: return "&gt;= " + constant();
        case 3: return "not(" + constant() + ")";
        case 4: return "(" + constant() + ".." + constant() + "]";
        case 5: return constant() + ", " + constant();
        default: return "null";
    }
}

/// Answers whether whole columns were decided at once.
bool same_as_one_by_one(const dmn::program& program, random_rows& rows, std::size_t count) {
    const dmn::decision_ref what = program.find("answer").value();
    auto batch = dmn::batch_evaluator::try_create(program, what).value();
    dmn::batch_result found;
    feel::evaluation_context with;
    for (std::size_t turn = 0; turn < 2; ++turn) {
        const auto columns = rows.columns();
        REQUIRE(batch.try_evaluate(columns, count, with, found));
        REQUIRE(found.codes.size() == count);
        CHECK(found.faults.empty());
        feel::evaluation_context one;
        std::vector<feel::value> slots(columns.size());
        for (std::size_t row = 0; row < count; ++row) {
            for (std::size_t at = 0; at < columns.size(); ++at) slots[at] = random_rows::at(columns[at], row);
            const feel::value wanted = dmn::try_evaluate_slots(program, what, slots, one).value();
            const feel::value& made = found[row];
            if (made == wanted && made.reason() == wanted.reason() && feel::to_string(made) == feel::to_string(wanted))
                continue;
            FAIL("row ", row, ": ", feel::to_string(made), " instead of ", feel::to_string(wanted));
        }
    }
    return batch.is_columnar();
}

}  // namespace

TEST_CASE("dmn/batch: random tables over random columns answer as one by one, to the bit") {
    const std::array<std::pair<const char*, const char*>, 9> policies{{{"FIRST", ""},
                                                                       {"UNIQUE", ""},
                                                                       {"ANY", ""},
                                                                       {"RULE ORDER", ""},
                                                                       {"COLLECT", ""},
                                                                       {"COLLECT", " aggregation=\"SUM\""},
                                                                       {"COLLECT", " aggregation=\"MAX\""},
                                                                       {"COLLECT", " aggregation=\"COUNT\""},
                                                                       {"FIRST", ""}}};
    constexpr std::size_t rows_each = 700;
    const std::size_t tables = property_count(40'000) / (2 * rows_each) + 1;
    std::size_t columnar = 0;
    for (std::size_t table = 0; table < tables; ++table) {
        random_rows random(rows_each, 1000 + table);
        std::vector<std::array<std::string, 5>> rules(1 + random.below(table % 5 == 0 ? 90 : 12));
        for (auto& rule : rules) {
            for (std::size_t column = 0; column < 4; ++column) rule[column] = random_cell(random, column);
            rule[4] = std::to_string(random.below(3));
        }
        const auto& [policy, extra] = policies[table % policies.size()];
        const dmn::program program = compiled(model_of(policy, rules, extra, table % 4 == 0 ? "\"a\", \"b\"" : ""));
        CAPTURE(table);
        if (same_as_one_by_one(program, random, rows_each)) ++columnar;
    }
    CHECK(columnar * 4 >= tables);  // those of FIRST and UNIQUE: three of nine
    CHECK(columnar < tables);
}

namespace {

/// Rows whose answer over columns is not the one that each has by itself.
std::size_t different_rows(const dmn::program& program, const std::vector<dmn::batch_column>& columns,
                           std::size_t rows) {
    const dmn::decision_ref what = program.find("answer").value();
    auto batch = dmn::batch_evaluator::try_create(program, what).value();
    feel::evaluation_context with;
    dmn::batch_result into;
    REQUIRE(batch.try_evaluate(columns, rows, with, into));
    CHECK(into.faults.empty());
    std::size_t different = 0;
    std::vector<feel::value> slots(columns.size());
    for (std::size_t row = 0; row < rows; ++row) {
        for (std::size_t at = 0; at < columns.size(); ++at) slots[at] = random_rows::at(columns[at], row);
        const feel::value wanted = dmn::try_evaluate_slots(program, what, slots, with).value();
        if (feel::to_string(into[row]) != feel::to_string(wanted)) ++different;
    }
    return different;
}

/// Whole numbers that lie close together, wander, or have one among them that does not belong there.
std::int64_t patterned(std::size_t pattern, std::int64_t row) {
    constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min();
    constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
    switch (pattern) {
        case 0: return row % 100 - 50;
        case 1: return row / 10 - 200;
        case 2: return 200 - row / 3;
        case 3: return row == 3000 ? 1'000'000'000'000 : row == 4500 ? least : row % 60;
        case 4: return most - row % 50;
        case 5: return least + row % 50;
        default: return row * row * 7919 % 100'003 - 50'000;
    }
}

}  // namespace

TEST_CASE("dmn/batch: numbers and days that lie close together are learned, and answer as the others do") {
    const dmn::program program = compiled(model_of("FIRST", {{"&lt; -20", "-", "&lt; date(\"2023-12-15\")", "-", "1"},
                                                             {"[-20..3)", "-", "-", "true", "2"},
                                                             {"3, 7, 11", "-", "&gt; date(\"2024-02-01\")", "-", "3"},
                                                             {"&lt; 40", "-", "-", "-", "4"}}));
    constexpr std::size_t rows = 6000;
    for (std::size_t pattern = 0; pattern < 14; ++pattern) {
        std::vector<std::int64_t> numbers;
        std::vector<std::int32_t> days;
        const std::vector<std::uint8_t> truths((rows + 7) / 8, 0x5A);
        const std::vector<std::uint8_t> valid((rows + 7) / 8, 0xD7);
        for (std::size_t row = 0; row < rows; ++row) {
            numbers.push_back(patterned(pattern % 7, static_cast<std::int64_t>(row)));
            days.push_back(static_cast<std::int32_t>(19'700 + numbers.back() % 5000));
        }
        std::vector<dmn::batch_column> columns(4);
        columns[0].data = dmn::batch_column::integers{numbers, pattern < 7 ? 0 : 1};
        columns[2].data = dmn::batch_column::days{days};
        columns[3].data = dmn::batch_column::booleans{truths};
        if (pattern >= 7) columns[0].validity = columns[2].validity = valid;
        CAPTURE(pattern);
        CHECK(different_rows(program, columns, rows) == 0);
        CHECK(different_rows(program, columns, 20) == 0);
    }
}

TEST_CASE("dmn/batch: a plain table is decided by columns, one with an opaque cell row by row") {
    const auto evaluator = [](const std::string& cell) {
        const dmn::program program =
            compiled(model_of("FIRST", {{"&lt; 5", "-", "-", "-", "1"}, {cell, "-", "-", "-", "2"}}));
        return dmn::batch_evaluator::try_create(program, program.find("answer").value()).value();
    };
    CHECK(evaluator("&gt;= 5").is_columnar());
    CHECK_FALSE(evaluator("? * 2 > 5").is_columnar());
    random_rows random(300, 7);
    CHECK_FALSE(same_as_one_by_one(
        compiled(model_of("FIRST", {{"? * 2 > 5", "\"a\"", "-", "-", "n + 1"}, {"-", "-", "-", "true", "t"}})), random,
        300));
}

/// A graph over the same inputs: expressions, tables, a function of one's own, lists, a step that hardly repeats.
std::string graph_model() {
    const auto decision = [](const std::string& name, const std::vector<std::string>& inputs,
                             const std::vector<std::string>& decisions, const std::string& body,
                             const std::string& type = {}, bool with_function = false) {
        std::string xml = "<decision id=\"" + name + "\" name=\"" + name + "\"><variable name=\"" + name + "\"" +
                          (type.empty() ? "" : " typeRef=\"" + type + "\"") + "/>";
        for (const std::string& each : inputs)
            xml += "<informationRequirement><requiredInput href=\"#in_" + each + "\"/></informationRequirement>";
        for (const std::string& each : decisions)
            xml += "<informationRequirement><requiredDecision href=\"#" + each + "\"/></informationRequirement>";
        if (with_function) xml += "<knowledgeRequirement><requiredKnowledge href=\"#twice\"/></knowledgeRequirement>";
        return xml + body + "</decision>\n";
    };
    const auto text = [](const std::string& feel) {
        return "<literalExpression><text>" + feel + "</text></literalExpression>";
    };
    std::string xml =
        R"(<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="m" name="m" namespace="m">
<itemDefinition id="tn" name="tn"><typeRef>number</typeRef><allowedValues><text>&lt;= 50</text></allowedValues></itemDefinition>
<inputData id="in_n" name="n"><variable name="n" typeRef="tn"/></inputData>
<inputData id="in_t" name="t"><variable name="t" typeRef="string"/></inputData>
<inputData id="in_d" name="d"><variable name="d" typeRef="date"/></inputData>
<inputData id="in_b" name="b"><variable name="b" typeRef="boolean"/></inputData>
<businessKnowledgeModel id="twice" name="twice"><variable name="twice"/><encapsulatedLogic>
<formalParameter name="x" typeRef="number"/><literalExpression><text>x * 2</text></literalExpression></encapsulatedLogic></businessKnowledgeModel>
)";
    xml += decision("older", {"d"}, {}, text("d &lt; date(\"2023-12-15\")"), "boolean");
    xml += decision("sum", {"n"}, {}, text("twice(n) + 0.50"), "number", true);
    xml += decision("parts", {"t", "b"}, {"sum"}, text("[sum, string length(t), if b then 1 else null]"));
    xml += decision("kind", {"t"}, {"older"}, R"(<decisionTable hitPolicy="FIRST">
<input><inputExpression><text>t</text></inputExpression></input><input><inputExpression><text>older</text></inputExpression></input>
<output name="o"/>
<rule><inputEntry><text>"a"</text></inputEntry><inputEntry><text>true</text></inputEntry><outputEntry><text>"first"</text></outputEntry></rule>
<rule><inputEntry><text>"a","b"</text></inputEntry><inputEntry><text>-</text></inputEntry><outputEntry><text>"second"</text></outputEntry></rule>
</decisionTable>)");
    xml += decision("constant", {}, {}, text("date(\"2024-01-01\")"));
    return xml +
           decision("answer", {"d", "n"}, {"kind", "parts", "older", "constant"},
                    text("{kind: kind, total: sum(parts[item != null]), early: d &lt; constant, older: older, n: n}")) +
           "</definitions>";
}

TEST_CASE("dmn/batch: a graph over columns answers as one by one, to the bit, also when batches follow one another") {
    const dmn::program program = compiled(graph_model());
    const std::size_t batches = property_count(40'000) / 2000 + 1;
    for (std::size_t each = 0; each < batches; ++each) {
        random_rows random(1000, 500 + each);
        CAPTURE(each);
        CHECK_FALSE(same_as_one_by_one(program, random, 1000));
    }
    // More rows than a block, and one evaluator for all.
    auto batch = dmn::batch_evaluator::try_create(program, program.find("answer").value()).value();
    feel::evaluation_context with;
    for (std::uint64_t each = 0; each < 3; ++each) {
        constexpr std::size_t rows = 9000;
        random_rows random(rows, 77 + each);
        const std::vector<dmn::batch_column> columns = random.columns();
        dmn::batch_result into;
        REQUIRE(batch.try_evaluate(columns, rows, with, into));
        CHECK(into.faults.empty());
        CHECK(into.distinct.size() < rows);
        std::size_t different = 0;
        for (std::size_t row = 0; row < rows; ++row) {
            std::vector<feel::value> slots;
            for (const dmn::batch_column& column : columns) slots.push_back(random_rows::at(column, row));
            const auto wanted = dmn::try_evaluate_slots(program, program.find("answer").value(), slots, with);
            if (feel::to_string(into[row]) != feel::to_string(wanted.value())) ++different;
        }
        CHECK(different == 0);
    }
}

TEST_CASE("dmn/batch: a graph tells combinations of thousands of values apart") {
    const dmn::program program = compiled(graph_model());
    constexpr std::size_t rows = 13'000;
    std::vector<std::int64_t> numbers;
    std::vector<std::int32_t> days;
    for (std::size_t row = 0; row < rows; ++row) {
        numbers.push_back(50 - static_cast<std::int64_t>(row * 7 % 1500));
        days.push_back(static_cast<std::int32_t>(19'000 + row * 7 % 1500 + row % 2));
    }
    std::vector<dmn::batch_column> columns(4);
    columns[0].data = dmn::batch_column::integers{numbers, 0};
    columns[2].data = dmn::batch_column::days{days};
    CHECK(different_rows(program, columns, rows) == 0);
}

TEST_CASE("dmn/batch: a graph forgets what it learned before memory grows without end") {
    const dmn::program program = compiled(graph_model());
    auto batch = dmn::batch_evaluator::try_create(program, program.find("answer").value()).value();
    feel::evaluation_context with;
    dmn::batch_result into;
    constexpr std::size_t rows = 50'000;
    std::vector<std::int64_t> numbers(rows);
    for (std::int64_t each = 0; each < 6; ++each) {
        for (std::size_t row = 0; row < rows; ++row)
            numbers[row] = -each * static_cast<std::int64_t>(rows) - static_cast<std::int64_t>(row);
        std::vector<dmn::batch_column> columns(4);
        columns[0].data = dmn::batch_column::integers{numbers, 0};
        REQUIRE(batch.try_evaluate(columns, rows, with, into));
        CHECK(into.distinct.size() == rows);
        CHECK(into[7].as_context().find("n")->as_number() == feel::number::from_scaled(numbers[7], 0));
    }
}

TEST_CASE("dmn/batch: rows of a graph that pass a limit are those that do so one by one") {
    const dmn::program program = compiled(graph_model());
    for (const std::uint64_t steps : {3U, 12U, 20U, 40U, 400U}) {
        CAPTURE(steps);
        feel::evaluation_context with;
        feel::limits bounds;
        bounds.steps = steps;
        with.set_limits(bounds);
        auto batch = dmn::batch_evaluator::try_create(program, program.find("answer").value()).value();
        random_rows random(500, steps);
        const std::vector<dmn::batch_column> columns = random.columns();
        dmn::batch_result into;
        REQUIRE(batch.try_evaluate(columns, 500, with, into));
        std::size_t faults = 0;
        for (std::size_t row = 0; row < 500; ++row) {
            std::vector<feel::value> slots;
            for (const dmn::batch_column& column : columns) slots.push_back(random_rows::at(column, row));
            const auto wanted = dmn::try_evaluate_slots(program, program.find("answer").value(), slots, with);
            if (wanted) {
                CHECK(feel::to_string(into[row]) == feel::to_string(*wanted));
                continue;
            }
            REQUIRE(faults < into.faults.size());
            CHECK(into.faults[faults].row == row);
            CHECK(into.faults[faults++].what.code() == wanted.error().code());
        }
        CHECK(faults == into.faults.size());
    }
}

TEST_CASE("dmn/batch: a column that cannot be read is an error that names it, and nothing is evaluated") {
    const dmn::program program = compiled(model_of("FIRST", {{"-", "-", "-", "-", "1"}}));
    auto batch = dmn::batch_evaluator::try_create(program, program.find("answer").value()).value();
    feel::evaluation_context with;
    dmn::batch_result into;
    const std::vector<std::int64_t> numbers{1, 2};
    const std::vector<std::int32_t> codes{0, 3};
    const std::vector<std::string_view> dictionary{"a"};
    std::vector<dmn::batch_column> columns(4);
    const auto message = [&](std::size_t rows) {
        const auto done = batch.try_evaluate(columns, rows, with, into);
        return done ? std::string() : done.error().message();
    };
    columns[0].data = dmn::batch_column::integers{numbers, 0};
    CHECK(message(2).empty());
    CHECK(message(3) == "the column 'n' cannot be read: it has 2 numbers for 3 rows");
    columns[0].data = dmn::batch_column::integers{numbers, 100'000};
    CHECK(message(2) == "the column 'n' cannot be read: its scale 100000 is out of range");
    columns[0].data = dmn::batch_column::unknown{};
    columns[1].data = dmn::batch_column::codes{codes, dictionary};
    CHECK(message(2) == "the column 't' cannot be read: its code in row 1 is not in its dictionary");
    const std::vector<std::uint8_t> only_first{1};
    columns[1].validity = only_first;
    CHECK(message(2).empty());
    const std::vector<std::int32_t> offsets{0, 4, 2};
    const std::vector<dmn::batch_column::decimals::words> wide{{7, 0}, {0, std::numeric_limits<std::int64_t>::max()}};
    columns[0] = {dmn::batch_column::decimals{wide, 2}, {}};
    CHECK(message(2) == "the column 'n' cannot be read: its number in row 1 has more than 34 digits");
    columns[0].validity = only_first;
    CHECK(message(2).empty());
    columns[1] = {dmn::batch_column::texts{offsets, "abcd"}, {}};
    CHECK(message(2).find("its offset 2 is 2") != std::string::npos);
    columns.pop_back();
    CHECK(message(2) == "the decision has 4 inputs, but 3 columns were given");
    CHECK_FALSE(dmn::batch_evaluator::try_create(program, {77}));
}

TEST_CASE("dmn/batch: a row that passes a limit is that row's fault, a cancelled batch ends") {
    const std::string xml =
        R"(<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="m" name="m" namespace="m">
<inputData id="in_n" name="n"><variable name="n" typeRef="number"/></inputData>
<decision id="answer" name="answer"><variable name="answer"/><informationRequirement><requiredInput href="#in_n"/></informationRequirement>
<literalExpression><text>count(for i in 1..n return i)</text></literalExpression></decision></definitions>)";
    const dmn::program program = compiled(xml);
    auto batch = dmn::batch_evaluator::try_create(program, program.find("answer").value()).value();
    feel::evaluation_context with;
    feel::limits bounds;
    bounds.steps = 1000;
    with.set_limits(bounds);
    const std::vector<std::int64_t> numbers{3, 100'000, 5};
    const std::vector<dmn::batch_column> columns{{dmn::batch_column::integers{numbers, 0}, {}}};
    dmn::batch_result into;
    REQUIRE(batch.try_evaluate(columns, 3, with, into));
    CHECK(into[0] == feel::value(3));
    CHECK(into[1].is_null());
    CHECK(into[2] == feel::value(5));
    REQUIRE(into.faults.size() == 1);
    CHECK(into.faults[0].row == 1);
    CHECK(into.faults[0].what.code() == error_code::limit_steps);
    with.set_cancel([](void*) { return true; }, nullptr);
    const auto ended = batch.try_evaluate(columns, 3, with, into);
    REQUIRE_FALSE(ended);
    CHECK(ended.error().code() == error_code::cancelled);
}

TEST_CASE("dmn/batch: numbers of answers are exact at the declared scale or the row's fault") {
    const dmn::program program = compiled(model_of(
        "FIRST", {{"1", "-", "-", "-", "12.50"}, {"2", "-", "-", "-", "0.125"}, {"3", "-", "-", "-", "\"x\""}}));
    auto batch = dmn::batch_evaluator::try_create(program, program.find("answer").value()).value();
    feel::evaluation_context with;
    const std::vector<std::int64_t> numbers{1, 2, 3, 4};
    std::vector<dmn::batch_column> columns(4);
    columns[0].data = dmn::batch_column::integers{numbers, 0};
    dmn::batch_result into;
    REQUIRE(batch.try_evaluate(columns, 4, with, into));
    const dmn::batch_numbers cents = dmn::numbers_of(into, "", 2);
    CHECK(cents.coefficients[0] == 1250);
    CHECK(cents.validity[0] == 1);
    REQUIRE(cents.faults.size() == 1);
    CHECK(cents.faults[0].row == 1);
    CHECK(cents.faults[0].what.code() == error_code::inexact_number);
    CHECK(dmn::numbers_of(into, "", 3).coefficients[1] == 125);
    CHECK(dmn::numbers_of(into, "missing", 2).validity[0] == 0);
}
