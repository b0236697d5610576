// SPDX-License-Identifier: Apache-2.0
#include <polku/json/path_events.hpp>

#include <polku/json/path_case.hpp>
#include <polku/json/path_commands.hpp>
#include <polku/json/text.hpp>

#include "unit/path/small_path.hpp"

#include <algorithm>

using namespace small_path;

namespace {

/// A case with something of each kind in it, made by commands in JSON.
case_run full_case() {
    case_run run;
    const auto tell = [&](const char* text) {
        auto asked = json::try_read_command(std::string_view(text));
        REQUIRE_MESSAGE(asked.has_value(), (asked ? std::string() : asked.error().to_string()));
        const time::date on = asked.value().on.value_or(day("2026-02-02"));
        auto made = path::decide(run.path, run.state, asked.value(), {on, "w.worker", "service", 1'770'000'000'000});
        REQUIRE_MESSAGE(made.has_value(), (made ? std::string() : made.error().to_string()));
        run.state = path::evolve(std::move(run.state), made.value());
    };
    tell(
        R"({"type":"open_case","on":"2026-02-02","client":"00000000000000000000000000000901","entry":"social work","municipality":"698",
             "sender":{"person":"w.worker","role":"worker","organisation":"town"},"reason":"needs support"})");
    tell(
        R"({"type":"update_client","on":"2026-02-02","details":{"given_name":"Aino","family_name":"Esimerkki","identity_code":"010180-9004",
             "address":"Esimerkkikatu 1","phone":"040 000 0000","municipality":"698"}})");
    tell(R"({"type":"record_fact","on":"2026-02-02","fact":"work ability limited","value":true,"source":"doctor"})");
    tell(
        R"({"type":"record_fact","on":"2026-02-02","fact":"reason for referral","value":"back pain","source":"client"})");
    tell(R"({"type":"record_fact","on":"2026-02-02","fact":"sick leave ends","value":"2026-03-31","source":"client"})");
    tell(R"({"type":"route","on":"2026-02-03"})");
    tell(R"({"type":"give_consent","on":"2026-02-03","consent":"health","way":"written"})");
    tell(R"({"type":"start_assessment","on":"2026-02-04","assessment":"a1","kind":"health_check"})");
    tell(
        R"({"type":"complete_assessment","on":"2026-02-10","assessment":"a1","result":"fit for light work","strengths":["patient"]})");
    tell(
        R"({"type":"start_assessment","on":"2026-02-11","assessment":"a2","kind":"work_trial","organiser":"Esimerkki Oy"})");
    tell(
        R"({"type":"record_feedback","on":"2026-03-01","from":"organiser","about":"a2","observations":[{"aspect":"coping","score":4.5}]})");
    tell(
        R"({"type":"record_instrument","on":"2026-03-01","instrument":"abilitator","phase":"start","scores":{"mood":4,"ability":6.5}})");
    tell(R"({"type":"draft_referral","on":"2026-03-02","referral":"r1","service":"doctor visit","reason":"pain",
             "sender":{"person":"w.worker","role":"worker","organisation":"town"}})");
    tell(R"({"type":"move_referral","on":"2026-03-02","referral":"r1","move":"send"})");
    tell(R"({"type":"hold_meeting","on":"2026-03-03","meeting":"m1","kind":"network","participants":[
             {"person":"w.worker","role":"worker","organisation":"town","remote":true}]})");
    tell(
        R"({"type":"agree_plan","on":"2026-03-04","goal":"paid work","steps":[{"text":"work trial","benefit_effect":"none","benefit_risk":false}]})");
    tell(R"({"type":"set_non_disclosure","on":"2026-03-05"})");
    tell(
        R"({"type":"correct","on":"2026-03-06","event":{"stream":"client","version":3},"members":{"value":"knee pain"},"reason":"misheard"})");
    tell(R"({"type":"tick","on":"2026-06-10"})");
    return run;
}

path::event stored(const case_run& run, const path::event& of) {
    auto envelope = json::try_write_event(of, run.path, client_id());
    REQUIRE(envelope);
    envelope.value().version = of.version;
    auto read = json::try_read_event(envelope.value());
    REQUIRE_MESSAGE(read.has_value(), (read ? std::string() : read.error().to_string()));
    return std::move(read).value();
}

}  // namespace

TEST_SUITE_BEGIN("json");

TEST_CASE("json/path_events: a case folds the same from stored parts as from fresh events") {
    const case_run run = full_case();
    path::case_state again;
    for (const auto& each : run.state.history) {
        const path::event read = stored(run, *each);
        CHECK(json::write(json::event_to_value(read)) == json::write(json::event_to_value(*each)));
        CHECK(read.stream == each->stream);
        again = path::evolve(std::move(again), read);
    }
    CHECK(again.facts == run.state.facts);
    CHECK(again.referrals == run.state.referrals);
    CHECK(again.obligations == run.state.obligations);
    CHECK(again.assessments == run.state.assessments);
    CHECK(again.facts.at("sick leave ends").value.is(feel::kind::date));
    CHECK(again.facts.at("reason for referral").value == feel::value("knee pain"));
    const json::case_view_options how{day("2026-06-10"), "fi", true};
    CHECK(json::write(json::try_view_case(run.path, again, how).value()) ==
          json::write(json::try_view_case(run.path, run.state, how).value()));
}

TEST_CASE("json/path_events: what is of a person stands under the client and a retention class") {
    const case_run run = full_case();
    for (const auto& each : run.state.history) {
        for (const path::event_part& part : json::event_parts(*each, client_id())) {
            CAPTURE(part.bytes);
            if (part.subject == "-") {
                CHECK(part.retention_class == "none");
                for (const char* secret : {"Aino", "010180", "pain", "Esimerkki", "w.worker", "698"})
                    CHECK(part.bytes.find(secret) == std::string::npos);
            } else {
                CHECK(part.subject == client_id());
                CHECK((part.retention_class == "employment" || part.retention_class == "social"));
            }
            CHECK(json::write(json::try_parse(part.bytes).value()) == part.bytes);
        }
    }
}

TEST_CASE("json/path_events: erased parts are read as erased, and the case still folds") {
    const case_run run = full_case();
    path::case_state again;
    for (const auto& each : run.state.history) {
        auto envelope = json::try_write_event(*each, run.path, client_id()).value();
        for (path::event_part& part : envelope.parts) {
            if (part.subject == "-") continue;
            part.erased = true;
            part.bytes.clear();
        }
        auto read = json::try_read_event(envelope);
        REQUIRE(read);
        again = path::evolve(std::move(again), read.value());
    }
    CHECK(again.is_opened());
    CHECK(again.stage->stage == "assessment");
    CHECK(again.obligations.size() == run.state.obligations.size());
    REQUIRE(!again.decisions.empty());
    CHECK(again.decisions[0].erased);
    CHECK(json::try_view_case(run.path, again, {day("2026-06-10"), "sv", true}).has_value());
}

TEST_CASE("json/path_events: content that is none of ours is a typed error") {
    path::event_envelope envelope;
    envelope.type = "party_held";
    CHECK(json::try_read_event(envelope).error().code() == error_code::json_invalid_value);
    envelope.type = "fact_recorded";
    envelope.parts.push_back({});
    envelope.parts[0].bytes = "{";
    CHECK(json::try_read_event(envelope).error().code() == error_code::json_syntax);
    envelope.parts[0].bytes = "[]";
    CHECK(json::try_read_event(envelope).error().code() == error_code::json_wrong_type);
    envelope.parts[0].bytes = R"({"colour":"red"})";
    CHECK(json::try_read_event(envelope).error().code() == error_code::json_unknown_member);
}

TEST_CASE("json/path_case: a non-disclosure order hides address, municipality, contacts and workplace") {
    const case_run run = full_case();
    const std::string hidden =
        json::write(json::try_view_case(run.path, run.state, {day("2026-06-10"), "fi", false}).value());
    for (const char* secret : {"Esimerkkikatu", "040 000", "\"698\"", "Esimerkki Oy"}) {
        CAPTURE(secret);
        CHECK(hidden.find(secret) == std::string::npos);
    }
    CHECK(hidden.find("Aino") != std::string::npos);
    const std::string shown =
        json::write(json::try_view_case(run.path, run.state, {day("2026-06-10"), "fi", true}).value());
    for (const char* known : {"Esimerkkikatu", "040 000", "\"698\"", "Esimerkki Oy"})
        CHECK(shown.find(known) != std::string::npos);
}

TEST_CASE("json/path_case: a view needs an open case and a known language") {
    const case_run run = full_case();
    CHECK(json::try_view_case(run.path, run.state, {day("2026-06-10"), "de", false}).error().code() ==
          error_code::invalid_argument);
    CHECK(json::try_view_case(run.path, {}, {day("2026-06-10"), "fi", false}).error().code() ==
          error_code::case_not_opened);
}

TEST_SUITE_END();
