// SPDX-License-Identifier: Apache-2.0
#include <polku/feel/expression.hpp>

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace polku;

namespace {

/// What a hostile text ends with under small limits: the number of its error, or the kind of its value.
std::string ending(const std::string& text) {
    const auto made = feel::try_compile(text, feel::scope());
    if (!made) return "compile " + std::to_string(static_cast<int>(made.error().code()));
    feel::limits bounds;
    bounds.steps = 200'000;
    bounds.depth = 200;
    bounds.list_length = 50'000;
    bounds.text_bytes = 1U << 20U;
    bounds.regex_steps = 20'000;
    feel::evaluation_context with;
    with.set_limits(bounds);
    const feel::value answer = made->evaluate(with, {});
    if (with.faulted()) return std::to_string(static_cast<int>(with.fault()->code()));
    return answer.is(feel::kind::boolean) ? feel::to_string(answer) : std::string(feel::name_of(answer.kind()));
}

std::string number_of(error_code code) { return std::to_string(static_cast<int>(code)); }

std::string repeated(const std::string& text, int times) {
    std::string out;
    for (int each = 0; each < times; ++each) out += text;
    return out;
}

// Each list holds all lists before it: sixty lists that would take 2^60 items to write out.
const std::string shared = "(for i in 1..60 return partial)";
// A list in a list, ten thousand deep.
const std::string deep = "(for i in 1..10000 return [partial[-1]])";

}  // namespace

TEST_CASE("feel/hostile: loops over endless ranges end at the limit of steps or items") {
    for (const char* text :
         {"for i in 1..10**15 return i", "count(for i in 1..10**15 return null)", "for i in 10**30..1 return 1",
          "some i in 1..10**15 satisfies i < 0", "every i in 1..10**15 satisfies i > 0",
          "for i in 1..1000, j in 1..1000, k in 1..1000 return 1",
          "for i in date(\"-999999999-01-01\")..date(\"999999999-12-31\") return 1"}) {
        CAPTURE(text);
        const std::string end = ending(text);
        CHECK((end == number_of(error_code::limit_steps) || end == number_of(error_code::limit_length)));
    }
}

TEST_CASE("feel/hostile: values that share their parts are compared in bounded time") {
    CHECK(ending(shared + " = " + shared) == "true");
    CHECK(ending("{a: " + shared + "} = {a: " + shared + "}") == "true");
    CHECK(ending("[" + shared + ", 1] = [" + shared + ", 2]") == "false");
    CHECK(ending(shared + " in [" + shared + "]") == "true");
    CHECK(ending("count(distinct values([" + shared + ", " + shared + "])) = 1") == "true");
    CHECK(ending("list contains([" + shared + "], " + shared + ")") == "true");
    CHECK(ending("count(index of([" + shared + "], " + shared + ")) = 1") == "true");
    CHECK(ending("count(union([" + shared + "], [" + shared + "])) = 1") == "true");
}

TEST_CASE("feel/hostile: values that share their parts are written and flattened up to a limit") {
    CHECK(ending("string(" + shared + ")") == number_of(error_code::limit_length));
    CHECK(ending("string({a: [" + shared + "]})") == number_of(error_code::limit_length));
    CHECK(ending("flatten(" + shared + ")") == number_of(error_code::limit_steps));
    const auto made = feel::try_compile(shared, feel::scope());
    feel::evaluation_context with;
    const std::string text = feel::to_string(made->evaluate(with, {}), 1'000);
    CHECK(text.size() == 1'003);
    CHECK(text.substr(text.size() - 4) == "]...");
}

TEST_CASE("feel/hostile: values that share their parts are held against types in bounded time") {
    const std::string lists = repeated("list<", 70) + "number" + repeated(">", 70);
    CHECK(ending(shared + " instance of " + lists) == "true");
    CHECK(ending("(for i in 1..60 return if i = 1 then \"x\" else partial) instance of " + lists) == "false");
    CHECK(ending("(for i in 1..50 return {a: partial[-1], b: partial[-1]}) instance of list<" +
                 repeated("context<b: Any, a: ", 50) + "number" + repeated(">", 51)) == "true");
}

TEST_CASE("feel/hostile: a text is cut between characters, and one that fits is whole") {
    const feel::value text("a€b");
    CHECK(feel::to_string(text, 5) == "a€b");
    CHECK(feel::to_string(text, 4) == "a€...");
    CHECK(feel::to_string(text, 3) == "a...");
    CHECK(feel::to_string(text, 0) == "...");
    CHECK(feel::to_string(feel::value(std::vector<feel::value>{1, 2}), 6) == "[1, 2]");
}

TEST_CASE("feel/hostile: deep values are made, compared, written and freed without deep recursion") {
    CHECK(ending("count(" + deep + ") = 10000") == "true");
    CHECK(ending(deep + "[-1] = " + deep + "[-1]") == "true");
    CHECK(ending("string length(string(" + deep + "[-1])) > 20000") == "true");
    CHECK(ending("count(for i in 1..10000 return {a: partial[-1]}) = 10000") == "true");
    CHECK(ending("(for i in 1..10000 return {a: partial[-1]})[-1].a.a.a instance of context<a: Any>") == "true");
    CHECK(ending(deep + "[-1] instance of list<list<list<Any>>>") == "true");
}

TEST_CASE("feel/hostile: texts and lists that double end at their limits") {
    CHECK(ending("for i in 1..100 return if i = 1 then \"xx\" else partial[-1] + partial[-1]") ==
          number_of(error_code::limit_length));
    for (const char* text :
         {"for i in 1..100 return if i = 1 then \"x\" else string join([partial[-1], partial[-1]])",
          "for i in 1..100 return if i = 1 then \"x\" else replace(partial[-1], \"x\", \"xx\")",
          "for i in 1..100 return if i = 1 then [1] else concatenate(partial[-1], partial[-1])",
          "string join(for i in 1..40000 return \"abcdefghijklmnopqrstuvwxyz\", \"abcdefghijklmnopqrstuvwxyz\")"}) {
        CAPTURE(text);
        const std::string end = ending(text);
        CHECK((end == number_of(error_code::limit_steps) || end == number_of(error_code::limit_length)));
    }
}

TEST_CASE("feel/hostile: sorting with a function that contradicts itself ends") {
    for (const char* order : {"true", "a != b", "a >= b", "modulo(a * b, 3) = 0"}) {
        CAPTURE(order);
        CHECK(ending("sort(for i in 1..500 return modulo(i * 7919, 1009), function(a, b) " + std::string(order) +
                     ")") == "list");
    }
    CHECK(ending("sort(for i in 1..500 return modulo(i * 7919, 1009), function(a, b) null)") == "null");
    CHECK(ending("sort(for i in 1..40000 return i, function(a, b) a > b)") == number_of(error_code::limit_steps));
}

TEST_CASE("feel/hostile: functions without an end stop at the limit of depth") {
    CHECK(ending("(function(x) x(x))(function(x) x(x))") == number_of(error_code::limit_depth));
    CHECK(ending("(function(x) x(x) + x(x))(function(x) x(x) + x(x))") == number_of(error_code::limit_depth));
    CHECK(ending("(function(x) [1, 2][x(x)])(function(x) [1, 2][x(x)])") == number_of(error_code::limit_depth));
    CHECK(ending("(function(x) for i in [1] return x(x))(function(x) for i in [1] return x(x))") ==
          number_of(error_code::limit_depth));
}

TEST_CASE("feel/hostile: patterns that backtrack without end stop at the limit of their steps") {
    const std::string line = "\"" + repeated("a", 40) + "!\"";
    for (const char* pattern : {"(a+)+$", "(a|aa)+$", "([a-z]+)*[0-9]", "(.*)*(.*)*(.*)*x$"}) {
        CAPTURE(pattern);
        const std::string end = ending("matches(" + line + ", \"" + pattern + "\")");
        CHECK((end == number_of(error_code::limit_regex) || end == "false"));
    }
    CHECK(ending("matches(" + line + ", \"(a+)+$\")") == number_of(error_code::limit_regex));
    CHECK(ending("replace(" + line + ", \"(a+)+$\", \"b\")") == number_of(error_code::limit_regex));
    CHECK(ending("matches(\"x\", \"" + repeated("(", 5'000) + repeated(")", 5'000) + "\")") == "null");
    CHECK(ending("matches(\"x\", \"((((a{100}){100}){100}){100}){100}\")") == "null");
}

TEST_CASE("feel/hostile: numbers at the ends of their range answer at once") {
    CHECK(ending("1 ** 999999999 = 1") == "true");
    CHECK(ending("1 ** 1000000000") == "null");
    CHECK(ending("2 ** 1000000000") == "null");
    CHECK(ending("2 ** -999999999") == "number");
    CHECK(ending("0.9999999999999999999999999999999999 ** 999999999") == "number");
    CHECK(ending("exp(100000000)") == "null");
    CHECK(ending("decimal(1 / 3, 1000000000)") == "null");
    CHECK(ending("duration(\"P1D\") * 10 ** 30") == "null");
    CHECK(ending("date(\"0001-01-01\") + duration(\"P999999999Y\")") == "null");
    CHECK(ending("[1, 2, 3][10 ** 30]") == "null");
    CHECK(ending("substring(\"abc\", 10 ** 30, 10 ** 30)") == "null");
}

TEST_CASE("feel/hostile: texts that nest or run on without end are refused, or read in bounded depth") {
    const std::string depth = "compile " + number_of(error_code::limit_depth);
    constexpr int many = 20'000;
    CHECK(ending(repeated("[", many) + repeated("]", many)) == depth);
    CHECK(ending(repeated("(", many) + "1" + repeated(")", many)) == depth);
    CHECK(ending(repeated("{a: ", many) + "1" + repeated("}", many)) == depth);
    CHECK(ending(repeated("-", many) + "1") == depth);
    CHECK(ending(repeated("not(", many) + "true" + repeated(")", many)) == depth);
    CHECK(ending(repeated("if true then ", many) + "1") == depth);
    CHECK(ending(repeated("for i in [1] return ", many) + "1") == depth);
    CHECK(ending(repeated("function(x) ", many) + "1") == depth);
    CHECK(ending("1" + repeated("[1]", many)) == depth);
    CHECK(ending("1" + repeated(".a", many)) == depth);
    CHECK(ending("1" + repeated(" + 1", many)) == "number");
    CHECK(ending("\"" + repeated("\\u0041", many) + "\"") == "string");
}
