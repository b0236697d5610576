// SPDX-License-Identifier: Apache-2.0
#include <polku/rules/municipality.hpp>

#include <doctest/doctest.h>

using namespace polku::rules;

TEST_SUITE_BEGIN("rules/municipality");

TEST_CASE("rules/municipality: codes give names, region and county") {
    const auto rovaniemi = try_find_municipality("698");
    REQUIRE(rovaniemi);
    CHECK(rovaniemi->name_fi == "Rovaniemi");
    CHECK(rovaniemi->region == "19");
    CHECK(rovaniemi->county == "21");
    CHECK(find_municipality("851")->name_sv == "Torneå");
    CHECK(find_municipality("241")->name_sv == "Keminmaa");
    CHECK(find_municipality("837")->county.empty());
    CHECK(find_wellbeing_county("21")->name_fi == "Lapin hyvinvointialue");
    CHECK(find_wellbeing_county("14")->name_sv == "Norra Karelens välfärdsområde");
    CHECK(wellbeing_counties().size() == 23);
}

TEST_CASE("rules/municipality: the list is sorted, and every county named in it exists") {
    const auto list = municipalities();
    CHECK(list.size() == 32);
    for (std::size_t i = 0; i < list.size(); ++i) {
        CHECK(list[i].code.size() == 3);
        if (i > 0) CHECK(list[i - 1].code < list[i].code);
        if (!list[i].county.empty()) CHECK(find_wellbeing_county(list[i].county) != nullptr);
    }
}

TEST_CASE("rules/municipality: a code that is not in the list is a typed error that helps") {
    const auto unknown = try_find_municipality("999");
    REQUIRE_FALSE(unknown);
    CHECK(unknown.error().code() == polku::error_code::unknown_municipality);
    CHECK(unknown.error().message().find("'999'") != std::string::npos);
    const auto name = try_find_municipality("Kemijärvi");
    REQUIRE_FALSE(name);
    CHECK(name.error().message().find("320") != std::string::npos);
    CHECK_FALSE(try_find_municipality(""));
    CHECK(find_municipality("90") == nullptr);
    CHECK(find_wellbeing_county("99") == nullptr);
}

TEST_CASE("rules/municipality: Heinävesi was in another region until the end of 2020") {
    const municipality& heinavesi = *find_municipality("090");
    CHECK(region_on(heinavesi, *polku::time::parse_date("2020-12-31")) == "10");
    CHECK(region_on(heinavesi, *polku::time::parse_date("2021-01-01")) == "12");
    CHECK(region_on(*find_municipality("698"), *polku::time::parse_date("2020-12-31")) == "19");
}

TEST_SUITE_END();
