// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_RULES_REGIONS_TEXT_IPP
#define POLKU_IMPL_RULES_REGIONS_TEXT_IPP

#include <polku/feel/operations.hpp>
#include <polku/impl/rules/detail/regions.hpp>

#include <algorithm>

namespace polku::inline POLKU_V::rules::detail {

POLKU_DECL region_value regions::unsupported(frame& in) const {
    in.unsupported = true;
    return {};
}

/// The value of a text or a body for every combination of the slots' values, where all are known and few; else a value
/// that hangs on the same facts.
POLKU_DECL region_value regions::at_all(std::span<const std::uint32_t> used, values slots, const feel::expression* text,
                                        const dmn::detail::logic* body) {
    std::vector<diagram> operands;
    std::vector<std::uint32_t> open;
    std::vector<feel::value> given(slots.size());
    std::vector<std::uint32_t> inputs;
    bool small = true;
    const void* const which = text != nullptr ? static_cast<const void*>(text) : body;
    std::string key = "body" + std::to_string(reinterpret_cast<std::uintptr_t>(which));
    for (const std::uint32_t each : used) {
        const diagram of = flat(slots[each]);
        key += '|' + std::to_string(of);
        if (store_.is_constant(of)) {
            given[each] = store_.at(of).constant;
            continue;
        }
        add_inputs(inputs, inputs_of(of));
        small = small && is_small(store_, of);
        operands.push_back(of);
        open.push_back(each);
    }
    if (!small || operands.size() > diagrams::max_operands) return plain(unknown_of(std::move(inputs), key));
    const auto evaluated = [&](std::span<const diagram> of) {
        for (std::size_t each = 0; each < of.size(); ++each) {
            if (!store_.is_constant(of[each])) return diagrams::null;  // outside the region
            given[open[each]] = store_.at(of[each]).constant;
        }
        if (text != nullptr) return store_.constant(text->evaluate(with_, given));
        dmn::detail::frame run(with_);
        for (const feel::value& each : given) run.slots.push_back(each);
        return store_.constant(body->evaluate(run));
    };
    if (operands.empty()) return plain(evaluated({}));
    return plain(store_.mapped(operands, evaluated));
}

POLKU_DECL region_value regions::text_value(const feel::expression& text, values slots) {
    if (!text) return {};
    if (const auto slot = text.plain_slot()) return slots[*slot];
    const auto used = text.used_slots();
    const bool known = std::all_of(used.begin(), used.end(), [&](std::uint32_t each) { return is_known(slots[each]); });
    if (!known) {
        if (const feel::syntax_node* const root = texts_->find(text)) {
            frame in{slots, {}, false};
            region_value made = node_value(*root, in);
            if (!in.unsupported) return made;
        }
    }
    return at_all(used, slots, &text, nullptr);
}

POLKU_DECL region_value regions::node_value(const feel::syntax_node& of, frame& in) {
    using feel::syntax;
    if (in.unsupported) return {};
    switch (of.is) {
        case syntax::literal: return plain(store_.constant(of.constant));
        case syntax::slot: return in.slots[of.index];
        case syntax::local: {
            const auto found = in.locals.find(of.index);
            return found == in.locals.end() ? unsupported(in) : found->second;
        }
        case syntax::item_entry: {
            // An item that is no context has no entries, so the name means what it means outside.
            const auto item = in.locals.find(of.index);
            const bool is_plain = item != in.locals.end() && is_known(item->second) && !of.children.empty() &&
                                  !store_.at(item->second.scalar).constant.is(feel::kind::context);
            return is_plain ? node_value(*of.children[0], in) : unsupported(in);
        }
        case syntax::negation: {
            const diagram operand = flat(node_value(*of.children[0], in));
            return plain(applied("-", std::span<const diagram>(&operand, 1), true,
                                 [](std::span<const feel::value> each) { return feel::negate(each[0]); }));
        }
        case syntax::arithmetic: return arithmetic(of, in);
        case syntax::comparison: return plain(comparison_text(of, in));
        case syntax::between: {
            const diagram point = flat(node_value(*of.children[0], in));
            const diagram sides[] = {
                compared(feel::syntax_operator::greater_or_equal, point, flat(node_value(*of.children[1], in))),
                compared(feel::syntax_operator::less_or_equal, point, flat(node_value(*of.children[2], in)))};
            return plain(applied("and", sides, false, [](std::span<const feel::value> each) {
                return feel::logical_and(each[0], each[1]);
            }));
        }
        case syntax::conjunction:
        case syntax::disjunction: return junction(of, in);
        case syntax::conditional: return conditional(of, in);
        case syntax::list: {
            std::vector<region_item> items;
            for (const auto& each : of.children) items.push_back({diagrams::truth, node_value(*each, in)});
            return list_of(std::move(items));
        }
        case syntax::context: return context(of, in);
        case syntax::path: return path(of, in);
        case syntax::filter: return filter(of, in);
        case syntax::invocation: return invocation(of, in);
        default: return unsupported(in);
    }
}

/// The most that a comparison of a count with a constant tells apart; none for other comparisons.
inline std::optional<std::int64_t> counted_to(const feel::syntax_node& comparison) {
    const feel::syntax_node& left = *comparison.children[0];
    const feel::syntax_node& right = *comparison.children[1];
    const bool is_count = left.is == feel::syntax::invocation && left.children.size() == 2 && left.names.empty() &&
                          left.children[0]->is == feel::syntax::builtin && left.children[0]->callee->name() == "count";
    if (!is_count || right.is != feel::syntax::literal || !right.constant.is(feel::kind::number)) return std::nullopt;
    const auto limit = right.constant.as_number().to_int64();
    return limit && *limit >= 0 && *limit < 100 ? std::optional<std::int64_t>(*limit + 1) : std::nullopt;
}

POLKU_DECL diagram regions::comparison_text(const feel::syntax_node& of, frame& in) {
    count_limit_ = counted_to(of).value_or(no_count_limit);
    const region_value left = node_value(*of.children[0], in);
    count_limit_ = no_count_limit;
    const region_value right = node_value(*of.children[1], in);
    // A list or context is compared with another kind of value, or with null, whatever is in it.
    const auto seen = [&](const region_value& side, const region_value& other) {
        const bool is_simple = is_known(other) && !store_.at(other.scalar).constant.is(feel::kind::list) &&
                               !store_.at(other.scalar).constant.is(feel::kind::context);
        if (!is_simple || side.is_plain()) return flat(side);
        return store_.mapped(std::span<const diagram>(&side.scalar, 1), [&](std::span<const diagram> each) {
            if (each[0] == diagrams::a_list) return store_.constant(feel::value(std::vector<feel::value>()));
            return each[0] == diagrams::a_context ? store_.constant(feel::value(feel::context())) : each[0];
        });
    };
    const diagram first = seen(left, right);
    return compared(of.operators[0], first, seen(right, left));
}

POLKU_DECL region_value regions::arithmetic(const feel::syntax_node& of, frame& in) {
    using feel::syntax_operator;
    diagram made = flat(node_value(*of.children[0], in));
    for (std::size_t at = 0; at < of.operators.size(); ++at) {
        const syntax_operator how = of.operators[at];
        const diagram right = flat(node_value(*of.children[at + 1], in));
        const diagram operands[] = {made, right};
        // A divisor that is known and not zero always divides.
        const bool is_total = how == syntax_operator::add || how == syntax_operator::subtract ||
                              how == syntax_operator::multiply ||
                              (how == syntax_operator::divide && store_.is_constant(right));
        const std::string name = "arithmetic" + std::to_string(static_cast<int>(how));
        made = applied(name, operands, is_total, [&](std::span<const feel::value> each) {
            switch (how) {
                case syntax_operator::add: return feel::add(each[0], each[1], with_);
                case syntax_operator::subtract: return feel::subtract(each[0], each[1], with_);
                case syntax_operator::multiply: return feel::multiply(each[0], each[1], with_);
                case syntax_operator::divide: return feel::divide(each[0], each[1], with_);
                default: return feel::power(each[0], each[1], with_);
            }
        });
    }
    return plain(made);
}

POLKU_DECL region_value regions::junction(const feel::syntax_node& of, frame& in) {
    const bool is_and = of.is == feel::syntax::conjunction;
    diagram made = is_and ? diagrams::truth : diagrams::falsehood;
    for (const auto& each : of.children) {
        const diagram operands[] = {made, truth_of(flat(node_value(*each, in)))};
        if (store_.is_truth_valued(made)) {
            made = is_and ? store_.both(made, operands[1]) : store_.either(made, operands[1]);
            continue;
        }
        made = applied(is_and ? "and" : "or", operands, false, [&](std::span<const feel::value> sides) {
            return is_and ? feel::logical_and(sides[0], sides[1]) : feel::logical_or(sides[0], sides[1]);
        });
    }
    return plain(made);
}

POLKU_DECL region_value regions::conditional(const feel::syntax_node& of, frame& in) {
    const diagram condition = flat(node_value(*of.children[0], in));
    const bool is_truth = terminals_fit(condition, feel::type::simple(feel::kind::boolean));
    if (!is_truth) return unsupported(in);
    const region_value then = node_value(*of.children[1], in);
    return chosen(condition, then, node_value(*of.children[2], in));
}

POLKU_DECL region_value regions::context(const feel::syntax_node& of, frame& in) {
    if (of.index == 1) return unsupported(in);
    std::vector<region_entry> entries;
    for (std::size_t at = 0; at < of.children.size(); ++at) {
        entries.push_back({of.names[at], node_value(*of.children[at], in)});
        if (at < of.symbols.size()) in.locals[of.symbols[at]] = entries.back().is;
    }
    return {diagrams::a_context, nullptr, std::make_shared<const std::vector<region_entry>>(std::move(entries))};
}

POLKU_DECL region_value regions::path(const feel::syntax_node& of, frame& in) {
    region_value from = node_value(*of.children[0], in);
    if (in.unsupported || from.list) return unsupported(in);
    const auto member = [&](std::span<const feel::value> each) { return feel::member(each[0], of.text, with_); };
    const diagram made = store_.mapped(std::span<const diagram>(&from.scalar, 1), [&](std::span<const diagram> each) {
        if (store_.is_mark(each[0])) return diagrams::null;
        if (store_.is_constant(each[0])) return store_.constant(member(std::span(&store_.at(each[0]).constant, 1)));
        // Parts of dates and durations are always there.
        return computed("." + of.text, each, !term(each[0]).sample.is_null(), member);
    });
    if (!from.context) return plain(made);
    const diagram inside = store_.mapped(std::span<const diagram>(&from.scalar, 1), [&](std::span<const diagram> each) {
        return each[0] == diagrams::a_context ? diagrams::truth : diagrams::falsehood;
    });
    for (const region_entry& each : *from.context)
        if (each.name == of.text) return chosen(inside, each.is, plain(made));
    return plain(store_.choice(inside, diagrams::null, made));
}

// ------------------------------------------------------------------------------------------------------------- lists

/// The items of a value that is a list everywhere; false for others.
POLKU_DECL bool regions::as_items(const region_value& of, std::vector<region_item>& items) {
    std::vector<bool> variables;
    std::vector<diagram> terminals;
    store_.look(of.scalar, variables, terminals);
    for (const diagram each : terminals) {
        if (each == diagrams::a_list) {
            items.insert(items.end(), of.list->begin(), of.list->end());
            continue;
        }
        if (!store_.is_constant(each) || !store_.at(each).constant.is(feel::kind::list)) return false;
        // A known list in its own region, where no other one is.
        const diagram here = store_.mapped(std::span<const diagram>(&of.scalar, 1), [&](std::span<const diagram> end) {
            return end[0] == each ? diagrams::truth : diagrams::falsehood;
        });
        const feel::value known = store_.at(each).constant;
        for (const feel::value& item : known.as_list()) items.push_back({here, plain(store_.constant(item))});
    }
    return true;
}

POLKU_DECL region_value regions::item_at(const region_value& of, const feel::value& index, frame& in) {
    const auto wanted = index.as_number().to_int64();
    if (!wanted || *wanted != 1) return unsupported(in);
    region_value made = plain(diagrams::null);
    for (std::size_t at = of.list->size(); at-- > 0;) made = chosen((*of.list)[at].guard, (*of.list)[at].is, made);
    return made;
}

POLKU_DECL region_value regions::filter(const feel::syntax_node& of, frame& in) {
    const region_value from = node_value(*of.children[0], in);
    // Only lists, where they are lists, and null where they are null; what else there is has no items here.
    std::vector<bool> variables;
    std::vector<diagram> terminals;
    store_.look(from.scalar, variables, terminals);
    const bool is_list = std::all_of(terminals.begin(), terminals.end(), [](diagram each) {
        return each == diagrams::a_list || each == diagrams::null || each == diagrams::absent;
    });
    if (in.unsupported || !is_list || !from.list) return unsupported(in);
    const feel::syntax_node& condition = *of.children[1];
    if (condition.is == feel::syntax::literal && condition.constant.is(feel::kind::number))
        return item_at(from, condition.constant, in);
    if (condition.is != feel::syntax::comparison) return unsupported(in);
    std::vector<region_item> items;
    for (const region_item& each : *from.list) {
        if (!each.is.is_plain()) return unsupported(in);
        in.locals[of.index] = each.is;
        const diagram holds = flat(node_value(condition, in));
        items.push_back({store_.both(each.guard, store_.choice(holds, diagrams::truth, diagrams::falsehood)), each.is});
    }
    region_value made = list_of(std::move(items));
    made.scalar = from.scalar;
    return made;
}

POLKU_DECL region_value regions::list_call(std::string_view name, std::span<const region_value> given,
                                           std::int64_t limit, bool& done) {
    done = true;
    std::vector<region_item> items;
    if (name == "concatenate") {
        for (const region_value& each : given) done = done && as_items(each, items);
        return done ? list_of(std::move(items)) : region_value();
    }
    const bool is_count = name == "count" && given.size() == 1;
    const bool is_contains = name == "list contains" && given.size() == 2 && is_known(given[1]);
    done = (is_count || is_contains) && given[0].list;
    if (!done) return {};
    // A null has no items, and the built-ins answer what they do for it.
    const region_value from = given[0];
    const feel::function* const callee = feel::find_builtin(name);
    const feel::type lists = feel::type::list_of(feel::type::any());
    const diagram elsewhere = store_.mapped(std::span<const diagram>(&from.scalar, 1), [](std::span<const diagram> of) {
        return of[0] == diagrams::a_list ? diagrams::absent : of[0];
    });
    done = callee != nullptr && terminals_fit(elsewhere, lists);
    for (std::size_t at = 0; done && is_contains && at < from.list->size(); ++at) done = is_known((*from.list)[at].is);
    if (!done) return {};
    diagram answer = is_count ? store_.constant(feel::value(0)) : diagrams::falsehood;
    for (const region_item& each : *from.list) {
        if (is_count) {
            // Told apart up to one, an item more is one whatever the others are.
            const diagram one = limit == 1 ? store_.constant(feel::value(1)) : answer;
            const diagram more = store_.mapped(std::span<const diagram>(&one, 1), [&](std::span<const diagram> of) {
                const feel::value& before = store_.at(of[0]).constant;
                const bool is_full = before.as_number() >= feel::number(limit);
                return is_full ? of[0] : store_.constant(feel::add(before, feel::value(1), with_));
            });
            answer = store_.choice(each.guard, more, answer);
        } else if (feel::equal(store_.at(each.is.scalar).constant, store_.at(given[1].scalar).constant, with_)
                       .is_true()) {
            answer = store_.either(each.guard, answer);
        }
    }
    if (from.scalar == diagrams::a_list) return plain(answer);
    const diagram operands[] = {from.scalar, answer};
    return plain(store_.mapped(operands, [&](std::span<const diagram> of) {
        if (of[0] == diagrams::a_list) return of[1];
        if (!store_.is_constant(of[0])) return diagrams::null;
        std::vector<feel::value> arguments{store_.at(of[0]).constant};
        if (is_contains) arguments.push_back(store_.at(given[1].scalar).constant);
        return store_.constant(callee->call(with_, arguments));
    }));
}

/// Built-ins that always answer when their operands are of the kinds that they take.
inline bool is_total_call(std::string_view name) {
    static constexpr std::string_view names[] = {
        "abs",           "ceiling",  "day of week",
        "floor",         "max",      "min",
        "round half up", "round up", "years and months duration",
    };
    return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

POLKU_DECL region_value regions::invocation(const feel::syntax_node& of, frame& in) {
    const feel::syntax_node& callee = *of.children[0];
    if (callee.is != feel::syntax::builtin || !of.names.empty() || of.children.size() > diagrams::max_operands + 1)
        return unsupported(in);
    const std::int64_t limit = count_limit_;
    count_limit_ = no_count_limit;
    std::vector<region_value> given;
    for (std::size_t at = 1; at < of.children.size(); ++at) given.push_back(node_value(*of.children[at], in));
    if (in.unsupported || given.empty()) return unsupported(in);
    const std::string_view name = callee.callee->name();
    bool done = false;
    region_value made = list_call(name, given, limit, done);
    if (done) return made;
    std::vector<diagram> operands;
    for (const region_value& each : given) operands.push_back(flat(each));
    if (name == "not" && operands.size() == 1 && store_.is_truth_valued(operands[0]))
        return plain(store_.opposite(operands[0]));
    return plain(applied("call " + std::string(name), operands, is_total_call(name),
                         [&](std::span<const feel::value> each) { return callee.callee->call(with_, each); }));
}

}  // namespace polku::inline POLKU_V::rules::detail

#endif
