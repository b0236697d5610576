// SPDX-License-Identifier: Apache-2.0
#include <polku/dmn/places.hpp>

#include "dmn/random_cells.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

using namespace polku;
using tests::random_cells;

namespace {

/// The definition: counted over all points.
std::uint32_t counted(std::span<const feel::number> points, const feel::number& of) {
    std::uint32_t place = 0;
    for (const feel::number& each : points) place += each < of ? 2U : each == of ? 1U : 0U;
    return place;
}

std::vector<feel::number> some_points(random_cells& from, std::size_t count, std::int64_t spread) {
    std::vector<feel::number> made;
    for (std::size_t each = 0; each < count; ++each) {
        const auto whole = static_cast<std::int64_t>(from.below(static_cast<std::size_t>(spread))) - spread / 2;
        made.push_back(feel::number::from_scaled(whole, static_cast<std::int32_t>(from.below(3))));
    }
    std::sort(made.begin(), made.end());
    made.erase(std::unique(made.begin(), made.end()), made.end());
    return made;
}

}  // namespace

TEST_CASE("dmn/places: a number's place is counted right among near and far points, at any scale and size") {
    random_cells from(random_cells::seed_of_run());
    for (std::size_t round = 0; round < random_cells::tries(60); ++round) {
        const auto points = some_points(from, 1 + from.below(40), round % 2 == 0 ? 60 : 4'000'000'000'000);
        dmn::decimal_places places;
        REQUIRE(places.build(points));
        REQUIRE(places.count() == 2 * points.size() + 1);
        for (int probe = 0; probe < 60; ++probe) {
            feel::number of = from.odd_number();
            if (probe % 3 != 0) {
                of = points[from.below(points.size())];
                const auto near = feel::add(of, feel::number::from_scaled(static_cast<std::int64_t>(from.below(5)) - 2,
                                                                          static_cast<std::int32_t>(from.below(21))));
                if (near) of = *near;
            }
            CAPTURE(of.to_string());
            REQUIRE(places.find(of) == counted(points, of));
        }
    }
}

TEST_CASE("dmn/places: the ends of 64 bits are points like others") {
    const std::vector<feel::number> points{feel::number(INT64_MIN), feel::number(0), feel::number(INT64_MAX)};
    dmn::decimal_places places;
    REQUIRE(places.build(points));
    for (const char* text : {"-9223372036854775809", "-9223372036854775808", "-9223372036854775807.5", "-0.1", "0",
                             "0.1", "9223372036854775806.9", "9223372036854775807", "9223372036854775808"}) {
        const feel::number of = *feel::number::parse(text);
        CAPTURE(text);
        CHECK(places.find(of) == counted(points, of));
    }
}

TEST_CASE("dmn/places: points that no 64-bit coefficients of one scale hold are refused") {
    dmn::decimal_places places;
    CHECK_FALSE(places.build(std::vector<feel::number>{*feel::number::parse("1e30")}));
    CHECK_FALSE(places.build(std::vector<feel::number>{*feel::number::parse("1e-30")}));
    CHECK_FALSE(places.build(std::vector<feel::number>{feel::number(INT64_MAX), *feel::number::parse("0.1")}));
}

TEST_CASE("dmn/places: texts are found by their bytes, whatever their length") {
    random_cells from(random_cells::seed_of_run());
    const auto draw = [&] {
        std::string made(from.below(24), 'x');
        for (char& each : made) each = "ab\x01\xff"[from.below(4)];
        return made;
    };
    for (std::size_t round = 0; round < random_cells::tries(40); ++round) {
        std::vector<std::string> kept;
        for (std::size_t each = from.below(200) + 1; each > 0; --each) kept.push_back(draw());
        std::sort(kept.begin(), kept.end());
        kept.erase(std::unique(kept.begin(), kept.end()), kept.end());
        dmn::text_places places;
        places.build(std::vector<std::string_view>(kept.begin(), kept.end()));
        REQUIRE(places.size() == kept.size());
        for (std::size_t each = 0; each < kept.size(); ++each) {
            REQUIRE(places.find(kept[each]) == each);
            REQUIRE(places[each] == kept[each]);
        }
        for (int probe = 0; probe < 100; ++probe) {
            const std::string text = draw();
            const auto at = std::lower_bound(kept.begin(), kept.end(), text);
            const auto below = static_cast<std::uint32_t>(at - kept.begin());
            REQUIRE(places.count_below(text) == below);
            REQUIRE(places.find(text) == (at != kept.end() && *at == text ? below : dmn::text_places::none));
        }
    }
    CHECK(dmn::text_places().find("") == dmn::text_places::none);
}
