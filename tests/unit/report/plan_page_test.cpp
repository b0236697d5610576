// SPDX-License-Identifier: Apache-2.0
#include <polku/report/plan_page.hpp>

#include <polku/report/labels.hpp>
#include "unit/path/small_path.hpp"

#include <string>

using namespace polku;
using small_path::compiled;
using small_path::day;

namespace {

/// A case in coaching with a plan, a job, two measurements and a goal.
path::case_state client() {
    path::case_state of;
    of.details.given_name = "Aino";
    of.details.family_name = "Esimerkki <1>";
    of.details.identity_code = "010190-900X";
    of.municipality = "698";
    of.opened = day("2026-02-02");
    of.stage = path::stage_stay{"coaching", day("2026-03-02"), day("2027-03-02"), "worker", 1, 0, {}};
    of.responsible = {{{"worker-1", "worker", "town"}, day("2026-02-02"), {}}};
    of.team = {{{"doctor-1", "doctor", "county"}, day("2026-02-02"), {}},
               {{"coach-1", "coach", "town"}, day("2026-02-02"), day("2026-02-20")}};
    of.plan = path::plan{"Osa-aikatyö",
                         {{"Valmennus", "coach", day("2026-06-01"), "ei vaikutusta", {}},
                          {"Työ", "client", {}, "soviteltu etuus", true}},
                         {"client"},
                         day("2026-02-20"),
                         day("2026-05-20"),
                         {}};
    path::placement job;
    job.id = "p-1";
    job.kind = "job";
    job.started = day("2026-05-04");
    job.employer = "Mallileipomo Oy";
    of.placements = {job};
    of.instruments = {
        {"abilitator", path::instrument_phase::start, {{"ability", feel::number(4)}}, day("2026-02-03")},
        {"abilitator", path::instrument_phase::during, {{"ability", feel::number(7)}}, day("2026-05-04")}};
    of.goals = {{"g-1", "Saan työn", day("2026-03-02"), feel::number(3), {{day("2026-05-04"), feel::number(4)}}}};
    of.meetings = {
        {"m-1", "network", day("2026-02-20"), {{"worker-1", "worker", "town", true}}, true, "Jatketaan.", {}}};
    return of;
}

bool contains(const std::string& page, std::string_view what) { return page.find(what) != std::string::npos; }

}  // namespace

TEST_CASE("report/plan_page: the page holds plan, people, services, abilities with change and goals") {
    const std::string page = report::plan_page(compiled(), client(), day("2026-05-10"), "fi");
    CHECK(contains(page, "<h1>Suunnitelma: Aino Esimerkki &lt;1&gt;</h1>"));
    CHECK(contains(page, "<td>Valmennus</td><td>coach</td><td>1.6.2026</td><td>ei vaikutusta</td>"));
    CHECK(contains(page, "soviteltu etuus<p class=\"risk\">Huomio: perustaso voi laskea."));
    CHECK(contains(page, "worker-1, town"));
    CHECK(contains(page, "<li>doctor, doctor-1</li>"));
    CHECK_FALSE(contains(page, "coach-1"));  // no longer in the team
    CHECK(contains(page, "job: 4.5.2026, Mallileipomo Oy"));
    CHECK(contains(page, "worker (etäyhteydellä). Jatketaan."));
    CHECK(contains(page, "<td>4 (3.2.2026)</td><td>7 (4.5.2026)</td><td>+3</td>"));
    CHECK(contains(page, "<td>Saan työn</td><td>3</td><td>4 (4.5.2026)</td>"));
    CHECK(contains(page, "20.5.2026"));
    CHECK_FALSE(contains(page, "010190"));  // the identity code is not printed
}

TEST_CASE("report/plan_page: nothing is fetched, and every language has its own words") {
    for (const std::string_view language : report::languages) {
        const std::string page = report::plan_page(compiled(), client(), day("2026-05-10"), language);
        CHECK(contains(page, report::word(report::label::plan_benefits, language)));
        CHECK(contains(page, "<html lang=\"" + std::string(language.substr(0, 2)) + "\">"));
        CHECK(contains(page, "@media print"));
        for (const char* never : {"<script", "http:", "https:", "<img", "<link", "url("})
            CHECK_FALSE(contains(page, never));
    }
}

TEST_CASE("report/plan_page: what a non-disclosure order hides is not printed") {
    path::case_state of = client();
    CHECK(contains(report::plan_page(compiled(), of, day("2026-05-10"), "fi"), "Rovaniemi"));
    of.non_disclosures = {{day("2026-02-02"), {}}};
    const std::string page = report::plan_page(compiled(), of, day("2026-05-10"), "fi");
    CHECK(contains(page, "Turvakielto"));
    CHECK_FALSE(contains(page, "Rovaniemi"));
    CHECK_FALSE(contains(page, "Mallileipomo"));
    CHECK(contains(page, "job: 4.5.2026"));
}

TEST_CASE("report/plan_page: a referral that came back is told as that, and one that ended not at all") {
    path::case_state of = client();
    const auto printed = [&](path::referral_state state) {
        path::referral one;
        one.id = "r-1";
        one.service = "rehabilitation";
        one.state = state;
        of.referrals = {one};
        return report::plan_page(compiled(), of, day("2026-05-10"), "en");
    };
    CHECK(contains(printed(path::referral_state::draft), "doctor: referral being written"));
    CHECK(contains(printed(path::referral_state::returned), "returned for information"));
    CHECK(contains(printed(path::referral_state::declined), "not accepted, another service is sought"));
    CHECK_FALSE(contains(printed(path::referral_state::completed), "doctor:"));
}

TEST_CASE("report/plan_page: a case without a plan says so, and a late duty stands out") {
    path::case_state of = client();
    of.plan.reset();
    path::obligation late;
    late.id = "joint plan 1";
    late.obligation_ = "joint plan";
    late.owner = "worker";
    late.nominal = late.due = day("2026-05-04");
    of.obligations = {late};
    const std::string page = report::plan_page(compiled(), of, day("2026-05-10"), "en");
    CHECK(contains(page, "No plan has been made yet."));
    CHECK(contains(page, "<li class=\"late\">4 May 2026: joint plan – worker (late)</li>"));
}
