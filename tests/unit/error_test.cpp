// SPDX-License-Identifier: Apache-2.0
#include <polku/error.hpp>
#include <polku/result.hpp>

#include <doctest/doctest.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

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

TEST_CASE("result: copies and moves keep what is held, also from a value to an error and back") {
    const error missing(error_code::not_found, "nothing here", {.source = "a.json"});
    result<std::string> text = std::string(100, 'x');
    result<std::string> other = missing;
    const result<std::string> copy = text;
    CHECK(copy.value() == text.value());
    other = copy;
    REQUIRE(other);
    CHECK(other->size() == 100);
    other = missing;
    REQUIRE_FALSE(other);
    CHECK(other.error().positions().front().source == "a.json");
    text = other;
    CHECK(text.error().message() == "nothing here");
    text = result<std::string>("back");
    CHECK(*text == "back");
    const result<std::string>& itself = text;
    text = itself;
    CHECK(*text == "back");
    result<std::string> taken = std::move(text);
    CHECK(taken.value() == "back");
    taken = std::move(other);
    CHECK(taken.error().code() == error_code::not_found);
}

TEST_CASE("result: what cannot be copied is moved") {
    static_assert(!std::is_copy_constructible_v<result<std::unique_ptr<int>>>);
    static_assert(!std::is_copy_assignable_v<result<std::unique_ptr<int>>>);
    static_assert(std::is_nothrow_move_constructible_v<result<std::map<std::string, int>>>);
    static_assert(std::is_default_constructible_v<result<std::vector<int>>>);
    result<std::unique_ptr<int>> one = std::make_unique<int>(7);
    result<std::unique_ptr<int>> other = error(error_code::not_found, "nothing here");
    other = std::move(one);
    REQUIRE(other);
    CHECK(**other == 7);
    std::unique_ptr<int> out = std::move(other).value();
    CHECK(*out == 7);
    CHECK(result<std::vector<int>>().value().empty());
}

TEST_CASE("result: of nothing, done or an error") {
    result<void> done;
    CHECK(done);
    done = error(error_code::not_found, "nothing here");
    REQUIRE_FALSE(done);
    CHECK_THROWS_AS(done.value(), polku::exception);
    const result<void> copy = done;
    CHECK(copy.error().message() == "nothing here");
    done = result<void>();
    CHECK(done);
}
