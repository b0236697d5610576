// SPDX-License-Identifier: Apache-2.0
#include <polku/detail/nearest_name.hpp>

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

TEST_SUITE_BEGIN("json/nearest_name");

TEST_CASE("json/nearest_name: a slip finds the name that was meant, other words find none") {
    const std::string_view known[] = {"referral", "assessment", "coaching", "id"};
    const auto nearest = [&](std::string_view typed) { return polku::detail::nearest_name(typed, known); };
    CHECK(nearest("referal") == "referral");
    CHECK(nearest("asesment") == "assessment");
    CHECK(nearest("Coaching") == "coaching");
    CHECK(nearest("ic") == "id");
    CHECK(nearest("placement").empty());
    CHECK(nearest("").empty());
    CHECK(nearest(std::string(100'000, 'a')).empty());
    CHECK(polku::detail::nearest_name("x", {}).empty());
}

TEST_CASE("json/nearest_name: several names that may be meant stand nearest first, three at most") {
    const std::string_view known[] = {"hours", "weekly hours", "weekly hour", "house", "sector", "hour"};
    const auto near = [&](std::string_view typed) { return polku::detail::nearest_names(typed, known); };
    CHECK(near("hourz") == std::vector<std::string_view>{"hours", "hour"});
    CHECK(near("hours") == std::vector<std::string_view>{"hours", "hour", "weekly hours"});
    CHECK(near("weekly") == std::vector<std::string_view>{"weekly hour", "weekly hours"});
    CHECK(near("wee").empty());
    CHECK(near(std::string(100'000, 'a')).empty());
}

TEST_SUITE_END();
