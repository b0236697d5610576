// SPDX-License-Identifier: Apache-2.0
#include <polku/error.hpp>
#include <polku/result.hpp>

#include <doctest/doctest.h>

using namespace polku;

TEST_CASE("error: text names every known part of every place, then the causes") {
    error what(error_code::feel_syntax, "expected ')'", {.source = "a.dmn", .element = "d1", .line = 3, .column = 7});
    what.at({.source = "b.dmn", .pointer = "rule 2, input 1"});
    what.because(error(error_code::not_found, "no such name"));
    CHECK(what.to_string() == "a.dmn:3:7: d1 and b.dmn (rule 2, input 1): expected ')'\n  because: no such name");
}

TEST_CASE("error: every code has a name, a text and a status other than ok") {
#define X(name, number, stat, text)            \
    CHECK(name_of(error_code::name) == #name); \
    CHECK(!text_of(error_code::name).empty()); \
    CHECK(status_of(error_code::name) != status::ok);
#include <polku/error_codes.inc>
#undef X
}

TEST_CASE("result: value() throws the error it holds") {
    result<int> bad = error(error_code::not_found, "nothing here");
    REQUIRE_FALSE(bad);
    CHECK_THROWS_AS((void)bad.value(), polku::exception);
    result<int> good = 3;
    CHECK(good.value() == 3);
}
