// SPDX-License-Identifier: Apache-2.0
// What is known of clients, and quality criteria, in the situation picture.
#include <polku/report/case_counts.hpp>
#include <polku/report/case_record.hpp>
#include <polku/report/situation_output.hpp>

#include "unit/path/small_path.hpp"

using namespace polku;
using small_path::day;
using small_path::named;

namespace {

path::definition reporting() {
    path::definition says = small_path::definition();
    says.facts["work ability limited"].reported = true;
    says.facts["next wish"].reported = true;
    says.facts["next wish"].valid_for = "P3M";
    says.criteria["cooperation"] = named("Work and health cooperate");
    for (path::obligation_definition& each : says.obligations)
        if (each.id == "back to work talk") each.criterion = "cooperation";
    return says;
}

/// In assessment since 10 February; a talk is due on the 24th.
small_path::case_run client() {
    small_path::case_run run;
    run.path = path::try_compile(reporting(), small_path::sources()).value();
    run.to_assessment("2026-02-10");
    run.know("next wish", "study", "2026-02-11");
    return run;
}

void meet(small_path::case_run& run, std::string_view on) {
    path::hold_meeting talk;
    talk.meeting = "talk";
    talk.kind = "network";
    talk.participants = {{"w.worker", "worker", "town", {}}};
    run.tell(talk, on);
}

std::string criterion_on(const small_path::case_run& run, std::string_view on) {
    const auto record = report::try_record(run.path, run.state, day(on)).value();
    return record.criteria.empty() ? std::string() : record.criteria[0].criterion + " " + record.criteria[0].state;
}

bool contains(const std::string& text, std::string_view what) { return text.find(what) != std::string::npos; }

}  // namespace

TEST_CASE("report/situation: only facts that the definition reports are counted, while they are known") {
    const small_path::case_run run = client();
    const auto facts_on = [&](std::string_view on) {
        return report::try_record(run.path, run.state, day(on)).value().facts;
    };
    CHECK(facts_on("2026-02-10") == std::vector<report::fact_record>{{"work ability limited", "true"}});
    CHECK(facts_on("2026-02-11") ==
          std::vector<report::fact_record>{{"next wish", "study"}, {"work ability limited", "true"}});
    CHECK(facts_on("2026-05-11").size() == 2);
    CHECK(facts_on("2026-05-12").size() == 1);  // the wish must be asked again
}

TEST_CASE("report/situation: a criterion waits, is missed after its day, and stays missed when it was met late") {
    small_path::case_run run = client();
    CHECK(criterion_on(run, "2026-02-09").empty());
    CHECK(criterion_on(run, "2026-02-24") == "cooperation waiting");
    CHECK(criterion_on(run, "2026-02-25") == "cooperation missed");
    small_path::case_run late = run;
    meet(run, "2026-02-24");
    CHECK(criterion_on(run, "2026-02-25") == "cooperation met");
    meet(late, "2026-02-26");
    CHECK(criterion_on(late, "2026-02-26") == "cooperation missed");
}

TEST_CASE(
    "report/situation: values and criteria stand in tables by their names, with the rest hidden with small counts") {
    small_path::case_run run = client();
    report::situation_builder cases(day("2026-02-25"));
    cases.add(run.path, report::try_record(run.path, run.state, day("2026-02-25")).value());
    const report::situation all = cases.finish({1, {}});
    const std::string data = situation_json(all, report::picture_part::all);
    CHECK(contains(data, R"("item":"next wish","measure":"clients","section":"fact","to":"study"})"));
    CHECK(contains(data, R"("item":"next wish","measure":"clients","section":"fact"})"));
    CHECK(contains(data, R"("item":"cooperation","measure":"clients","section":"criterion","to":"missed"})"));
    CHECK_FALSE(contains(data, "back pain"));
    const std::string page = situation_page(all, report::picture_part::all, "fi");
    CHECK(contains(page, "<h3>Mitä asiakkaista tiedetään</h3>"));
    CHECK(contains(page, "boolean, kyllä"));
    CHECK(contains(page, "string, study"));
    CHECK(contains(page, "Work and health cooperate, myöhästyi"));
    const std::string few = situation_page(cases.finish({5, {}}), report::picture_part::all, "fi");
    CHECK(contains(few, "string, study"));
    const std::size_t row = few.find("string, study");
    CHECK_FALSE(contains(few.substr(row, few.find("</tr>", row) - row), ">1<"));
}

TEST_CASE("report/case_counts: what is known and the criteria are counted day by day as reading the case does") {
    small_path::case_run run = client();
    std::vector<report::counted_change> changes = report::counted_changes(run.path, {}, run.state);
    const path::case_state before = run.state;
    meet(run, "2026-03-03");
    for (report::counted_change& each : report::counted_changes(run.path, before, run.state))
        changes.push_back(std::move(each));
    for (const char* on :
         {"2026-02-10", "2026-02-24", "2026-02-25", "2026-03-03", "2026-05-11", "2026-05-12", "2027-01-01"}) {
        CAPTURE(on);
        report::situation_builder counted(day(on));
        counted.add_path(run.path);
        std::map<std::string, std::map<std::int64_t, std::int64_t>> sums;
        for (const report::counted_change& each : changes)
            if (each.day <= day(on)) sums[each.label][each.value] += each.count;
        for (const auto& [label, values] : sums) {
            std::vector<std::pair<std::int64_t, std::int64_t>> told;
            for (const auto& each : values)
                if (each.second != 0) told.push_back(each);
            REQUIRE(counted.add_counted(label, told).has_value());
        }
        report::situation_builder read(day(on));
        read.add(run.path, report::try_record(run.path, run.state, day(on)).value());
        CHECK(situation_json(counted.finish({1, {}}), report::picture_part::all) ==
              situation_json(read.finish({1, {}}), report::picture_part::all));
    }
}

TEST_CASE("path/definition: only facts of few values can be reported") {
    path::definition says = reporting();
    says.facts["reason for referral"].reported = true;
    const auto made = path::try_compile(says, small_path::sources());
    REQUIRE_FALSE(made.has_value());
    CHECK(contains(made.error().to_string(), "/facts/reason for referral/reported"));
}
