// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_RULES_DETAIL_DIFFERENCE_INPUTS_HPP
#define POLKU_IMPL_RULES_DETAIL_DIFFERENCE_INPUTS_HPP

#include <polku/impl/rules/detail/input_cutter.hpp>
#include <polku/impl/rules/detail/question_inputs.hpp>
#include <polku/impl/rules/detail/regions.hpp>
#include <polku/rules/difference.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace polku::inline POLKU_V::rules::detail {

/// One side of a comparison with what it knows.
struct compared_side {
    pack of;
    pack_question asked;  ///< with the facts of the comparison that its pack has
    question_place place;
    bool has_decision = false;
    pack_answer used;  ///< its parameters
    std::vector<std::optional<feel::value>> known;
    std::map<std::string, input_use> uses;

    std::span<const dmn::input_info> inputs() const { return place.program->inputs(place.decision); }
    const dmn::item_type* type(std::size_t input) const { return place.program->input_type(place.decision, input); }
};

POLKU_DECL result<compared_side> try_side(const pack& of, const pack_question& asked, const feel::context& facts,
                                          const std::string& member);
/// The facts that a pack has inputs for.
POLKU_DECL feel::context facts_of(const pack& of, const feel::context& facts);

/// An input that may have any value.
struct shared_input {
    std::string name;
    difference_side of = difference_side::both;
    std::uint32_t was = diagrams::none;  ///< place among the inputs of the side
    std::uint32_t is = diagrams::none;
    feel::type type;
    bool exact = false;               ///< the sides tell no values of a class apart
    std::vector<input_atom> classes;  ///< of the values; none where they are not cut
    region_cut cut;
};

/// The unknown inputs of both sides, those of "was" first, and what is told of their differences.
POLKU_DECL std::vector<shared_input> shared_inputs(const compared_side& was, const compared_side& is);
POLKU_DECL std::vector<input_difference> input_differences(const compared_side& was, const compared_side& is);

/// The classes of an input whose exact value counts, from a value of each and the points between them.
POLKU_DECL std::vector<input_atom> classes_between(std::span<const feel::value> values,
                                                   std::span<const feel::value> points);
/// The class in which a value lies, or `diagrams::none`.
POLKU_DECL std::uint32_t class_of(const feel::value& of, std::span<const input_atom> classes);
/// Some of the classes, ascending, as a FEEL unary test.
POLKU_DECL std::string test_text(std::span<const input_atom> classes, std::span<const std::uint32_t> some);

}  // namespace polku::inline POLKU_V::rules::detail

#endif
