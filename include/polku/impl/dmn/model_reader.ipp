// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_DMN_MODEL_READER_IPP
#define POLKU_IMPL_DMN_MODEL_READER_IPP

#include <polku/dmn/detail/model_reader.hpp>

#include <algorithm>
#include <array>
#include <unordered_map>

namespace polku::inline POLKU_V::dmn::detail {

struct version_namespace {
    dmn_version version;
    std::string_view space;
};
inline constexpr std::array<version_namespace, 6> version_namespaces{{
    {dmn_version::v1_1, "http://www.omg.org/spec/DMN/20151101/dmn.xsd"},
    {dmn_version::v1_2, "http://www.omg.org/spec/DMN/20180521/MODEL/"},
    {dmn_version::v1_3, "https://www.omg.org/spec/DMN/20191111/MODEL/"},
    {dmn_version::v1_4, "https://www.omg.org/spec/DMN/20211108/MODEL/"},
    {dmn_version::v1_5, "https://www.omg.org/spec/DMN/20230324/MODEL/"},
    {dmn_version::v1_6, "https://www.omg.org/spec/DMN/20240513/MODEL/"},
}};

POLKU_DECL std::vector<std::string_view> model_namespaces() {
    std::vector<std::string_view> out;
    for (const version_namespace& each : version_namespaces) out.push_back(each.space);
    return out;
}

POLKU_DECL bool is_one_of(std::string_view name, std::initializer_list<std::string_view> of) noexcept {
    return std::find(of.begin(), of.end(), name) != of.end();
}

POLKU_DECL bool is_annotation(const xml_element& of) noexcept {
    return is_one_of(of.name, {"description", "extensionElements"});
}

POLKU_DECL bool is_blank(std::string_view text) noexcept {
    return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

POLKU_DECL std::string trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return {};
    return std::string(text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1));
}

/// `<decision>`, with its name or id where it has one: how messages speak of an element.
POLKU_DECL std::string described(const xml_element& of) {
    std::string out = "<" + std::string(of.name);
    if (const std::string_view* name = of.attribute("name"))
        out += " name=\"" + std::string(*name) + "\"";
    else if (const std::string_view* id = of.attribute("id"))
        out += " id=\"" + std::string(*id) + "\"";
    return out + ">";
}

POLKU_DECL void model_reader::report(severity how, error_code code, std::string message, const xml_element& where) {
    if (full_) return;
    std::string element;
    if (const std::string_view* id = where.attribute("id")) element = *id;
    found_.push_back({how, error(code, std::move(message),
                                 {.source = made_.source,
                                  .element = std::move(element),
                                  .line = where.at.line,
                                  .column = where.at.column})});
    full_ = found_.size() >= options_->max_diagnostics;
}

POLKU_DECL void model_reader::unexpected(const xml_element& child, const xml_element& parent, std::string_view wanted) {
    fail(error_code::dmn_unexpected,
         "found <" + std::string(child.name) + "> in " + described(parent) + ", which may hold " + std::string(wanted),
         child);
}

POLKU_DECL void model_reader::no_text(const xml_element& from) {
    if (is_blank(from.text)) return;
    fail(error_code::dmn_unexpected,
         "found the text '" + trimmed(from.text).substr(0, 40) + "' directly in " + described(from) +
             ", which holds elements only",
         from);
}

POLKU_DECL std::string model_reader::wanted_attribute(const xml_element& from, std::string_view name) {
    const std::string_view* value = from.attribute(name);
    if (value && !is_blank(*value)) return std::string(*value);
    fail(error_code::dmn_missing,
         "<" + std::string(from.name) + "> " + (value ? "has an empty" : "lacks the") + " attribute '" +
             std::string(name) + "'; give it one",
         from);
    return {};
}

POLKU_DECL std::string model_reader::attribute_or_empty(const xml_element& from, std::string_view name) {
    const std::string_view* value = from.attribute(name);
    return std::string(value ? *value : std::string_view());
}

POLKU_DECL bool model_reader::boolean_attribute(const xml_element& from, std::string_view name, bool otherwise) {
    const std::string_view* value = from.attribute(name);
    if (!value) return otherwise;
    if (*value == "true" || *value == "1") return true;
    if (*value == "false" || *value == "0") return false;
    fail(error_code::dmn_bad_attribute,
         "attribute '" + std::string(name) + "' of " + described(from) + " is '" + std::string(*value) +
             "'; write true or false",
         from);
    return otherwise;
}

/// Ids of the model with where they stood first.
struct ids_seen {
    std::unordered_map<std::string, place> places;
};

POLKU_DECL void model_reader::remember_id(const xml_element& from) {
    const std::string_view* id = from.attribute("id");
    if (!id) return;
    if (!ids_) ids_ = std::make_shared<ids_seen>();
    const auto [known, fresh] = ids_->places.emplace(*id, from.at);
    if (fresh) return;
    const place at = known->second;
    fail(error_code::dmn_duplicate,
         "the id '" + known->first + "' of " + described(from) + " is already that of the element at line " +
             std::to_string(at.line) + "; ids are unique in a model",
         from);
    found_.back().what.at({.source = made_.source, .element = known->first, .line = at.line, .column = at.column});
}

POLKU_DECL void model_reader::read_named(const xml_element& from, named_element& into, bool name_wanted) {
    into.id = attribute_or_empty(from, "id");
    into.label = attribute_or_empty(from, "label");
    into.name = name_wanted ? wanted_attribute(from, "name") : attribute_or_empty(from, "name");
    into.at = from.at;
}

/// DMN 1.1 writes types as QNames; prefixes of FEEL and of the model itself fall away there.
POLKU_DECL std::string model_reader::resolve_type_name(std::string_view written, const xml_element& from) {
    std::string name = trimmed(written);
    const std::size_t colon = name.find(':');
    if (colon == std::string::npos) return name;
    const std::string prefix = name.substr(0, colon);
    std::string local = name.substr(colon + 1);
    for (const auto& [known, space] : prefixes_) {
        if (known != prefix) continue;
        for (const import& each : made_.imports)
            if (each.model_namespace == space && !each.name.empty()) return each.name + "." + local;
        return local;
    }
    if (made_.version == dmn_version::v1_1 || prefix == "feel") return local;
    fail(error_code::dmn_unknown_type, "the type '" + name + "' has the prefix '" + prefix + "', which is not declared",
         from);
    return local;
}

POLKU_DECL std::string model_reader::read_type_ref(const xml_element& from) {
    const std::string_view* value = from.attribute("typeRef");
    return value ? resolve_type_name(*value, from) : std::string();
}

POLKU_DECL located_view model_reader::find_text(const xml_element& from) {
    const xml_element* text = nullptr;
    no_text(from);
    for (const xml_element& child : from.children) {
        if (child.name == "text" && !text)
            text = &child;
        else if (!is_annotation(child))
            unexpected(child, from, "one <text>");
    }
    if (!text) {
        fail(error_code::dmn_missing, described(from) + " lacks its <text>", from);
        return {{}, from.at, {}};
    }
    for (const xml_element& child : text->children) unexpected(child, *text, "text only");
    return {text->text, text->text_at.line != 0 ? text->text_at : text->at, text->text_shifts};
}

POLKU_DECL located_text model_reader::read_text(const xml_element& from) {
    const located_view found = find_text(from);
    return {std::string(found.text), found.at, {found.shifts.begin(), found.shifts.end()}};
}

POLKU_DECL information_item model_reader::read_variable(const xml_element& from, bool name_wanted) {
    information_item out;
    read_named(from, out, name_wanted);
    out.type_ref = read_type_ref(from);
    no_text(from);
    for (const xml_element& child : from.children)
        if (!is_annotation(child)) unexpected(child, from, "no elements");
    return out;
}

POLKU_DECL import model_reader::read_import(const xml_element& from) {
import out;
    read_named(from, out, false);
    out.model_namespace = wanted_attribute(from, "namespace");
    out.import_type = wanted_attribute(from, "importType");
    out.location = attribute_or_empty(from, "locationURI");
    return out;
}

POLKU_DECL function_item model_reader::read_function_item(const xml_element& from) {
    function_item out;
    if (const std::string_view* type = from.attribute("outputTypeRef"))
        out.output_type_ref = resolve_type_name(*type, from);
    for (const xml_element& child : from.children) {
        if (child.name == "parameters")
            out.parameters.push_back(read_variable(child, true));
        else if (!is_annotation(child))
            unexpected(child, from, "<parameters>");
    }
    return out;
}

POLKU_DECL item_definition model_reader::read_item_definition(const xml_element& from) {
    item_definition out;
    read_named(from, out, true);
    out.is_collection = boolean_attribute(from, "isCollection", false);
    no_text(from);
    for (const xml_element& child : from.children) {
        if (child.name == "typeRef")
            out.type_ref = resolve_type_name(child.text, child);
        else if (child.name == "itemComponent")
            out.components.push_back(read_item_definition(child));
        else if (child.name == "allowedValues")
            out.allowed_values = read_text(child);
        else if (child.name == "typeConstraint")
            out.type_constraint = read_text(child);
        else if (child.name == "functionItem")
            out.function = read_function_item(child);
        else if (!is_annotation(child))
            unexpected(child, from, "<typeRef>, <allowedValues>, <typeConstraint>, <itemComponent> or <functionItem>");
    }
    if (!out.type_ref.empty() && !out.components.empty())
        fail(error_code::dmn_structure,
             described(from) + " has both a <typeRef> and <itemComponent>s; keep one of the two", from);
    return out;
}

POLKU_DECL std::optional<element_reference> model_reader::read_reference(const xml_element& from) {
    const std::string href = wanted_attribute(from, "href");
    if (href.empty()) return std::nullopt;
    const std::size_t cut = href.find('#');
    if (cut == std::string::npos || cut + 1 == href.size()) {
        fail(error_code::dmn_bad_attribute,
             "the href '" + href + "' of <" + std::string(from.name) +
                 "> names no element; write '#id' or 'namespace#id'",
             from);
        return std::nullopt;
    }
    return element_reference{href.substr(0, cut), href.substr(cut + 1), from.at};
}

POLKU_DECL void model_reader::read_requirement(const xml_element& from, decision& into) {
    std::size_t count = 0;
    for (const xml_element& child : from.children) {
        if (is_annotation(child)) continue;
        ++count;
        if (child.name == "requiredDecision") {
            if (auto made = read_reference(child)) into.required_decisions.push_back(std::move(*made));
        } else if (child.name == "requiredInput") {
            if (auto made = read_reference(child)) into.required_inputs.push_back(std::move(*made));
        } else {
            unexpected(child, from, "<requiredDecision> or <requiredInput>");
        }
    }
    if (count != 1)
        fail(error_code::dmn_missing,
             described(from) + " holds " + std::to_string(count) +
                 " references; exactly one <requiredDecision> or <requiredInput> is wanted",
             from);
}

POLKU_DECL void model_reader::read_knowledge_requirement(const xml_element& from,
                                                         std::vector<element_reference>& into) {
    for (const xml_element& child : from.children) {
        if (is_annotation(child)) continue;
        if (child.name != "requiredKnowledge") {
            unexpected(child, from, "<requiredKnowledge>");
        } else if (auto made = read_reference(child)) {
            into.push_back(std::move(*made));
        }
    }
}

POLKU_DECL input_data model_reader::read_input_data(const xml_element& from) {
    input_data out;
    read_named(from, out, true);
    remember_id(from);
    no_text(from);
    for (const xml_element& child : from.children) {
        if (child.name == "variable")
            out.variable = read_variable(child, false);
        else if (!is_annotation(child))
            unexpected(child, from, "<variable>");
    }
    if (out.variable.name.empty()) out.variable.name = out.name;
    return out;
}

POLKU_DECL bool model_reader::read_decision_part(const xml_element& from, decision& into) {
    if (from.name == "variable")
        into.variable = read_variable(from, false);
    else if (from.name == "informationRequirement")
        read_requirement(from, into);
    else if (from.name == "knowledgeRequirement")
        read_knowledge_requirement(from, into.required_knowledge);
    else if (from.name == "question")
        into.question = from.text;
    else
        return is_annotation(from) ||
               is_one_of(from.name, {"authorityRequirement", "allowedAnswers", "supportedObjective",
                                     "impactedPerformanceIndicator", "decisionMaker", "decisionOwner", "usingProcess",
                                     "usingTask"});
    return true;
}

POLKU_DECL decision model_reader::read_decision(const xml_element& from) {
    decision out;
    read_named(from, out, true);
    remember_id(from);
    no_text(from);
    for (const xml_element& child : from.children) {
        if (is_expression(child)) {
            if (out.logic)
                fail(error_code::dmn_unexpected,
                     described(from) + " has a second expression <" + std::string(child.name) + ">; a decision has one",
                     child);
            else
                out.logic = read_expression(child);
        } else if (!read_decision_part(child, out)) {
            unexpected(child, from, "a variable, requirements and one expression");
        }
    }
    if (out.variable.name.empty()) out.variable.name = out.name;
    return out;
}

POLKU_DECL business_knowledge_model model_reader::read_knowledge_model(const xml_element& from) {
    business_knowledge_model out;
    read_named(from, out, true);
    remember_id(from);
    no_text(from);
    for (const xml_element& child : from.children) {
        if (child.name == "variable")
            out.variable = read_variable(child, false);
        else if (child.name == "encapsulatedLogic")
            out.logic = read_function(child);
        else if (child.name == "knowledgeRequirement")
            read_knowledge_requirement(child, out.required_knowledge);
        else if (!is_annotation(child) && child.name != "authorityRequirement")
            unexpected(child, from, "<variable>, <encapsulatedLogic> and requirements");
    }
    if (out.variable.name.empty()) out.variable.name = out.name;
    return out;
}

POLKU_DECL decision_service model_reader::read_service(const xml_element& from) {
    decision_service out;
    read_named(from, out, true);
    remember_id(from);
    no_text(from);
    for (const xml_element& child : from.children) {
        std::vector<element_reference>* into = child.name == "outputDecision"         ? &out.output_decisions
                                               : child.name == "encapsulatedDecision" ? &out.encapsulated_decisions
                                               : child.name == "inputDecision"        ? &out.input_decisions
                                               : child.name == "inputData"            ? &out.input_data
                                                                                      : nullptr;
        if (into) {
            if (auto made = read_reference(child)) into->push_back(std::move(*made));
        } else if (child.name == "variable") {
            out.variable = read_variable(child, false);
        } else if (!is_annotation(child)) {
            unexpected(child, from, "<outputDecision>, <encapsulatedDecision>, <inputDecision> and <inputData>");
        }
    }
    if (out.output_decisions.empty())
        fail(error_code::dmn_missing, described(from) + " lacks an <outputDecision>", from);
    if (out.variable.name.empty()) out.variable.name = out.name;
    return out;
}

POLKU_DECL void model_reader::read_definitions_child(const xml_element& from) {
    if (from.name == "itemDefinition")
        made_.item_definitions.push_back(read_item_definition(from));
    else if (from.name == "inputData")
        made_.inputs.push_back(read_input_data(from));
    else if (from.name == "decision")
        made_.decisions.push_back(read_decision(from));
    else if (from.name == "businessKnowledgeModel")
        made_.knowledge_models.push_back(read_knowledge_model(from));
    else if (from.name == "decisionService")
        made_.services.push_back(read_service(from));
    else if (from.name == "knowledgeSource")
        ++made_.knowledge_sources;
    else if (from.name == "description")
        made_.description = from.text;
    else if (!is_annotation(from) &&
             !is_one_of(from.name, {"import", "textAnnotation", "association", "group", "elementCollection",
                                    "performanceIndicator", "organizationUnit"}))
        unexpected(from, xml_element{.name = "definitions"}, "the elements of a DMN model");
}

POLKU_DECL bool model_reader::read(const xml_document& from) {
    const xml_element& root = from.root;
    const auto* known = std::find_if(version_namespaces.begin(), version_namespaces.end(),
                                     [&](const version_namespace& each) { return each.space == root.space; });
    if (root.name != "definitions" || known == version_namespaces.end()) {
        fail(error_code::dmn_structure,
             "the root is <" + std::string(root.name) + "> in the namespace '" + std::string(root.space) +
                 "'; expected <definitions> in the namespace of DMN 1.1 to 1.6",
             root);
        return false;
    }
    made_.version = known->version;
    prefixes_ = from.prefixes;
    read_named(root, made_, true);
    made_.model_namespace = wanted_attribute(root, "namespace");
    made_.expression_language = attribute_or_empty(root, "expressionLanguage");
    no_text(root);
    // Imports first: types and names of what follows may lean on them.
    for (const xml_element& child : root.children)
        if (child.name == "import") made_.imports.push_back(read_import(child));
    for (const xml_element& child : root.children) read_definitions_child(child);
    return true;
}

}  // namespace polku::inline POLKU_V::dmn::detail

#endif
