// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_RULES_SETTLED_NULLS_IPP
#define POLKU_IMPL_RULES_SETTLED_NULLS_IPP

#include <polku/impl/rules/detail/compiled_pack.hpp>
#include <polku/impl/rules/detail/regions.hpp>
#include <polku/rules/labels.hpp>
#include <polku/rules/pack_explanation.hpp>

#include <algorithm>
#include <map>
#include <utility>

namespace polku::inline POLKU_V::rules {

namespace detail {

/// The names under which a value holds nulls.
class null_meeter {
public:
    /// Notes each null in a value; those that are not settled make their name so.
    void meet(const feel::value& of, const std::string& name, bool is_settled) {
        if (of.is_null()) {
            bool& all = found_.try_emplace(name, true).first->second;
            all = all && is_settled;
        } else if (of.is(feel::kind::list)) {
            for (const feel::value& each : of.as_list()) meet(each, name, is_settled);
        } else if (of.is(feel::kind::context)) {
            for (const feel::context::entry& each : of.as_context())
                meet(each.value, std::string(each.name), is_settled);
        }
    }
    /// The names all of whose nulls are settled, in alphabetical order.
    std::vector<std::string> settled() const {
        std::vector<std::string> made;
        for (const auto& [name, is_settled] : found_)
            if (is_settled) made.push_back(name);
        return made;
    }

private:
    std::map<std::string, bool> found_;
};

/// Goes through a value and its diagrams side by side.
inline void meet_nulls(null_meeter& into, const feel::value& of, const std::string& name, const region_value& is,
                       const diagrams& store) {
    if (of.is(feel::kind::context) && is.context) {
        for (const feel::context::entry& each : of.as_context()) {
            const auto entry = std::find_if(is.context->begin(), is.context->end(),
                                            [&](const region_entry& one) { return one.name == each.name; });
            if (entry == is.context->end())
                into.meet(each.value, each.name, false);
            else
                meet_nulls(into, each.value, each.name, entry->is, store);
        }
        return;
    }
    std::vector<bool> variables;
    std::vector<diagram> ends;
    store.look(is.scalar, variables, ends);
    // What is known for any facts may yet be null with facts unknown: `x or not(x)`.
    const bool is_same = is.is_plain() && store.is_constant(is.scalar) && store.at(is.scalar).constant == of;
    const bool is_null = std::all_of(ends.begin(), ends.end(),
                                     [](diagram each) { return each == diagrams::null || each == diagrams::absent; });
    into.meet(of, name, is_same || (of.is_null() && is_null));
}

}  // namespace detail

POLKU_DECL std::vector<std::string> null_names(const feel::value& of, std::string_view name) {
    detail::null_meeter made;
    made.meet(of, std::string(name), true);
    return made.settled();
}

POLKU_DECL std::vector<std::string> settled_nulls(const pack& from, std::string_view decision,
                                                  const pack_answer& answer) {
    std::vector<std::string> all = null_names(answer.value, decision);
    const pack_version* const version = detail::compiled_pack::of(from).find_version(answer.version);
    if (all.empty() || version == nullptr) return {};
    const dmn::program& program = from.program_of(*version);
    const auto what = program.find(decision);
    if (!what) return {};
    std::vector<std::optional<feel::value>> facts;
    bool all_known = true;
    for (const dmn::input_info& each : program.inputs(*what)) {
        const feel::value* const found = answer.values.find(each.name);
        const bool is_known = found != nullptr && !found->is_null();
        facts.push_back(is_known ? std::optional<feel::value>(*found) : std::nullopt);
        all_known = all_known && is_known;
    }
    if (all_known) return all;
    const detail::region_texts of_model(program);
    detail::regions regions(of_model, *what, {});
    regions.run(facts);
    if (!regions.complete()) return {};
    detail::null_meeter proved;
    detail::meet_nulls(proved, answer.value, std::string(decision), regions.whole(), regions.store());
    return proved.settled();
}

}  // namespace polku::inline POLKU_V::rules

#endif
