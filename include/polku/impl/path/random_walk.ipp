// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_PATH_RANDOM_WALK_IPP
#define POLKU_IMPL_PATH_RANDOM_WALK_IPP

#include <polku/impl/path/detail/walk_choices.hpp>
#include <polku/path/random_walk.hpp>

#include <algorithm>
#include <utility>

namespace polku::inline POLKU_V::path {

POLKU_DECL random_walk::random_walk(service_path path, walk_options options)
    : path_(std::move(path)), options_(std::move(options)), state_(options_.seed) {}

// SplitMix64 (Steele, Lea and Flood, OOPSLA 2014): the same numbers everywhere, unlike the standard's distributions.
POLKU_DECL std::uint64_t random_walk::below(std::uint64_t bound) noexcept {
    state_ += 0x9E3779B97F4A7C15ULL;
    std::uint64_t mixed = state_;
    mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9ULL;
    mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBULL;
    mixed ^= mixed >> 31;
    return bound == 0 ? 0 : mixed % bound;
}

POLKU_DECL command random_walk::next(const case_state& of, time::date today) {
    plan_stay(of);
    const bool may_go_on = options_.habits.pace.steps_in_stage == 0 || today >= stay_until_;
    detail::walk_choices choices(*this, path_, options_, of, today, records_, may_go_on);
    return {choices.draw(), {}};
}

POLKU_DECL void random_walk::plan_stay(const case_state& of) {
    const walk_options::pacing& pace = options_.habits.pace;
    if (pace.steps_in_stage == 0 || !of.stage) return;
    if (planned_for_ == of.stage->since && planned_stage_ == of.stage->stage) return;
    planned_for_ = of.stage->since;
    planned_stage_ = of.stage->stage;
    const auto time_given = static_cast<std::uint64_t>(of.stage->deadline.to_days() - of.stage->since.to_days());
    const std::uint64_t share = pace.shortest_stay + below(pace.longest_stay - pace.shortest_stay + 1);
    stay_until_ =
        of.stage->since.plus_days(static_cast<std::int64_t>(time_given * share / 100)).value_or(of.stage->deadline);
}

POLKU_DECL std::uint64_t random_walk::pause_of(const case_state& of, time::date today, std::uint64_t longest_pause) {
    const walk_options::pacing& pace = options_.habits.pace;
    if (pace.steps_in_stage == 0 || !of.stage) return below(longest_pause + 1);
    if (of.is_closed()) {
        // Nothing happens before the next check point.
        std::int64_t wait = INT64_MAX;
        for (const check_point& each : of.check_points)
            if (each.is_open()) wait = std::min(wait, each.on.to_days() - today.to_days());
        const std::uint64_t until = wait == INT64_MAX || wait < 0 ? 0 : static_cast<std::uint64_t>(wait);
        return until + 1 + below(pace.follow_up_late);
    }
    if (below(100) < pace.same_day) return 0;
    plan_stay(of);
    const std::int64_t stay = std::max<std::int64_t>(1, stay_until_.to_days() - of.stage->since.to_days());
    return 1 + below(2 * static_cast<std::uint64_t>(stay) / pace.steps_in_stage + 1);
}

POLKU_DECL std::optional<time::date> random_walk::later(const case_state& of, time::date today,
                                                        std::uint64_t longest_pause) {
    return today.plus_days(static_cast<std::int64_t>(pause_of(of, today, longest_pause)));
}

POLKU_DECL walked_case walk(const service_path& path, const walk_options& options, time::date first, time::date last,
                            std::uint64_t longest_pause, context with) {
    walked_case made;
    random_walk chance(path, options);
    const auto has_ended = [&] {
        return made.state.is_closed() && std::none_of(made.state.check_points.begin(), made.state.check_points.end(),
                                                      [](const check_point& each) { return each.is_open(); });
    };
    int refused_today = 0;
    for (time::date today = first; today <= last && !has_ended();) {
        with.today = today;
        auto events = decide(path, made.state, chance.next(made.state, today), with);
        if (events && !events.value().empty()) {
            made.state = evolve(std::move(made.state), events.value());
            made.commands.push_back(std::move(events).value());
            refused_today = 0;
        } else {
            made.refused += events ? 0 : 1;
            if (++refused_today < 8) continue;  // something else may be possible on the same day
            refused_today = 0;
        }
        const auto later = chance.later(made.state, today, longest_pause);
        if (!later) break;
        today = *later;
    }
    return made;
}

}  // namespace polku::inline POLKU_V::path

#endif
