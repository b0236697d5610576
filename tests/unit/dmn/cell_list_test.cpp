// SPDX-License-Identifier: Apache-2.0
#include <polku/dmn/cell_list.hpp>

#include "dmn/random_cells.hpp"
#include "dmn/table_builder.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

using namespace polku;
using tests::random_cells;

namespace {

feel::unary_tests compiled(const std::string& text) {
    return feel::try_compile_unary_tests(text, feel::scope(), feel::type::any()).value();
}

}  // namespace

TEST_CASE("dmn/cell_list: packed cells have the texts and answers that they had, in a fraction of the memory") {
    dmn::cell_list packed;
    std::vector<feel::unary_tests> plain;
    for (int each = 0; each < 500; ++each) {
        const std::string low = std::to_string(each);
        const std::string cells[] = {"[" + low + ".." + low + "5)", "not(\"key " + low + "\", \"b\")", "-",
                                     each % 50 == 0 ? "? * 2 > " + low : "< " + low + ".5"};
        plain.push_back(compiled(cells[each % 4]));
        CHECK(packed.add(plain.back()) == plain.size() - 1);
    }
    const std::size_t before = packed.memory();
    packed.pack();
    REQUIRE(packed.is_packed());
    CHECK(packed.memory() < before / 3);
    REQUIRE(packed.size() == plain.size());
    feel::evaluation_context with;
    for (std::size_t place = 0; place < plain.size(); ++place) {
        CHECK(packed.text(place) == plain[place].text());
        CHECK(packed[place].is_any() == plain[place].is_any());
        CHECK(packed[place].simple_tests().has_value() == plain[place].simple_tests().has_value());
        for (const feel::value& each : {feel::value(), feel::value(7), feel::value(120), feel::value("key 1"),
                                        feel::value("b"), feel::value(true)})
            CHECK(packed.accepts(place, with, {}, each) == plain[place].accepts(with, {}, each));
    }
}

TEST_CASE("dmn/cell_list: cells that are mostly more than literals stay as they are") {
    dmn::cell_list cells;
    for (int each = 0; each < 8; ++each) cells.add(compiled(each < 6 ? "5" : "? > 5"));
    cells.pack();
    CHECK_FALSE(cells.is_packed());
    CHECK(cells.unpacked().size() == 8);
}

TEST_CASE("dmn/cell_list: a table of thousands of cells packs them, and the index still agrees with the cells") {
    random_cells from(random_cells::seed_of_run());
    constexpr std::size_t rules = 900;
    tests::table_builder builder(dmn::hit_policy::rule_order, 2, 1);
    for (std::size_t rule = 0; rule < rules; ++rule)
        builder.rule(
            {"> " + std::to_string(from.below(500)) + "." + std::to_string(rule), rule % 90 == 0 ? from.cell() : "-"},
            {"1"});
    const dmn::compiled_table table = builder.finish();
    CHECK(table.distinct_cells.is_packed());
    feel::evaluation_context with;
    for (int row = 0; row < 40; ++row) {
        const std::vector<feel::value> values{row == 0 ? feel::value() : feel::value(static_cast<int>(from.below(500))),
                                              from.input()};
        std::vector<std::uint32_t> expected;
        std::vector<std::uint32_t> found;
        dmn::reference_matches(table, with, values, values, rules, expected);
        dmn::indexed_matches(table, with, values, values, rules, found);
        CHECK(expected == found);
    }
}
