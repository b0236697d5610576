// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_PATH_PROOF_WALK_IPP
#define POLKU_IMPL_PATH_PROOF_WALK_IPP

#include <polku/impl/path/detail/walk_aim.hpp>
#include <polku/impl/path/detail/walk_map.hpp>
#include <polku/path/case_step.hpp>
#include <polku/path/proof_walk.hpp>
#include <polku/path/random_walk.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace polku::inline POLKU_V::path {

POLKU_DECL proof_walker::proof_walker(const service_path& path, const path_proof& proof)
    : path_(path),
      proof_(proof),
      map_(std::make_shared<const detail::walk_map>(path, proof)),
      seen_(proof.states.size()) {
    for (const routing_answers& each : proof.routing) went_.emplace_back(each.may.size());
}

POLKU_DECL void proof_walker::fail(std::uint64_t seed, const std::string& what) {
    constexpr std::size_t most_told = 10;
    ++counts_.failures;
    if (counts_.first.size() < most_told) counts_.first.push_back("seed " + std::to_string(seed) + ": " + what);
}

/// Refusals that no case meets on a path whose properties are proved.
POLKU_DECL void proof_walker::look_at_refusal(std::uint64_t seed, const command_body& asked, const error& refusal) {
    switch (refusal.code()) {
        case error_code::exit_not_allowed:
        case error_code::routing_output:
        case error_code::path_expression: return fail(seed, refusal.message());
        case error_code::visit_limit:
            if (!std::holds_alternative<reopen_case>(asked)) fail(seed, refusal.message());
            return;
        case error_code::routing_undecided:
            // Where facts are missing the engine asks for them first: that is no gap.
            if (refusal.message().find("no rule fits") != std::string::npos) fail(seed, refusal.message());
            return;
        default: return;
    }
}

POLKU_DECL void proof_walker::look_at_state(std::uint64_t seed, const case_state& now) {
    here_.stage = 0;
    here_.visits.resize(proof_.stages.size());
    for (std::size_t i = 0; i < proof_.stages.size(); ++i) {
        const auto found = now.visits.find(proof_.stages[i]);
        const std::int64_t visits = found == now.visits.end() ? 0 : found->second;
        here_.visits[i] = static_cast<std::uint8_t>(std::min(visits, proof_.counted[i]));
        if (now.stage && now.stage->stage == proof_.stages[i]) here_.stage = static_cast<std::uint16_t>(i);
    }
    const auto found = map_->find(here_);
    if (!found) return fail(seed, "a case is in a state that the proof does not have");
    at_ = *found;
    if (!seen_[at_]) ++counts_.states;
    seen_[at_] = true;
}

POLKU_DECL std::optional<std::size_t> proof_walker::answers_in(const case_state& of) const {
    const auto stage = of.stage ? map_->stage_named(of.stage->stage) : std::nullopt;
    return stage ? map_->routing_in(*stage, of.stage->visit) : std::nullopt;
}

POLKU_DECL void proof_walker::look_at_answer(std::uint64_t seed, std::optional<std::size_t> answers,
                                             const std::string& to) {
    if (answers) {
        const std::vector<std::string>& may = proof_.routing[*answers].may;
        const auto found = std::lower_bound(may.begin(), may.end(), to);
        if (found != may.end() && *found == to) {
            std::uint64_t& times = went_[*answers][static_cast<std::size_t>(found - may.begin())];
            counts_.answers += times++ == 0 ? 1 : 0;
            return;
        }
    }
    fail(seed, "routing led to '" + to + "', which the proof does not have");
}

POLKU_DECL void proof_walker::walk(std::uint64_t seed, std::uint64_t steps) {
    constexpr std::uint64_t longest_pause = 40;
    // Of a hundred commands those that are by chance alone: some walks wander, others go straight for their aim.
    constexpr std::array<std::uint64_t, 8> shares{100, 40, 20, 10, 5, 5, 0, 0};
    constexpr std::uint64_t share_at_the_end = 30;
    constexpr std::uint64_t steps_by_chance = 40;
    walk_options options;
    options.seed = seed;
    options.client = std::string(32, 'a');
    random_walk chance(path_, options);
    const std::uint64_t share = shares[chance.below(shares.size())];
    detail::walk_aim aim(chance, path_, proof_, *map_, std::move(options));
    case_state now;
    context with;
    with.actor = "worker-1";
    with.purpose = "service";
    // Each period of law in turn: services and duties come and go with them.
    with.today = proof_.law_days[static_cast<std::size_t>(seed % proof_.law_days.size())];
    ++counts_.walks;
    const std::uint64_t most = share == 100 ? std::min(steps, steps_by_chance) : steps;
    for (std::uint64_t step = 0; step < most; ++step) {
        if (share < 100 && aim.is_over()) return;
        const std::uint64_t of_chance = now.is_closed() ? std::max(share, share_at_the_end) : share;
        const bool is_aimed = share < 100 && (!now.is_opened() || chance.below(100) >= of_chance);
        std::optional<command_body> wanted;
        if (is_aimed) wanted = aim.next(now, with.today, at_);
        const command asked = wanted ? command{*std::move(wanted), {}} : chance.next(now, with.today);
        ++counts_.steps;
        const bool routed = std::holds_alternative<route>(asked.what);
        const std::optional<std::size_t> answers = routed ? answers_in(now) : std::nullopt;
        if (const auto happened = decide_and_evolve(path_, now, asked, with); !happened) {
            look_at_refusal(seed, asked.what, happened.error());
        } else {
            ++counts_.accepted;
            counts_.routed += routed ? 1 : 0;
            if (routed) look_at_answer(seed, answers, now.ending ? now.ending->exit : now.stage->stage);
            if (now.is_opened()) look_at_state(seed, now);
            if (!now.is_closed() && now.stage && now.stage->deadline <= now.stage->since)
                fail(seed, "stage '" + now.stage->stage + "' has no time");
        }
        const auto later = chance.later(now, with.today, longest_pause);
        if (!later) return;
        with.today = *later;
    }
}

}  // namespace polku::inline POLKU_V::path

#endif
