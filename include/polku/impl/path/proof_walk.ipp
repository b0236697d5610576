// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_PATH_PROOF_WALK_IPP
#define POLKU_IMPL_PATH_PROOF_WALK_IPP

#include <polku/path/case_step.hpp>
#include <polku/path/proof_walk.hpp>
#include <polku/path/random_walk.hpp>

#include <algorithm>
#include <utility>

namespace polku::inline POLKU_V::path {

POLKU_DECL proof_walker::proof_walker(const service_path& path, const path_proof& proof)
    : path_(path), proof_(proof), seen_(proof.states.size()) {}

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
    const auto found = std::lower_bound(proof_.states.begin(), proof_.states.end(), here_);
    if (found == proof_.states.end() || *found != here_)
        return fail(seed, "a case is in a state that the proof does not have");
    const auto at = static_cast<std::size_t>(found - proof_.states.begin());
    if (!seen_[at]) ++counts_.states;
    seen_[at] = true;
}

POLKU_DECL const routing_answers* proof_walker::answers_in(const case_state& of) const {
    const routing_answers* found = nullptr;
    for (const routing_answers& each : proof_.routing)
        if (of.stage && each.stage == of.stage->stage && each.visit <= of.stage->visit) found = &each;
    return found;
}

POLKU_DECL void proof_walker::walk(std::uint64_t seed, std::uint64_t steps) {
    constexpr std::uint64_t longest_pause = 40;
    walk_options options;
    options.seed = seed;
    options.client = std::string(32, 'a');
    random_walk chance(path_, std::move(options));
    case_state now;
    context with;
    with.actor = "worker-1";
    with.purpose = "service";
    // Each period of law in turn: services and duties come and go with them.
    with.today = proof_.law_days[static_cast<std::size_t>(seed % proof_.law_days.size())];
    ++counts_.walks;
    for (std::uint64_t step = 0; step < steps; ++step) {
        const command asked = chance.next(now, with.today);
        ++counts_.steps;
        const bool routed = std::holds_alternative<route>(asked.what);
        const routing_answers* answers = routed ? answers_in(now) : nullptr;
        if (const auto happened = decide_and_evolve(path_, now, asked, with); !happened) {
            look_at_refusal(seed, asked.what, happened.error());
        } else {
            ++counts_.accepted;
            counts_.routed += routed ? 1 : 0;
            if (routed) {
                const std::string& to = now.ending ? now.ending->exit : now.stage->stage;
                if (!answers || !std::binary_search(answers->may.begin(), answers->may.end(), to))
                    fail(seed, "routing led to '" + to + "', which the proof does not have");
            }
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
