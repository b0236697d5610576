// SPDX-License-Identifier: Apache-2.0
#include <polku/feel/expression.hpp>

#include <doctest/doctest.h>

#include <string>

TEST_SUITE_BEGIN("feel/unary tests");

using namespace polku;
using feel::kind;
using feel::value;

namespace {

feel::scope names() {
    feel::scope made;
    made.add("limit", feel::type::simple(kind::number));
    made.add("allowed");
    made.add("flag", feel::type::simple(kind::boolean));
    return made;
}

const std::vector<value> slots = {value(10), value(std::vector<value>{value(1), value(2)}), value(true)};

feel::unary_tests compiled(std::string_view text, const feel::type& input = {}) {
    auto made = feel::try_compile_unary_tests(text, names(), input);
    REQUIRE_MESSAGE(made.has_value(), text << ": " << made.error().to_string());
    return *std::move(made);
}

/// `t`, `f` or `n` for true, false and null.
char answer(std::string_view text, const value& input, const feel::type& of = {}) {
    feel::evaluation_context with;
    const value found = compiled(text, of).accepts(with, slots, input);
    CHECK_FALSE(with.faulted());
    return found.is_true() ? 't' : found.is_false() ? 'f' : 'n';
}

feel::type booleans() { return feel::type::simple(kind::boolean); }

}  // namespace

TEST_CASE("feel/unary tests: the dash accepts everything") {
    CHECK(answer("-", 1) == 't');
    CHECK(answer(" - ", value()) == 't');
    CHECK(compiled("-").is_any());
    CHECK_FALSE(compiled("-1").is_any());
    CHECK(answer("-1", -1) == 't');
}

TEST_CASE("feel/unary tests: comparisons with the input") {
    CHECK(answer("< 5", 4) == 't');
    CHECK(answer("< 5", 5) == 'f');
    CHECK(answer("<= 5", 5) == 't');
    CHECK(answer("> limit", 11) == 't');
    CHECK(answer(">= limit + 1", 10) == 'f');
    CHECK(answer("= 5", 5) == 't');
    CHECK(answer("!= 5", 5) == 'f');
    CHECK(answer("< 5", value()) == 'n');
    CHECK(answer("< 5", "a") == 'n');
}

TEST_CASE("feel/unary tests: values, lists and ranges hold the input") {
    CHECK(answer("5", 5) == 't');
    CHECK(answer("5", 6) == 'f');
    CHECK(answer("\"a\", \"b\"", "b") == 't');
    CHECK(answer("\"a\", \"b\"", "c") == 'f');
    CHECK(answer("[1..5]", 5) == 't');
    CHECK(answer("[1..5)", 5) == 'f');
    CHECK(answer("]1..5]", 1) == 'f');
    CHECK(answer("[limit..20]", 15) == 't');
    CHECK(answer("allowed", 2) == 't');
    CHECK(answer("allowed", 3) == 'f');
    CHECK(answer("[1, 2]", 2) == 't');
    CHECK(answer("[1, 2]", value(std::vector<value>{value(1), value(2)})) == 't');
    CHECK(answer("<18, >=60", 70) == 't');
    CHECK(answer("(< 5)", 4) == 't');
    CHECK(answer("5", "a") == 'n');
}

TEST_CASE("feel/unary tests: null is a value like others in a list of tests") {
    CHECK(answer("null", value()) == 't');
    CHECK(answer("null", 1) == 'f');
    CHECK(answer("null, [0..9]", value()) == 't');
    CHECK(answer("null, [0..9]", 4) == 't');
    CHECK(answer("[0..9]", value()) == 'n');
    CHECK(answer("5", value()) == 'f');
}

TEST_CASE("feel/unary tests: not negates the whole list, by three values") {
    CHECK(answer("not(5)", 4) == 't');
    CHECK(answer("not(5, 6)", 6) == 'f');
    CHECK(answer("not(< 5)", 4) == 'f');
    CHECK(answer("not([1..3], 7)", 5) == 't');
    CHECK(answer("not(5)", value()) == 't');
    CHECK(answer("not(< 5)", value()) == 'n');
    CHECK(answer("not(null)", value()) == 'f');
}

TEST_CASE("feel/unary tests: not that does not end the text is the built-in") {
    CHECK(answer("not(flag) or ? > 3", 4) == 't');
    CHECK(answer("not(? > 3) and limit = 10", 2) == 't');
    CHECK(answer("not(? > 3)", 2) == 't');
}

TEST_CASE("feel/unary tests: a condition on the input answers by its truth") {
    CHECK(answer("? > 5", 6) == 't');
    CHECK(answer("? > 5", 5) == 'f');
    CHECK(answer("? > 5 and ? < limit", 7) == 't');
    CHECK(answer("contains(?, \"b\")", "abc") == 't');
    CHECK(answer("some x in allowed satisfies x = ?", 2) == 't');
    CHECK(answer("? = null", value()) == 't');
    CHECK(answer("? > 5", value()) == 'n');
    CHECK(answer("(function(x) x > ?)(5)", 4) == 't');
}

TEST_CASE("feel/unary tests: a condition without the input decides, unless booleans are compared") {
    CHECK(answer("limit > 5", 1) == 't');
    CHECK(answer("limit > 50", 1) == 'f');
    CHECK(answer("limit > 5", true, booleans()) == 't');
    CHECK(answer("limit > 5", false, booleans()) == 'f');
    CHECK(answer("flag", false, booleans()) == 'f');
    CHECK(answer("flag", true, booleans()) == 't');
    CHECK(answer("flag", value(), booleans()) == 'f');
    CHECK(answer("true", false) == 'f');
    CHECK(answer("false", false) == 't');
}

TEST_CASE("feel/unary tests: simple tests tell the constants of a cell") {
    using op = feel::simple_test::op;
    CHECK(compiled("-").simple_tests()->at(0).is == op::any);
    const auto tests = compiled("< 5, [date(\"2026-01-01\")..date(\"2026-02-01\")), \"a\", != 7").simple_tests();
    REQUIRE(tests.has_value());
    REQUIRE(tests->size() == 4);
    CHECK((*tests)[0].is == op::less);
    CHECK((*tests)[0].operand == value(5));
    CHECK((*tests)[1].is == op::in_range);
    CHECK((*tests)[1].operand.as_range().low.is(kind::date));
    CHECK((*tests)[2].is == op::equal);
    CHECK((*tests)[3].is == op::not_equal);
    CHECK(compiled("not(> 2 + 3)").simple_tests()->at(0).operand == value(5));
    const auto listed = compiled("[1, [2..3]]").simple_tests();
    REQUIRE(listed.has_value());
    CHECK(listed->size() == 4);
}

TEST_CASE("feel/unary tests: a cell that looks at names or at the input is opaque") {
    CHECK_FALSE(compiled("> limit").simple_tests().has_value());
    CHECK_FALSE(compiled("? > 5").simple_tests().has_value());
    CHECK_FALSE(compiled("5, allowed").simple_tests().has_value());
    CHECK_FALSE(compiled("today()").simple_tests().has_value());
    CHECK(compiled("> limit").used_slots().size() == 1);
    CHECK(compiled("? > 5").used_slots().empty());
}

TEST_CASE("feel/unary tests: a faulty cell is an error with its place") {
    const auto refused = [](std::string_view text) {
        const auto made = feel::try_compile_unary_tests(text, names(), {});
        REQUIRE_FALSE_MESSAGE(made.has_value(), text);
        return made.error().to_string();
    };
    CHECK(refused("5,") == "line 1:3: found the end of the text where an expression should stand");
    CHECK(refused("") == "line 1:1: found the end of the text where an expression should stand");
    CHECK(refused("< ") == "line 1:3: found the end of the text where an expression should stand");
    CHECK(refused("not(5") == "line 1:6: found the end of the text where ')' should stand");
    CHECK(refused("- 5, -") == "line 1:7: found the end of the text where an expression should stand");
    CHECK(refused("1 2") == "line 1:3: found number 2 where an operator or the end of the text should stand");
    CHECK(refused("limt") == "line 1:1: name 'limt' is not in scope; did you mean 'limit'?");
}

TEST_SUITE_END();
