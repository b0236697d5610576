// SPDX-License-Identifier: Apache-2.0
#include <polku/feel/tests_code.hpp>

#include "property_count.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <random>
#include <string>
#include <vector>

using namespace polku;

namespace {

/// Values of every kind that literals make, near the numbers and texts that the cells below name.
std::vector<feel::value> probes() {
    std::vector<feel::value> made{feel::value(),    feel::value(true), feel::value(false),      feel::value(""),
                                  feel::value("a"), feel::value("ab"), feel::value("\xC3\xA4"), feel::value("null")};
    for (int each = -3; each < 13; ++each) made.emplace_back(each);
    made.emplace_back(*feel::number::parse("2.5"));
    made.emplace_back(*feel::number::parse("-0.05"));
    made.emplace_back(*feel::number::parse("1e3"));
    made.emplace_back(*time::parse_date("2026-02-28"));
    made.emplace_back(*time::parse_date("2026-03-01"));
    made.emplace_back(std::vector<feel::value>{feel::value(5)});
    return made;
}

bool same_tests(const feel::unary_tests& left, const feel::unary_tests& right) {
    const auto a = left.simple_tests();
    const auto b = right.simple_tests();
    if (!a || !b || a->size() != b->size()) return false;
    for (std::size_t each = 0; each < a->size(); ++each)
        if ((*a)[each].is != (*b)[each].is || !((*a)[each].operand == (*b)[each].operand)) return false;
    return true;
}

/// Compares what the short way makes of a text with what parser and compiler make of it. False when it declines.
bool agrees(const std::string& text, const feel::scope& names, const feel::type& input) {
    const auto plain = feel::detail::plain_unary_tests(text, names);
    if (!plain) return false;
    const auto parsed = feel::detail::parsed_unary_tests(text, names, input, {});
    CAPTURE(text);
    REQUIRE(parsed);
    CHECK(plain->text() == parsed->text());
    CHECK(plain->is_any() == parsed->is_any());
    CHECK(plain->diagnostics().size() == parsed->diagnostics().size());
    CHECK(same_tests(*plain, *parsed));
    CHECK(plain->memory() == parsed->memory());
    CHECK(plain->is_literal());
    CHECK_FALSE(parsed->is_literal());
    const auto again = feel::try_compile_unary_tests(text, feel::scope(), feel::type::any());
    REQUIRE(again);
    CHECK(same_tests(*again, *plain));
    feel::evaluation_context with;
    for (const feel::value& each : probes()) {
        CAPTURE(feel::to_string(each));
        CHECK(plain->accepts(with, {}, each) == parsed->accepts(with, {}, each));
    }
    return true;
}

/// Texts of the pieces that cells are made of, in an order that is often none of FEEL's.
class random_texts {
public:
    explicit random_texts(std::uint64_t seed) : engine_(seed) {}
    std::string next() {
        std::string made;
        const std::size_t pieces = 1 + engine_() % 7;
        for (std::size_t each = 0; each < pieces; ++each) made += piece();
        return made;
    }

private:
    std::string piece() {
        static const std::vector<std::string> all{"1",
                                                  "5",
                                                  "10",
                                                  "2.5",
                                                  "-3",
                                                  "-",
                                                  "- 3",
                                                  ".5",
                                                  "1e3",
                                                  "007",
                                                  "\"a\"",
                                                  "\"ab\"",
                                                  "\"\"",
                                                  "\"\xC3\xA4\"",
                                                  "\"a\\n\"",
                                                  "\"",
                                                  "true",
                                                  "false",
                                                  "null",
                                                  "truename",
                                                  "@\"2026-02-28\"",
                                                  "@\"2026-13-01\"",
                                                  "@\"P1D\"",
                                                  "date(\"2026-02-28\")",
                                                  "<",
                                                  "<=",
                                                  ">",
                                                  ">=",
                                                  "=",
                                                  "!=",
                                                  ",",
                                                  ", ",
                                                  "[",
                                                  "]",
                                                  "(",
                                                  ")",
                                                  "..",
                                                  ".",
                                                  "not(",
                                                  "not (",
                                                  "not",
                                                  " ",
                                                  "\n",
                                                  "\t",
                                                  "//x\n",
                                                  "/* */",
                                                  "?",
                                                  "a",
                                                  "x",
                                                  "+",
                                                  "*",
                                                  "and",
                                                  "\xC3",
                                                  "in ",
                                                  "..10]",
                                                  "[1..",
                                                  "(2..9)",
                                                  "]2..9[",
                                                  "[\"a\"..\"b\"]"};
        return all[engine_() % all.size()];
    }
    std::mt19937_64 engine_;
};

}  // namespace

TEST_CASE("feel/plain_text: cells of literals compile to what the parser makes of them") {
    const feel::scope none;
    const feel::type any = feel::type::any();
    for (const char* text : {"-",
                             " - ",
                             "5",
                             "-5",
                             ".5",
                             "1.50",
                             "1e3",
                             "123456789012345678901234567890.5",
                             "\"a\"",
                             "\"\xC3\xA4\"",
                             "true",
                             "false",
                             "null",
                             "@\"2026-02-28\"",
                             "< 5",
                             "<=5",
                             "> -5",
                             ">= \"a\"",
                             "= 5",
                             "!= null",
                             "!= true",
                             "[1..5]",
                             "(1..5)",
                             "]1 .. 5]",
                             "[ 1.5..2.5 )",
                             "[\"a\"..\"b\"]",
                             "[@\"2026-01-01\"..@\"2026-12-31\"]",
                             "[5..1]",
                             "1, 2,3",
                             "\"a\",\"b\" , \"ab\"",
                             "< 3, > 7, [4..5]",
                             "not(5)",
                             "not( \"a\" , < 3 )",
                             "not (5)"})
        CHECK_MESSAGE(agrees(text, none, any), text);
}

TEST_CASE("feel/plain_text: what is more than literals, or faulty, is left to the parser") {
    const feel::scope none;
    for (const char* text : {"",
                             " ",
                             "x",
                             "?",
                             "5 + 1",
                             "- 5",
                             "\"a",
                             "\"a\\n\"",
                             "\"a\"\"b\"",
                             "5,",
                             ",5",
                             "< ",
                             "<> 5",
                             "[1..]",
                             "[..5]",
                             "[1..5[",
                             "[1..\"a\"]",
                             "[null..5]",
                             "[true..false]",
                             "[1,2]",
                             "5 // five",
                             "not(5",
                             "not()",
                             "not(5) and true",
                             "not(not(5))",
                             "date(\"2026-01-01\")",
                             "@\"2026-13-01\"",
                             "@ \"2026-01-01\"",
                             "true story",
                             "1e",
                             "\xC3",
                             "5 6",
                             "{}",
                             "1..2",
                             "(5)",
                             "((1..2))",
                             "5;"})
        CHECK_MESSAGE(!feel::detail::plain_unary_tests(text, none).has_value(), text);
    for (const char* text : {"", "-", "5 + 1", "x", "\"a\" ", "[1..2]", "< 5"})
        CHECK_MESSAGE(feel::detail::plain_constant(text, none).has_value() == (std::string(text) == "\"a\" "), text);
}

TEST_CASE("feel/plain_text: a name in scope that begins with a keyword is the parser's to tell apart") {
    feel::scope names;
    names.add("true cost", feel::type::simple(feel::kind::number));
    CHECK_FALSE(feel::detail::plain_unary_tests("true", names).has_value());
    CHECK(feel::try_compile_unary_tests("true", names, feel::type::any())->simple_tests().has_value());
    CHECK_FALSE(feel::try_compile_unary_tests("true cost", names, feel::type::any())->simple_tests().has_value());
    CHECK(feel::detail::plain_unary_tests("false", names).has_value());
}

TEST_CASE("feel/plain_text: random texts mean the same both ways") {
    random_texts texts(20261121);
    feel::scope names;
    names.add("x");
    names.add("truename");
    const feel::type inputs[] = {feel::type::any(), feel::type::simple(feel::kind::boolean),
                                 feel::type::simple(feel::kind::number)};
    std::size_t plain = 0;
    const std::size_t count = property_count(20'000);
    for (std::size_t each = 0; each < count; ++each) {
        const std::string text = texts.next();
        if (agrees(text, names, inputs[each % 3])) ++plain;
        const auto constant = feel::detail::plain_constant(text, names);
        if (!constant) continue;
        CAPTURE(text);
        const auto parsed = feel::try_compile(text, names);
        REQUIRE(parsed);
        REQUIRE(parsed->constant().has_value());
        CHECK(*parsed->constant() == *constant);
    }
    CHECK(plain > count / 50);
}

TEST_CASE("feel/plain_text: cells of folded constants need no operations either") {
    const auto dated = feel::try_compile_unary_tests("[date(\"2026-01-01\")..date(\"2026-12-31\")], 2 * 3",
                                                     feel::scope(), feel::type::any());
    REQUIRE(dated);
    CHECK(dated->memory() == sizeof(feel::detail::tests_code) + 2 * sizeof(feel::simple_test) + dated->text().size() +
                                 sizeof(feel::range));
    CHECK_FALSE(dated->is_literal());
    feel::evaluation_context with;
    CHECK(dated->accepts(with, {}, *time::parse_date("2026-05-01")).is_true());
    CHECK(dated->accepts(with, {}, feel::value(6)).is_true());
    CHECK_FALSE(dated->accepts(with, {}, feel::value(7)).is_true());
    const auto listed = feel::try_compile_unary_tests("[1, 2]", feel::scope(), feel::type::any());
    REQUIRE(listed);
    CHECK(listed->memory() > sizeof(feel::detail::compiled));
    CHECK(listed->simple_tests()->size() == 3);
    const feel::unary_tests copy = *listed;
    CHECK(copy.accepts(with, {}, feel::value(2)).is_true());
}
