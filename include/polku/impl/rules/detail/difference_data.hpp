// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_RULES_DETAIL_DIFFERENCE_DATA_HPP
#define POLKU_IMPL_RULES_DETAIL_DIFFERENCE_DATA_HPP

#include <polku/impl/rules/detail/difference_inputs.hpp>
#include <polku/impl/rules/detail/region_pairs.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace polku::inline POLKU_V::rules::detail {

/// An input on which regions depend, or a value that is computed from inputs.
struct box_column {
    std::uint32_t input = 0;  ///< place among the shared inputs
    std::vector<input_atom> classes;
    std::uint32_t computed = diagrams::none;  ///< place among the computed values; `none`: the column is an input's
};

/// A computed value that a model names.
struct computed_value {
    std::string decision;
    std::string entry;  ///< of the context that the decision answers; empty: the answer itself
    difference_side of = difference_side::both;
    std::vector<std::uint32_t> inputs;  ///< shared inputs that it hangs on
};

/// A product of sets of classes: one for each column, as a place among the known sets; 0: all classes.
struct region_box {
    std::uint32_t set = 0;  ///< what may be the case there
    std::vector<std::uint32_t> sides;

    auto operator<=>(const region_box&) const = default;
};

/// A diagram of what may be the case, without the store in which it was made.
struct box_tree {
    struct node {
        std::uint32_t column = diagrams::none;  ///< `none`: a leaf
        std::uint32_t set = 0;                  ///< of a leaf
        std::vector<std::uint32_t> below;
    };
    std::vector<node> nodes;
    std::uint32_t root = 0;
};

/// Cuts the changed part of a diagram into disjoint boxes and merges those that make one.
class box_cutter {
public:
    box_cutter(const box_tree& tree, const std::vector<box_column>& columns, std::uint32_t unchanged)
        : tree_(tree), columns_(columns), unchanged_(unchanged) {
        side_of({});
    }

    POLKU_DECL void run(std::size_t max_boxes, std::size_t max_unmerged);
    const std::vector<region_box>& boxes() const noexcept { return boxes_; }
    /// Ascending classes; none for the first: all.
    const std::vector<std::vector<std::uint32_t>>& sides() const noexcept { return sides_; }
    double paths() const noexcept { return paths_; }
    bool merged() const noexcept { return merged_; }

private:
    POLKU_DECL std::uint32_t side_of(std::vector<std::uint32_t> classes);
    POLKU_DECL double count(std::uint32_t node, std::vector<double>& known) const;
    POLKU_DECL void walk(std::uint32_t node, region_box& so_far);
    POLKU_DECL bool merge(std::size_t column);

    const box_tree& tree_;
    const std::vector<box_column>& columns_;
    std::uint32_t unchanged_;
    std::vector<region_box> boxes_;
    std::vector<std::vector<std::uint32_t>> sides_;
    std::map<std::vector<std::uint32_t>, std::uint32_t> side_places_;
    std::size_t most_ = 0;
    double paths_ = 0;
    bool merged_ = false;
};

struct difference_data {
    compared_side was;
    compared_side is;
    feel::context facts;
    std::string member;
    std::vector<shared_input> inputs;
    std::vector<box_column> columns;
    std::vector<computed_value> computed;
    box_tree tree;
    std::vector<region_box> boxes;  ///< those that are told first
    std::vector<std::vector<std::uint32_t>> sides;
    std::uint32_t unchanged = diagrams::none;  ///< the set that says so
    difference_answer says;

    static difference made(std::shared_ptr<const difference_data> data);
    const compared_side& side(bool is_was) const noexcept { return is_was ? was : is; }
};

/// What a side answers for facts: the whole answer or the member; absent where there is no such member.
POLKU_DECL result<std::optional<feel::value>> try_replay(const compared_side& side, const feel::context& facts,
                                                         const std::string& member);
/// What a computed value is for facts; null as well where its decision is none for them.
POLKU_DECL result<feel::value> try_compute(const difference_data& in, const computed_value& of,
                                           const feel::context& facts);
/// Facts in a box for which the sides answer differently.
POLKU_DECL std::optional<difference_witness> find_witness(const difference_data& in, const region_box& box,
                                                          std::size_t max_tries);

}  // namespace polku::inline POLKU_V::rules::detail

#endif
