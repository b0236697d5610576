// SPDX-License-Identifier: Apache-2.0
#include <polku/path/referral.hpp>

#include "small_path.hpp"

#include <polku/path/queries.hpp>

#include <algorithm>
#include <set>

using namespace small_path;
using path::referral_move;
using path::referral_state;

namespace {

const std::vector<referral_state>& all_states() {
    static const std::vector<referral_state> states = [] {
        std::vector<referral_state> made;
        for (unsigned i = 0; i < path::referral_state_count; ++i) made.push_back(static_cast<referral_state>(i));
        return made;
    }();
    return states;
}

/// The moves by which each state is reached from a draft.
std::vector<referral_move> way_to(referral_state state) {
    using m = referral_move;
    switch (state) {
        case referral_state::draft: return {};
        case referral_state::sent: return {m::send};
        case referral_state::received: return {m::send, m::receive};
        case referral_state::returned: return {m::send, m::receive, m::return_for_information};
        case referral_state::accepted: return {m::send, m::receive, m::accept};
        case referral_state::wait_listed: return {m::send, m::receive, m::wait_list};
        case referral_state::declined: return {m::send, m::receive, m::decline};
        case referral_state::onward: return {m::send, m::receive, m::forward};
        case referral_state::in_progress: return {m::send, m::receive, m::accept, m::start};
        case referral_state::on_hold: return {m::send, m::receive, m::accept, m::hold};
        case referral_state::completed: return {m::send, m::receive, m::accept, m::start, m::complete};
        case referral_state::failed: return {m::send, m::receive, m::accept, m::fail};
        case referral_state::revoked: return {m::revoke};
        case referral_state::expired: return {m::expire};
        case referral_state::entered_in_error: return {m::enter_in_error};
    }
    return {};
}

path::move_referral moved(referral_move move) {
    path::move_referral made;
    made.referral = "r1";
    made.move = move;
    made.reason = "told";
    made.until = day("2026-12-31");
    made.outcome = "done";
    made.to = "doctor visit";
    made.next = "r2";
    return made;
}

/// A case whose referral r1 (to the service without a meeting) is in a state.
case_run with_referral(referral_state state) {
    case_run run;
    run.to_assessment("2026-02-10");
    run.tell(path::draft_referral{"r1", "rehabilitation", worker(), "back pain", {}, {}}, "2026-02-11");
    for (const referral_move move : way_to(state))
        run.tell(moved(move), move == referral_move::expire ? "2026-03-30" : "2026-02-12");
    return run;
}

}  // namespace

TEST_SUITE_BEGIN("path");

TEST_CASE("path/referral: each state meets each move, and only the table's moves are taken") {
    for (const referral_state state : all_states()) {
        const case_run run = with_referral(state);
        REQUIRE(path::find_referral(run.state, "r1")->state == state);
        for (unsigned i = 0; i < path::referral_move_count; ++i) {
            const auto move = static_cast<referral_move>(i);
            const auto legal = path::try_move(state, move);
            // Late enough that a deadline has passed, so that `expire` is about the table alone.
            auto made = run.ask(moved(move), move == referral_move::expire ? "2027-01-31" : "2026-03-31");
            CAPTURE(path::name_of(state));
            CAPTURE(path::name_of(move));
            CHECK(made.has_value() == legal.has_value());
            if (!made) {
                CHECK(made.error().code() == error_code::illegal_referral_move);
                continue;
            }
            const path::case_state after = path::evolve(run.state, made.value());
            const path::referral* now = path::find_referral(after, "r1");
            CHECK(now->state == legal.value());
            if (!path::is_open(now->state)) continue;
            CHECK(!now->owner.empty());
            CHECK(!now->responsible.empty());
            CHECK(now->deadline.has_value());
            CHECK(!now->disposition.empty());
        }
    }
}

TEST_CASE("path/referral: an illegal move names the legal ones") {
    const auto made = path::try_move(referral_state::returned, referral_move::accept);
    REQUIRE(!made);
    CHECK(made.error().code() == error_code::illegal_referral_move);
    CHECK(made.error().message().find("send, revoke, expire, enter_in_error") != std::string::npos);
}

TEST_CASE("path/referral: a declined referral is parked until a day and wakes by itself") {
    case_run run = with_referral(referral_state::received);
    path::move_referral no;
    no.referral = "r1";
    no.move = referral_move::decline;
    no.reason = "the group is full until summer";
    no.until = day("2026-02-13");
    CHECK(run.refusal(no, "2026-02-13") == error_code::command_too_early);
    no.until = day("2026-06-01");
    run.tell(no, "2026-02-13");
    const auto now = [&run] { return *path::find_referral(run.state, "r1"); };
    CHECK(now().owner == "worker");
    CHECK(now().responsible == "worker");
    CHECK(now().deadline == day("2026-06-01"));
    CHECK(now().disposition == "wake");
    const auto waiting = path::due(run.path, run.state, day("2026-06-01"), day("2026-02-13"));
    CHECK(std::any_of(waiting.begin(), waiting.end(), [](const auto& each) { return each.id == "r1"; }));
    run.tell(path::tick{}, "2026-06-01");
    CHECK(now().state == referral_state::declined);
    run.tell(path::tick{}, "2026-06-02");
    CHECK(now().state == referral_state::returned);
    CHECK(now().deadline == day("2026-06-16"));
    run.tell(moved(referral_move::send), "2026-06-03");
    CHECK(now().state == referral_state::sent);
}

TEST_CASE("path/referral: declined without a day it waits for the sender, and time brings it to its end") {
    case_run run = with_referral(referral_state::received);
    path::move_referral no;
    no.referral = "r1";
    no.move = referral_move::decline;
    no.reason = "not for this client";
    run.tell(no, "2026-02-13");
    CHECK(path::find_referral(run.state, "r1")->deadline == day("2026-02-27"));
    CHECK(run.refusal(path::amend_referral{"r1", "other", {}, {}}, "2026-02-13") == error_code::illegal_referral_move);
    run.tell(path::tick{}, "2026-12-31");
    CHECK(path::find_referral(run.state, "r1")->state == referral_state::expired);
}

TEST_CASE("path/referral: who did not make a move is told of it") {
    const auto told_of = [](referral_state from, referral_move move) {
        const case_run run = with_referral(from);
        const auto made = run.ask(moved(move), "2026-02-13");
        return std::get<path::referral_moved>(made->front().what).tells;
    };
    CHECK(told_of(referral_state::draft, referral_move::send) == std::vector<std::string>{"doctor"});
    CHECK(told_of(referral_state::draft, referral_move::revoke).empty());
    CHECK(told_of(referral_state::received, referral_move::accept) == std::vector<std::string>{"worker"});
    CHECK(told_of(referral_state::accepted, referral_move::revoke) == std::vector<std::string>{"doctor"});
}

TEST_CASE("path/referral: a withdrawn consent stops what goes on by it and tells the receiver") {
    for (const referral_state state : all_states()) {
        case_run run;
        run.to_assessment("2026-02-10");
        run.tell(path::give_consent{"health", {}, {}, {}}, "2026-02-10");
        run.tell(path::draft_referral{"r1", "doctor visit", worker(), "back pain", {}, {}}, "2026-02-11");
        run.tell(path::draft_referral{"r2", "rehabilitation", worker(), "back pain", {}, {}}, "2026-02-11");
        if (state == referral_state::completed || state == referral_state::onward) continue;
        for (const referral_move move : way_to(state))
            run.tell(moved(move), move == referral_move::expire ? "2026-03-30" : "2026-02-12");
        const auto made = run.tell(path::withdraw_consent{"health"}, "2026-03-31");
        CAPTURE(path::name_of(state));
        const path::referral* now = path::find_referral(run.state, "r1");
        CHECK(now->state == (path::is_with_receiver(state) ? referral_state::revoked : state));
        CHECK(path::find_referral(run.state, "r2")->state == referral_state::draft);
        if (!path::is_with_receiver(state)) continue;
        CHECK(now->state_reason == "the client withdrew the consent 'health'");
        CHECK(std::get<path::referral_moved>(made[1].what).tells == std::vector<std::string>{"doctor"});
    }
}

TEST_CASE("path/referral: the sender stays responsible until the receiver accepts") {
    for (const referral_state state : all_states()) {
        if (!path::is_open(state)) continue;
        const case_run run = with_referral(state);
        const bool accepted = state == referral_state::accepted || state == referral_state::in_progress ||
                              state == referral_state::on_hold;
        CAPTURE(path::name_of(state));
        CHECK(path::find_referral(run.state, "r1")->responsible == (accepted ? "doctor" : "worker"));
    }
}

TEST_CASE("path/referral: names of states and moves read back") {
    for (const referral_state state : all_states()) CHECK(path::referral_state_named(path::name_of(state)) == state);
    CHECK(path::referral_move_named("send") == referral_move::send);
    CHECK(!path::referral_move_named("sent"));
    CHECK(!path::referral_state_named("lost"));
}

TEST_CASE("path/referral: every open state has a deadline of its own that leads somewhere legal") {
    for (const referral_state state : all_states()) {
        if (!path::is_open(state)) continue;
        const path::referral_limit limit = path::default_limit(state);
        CHECK(path::parse_period(limit.within).has_value());
        if (limit.then) CHECK(path::try_move(state, *limit.then).has_value());
        const auto last = path::try_move(state, path::final_disposition(state));
        REQUIRE(last);
        CHECK(!path::is_open(last.value()));
    }
}

TEST_CASE("path/referral: nothing is sent before facts, consent and reason are there") {
    case_run run;
    run.open();
    run.know("work ability limited", true, "2026-02-10");
    run.tell(path::route{}, "2026-02-10");
    const path::draft_referral draft{"r1", "doctor visit", worker(), {}, {}, {}};
    CHECK(run.refusal(draft, "2026-02-11") == error_code::missing_consent);
    run.tell(path::give_consent{"health", {}, "written", {}}, "2026-02-11");
    run.tell(draft, "2026-02-11");
    CHECK(run.refusal(draft, "2026-02-11") == error_code::duplicate_record);
    CHECK(run.refusal(moved(referral_move::send), "2026-02-11") == error_code::missing_facts);
    run.know("reason for referral", "back pain", "2026-02-11");
    CHECK(run.refusal(moved(referral_move::send), "2026-02-11") == error_code::missing_detail);
    CHECK(run.refusal(path::amend_referral{"r1", {}, {}, {}}, "2026-02-11") == error_code::missing_detail);
    run.tell(path::amend_referral{"r1", "back pain", "long", {}}, "2026-02-12");
    run.tell(path::withdraw_consent{"health"}, "2026-02-12");
    CHECK(run.refusal(moved(referral_move::send), "2026-02-12") == error_code::missing_consent);
    run.tell(path::give_consent{"health", {}, {}, {}}, "2026-02-13");
    run.tell(moved(referral_move::send), "2026-02-13");
    CHECK(path::find_referral(run.state, "r1")->deadline == day("2026-02-20"));
    CHECK(run.refusal(path::amend_referral{"r1", "x", {}, {}}, "2026-02-13") == error_code::illegal_referral_move);
}

TEST_CASE("path/referral: a joint visit must be held before the doctor's referral is complete") {
    case_run run;
    run.to_assessment();
    run.tell(path::give_consent{"health", {}, {}, {}}, "2026-02-11");
    run.tell(path::draft_referral{"r1", "doctor visit", worker(), "pain", {}, {}}, "2026-02-11");
    for (const auto move : {referral_move::send, referral_move::receive, referral_move::accept, referral_move::start})
        run.tell(moved(move), "2026-02-12");
    CHECK(run.refusal(moved(referral_move::complete), "2026-02-13") == error_code::step_missing);
    path::hold_meeting visit{"m1", "joint visit", {{"w.worker", "worker", "town", {}}}, true, "follow-on plan", {}};
    CHECK(run.refusal(visit, "2026-02-13") == error_code::meeting_incomplete);
    visit.participants.push_back({"d.doctor", "doctor", "county", true});
    CHECK(run.refusal(visit, "2026-02-13") == error_code::meeting_incomplete);
    visit.participants.back().remote = false;
    visit.client_present = {};
    CHECK(run.refusal(visit, "2026-02-13") == error_code::meeting_incomplete);
    visit.client_present = true;
    visit.agreed = {};
    CHECK(run.refusal(visit, "2026-02-13") == error_code::meeting_incomplete);
    visit.agreed = "physiotherapy, then work trial";
    visit.participants.push_back({"m.manager", "manager", "town", {}});
    CHECK(run.refusal(visit, "2026-02-13") == error_code::meeting_incomplete);
    visit.participants.pop_back();
    run.tell(visit, "2026-02-13");
    run.tell(moved(referral_move::complete), "2026-02-13");
    CHECK(path::find_referral(run.state, "r1")->outcome == "done");
}

TEST_CASE("path/referral: moves that need words or days are refused without them") {
    const case_run run = with_referral(referral_state::received);
    path::move_referral bare;
    bare.referral = "r1";
    for (const auto move : {referral_move::decline, referral_move::wait_list, referral_move::revoke,
                            referral_move::return_for_information, referral_move::forward}) {
        bare.move = move;
        CHECK(run.refusal(bare, "2026-02-13") == error_code::missing_detail);
    }
    bare.move = referral_move::expire;
    CHECK(run.refusal(bare, "2026-02-13") == error_code::command_too_early);
    bare.referral = "r9";
    CHECK(run.refusal(bare, "2026-02-13") == error_code::unknown_record);
    CHECK(run.refusal(moved(referral_move::accept), "2026-02-11") == error_code::command_too_early);
}

TEST_CASE("path/referral: a forwarded referral goes on as a new draft with the same words") {
    const case_run run = with_referral(referral_state::onward);
    const path::referral* next = path::find_referral(run.state, "r2");
    REQUIRE(next);
    CHECK(next->service == "doctor visit");
    CHECK(next->previous == "r1");
    CHECK(next->reason == "back pain");
    CHECK(path::find_referral(run.state, "r1")->next == "r2");
}

TEST_CASE("path/referral: nobody is sent, first or onward, to a service that is not in force") {
    case_run run;
    path::definition says = definition();
    says.services["doctor visit"].valid = path::validity{day("2020-01-01"), day("2026-02-12")};
    run.path = path::try_compile(says, sources()).value();
    run.to_assessment("2026-02-10");
    run.tell(path::give_consent{"health", {}, {}, {}}, "2026-02-10");
    const path::draft_referral draft{"r1", "doctor visit", worker(), "back pain", {}, {}};
    CHECK(run.refusal(draft, "2026-02-12") == error_code::internal);
    CHECK(run.refusal(draft, "2026-02-13") == error_code::path_not_in_force);
    run.tell(path::draft_referral{"r1", "rehabilitation", worker(), "back pain", {}, {}}, "2026-02-11");
    for (const referral_move move : way_to(referral_state::received)) run.tell(moved(move), "2026-02-12");
    CHECK(run.refusal(moved(referral_move::forward), "2026-02-12") == error_code::internal);
    CHECK(run.refusal(moved(referral_move::forward), "2026-02-13") == error_code::path_not_in_force);
}

TEST_CASE("path/referral: time takes an unanswered referral from role to role to its end") {
    case_run run = with_referral(referral_state::sent);  // deadline 2026-02-19
    CHECK(run.tell(path::tick{}, "2026-02-19").empty());
    CHECK(types_of(run.tell(path::tick{}, "2026-02-20")) == std::vector<std::string>{"referral_escalated"});
    CHECK(path::find_referral(run.state, "r1")->owner == "worker");
    CHECK(run.tell(path::tick{}, "2026-02-20").empty());
    run.tell(path::tick{}, "2026-04-30");
    CHECK(path::find_referral(run.state, "r1")->state == referral_state::expired);
}

TEST_SUITE_END();
