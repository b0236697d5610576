// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_PATH_DETAIL_WALK_MAP_HPP
#define POLKU_IMPL_PATH_DETAIL_WALK_MAP_HPP

// Where a proof says that cases can go, laid out for walks that aim at its states.

#include <polku/path/case_inputs.hpp>
#include <polku/path/proof.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace polku::inline POLKU_V::path::detail {

/// Inputs of a routing decision that give one of its answers, by what a walk can do about them.
struct walk_region {
    std::vector<std::pair<std::string, feel::value>> facts;       ///< null: not known
    std::vector<std::pair<const case_input*, feel::value>> told;  ///< what only the case can tell
    std::optional<bool> placement_runs;
    std::optional<feel::value> placement_kind;
};

struct walk_map {
    /// A transition of the model.
    static constexpr std::size_t nowhere = static_cast<std::size_t>(-1);
    struct way {
        std::size_t to = 0;  ///< number of the state; `nowhere`: the proof has no such state
        std::string stage;
        bool reopens = false;
    };
    /// One answer of a routing decision.
    struct answer {
        std::string to;
        bool is_exit = false;
        std::vector<walk_region> regions;
    };

    std::vector<std::vector<way>> ways;             ///< by state
    std::vector<std::vector<std::size_t>> nearer;   ///< by state: those before it that are one step nearer to an entry
    std::vector<std::size_t> steps;                 ///< by state: from the entry on
    std::vector<std::vector<std::size_t>> routing;  ///< by stage and visit (from 0): number of its answers
    std::vector<std::vector<answer>> answers;       ///< as `path_proof::routing`

    walk_map(const service_path& path, const path_proof& proof) : proof_(proof) {
        for (const std::string& each : proof.stages) routing.push_back(routing_of(each));
        add_answers(path);
        lay_ways(path);
        measure();
    }

    std::optional<std::size_t> find(const proof_state& of) const {
        const auto found = std::lower_bound(proof_.states.begin(), proof_.states.end(), of);
        if (found == proof_.states.end() || *found != of) return std::nullopt;
        return static_cast<std::size_t>(found - proof_.states.begin());
    }
    /// Number of the answers in a stage on a visit; empty where it has none.
    std::optional<std::size_t> routing_in(std::size_t stage, std::int64_t visit) const {
        const auto& visits = routing[stage];
        if (visits.empty() || visit < 1) return std::nullopt;
        return visits[std::min(static_cast<std::size_t>(visit), visits.size()) - 1];
    }
    std::optional<std::size_t> stage_named(const std::string& id) const {
        const auto found = std::find(proof_.stages.begin(), proof_.stages.end(), id);
        if (found == proof_.stages.end()) return std::nullopt;
        return static_cast<std::size_t>(found - proof_.stages.begin());
    }

private:
    std::vector<std::size_t> routing_of(const std::string& stage) const {
        std::vector<std::size_t> made;
        for (std::size_t i = 0; i < proof_.routing.size(); ++i)
            if (proof_.routing[i].stage == stage) made.push_back(i);
        return made;
    }

    void add_answers(const service_path& path) {
        for (const routing_answers& each : proof_.routing) {
            answers.emplace_back();
            for (const std::string& to : each.may) answers.back().push_back({to, path.find_exit(to) != nullptr, {}});
        }
        // What the engine gave as an example is walked towards also where the proof does not list it.
        for (const routing_example& each : proof_.examples) {
            auto& known = answers[each.answers];
            auto found = std::find_if(known.begin(), known.end(), [&](const answer& one) { return one.to == each.to; });
            if (found == known.end()) {
                const bool is_exit = path.find_exit(each.to) != nullptr;
                found = known.insert(known.end(), answer{each.to, is_exit, {}});
            }
            found->regions.push_back(region_of(each));
        }
    }

    static walk_region region_of(const routing_example& of) {
        walk_region made;
        for (const auto& [name, value] : of.inputs) {
            if (name == "placement running")
                made.placement_runs = value.is_true();
            else if (name == "placement kind")
                made.placement_kind = value;
            else if (const case_input* told = find_case_input(name))
                made.told.emplace_back(told, value);
            else
                made.facts.emplace_back(name, value);
        }
        return made;
    }

    void lay_ways(const service_path& path) {
        const auto again = stage_named(path.says().reopening.stage);
        ways.resize(proof_.states.size());
        for (std::size_t at = 0; at < ways.size(); ++at) {
            const proof_state& from = proof_.states[at];
            if (const auto here = routing_in(from.stage, from.visits[from.stage]))
                for (const std::string& to : proof_.routing[*here].may) lay(at, stage_named(to), false);
            lay(at, again, true);
        }
    }
    void lay(std::size_t from, std::optional<std::size_t> stage, bool reopens) {
        if (!stage) return;
        proof_state to = proof_.states[from];
        to.stage = static_cast<std::uint16_t>(*stage);
        std::uint8_t& visits = to.visits[*stage];
        visits = static_cast<std::uint8_t>(std::min<std::int64_t>(visits + 1, proof_.counted[*stage]));
        ways[from].push_back({find(to).value_or(nowhere), proof_.stages[*stage], reopens});
    }

    /// Steps from an entry, breadth first: the states of a first visit of one stage alone are where cases come in.
    void measure() {
        constexpr std::size_t far = nowhere;
        steps.assign(ways.size(), far);
        std::vector<std::size_t> reached;
        for (std::size_t at = 0; at < ways.size(); ++at) {
            const auto& visits = proof_.states[at].visits;
            if (std::count(visits.begin(), visits.end(), 0) + 1 != static_cast<std::ptrdiff_t>(visits.size())) continue;
            if (visits[proof_.states[at].stage] != 1) continue;
            steps[at] = 0;
            reached.push_back(at);
        }
        nearer.resize(ways.size());
        for (std::size_t next = 0; next < reached.size(); ++next) {
            const std::size_t from = reached[next];
            for (const way& each : ways[from]) {
                if (each.to == nowhere) continue;
                if (steps[each.to] == far) {
                    steps[each.to] = steps[from] + 1;
                    reached.push_back(each.to);
                }
                if (steps[each.to] == steps[from] + 1) nearer[each.to].push_back(from);
            }
        }
    }

    const path_proof& proof_;
};

}  // namespace polku::inline POLKU_V::path::detail

#endif
