// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_RULES_DETAIL_WHAT_IF_GOAL_HPP
#define POLKU_IMPL_RULES_DETAIL_WHAT_IF_GOAL_HPP

#include <polku/dmn/program.hpp>
#include <polku/feel/evaluation_context.hpp>
#include <polku/feel/expression.hpp>
#include <polku/impl/rules/detail/compiled_pack.hpp>
#include <polku/impl/rules/detail/input_cutter.hpp>
#include <polku/impl/rules/detail/question_inputs.hpp>
#include <polku/rules/input_atoms.hpp>

#include <algorithm>
#include <optional>
#include <set>
#include <string>

namespace polku::inline POLKU_V::rules::detail {

/// Looks at what a goal looks at.
class goal_tester {
public:
    static result<goal_tester> try_make(const pack_goal& of) {
        goal_tester made;
        made.goal_ = of;
        POLKU_TRY(made.tests_, feel::try_compile_unary_tests(of.test, feel::scope(), feel::type::any()));
        return made;
    }
    bool meets(const feel::value& of) {
        if (goal_.member.empty()) return tests_.accepts(with_, {}, of).is_true();
        const feel::value* const found = of.is(feel::kind::context) ? of.as_context().find(goal_.member) : nullptr;
        return found != nullptr && tests_.accepts(with_, {}, *found).is_true();
    }

    const std::string& member() const noexcept { return goal_.member; }
    /// The test alone, of what the goal looks at.
    bool accepts(const feel::value& of) { return tests_.accepts(with_, {}, of).is_true(); }

    /// A goal that no answer can be put to is a mistake, not a goal out of reach: a member that the answer does not
    /// have, a value of another type, a text that is none of the answers. What cannot be told is let pass. `now` is
    /// the answer as things are.
    result<void> check(const pack& of, const pack_question& asked, const feel::value& now) const {
        const compiled_pack& data = compiled_pack::of(of);
        const transition* by = nullptr;
        POLKU_TRY(const question_place place, try_place(of, data, asked, by));
        POLKU_TRY(const flow whole, try_value_flow(of, asked));
        const feel::type& type = place.program->info(place.decision).result_type;
        if (goal_.member.empty()) return check_value(whole, type, now, "the decision '" + asked.decision + "'");
        POLKU_CHECK(check_member(whole, type, now, asked.decision));
        const auto part = whole.members.find(goal_.member);
        const feel::type* const declared =
            type.is() == feel::type::form::context ? type.find_member(goal_.member) : nullptr;
        const feel::value* const there = now.is(feel::kind::context) ? now.as_context().find(goal_.member) : nullptr;
        flow unknown;
        unknown.unknown = true;
        return check_value(part != whole.members.end() && !whole.unknown ? part->second : unknown,
                           declared != nullptr ? *declared : feel::type::any(),
                           there != nullptr ? *there : feel::value(),
                           "the member '" + goal_.member + "' of '" + asked.decision + "'");
    }

private:
    static error wrong(const std::string& message) { return error(error_code::invalid_argument, message); }

    result<void> check_member(const flow& whole, const feel::type& type, const feel::value& now,
                              const std::string& decision) const {
        std::set<std::string> names;
        for (const auto& [name, each] : whole.members) names.insert(name);
        if (now.is(feel::kind::context))
            for (const auto& each : now.as_context()) names.insert(each.name);
        const bool is_declared = type.is() == feel::type::form::context;
        if (is_declared)
            for (const feel::type::member& each : type.members()) names.insert(each.name);
        if (names.count(goal_.member) != 0) return {};
        // Where the model does not say what it answers, a member may come to light with other facts.
        const bool is_plain = type.is() == feel::type::form::simple || (!now.is_null() && !now.is(feel::kind::context));
        const bool may_be_more = whole.unknown || !whole.raw.empty() || !whole.same.empty();
        if (!is_plain && !is_declared && may_be_more) return {};
        std::string known;
        for (const std::string& each : names) known += (known.empty() ? "'" : ", '") + each + "'";
        return error(error_code::not_found,
                     "the answer of '" + decision + "' has no member '" + goal_.member +
                         "' that a goal could be about; " +
                         (names.empty() ? "it has no members, so leave the member out" : "its members: " + known));
    }

    result<void> check_value(const flow& can, const feel::type& type, const feel::value& now,
                             const std::string& what) const {
        const auto simple = tests_.simple_tests();
        if (!simple || tests_.is_any() || now.is(feel::kind::list) || now.is(feel::kind::context)) return {};
        const bool is_closed = !can.unknown && can.raw.empty() && can.same.empty() && can.members.empty();
        std::set<feel::kind> kinds;
        if (type.is() == feel::type::form::simple)
            kinds.insert(type.simple_kind());
        else if (is_closed)
            for (const feel::value& each : can.constants) kinds.insert(each.kind());
        kinds.erase(feel::kind::null);
        if (kinds.empty() || kinds.count(feel::kind::list) != 0 || kinds.count(feel::kind::context) != 0) return {};
        bool is_among = !is_closed;
        for (const feel::simple_test& each : *simple) {
            const feel::value& operand = each.operand;
            const feel::kind kind = operand.is(feel::kind::range) ? kind_within(operand.as_range()) : operand.kind();
            if (kind == feel::kind::list || kind == feel::kind::context) return {};
            if (kind != feel::kind::null && kinds.count(kind) == 0)
                return wrong("the goal " + goal_.test + " compares with a " + std::string(name_of(kind)) + ", but " +
                             what + " is a " + names_of(kinds) + "; write the wanted value as one of that type");
            is_among = is_among || kind != feel::kind::string;
        }
        const auto passes = [&](const feel::value& each) { return meets_test(each); };
        if (is_among || std::any_of(can.constants.begin(), can.constants.end(), passes)) return {};
        std::string known;
        for (const feel::value& each : can.constants)
            if (each.is(feel::kind::string)) known += (known.empty() ? "" : ", ") + feel_literal(each);
        return wrong("the goal " + goal_.test + " names none of the values that " + what + " can have: " + known);
    }

    bool meets_test(const feel::value& of) const {
        feel::evaluation_context with;
        return tests_.accepts(with, {}, of).is_true();
    }
    static feel::kind kind_within(const feel::range& of) { return of.low.is_null() ? of.high.kind() : of.low.kind(); }
    static std::string names_of(const std::set<feel::kind>& kinds) {
        std::string all;
        for (const feel::kind each : kinds) all += (all.empty() ? "" : " or ") + std::string(name_of(each));
        return all;
    }

    pack_goal goal_;
    feel::unary_tests tests_;
    feel::evaluation_context with_;
};

}  // namespace polku::inline POLKU_V::rules::detail

#endif
