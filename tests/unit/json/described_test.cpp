// SPDX-License-Identifier: Apache-2.0
#include <polku/json/described.hpp>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <doctest/doctest.h>

namespace feel = polku::feel;
namespace json = polku::json;
namespace civil = polku::time;
using polku::error_code;

namespace sample {

enum class stage { referral, assessment, default_ };
BOOST_DESCRIBE_ENUM(stage, referral, assessment, default_)

struct contact {
    std::string name;
    std::optional<std::string> phone;
    bool operator==(const contact&) const = default;
};
BOOST_DESCRIBE_STRUCT(contact, (), (name, phone))

struct settings {
    int retries = 3;
    bool loud = true;
    bool operator==(const settings&) const = default;
};
BOOST_DESCRIBE_STRUCT(settings, (), (retries, loud))

struct base {
    std::int64_t id = 0;
    bool operator==(const base&) const = default;
};
BOOST_DESCRIBE_STRUCT(base, (), (id))

struct everything : base {
    bool flag = false;
    std::uint8_t small = 0;
    std::int64_t large = 0;
    std::string text;
    stage case_ = stage::referral;
    std::optional<int> maybe;
    std::vector<contact> contacts;
    std::map<std::string, std::vector<int>> groups;
    civil::date day;
    civil::clock_time clock;
    civil::date_time when;
    civil::months_duration months;
    civil::days_duration days;
    feel::number amount;
    feel::value any;
    settings options;
    bool operator==(const everything&) const = default;
};
BOOST_DESCRIBE_STRUCT(everything, (base),
                      (flag, small, large, text, case_, maybe, contacts, groups, day, clock, when, months, days, amount,
                       any, options))

}  // namespace sample

template <>
struct polku::json::json_defaults<sample::settings> {
    static constexpr bool value = true;
};

namespace {

const std::string full = R"({"id": -9223372036854775808, "flag": true, "small": 255, "large": 9223372036854775807,
 "text": "päivä", "case": "default", "maybe": 4, "contacts": [{"name": "A"}, {"name": "B", "phone": "0"}],
 "groups": {"x": [1, 2], "y": []}, "day": "2026-02-01", "clock": "09:30:00", "when": "2026-02-01T09:30:00Z",
 "months": "P1Y6M", "days": "P14D", "amount": 1260.05, "any": {"free": [null, 1]}, "options": {"retries": 5}})";

std::string without(std::string_view part) {
    std::string text = full;
    const std::size_t at = text.find(part);
    REQUIRE(at != std::string::npos);
    return text.erase(at, part.size());
}
std::string with(std::string_view part, std::string_view instead) {
    std::string text = full;
    const std::size_t at = text.find(part);
    REQUIRE(at != std::string::npos);
    return text.replace(at, part.size(), instead);
}

void check_failure(const std::string& text, error_code code, std::string_view pointer, std::string_view message) {
    CAPTURE(text);
    json::parse_options options;
    options.source = "sample.json";
    const auto read = json::try_read<sample::everything>(text, options);
    REQUIRE_FALSE(read);
    CHECK(read.error().code() == code);
    REQUIRE(read.error().positions().size() == 1);
    const polku::position& at = read.error().positions().front();
    CHECK(at.pointer == pointer);
    CHECK(at.source == "sample.json");
    CHECK(at.line > 0);
    CHECK_MESSAGE(read.error().message().find(message) != std::string::npos, read.error().message());
}

}  // namespace

TEST_SUITE_BEGIN("json/described");

TEST_CASE("json/described: a struct with every kind of member is read and made again") {
    const auto read = json::try_read<sample::everything>(full);
    REQUIRE_MESSAGE(read, read.error().to_string());
    CHECK(read->id == INT64_MIN);
    CHECK(read->small == 255);
    CHECK(read->case_ == sample::stage::default_);
    CHECK(*read->maybe == 4);
    CHECK(read->contacts[1] == sample::contact{"B", "0"});
    CHECK(read->groups.at("x") == std::vector<int>{1, 2});
    CHECK(read->day == *civil::parse_date("2026-02-01"));
    CHECK(read->months.months == 18);
    CHECK(read->amount == feel::number::from_scaled(126005, 2));
    CHECK(read->any.as_context().find("free")->as_list().size() == 2);
    CHECK(read->options == sample::settings{5, true});
    const feel::value made = json::to_value(*read);
    CHECK(made.as_context()[0].name == "id");
    CHECK(*json::try_from_value<sample::everything>(made) == *read);
    CHECK(*json::try_read<sample::everything>(json::write(made)) == *read);
}

TEST_CASE("json/described: optionals, vectors, maps and structs with defaults may be absent, optionals null") {
    const auto read = json::try_read<sample::everything>(with(
        "\"maybe\": 4, \"contacts\": [{\"name\": \"A\"}, {\"name\": \"B\", \"phone\": \"0\"}],", "\"maybe\": null,"));
    REQUIRE(read);
    CHECK_FALSE(read->maybe);
    CHECK(read->contacts.empty());
    CHECK(json::try_read<sample::everything>(without("\"maybe\": 4, ")));
    CHECK(json::try_from_value<sample::settings>(feel::context())->retries == 3);
    CHECK(json::to_value(sample::contact{"A", {}}).as_context().size() == 1);
}

TEST_CASE("json/described: a missing member is an error at its object") {
    check_failure(without("\"flag\": true, "), error_code::json_missing_member, "", "'flag' is missing");
    check_failure(with("{\"name\": \"A\"}", "{}"), error_code::json_missing_member, "/contacts/0", "'name' is missing");
    const auto read = json::try_read<sample::everything>(with("{\"name\": \"A\"}", "{}"));
    CHECK(read.error().positions().front().line == 2);
    CHECK(read.error().positions().front().column == 63);
}

TEST_CASE("json/described: an unknown member is an error that names the nearest one") {
    check_failure(with("\"flag\"", "\"flga\""), error_code::json_unknown_member, "/flga", "did you mean 'flag'?");
    check_failure(with("\"phone\"", "\"phon\""), error_code::json_unknown_member, "/contacts/1/phon", "'phone'?");
    check_failure(with("\"retries\"", "\"colour\""), error_code::json_unknown_member, "/options/colour",
                  "expected one of retries, loud");
    check_failure(with("\"case\"", "\"case_\""), error_code::json_unknown_member, "/case_", "'case'?");
}

TEST_CASE("json/described: another type is an error that says what was found and expected") {
    check_failure(with("true", "1"), error_code::json_wrong_type, "/flag", "found a number, expected true or false");
    check_failure(with("255", "\"255\""), error_code::json_wrong_type, "/small",
                  "found a string, expected a whole number");
    check_failure(with("\"päivä\"", "null"), error_code::json_wrong_type, "/text", "found null, expected a string");
    check_failure(with("\"default\"", "[]"), error_code::json_wrong_type, "/case", "found an array");
    check_failure(with("[1, 2]", "[1, {}]"), error_code::json_wrong_type, "/groups/x/1", "found an object");
    check_failure(with("{\"x\": [1, 2], \"y\": []}", "[]"), error_code::json_wrong_type, "/groups",
                  "expected an object");
    check_failure(with("[1, 2]", "{}"), error_code::json_wrong_type, "/groups/x", "expected an array");
    check_failure(with("\"2026-02-01\"", "20260201"), error_code::json_wrong_type, "/day", "expected a date");
    check_failure(with("1260.05", "\"1260.05\""), error_code::json_wrong_type, "/amount", "expected a number");
    check_failure(with("{\"retries\": 5}", "false"), error_code::json_wrong_type, "/options", "expected an object");
    check_failure("[]", error_code::json_wrong_type, "", "found an array, expected an object");
}

TEST_CASE("json/described: a value that is none of the allowed ones is an error") {
    check_failure(with("255", "256"), error_code::json_invalid_value, "/small",
                  "found 256, expected a whole number from 0");
    check_failure(with("255", "-1"), error_code::json_invalid_value, "/small", "to 255");
    check_failure(with("255", "1.5"), error_code::json_invalid_value, "/small", "found 1.5");
    check_failure(with("9223372036854775807", "9223372036854775808"), error_code::json_invalid_value, "/large",
                  "expected");
    check_failure(with("\"default\"", "\"asessment\""), error_code::json_invalid_value, "/case",
                  "expected one of referral, assessment, default; did you mean 'assessment'?");
    check_failure(with("\"2026-02-01\"", "\"2026-02-30\""), error_code::json_invalid_value, "/day", "2026-02-30");
    check_failure(with("\"09:30:00\"", "\"9:30\""), error_code::json_invalid_value, "/clock", "time of day");
    check_failure(with("T09:30:00Z", "T25:00:00Z"), error_code::json_invalid_value, "/when", "date and time");
    check_failure(with("\"P1Y6M\"", "\"P14D\""), error_code::json_invalid_value, "/months", "years and months");
    check_failure(with("\"P14D\"", "\"P1Y\""), error_code::json_invalid_value, "/days", "days and time");
}

TEST_CASE("json/described: a text that is no JSON is the parser's error") {
    check_failure("{\"id\": }", error_code::json_syntax, "/id", "'}'");
}

TEST_CASE("json/described: a pointer and a source given by the caller stand in front") {
    const auto read =
        json::try_from_value<std::vector<int>>(feel::value(std::vector<feel::value>{1, "x"}), "/stages/3", "path.json");
    REQUIRE_FALSE(read);
    CHECK(read.error().positions().front().pointer == "/stages/3/1");
    CHECK(read.error().positions().front().source == "path.json");
}

TEST_SUITE_END();
