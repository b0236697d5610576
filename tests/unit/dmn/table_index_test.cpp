// SPDX-License-Identifier: Apache-2.0
#include <polku/dmn/table_index.hpp>

#include "dmn/table_builder.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <random>
#include <string>
#include <vector>

using namespace polku;
using tests::table_builder;

namespace {

/// Draws cells and inputs from a small world, so that boundaries meet often.
class world {
public:
    explicit world(std::uint64_t seed) : random_(seed) {}

    std::size_t below(std::size_t bound) { return std::uniform_int_distribution<std::size_t>(0, bound - 1)(random_); }
    std::string number() {
        const std::string whole = std::to_string(static_cast<int>(below(9)) - 4);
        return below(3) == 0 ? whole + ".5" : whole;
    }
    std::string text() { return std::string("\"") + "abc"[below(3)] + (below(2) == 0 ? "" : "b") + "\""; }
    std::string date() {
        return "date(\"2024-0" + std::to_string(1 + below(2)) + "-0" + std::to_string(1 + below(4)) + "\")";
    }
    std::string time() { return "time(\"1" + std::to_string(below(4)) + ":00:00" + zone() + "\")"; }
    std::string zone() { return below(2) == 0 ? "" : below(2) == 0 ? "Z" : "+02:00"; }
    std::string date_time() {
        return "date and time(\"2024-01-0" + std::to_string(1 + below(3)) + "T1" + std::to_string(below(3)) + ":00:00" +
               zone() + "\")";
    }
    std::string duration() {
        return below(2) == 0 ? "duration(\"P" + std::to_string(below(4)) + "M\")"
                             : "duration(\"P" + std::to_string(below(4)) + "DT1H\")";
    }
    std::string constant() {
        switch (below(9)) {
            case 0:
            case 1:
            case 2: return number();
            case 3: return text();
            case 4: return below(2) == 0 ? "true" : "false";
            case 5: return date();
            case 6: return time();
            case 7: return date_time();
            default: return duration();
        }
    }
    std::string one_test(const std::string& a, const std::string& b) {
        switch (below(8)) {
            case 0: return a;
            case 1: return "< " + a;
            case 2: return "<= " + a;
            case 3: return "> " + a;
            case 4: return ">= " + a;
            case 5: return std::string(below(2) == 0 ? "[" : "(") + a + ".." + b + (below(2) == 0 ? "]" : ")");
            case 6: return below(2) == 0 ? "null" : a;
            default: return "= " + a;
        }
    }
    std::string cell() {
        if (below(5) == 0) return "-";
        const std::size_t kind = below(5);
        const auto draw = [&] { return kind < 3 ? number() : kind == 3 ? text() : constant(); };
        std::string tests = one_test(draw(), draw());
        if (below(3) == 0) tests += ", " + one_test(draw(), draw());
        if (below(6) == 0) return "not(" + tests + ")";
        if (below(12) == 0) return "? = in1";
        if (below(12) == 0) return "[" + number() + ", " + text() + "]";
        return tests;
    }
    feel::value input() {
        if (below(12) == 0) return {};
        if (below(12) == 0) return feel::value(std::vector<feel::value>{feel::value(1), feel::value("a")});
        feel::evaluation_context with;
        return feel::try_compile(constant(), feel::scope()).value().evaluate(with, {});
    }

private:
    std::mt19937_64 random_;
};

std::uint64_t seed_of_run() {
    const char* given = std::getenv("POLKU_SEED");
    return given ? std::strtoull(given, nullptr, 10) : 20260131;
}

void compare(world& from, std::size_t rules, std::size_t inputs, std::size_t rows) {
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
    const std::uint64_t seed = seed_of_run();
    MESSAGE("seed ", seed, " (POLKU_SEED)");
    world from(seed);
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
