// SPDX-License-Identifier: Apache-2.0
// Agreed meetings and the client's own experience on the plan page and in the situation picture.
#include <polku/report/case_record.hpp>
#include <polku/report/plan_page.hpp>
#include <polku/report/situation_output.hpp>

#include "unit/path/small_path.hpp"

using namespace polku;
using small_path::day;
using small_path::named;

namespace {

path::service_path asking() {
    path::definition says = small_path::definition();
    path::experience_definition own;
    own.questions["strength"] = named("My strength has grown");
    own.minimum = 1;
    own.maximum = 5;
    own.name = named("own view");
    own.ask = named("How does it fit you?");
    says.experiences["own"] = own;
    return path::try_compile(says, small_path::sources()).value();
}

/// A meeting that was agreed for 2 March and moved to the 9th; told at the start and at the end.
small_path::case_run client() {
    using phase = path::instrument_phase;
    small_path::case_run run;
    run.path = asking();
    run.to_assessment("2026-02-10");
    path::plan_meeting meets;
    meets.meeting = "m1";
    meets.kind = "network";
    meets.day = day("2026-03-02");
    meets.at = "13:30";
    meets.way = path::meeting_way::hybrid;
    meets.place = "Esimerkkitalo <2>";
    meets.link = "video.example/m1";
    meets.invited = {{"w.worker", "worker", "town", {}}};
    run.tell(meets, "2026-02-12");
    path::move_meeting later;
    later.meeting = "m1";
    later.day = day("2026-03-09");
    later.reason = "sairaus";
    run.tell(later, "2026-02-20");
    run.tell(path::record_experience{"own", phase::start, {{"strength", 2}}, "Jännittää.", {}}, "2026-02-12");
    run.tell(path::record_experience{"own", phase::end, {{"strength", 4}}, {}, {}}, "2026-02-26");
    return run;
}

bool contains(const std::string& text, std::string_view what) { return text.find(what) != std::string::npos; }

}  // namespace

TEST_CASE("report/plan_page: an agreed meeting says when, how, where and who, and what the client told stands there") {
    const small_path::case_run run = client();
    const std::string page = report::plan_page(run.path, run.state, day("2026-03-01"), "fi");
    CHECK(contains(page, "<h2>Sovitut tapaamiset</h2>"));
    CHECK(contains(page,
                   "9.3.2026 kello 13:30: network, osa paikalla, osa etäyhteydellä, Esimerkkitalo &lt;2&gt;, "
                   "video.example/m1 – worker. Siirretty: sairaus"));
    CHECK(contains(page, "<li>9.3.2026: network – worker</li>"));
    CHECK(contains(page, "<h2>Oma kokemus</h2>"));
    CHECK(contains(page, "12.2.2026: own view. My strength has grown: 2. ”Jännittää.”"));
    const std::string after = report::plan_page(run.path, run.state, day("2026-03-17"), "fi");
    CHECK(contains(after, "<li class=\"late\">16.3.2026: network – worker (myöhässä)</li>"));
}

TEST_CASE("report/plan_page: a non-disclosure order hides where a meeting is held") {
    small_path::case_run run = client();
    run.tell(path::set_non_disclosure{{}}, "2026-02-27");
    const std::string page = report::plan_page(run.path, run.state, day("2026-03-01"), "fi");
    CHECK(contains(page, "9.3.2026 kello 13:30: network"));
    CHECK_FALSE(contains(page, "Esimerkkitalo"));
    CHECK_FALSE(contains(page, "video.example"));
}

TEST_CASE("report/situation: the clients' own experience is counted by question, with its change, without the words") {
    const small_path::case_run run = client();
    report::situation_builder cases(day("2026-03-17"));
    cases.add(run.path, report::try_record(run.path, run.state, day("2026-03-17")).value());
    const report::situation made = cases.finish({1, {}});
    const std::string data = situation_json(made, report::picture_part::all);
    CHECK(contains(data, R"("item":"own: strength","measure":"clients","section":"experience","to":"rose")"));
    CHECK(contains(data, R"("item":"client_in_own_words","measure":"clients","section":"feedback")"));
    CHECK(contains(data, R"("item":"meeting","measure":"clients","section":"overdue")"));
    CHECK_FALSE(contains(data, "Jännittää"));
    const std::string page = situation_page(made, report::picture_part::all, "fi");
    CHECK(contains(page, "<h3>Asiakkaiden oma kokemus</h3>"));
    CHECK(contains(page, "My strength has grown, noussut"));
    CHECK(contains(page, "sovittu tapaaminen pitämättä"));
}

TEST_CASE("report/situation: a day before the second telling knows the first only") {
    const small_path::case_run run = client();
    const auto record = report::try_record(run.path, run.state, day("2026-02-25")).value();
    REQUIRE(record.experiences.size() == 1);
    CHECK(record.experiences[0].first == feel::number(2));
    CHECK_FALSE(record.experiences[0].last);
    CHECK(record.told_in_words);
}
