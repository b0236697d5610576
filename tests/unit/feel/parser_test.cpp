// SPDX-License-Identifier: Apache-2.0
#include <polku/feel/parser.hpp>

#include <doctest/doctest.h>

#include <string>

TEST_SUITE_BEGIN("feel/parser");

using namespace polku;

namespace {

feel::type numbers() { return feel::type::simple(feel::kind::number); }

feel::scope loan_scope() {
    feel::scope names;
    names.add("loan amount", numbers());
    names.add("a", numbers());
    names.add("a-b", numbers());
    names.add("list of people");
    return names;
}

feel::syntax_tree parsed(std::string_view text, const feel::scope& names = loan_scope()) {
    auto tree = feel::try_parse(text, names);
    REQUIRE_MESSAGE(tree.has_value(), text << ": " << tree.error().to_string());
    return *std::move(tree);
}

/// The message of the error with its place in front: `1:4: found ...`.
std::string refused(std::string_view text, const feel::scope& names = loan_scope()) {
    const auto tree = feel::try_parse(text, names);
    REQUIRE_FALSE_MESSAGE(tree.has_value(), text);
    const position& at = tree.error().positions().at(0);
    return std::to_string(at.line) + ":" + std::to_string(at.column) + ": " + tree.error().message();
}

std::string repeated(std::string_view piece, std::size_t times) {
    std::string out;
    for (std::size_t i = 0; i < times; ++i) out += piece;
    return out;
}

}  // namespace

TEST_CASE("feel/parser: each node has its place") {
    const auto tree = parsed("1 +\n  loan amount * 2");
    const feel::syntax_node& sum = *tree.roots[0];
    CHECK(sum.is == feel::syntax::arithmetic);
    CHECK(sum.line == 1);
    CHECK(sum.column == 1);
    const feel::syntax_node& product = *sum.children[1];
    CHECK(product.is == feel::syntax::arithmetic);
    CHECK(product.line == 2);
    CHECK(product.column == 3);
    CHECK(product.children[0]->is == feel::syntax::slot);
    CHECK(product.children[1]->column == 17);
}

TEST_CASE("feel/parser: places count from the origin of the text, in code points") {
    feel::compile_options with;
    with.origin = {"model.dmn", "decision_1", "", 10, 5};
    const auto first = feel::try_parse("\"äö\" + ,", {}, with);
    REQUIRE_FALSE(first.has_value());
    CHECK(first.error().positions()[0] == position{"model.dmn", "decision_1", "", 10, 12});
    const auto second = feel::try_parse("1 +\n,", {}, with);
    REQUIRE_FALSE(second.has_value());
    CHECK(second.error().positions()[0] == position{"model.dmn", "decision_1", "", 11, 1});
}

TEST_CASE("feel/parser: the longest known name wins") {
    CHECK(parsed("a-b").roots[0]->is == feel::syntax::slot);
    CHECK(parsed("a - b").roots[0]->index == 2);
    CHECK(parsed("a - 1").roots[0]->is == feel::syntax::arithmetic);
    CHECK(parsed("list of people").roots[0]->index == 3);
    CHECK(parsed("loan \n amount").roots[0]->index == 0);
}

TEST_CASE("feel/parser: a name in scope shadows a built-in, and a built-in may be a value") {
    feel::scope names;
    names.add("sum");
    names.add("date");
    names.add("time");
    CHECK(parsed("sum", names).roots[0]->is == feel::syntax::slot);
    CHECK(parsed("count", names).roots[0]->is == feel::syntax::builtin);
    CHECK(parsed("date and time", names).roots[0]->is == feel::syntax::conjunction);
    CHECK(parsed("date and time(\"2026-01-01\")", names).roots[0]->is == feel::syntax::invocation);
}

TEST_CASE("feel/parser: static types follow names, entries and lists") {
    CHECK(parsed("loan amount + 1").roots[0]->type.to_string() == "number");
    CHECK(parsed("[{x: 1}, {x: 2}][x > 1].x").roots[0]->type.to_string() == "list<number>");
    CHECK(parsed("for i in 1..3 return \"x\"").roots[0]->type.to_string() == "list<string>");
    CHECK(parsed("if true then 1 else 2").roots[0]->type.to_string() == "number");
    CHECK(parsed("function(x: number) \"a\"").roots[0]->type.to_string() == "function<number> -> string");
    CHECK(parsed("[1, \"a\"]").roots[0]->type.to_string() == "list<Any>");
}

TEST_CASE("feel/parser: names with symbols are read after a dot by the static type") {
    const auto tree = parsed("{\"first-name\": 1, \"rate + 1\": 2}.first-name");
    CHECK(tree.roots[0]->text == "first-name");
    CHECK(parsed("{rate + x: 2}.rate+x").roots[0]->is == feel::syntax::path);
}

TEST_CASE("feel/parser: an error says what was found and what should stand there") {
    CHECK(refused("1 +") == "1:4: found the end of the text where an expression should stand");
    CHECK(refused("1 + * 2") == "1:5: found '*' where an expression should stand");
    CHECK(refused("(1 + 2") == "1:7: found the end of the text where ')' should stand");
    CHECK(refused("[1, 2") == "1:6: found the end of the text where ']' should stand");
    CHECK(refused("{a 1}") == "1:5: found '}' where ':' should stand");
    CHECK(refused("{1: 1}") == "1:2: found number 1 where a name should stand");
    CHECK(refused("1 2") == "1:3: found number 2 where an operator or the end of the text should stand");
    CHECK(refused("if a then 1") ==
          "1:12: found the end of the text where 'else' of 'if ... then ... else ...' should stand");
    CHECK(refused("for x in [1] x") == "1:14: found 'x' where 'return' of 'for ... in ... return ...' should stand");
    CHECK(refused("some x in [1] return x") ==
          "1:15: found 'return' where 'satisfies' of 'some' or 'every' should stand");
    CHECK(refused("a between 1 or 2") == "1:13: found 'or' where 'and' of 'between ... and ...' should stand");
    CHECK(refused("1 instance number") == "1:12: found 'number' where 'of' after 'instance' should stand");
    CHECK(refused("]1, 2]") == "1:3: found ',' where '..' of a range should stand");
    CHECK(refused("[1..2") == "1:6: found the end of the text where ']', ')' or '[' to close the range should stand");
    CHECK(refused("") == "1:1: found the end of the text where an expression should stand");
    CHECK(refused("@1") == "1:2: found number 1 where a string after '@' should stand");
    CHECK(refused("f(") == "1:1: name 'f' is not in scope; declare it or correct it");
    CHECK(refused("/* open").substr(0, 57) == "1:1: found a comment that is not closed with '*/' where a");
}

TEST_CASE("feel/parser: comparisons join from the left") {
    const auto tree = parsed("1 < 2 = true");
    REQUIRE(tree.roots[0]->is == feel::syntax::comparison);
    CHECK(tree.roots[0]->operators[0] == feel::syntax_operator::equal);
    CHECK(tree.roots[0]->children[0]->is == feel::syntax::comparison);
    CHECK(parsed("1 in [1] = true").roots[0]->children[0]->is == feel::syntax::in_tests);
    CHECK(refused("1 < 2 <") == "1:8: found the end of the text where an expression should stand");
}

TEST_CASE("feel/parser: strings must be closed, on one line, with characters that exist") {
    CHECK(refused("\"abc") == "1:1: this string has no closing '\"'");
    CHECK(refused("1 + \"a\nb\"").substr(0, 5) == "1:7: ");
    CHECK(refused("\"\\uD800\"").substr(0, 34) == "1:2: this escape is no character; ");
    CHECK(refused("\"\\uZZZZ\"").substr(0, 34) == "1:2: this escape is no character; ");
    CHECK(refused("\"\\U110000\"").substr(0, 34) == "1:2: this escape is no character; ");
    CHECK(refused("\"\xC3(\"") == "1:2: found a byte that is no UTF-8; save the text as UTF-8");
}

TEST_CASE("feel/parser: an unknown name is an error that names its neighbours") {
    CHECK(refused("1 + loan amuont") == "1:5: name 'loan amuont' is not in scope; did you mean 'loan amount'?");
    CHECK(refused("string lenght(\"a\")") ==
          "1:1: name 'string lenght' is not in scope; did you mean 'string length'?");
    CHECK(refused("a foo") == "1:1: name 'a foo' is not in scope; declare it or correct it");
    const auto tree = feel::try_parse("xyzzy", {});
    CHECK(tree.error().code() == error_code::feel_unknown_name);
}

TEST_CASE("feel/parser: an unknown name can be a null with a warning instead") {
    feel::compile_options with;
    with.unknown_names_are_null = true;
    const auto tree = feel::try_parse("a xyzzy + 1", loan_scope(), with);
    REQUIRE(tree.has_value());
    REQUIRE(tree->diagnostics.size() == 1);
    CHECK(tree->diagnostics[0].severity == severity::warning);
    CHECK(tree->diagnostics[0].what.code() == error_code::feel_unknown_name);
    CHECK(tree->roots[0]->children[0]->text == "a xyzzy");
    REQUIRE(feel::try_parse("1 instance of tUnknown", {}, with).has_value());
    CHECK_FALSE(feel::try_parse("1 instance of tUnknown", {}).has_value());
}

TEST_CASE("feel/parser: a numeric literal outside the range of numbers is an error") {
    CHECK(refused("1e7000") == "1:1: number 1e7000 is outside the range of FEEL numbers (exponents to 6111)");
}

TEST_CASE("feel/parser: nesting past the limit is an error, not a crash") {
    const std::size_t deep = 100'000;
    const std::string texts[] = {
        repeated("(", deep) + "1" + repeated(")", deep),
        repeated("[", deep),
        repeated("{a:", deep),
        repeated("-", deep) + "a",
        repeated("if true then ", deep),
        repeated("function() ", deep),
        repeated("for x in ", deep),
        repeated("1 in (", deep),
        repeated("[1..", deep),
        repeated("(< ", deep),
        repeated("]", deep),
        repeated("1 in < ", deep),
        "1" + repeated(" < 1", deep),
        repeated("a[", deep),
        repeated("abs(", deep),
        "a" + repeated("[1]", deep),
        "a" + repeated(".b", deep),
        "a" + repeated("()", deep),
        "for " + repeated("x in [1], ", deep) + "x in [1] return 1",
        "1 instance of " + repeated("list<", deep),
        repeated("not(", deep),
        repeated("a instance of ", deep),
    };
    for (const std::string& each : texts) {
        CAPTURE(each.substr(0, 20));
        const auto tree = feel::try_parse(each, loan_scope());
        REQUIRE_FALSE(tree.has_value());
        const error_code code = tree.error().code();
        const bool fine =
            code == error_code::limit_depth || code == error_code::feel_syntax || code == error_code::feel_unknown_name;
        CHECK(fine);
    }
}

TEST_CASE("feel/parser: nesting up to the limit is fine") {
    CHECK(feel::try_parse(repeated("(", 255) + "1" + repeated(")", 255), {}).has_value());
    CHECK_FALSE(feel::try_parse(repeated("(", 256) + "1" + repeated(")", 256), {}).has_value());
    feel::compile_options with;
    with.max_depth = 3;
    CHECK(feel::try_parse("((1))", {}, with).has_value());
    CHECK(feel::try_parse("(((1)))", {}, with).error().code() == error_code::limit_depth);
}

TEST_CASE("feel/parser: long flat texts are read in one go") {
    CHECK(parsed("1" + repeated(" + 1", 100'000)).roots[0]->children.size() == 100'001);
    CHECK(parsed("true" + repeated(" and a > 1", 20'000)).roots[0]->children.size() == 20'001);
    CHECK(parsed("[1" + repeated(", a", 100'000) + "]").roots[0]->children.size() == 100'001);
    CHECK(refused(std::string(5U << 20U, ' ')).substr(0, 13) == "1:1: the text");
}

TEST_SUITE_END();
