// SPDX-License-Identifier: Apache-2.0
#include <polku/json/text.hpp>

#include <doctest/doctest.h>

#include <random>

namespace feel = polku::feel;
namespace json = polku::json;
using polku::error_code;

namespace {

std::string canonical(std::string_view text) {
    const auto read = json::try_parse(text);
    REQUIRE_MESSAGE(read, std::string(text));
    return json::write(*read);
}

polku::error failure(std::string_view text, const json::parse_options& options = {}) {
    auto read = json::try_parse(text, options);
    REQUIRE_FALSE(read);
    REQUIRE(read.error().positions().size() == 1);
    return std::move(read).error();
}

void check_failure(std::string_view text, error_code code, unsigned line, unsigned column, std::string_view pointer,
                   std::string_view part) {
    CAPTURE(std::string(text));
    const polku::error found = failure(text);
    const polku::position& at = found.positions().front();
    CHECK(found.code() == code);
    CHECK(at.line == line);
    CHECK(at.column == column);
    CHECK(at.pointer == pointer);
    CHECK_MESSAGE(found.message().find(part) != std::string::npos, found.message());
}

feel::value random_value(std::mt19937_64& draw, int depth) {
    switch (draw() % (depth > 0 ? 8 : 6)) {
        case 0: return {};
        case 1: return draw() % 2 == 0;
        case 2:
            return feel::number::from_scaled(static_cast<std::int64_t>(draw() >> 8U), static_cast<int>(draw() % 20));
        case 3: return static_cast<std::int64_t>(draw());
        case 4: return feel::value("text \"" + std::to_string(draw() % 100) + "\"\n\x01 ä\xf0\x9f\x8c\xb2");
        case 5: return feel::value("");
        case 6: {
            std::vector<feel::value> items;
            for (auto left = draw() % 5; left > 0; --left) items.push_back(random_value(draw, depth - 1));
            return feel::value(std::move(items));
        }
        default: {
            feel::context members;
            for (auto left = draw() % 25; left > 0; --left)
                members.set("k" + std::to_string(draw() % 40), random_value(draw, depth - 1));
            return feel::value(std::move(members));
        }
    }
}

}  // namespace

TEST_SUITE_BEGIN("json/text");

TEST_CASE("json/text: values of each kind are read") {
    CHECK(json::try_parse("null")->is_null());
    CHECK(json::try_parse(" true\n")->is_true());
    CHECK(json::try_parse("false")->is_false());
    CHECK(json::try_parse("\"\"")->as_string().empty());
    CHECK(json::try_parse("[]")->as_list().empty());
    CHECK(json::try_parse("{}")->as_context().empty());
    const auto read = json::try_parse(R"({"b": [1, {"c": "d"}], "a": null})");
    REQUIRE(read);
    CHECK(read->as_context()[0].name == "b");
    CHECK(read->as_context().find("b")->as_list()[1].as_context().find("c")->as_string() == "d");
}

TEST_CASE("json/text: numbers are exact to 34 digits and keep no trailing zeros") {
    const std::pair<const char*, const char*> numbers[] = {
        {"0", "0"},
        {"-0", "0"},
        {"1.50", "1.5"},
        {"1E2", "100"},
        {"1e-3", "0.001"},
        {"0.1", "0.1"},
        {"1234567890123456789012345678901234", "1234567890123456789012345678901234"},
        {"0.1234567890123456789012345678901234", "0.1234567890123456789012345678901234"},
        {"-9999999999999999999999999999999999", "-9999999999999999999999999999999999"},
        {"12345678901234567890.5", "12345678901234567890.5"},
        {"18446744073709551616", "18446744073709551616"},
        {"10000000000000000000000000000000000", "10000000000000000000000000000000000"},
        {"1.0000000000000000000000000000000000000000", "1"}};
    for (const auto& [text, written] : numbers) CHECK(canonical(text) == written);
    // Outside 1e-34..1e34 the exponent form stands, and reads back as the same number.
    for (const char* text : {"1e400", "-2.5e-400", "1e6111"}) {
        CAPTURE(text);
        const std::string written = canonical(text);
        CHECK(written.find('E') != std::string::npos);
        CHECK(*json::try_parse(written) == *json::try_parse(text));
    }
}

TEST_CASE("json/text: numbers that cannot be held exactly are errors and never rounded") {
    check_failure("12345678901234567890123456789012345", error_code::json_number, 1, 1, "", "34 significant digits");
    check_failure("[1,\n 0.12345678901234567890123456789012345]", error_code::json_number, 2, 2, "/1", "exactly");
    check_failure("{\"a\":1e7000}", error_code::json_number, 1, 6, "/a", "1e7000");
    CHECK(failure("1e99999999999999999999").code() == error_code::json_number);
    CHECK(failure("[1e-99999]").code() == error_code::json_number);
    check_failure("1.5e-6176", error_code::json_number, 1, 1, "", "exactly");
    CHECK(json::try_parse("15e-6176"));
    CHECK(canonical("0e5") == "0");
    CHECK(failure("[1e-99999999999999999999]").code() == error_code::json_number);
}

TEST_CASE("json/text: strings take every escape and surrogate pair") {
    const auto read = json::try_parse(R"("\"\\\/\b\f\n\r\t\u00e4\ud83c\udf32 ä")");
    REQUIRE(read);
    CHECK(read->as_string() == "\"\\/\b\f\n\r\t\xc3\xa4\xf0\x9f\x8c\xb2 \xc3\xa4");
    CHECK(canonical(R"("\u0000\u001f\u007f\/")") == "\"\\u0000\\u001f\x7f/\"");
    CHECK(canonical(R"({"\u0061":1})") == "{\"a\":1}");
}

TEST_CASE("json/text: lone surrogates and broken UTF-8 are errors") {
    for (const char* text : {R"("\ud83c")", R"("\ud83cx")", R"("\udf32")", R"("\ud83c\ud83c")", R"(["\ud83c\n"])"}) {
        CAPTURE(text);
        const polku::error found = failure(text);
        CHECK(found.code() == error_code::json_syntax);
        CHECK(found.message().find("surrogate") != std::string::npos);
    }
    for (const char* text : {"\"\xff\"", "\"\xc3\"", "\"\xc0\x80\"", "\"\xed\xa0\x80\"", "\xef\xbb\xbf{}"}) {
        CAPTURE(text);
        CHECK(failure(text).code() == error_code::json_syntax);
    }
}

TEST_CASE("json/text: a member that stands twice is an error at its second place") {
    check_failure("{\"a\":1,\n  \"a\":2}", error_code::json_duplicate_key, 2, 4, "/a", "'a' stands twice");
    check_failure(R"({"x":[0,{"~/":1,"~/":1}]})", error_code::json_duplicate_key, 1, 18, "/x/1/~0~1", "twice");
    CHECK(failure(R"({"a":1,"\u0061":1})").code() == error_code::json_duplicate_key);
    std::string many = "{";
    for (int i = 0; i < 100; ++i) many += "\"k" + std::to_string(i) + "\":0,";
    CHECK(failure(many + "\"k57\":0}").positions().front().pointer == "/k57");
    CHECK(json::try_parse(many + "\"new\":0}")->as_context().size() == 101);
}

TEST_CASE("json/text: syntax errors say line, column, pointer and what was found") {
    check_failure("", error_code::json_syntax, 1, 1, "", "empty");
    check_failure("{\"a\": tru}", error_code::json_syntax, 1, 7, "/a", "'tru'");
    check_failure("[1,\n2,\n]", error_code::json_syntax, 3, 1, "/2", "']'");
    check_failure("[1 2]", error_code::json_syntax, 1, 4, "/1", "'2'");
    check_failure("{\"ä\":\"ö\", x}", error_code::json_syntax, 1, 11, "", "'x'");
    check_failure("{} {}", error_code::json_syntax, 1, 4, "", "behind the JSON value");
    check_failure("[1", error_code::json_syntax, 1, 3, "/1", "ends inside");
    check_failure("\"a\nb\"", error_code::json_syntax, 1, 3, "", "end of the line");
    check_failure("\"\\u00g0\"", error_code::json_syntax, 1, 6, "", "hex digit");
    for (const char* text :
         {"{\"a\" 1}", "{\"a\":1,}", "{a:1}", "'a'",     "01",       "+1",      ".5",     "1.",       "1e",
          "NaN",       "Infinity",   "[1,]",  "// c\n1", "/* c */1", "\"\\x\"", "\"\t\"", "{\"a\":}", "[",
          "{",         "\"",         "nul",   "-",       "]",        "\\",      "\x01"}) {
        CAPTURE(text);
        CHECK(failure(text).code() == error_code::json_syntax);
    }
    json::parse_options named;
    named.source = "case.json";
    CHECK(failure("[}", named).positions().front().source == "case.json");
    CHECK(failure(std::string_view("1\0", 2)).code() == error_code::json_syntax);
}

TEST_CASE("json/text: depth and length are limited") {
    const auto nested = [](int depth) { return std::string(depth, '[') + std::string(depth, ']'); };
    CHECK(json::try_parse(nested(128)));
    CHECK(failure(nested(129)).code() == error_code::limit_depth);
    CHECK(failure(std::string(1'000'000, '[')).code() == error_code::limit_depth);
    json::parse_options small;
    small.max_depth = 2;
    small.max_bytes = 10;
    CHECK(json::try_parse("[[1]]", small));
    CHECK(failure("[[[]]]", small).code() == error_code::limit_depth);
    CHECK(failure("[1,2,3,4,5]", small).code() == error_code::limit_length);
}

TEST_CASE("json/text: the canonical form sorts members by code point and has no white space") {
    CHECK(canonical(R"( { "b" : 1 , "a" : [ 1 , 2.0 ] , "\u00e4" : { } , "B" : "x" , "" : null } )") ==
          "{\"\":null,\"B\":\"x\",\"a\":[1,2],\"b\":1,\"\xc3\xa4\":{}}");
    // By code point U+1F332 comes after U+FFFD, although its UTF-16 form begins with a smaller unit.
    CHECK(canonical("{\"\xf0\x9f\x8c\xb2\":1,\"\xef\xbf\xbd\":2}") == "{\"\xef\xbf\xbd\":2,\"\xf0\x9f\x8c\xb2\":1}");
}

TEST_CASE("json/text: options keep the order, indent, and write numbers as strings") {
    const auto read = json::try_parse(R"({"b":[1.50,[],{}],"a":{"c":true}})");
    REQUIRE(read);
    json::write_options options;
    options.sorted = false;
    CHECK(json::write(*read, options) == R"({"b":[1.5,[],{}],"a":{"c":true}})");
    options.indent = 2;
    CHECK(json::write(*read, options) ==
          "{\n  \"b\": [\n    1.5,\n    [],\n    {}\n  ],\n  \"a\": {\n    \"c\": true\n  }\n}");
    json::write_options as_text;
    as_text.numbers = json::number_form::string;
    CHECK(json::write(*read, as_text) == R"({"a":{"c":true},"b":["1.5",[],{}]})");
}

TEST_CASE("json/text: temporal values and ranges are written as strings") {
    namespace time = polku::time;
    feel::context members;
    members.set("date", *time::parse_date("2026-02-01"));
    members.set("time", *time::parse_time("09:30:00+02:00", time::builtin_zones()));
    members.set("when", *time::parse_date_time("2026-02-01T09:30:00@Europe/Helsinki", time::builtin_zones()));
    members.set("months", *time::parse_months_duration("P18M"));
    members.set("days", *time::parse_days_duration("PT36H"));
    members.set("range", feel::range{1, 5, true, false});
    CHECK(json::write(feel::value(members)) ==
          R"({"date":"2026-02-01","days":"P1DT12H","months":"P1Y6M","range":")" +
              feel::to_string(feel::value(feel::range{1, 5, true, false})) +
              R"(","time":"09:30:00+02:00","when":"2026-02-01T09:30:00@Europe/Helsinki"})");
}

TEST_CASE("json/text: what is written reads back as an equal value, and canonical text is a fixed point") {
    constexpr unsigned seed = 20260201;
    CAPTURE(seed);
    std::mt19937_64 draw(seed);
    for (int i = 0; i < 1000; ++i) {
        const feel::value made = random_value(draw, 4);
        const std::string text = json::write(made);
        const auto read = json::try_parse(text);
        REQUIRE_MESSAGE(read, text);
        CHECK(*read == made);
        CHECK(json::write(*read) == text);
        json::write_options loose;
        loose.sorted = false;
        loose.indent = 3;
        CHECK(canonical(json::write(made, loose)) == text);
    }
}

TEST_CASE("json/text: a pointer is found again in its text") {
    const std::string_view text = "{\"a\": 1,\n \"b/c\": [true, \"]}\\\"\",\n  {\"d\": [ ]}], \"e\": -1.5}";
    const auto check = [&](std::string_view pointer, unsigned line, unsigned column) {
        CAPTURE(std::string(pointer));
        const polku::position at = json::position_of(text, pointer);
        CHECK(at.line == line);
        CHECK(at.column == column);
        CHECK(at.pointer == pointer);
    };
    check("", 1, 1);
    check("/a", 1, 7);
    check("/b~1c", 2, 9);
    check("/b~1c/1", 2, 16);
    check("/b~1c/2/d", 3, 9);
    check("/e", 3, 21);
    check("/b~1c/2/missing", 3, 3);
    check("/b~1c/7", 2, 9);
    check("/a/b", 1, 7);
}

TEST_SUITE_END();
