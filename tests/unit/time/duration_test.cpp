// SPDX-License-Identifier: Apache-2.0
#include <polku/time/duration.hpp>

#include <doctest/doctest.h>

#include <random>

using polku::time::days_duration;
using polku::time::months_duration;
using polku::time::parse_days_duration;
using polku::time::parse_months_duration;
using polku::time::to_string;

TEST_SUITE_BEGIN("time/duration");

TEST_CASE("time/duration: months durations are read and written in normal form") {
    const std::pair<const char*, const char*> texts[] = {{"P1Y2M", "P1Y2M"},
                                                         {"P25M", "P2Y1M"},
                                                         {"-P1Y", "-P1Y"},
                                                         {"P0M", "P0M"},
                                                         {"-P0Y", "P0M"},
                                                         {"P1Y0M", "P1Y"},
                                                         {"P9223372036854775807M", "P768614336404564650Y7M"}};
    for (const auto& each : texts) {
        const auto text = each.first;
        const auto normal = each.second;
        CAPTURE(text);
        REQUIRE(parse_months_duration(text));
        CHECK(to_string(*parse_months_duration(text)) == normal);
    }
    CHECK(parse_months_duration("-P1Y2M")->months == -14);
    CHECK(to_string(months_duration{INT64_MIN}) == "-P768614336404564650Y8M");
}

TEST_CASE("time/duration: days durations are read and written in normal form") {
    const std::pair<const char*, const char*> texts[] = {{"P1D", "P1D"},
                                                         {"-P1D", "-P1D"},
                                                         {"P0D", "PT0S"},
                                                         {"-PT0H", "PT0S"},
                                                         {"PT49H", "P2DT1H"},
                                                         {"PT36H", "P1DT12H"},
                                                         {"PT1.5S", "PT1.5S"},
                                                         {"PT0.000000001S", "PT0.000000001S"},
                                                         {"-PT0.5S", "-PT0.5S"},
                                                         {"PT90M", "PT1H30M"},
                                                         {"P13DT2H14S", "P13DT2H14S"},
                                                         {"P4DT1H", "P4DT1H"},
                                                         {"-PT2H45M55S", "-PT2H45M55S"},
                                                         {"PT0.1234567899S", "PT0.123456789S"},
                                                         {"PT9223372036854775807S", "P106751991167300DT15H30M7S"}};
    for (const auto& each : texts) {
        const auto text = each.first;
        const auto normal = each.second;
        CAPTURE(text);
        REQUIRE(parse_days_duration(text));
        CHECK(to_string(*parse_days_duration(text)) == normal);
    }
    CHECK(*parse_days_duration("-PT1.25S") == days_duration{-1, -250'000'000});
    CHECK(to_string(days_duration{INT64_MIN, 0}) == "-P106751991167300DT15H30M8S");
}

TEST_CASE("time/duration: texts that are no duration are refused") {
    for (const char* text : {"",
                             "P",
                             "-P",
                             "PT",
                             "P1",
                             "P1DT",
                             "1D",
                             "+P1D",
                             "P-1D",
                             "P1H",
                             "PT1D",
                             "PT1.S",
                             "PT.5S",
                             "PT1.5H",
                             "P1.5D",
                             "PT1S1M",
                             "PT1H1H",
                             "P1D1D",
                             "P1Y",
                             "P1M",
                             "P1Y1D",
                             "p1d",
                             "P1D ",
                             "P99999999999999999999D",
                             "PT9223372036854775808S",
                             "P106751991167301D",
                             "2012T-12-2511:00:00Z"}) {
        CAPTURE(text);
        CHECK_FALSE(parse_days_duration(text));
    }
    for (const char* text : {"", "P", "P1", "P1D", "P1M1Y", "P1Y1Y", "P1Y1", "P1YM", "P1.5Y", "PT1M", "P1Y2M3D",
                             "P9223372036854775808M", "P768614336404564651Y"}) {
        CAPTURE(text);
        CHECK_FALSE(parse_months_duration(text));
    }
}

TEST_CASE("time/duration: the written form reads back as the same duration") {
    std::mt19937_64 draw(7);
    for (int i = 0; i < 5000; ++i) {
        const auto seconds = static_cast<std::int64_t>(draw()) >> (draw() % 60);
        const auto nanoseconds = static_cast<std::int32_t>(draw() % 1'000'000'000);
        const days_duration each{seconds, seconds < 0 ? -nanoseconds : nanoseconds};
        if (seconds == INT64_MIN) continue;
        CHECK(*parse_days_duration(to_string(each)) == each);
        CHECK(*parse_months_duration(to_string(months_duration{seconds})) == months_duration{seconds});
    }
}

TEST_SUITE_END();
