// SPDX-License-Identifier: Apache-2.0
#include <polku/detail/nearest_name.hpp>

#include <doctest/doctest.h>

#include <string>

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

TEST_SUITE_END();
