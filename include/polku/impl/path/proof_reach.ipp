// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_PATH_PROOF_REACH_IPP
#define POLKU_IMPL_PATH_PROOF_REACH_IPP

#include <polku/impl/path/detail/proof_model.hpp>
#include <polku/path/proof.hpp>

#include <algorithm>
#include <unordered_map>

namespace polku::inline POLKU_V::path::detail {

POLKU_DECL std::optional<std::size_t> proof_model::place_of(std::string_view id) const {
    for (std::size_t i = 0; i < stage_count(); ++i)
        if (says().stages[i].id == id) return i;
    for (std::size_t i = 0; i < says().exits.size(); ++i)
        if (says().exits[i].id == id) return stage_count() + i;
    return std::nullopt;
}

POLKU_DECL const std::string& proof_model::id_of(std::size_t place) const {
    return is_stage(place) ? says().stages[place].id : exit_at(place).id;
}

POLKU_DECL std::optional<std::size_t> proof_model::reopening_stage() const {
    const auto place = place_of(says().reopening.stage);
    return place && is_stage(*place) ? place : std::nullopt;
}

POLKU_DECL bool is_open_to(const exit_definition& exit, exit_way way) {
    if (exit.ways.empty()) return way == exit_way::routing;
    return std::find(exit.ways.begin(), exit.ways.end(), way) != exit.ways.end();
}

/// The search through the states; a state is found by the bytes of its numbers.
class state_search {
public:
    explicit state_search(const proof_model& of) : of_(of), again_(of.reopening_stage()) {}

    proof_reach run() {
        proof_state none;
        none.visits.assign(of_.stage_count(), 0);
        std::set<std::size_t> first;
        for (const auto& [id, entry] : of_.says().entries)
            if (const auto place = of_.place_of(entry.stage)) first.insert(*place);
        for (const std::size_t stage : first) (void)enter(none, stage, {proof_step::form::entry, 0});
        for (std::size_t at = 0; at < made_.states.size() && made_.complete; ++at) leave(at);
        return std::move(made_);
    }

private:
    void leave(std::size_t at) {
        const proof_state from = made_.states[at];
        const visit_study& study = of_.stages[from.stage].on(from.visits[from.stage]);
        for (const std::size_t place : study.may) {
            ++made_.transitions;
            if (!of_.is_stage(place)) continue;
            if (enter(from, place, {proof_step::form::routed, at})) continue;
            if (refused_.insert({from.stage, place}).second) made_.refusals.push_back({at, place});
        }
        if (!again_) return;
        ++made_.transitions;
        // One more visit than may be: the engine asks for a new case then, which is no state of this one.
        (void)enter(from, *again_, {proof_step::form::reopened, at});
    }

    /// False where the stage was entered as often as may be.
    bool enter(const proof_state& from, std::size_t stage, proof_step how) {
        const std::int64_t cap = of_.cap_of(stage);
        if (cap > 0 && from.visits[stage] >= cap) return false;
        proof_state to = from;
        to.stage = static_cast<std::uint16_t>(stage);
        to.visits[stage] = static_cast<std::uint8_t>(std::min<std::int64_t>(to.visits[stage] + 1, of_.counted[stage]));
        std::string key(to.visits.begin(), to.visits.end());
        key += static_cast<char>(to.stage & 0xFFU);
        key += static_cast<char>(to.stage >> 8U);
        if (!known_.emplace(std::move(key), made_.states.size()).second) return true;
        if (made_.states.size() >= of_.with.max_states) {
            made_.complete = false;
            return true;
        }
        made_.states.push_back(std::move(to));
        made_.steps.push_back(how);
        return true;
    }

    const proof_model& of_;
    std::optional<std::size_t> again_;
    proof_reach made_;
    std::unordered_map<std::string, std::size_t> known_;
    std::set<std::pair<std::size_t, std::size_t>> refused_;
};

POLKU_DECL proof_reach reach_states(const proof_model& of) { return state_search(of).run(); }

/// The highest rank behind an answer; 0 where some pair behind it has none. A stage that is entered again by itself
/// has its next visit; any other one may be on any.
inline std::int64_t rank_behind(const proof_model& of, std::size_t stage, std::size_t visit, std::size_t place) {
    const auto& ranks = of.ranks[place];
    if (place == stage) return ranks[std::min(visit + 1, ranks.size()) - 1];
    std::int64_t highest = 0;
    for (const std::int64_t each : ranks) {
        if (each == 0) return 0;
        highest = std::max(highest, each);
    }
    return highest;
}

/// Steps to an exit that are possible whatever the worst is; 0: none known yet.
inline std::int64_t rank_of(const proof_model& of, std::size_t stage, std::size_t visit) {
    const stage_study& study = of.stages[stage];
    if (!study.has_routing) {
        const auto& exits = of.says().exits;
        return std::any_of(exits.begin(), exits.end(),
                           [](const exit_definition& each) { return is_open_to(each, exit_way::worker); })
                   ? 1
                   : 0;
    }
    const auto& worst = study.on(visit).at_its_worst;
    if (!study.exact || worst.empty()) return 0;
    std::int64_t rank = 1;
    for (const auto& [told, answers] : worst) {
        std::int64_t best = 0;
        for (const std::size_t place : answers) {
            std::int64_t one = 0;
            if (of.is_stage(place)) {
                const std::int64_t behind = rank_behind(of, stage, visit, place);
                one = behind == 0 ? 0 : behind + 1;
            } else if (is_open_to(of.exit_at(place), exit_way::routing)) {
                one = 1;
            }
            if (one != 0 && (best == 0 || one < best)) best = one;
        }
        if (best == 0) return 0;
        rank = std::max(rank, best);
    }
    return rank;
}

POLKU_DECL void rank_exits(proof_model& of) {
    of.ranks.clear();
    for (const stage_study& each : of.stages) of.ranks.emplace_back(each.visits.size(), 0);
    for (bool more = true; more;) {
        more = false;
        auto next = of.ranks;
        for (std::size_t stage = 0; stage < of.stages.size(); ++stage)
            for (std::size_t at = 0; at < of.ranks[stage].size(); ++at) {
                if (of.ranks[stage][at] != 0) continue;
                next[stage][at] = rank_of(of, stage, at + 1);
                more = more || next[stage][at] != 0;
            }
        of.ranks = std::move(next);
    }
}

POLKU_DECL std::vector<std::vector<bool>> ways_out(const proof_model& of) {
    std::vector<std::vector<bool>> out;
    for (const stage_study& each : of.stages) out.emplace_back(each.visits.size(), false);
    const auto leads_out = [&](std::size_t stage, std::size_t at) {
        if (!of.stages[stage].has_routing) return rank_of(of, stage, at + 1) != 0;
        for (const std::size_t place : of.stages[stage].visits[at].may) {
            if (!of.is_stage(place)) {
                if (is_open_to(of.exit_at(place), exit_way::routing)) return true;
                continue;
            }
            const auto& there = out[place];
            if (std::find(there.begin(), there.end(), true) != there.end()) return true;
        }
        return false;
    };
    for (bool more = true; more;) {
        more = false;
        for (std::size_t stage = 0; stage < out.size(); ++stage)
            for (std::size_t at = 0; at < out[stage].size(); ++at)
                if (!out[stage][at] && leads_out(stage, at)) out[stage][at] = more = true;
    }
    return out;
}

POLKU_DECL std::vector<std::int64_t> loop_levels(const proof_model& of) {
    // A stage gets a level when all that it can lead to for ever has one: those left over are on a circle or before it.
    std::vector<std::int64_t> levels(of.stages.size(), -1);
    for (bool more = true; more;) {
        more = false;
        for (std::size_t stage = 0; stage < levels.size(); ++stage) {
            if (levels[stage] >= 0) continue;
            std::int64_t level = 0;
            for (const std::size_t place : of.stages[stage].visits.back().may) {
                if (of.cap_of(stage) > 0 || !of.is_stage(place) || of.cap_of(place) > 0) continue;
                level = levels[place] < 0 || level < 0 ? -1 : std::max(level, levels[place] + 1);
            }
            if (level < 0) continue;
            levels[stage] = level;
            more = true;
        }
    }
    return levels;
}

}  // namespace polku::inline POLKU_V::path::detail

#endif
