// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_RULES_VALUE_FLOW_TEXTS_IPP
#define POLKU_IMPL_RULES_VALUE_FLOW_TEXTS_IPP

#include <polku/feel/evaluation_context.hpp>
#include <polku/feel/function.hpp>
#include <polku/feel/operations.hpp>
#include <polku/feel/parser.hpp>
#include <polku/impl/rules/detail/value_flow.hpp>

#include <algorithm>
#include <utility>

namespace polku::inline POLKU_V::rules::detail {

inline bool is_ordering(const std::vector<feel::syntax_operator>& of) noexcept {
    return !of.empty() && of.front() != feel::syntax_operator::equal && of.front() != feel::syntax_operator::not_equal;
}

inline bool is_one_of(std::string_view name, std::initializer_list<std::string_view> list) noexcept {
    return std::find(list.begin(), list.end(), name) != list.end();
}

/// The flow of one parsed FEEL text.
class tree_flow {
public:
    tree_flow(flow_reader& into, const feel::syntax_tree& tree, const flow_names& names)
        : into_(into), tree_(tree), names_(names), locals_(tree.symbols.size()) {}

    flow read(const feel::syntax_node& of) {
        using feel::syntax;
        switch (of.is) {
            case syntax::slot: return of.index < names_.slots.size() ? names_.slots[of.index] : flow();
            case syntax::local: return of.index < locals_.size() ? locals_[of.index] : flow();
            case syntax::literal: return constant(of.constant);
            case syntax::negation:
            case syntax::arithmetic: return arithmetic(of);
            case syntax::comparison: {
                into_.meet(read(*of.children[0]), read(*of.children[1]), is_ordering(of.operators));
                return {};
            }
            case syntax::between: {
                const flow point = read(*of.children[0]);
                into_.meet(point, read(*of.children[1]), true);
                into_.meet(point, read(*of.children[2]), true);
                return {};
            }
            case syntax::conjunction:
            case syntax::disjunction:
            case syntax::instance_of: {
                for (const auto& each : of.children) read(*each);
                return {};
            }
            case syntax::in_tests: return in_tests(of);
            case syntax::list:
            case syntax::interval:
            case syntax::unary_range:
            case syntax::compare_test:
            case syntax::value_test: return joined(of);
            case syntax::conditional: {
                read(*of.children[0]);
                flow made = read(*of.children[1]);
                made.join(read(*of.children[2]));
                return made;
            }
            case syntax::context: return context(of);
            case syntax::path: return entry(read(*of.children[0]), of.text);
            case syntax::item_entry: return item_entry(of);
            case syntax::filter: return filter(of);
            case syntax::for_loop:
            case syntax::some:
            case syntax::every: return loop(of);
            case syntax::invocation: return invocation(of);
            default: return opaque(of);
        }
    }

    /// One test of a cell.
    void test(const flow& input, const feel::syntax_node& of) {
        const bool is_range = !of.children.empty() && (of.children[0]->is == feel::syntax::interval ||
                                                       of.children[0]->is == feel::syntax::unary_range);
        const bool ordered =
            of.is == feel::syntax::compare_test ? is_ordering(of.operators) : is_range || holds_range(of);
        into_.meet(input, read(of), ordered);
    }

    void set_local(std::size_t symbol, flow of) {
        if (symbol < locals_.size()) locals_[symbol] = std::move(of);
    }

private:
    static flow constant(const feel::value& of) {
        flow made;
        made.add_constant(of);
        return made;
    }

    /// A constant range, or a range in a list.
    static bool holds_range(const feel::syntax_node& of) {
        if (of.is == feel::syntax::interval || of.is == feel::syntax::unary_range) return true;
        const auto in_value = [](const feel::value& value) {
            if (!value.is(feel::kind::list)) return value.is(feel::kind::range);
            const auto items = value.as_list();
            return std::any_of(items.begin(), items.end(),
                               [](const feel::value& each) { return each.is(feel::kind::range); });
        };
        if (of.is == feel::syntax::literal) return in_value(of.constant);
        return std::any_of(of.children.begin(), of.children.end(), [](const auto& each) { return holds_range(*each); });
    }

    flow joined(const feel::syntax_node& of) {
        flow made;
        for (const auto& each : of.children) made.join(read(*each));
        return made;
    }

    /// What is not followed: all that goes in counts exactly, and what comes out is not known.
    flow opaque(const feel::syntax_node& of) {
        flow made;
        for (const auto& each : of.children) {
            const flow part = read(*each);
            into_.consume(part);
        }
        made.unknown = true;
        if (of.is == feel::syntax::function_definition || of.is == feel::syntax::external_function)
            for (const flow& each : names_.slots) into_.consume(each);
        return made;
    }

    static void add_raw(flow& into, const flow& from) {
        into.raw.insert(from.same.begin(), from.same.end());
        into.raw.insert(from.raw.begin(), from.raw.end());
        for (const auto& [name, each] : from.members) add_raw(into, each);
    }

    static feel::value computed(feel::syntax_operator by, const feel::value& left, const feel::value& right,
                                feel::evaluation_context& with) {
        switch (by) {
            case feel::syntax_operator::add: return feel::add(left, right, with);
            case feel::syntax_operator::subtract: return feel::subtract(left, right, with);
            case feel::syntax_operator::multiply: return feel::multiply(left, right, with);
            case feel::syntax_operator::divide: return feel::divide(left, right, with);
            default: return feel::power(left, right, with);
        }
    }

    flow arithmetic(const feel::syntax_node& of) {
        std::vector<flow> parts;
        bool is_known = true;
        for (const auto& each : of.children) {
            parts.push_back(read(*each));
            is_known = is_known && parts.back().is_constant();
        }
        flow made;
        if (is_known && of.is == feel::syntax::negation) return constant(feel::negate(parts[0].constants[0]));
        if (is_known && of.operators.size() + 1 == parts.size()) {
            feel::evaluation_context with;
            feel::value result = parts[0].constants[0];
            for (std::size_t at = 1; at < parts.size(); ++at)
                result = computed(of.operators[at - 1], result, parts[at].constants[0], with);
            return constant(result);
        }
        for (const flow& each : parts) add_raw(made, each);
        made.unknown = true;
        return made;
    }

    flow in_tests(const feel::syntax_node& of) {
        const flow subject = read(*of.children[0]);
        set_local(of.index, subject);
        for (std::size_t at = 1; at < of.children.size(); ++at) test(subject, *of.children[at]);
        return {};
    }

    flow context(const feel::syntax_node& of) {
        flow made;
        for (std::size_t at = 0; at < of.children.size(); ++at) {
            flow value = read(*of.children[at]);
            if (at < of.symbols.size()) set_local(of.symbols[at], value);
            if (at < of.names.size()) made.members[of.names[at]].join(value);
        }
        return made;
    }

    static flow entry(const flow& of, const std::string& name) {
        if (of.is_constant() && !of.constants[0].is(feel::kind::context))
            return constant(feel::member(of.constants[0], name, feel::evaluation_context{}));
        flow made;
        if (const auto found = of.members.find(name); found != of.members.end()) made = found->second;
        made.raw.insert(of.same.begin(), of.same.end());
        made.raw.insert(of.raw.begin(), of.raw.end());
        // Besides contexts, temporal values and ranges have entries: `day.year`.
        made.unknown = made.unknown || of.unknown || !of.constants.empty() || !made.raw.empty();
        return made;
    }

    flow item_entry(const feel::syntax_node& of) {
        flow made = of.index < locals_.size() ? entry(locals_[of.index], of.text) : flow();
        if (!of.children.empty()) made.join(read(*of.children[0]));
        return made;
    }

    flow filter(const feel::syntax_node& of) {
        flow in = read(*of.children[0]);
        set_local(of.index, in);
        into_.consume(read(*of.children[1]));  // a number that picks an item; a condition is a boolean
        return in;
    }

    flow loop(const feel::syntax_node& of) {
        const std::size_t body = of.children.size() - 1;
        for (std::size_t at = 0; at < body; ++at) {
            const feel::syntax_node& domain = *of.children[at];
            flow in = domain.is == feel::syntax::iteration_range ? opaque(domain) : read(domain);
            if (at < of.symbols.size()) set_local(of.symbols[at], std::move(in));
        }
        const bool sees_results = of.is == feel::syntax::for_loop && of.index < tree_.symbols.size() &&
                                  tree_.symbols[of.index].name == "partial" && tree_.symbols[of.index].uses > 0;
        if (sees_results) {
            flow partial;
            partial.unknown = true;
            set_local(of.index, std::move(partial));
        }
        flow made = read(*of.children[body]);
        if (of.is != feel::syntax::for_loop) return {};
        if (!sees_results) return made;
        into_.consume(made);
        flow unknown;
        unknown.unknown = true;
        return unknown;
    }

    flow invocation(const feel::syntax_node& of) {
        const feel::syntax_node& callee = *of.children[0];
        std::vector<flow> arguments;
        for (std::size_t at = 1; at < of.children.size(); ++at) arguments.push_back(read(*of.children[at]));
        if (callee.is == feel::syntax::builtin && callee.callee != nullptr && of.names.empty())
            return builtin(*callee.callee, arguments);
        const flow called = callee.is == feel::syntax::builtin ? flow() : read(callee);
        if (called.callee != nullptr) return into_.call(*called.callee, of.names, std::move(arguments));
        into_.consume(called);
        return unseen(arguments);
    }

    flow unseen(const std::vector<flow>& arguments) {
        flow made;
        for (const flow& each : arguments) into_.consume(each);
        made.unknown = true;
        return made;
    }

    flow all_of(const std::vector<flow>& arguments) {
        flow made;
        for (const flow& each : arguments) made.join(each);
        return made;
    }

    /// One of the values, picked by their order.
    flow chosen(flow of) {
        if (of.raw.empty() && !of.unknown && of.members.empty() && of.same.size() <= 1) {
            flow points;
            points.constants = of.constants;
            into_.meet(of, points, true);
            return of;
        }
        flow made;
        add_raw(made, of);
        made.unknown = true;
        return made;
    }

    flow builtin(const feel::function& of, const std::vector<flow>& arguments) {
        const std::string_view name = of.name();
        if (is_one_of(name, {"not", "all", "any", "and", "or"})) return {};
        if (is_one_of(name, {"append", "concatenate", "flatten", "reverse"})) return all_of(arguments);
        if (is_one_of(name, {"min", "max"})) return chosen(all_of(arguments));
        if (name == "count") {
            flow made;
            made.unknown = true;
            return made;
        }
        if (name == "list contains" && arguments.size() == 2) {
            into_.meet(arguments[0], arguments[1], false);
            return {};
        }
        const bool is_plain = is_one_of(
            name, {"date", "duration", "number", "abs", "floor", "ceiling", "decimal", "years and months duration",
                   "round half up", "round up", "round down", "round half down"});
        const bool is_known = is_plain && std::all_of(arguments.begin(), arguments.end(),
                                                      [](const flow& each) { return each.is_constant(); });
        if (is_known) return called(of, arguments);
        if (!is_plain) return unseen(arguments);
        flow made;
        for (const flow& each : arguments) add_raw(made, each);
        made.unknown = true;
        return made;
    }

    static flow called(const feel::function& of, const std::vector<flow>& arguments) {
        std::vector<feel::value> values;
        for (const flow& each : arguments) values.push_back(each.constants[0]);
        feel::evaluation_context with;
        return constant(of.call(with, values));
    }

    flow_reader& into_;
    const feel::syntax_tree& tree_;
    const flow_names& names_;
    std::vector<flow> locals_;  ///< by symbol
};

POLKU_DECL flow flow_reader::read_text(std::string_view text, const flow_names& names) {
    feel::compile_options options;
    options.unknown_names_are_null = true;
    const auto tree = feel::try_parse(text, names.scope, options);
    flow made;
    if (!tree || tree->roots.empty()) {
        made.unknown = true;
        for (const flow& each : names.slots) consume(each);
        return made;
    }
    says(text);
    return tree_flow(*this, *tree, names).read(*tree->roots.front());
}

POLKU_DECL result<void> flow_reader::try_test(const flow& input, std::string_view tests, const flow_names& names) {
    feel::compile_options options;
    options.unknown_names_are_null = true;
    POLKU_TRY(const feel::syntax_tree tree,
              feel::try_parse_unary_tests(tests, names.scope, feel::type::any(), options));
    tree_flow walk(*this, tree, names);
    walk.set_local(0, input);
    for (const auto& each : tree.roots) walk.test(input, *each);
    return {};
}

}  // namespace polku::inline POLKU_V::rules::detail

#endif
