// SPDX-License-Identifier: Apache-2.0
#include <polku/json/text_writer.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <iterator>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace feel = polku::feel;
namespace json = polku::json;
using polku::error_code;

namespace {

/// A list of two of the value before, so that few cells have a text of 2^turns parts.
feel::value doubled(int turns) {
    feel::value made(1);
    for (int i = 0; i < turns; ++i) made = feel::value(std::vector<feel::value>{made, made});
    return made;
}

feel::number random_number(std::mt19937_64& draw) {
    const auto scale = static_cast<std::int32_t>(draw() % 80) - 40;
    switch (draw() % 4) {
        case 0: return feel::number::from_scaled(static_cast<std::int64_t>(draw()), scale);
        case 1: return feel::number::from_scaled(static_cast<std::int64_t>(draw() % 2001) - 1000, scale);
        case 2: return feel::number::from_scaled((static_cast<std::int64_t>(draw() % 199) - 99) * 1'000'000, scale);
        default:
            return feel::number::from_words(draw(), static_cast<std::int64_t>(draw() >> 17U), scale)
                .value_or(feel::number());
    }
}

/// The canonical text by the plainest means.
std::string plain_text(const feel::value& of) {
    if (of.is(feel::kind::number)) return of.as_number().to_string();
    if (of.is(feel::kind::date)) return '"' + polku::time::to_string(of.as_date()) + '"';
    std::string out;
    for (const char each : of.as_string()) {
        static constexpr char hex[] = "0123456789abcdef";
        const std::string_view letters = "\"\\\b\f\n\r\t";
        const std::size_t at = letters.find(each);
        if (at != std::string_view::npos)
            (out += '\\') += "\"\\bfnrt"[at];
        else if (static_cast<unsigned char>(each) < 0x20)
            ((out += "\\u00") += hex[static_cast<unsigned char>(each) / 16]) += hex[each % 16];
        else
            out += each;
    }
    return '"' + out + '"';
}

/// A context with members of all sorts of names, some of them contexts, in the order in which they were drawn.
feel::context random_context(std::mt19937_64& draw, int depth) {
    static const char* const names[] = {
        "a", "b", "amount", "a\"quote", "back\\slash", "line\nend", "\xc3\xa4\xc3\xa4ni", "a name of many words",
        "",  "z"};
    static const feel::context like = [] {
        feel::context made;
        for (const char* const each : names) made.append(each, feel::value(1));
        return made;
    }();
    // Made alike, so that the names are shared, or name by name.
    feel::context made = draw() % 2 == 0 ? feel::context::like(like.names()) : feel::context();
    for (std::size_t count = draw() % std::size(names); count > 0; --count) {
        feel::value of = draw() % 3 == 0 && depth < 4 ? feel::value(random_context(draw, depth + 1))
                                                      : feel::value(random_number(draw));
        if (made.names().size() > made.size())
            made.append_next(std::move(of));
        else
            made.set(names[draw() % std::size(names)], std::move(of));
    }
    return made;
}

std::string plain_context(const feel::context& of, bool sorted) {
    std::vector<feel::context::member> members;
    for (const auto& each : of) members.push_back({each.name, each.value});
    if (sorted) std::sort(members.begin(), members.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
    std::string out;
    for (const auto& each : members)
        out += (out.empty() ? "{" : ",") + plain_text(feel::value(each.name)) + ':' +
               (each.value.is(feel::kind::context) ? plain_context(each.value.as_context(), sorted)
                                                   : plain_text(each.value));
    return (out.empty() ? "{" : out) + '}';
}

}  // namespace

TEST_SUITE_BEGIN("json/text_writer");

TEST_CASE("json/text_writer: scalars have the text that the plainest writer gives them") {
    constexpr unsigned seed = 20261121;
    CAPTURE(seed);
    std::mt19937_64 draw(seed);
    json::text_writer writer;
    for (int i = 0; i < 20'000; ++i) {
        feel::value made(random_number(draw));
        if (i % 3 == 0) {
            std::string text(draw() % 40, 'x');
            for (char& each : text)
                if (draw() % 8 == 0) each = static_cast<char>(draw() % 128);
            made = feel::value(text);
        } else if (i % 3 == 1 && i % 5 == 0) {
            made =
                feel::value(*polku::time::date::from_days(static_cast<std::int64_t>(draw() % 8'000'000) - 1'000'000));
        }
        const auto text = writer.try_write(made, SIZE_MAX);
        REQUIRE(text);
        CHECK(*text == plain_text(made));
    }
}

TEST_CASE("json/text_writer: one writer orders the members of contexts of any make") {
    json::text_writer writer;
    const auto text = [&](const feel::value& of) { return std::string(*writer.try_write(of, SIZE_MAX)); };
    CHECK(text(feel::context{{"b", 1}, {"a", 2}}) == R"({"a":2,"b":1})");
    CHECK(text(feel::context{{"a", 1}, {"b", 2}}) == R"({"a":1,"b":2})");
    CHECK(text(feel::context{{"c", 1}, {"b", feel::context{{"y", 1}, {"x", 2}}}, {"a", 3}}) ==
          R"({"a":3,"b":{"x":2,"y":1},"c":1})");
    CHECK(text(feel::context{}) == "{}");
    std::vector<feel::value> rows;
    for (int i = 0; i < 3; ++i)
        rows.emplace_back(i == 1 ? feel::context{{"k", i}, {"z", i}} : feel::context{{"z", i}, {"k", i}});
    CHECK(text(feel::value(rows)) == R"([{"k":0,"z":0},{"k":1,"z":1},{"k":2,"z":2}])");
}

TEST_CASE("json/text_writer: one writer gives random contexts the text that the plainest writer gives them") {
    constexpr unsigned seed = 20261122;
    CAPTURE(seed);
    std::mt19937_64 draw(seed);
    json::text_writer writer;
    bool sorted = true;
    for (int i = 0; i < 5'000; ++i) {
        if (i % 50 == 49) writer.set_options({.sorted = sorted = !sorted});
        const feel::context made = random_context(draw, 0);
        const std::string wanted = plain_context(made, sorted);
        const auto text = writer.try_write(made, wanted.size());
        REQUIRE(text);
        CHECK(*text == wanted);
        // Indented it reads back as the same.
        const std::string wide = json::write(made, {.sorted = sorted, .indent = 2});
        CHECK(json::write(*json::try_parse(wide), {.sorted = sorted}) == wanted);
        CHECK_FALSE(writer.try_write(made, wanted.size() - 1));
    }
}

TEST_CASE("json/text_writer: the bound on bytes is exact, and past it the writer still serves") {
    json::text_writer writer;
    const feel::value made(feel::context{{"name", "a\nb"}, {"list", std::vector<feel::value>{1, true, feel::value()}}});
    const std::string whole = json::write(made);
    CHECK(writer.try_write(made, whole.size()));
    for (std::size_t bound = 0; bound < whole.size(); ++bound) {
        const auto text = writer.try_write(made, bound);
        REQUIRE_FALSE(text);
        CHECK(text.error().code() == error_code::limit_length);
    }
    CHECK(*writer.try_write(made, SIZE_MAX) == whole);
    std::string out = "before";
    CHECK(json::try_append(out, made, 3).error().code() == error_code::limit_length);
    CHECK(out == "before");
    CHECK(json::try_append(out, made, 100));
    CHECK(out == "before" + whole);
}

TEST_CASE("json/text_writer: shared parts and deep nesting end at the bound and not in memory or stack") {
    json::text_writer writer;
    CHECK(writer.try_write(doubled(10), SIZE_MAX)->size() == 4093);
    const auto text = writer.try_write(doubled(60), 1U << 20U);
    REQUIRE_FALSE(text);
    CHECK(text.error().code() == error_code::limit_length);
    feel::value deep(1);
    for (int i = 0; i < 500'000; ++i) deep = feel::value(std::vector<feel::value>{std::move(deep)});
    CHECK(writer.try_write(deep, SIZE_MAX)->size() == 1'000'001);
    CHECK(writer.try_write(deep, 1000).error().code() == error_code::limit_length);
    CHECK(*writer.try_write(feel::value("small again"), 100) == "\"small again\"");
}

TEST_SUITE_END();
