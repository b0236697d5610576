// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_RULES_DETAIL_QUESTION_PLAN_HPP
#define POLKU_IMPL_RULES_DETAIL_QUESTION_PLAN_HPP

#include <polku/impl/rules/detail/regions.hpp>

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <span>
#include <unordered_map>
#include <utility>
#include <vector>

namespace polku::inline POLKU_V::rules::detail {

/// The order of questions with the lowest expected cost, by branch and bound over what is left of the parts of an
/// outcome as variables become known; where that is too much work, a good first question by the same search over the
/// few questions that look best, or by looking one step ahead. Questions are variables: one costs what those of its
/// inputs cost that were not asked yet.
class question_plan {
public:
    static constexpr std::size_t max_inputs = 256;
    struct step {
        std::uint32_t variable = diagrams::none;  ///< `none`: only exact values are left to ask
        double expected = 0;
        bool optimal = false;
    };

    /// `costs` by input; at most `max_inputs` of them. `chances` by variable and atom, each variable's together one.
    question_plan(regions& of, std::span<const std::int64_t> costs, std::vector<std::vector<double>> chances,
                  std::size_t max_work)
        : of_(of), store_(of.store()), costs_(costs), chances_(std::move(chances)), max_work_(max_work) {}

    POLKU_DECL step first();
    /// Inputs whose exact values the parts end in.
    POLKU_DECL std::vector<std::uint32_t> exact_inputs(std::span<const diagram> parts) const;

private:
    using asked_set = std::bitset<max_inputs>;
    struct state {
        std::vector<diagram> parts;  ///< ascending, each once; constants are left out
        asked_set asked;             ///< of the inputs that more than one question has and that are still of use
        bool operator==(const state&) const = default;
    };
    struct state_hash {
        std::size_t operator()(const state& of) const noexcept {
            std::uint64_t made = std::hash<asked_set>()(of.asked);
            for (const diagram each : of.parts) made = (made ^ each) * 0x9E3779B97F4A7C15ULL;
            return static_cast<std::size_t>(made >> 17U);
        }
    };
    /// What is known of a state: its lowest expected cost, or a bound below it.
    struct found {
        double low = 0;
        bool is_exact = false;
        std::uint32_t first = diagrams::none;
    };

    /// What a part can ask, found once: parts come back in many states.
    struct part_needs {
        std::vector<std::uint32_t> variables;            ///< ascending
        std::vector<std::vector<std::uint32_t>> groups;  ///< of each: by atom, the first one that leads to the same
        std::vector<std::uint32_t> exact;                ///< inputs whose exact values it ends in, ascending
        std::size_t nodes = 0;
    };
    /// How probable it is that a part asks for something: when it is read in the order of its diagram, or in every
    /// order at least.
    struct part_reach {
        std::vector<std::pair<std::uint32_t, double>> variables;
        double exact = 0;                                       ///< that it ends in an exact value
        std::vector<std::pair<std::uint32_t, double>> exactly;  ///< that it ends in the one of an input
    };
    /// A question in a state, with a bound below the expected cost when it comes first.
    struct candidate {
        std::uint32_t variable = diagrams::none;
        double cost = 0;
        double low = 0;
    };
    /// What follows an answer.
    struct outlook {
        state next;
        double chance = 0;
        double low = 0;  ///< a bound below its expected cost
    };
    POLKU_DECL const part_needs& needs_of(diagram part) const;
    POLKU_DECL const part_reach& read_of(diagram part) const;
    POLKU_DECL const part_reach& needed_of(diagram part);
    POLKU_DECL part_reach reach_of(diagram part, std::span<const double> counts) const;
    template <typename Visit>
    void go_down(diagram part, Visit&& visit) const;
    POLKU_DECL void find_below(diagram part) const;
    POLKU_DECL double differs(diagram left, diagram right);
    POLKU_DECL double least_need(diagram node);
    POLKU_DECL state start();
    POLKU_DECL state left_of(const state& from, std::uint32_t variable, std::uint32_t atom);
    POLKU_DECL state after(const state& from, std::uint32_t variable, std::uint32_t atom);
    POLKU_DECL void keep_useful(state& of) const;
    POLKU_DECL std::vector<std::uint32_t> open_variables(const state& of, std::size_t* nodes = nullptr) const;
    POLKU_DECL std::vector<std::pair<std::uint32_t, double>> answers_of(const state& of, std::uint32_t variable) const;
    POLKU_DECL std::vector<state> independent(const state& of) const;
    POLKU_DECL double cost_of(std::uint32_t variable, const asked_set& asked) const;
    POLKU_DECL double exact_cost(const state& of) const;
    POLKU_DECL double solve(const state& of, double below);
    POLKU_DECL double solve_apart(const std::vector<state>& parts, double below);
    POLKU_DECL double solve_one(const state& of, double below);
    POLKU_DECL double asked_first(const state& of, const candidate& question, double below);
    POLKU_DECL std::vector<outlook> outlooks(const state& of, std::uint32_t variable);
    POLKU_DECL std::vector<candidate> candidates(const state& of);
    POLKU_DECL double lower_bound(const state& of);
    POLKU_DECL double needs_cost(const state& of);
    POLKU_DECL double estimate(const state& of, std::vector<double>* reached) const;
    POLKU_DECL double least_estimate(const state& from, std::uint32_t variable) const;
    POLKU_DECL double greedy(const state& of);
    POLKU_DECL bool rolled_out(const state& from, step& into);
    POLKU_DECL step looked_ahead(const state& from);

    regions& of_;
    diagrams& store_;
    std::span<const std::int64_t> costs_;
    std::vector<std::vector<double>> chances_;
    std::size_t max_work_;
    std::size_t work_ = 0;
    bool gave_up_ = false;
    asked_set shared_;
    std::unordered_map<state, found, state_hash> known_;
    mutable std::unordered_map<diagram, part_needs> needs_;
    std::unordered_map<state, double, state_hash> greedy_;
    mutable std::unordered_map<diagram, part_reach> read_;
    std::unordered_map<diagram, part_reach> needed_;
    std::unordered_map<std::uint64_t, double> differs_;  // by two diagrams
    std::unordered_map<diagram, double> least_needs_;    // by node
    std::vector<double> need_;                           // by input: of the state that was looked at last
    std::vector<double> exact_need_;
    mutable std::vector<diagram> below_;        // nodes of the part that is read, parents first
    mutable std::vector<std::uint64_t> met_;    // of `find_below`: a bit for each node, all clear between uses
    mutable std::vector<double> share_;         // by node; all 0 between uses
    mutable std::vector<double> by_variable_;   // of `reach_of`
    mutable std::vector<std::uint32_t> place_;  // of `needs_of`: by variable
    mutable std::vector<bool> is_open_;         // by variable
};

}  // namespace polku::inline POLKU_V::rules::detail

#if defined(POLKU_HEADER_ONLY)
#include <polku/impl/rules/question_plan.ipp>
#endif

#endif
