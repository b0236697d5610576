// SPDX-License-Identifier: Apache-2.0
#include <polku/dmn/table_index.hpp>

#include "dmn/random_cells.hpp"
#include "dmn/table_builder.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

using namespace polku;
using tests::random_cells;
using tests::table_builder;

namespace {

void compare(random_cells& from, std::size_t rules, std::size_t inputs, std::size_t rows) {
    table_builder builder(dmn::hit_policy::rule_order, inputs, 1);
    std::string written;
    for (std::size_t rule = 0; rule < rules; ++rule) {
        std::vector<std::string> cells;
        for (std::size_t column = 0; column < inputs; ++column) cells.push_back(from.cell());
        for (const std::string& each : cells) written += each + " | ";
        written += "\n";
        builder.rule(cells, {std::to_string(rule)});
    }
    const dmn::compiled_table table = builder.finish();
    feel::evaluation_context with;
    for (std::size_t row = 0; row < rows; ++row) {
        std::vector<feel::value> values;
        std::string given;
        for (std::size_t column = 0; column < inputs; ++column) {
            values.push_back(from.input());
            given += feel::to_string(values.back()) + " | ";
        }
        std::vector<std::uint32_t> expected;
        std::vector<std::uint32_t> found;
        dmn::reference_matches(table, with, values, values, rules, expected);
        dmn::indexed_matches(table, with, values, values, rules, found);
        if (expected == found) continue;
        CAPTURE(written);
        CAPTURE(given);
        CHECK(expected == found);
        return;
    }
}

}  // namespace

TEST_CASE("dmn/table_index: masks and the rule-by-rule evaluator agree on random tables") {
    const std::uint64_t seed = random_cells::seed_of_run();
    MESSAGE("seed ", seed, " (POLKU_SEED)");
    random_cells from(seed);
    for (int table = 0; table < 60; ++table) compare(from, 1 + from.below(80), 1 + from.below(3), 40);
}

TEST_CASE(
    "dmn/table_index: a column with very many boundaries keeps rule lists instead of masks, with the same answers") {
    constexpr int rules = 700;
    table_builder builder(dmn::hit_policy::rule_order, 2, 1);
    for (int rule = 0; rule < rules; ++rule)
        builder.rule({"[" + std::to_string(rule * 10) + ".." + std::to_string(rule * 10 + 15) + ")",
                      rule % 3 == 0   ? "-"
                      : rule % 3 == 1 ? "\"a\""
                                      : "not(\"a\")"},
                     {"1"});
    const auto table = builder.finish();
    CHECK_FALSE(table.index.columns[0].is_dense());
    CHECK(table.index.columns[1].is_dense());
    CHECK(table.index.columns[0].memory() < 64 * rules * 4);
    feel::evaluation_context with;
    for (int point = -5; point < rules * 10 + 30; point += 5) {
        for (const feel::value& second : {feel::value("a"), feel::value("b"), feel::value(), feel::value(1)}) {
            const std::vector<feel::value> values{feel::value(point), second};
            std::vector<std::uint32_t> expected;
            std::vector<std::uint32_t> found;
            dmn::reference_matches(table, with, values, values, rules, expected);
            dmn::indexed_matches(table, with, values, values, rules, found);
            REQUIRE(expected == found);
        }
    }
}

namespace {

std::string interval(std::size_t low, std::size_t high) {
    return "[" + std::to_string(low) + ".." + std::to_string(high) + ")";
}

/// A table of three columns whose cells are all different: narrow intervals, wide intervals, keys. Some are `-`.
table_builder distinct_cells(random_cells& from, std::size_t rules) {
    table_builder made(dmn::hit_policy::rule_order, 3, 1);
    for (std::size_t rule = 0; rule < rules; ++rule) {
        const std::size_t low = from.below(rules * 20);
        const std::size_t wide = from.below(rules * 10);
        made.rule({from.below(50) == 0 ? "-" : interval(low, low + 1 + from.below(60)),
                   from.below(30) == 0 ? "-"
                                       : interval(wide, wide + rules * 5) + ", " +
                                             interval(wide + rules * 8, wide + rules * 9 + from.below(rules * 6)),
                   from.below(60) == 0 ? "-"
                   : from.below(60) == 0
                       ? "not(\"key 7\")"
                       : "\"key " + std::to_string(rule) + "\", \"key " + std::to_string(from.below(rules)) + "\""},
                  {"1"});
    }
    return made;
}

}  // namespace

TEST_CASE("dmn/table_index: each form of a column gives the rules that the cells accept, alone and with the others") {
    constexpr std::size_t rules = 900;
    random_cells from(random_cells::seed_of_run() + 7);
    const auto table = distinct_cells(from, rules).finish();
    using form = dmn::column_index::form;
    const auto& columns = table.index.columns;
    CHECK(columns[0].kept_as() == form::listed);
    CHECK(columns[1].kept_as() == form::coarse);
    CHECK(columns[2].kept_as() == form::listed);
    feel::evaluation_context with;
    std::vector<std::uint32_t> expected;
    std::vector<std::uint32_t> found;
    const auto check_row = [&](const std::vector<feel::value>& values) {
        expected.clear();
        found.clear();
        dmn::reference_matches(table, with, values, values, rules, expected);
        dmn::indexed_matches(table, with, values, values, rules, found);
        CHECK(expected == found);
    };
    for (std::size_t row = 0; row < 60; ++row) {
        const std::vector<feel::value> values{feel::value(static_cast<std::int64_t>(from.below(rules * 20))),
                                              feel::value(static_cast<std::int64_t>(from.below(rules * 20))),
                                              feel::value("key " + std::to_string(from.below(rules + 20)))};
        check_row(values);
        check_row({feel::value(), values[1], values[2]});
        check_row({values[0], values[1], feel::value(true)});
        check_row({feel::value(std::vector<feel::value>{}), values[1], values[2]});
        for (std::size_t at = 0; at < columns.size(); ++at) {
            expected.clear();
            for (std::uint32_t rule = 0; rule < rules; ++rule)
                if (table.cell(rule, at).accepts(with, {}, values[at]).is_true()) expected.push_back(rule);
            const std::uint32_t atom = columns[at].locate(values[at], with);
            columns[at].candidates(atom, found);
            CHECK(found == expected);
            CHECK(columns[at].accepts(atom, 5) == std::binary_search(expected.begin(), expected.end(), 5U));
        }
    }
}

TEST_CASE("dmn/table_index: what an index holds is counted, and stays small beside its cells") {
    random_cells from(random_cells::seed_of_run() + 8);
    const auto table = distinct_cells(from, 600).finish();
    std::size_t bytes = 0;
    for (const auto& each : table.index.columns) bytes += each.memory();
    CHECK(table.index.memory() >= bytes);
    CHECK(bytes > 600 * 3 * 4);
    CHECK(bytes < 600 * 3 * 200);
}

TEST_CASE("dmn/table_index: every atom's representative is located in that atom") {
    table_builder builder(dmn::hit_policy::first, 1, 1);
    builder.rule({"[1..2]"}, {"1"}).rule({"\"a\", \"b\""}, {"1"}).rule({"> date(\"2024-01-01\")"}, {"1"});
    builder.rule({"< date(\"2024-01-02\")"}, {"1"}).rule({"duration(\"P1M\")"}, {"1"}).rule({"true"}, {"1"});
    const auto table = builder.finish();
    const dmn::column_index& column = table.index.columns[0];
    feel::evaluation_context with;
    std::size_t empty = 0;
    for (std::uint32_t atom = 0; atom < column.atom_count(); ++atom) {
        feel::value inside;
        if (!column.representative(atom, inside))
            ++empty;
        else
            CHECK(column.locate(inside, with) == atom);
    }
    CHECK(empty == 1);  // between two days in a row
    CHECK(column.locate(feel::value(std::vector<feel::value>{}), with) == dmn::column_index::no_atom);
}
