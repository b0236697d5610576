// SPDX-License-Identifier: Apache-2.0
#include <polku/json/stream_documents.hpp>

#include <doctest/doctest.h>

#include <boost/describe/class.hpp>

using namespace polku;

namespace {

struct lamp_lit {
    static constexpr std::string_view type = "lamp_lit";
    static constexpr std::array<std::string_view, 2> personal{"by", "wish"};
    std::int64_t lamp = 0;
    std::string by;
    std::optional<std::string> wish;
};
BOOST_DESCRIBE_STRUCT(lamp_lit, (), (lamp, by, wish))

struct lamp_put_out {
    static constexpr std::string_view type = "lamp_put_out";
    static constexpr path::no_members personal{};
    std::int64_t lamp = 0;
};
BOOST_DESCRIBE_STRUCT(lamp_put_out, (), (lamp))

using lamp_event = std::variant<lamp_lit, lamp_put_out>;

path::stream_event<lamp_event> lit() {
    path::stream_event<lamp_event> made;
    made.what = lamp_lit{7, "Lumi Esimerkki", "warm"};
    made.subject = "00112233445566778899aabbccddeeff";
    made.retention = "employment";
    made.effective_date = *time::date::from_parts(2026, 3, 2);
    made.recorded_at_ms = 1'772'445'600'000;
    made.actor = "Osku Ohjaaja";
    made.purpose = "test";
    return made;
}

}  // namespace

TEST_CASE("json/stream_documents: personal members are kept apart from the others, and come together again") {
    path::event_envelope stored = json::streams::write(lit(), path::stream_kind::environment);
    CHECK(stored.type == "lamp_lit");
    REQUIRE(stored.parts.size() == 2);
    CHECK(stored.parts[0].subject == "-");
    CHECK(stored.parts[0].bytes == R"({"lamp":7})");
    CHECK(stored.parts[1].subject == lit().subject);
    CHECK(stored.parts[1].retention_class == "employment");
    CHECK(stored.parts[1].bytes == R"({"by":"Lumi Esimerkki","wish":"warm"})");
    const auto read = json::streams::try_read_event<lamp_event>(stored);
    REQUIRE(read);
    CHECK(std::get<lamp_lit>(read.value().what).by == "Lumi Esimerkki");
    CHECK(std::get<lamp_lit>(read.value().what).lamp == 7);
    CHECK(read.value().subject == lit().subject);
    CHECK_FALSE(read.value().erased);
}

TEST_CASE("json/stream_documents: an erased part leaves the others") {
    path::event_envelope stored = json::streams::write(lit(), path::stream_kind::environment);
    stored.parts[1].erased = true;
    stored.parts[1].bytes.clear();
    const auto read = json::streams::try_read_event<lamp_event>(stored);
    REQUIRE(read);
    CHECK(read.value().erased);
    CHECK(read.value().subject == lit().subject);
    CHECK(std::get<lamp_lit>(read.value().what).lamp == 7);
    CHECK(std::get<lamp_lit>(read.value().what).by.empty());
}

TEST_CASE("json/stream_documents: an event about nobody has one part") {
    path::stream_event<lamp_event> made = lit();
    made.subject.clear();
    const auto stored = json::streams::write(made, path::stream_kind::employer);
    REQUIRE(stored.parts.size() == 1);
    CHECK(stored.parts[0].bytes == R"({"by":"Lumi Esimerkki","lamp":7,"wish":"warm"})");
}

TEST_CASE("json/stream_documents: unknown types and wrong content are told") {
    const auto unknown = json::streams::try_read<lamp_event>("event", "lamp_list", feel::value(feel::context{}));
    REQUIRE_FALSE(unknown);
    CHECK(unknown.error().message() == "'lamp_list' is no event; did you mean 'lamp_lit'?");
    const auto wrong =
        json::streams::try_read<lamp_event>("event", "lamp_put_out", feel::value(feel::context{{"lamp", "seven"}}));
    REQUIRE_FALSE(wrong);
    CHECK(wrong.error().code() == error_code::json_wrong_type);
    path::event_envelope stored = json::streams::write(lit(), path::stream_kind::environment);
    stored.parts[0].bytes = "[1]";
    const auto list = json::streams::try_read_event<lamp_event>(stored);
    REQUIRE_FALSE(list);
    CHECK(list.error().code() == error_code::json_wrong_type);
}
