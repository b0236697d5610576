// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_RULES_DETAIL_ANSWER_CHANCES_HPP
#define POLKU_IMPL_RULES_DETAIL_ANSWER_CHANCES_HPP

#include <polku/dmn/item_type.hpp>
#include <polku/dmn/program.hpp>
#include <polku/dmn/table_atoms.hpp>
#include <polku/feel/evaluation_context.hpp>
#include <polku/feel/expression.hpp>
#include <polku/impl/rules/detail/compiled_pack.hpp>
#include <polku/impl/rules/detail/input_cutter.hpp>
#include <polku/impl/rules/detail/question_inputs.hpp>
#include <polku/impl/rules/detail/regions.hpp>
#include <polku/rules/missing.hpp>

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

namespace polku::inline POLKU_V::rules::detail {

/// How probable the answers to questions are: as the caller weighs them, else each class of values as any other.
class answer_chances {
public:
    /// Checks the weights: each allowed value of an input has one, by one test.
    static result<answer_chances> try_make(const std::vector<answer_weights>& given, const compiled_pack& data,
                                           const question_place& place) {
        answer_chances made;
        for (const answer_weights& each : given) {
            if (!data.has_input(each.input))
                return no_such_name("input", each.input, data.says, names_in(data.says.inputs));
            for (const weighed& other : made.inputs_)
                if (other.name == each.input) return wrong(each.input, "are given twice; give them once");
            POLKU_TRY(weighed one, try_weigh(each));
            const auto inputs = place.program->inputs(place.decision);
            const auto& nodes = dmn::detail::program_data::of(*place.program)->nodes;
            const auto& reached = nodes[place.decision.index].input_nodes;
            for (std::uint32_t at = 0; at < inputs.size(); ++at) {
                if (inputs[at].name != each.input) continue;
                one.at = at;
                POLKU_CHECK(one.check(inputs[at].type, nodes[reached[at]].type.get()));
            }
            if (one.at != diagrams::none) made.inputs_.push_back(std::move(one));
        }
        return made;
    }

    /// By variable and atom.
    std::vector<std::vector<double>> of(const regions& from) const {
        std::vector<std::vector<double>> made;
        for (const region_variable& each : from.variables()) {
            made.emplace_back(each.atoms.size(), 1.0 / static_cast<double>(each.atoms.size()));
            for (const weighed& one : inputs_)
                if (each.is_input && each.inputs.front() == one.at)
                    one.share(each.atoms, from.points_of(one.at), made.back());
        }
        return made;
    }

private:
    using value_list = std::vector<feel::value>;

    static error wrong(const std::string& input, const std::string& what) {
        return error(error_code::invalid_argument, "the weights of '" + input + "' " + what);
    }

    /// The weights of one input.
    struct weighed {
        std::string name;
        std::uint32_t at = diagrams::none;  ///< place among the decision's inputs
        std::vector<feel::unary_tests> tests;
        std::vector<double> weights;
        value_list points;
        const dmn::item_type* type = nullptr;

        bool accepts(std::size_t test, const feel::value& of) const {
            feel::evaluation_context with;
            return tests[test].accepts(with, {}, of).is_true();
        }
        bool is_allowed(const feel::value& of) const {
            feel::evaluation_context with;
            return type == nullptr || dmn::keeps_constraints(of, *type, with);
        }

        /// A value of each point and of each interval between them.
        value_list cells(value_list cuts) const {
            const feel::evaluation_context with;
            dmn::lane lane{};
            if (cuts.empty() || !dmn::lane_of(cuts.front(), lane)) return cuts;
            const auto before = [&](const feel::value& left, const feel::value& right) {
                return dmn::detail::lane_order(lane, left, right, with) < 0;
            };
            std::sort(cuts.begin(), cuts.end(), before);
            cuts.erase(std::unique(cuts.begin(), cuts.end()), cuts.end());
            value_list made = cuts;
            if (lane == dmn::lane::string) {
                std::string other = "other";
                for (const feel::value& each : cuts)
                    if (each.as_string().size() >= other.size()) other = std::string(each.as_string()) + '*';
                made.emplace_back(other);
            }
            for (std::size_t each = 0; each <= cuts.size() && lane != dmn::lane::string; ++each) {
                const feel::value* const low = each > 0 ? &cuts[each - 1] : nullptr;
                const feel::value* const high = each < cuts.size() ? &cuts[each] : nullptr;
                feel::value between;
                if (dmn::detail::value_between(lane, low, high, between) && (low == nullptr || before(*low, between)) &&
                    (high == nullptr || before(between, *high)))
                    made.push_back(between);
            }
            made.erase(std::remove_if(made.begin(), made.end(), [&](const auto& each) { return !is_allowed(each); }),
                       made.end());
            return made;
        }

        result<void> check(const feel::type& known, const dmn::item_type* limits) {
            type = limits;
            value_list all = points;
            bool only_equal = true;
            if (type != nullptr) constraint_points(*type, all, only_equal);
            const bool is_truth = known.is() == feel::type::form::simple && known.simple_kind() == feel::kind::boolean;
            const value_list each_cell = is_truth ? value_list{feel::value(true), feel::value(false)} : cells(all);
            std::vector<bool> met(tests.size(), false);
            for (const feel::value& cell : each_cell) {
                std::size_t count = 0;
                for (std::size_t test = 0; test < tests.size(); ++test) {
                    if (!accepts(test, cell)) continue;
                    met[test] = true;
                    ++count;
                }
                if (count != 1)
                    return wrong(name, (count == 0 ? "leave out " : "count more than once ") + feel_literal(cell) +
                                           "; each value that '" + name + "' can have passes one of the tests");
            }
            for (std::size_t test = 0; test < tests.size(); ++test)
                if (!met[test])
                    return wrong(name,
                                 "weigh " + std::string(tests[test].text()) + ", which no value of '" + name +
                                     "' passes; it is a " + known.to_string() +
                                     (type != nullptr && !type->allowed_text.empty() ? ", one of " + type->allowed_text
                                                                                     : std::string()));
            return {};
        }

        /// Each test's weight is shared evenly by the values in it that the rules or the weights tell apart.
        void share(const value_list& atoms, std::span<const feel::value> axis, std::vector<double>& into) const {
            value_list parts = atoms;
            if (!axis.empty()) {
                value_list cuts(axis.begin(), axis.end());
                cuts.insert(cuts.end(), points.begin(), points.end());
                parts = cells(std::move(cuts));
            }
            std::vector<std::size_t> test_of(parts.size(), tests.size());
            std::vector<double> shares(tests.size(), 0);
            for (std::size_t each = 0; each < parts.size(); ++each)
                for (std::size_t test = 0; test < tests.size(); ++test)
                    if (accepts(test, parts[each])) {
                        test_of[each] = test;
                        shares[test] += 1;
                    }
            std::vector<double> made(atoms.size(), 0);
            double all = 0;
            for (std::size_t each = 0; each < parts.size(); ++each) {
                if (test_of[each] == tests.size()) continue;
                const double part = weights[test_of[each]] / shares[test_of[each]];
                for (std::size_t atom = 0; atom < atoms.size(); ++atom)
                    if (axis.empty() ? atom == each : lie_together(axis, atoms[atom], parts[each])) made[atom] += part;
                all += part;
            }
            if (all <= 0) return;
            for (std::size_t atom = 0; atom < atoms.size(); ++atom) into[atom] = made[atom] / all;
        }

        static bool lie_together(std::span<const feel::value> axis, const feel::value& left, const feel::value& right) {
            const feel::evaluation_context with;
            dmn::lane lane{};
            dmn::lane_of(axis.front(), lane);
            return std::all_of(axis.begin(), axis.end(), [&](const feel::value& point) {
                if (lane == dmn::lane::string) return (left == point) == (right == point);
                const int one = dmn::detail::lane_order(lane, left, point, with);
                const int other = dmn::detail::lane_order(lane, right, point, with);
                return (one < 0) == (other < 0) && (one > 0) == (other > 0);
            });
        }
    };

    static result<weighed> try_weigh(const answer_weights& given) {
        weighed made;
        made.name = given.input;
        double all = 0;
        for (const answer_weights::one& each : given.weights) {
            if (!std::isfinite(each.weight) || each.weight < 0)
                return wrong(given.input, "give " + each.test + " a weight below zero or none; write 0 or more");
            all += each.weight;
            POLKU_TRY(feel::unary_tests tests,
                      feel::try_compile_unary_tests(each.test, feel::scope(), feel::type::any()));
            const auto simple = tests.simple_tests();
            if (!simple)
                return wrong(given.input, "have the test " + each.test + "; write comparisons with constants alone");
            for (const feel::simple_test& one : *simple) {
                if (one.operand.is(feel::kind::range)) {
                    for (const feel::value* end : {&one.operand.as_range().low, &one.operand.as_range().high})
                        if (!end->is_null()) made.points.push_back(*end);
                } else if (!one.operand.is_null()) {
                    made.points.push_back(one.operand);
                }
            }
            made.tests.push_back(std::move(tests));
            made.weights.push_back(each.weight);
        }
        if (all <= 0) return wrong(given.input, "are all zero; give one of them more");
        for (const feel::value& each : made.points)
            if (each.kind() != made.points.front().kind())
                return wrong(given.input, "name values of two types; write values of its type");
        return made;
    }

    std::vector<weighed> inputs_;
};

}  // namespace polku::inline POLKU_V::rules::detail

#endif
