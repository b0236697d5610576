// SPDX-License-Identifier: Apache-2.0
// The referral as a model: every state, every move, the passing of time, consent given and withdrawn, in every order
// that a seeded walk finds. What must always hold: an open referral has an owner, a responsible role, a deadline and a
// disposition that is a legal move; and time alone brings it to an end.
#include <polku/path/queries.hpp>
#include <polku/path/referral.hpp>

#include "small_path.hpp"

#include <algorithm>
#include <random>
#include <set>

using namespace small_path;
using path::referral_move;
using path::referral_state;

namespace {

time::date later(time::date from, int days) {
    return time::nominal_deadline(from, {days, time::period_unit::days}).value();
}

/// A case with a referral to a service that needs the consent and one that does not.
case_run with_referrals() {
    case_run run;
    run.to_assessment("2026-02-10");
    run.tell(path::give_consent{"health", day("2035-12-31"), {}, {}}, "2026-02-10");
    run.tell(path::draft_referral{"r1", "doctor visit", worker(), "back pain", {}, {}}, "2026-02-11");
    run.tell(path::draft_referral{"r2", "rehabilitation", worker(), "back pain", {}, {}}, "2026-02-11");
    return run;
}

void check_nobody_is_lost(const path::case_state& of, const path::service_path& path, time::date today) {
    const auto waiting = path::due(path, of, std::nullopt, today);
    for (const path::referral& each : of.referrals) {
        INFO(each.id, " is ", path::name_of(each.state));
        const bool listed = std::any_of(waiting.begin(), waiting.end(), [&](const path::due_item& item) {
            return item.kind == path::due_kind::referral && item.id == each.id && item.owner == each.owner;
        });
        CHECK(listed == path::is_open(each.state));
        if (!path::is_open(each.state)) {
            CHECK_FALSE(each.deadline.has_value());
            continue;
        }
        CHECK_FALSE(each.owner.empty());
        CHECK_FALSE(each.responsible.empty());
        CHECK(each.deadline.has_value());
        const auto disposition = path::referral_move_named(each.disposition);
        const bool legal = disposition && path::try_move(each.state, *disposition).has_value();
        CHECK((legal || each.disposition == "escalate"));
    }
}

/// One step of a walk: any move with all that it could need (mostly a legal one that ends nothing yet, so that walks
/// come far), a tick, or a change of the consent.
path::command_body random_step(const case_run& run, std::mt19937& random, time::date today, std::size_t step) {
    const auto pick = [&random](unsigned below) {
        return std::uniform_int_distribution<unsigned>(0, below - 1)(random);
    };
    constexpr unsigned kinds = path::referral_move_count + 4;
    const unsigned kind = pick(kinds);
    if (kind == path::referral_move_count) return path::withdraw_consent{"health"};
    if (kind == path::referral_move_count + 1) return path::give_consent{"health", later(today, 3000), {}, {}};
    if (kind >= path::referral_move_count + 2) return path::tick{};
    path::move_referral move;
    move.referral = pick(2) == 0 ? "r1" : "r2";
    move.move = static_cast<referral_move>(kind);
    const auto legal = path::legal_moves(path::find_referral(run.state, move.referral)->state);
    if (!legal.empty() && pick(4) != 0) {
        const referral_move wanted = legal[pick(static_cast<unsigned>(legal.size()))];
        const auto to = path::try_move(path::find_referral(run.state, move.referral)->state, wanted);
        if (path::is_open(to.value()) || pick(3) == 0) move.move = wanted;
    }
    if (pick(4) != 0) move.reason = "told";
    if (pick(2) == 0) move.until = later(today, static_cast<int>(pick(60)));
    if (pick(4) != 0) move.outcome = "done";
    move.to = pick(2) == 0 ? "doctor visit" : "rehabilitation";
    move.next = "next " + std::to_string(step);
    return move;
}

}  // namespace

TEST_SUITE_BEGIN("path");

TEST_CASE("path/referral_model: no walk of commands and days leaves an open referral without owner or deadline") {
    std::set<std::pair<referral_state, referral_move>> taken;
    std::set<referral_state> refused_in;
    for (unsigned seed = 1; seed <= 150; ++seed) {
        std::mt19937 random(seed);
        case_run run = with_referrals();
        time::date today = day("2026-02-12");
        for (std::size_t step = 0; step < 60; ++step) {
            today = later(today, static_cast<int>(std::uniform_int_distribution<unsigned>(0, 3)(random)));
            const path::command_body what = random_step(run, random, today, step);
            const auto made = path::decide(run.path, run.state, {what, today}, {today, "w.worker", "service", 0});
            const auto* move = std::get_if<path::move_referral>(&what);
            if (move) {
                const referral_state from = path::find_referral(run.state, move->referral)->state;
                const bool legal = path::try_move(from, move->move).has_value();
                if (!legal) {
                    CHECK(made.error().code() == error_code::illegal_referral_move);
                    CHECK(made.error().message().find("the legal moves are: ") != std::string::npos);
                    refused_in.insert(from);
                } else if (made) {
                    taken.emplace(from, move->move);
                }
            }
            if (made) run.state = path::evolve(std::move(run.state), made.value());
            INFO("seed ", seed, ", step ", step);
            check_nobody_is_lost(run.state, run.path, today);
        }
    }
    // The walks are worth something only when they have been nearly everywhere.
    CHECK(taken.size() >= path::referral_transitions().size() * 9 / 10);
    CHECK(refused_in.size() == path::referral_state_count);
}

TEST_CASE("path/referral_model: time alone brings every open referral to an end, through owners only") {
    for (unsigned seed = 1; seed <= 40; ++seed) {
        std::mt19937 random(seed);
        case_run run = with_referrals();
        time::date today = day("2026-02-12");
        for (std::size_t step = 0; step < seed; ++step) {
            const path::command_body what = random_step(run, random, today, step);
            const auto made = path::decide(run.path, run.state, {what, today}, {today, "w.worker", "service", 0});
            if (made) run.state = path::evolve(std::move(run.state), made.value());
        }
        for (int days = 0; days < 1500; days += 3) {
            today = later(today, 3);
            const auto made = path::decide(run.path, run.state, {path::tick{}, today}, {today, "clock", "service", 0});
            REQUIRE(made);
            run.state = path::evolve(std::move(run.state), made.value());
            if (days % 60 == 0) check_nobody_is_lost(run.state, run.path, today);
        }
        for (const path::referral& each : run.state.referrals)
            CHECK_MESSAGE(!path::is_open(each.state), each.id, " is ", path::name_of(each.state));
    }
}

TEST_SUITE_END();
