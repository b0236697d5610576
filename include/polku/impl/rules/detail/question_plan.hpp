// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_RULES_DETAIL_QUESTION_PLAN_HPP
#define POLKU_IMPL_RULES_DETAIL_QUESTION_PLAN_HPP

#include <polku/impl/rules/detail/regions.hpp>

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <unordered_map>
#include <utility>
#include <vector>

namespace polku::inline POLKU_V::rules::detail {

/// The order of questions with the lowest expected cost, by dynamic programming over what is left of the parts of an
/// outcome as variables become known; where that is too much work, a good first question by looking one step
/// ahead. Questions are variables: one costs what those of its inputs cost that were not asked yet.
class question_plan {
public:
    static constexpr std::size_t max_inputs = 256;
    struct step {
        std::uint32_t variable = diagrams::none;  ///< `none`: only exact values are left to ask
        double expected = 0;
        bool optimal = false;
    };

    /// `costs` by input; at most `max_inputs` of them.
    question_plan(regions& of, std::span<const std::int64_t> costs, std::size_t max_work)
        : of_(of), store_(of.store()), costs_(costs), max_work_(max_work) {}

    POLKU_DECL step first();
    /// Inputs whose exact values the parts end in.
    POLKU_DECL std::vector<std::uint32_t> exact_inputs(std::span<const diagram> parts) const;

private:
    using asked_set = std::bitset<max_inputs>;
    struct state {
        std::vector<diagram> parts;  ///< ascending, each once; constants are left out
        asked_set asked;             ///< of the inputs that more than one question has
        bool operator==(const state&) const = default;
    };
    struct state_hash {
        std::size_t operator()(const state& of) const noexcept {
            std::uint64_t made = std::hash<asked_set>()(of.asked);
            for (const diagram each : of.parts) made = (made ^ each) * 0x9E3779B97F4A7C15ULL;
            return static_cast<std::size_t>(made >> 17U);
        }
    };

    /// What a part can ask, found once: parts come back in many states.
    struct part_needs {
        std::vector<std::uint32_t> variables;  ///< ascending
        std::vector<std::uint32_t> exact;      ///< inputs whose exact values it ends in, ascending
        std::size_t nodes = 0;
    };
    /// How probable it is that each variable is asked when a part is read in the order of its diagram.
    struct part_reach {
        std::vector<std::pair<std::uint32_t, double>> variables;
        double exact = 0;  ///< that it ends in an exact value
    };
    POLKU_DECL const part_needs& needs_of(diagram part) const;
    POLKU_DECL const part_reach& reach_of(diagram part) const;
    POLKU_DECL void add_below(diagram of) const;
    POLKU_DECL state start();
    POLKU_DECL state after(const state& from, std::uint32_t variable, std::uint32_t atom);
    POLKU_DECL std::vector<std::uint32_t> open_variables(const state& of, std::size_t* nodes = nullptr) const;
    POLKU_DECL double cost_of(std::uint32_t variable, const asked_set& asked) const;
    POLKU_DECL double exact_cost(const state& of) const;
    POLKU_DECL std::optional<double> best(const state& of, std::uint32_t* first);
    POLKU_DECL double estimate(const state& of, std::vector<double>* reached) const;
    POLKU_DECL step looked_ahead(const state& from);

    regions& of_;
    diagrams& store_;
    std::span<const std::int64_t> costs_;
    std::size_t max_work_;
    std::size_t work_ = 0;
    asked_set shared_;
    std::unordered_map<state, double, state_hash> known_;
    mutable std::unordered_map<diagram, part_needs> needs_;
    mutable std::unordered_map<diagram, part_reach> reach_;
    mutable std::vector<diagram> below_;  // nodes of the part that is read, children first
    mutable std::vector<double> share_;   // by node; -1: not met
    mutable std::vector<bool> is_open_;   // by variable
};

}  // namespace polku::inline POLKU_V::rules::detail

#if defined(POLKU_HEADER_ONLY)
#include <polku/impl/rules/question_plan.ipp>
#endif

#endif
