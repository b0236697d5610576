// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_DMN_NULL_SEARCH_IPP
#define POLKU_IMPL_DMN_NULL_SEARCH_IPP

#include <polku/dmn/detail/null_search.hpp>
#include <polku/dmn/nearest_rules.hpp>
#include <polku/feel/compiler.hpp>
#include <polku/feel/lexer.hpp>
#include <polku/feel/parser.hpp>

#include <algorithm>
#include <utility>

namespace polku::inline POLKU_V::dmn::detail {

POLKU_DECL const feel::value* value_at(const feel::value& of, null_path path) {
    const feel::value* at = &of;
    for (const null_part& each : path) {
        if (each.index == 0)
            at = at->is(feel::kind::context) ? at->as_context().find(each.name) : nullptr;
        else
            at = at->is(feel::kind::list) && each.index <= at->as_list().size() ? &at->as_list()[each.index - 1]
                                                                                : nullptr;
        if (!at) return nullptr;
    }
    return at;
}

POLKU_DECL std::string text_of_path(null_path path) {
    std::string out;
    for (const null_part& each : path) {
        if (each.index == 0)
            out += (out.empty() ? "" : ".") + each.name;
        else
            out += "[" + std::to_string(each.index) + "]";
    }
    return out;
}

POLKU_DECL std::vector<null_part> joined_path(null_path first, null_path second) {
    std::vector<null_part> made(first.begin(), first.end());
    made.insert(made.end(), second.begin(), second.end());
    return made;
}

/// True when the text of a path begins with that of another, part by part.
POLKU_DECL bool is_path_inside(std::string_view path, std::string_view outer) noexcept {
    if (outer.empty() || path == outer) return true;
    return path.size() > outer.size() && path.substr(0, outer.size()) == outer &&
           (path[outer.size()] == '.' || path[outer.size()] == '[');
}

/// A text short enough for a sentence, cut between characters.
POLKU_DECL std::string shortened(std::string_view text) {
    constexpr std::size_t most = 200;
    if (text.size() <= most) return std::string(text);
    std::size_t end = most;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
    return std::string(text.substr(0, end)) + "...";
}

POLKU_DECL void null_search::bind(std::span<const feel::value> slots) {
    frame_.slots.clear();
    for (const feel::value& each : slots) frame_.slots.push_back(each);
    binders_.clear();
    for (const slot_source& each : node_.sources) {
        binder made;
        made.source = &each;
        made.name = each.members.empty() ? program_.nodes[each.node].name : each.name;
        if (each.members.empty()) made.type = program_.nodes[each.node].known_type;
        binders_.push_back(std::move(made));
    }
    if (node_.parameters && node_.is == node_kind::knowledge)
        for (const feel::parameter& each : node_.parameters->declared) {
            binder made;
            made.name = each.name;
            made.type = each.type;
            binders_.push_back(std::move(made));
        }
    frame_.slots.shrink(binders_.size());
    while (frame_.slots.size() < binders_.size()) frame_.slots.push_back(feel::value());
}

POLKU_DECL void null_search::collect_nulls(const feel::value& in, std::vector<null_part>& path,
                                           std::vector<std::vector<null_part>>& out) {
    if (++visited_ > max_visited || out.size() >= max_causes) return;
    if (in.is_null()) {
        out.push_back(path);
        return;
    }
    if (path.size() >= 8) return;
    if (in.is(feel::kind::context)) {
        for (const auto& each : in.as_context()) {
            path.push_back({each.name, 0});
            collect_nulls(each.value, path, out);
            path.pop_back();
        }
    } else if (in.is(feel::kind::list)) {
        const auto items = in.as_list();
        for (std::size_t at = 0; at < items.size() && visited_ <= max_visited && out.size() < max_causes; ++at) {
            path.push_back({{}, at + 1});
            collect_nulls(items[at], path, out);
            path.pop_back();
        }
    }
}

POLKU_DECL std::vector<null_cause> null_search::causes_of(const feel::value& value, const feel::value& untyped) {
    std::vector<std::vector<null_part>> nulls;
    std::vector<null_part> path;
    collect_nulls(value, path, nulls);
    for (const std::vector<null_part>& each : nulls) {
        if (causes_.size() >= max_causes || frame_.with.faulted()) break;
        path_ = text_of_path(each);
        reason_ = value_at(value, each)->reason();
        const std::size_t before = causes_.size();
        const feel::value* const made = value_at(untyped, each);
        if (made && !made->is_null())
            arose(null_origin::type_refused, node_.name, reason_);
        else if (node_.body)
            node_.body->find_null(*this, each);
        if (causes_.size() == before) arose(null_origin::expression, node_.name, reason_);
    }
    return std::move(causes_);
}

POLKU_DECL void null_search::arose(null_origin origin, std::string_view element, feel::null_reason reason) {
    if (causes_.size() >= max_causes) return;
    null_cause made{path_, {node_.name}, origin, shortened(element), reason};
    for (const null_cause& each : causes_)
        if (each.path == made.path && each.chain == made.chain && each.origin == made.origin &&
            each.element == made.element)
            return;
    causes_.push_back(std::move(made));
}

POLKU_DECL void null_search::arose_in_logic() { arose(null_origin::expression, node_.name, reason_); }

POLKU_DECL void null_search::bind_entry(const std::string& name, feel::value of, const logic* entry,
                                        const item_type_pointer& type) {
    binder made;
    made.name = name;
    made.entry = entry;
    made.entry_type = type;
    if (type) made.type = type->type;
    binders_.push_back(std::move(made));
    frame_.slots.push_back(std::move(of));
}

POLKU_DECL void null_search::release(std::size_t count) {
    frame_.slots.shrink(count);
    binders_.resize(count);
}

POLKU_DECL void null_search::look_in(const logic& of, const item_type_pointer& type, null_path at) {
    if (depth_ >= max_depth || !frame_.with.step()) return;
    ++depth_;
    bool refused = false;
    if (type) {
        const feel::value untyped = of.evaluate(frame_);
        const feel::value* const there = value_at(untyped, at);
        refused = there && !there->is_null();
    }
    if (refused)
        arose(null_origin::type_refused, node_.name, reason_);
    else
        of.find_null(*this, at);
    --depth_;
}

// --------------------------------------------------------------------------------------------------- FEEL texts

POLKU_DECL void null_search::look_in_text(const feel::expression& text, null_path at) {
    if (depth_ >= max_depth || !frame_.with.step()) return;
    feel::scope names;
    for (const binder& each : binders_) names.add(each.name, each.type);
    feel::compile_options options;
    options.unknown_names_are_null = true;
    auto tree = feel::try_parse(text.text(), names, options);
    // Texts with types of the model cannot be read again here; then the whole text is the origin.
    if (!tree || names.size() != frame_.slots.size()) return arose(null_origin::expression, text.text(), reason_);
    ++depth_;
    look_in_node(*tree, tree->roots.front(), at, text.text());
    --depth_;
}

/// Symbols that a part of a text declares itself.
POLKU_DECL void collect_symbols(const feel::syntax_node& in, std::vector<std::uint32_t>& declared) {
    declared.insert(declared.end(), in.symbols.begin(), in.symbols.end());
    if (in.is == feel::syntax::filter || in.is == feel::syntax::for_loop) declared.push_back(in.index);
    for (const auto& each : in.children)
        if (each) collect_symbols(*each, declared);
}

/// False when the part uses a name that the text declares around it: then it has no value by itself.
POLKU_DECL bool stands_alone(const feel::syntax_node& part, const std::vector<std::uint32_t>& declared) {
    const bool reads_symbol = part.is == feel::syntax::local || part.is == feel::syntax::item_entry;
    if (reads_symbol && std::find(declared.begin(), declared.end(), part.index) == declared.end()) return false;
    return std::all_of(part.children.begin(), part.children.end(),
                       [&](const auto& each) { return !each || stands_alone(*each, declared); });
}

POLKU_DECL bool stands_alone(const feel::syntax_node& part) {
    std::vector<std::uint32_t> declared;
    collect_symbols(part, declared);
    return stands_alone(part, declared);
}

/// The value of a part of a text, compiled as a text of its own.
POLKU_DECL feel::value null_search::evaluated(const feel::syntax_tree& tree, feel::syntax_pointer& of) {
    feel::syntax_tree part;
    part.symbols = tree.symbols;
    part.roots.push_back(std::move(of));
    const feel::compile_options options;
    const auto code = feel::detail::compiler(part, options).expression_code();
    of = std::move(part.roots.front());
    return feel::detail::compiled::make_expression(code, {}).evaluate(frame_.with, frame_.slots);
}

/// The operands that are null by themselves; where none is, the null arose in the operation.
POLKU_DECL void null_search::look_in_operands(const feel::syntax_tree& tree, feel::syntax_pointer& of,
                                              std::size_t first, std::size_t count, std::string_view text) {
    const std::size_t before = causes_.size();
    for (std::size_t at = first; at < of->children.size() && at < first + count; ++at) {
        feel::syntax_pointer& operand = of->children[at];
        if (operand->is == feel::syntax::literal || !stands_alone(*operand)) continue;
        if (evaluated(tree, operand).is_null()) look_in_node(tree, operand, {}, text);
    }
    if (causes_.size() == before)
        arose(null_origin::expression, text, stands_alone(*of) ? evaluated(tree, of).reason() : reason_);
}

/// `a.b.c` from a name in scope: null there, or a missing entry on the way.
POLKU_DECL void null_search::look_in_path(const feel::syntax_tree& tree, feel::syntax_pointer& of, null_path at,
                                          std::string_view text) {
    feel::syntax_pointer& base = of->children.front();
    if (!stands_alone(*base)) return arose(null_origin::expression, text, reason_);
    const feel::value from = evaluated(tree, base);
    if (from.is_null()) return look_in_node(tree, base, {}, text);
    std::vector<null_part> parts;
    const feel::syntax_node* root = of.get();
    for (; root->is == feel::syntax::path; root = root->children.front().get()) parts.push_back({root->text, 0});
    if (root->is != feel::syntax::slot || !from.is(feel::kind::context))
        return arose(null_origin::expression, text, stands_alone(*of) ? evaluated(tree, of).reason() : reason_);
    std::reverse(parts.begin(), parts.end());
    follow(root->index, joined_path(parts, at));
}

POLKU_DECL void null_search::look_in_node(const feel::syntax_tree& tree, feel::syntax_pointer& of, null_path at,
                                          std::string_view text) {
    using feel::syntax;
    if (!frame_.with.step()) return;
    if (of->is == syntax::slot) return follow(of->index, at);
    if (of->is == syntax::path) return look_in_path(tree, of, at, text);
    if (of->is == syntax::conditional) {
        if (!stands_alone(*of->children[0])) return arose(null_origin::expression, text, reason_);
        const bool holds = evaluated(tree, of->children[0]).is_true();
        return look_in_node(tree, of->children[holds ? 1 : 2], at, text);
    }
    if (!at.empty() && (of->is == syntax::context || of->is == syntax::list)) {
        for (std::size_t part = 0; part < of->children.size(); ++part) {
            const bool wanted = of->is == syntax::list
                                    ? at[0].index == part + 1
                                    : at[0].index == 0 && part < of->names.size() && of->names[part] == at[0].name;
            if (wanted && stands_alone(*of->children[part]))
                return look_in_node(tree, of->children[part], at.subspan(1), text);
        }
    }
    if (!at.empty()) return arose(null_origin::expression, text, reason_);
    switch (of->is) {
        case syntax::negation:
        case syntax::arithmetic:
        case syntax::comparison:
        case syntax::conjunction:
        case syntax::disjunction:
        case syntax::between:
        case syntax::interval:
        case syntax::unary_range: return look_in_operands(tree, of, 0, of->children.size(), text);
        case syntax::in_tests:
        case syntax::filter: return look_in_operands(tree, of, 0, 1, text);
        case syntax::invocation: {
            const feel::syntax_node& callee = *of->children[0];
            if (callee.is == syntax::slot && look_in_table_of(binders_[callee.index].name)) return;
            return look_in_operands(tree, of, 1, of->children.size(), text);
        }
        case syntax::literal: return arose(null_origin::expression, text, feel::null_reason::none);
        case syntax::unknown_name: return arose(null_origin::expression, text, feel::null_reason::no_such_entry);
        default:
            return arose(null_origin::expression, text, stands_alone(*of) ? evaluated(tree, of).reason() : reason_);
    }
}

// ----------------------------------------------------------------------------------------------- along the graph

POLKU_DECL void null_search::follow(std::uint32_t slot, null_path at) {
    if (depth_ >= max_depth || slot >= binders_.size()) return;
    if (binders_[slot].source) return follow_source(*binders_[slot].source, frame_.slots[slot], at);
    const logic* const entry = binders_[slot].entry;
    if (!entry) return follow_given(binders_[slot].name, frame_.slots[slot], at);
    // An entry of a boxed context sees those before it only.
    const item_type_pointer type = binders_[slot].entry_type;
    std::vector<binder> later(binders_.begin() + slot, binders_.end());
    const std::span<const feel::value> bound = frame_.slots;
    const std::vector<feel::value> values(bound.begin() + slot, bound.end());
    release(slot);
    look_in(*entry, type, at);
    binders_.insert(binders_.end(), later.begin(), later.end());
    for (const feel::value& each : values) frame_.slots.push_back(each);
}

POLKU_DECL void null_search::follow_source(const slot_source& source, const feel::value& value, null_path at) {
    std::uint32_t node = source.node;
    const feel::value* from = &value;
    if (!source.members.empty()) {
        const auto member = std::find_if(source.members.begin(), source.members.end(), [&](const auto& each) {
            return !at.empty() && at[0].index == 0 && each.name == at[0].name;
        });
        from = member == source.members.end() ? nullptr : value_at(value, at.first(1));
        if (!from) return arose(null_origin::expression, source.name, feel::null_reason::no_such_entry);
        node = member->node;
        at = at.subspan(1);
    }
    const program_node& of = program_.nodes[node];
    if (of.is == node_kind::decision && follow_step(node, at)) return;
    if (of.is == node_kind::input || of.is == node_kind::decision) return follow_given(of.name, *from, at);
    arose(null_origin::expression, of.name, reason_);
}

/// Goes on with what the step of a required decision found out; false when the decision was given as an input.
POLKU_DECL bool null_search::follow_step(std::uint32_t node, null_path at) {
    const trace_step* from = nullptr;
    for (const trace_step& each : trace_.steps)
        if (each.node == node && each.run == trace_.run) from = &each;
    if (!from) return false;
    const std::string wanted = text_of_path(at);
    const std::size_t before = causes_.size();
    for (const null_cause& each : from->nulls) {
        if (!is_path_inside(wanted, each.path) || causes_.size() >= max_causes) continue;
        null_cause made = each;
        made.path = path_;
        made.chain.insert(made.chain.begin(), node_.name);
        causes_.push_back(std::move(made));
    }
    if (causes_.size() != before) return true;
    const std::string whole = from->name + (wanted.empty() ? "" : "." + wanted);
    const bool absent = value_at(from->value, at) == nullptr;
    arose(null_origin::expression, whole, absent ? feel::null_reason::no_such_entry : reason_);
    return true;
}

/// A null that came in from outside: an input, a parameter, or a decision that a service takes as an input.
POLKU_DECL void null_search::follow_given(std::string_view name, const feel::value& value, null_path at) {
    std::size_t known = 0;
    const feel::value* there = &value;
    while (known < at.size() && there && !there->is_null()) there = value_at(value, at.first(++known));
    std::string element(name);
    if (known > 0) element += "." + text_of_path(at.first(known));
    if (!there) return arose(null_origin::input_not_given, element, feel::null_reason::no_such_entry);
    const feel::null_reason reason = there->reason();
    const bool refused =
        known == 0 && (reason == feel::null_reason::constraint_violated || reason == feel::null_reason::type_mismatch);
    arose(reason == feel::null_reason::unknown_input ? null_origin::input_not_given
          : refused                                  ? null_origin::input_refused
                                                     : null_origin::input_null,
          element, reason);
}

// -------------------------------------------------------------------------------------------------------- tables

POLKU_DECL const table_trace* null_search::record_of(std::string_view id, std::string_view owner) const {
    for (auto each = trace_.open.rbegin(); each != trace_.open.rend(); ++each)
        if (each->owner == owner && each->id == id) return &*each;
    return nullptr;
}

POLKU_DECL bool null_search::look_in_table_of(std::string_view owner) {
    for (auto each = trace_.open.rbegin(); each != trace_.open.rend(); ++each) {
        if (each->owner != owner || !each->result.is_null()) continue;
        look_in_record(*each, nullptr, {});
        return true;
    }
    return false;
}

POLKU_DECL void null_search::look_in_table(const compiled_table& table, null_path at) {
    if (const table_trace* const of = record_of(table.id, table.owner)) return look_in_record(*of, &table, at);
    arose(null_origin::expression, table.owner, reason_);
}

/// What the record of a table says of its null result; with the table itself also what its texts say.
POLKU_DECL void null_search::look_in_record(const table_trace& of, const compiled_table* table, null_path at) {
    const std::string& name = of.id.empty() ? of.owner : of.id;
    if (of.refused != 0)
        return arose(null_origin::outside_input_values, of.inputs[of.refused - 1].first,
                     feel::null_reason::constraint_violated);
    if (of.matched.empty() && !of.used_default) {
        if (of.result.reason() == feel::null_reason::constraint_violated)
            return arose(null_origin::outside_input_values, name, feel::null_reason::constraint_violated);
        arose(null_origin::no_rule_matched, name, feel::null_reason::no_rule_matched);
        if (table) look_in_null_inputs(of, *table);
        return;
    }
    if (of.result.reason() == feel::null_reason::hit_policy_violated)
        return arose(null_origin::hit_policy_violated, name, feel::null_reason::hit_policy_violated);
    if (table) return look_in_outputs(of, *table, at);
    arose(null_origin::rule_output, name, of.result.reason());
}

/// Null inputs that keep the nearest rules from being met are where the missing match may come from.
POLKU_DECL void null_search::look_in_null_inputs(const table_trace& of, const compiled_table& table) {
    for (const near_rule& rule : of.nearest)
        for (const failing_cell& each : rule.failing)
            if (each.found.is_null()) look_in_text(table.inputs[each.column - 1].expression, {});
}

POLKU_DECL void null_search::look_in_output(const rule_trace& rule, const compiled_table& table, std::size_t column,
                                            null_path at, feel::null_reason reason) {
    const std::string name = rule.id.empty() ? std::to_string(rule.index) : rule.id;
    if (table.constant(rule.index - 1, column)) {
        const bool refused =
            reason == feel::null_reason::constraint_violated || reason == feel::null_reason::type_mismatch;
        return arose(refused ? null_origin::type_refused : null_origin::rule_output, name, reason);
    }
    const feel::expression& text = table.output_expression(rule.index - 1, column);
    const feel::value untyped = text.evaluate(frame_.with, frame_.slots);
    const feel::value* const made = value_at(untyped, at);
    if (made && !made->is_null())
        arose(null_origin::type_refused, name, reason);
    else
        look_in_text(text, at);
}

POLKU_DECL void null_search::look_in_outputs(const table_trace& of, const compiled_table& table, null_path at) {
    std::size_t first = 0;
    std::size_t last = of.matched.size();
    if (!at.empty() && at[0].index != 0) {  // rule order and collect: the items are the rules that matched
        first = std::min(at[0].index - 1, last);
        last = table.hit_policy == hit_policy::output_order ? last : std::min(first + 1, last);
        first = table.hit_policy == hit_policy::output_order ? 0 : first;
        at = at.subspan(1);
    }
    std::size_t column = 0;
    if (table.outputs.size() > 1 && !at.empty()) {
        while (column < table.outputs.size() && table.outputs[column].name != at[0].name) ++column;
        if (column == table.outputs.size()) return arose_in_logic();
        at = at.subspan(1);
    }
    const std::size_t before = causes_.size();
    if (of.used_default && table.outputs[column].default_entry)
        return look_in_text(table.outputs[column].default_entry, at);
    for (std::size_t each = first; each < last; ++each) {
        const feel::value& output = of.matched[each].output;
        const feel::value* const part =
            table.outputs.size() > 1 && output.is(feel::kind::context) ? &output.as_context()[column].value : &output;
        const feel::value* const there = value_at(*part, at);
        if (!there || !there->is_null()) continue;
        look_in_output(of.matched[each], table, column, at, there->reason());
    }
    if (causes_.size() == before) arose(null_origin::rule_output, of.id.empty() ? of.owner : of.id, reason_);
}

// ------------------------------------------------------------------------------------------- boxed expressions

POLKU_DECL void logic::find_null(null_search& in, null_path) const { in.arose_in_logic(); }

POLKU_DECL void null_logic::find_null(null_search& in, null_path) const {
    in.arose(null_origin::no_logic, {}, reason_);
}

POLKU_DECL void literal_logic::find_null(null_search& in, null_path at) const { in.look_in_text(text_, at); }

POLKU_DECL void typed_logic::find_null(null_search& in, null_path at) const { in.look_in(*inner_, type_, at); }

POLKU_DECL void table_logic::find_null(null_search& in, null_path at) const { in.look_in_table(table_, at); }

POLKU_DECL void context_logic::find_null(null_search& in, null_path at) const {
    const std::size_t before = in.values().slots.size();
    const bool has_answer =
        std::any_of(entries_.begin(), entries_.end(), [](const entry& each) { return each.name.empty(); });
    for (const entry& each : entries_) {
        const bool is_head = !has_answer && !at.empty() && at[0].index == 0 && at[0].name == each.name;
        if (each.name.empty() || is_head) {
            in.look_in(*each.value, each.type, is_head ? at.subspan(1) : at);
            break;
        }
        feel::value value = each.value->evaluate(in.values());
        if (each.type) value = conform(value, *each.type, in.values().with);
        in.bind_entry(each.name, std::move(value), each.value.get(), each.type);
    }
    in.release(before);
}

POLKU_DECL void list_logic::find_null(null_search& in, null_path at) const {
    if (at.empty() || at[0].index == 0 || at[0].index > items_.size()) return in.arose_in_logic();
    in.look_in(*items_[at[0].index - 1], nullptr, at.subspan(1));
}

POLKU_DECL void relation_logic::find_null(null_search& in, null_path at) const {
    if (at.size() < 2 || at[0].index == 0 || at[0].index > rows_.size()) return in.arose_in_logic();
    const auto& row = rows_[at[0].index - 1];
    for (std::size_t column = 0; column < columns_.size() && column < row.size(); ++column)
        if (columns_[column] == at[1].name) return in.look_in(*row[column], nullptr, at.subspan(2));
    in.arose_in_logic();
}

POLKU_DECL void invocation_logic::find_null(null_search& in, null_path) const {
    const feel::value callee = callee_->evaluate(in.values());
    if (!callee.is(feel::kind::function)) return in.look_in(*callee_, nullptr, {});
    if (in.look_in_table_of(callee.as_function().name())) return;
    bool found = false;
    for (const logic_pointer& each : arguments_) {
        if (!each->evaluate(in.values()).is_null()) continue;
        found = true;
        in.look_in(*each, nullptr, {});
    }
    if (!found) in.arose_in_logic();
}

POLKU_DECL void conditional_logic::find_null(null_search& in, null_path at) const {
    const feel::value condition = condition_->evaluate(in.values());
    if (!condition.is_null() && !condition.is(feel::kind::boolean)) return in.arose_in_logic();
    in.look_in(condition.is_true() ? *then_ : *otherwise_, nullptr, at);
}

// --------------------------------------------------------------------------------------------------------- steps

POLKU_DECL void record_step(const program_data& program, std::uint32_t node, std::span<const feel::value> slots,
                            const feel::value& value, const feel::value& untyped,
                            const feel::evaluation_context& with) {
    auto& into = *static_cast<trace*>(with.observer());
    if (into.run != 0 && into.recorded >= into.with.records) {
        ++into.omitted;
        into.open.clear();
        return;
    }
    ++into.recorded;
    trace_step made;
    made.id = program.nodes[node].id;
    made.name = program.nodes[node].name;
    made.value = value;
    made.node = node;
    made.run = into.run;
    if (into.with.nulls && !with.faulted()) {
        feel::evaluation_context probe = probe_of(with, into);
        null_search search(program, into, node, probe);
        search.bind(slots);
        made.nulls = search.causes_of(value, untyped);
        into.spent += probe.steps();
    }
    made.tables = std::move(into.open);
    into.open.clear();
    into.steps.push_back(std::move(made));
}

}  // namespace polku::inline POLKU_V::dmn::detail

#endif
