// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_DMN_MODEL_READER_TABLES_IPP
#define POLKU_IMPL_DMN_MODEL_READER_TABLES_IPP

#include <polku/dmn/detail/model_reader.hpp>

#include <string>

namespace polku::inline POLKU_V::dmn::detail {

POLKU_DECL void model_reader::read_table_attributes(const xml_element& from, decision_table& into) {
    into.output_label = attribute_or_empty(from, "outputLabel");
    if (const std::string_view* policy = from.attribute("hitPolicy")) {
        bool known = false;
        for (std::uint8_t each = 0; each < 7; ++each) {
            if (*policy != name_of(static_cast<hit_policy>(each))) continue;
            into.hit_policy = static_cast<hit_policy>(each);
            known = true;
        }
        if (!known)
            fail(error_code::dmn_bad_attribute,
                 "the hit policy '" + std::string(*policy) +
                     "' is unknown; write UNIQUE, FIRST, PRIORITY, ANY, COLLECT, RULE ORDER or OUTPUT ORDER",
                 from);
    }
    const std::string_view* how = from.attribute("aggregation");
    if (!how) return;
    for (std::uint8_t each = 1; each < 5; ++each)
        if (*how == name_of(static_cast<aggregation>(each))) into.aggregation = static_cast<aggregation>(each);
    if (into.aggregation == aggregation::none)
        fail(error_code::dmn_bad_attribute,
             "the aggregation '" + std::string(*how) + "' is unknown; write SUM, COUNT, MIN or MAX", from);
    else if (into.hit_policy != hit_policy::collect)
        fail(error_code::dmn_hit_policy,
             "the aggregation " + std::string(*how) + " stands with the hit policy " +
                 std::string(name_of(into.hit_policy)) + "; only COLLECT aggregates",
             from);
}

POLKU_DECL input_clause model_reader::read_input_clause(const xml_element& from) {
    input_clause out;
    out.id = attribute_or_empty(from, "id");
    out.label = attribute_or_empty(from, "label");
    out.at = from.at;
    no_text(from);
    bool has_expression = false;
    for (const xml_element& child : from.children) {
        if (is_annotation(child)) continue;
        if (child.name == "inputExpression" && !has_expression) {
            out.expression = read_text(child);
            out.type_ref = read_type_ref(child);
            has_expression = true;
        } else if (child.name == "inputValues" && !out.values) {
            out.values = read_text(child);
        } else {
            unexpected(child, from, "one <inputExpression> and one <inputValues>");
        }
    }
    if (!has_expression) fail(error_code::dmn_missing, described(from) + " lacks its <inputExpression>", from);
    return out;
}

POLKU_DECL output_clause model_reader::read_output_clause(const xml_element& from) {
    output_clause out;
    out.id = attribute_or_empty(from, "id");
    out.name = attribute_or_empty(from, "name");
    out.label = attribute_or_empty(from, "label");
    out.type_ref = read_type_ref(from);
    out.at = from.at;
    no_text(from);
    for (const xml_element& child : from.children) {
        if (is_annotation(child)) continue;
        if (child.name == "outputValues" && !out.values)
            out.values = read_text(child);
        else if (child.name == "defaultOutputEntry" && !out.default_entry)
            out.default_entry = read_text(child);
        else
            unexpected(child, from, "one <outputValues> and one <defaultOutputEntry>");
    }
    return out;
}

POLKU_DECL located_view model_reader::keep(const located_view& text) {
    return {memory_->copy(text.text), text.at, memory_->copy_all(text.shifts)};
}

POLKU_DECL table_cell model_reader::read_cell(const xml_element& from) {
    const std::string_view* id = from.attribute("id");
    return {id ? memory_->copy(*id) : std::string_view(), keep(find_text(from))};
}

POLKU_DECL decision_rule model_reader::read_rule(const xml_element& from) {
    decision_rule out;
    inputs_.clear();
    outputs_.clear();
    annotations_.clear();
    if (const std::string_view* id = from.attribute("id")) out.id = memory_->copy(*id);
    out.at = from.at;
    no_text(from);
    for (const xml_element& child : from.children) {
        if (child.name == "inputEntry") {
            inputs_.push_back(read_cell(child));
        } else if (child.name == "outputEntry") {
            outputs_.push_back(read_cell(child));
        } else if (child.name == "annotationEntry") {
            const xml_element* text = child.child("text");
            annotations_.push_back(text ? memory_->copy(text->text) : std::string_view());
        } else if (child.name == "description") {
            out.description = memory_->copy(child.text);
        } else if (!is_annotation(child)) {
            unexpected(child, from, "<inputEntry>, <outputEntry> and <annotationEntry>");
        }
    }
    out.inputs = memory_->copy_all(std::span<const table_cell>(inputs_));
    out.outputs = memory_->copy_all(std::span<const table_cell>(outputs_));
    out.annotations = memory_->copy_all(std::span<const std::string_view>(annotations_));
    return out;
}

/// True for a rule about which `read_rule` has nothing to report.
POLKU_DECL bool is_plain_rule(const xml_element& of) noexcept {
    if (!is_blank(of.text)) return false;
    for (const xml_element& child : of.children) {
        if (child.name == "annotationEntry" || is_annotation(child)) continue;
        if ((child.name != "inputEntry" && child.name != "outputEntry") || !is_blank(child.text)) return false;
        const xml_element* text = child.children.first;
        if (!text || text->next || text->name != "text" || !text->children.empty()) return false;
    }
    return true;
}

POLKU_DECL std::uint32_t model_reader::take(const xml_element& closed, const xml_element& parent) {
    if (closed.name != "rule" || parent.name != "decisionTable" || !is_plain_rule(closed)) return 0;
    taken_rules_.push_back(read_rule(closed));
    return static_cast<std::uint32_t>(taken_rules_.size());
}

/// What only the whole table can tell: each rule has a cell for each column, and the hit policy fits the outputs.
POLKU_DECL void model_reader::check_table(const xml_element& from, const decision_table& of) {
    if (of.outputs.empty()) fail(error_code::dmn_missing, described(from) + " lacks an <output>", from);
    std::size_t number = 0;
    for (const xml_element& child : from.children) {
        if (child.name != "rule") continue;
        const decision_rule& rule = of.rules[number++];
        const auto wrong = [&](std::string_view what, std::size_t found, std::size_t wanted) {
            if (found == wanted) return;
            fail(error_code::dmn_table_shape,
                 "rule " + std::to_string(number) + " has " + std::to_string(found) + " " + std::string(what) +
                     " entries, but the table has " + std::to_string(wanted) + " " + std::string(what) + " columns",
                 child);
        };
        wrong("input", rule.inputs.size(), of.inputs.size());
        wrong("output", rule.outputs.size(), of.outputs.size());
    }
    if (of.aggregation != aggregation::none && of.outputs.size() > 1)
        fail(error_code::dmn_hit_policy,
             "the aggregation " + std::string(name_of(of.aggregation)) + " stands over " +
                 std::to_string(of.outputs.size()) + " outputs; it works over one",
             from);
    if (of.outputs.size() < 2) return;
    for (const output_clause& each : of.outputs)
        if (each.name.empty())
            report(severity::error, error_code::dmn_missing,
                   "an <output> of a table with several outputs lacks its attribute 'name'", from);
}

POLKU_DECL decision_table model_reader::read_table(const xml_element& from) {
    decision_table out;
    out.memory = memory_;
    read_table_attributes(from, out);
    for (const xml_element& child : from.children) {
        if (child.name == "input")
            out.inputs.push_back(read_input_clause(child));
        else if (child.name == "output")
            out.outputs.push_back(read_output_clause(child));
        else if (child.name == "annotation")
            out.annotations.push_back(attribute_or_empty(child, "name"));
        else if (child.name == "rule")
            out.rules.push_back(child.taken != 0 ? taken_rules_[child.taken - 1] : read_rule(child));
        else if (!is_annotation(child))
            unexpected(child, from, "<input>, <output>, <annotation> and <rule>");
    }
    check_table(from, out);
    return out;
}

}  // namespace polku::inline POLKU_V::dmn::detail

#endif
