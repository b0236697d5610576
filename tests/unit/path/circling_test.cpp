// SPDX-License-Identifier: Apache-2.0
#include <polku/path/circling.hpp>

#include "small_path.hpp"

#include <boost/describe/enum_to_string.hpp>

#include <algorithm>
#include <memory>
#include <random>

using namespace small_path;

namespace {

using kind = path::circling_step_kind;

/// A case made of events alone: what is read does not ask whether commands would have led there.
class told_case {
public:
    explicit told_case(std::string path = "small") : path_(std::move(path)) {}

    told_case& on(std::string_view when, path::event_body what) { return on(day(when), std::move(what)); }
    told_case& on(time::date when, path::event_body what) {
        path::event made;
        made.stream = path::stream_of(what);
        made.what = std::move(what);
        made.effective_date = when;
        made.recorded_at_ms = ++recorded_;
        state_ = path::evolve(std::move(state_), made);
        return *this;
    }
    told_case& opened(std::string_view when) {
        path::case_opened what;
        what.client = "c";
        what.municipality = "698";
        on(when, what);
        return on(when, stage("referral"));
    }
    static path::event_body stage(const std::string& to, std::optional<std::string> from = {}) {
        return path::stage_entered{to, std::move(from), "worker", day("2030-01-01"), 1};
    }
    static path::event_body drafted(const std::string& id, const std::string& service) {
        path::referral_drafted what;
        what.referral = id;
        what.service = service;
        return what;
    }
    static path::event_body moved(const std::string& id, const std::string& service, path::referral_state to) {
        path::referral_moved what;
        what.referral = id;
        what.service = service;
        what.to_state = to;
        return what;
    }
    path::client_case view() const { return {&state_, path_}; }
    const path::case_state& state() const { return state_; }

private:
    std::string path_;
    path::case_state state_;
    std::int64_t recorded_ = 0;
};

std::vector<std::string> said(const std::vector<path::circling_step>& steps) {
    std::vector<std::string> texts;
    for (const path::circling_step& each : steps)
        texts.push_back(time::to_string(each.on) + " " + boost::describe::enum_to_string(each.what, "") + " " +
                        each.of);
    return texts;
}

std::vector<path::circling_step> steps_of(const told_case& of, const char* as_of = "2030-01-01") {
    const std::vector<path::client_case> one{of.view()};
    return path::circling_steps(one, day(as_of));
}

std::optional<path::circling> circles(const told_case& of, const char* as_of, path::circling_rule rule = {}) {
    const std::vector<path::client_case> one{of.view()};
    return path::try_find_circling(one, day(as_of), rule).value();
}

/// Declined by one service, then by another, then referred to the first again, which forwards nobody.
told_case sent_around() {
    told_case made;
    made.opened("2026-01-05")
        .on("2026-01-12", told_case::stage("assessment", "referral"))
        .on("2026-02-02", told_case::drafted("r1", "clinic"))
        .on("2026-02-09", told_case::moved("r1", "clinic", path::referral_state::declined))
        .on("2026-03-02", told_case::drafted("r2", "workshop"))
        .on("2026-03-16", told_case::moved("r2", "workshop", path::referral_state::expired))
        .on("2026-04-01", told_case::drafted("r3", "clinic"));
    return made;
}

}  // namespace

TEST_CASE("path/circling: steps on and back are told in order, with the day on which the client was there before") {
    const told_case of = sent_around();
    CHECK(said(steps_of(of)) ==
          std::vector<std::string>{"2026-01-12 stage_reached assessment", "2026-02-09 turned_away clinic",
                                   "2026-03-16 turned_away workshop", "2026-04-01 service_again clinic"});
    CHECK(steps_of(of).back().before == day("2026-02-09"));
    CHECK(steps_of(of, "2026-03-15").size() == 2);
}

TEST_CASE("path/circling: three returns in a row make a circle, until the client gets on") {
    told_case of = sent_around();
    CHECK_FALSE(circles(of, "2026-03-31"));
    const auto found = circles(of, "2026-04-01");
    REQUIRE(found);
    CHECK(found->returns.size() == 3);
    REQUIRE(found->got_on);
    CHECK(found->got_on->of == "assessment");
    SUBCASE("a service that begins ends it") {
        of.on("2026-04-20", told_case::moved("r3", "clinic", path::referral_state::in_progress));
        CHECK(circles(of, "2026-04-19"));
        CHECK_FALSE(circles(of, "2026-04-20"));
    }
    SUBCASE("returns are forgotten after the months of the rule") {
        CHECK(circles(of, "2027-02-08"));
        CHECK_FALSE(circles(of, "2027-02-09"));  // the first one lies twelve months back
        CHECK(circles(of, "2027-02-09", {2, 12}));
        CHECK(circles(of, "2027-02-09", {3, 13}));
    }
    SUBCASE("a client whose case has ended circles no more, and not twice as fast once it is opened again") {
        of.on("2026-04-20", path::case_closed{"moved", "assessment", path::outcome_class::withdrawn, {}, {}});
        CHECK_FALSE(circles(of, "2026-04-20"));
        CHECK(circles(of, "2026-04-19"));
        of.on("2026-05-04", path::case_reopened{"assessment", "came back"});
        REQUIRE(circles(of, "2026-05-04"));
        CHECK(circles(of, "2026-05-04")->returns.back().what == kind::case_again);
    }
}

TEST_CASE("path/circling: what can happen again without end is no step on the second time") {
    told_case of;
    of.opened("2026-01-05").on("2026-01-12", told_case::stage("coaching", "referral"));
    for (int round = 1; round <= 3; ++round) {
        const std::string id = std::to_string(round);
        const std::string when = "2026-0" + std::to_string(round + 1) + "-02";
        path::coaching_started started;
        started.coaching = id;
        started.package = "basic";
        of.on(when, started);
        of.on(when, path::coaching_completed{id, "basic", "done"});
        path::placement_started trial;
        trial.placement = id;
        trial.kind = "work trial";
        of.on(when, trial);
        of.on(when, path::placement_ended{id, "work trial", "ended"});
    }
    CHECK(said(steps_of(of)) ==
          std::vector<std::string>{"2026-01-12 stage_reached coaching", "2026-02-02 coaching_completed basic",
                                   "2026-02-02 placement_started work trial", "2026-03-02 coaching_again basic",
                                   "2026-03-02 placement_again work trial", "2026-04-02 coaching_again basic",
                                   "2026-04-02 placement_again work trial"});
    CHECK(circles(of, "2026-04-02"));
    of.on("2026-04-10", path::goal_set{"g", "own words", {}});
    of.on("2026-04-11", path::goal_scored{"g", feel::number(2)});
    CHECK(circles(of, "2026-04-11"));  // the first score is where it begins
    of.on("2026-04-12", path::goal_scored{"g", feel::number(2)});
    CHECK(circles(of, "2026-04-12"));
    of.on("2026-04-13", path::goal_scored{"g", feel::number(3)});
    CHECK_FALSE(circles(of, "2026-04-13"));
}

TEST_CASE("path/circling: a client who goes from one path to another and back is seen over all cases") {
    told_case first("a");
    first.opened("2025-02-03").on("2025-06-02", path::case_closed{"other", "referral", {}, {}, {}});
    told_case second("b");
    second.opened("2025-07-01").on("2025-12-01", path::case_closed{"other", "referral", {}, {}, {}});
    told_case third("a");
    third.opened("2026-01-07");
    const std::vector<path::client_case> all{first.view(), second.view(), third.view()};
    const auto steps = path::circling_steps(all, day("2026-02-01"));
    CHECK(said(steps) == std::vector<std::string>{"2025-07-01 case_again b", "2026-01-07 case_again a"});
    CHECK(steps.back().in_case == 2);
    CHECK(path::try_find_circling(all, day("2026-02-01"), {2, 12}).value().has_value());
    third.on("2026-02-02", told_case::drafted("r1", "clinic"))
        .on("2026-02-03", told_case::moved("r1", "clinic", path::referral_state::declined));
    CHECK(path::try_find_circling(all, day("2026-02-03"), {3, 12}).value().has_value());
}

TEST_CASE("path/circling: a client who walks the path anew comes back once, and is seen when it goes round again") {
    told_case of = sent_around();
    of.on("2026-04-02", told_case::moved("r3", "clinic", path::referral_state::in_progress))
        .on("2026-04-20", path::case_closed{"work", "assessment", path::outcome_class::employment, {}, {}})
        .on("2026-08-03", path::case_reopened{"referral", "the work ended"})
        .on("2026-08-03", told_case::stage("referral", {}))
        .on("2026-08-10", told_case::stage("assessment", "referral"))
        .on("2026-08-17", told_case::drafted("r4", "clinic"));
    const auto steps = steps_of(of);
    CHECK(said(steps).back() == "2026-08-03 case_again referral");
    CHECK_FALSE(circles(of, "2026-08-17"));
    of.on("2026-09-01", told_case::stage("referral", "assessment"));
    CHECK(said(steps_of(of)).back() == "2026-09-01 stage_again referral");
}

TEST_CASE("path/circling: what was entered in error does not count") {
    told_case of = sent_around();
    path::entered_in_error wrong;
    wrong.event = {"case", 7};  // the second decline
    wrong.reason = "another client";
    of.on("2026-04-02", wrong);
    CHECK(steps_of(of).size() == 3);
    CHECK_FALSE(circles(of, "2026-04-02"));
}

TEST_CASE("path/circling: a rule that asks for nothing is refused") {
    const told_case of = sent_around();
    const std::vector<path::client_case> one{of.view()};
    CHECK(path::try_find_circling(one, day("2026-05-01"), {0, 12}).error().code() == error_code::invalid_argument);
    CHECK(path::try_find_circling(one, day("2026-05-01"), {3, 0}).error().code() == error_code::invalid_argument);
    CHECK(path::try_find_circling({}, day("2026-05-01")).value() == std::nullopt);
}

namespace {

/// The same by looking back over all earlier events for each, as the words of the header say it.
struct slow_circling {
    struct told {
        time::date on;
        path::event_body what;
    };
    std::vector<told> all;

    template <class Body, class Test>
    bool before(std::size_t at, Test test) const {
        for (std::size_t each = 0; each < at; ++each)
            if (const auto* body = std::get_if<Body>(&all[each].what); body != nullptr && test(*body)) return true;
        return false;
    }
    static bool is_end(path::referral_state of) { return !path::is_open(of) || of == path::referral_state::declined; }
    static bool is_away(path::referral_state of) {
        using state = path::referral_state;
        return of == state::declined || of == state::onward || of == state::failed || of == state::expired;
    }
    std::vector<kind> kinds_of(std::size_t at) const {
        std::vector<kind> found;
        if (const auto* moved = std::get_if<path::referral_moved>(&all[at].what)) {
            const auto begun = [&](const auto& one) {
                return one.service == moved->service && one.to_state == path::referral_state::in_progress;
            };
            const auto away = [&](const auto& one) { return one.referral == moved->referral && is_away(one.to_state); };
            if (begun(*moved) && !before<path::referral_moved>(at, begun)) found.push_back(kind::service_begun);
            if (away(*moved) && !before<path::referral_moved>(at, away)) found.push_back(kind::turned_away);
        }
        if (const auto* drafted = std::get_if<path::referral_drafted>(&all[at].what)) {
            const auto ended = [&](const auto& one) { return one.service == drafted->service && is_end(one.to_state); };
            if (before<path::referral_moved>(at, ended)) found.push_back(kind::service_again);
        }
        if (const auto* entered = std::get_if<path::stage_entered>(&all[at].what)) {
            const auto same = [&](const auto& one) { return one.stage == entered->stage; };
            if (before<path::stage_entered>(at, same))
                found.push_back(kind::stage_again);
            else if (entered->from_stage)
                found.push_back(kind::stage_reached);
        }
        if (const auto* started = std::get_if<path::placement_started>(&all[at].what)) {
            const auto same = [&](const auto& one) { return one.kind == started->kind; };
            if (before<path::placement_ended>(at, same))
                found.push_back(kind::placement_again);
            else if (!before<path::placement_started>(at, same))
                found.push_back(kind::placement_started);
        }
        return found;
    }
    bool circles(time::date as_of, const path::circling_rule& rule) const {
        std::vector<time::date> returns;
        for (std::size_t at = 0; at < all.size() && all[at].on <= as_of; ++at)
            for (const kind each : kinds_of(at)) {
                if (path::is_return(each))
                    returns.push_back(all[at].on);
                else
                    returns.clear();
            }
        const time::date first = *as_of.plus_months(-rule.months);
        return std::count_if(returns.begin(), returns.end(), [&](time::date each) { return first < each; }) >=
               rule.returns;
    }
};

}  // namespace

TEST_CASE("path/circling: equals looking back over all events, on 3 000 made-up histories") {
    std::mt19937 random(20261123);
    const auto draw = [&](int below) { return static_cast<int>(random() % static_cast<unsigned>(below)); };
    const std::vector<std::string> services{"clinic", "workshop", "school"};
    const std::vector<std::string> stages{"referral", "assessment", "coaching"};
    using state = path::referral_state;
    const std::vector<state> states{state::sent,     state::declined, state::onward,    state::in_progress,
                                    state::expired,  state::failed,   state::completed, state::revoked,
                                    state::accepted, state::on_hold};
    int circling = 0;
    for (int history = 0; history < 3000; ++history) {
        told_case of;
        of.opened("2026-01-01");
        slow_circling slow;
        slow.all.push_back({day("2026-01-01"), told_case::stage("referral")});
        time::date on = day("2026-01-01");
        std::string at = "referral";
        for (int step = 0, steps = 3 + draw(15); step < steps; ++step) {
            on = *on.plus_days(draw(40));
            const std::string id = std::to_string(draw(5));
            const std::string& service = services[static_cast<std::size_t>(std::stoi(id) % 3)];
            path::event_body what = path::placement_ended{id, draw(2) == 0 ? "trial" : "job", "ended"};
            switch (draw(6)) {
                case 0:
                case 1: what = told_case::drafted(id, service); break;
                case 2:
                case 3: what = told_case::moved(id, service, states[static_cast<std::size_t>(draw(10))]); break;
                case 4: {
                    const std::string to = stages[static_cast<std::size_t>(draw(3))];
                    what = told_case::stage(to, at);
                    at = to;
                    break;
                }
                default:
                    if (draw(2) == 0) {
                        path::placement_started started;
                        started.placement = id;
                        started.kind = draw(2) == 0 ? "trial" : "job";
                        what = started;
                    }
            }
            slow.all.push_back({on, what});
            of.on(on, std::move(what));
        }
        const path::circling_rule rule{1 + draw(4), 3 + draw(12)};
        const time::date as_of = *on.plus_days(draw(200) - 60);
        const std::vector<path::client_case> one{of.view()};
        const bool found =
            as_of < day("2026-01-01") ? false : path::try_find_circling(one, as_of, rule).value().has_value();
        const bool expected = as_of < day("2026-01-01") ? false : slow.circles(as_of, rule);
        CAPTURE(history);
        REQUIRE(found == expected);
        circling += expected;
    }
    CHECK(circling > 300);
    CHECK(circling < 2700);
}
