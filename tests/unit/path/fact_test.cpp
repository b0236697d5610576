// SPDX-License-Identifier: Apache-2.0
#include <polku/path/fact.hpp>

#include "small_path.hpp"

using namespace small_path;

TEST_SUITE_BEGIN("path");

TEST_CASE("path/fact: a told fact is known with source and day, and asked again when it has grown old") {
    case_run run;
    run.know("sick leave ends", "2026-03-31", "2026-02-02");
    const path::fact& told = run.state.facts.at("sick leave ends");
    CHECK(told.value == feel::value(day("2026-03-31")));
    CHECK(told.source == "client");
    CHECK(told.valid_until == day("2026-08-02"));
    CHECK(path::is_known(told, day("2026-08-02")));
    CHECK(!path::is_known(told, day("2026-08-03")));
    CHECK(told.retention == "employment");
}

TEST_CASE("path/fact: null is known to be none, and a withdrawn fact is unknown") {
    case_run run;
    run.know("sick leave ends", {}, "2026-02-02");
    CHECK(path::missing_facts(run.state, {"sick leave ends", "next wish"}, day("2026-02-02")) ==
          std::vector<std::string>{"next wish"});
    run.tell(path::withdraw_fact{"sick leave ends", "told of somebody else"}, "2026-02-03");
    CHECK(run.state.facts.at("sick leave ends").state == path::fact_state::unknown);
    CHECK(run.refusal(path::withdraw_fact{"sick leave ends", "again"}, "2026-02-03") == error_code::unknown_record);
}

TEST_CASE("path/fact: what is told late does not replace what was told after it") {
    case_run run;
    run.tell(path::record_fact{"next wish", "study", "client", day("2026-03-01"), {}}, "2026-03-01");
    run.tell(path::record_fact{"next wish", "work", "client", day("2026-02-01"), {}}, "2026-03-02");
    CHECK(run.state.facts.at("next wish").value == feel::value("study"));
}

TEST_CASE("path/fact: unknown names, wrong types, values, sources and days are refused") {
    case_run run;
    const auto refusal = [&](path::record_fact what) { return run.refusal(what, "2026-02-02"); };
    CHECK(refusal({"shoe size", 42, "client", {}, {}}) == error_code::unknown_fact);
    CHECK(refusal({"work ability limited", "yes", "client", {}, {}}) == error_code::fact_type);
    CHECK(refusal({"sick leave ends", "2026-02-30", "client", {}, {}}) == error_code::fact_type);
    CHECK(refusal({"next wish", "sleep", "client", {}, {}}) == error_code::fact_type);
    CHECK(refusal({"next wish", "work", "neighbour", {}, {}}) == error_code::fact_source);
    CHECK(refusal({"next wish", "work", "", {}, {}}) == error_code::fact_source);
    CHECK(refusal({"next wish", "work", "client", day("2026-02-03"), {}}) == error_code::command_in_future);
    CHECK(refusal({"next wish", "work", "client", {}, day("2026-02-01")}) == error_code::command_too_early);
}

TEST_CASE("path/fact: temporal values come as ISO texts") {
    CHECK(path::try_typed("2026-02-01", "date", "f").value() == feel::value(day("2026-02-01")));
    CHECK(path::try_typed("P3M", "years and months duration", "f").value().is(feel::kind::months_duration));
    CHECK(path::try_typed("P3D", "days and time duration", "f").value().is(feel::kind::days_duration));
    CHECK(path::try_typed("12:00:00", "time", "f").value().is(feel::kind::time));
    CHECK(path::try_typed("2026-02-01T12:00:00Z", "date and time", "f").value().is(feel::kind::date_time));
    CHECK(!path::try_typed("2026-02-01", "number", "f"));
    CHECK(!path::try_typed(1, "colour", "f"));
}

TEST_SUITE_END();
