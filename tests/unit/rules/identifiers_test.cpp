// SPDX-License-Identifier: Apache-2.0
#include <polku/rules/identifiers.hpp>

#include <doctest/doctest.h>

using namespace polku::rules;

namespace {

std::string identity_message(std::string_view text) {
    const auto read = try_parse_identity_code(text);
    REQUIRE_FALSE(read);
    CHECK(read.error().code() == polku::error_code::invalid_identity_code);
    return read.error().message();
}
std::string business_message(std::string_view text) {
    const auto read = try_parse_business_id(text);
    REQUIRE_FALSE(read);
    CHECK(read.error().code() == polku::error_code::invalid_business_id);
    return read.error().message();
}
bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_SUITE_BEGIN("rules/identifiers");

TEST_CASE("rules/identifiers: Decree 128/2010 section 2, codes of all centuries and separators are read") {
    const std::pair<const char*, const char*> codes[] = {{"010180-9004", "1980-01-01"}, {"010180Y9004", "1980-01-01"},
                                                         {"290200A901C", "2000-02-29"}, {"311299+998D", "1899-12-31"},
                                                         {"150694X995V", "1994-06-15"}, {"150694-995V", "1994-06-15"},
                                                         {"010100A999N", "2000-01-01"}, {"131052-308T", "1952-10-13"}};
    for (const auto& each : codes) {
        const auto text = each.first;
        const auto birth = each.second;
        CAPTURE(text);
        const auto read = try_parse_identity_code(text);
        REQUIRE(read);
        CHECK(polku::time::to_string(read->birth) == birth);
        CHECK(read->text == text);
    }
    CHECK(try_parse_identity_code("010180-9004")->is_artificial());
    CHECK_FALSE(try_parse_identity_code("131052-308T")->is_artificial());
}

TEST_CASE("rules/identifiers: Decree 128/2010 section 2, the error says which part is wrong and what would be right") {
    CHECK(has(identity_message("010180-900"), "length is 10, expected 11"));
    CHECK(has(identity_message(""), "length is 0"));
    CHECK(has(identity_message("010180-900\xc3\xa4"), "length is 12"));
    CHECK(has(identity_message("0101a0-9004"), "character 5 is 'a', expected a digit"));
    CHECK(has(identity_message("010180-9\t04"), "character 9 is byte 9"));
    CHECK(has(identity_message("010180G9004"), "separator 'G'"));
    CHECK(has(identity_message("290201A9012"), "day 29 of month 2 in 2001 is not a date"));
    CHECK(has(identity_message("010080-9004"), "month 0"));
    CHECK(has(identity_message("010180-001A"), "below 002"));
    CHECK(has(identity_message("010180-9005"), "check character is '5', expected '4'"));
    CHECK(has(identity_message("010180-900a"), "expected '4'"));
    CHECK_FALSE(has(identity_message("010180-9005"), "010180"));
}

TEST_CASE("rules/identifiers: business ids are read, old six-digit ones get a zero") {
    for (const char* text : {"1572860-0", "2092540-6", "0709019-2", "0201256-6", "0112038-9"}) {
        CAPTURE(text);
        REQUIRE(try_parse_business_id(text));
        CHECK(try_parse_business_id(text)->text == text);
    }
    CHECK(try_parse_business_id("112038-9")->text == "0112038-9");
    CHECK(try_parse_business_id("1572860-0")->vat_number() == "FI15728600");
}

TEST_CASE("rules/identifiers: a malformed business id is refused with what would be right") {
    CHECK(has(business_message("0737546-1"), "check digit is '1', expected '2'"));
    CHECK(has(business_message("15728600"), "expected seven digits"));
    CHECK(has(business_message("1572860"), "length is 7"));
    CHECK(has(business_message("157286a-0"), "expected seven digits"));
    CHECK(has(business_message("1572860-x"), "expected seven digits"));
    CHECK(has(business_message("0000006-0"), "never issued"));
}

TEST_SUITE_END();
