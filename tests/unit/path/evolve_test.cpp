// SPDX-License-Identifier: Apache-2.0
#include <polku/path/queries.hpp>

#include "small_path.hpp"

#include <random>

using namespace small_path;

namespace {

using dice = std::mt19937;

std::size_t below(dice& from, std::size_t bound) { return from() % bound; }

/// Some command, often a wrong one.
path::command_body some_command(dice& from) {
    const std::string id = "r" + std::to_string(below(from, 3));
    const std::string other = "x" + std::to_string(below(from, 3));
    path::move_referral move;
    switch (below(from, 22)) {
        case 0: return path::route{};
        case 1: return path::tick{};
        case 2: return path::record_fact{"work ability limited", below(from, 2) == 0, "client", {}, {}};
        case 3: return path::record_fact{"next wish", below(from, 2) == 0 ? "work" : "study", "client", {}, {}};
        case 4: return path::record_fact{"sick leave ends", "2026-05-05", "client", {}, {}};
        case 5: return path::record_fact{"reason for referral", "pain", "client", {}, {}};
        case 6: return path::give_consent{"health", {}, {}, {}};
        case 7:
            return path::draft_referral{
                id, below(from, 2) == 0 ? "rehabilitation" : "doctor visit", worker(), "pain", {}, {}};
        case 8: return path::start_assessment{other, below(from, 2) == 0 ? "health_check" : "work_trial", {}, {}, {}};
        case 9: return path::complete_assessment{other, "done", {}, {}};
        case 10: return path::agree_plan{"work", {}, {}, {}};
        case 11: return path::review_plan{};
        case 12: return path::start_coaching{other, "supported", {"c", "coach", "town"}, {}, {}, {}, {}};
        case 13: return path::complete_coaching{other, "done"};
        case 14: return path::start_placement{other, "job", "Esimerkki Oy", {}, {}, {}, {}, {}};
        case 15: return path::withdraw{"enough", {}};
        case 16: return path::reopen_case{"again"};
        case 17: return path::withdraw_fact{"next wish", "wrong"};
        case 18: return path::enter_in_error{{"case", static_cast<std::int64_t>(below(from, 40))}, "wrong"};
        case 19: return path::assign_responsible{{"p" + std::to_string(below(from, 3)), "worker", "town"}};
        default:
            move.referral = id;
            move.move = static_cast<path::referral_move>(below(from, path::referral_move_count));
            move.reason = "told";
            move.outcome = "done";
            move.to = "rehabilitation";
            move.next = "r" + std::to_string(below(from, 9));
            return move;
    }
}

/// What must hold of every case at every moment.
void check_invariants(const path::case_state& of) {
    if (!of.is_opened()) return;
    if (!of.is_closed()) {
        REQUIRE(of.stage);
        CHECK(!of.stage->owner.empty());
        CHECK(of.stage->since <= of.stage->deadline);
        CHECK(!path::answering_role(of).empty());
    }
    for (const auto& each : of.referrals) {
        if (!path::is_open(each.state)) continue;
        CHECK(!each.owner.empty());
        CHECK(!each.responsible.empty());
        CHECK(each.deadline.has_value());
        CHECK(!each.disposition.empty());
    }
    for (const auto& each : of.obligations) {
        CHECK(!each.owner.empty());
        CHECK(each.nominal <= each.due);
        if (of.is_closed()) CHECK(!each.is_open());
    }
    int coordinators = 0;
    for (const auto& each : of.responsible) coordinators += each.until ? 0 : 1;
    CHECK(coordinators <= 1);
}

}  // namespace

TEST_SUITE_BEGIN("path");

TEST_CASE("path/evolve: whatever is asked, accepted events fold, refused ones change nothing, and nobody is lost") {
    for (unsigned seed = 1; seed <= 30; ++seed) {
        CAPTURE(seed);
        dice from(seed);
        case_run run;
        run.open("2026-02-02");
        time::date today = day("2026-02-02");
        for (int step = 0; step < 60; ++step) {
            today = today.plus_days(static_cast<std::int64_t>(below(from, 12))).value();
            auto made = path::decide(run.path, run.state, {some_command(from), {}}, {today, "w", "s", 0});
            if (!made) {
                CHECK(is_path(made.error().code()));
                CHECK(!made.error().message().empty());
                continue;
            }
            run.state = path::evolve(std::move(run.state), made.value());
            check_invariants(run.state);
        }
        // Folding the whole history anew gives the same case.
        std::vector<path::event> history;
        for (const auto& each : run.state.history) history.push_back(*each);
        const path::case_state again = path::evolve(path::case_state{}, history);
        CHECK(again.case_version == run.state.case_version);
        CHECK(again.referrals == run.state.referrals);
        CHECK(again.obligations == run.state.obligations);
        CHECK(again.facts == run.state.facts);
        CHECK(again.is_closed() == run.state.is_closed());
        if (again.stage) CHECK(again.stage->stage == run.state.stage->stage);
    }
}

TEST_CASE("path/evolve: events about records that nobody made, and empty ones, change nothing and do not fail") {
    path::case_state state;
    for (const char* type : {"referral_sent",        "referral_amended",
                             "assessment_completed", "coaching_completed",
                             "attendance_recorded",  "placement_ended",
                             "support_recorded",     "follow_up_recorded",
                             "obligation_satisfied", "obligation_escalated",
                             "obligation_redated",   "plan_reviewed",
                             "goal_scored",          "corrected",
                             "entered_in_error",     "stage_timed_out",
                             "team_member_removed",  "representative_ended",
                             "consent_withdrawn",    "non_disclosure_lifted",
                             "referral_escalated"}) {
        path::event happened;
        happened.what = path::body_of_type(type).value();
        state = path::evolve(std::move(state), happened);
    }
    CHECK(state.case_version == 21);
    CHECK(!state.is_opened());
}

TEST_CASE("path/evolve: an erased fact is erased, neither known nor never told") {
    case_run run;
    run.know("next wish", "work", "2026-02-02");
    path::event erased = *run.state.history[0];
    erased.erased = true;
    std::get<path::fact_recorded>(erased.what).value = {};
    const path::case_state state = path::evolve(path::case_state{}, erased);
    CHECK(state.facts.at("next wish").state == path::fact_state::erased);
    CHECK(!path::is_known(state.facts.at("next wish"), day("2026-02-03")));
}

TEST_SUITE_END();
