// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_RULES_DETAIL_REGION_PAIRS_HPP
#define POLKU_IMPL_RULES_DETAIL_REGION_PAIRS_HPP

#include <polku/impl/rules/detail/regions.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace polku::inline POLKU_V::rules::detail {

/// One side of a pair: a known value, or what is known of it.
struct region_end {
    enum class kind : std::uint8_t { value, computed, absent, varies };
    kind is = kind::value;
    feel::value value;
    std::vector<std::uint32_t> inputs;  ///< of a computed one

    bool operator==(const region_end&) const = default;
};

/// A place of the outcome where two decisions answer differently, or may do so.
struct region_pair {
    std::string path;                 ///< members, with dots between; empty: the outcome itself
    std::optional<feel::value> item;  ///< of a list: whether this item is in it
    region_end was;
    region_end is;
    bool certain = false;  ///< the two differ wherever this pair stands

    bool operator==(const region_pair&) const = default;
};

/// Two outcomes over the same variables as one diagram that says where and how they differ. Its terminals are numbers
/// of `sets()`: what may be the case there, each a set of `combinations()`, each a set of `pairs()`. It branches on
/// inputs, and where `told` is asked for it on computed values that the models name: of all else that is computed from
/// several inputs, or from exact values, each terminal says all that can be.
class region_pairs {
public:
    /// `max_combinations`: past it, pairs at the same place are told as one that varies.
    region_pairs(regions& of, std::size_t max_combinations) : of_(of), store_(of.store_), most_(max_combinations) {}

    static constexpr int coarsest = 2;

    /// Compares a member alone, or the whole outcomes where its name is empty.
    POLKU_DECL void run(region_value was, region_value is, const std::string& member);
    /// The diagram. What changes is told pair by pair (0), by the place of pairs (1), or as a whole (2): as coarse as
    /// asked for, or coarser where there are too many combinations.
    POLKU_DECL diagram told(int& coarseness, bool with_names);

    const std::vector<region_pair>& pairs() const noexcept { return pairs_; }
    /// Ascending places in `pairs()`; the first one is empty: no difference.
    const std::vector<std::vector<std::uint32_t>>& combinations() const noexcept { return combinations_.list; }
    /// Ascending places in `combinations()`.
    const std::vector<std::vector<std::uint32_t>>& sets() const noexcept { return sets_.list; }
    /// The place in `sets()` of a terminal of the answer.
    std::uint32_t set_at(diagram terminal) const noexcept { return store_.at(terminal).term - first_set; }

private:
    /// Lists of numbers, each once, by the order in which they were met.
    struct number_lists {
        std::vector<std::vector<std::uint32_t>> list;
        std::map<std::vector<std::uint32_t>, std::uint32_t> places;
        std::uint32_t place_of(std::vector<std::uint32_t> of);
    };
    /// An item that may stand in the lists of both sides.
    struct shared_item {
        feel::value is;
        diagram was = diagrams::falsehood;
        diagram now = diagrams::falsehood;
    };
    struct ordered_item {
        std::size_t of = 0;  ///< place among the shared items
        diagram guard = diagrams::falsehood;
    };
    // Terms of terminals that stand for no value; past all terms of values.
    static constexpr std::uint32_t first_pair = 1U << 26U;
    static constexpr std::uint32_t first_combination = 1U << 27U;
    static constexpr std::uint32_t first_set = 1U << 28U;

    POLKU_DECL void compare(const region_value& was, const region_value& is, const std::string& path, int depth);
    POLKU_DECL void compare_flat(const region_value& was, const region_value& is, diagram within,
                                 const std::string& path);
    POLKU_DECL void compare_contexts(const region_value& was, const region_value& is, diagram within,
                                     const std::string& path, int depth);
    POLKU_DECL void compare_lists(const region_value& was, const region_value& is, diagram within,
                                  const std::string& path);
    POLKU_DECL bool list_items(const region_value& of, diagram within, bool is_was, std::vector<shared_item>& shared,
                               std::vector<std::pair<std::size_t, std::size_t>>& order);
    POLKU_DECL static bool has_circle(std::size_t items, const std::vector<std::pair<std::size_t, std::size_t>>& order);
    POLKU_DECL region_value member_of(const region_value& of, const std::string& name);
    POLKU_DECL region_value narrowed(const region_value& of, diagram within);
    POLKU_DECL std::vector<std::string> members_of(const region_value& of) const;
    POLKU_DECL diagram where(const region_value& of, diagram mark, feel::kind kind);
    POLKU_DECL diagram pair_of(region_pair made);
    POLKU_DECL region_end end_of(diagram plain, diagram flat) const;
    POLKU_DECL bool surely_differ(diagram left, diagram right) const;
    POLKU_DECL void add(diagram component);
    POLKU_DECL diagram folded(int coarseness);
    POLKU_DECL std::uint32_t coarse(std::uint32_t pair, int coarseness);
    POLKU_DECL diagram projected(diagram of);
    POLKU_DECL diagram joined(diagram left, diagram right);

    regions& of_;
    diagrams& store_;
    std::size_t most_;
    std::vector<region_pair> pairs_;
    std::vector<diagram> components_;
    number_lists combinations_;
    number_lists sets_;
    std::unordered_map<diagram, diagram> projected_;
    bool with_names_ = false;
};

}  // namespace polku::inline POLKU_V::rules::detail

#if defined(POLKU_HEADER_ONLY)
#include <polku/impl/rules/region_pairs.ipp>
#endif

#endif
