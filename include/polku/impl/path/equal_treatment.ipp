// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_PATH_EQUAL_TREATMENT_IPP
#define POLKU_IMPL_PATH_EQUAL_TREATMENT_IPP

#include <polku/dmn/xml_reader.hpp>
#include <polku/impl/path/detail/treatment_model.hpp>
#include <polku/path/equal_treatment.hpp>

#include <boost/describe/enum_to_string.hpp>

#include <algorithm>

namespace polku::inline POLKU_V::path {

POLKU_DECL std::string_view name_of(treatment_kind of) noexcept { return boost::describe::enum_to_string(of, ""); }
POLKU_DECL std::string_view name_of(treatment_standing of) noexcept { return boost::describe::enum_to_string(of, ""); }
POLKU_DECL std::string_view name_of(treatment_issue of) noexcept { return boost::describe::enum_to_string(of, ""); }

POLKU_DECL proof_verdict equal_treatment::overall() const noexcept {
    proof_verdict all = proof_verdict::proved;
    for (const treatment_pair& each : pairs) {
        if (each.says == proof_verdict::refuted) return proof_verdict::refuted;
        if (each.says == proof_verdict::unknown) all = proof_verdict::unknown;
    }
    return all;
}

namespace detail {

POLKU_DECL const proof_model& treatment_side::studied() {
    if (is_studied) return model;
    is_studied = true;
    for (const auto& [name, xml] : of.models)
        if (auto read = dmn::try_read_model(xml, name)) model.read.emplace(name, std::move(read).value());
    study_routing(model);
    return model;
}

POLKU_DECL const proof_reach& treatment_side::reached() {
    if (!reach) reach = reach_states(studied());
    return *reach;
}

/// True when one is the other or lies below it.
inline bool is_at_or_below(std::string_view pointer, std::string_view above) {
    return pointer.substr(0, above.size()) == above && (pointer.size() == above.size() || pointer[above.size()] == '/');
}

POLKU_DECL std::array<bool, 2> treatment_work::declared_by(const std::string& pointer) const {
    std::array<bool, 2> made{};
    for (std::size_t side = 0; side < 2; ++side)
        made[side] = std::any_of(declared[side].begin(), declared[side].end(), [&](const std::string& said) {
            return is_at_or_below(pointer, said) || is_at_or_below(said, pointer);
        });
    return made;
}

POLKU_DECL void treatment_work::add(treatment_difference what) const {
    ++into.counts[static_cast<std::size_t>(what.is)];
    if (what.is == treatment_standing::refuted) into.says = proof_verdict::refuted;
    if (what.is == treatment_standing::unknown && into.says == proof_verdict::proved)
        into.says = proof_verdict::unknown;
    into.differences.push_back(std::move(what));
}

/// The nearest file that both extend or are, and what the files above it say.
inline void find_base(treatment_work& of) {
    const auto& left = of.sides[0]->of.layers;
    const auto& right = of.sides[1]->of.layers;
    for (std::size_t i = 0; i < left.size(); ++i) {
        const auto same = [&](const variant_layer& each) { return each.identity == left[i].identity; };
        const auto found = std::find_if(right.begin(), right.end(), same);
        if (found == right.end()) continue;
        of.into.base = left[i].name;
        for (std::size_t at = 0; at < i; ++at)
            of.declared[0].insert(left[at].declares.begin(), left[at].declares.end());
        for (auto at = right.begin(); at != found; ++at)
            of.declared[1].insert(at->declares.begin(), at->declares.end());
        return;
    }
}

inline void compare_pair(const treatment_work& of) {
    std::vector<structure_difference> differences = structure_differences(of);
    const bool is_all_declared = std::all_of(differences.begin(), differences.end(),
                                             [](const structure_difference& each) { return is_declared(each.what); });
    if (!is_all_declared) find_walking_clients(of, differences);
    compare_routing(of);
    compare_what_decisions_rest_on(of, differences);
    for (structure_difference& each : differences) of.add(std::move(each.what));
    auto& all = of.into.differences;
    const auto place = [](const treatment_difference& each) {
        return each.is == treatment_standing::refuted ? 0 : each.is == treatment_standing::unknown ? 1 : 2;
    };
    std::stable_sort(all.begin(), all.end(),
                     [&](const auto& left, const auto& right) { return place(left) < place(right); });
    if (all.size() > of.with.max_differences) all.resize(of.with.max_differences);
}

}  // namespace detail

POLKU_DECL equal_treatment compare_treatment(const std::vector<path_variant>& variants, const treatment_options& with) {
    equal_treatment made;
    proof_options how;
    how.max_regions = with.max_regions;
    how.max_states = with.max_states;
    std::vector<detail::treatment_side> sides;
    sides.reserve(variants.size());
    for (const path_variant& each : variants) {
        made.variants.push_back(each.name);
        sides.emplace_back(each, how);
    }
    for (std::size_t i = 0; i < sides.size(); ++i)
        for (std::size_t j = i + 1; j < sides.size(); ++j) {
            treatment_pair& pair = made.pairs.emplace_back();
            pair.variants = {i, j};
            detail::treatment_work work{{&sides[i], &sides[j]}, {}, with, pair};
            detail::find_base(work);
            detail::compare_pair(work);
        }
    return made;
}

}  // namespace polku::inline POLKU_V::path

#endif
