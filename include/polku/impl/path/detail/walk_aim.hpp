// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_PATH_DETAIL_WALK_AIM_HPP
#define POLKU_IMPL_PATH_DETAIL_WALK_AIM_HPP

// A walk that aims at a state of the proof.

#include <polku/impl/path/detail/walk_step.hpp>

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace polku::inline POLKU_V::path::detail {

/// A client who heads for a state that the seed draws among all, along one of the shortest ways to it, and from there
/// on along any. What comes up on the way may lead elsewhere; the client then goes on from there.
class walk_aim {
public:
    walk_aim(random_walk& chance, const service_path& path, const path_proof& proof, const walk_map& map,
             walk_options options)
        : chance_(chance), path_(path), proof_(proof), map_(map), options_(std::move(options)) {
        options_.record_prefix = "aim ";
        draw_way();
    }

    /// `at` is the state of the case; of no matter before it is opened. Empty where the aim says nothing.
    std::optional<command_body> next(const case_state& now, time::date today, std::size_t at) {
        walk_step step(chance_, path_, options_, now, today, records_);
        if (!now.is_opened()) return step.open();
        if (walked_ != now.marks.walk.size()) arrive(now, at);
        if (stays_++ > patience) {
            if (now.is_closed()) return std::nullopt;
            way_.clear();
            want(at);
        }
        if (now.is_closed()) return reopen_case{"needs support again"};
        if (reopens_ && !has_exits_) return withdraw{"moved to another place", {}};
        if (!region_ || !step.lacks_of(*region_)) choose_region(step);
        if (!region_) return std::nullopt;
        return step.toward(*region_);
    }

    /// Whether the aim was reached or lost, and the case went on from there or would not.
    bool is_over() const { return way_.empty() && (went_on_ || stays_ > patience_after); }

private:
    static constexpr std::uint64_t patience_after = 14;  ///< commands after the aim
    static constexpr std::uint64_t patience = 12;        ///< commands in a stage before something else is wanted

    void draw_way() {
        if (proof_.states.empty()) return;
        std::size_t at = chance_.below(proof_.states.size());
        for (way_.push_back(at); !map_.nearer[at].empty(); way_.push_back(at))
            at = map_.nearer[at][chance_.below(map_.nearer[at].size())];
        const std::string& first = proof_.stages[proof_.states[at].stage];
        for (const auto& [id, entry] : path_.says().entries) options_.habits.entries[id] = entry.stage == first ? 1 : 0;
    }

    /// The client came to a stage, or the case ended.
    void arrive(const case_state& now, std::size_t at) {
        walked_ = now.marks.walk.size();
        stays_ = 0;
        went_on_ = way_.empty();
        if (now.is_closed()) {
            if (!reopens_) way_.clear();
            return;
        }
        if (!way_.empty() && way_.back() == at)
            way_.pop_back();
        else
            way_.clear();
        want(at);
    }

    /// Draws what comes next: of the way where there is one, else any answer of the routing, or that the client leaves.
    void want(std::size_t at) {
        stays_ = 0;
        region_ = nullptr;
        answer_ = nullptr;
        const proof_state& here = proof_.states[at];
        std::vector<const walk_map::answer*> fit;
        if (const auto routing = map_.routing_in(here.stage, here.visits[here.stage]))
            for (const walk_map::answer& each : map_.answers[*routing])
                if (!each.regions.empty()) fit.push_back(&each);
        if (!way_.empty()) return want_way(at, std::move(fit));
        const std::size_t drawn = chance_.below(fit.size() + 1);
        if (drawn < fit.size()) answer_ = fit[drawn];
        has_exits_ = answer_ != nullptr && answer_->is_exit;
        reopens_ = answer_ == nullptr || has_exits_;
    }
    void want_way(std::size_t at, std::vector<const walk_map::answer*> fit) {
        std::vector<walk_map::way> ways = map_.ways[at];
        const auto leads_away = [&](const walk_map::way& each) { return each.to != way_.back(); };
        ways.erase(std::remove_if(ways.begin(), ways.end(), leads_away), ways.end());
        if (ways.empty()) return;
        const walk_map::way wanted = ways[chance_.below(ways.size())];
        reopens_ = wanted.reopens;
        const auto is_other = [&](const walk_map::answer* each) {
            return reopens_ ? !each->is_exit : each->to != wanted.stage;
        };
        fit.erase(std::remove_if(fit.begin(), fit.end(), is_other), fit.end());
        has_exits_ = reopens_ && !fit.empty() && chance_.below(2) == 0;
        if (!fit.empty()) answer_ = fit[chance_.below(fit.size())];
    }

    /// Of some regions the one that the case lacks least of.
    void choose_region(const walk_step& step) {
        constexpr int tries = 4;
        region_ = nullptr;
        if (answer_ == nullptr) return;
        std::size_t fewest = 0;
        for (int i = 0; i < tries; ++i) {
            const walk_region& one = answer_->regions[chance_.below(answer_->regions.size())];
            const auto lacks = step.lacks_of(one);
            if (!lacks || (region_ != nullptr && fewest <= *lacks)) continue;
            region_ = &one;
            fewest = *lacks;
        }
    }

    random_walk& chance_;
    const service_path& path_;
    const path_proof& proof_;
    const walk_map& map_;
    walk_options options_;
    std::int64_t records_ = 0;
    std::vector<std::size_t> way_;  ///< the states to come, the next last
    std::size_t walked_ = 0;
    std::uint64_t stays_ = 0;
    bool reopens_ = false;
    bool went_on_ = false;    ///< a stage or an exit was come to after the aim
    bool has_exits_ = false;  ///< ends by routing before it is reopened
    const walk_map::answer* answer_ = nullptr;
    const walk_region* region_ = nullptr;
};

}  // namespace polku::inline POLKU_V::path::detail

#endif
