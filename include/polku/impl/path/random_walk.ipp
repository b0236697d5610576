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
    detail::walk_choices choices(*this, path_, options_, of, today, records_);
    return {choices.draw(), {}};
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
        const auto later = today.plus_days(static_cast<std::int64_t>(chance.below(longest_pause + 1)));
        if (!later) break;
        today = *later;
    }
    return made;
}

}  // namespace polku::inline POLKU_V::path

#endif
