// SPDX-License-Identifier: Apache-2.0
// Before the guard: header-only, it brings the bodies that use what stands here, so this is read from there.
#include <polku/rules/input_atoms.hpp>

#ifndef POLKU_IMPL_RULES_DETAIL_INPUT_CUTTER_HPP
#define POLKU_IMPL_RULES_DETAIL_INPUT_CUTTER_HPP

#include <polku/dmn/item_type.hpp>
#include <polku/dmn/program.hpp>
#include <polku/dmn/table_atoms.hpp>
#include <polku/feel/evaluation_context.hpp>
#include <polku/feel/expression.hpp>
#include <polku/feel/operations.hpp>
#include <polku/impl/rules/detail/compiled_pack.hpp>
#include <polku/impl/rules/detail/value_flow.hpp>

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace polku::inline POLKU_V::rules::detail {

/// What a decision of a version does with its inputs, by name; the arguments are those of `try_input_atoms`.
POLKU_DECL result<std::map<std::string, input_use>> try_input_uses(const pack& of, const pack_version& version,
                                                                   std::string_view decision,
                                                                   const feel::context& parameters,
                                                                   const std::optional<pack_goal>& goal,
                                                                   const feel::context& fixed);

/// What the answer of a question can be.
POLKU_DECL result<flow> try_value_flow(const pack& of, const pack_question& asked);

/// A value as FEEL writes it.
inline std::string feel_literal(const feel::value& of) {
    if (!of.is(feel::kind::string)) return feel::to_string(of);
    std::string made = "\"";
    for (const char each : of.as_string()) {
        if (each == '"' || each == '\\') made += '\\';
        made += each;
    }
    return made + "\"";
}

/// Whether a value lies in a class.
inline bool lies_in(const feel::value& of, const input_atom& atom, const feel::evaluation_context& with) {
    if (atom.is_point) return feel::equal(of, atom.representative, with).is_true();
    if (of.kind() != atom.representative.kind()) return atom.representative.is_null();
    return (!atom.low || feel::less(*atom.low, of, with).is_true()) &&
           (!atom.high || feel::less(of, *atom.high, with).is_true());
}

/// Cuts the values of one input into classes.
class input_cutter {
public:
    input_cutter(const dmn::input_info& input, const input_use& use) : input_(input), use_(use) {
        made_.name = input.name;
        made_.type = input.type;
        made_.why = use.blurred;
    }

    input_atoms run() {
        read_allowed();
        dmn::lane in{};
        if (is_kind(feel::kind::boolean)) {
            for (const bool truth : {true, false}) add_point(feel::value(truth));
            made_.why.clear();
        } else if (!allowed_points_.empty()) {
            for (const feel::value& each : allowed_points_) add_point(each);
            made_.why.clear();
        } else if (is_kind(feel::kind::string)) {
            cut_texts();
        } else if (lane_of_input(in)) {
            cut_lane(in);
        } else {
            if (made_.why.empty()) made_.why = "a " + made_.type.to_string() + " is not cut into classes";
            made_.atoms.push_back({feel::value(), {}, {}, false, false, "-"});
        }
        made_.exact =
            std::all_of(made_.atoms.begin(), made_.atoms.end(), [](const auto& each) { return each.is_whole; });
        if (made_.exact) made_.why.clear();
        return std::move(made_);
    }

private:
    bool is_kind(feel::kind of) const noexcept {
        return input_.type.is() == feel::type::form::simple && input_.type.simple_kind() == of;
    }

    bool lane_of_input(dmn::lane& in) const noexcept {
        constexpr std::pair<feel::kind, dmn::lane> lanes[] = {{feel::kind::number, dmn::lane::number},
                                                              {feel::kind::date, dmn::lane::date},
                                                              {feel::kind::months_duration, dmn::lane::months_duration},
                                                              {feel::kind::days_duration, dmn::lane::days_duration}};
        for (const auto& [kind, lane] : lanes) {
            if (!is_kind(kind)) continue;
            in = lane;
            return true;
        }
        return false;
    }

    void read_allowed() {
        if (input_.allowed_values.empty()) return;
        auto tests = feel::try_compile_unary_tests(input_.allowed_values, feel::scope(), input_.type);
        if (!tests) return;
        allowed_ = std::move(*tests);
        const auto simple = allowed_.simple_tests();
        if (!simple || simple->empty()) return;
        const bool is_finite = std::all_of(simple->begin(), simple->end(), [](const feel::simple_test& each) {
            return each.is == feel::simple_test::op::equal && !each.operand.is_null();
        });
        for (const feel::simple_test& each : *simple) {
            if (is_finite && allowed(each.operand)) allowed_points_.push_back(each.operand);
            flow ends;
            ends.add_constant(each.operand);
            edges_.insert(edges_.end(), ends.constants.begin(), ends.constants.end());
        }
    }

    bool allowed(const feel::value& of) { return !allowed_ || allowed_.accepts(with_, {}, of).is_true(); }

    void add_point(const feel::value& of) {
        if (!allowed(of)) return;
        made_.atoms.push_back({of, of, of, true, true, feel_literal(of)});
    }

    void cut_texts() {
        std::vector<feel::value> points;
        for (const feel::value& each : use_.points)
            if (each.is(feel::kind::string)) points.push_back(each);
        keep_distinct(points, dmn::lane::string);
        std::string all;
        for (const feel::value& each : points) {
            add_point(each);
            all += (all.empty() ? "" : ", ") + feel_literal(each);
        }
        std::string other = "other";
        const auto is_taken = [&](const std::string& text) {
            return std::any_of(points.begin(), points.end(),
                               [&](const auto& each) { return each.as_string() == text; });
        };
        while (is_taken(other)) other += " text";
        if (use_.is_ordered && made_.why.empty()) made_.why = "texts are compared by their order";
        if (allowed(feel::value(other)))
            made_.atoms.push_back(
                {feel::value(other), {}, {}, false, made_.why.empty(), all.empty() ? "-" : "not(" + all + ")"});
    }

    void keep_distinct(std::vector<feel::value>& points, dmn::lane in) const {
        std::sort(points.begin(), points.end(), [&](const feel::value& left, const feel::value& right) {
            return dmn::detail::lane_order(in, left, right, with_) < 0;
        });
        points.erase(std::unique(points.begin(), points.end(),
                                 [&](const feel::value& left, const feel::value& right) {
                                     return dmn::detail::lane_order(in, left, right, with_) == 0;
                                 }),
                     points.end());
    }

    void cut_lane(dmn::lane in) {
        std::vector<feel::value> points;
        for (const std::vector<feel::value>* list :
             {&use_.points, static_cast<const std::vector<feel::value>*>(&edges_)}) {
            for (const feel::value& each : *list) {
                dmn::lane other{};
                if (dmn::lane_of(each, other) && other == in) points.push_back(each);
            }
        }
        keep_distinct(points, in);
        for (std::size_t at = 0; at <= points.size(); ++at) {
            add_interval(in, at > 0 ? &points[at - 1] : nullptr, at < points.size() ? &points[at] : nullptr);
            if (at < points.size()) add_point(points[at]);
        }
    }

    void add_interval(dmn::lane in, const feel::value* low, const feel::value* high) {
        feel::value inside;
        if (!dmn::detail::value_between(in, low, high, inside)) return;
        // Nothing lies between neighbours such as two days in a row.
        if ((low != nullptr && dmn::detail::lane_order(in, *low, inside, with_) >= 0) ||
            (high != nullptr && dmn::detail::lane_order(in, inside, *high, with_) >= 0) || !allowed(inside))
            return;
        input_atom made;
        made.representative = inside;
        if (low != nullptr) made.low = *low;
        if (high != nullptr) made.high = *high;
        made.is_whole = made_.why.empty();
        made.text = low != nullptr && high != nullptr ? "(" + feel_literal(*low) + ".." + feel_literal(*high) + ")"
                    : low != nullptr                  ? "> " + feel_literal(*low)
                    : high != nullptr                 ? "< " + feel_literal(*high)
                                                      : "-";
        made_.atoms.push_back(std::move(made));
    }

    const dmn::input_info& input_;
    const input_use& use_;
    input_atoms made_;
    feel::unary_tests allowed_;
    std::vector<feel::value> allowed_points_;  ///< all that the type allows, where these are points
    std::vector<feel::value> edges_;           ///< at which it changes whether a value is allowed
    feel::evaluation_context with_;
};

}  // namespace polku::inline POLKU_V::rules::detail

#endif
