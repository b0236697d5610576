// SPDX-License-Identifier: Apache-2.0
#include <polku/json/packed.hpp>
#include <polku/json/text.hpp>

#include <doctest/doctest.h>
#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <map>
#include <optional>
#include <random>
#include <string>
#include <vector>

using namespace polku;

namespace packed_test {

enum class colour : std::uint8_t { red = 1, green = 4 };
BOOST_DESCRIBE_ENUM(colour, red, green)

struct inner {
    colour tint = colour::red;
    std::optional<feel::number> amount;
};
BOOST_DESCRIBE_STRUCT(inner, (), (tint, amount))

struct outer {
    std::string name;
    bool flag = false;
    std::int64_t count = 0;
    std::uint8_t small = 0;
    std::optional<time::date> day;
    std::vector<inner> parts;
    std::map<std::string, std::vector<std::string>, std::less<>> texts;
    feel::value any;
};
BOOST_DESCRIBE_STRUCT(outer, (), (name, flag, count, small, day, parts, texts, any))

struct renamed {
    std::string title;
};
BOOST_DESCRIBE_STRUCT(renamed, (), (title))
struct named {
    std::string name;
};
BOOST_DESCRIBE_STRUCT(named, (), (name))

feel::value all_kinds() {
    const time::zone helsinki{time::zone::kind::named, 0, "Europe/Helsinki"};
    const time::zone east{time::zone::kind::offset, 7200, {}};
    const time::date day = *time::date::from_parts(2026, 2, 28);
    const feel::range half{feel::value(1), feel::value(), true, false, feel::range::form::interval};
    return feel::value(std::vector<feel::value>{
        feel::value(), feel::value(feel::null_reason::unknown_input), feel::value(true), feel::value(false),
        feel::value(std::int64_t{-9'223'372'036'854'775'807 - 1}),
        feel::value(*feel::number::parse("-1234567890123456789012345678901234")),
        feel::value(*feel::number::parse("0.0100")), feel::value("lyhyt"), feel::value(std::string(300, 'x')),
        feel::value(day), feel::value(*time::date::from_parts(-999'999'999, 1, 1)),
        feel::value(time::clock_time{1'234'567'890, helsinki}), feel::value(time::date_time{day, {0, east}}),
        feel::value(time::months_duration{-14}), feel::value(time::days_duration{-86400, -5}),
        feel::value(feel::context{{"a b", 1}, {"", feel::value(std::vector<feel::value>{})}}), feel::value(half)});
}

outer sample() {
    outer made;
    made.name = "Ääkkönen";
    made.flag = true;
    made.count = -300;
    made.small = 255;
    made.day = time::date::from_parts(1900, 1, 31);
    made.parts = {{colour::green, feel::number(7)}, {colour::red, {}}};
    made.texts = {{"a", {"x", ""}}, {"b", {}}};
    made.any = all_kinds();
    return made;
}

std::string packed(const outer& from) {
    json::packer to;
    json::pack(to, from);
    REQUIRE(to.ok());
    return std::move(to).take();
}

bool reads(std::string_view bytes, outer& out) {
    json::unpacker from(bytes);
    json::unpack(from, out);
    return from.done();
}

feel::value nested(unsigned depth) {
    feel::value made(1);
    for (unsigned i = 0; i < depth; ++i) made = feel::value(std::vector<feel::value>{made});
    return made;
}

}  // namespace packed_test

using namespace packed_test;

TEST_CASE("json/packed: what is packed comes back exactly, with the kinds of its values") {
    const outer whole = sample();
    outer back;
    REQUIRE(reads(packed(whole), back));
    CHECK(back.name == whole.name);
    CHECK(back.flag);
    CHECK(back.count == -300);
    CHECK(back.small == 255);
    CHECK(back.day == whole.day);
    REQUIRE(back.parts.size() == 2);
    CHECK(back.parts[0].tint == colour::green);
    CHECK(back.parts[0].amount == feel::number(7));
    CHECK_FALSE(back.parts[1].amount);
    CHECK(back.texts == whole.texts);
    CHECK(back.any == whole.any);
    CHECK(back.any.as_list()[1].reason() == feel::null_reason::unknown_input);
    CHECK(back.any.as_list()[6].as_number().scale() == whole.any.as_list()[6].as_number().scale());
    CHECK(packed(back) == packed(whole));
}

TEST_CASE("json/packed: a shape has its own number, and another order, name or enumerator is another shape") {
    CHECK(json::shape_of<outer>() == json::shape_of<outer>());
    CHECK(json::shape_of<outer>() != json::shape_of<inner>());
    CHECK(json::shape_of<renamed>() != json::shape_of<named>());
    CHECK(json::shape_of<std::vector<named>>() != json::shape_of<std::optional<named>>());
}

TEST_CASE("json/packed: what nests too deep is not packed, and is not read") {
    for (const unsigned depth : {json::packed_depth, json::packed_depth + 1}) {
        json::packer to;
        to.value(nested(depth));
        CHECK(to.ok() == (depth == json::packed_depth));
    }
    // Lists of one item, deeper than any packer makes them.
    std::string bytes;
    for (int i = 0; i < 100'000; ++i) bytes += {static_cast<char>(feel::kind::list), '\x01'};
    json::unpacker from(bytes);
    CHECK(from.value().is(feel::kind::list));
    CHECK_FALSE(from.ok());
}

TEST_CASE("json/packed: cut and changed bytes are refused or read as something, never past their end") {
    const std::string whole = packed(sample());
    for (std::size_t length = 0; length < whole.size(); ++length) {
        // A block of just that size, so that a sanitizer sees every byte beyond it.
        const std::vector<char> cut(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(length));
        outer back;
        CHECK_FALSE(reads({cut.data(), cut.size()}, back));
    }
    outer longer;
    CHECK_FALSE(reads(whole + '\0', longer));
    std::mt19937 chance(7);
    std::size_t read = 0;
    for (int round = 0; round < 20'000; ++round) {
        std::vector<char> changed(whole.begin(), whole.end());
        const unsigned changes = 1 + chance() % 4;
        for (unsigned i = 0; i < changes; ++i) changed[chance() % changed.size()] = static_cast<char>(chance() % 256);
        outer back;
        if (!reads({changed.data(), changed.size()}, back)) continue;
        ++read;
        // What was taken is a value of its types: it can be packed, and reads again as the same.
        outer again;
        const std::string bytes = packed(back);
        REQUIRE(reads(bytes, again));
        REQUIRE(packed(again) == bytes);
    }
    CHECK(read > 0);
    CHECK(read < 20'000);
}
