// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_DMN_MODEL_READER_EXPRESSIONS_IPP
#define POLKU_IMPL_DMN_MODEL_READER_EXPRESSIONS_IPP

#include <polku/dmn/detail/model_reader.hpp>

#include <algorithm>
#include <array>
#include <string>

namespace polku::inline POLKU_V::dmn::detail {

inline constexpr std::array<std::string_view, 12> expression_names{{"conditional", "context", "decisionTable", "every",
                                                                    "filter", "for", "functionDefinition", "invocation",
                                                                    "list", "literalExpression", "relation", "some"}};

POLKU_DECL bool is_expression(const xml_element& of) noexcept {
    return std::binary_search(expression_names.begin(), expression_names.end(), std::string_view(of.name));
}

POLKU_DECL boxed_pointer model_reader::read_expression(const xml_element& from) {
    boxed_expression out;
    out.id = attribute_or_empty(from, "id");
    out.type_ref = read_type_ref(from);
    out.at = from.at;
    no_text(from);
    if (from.name == "literalExpression")
        out.is = read_literal(from);
    else if (from.name == "context")
        out.is = read_context(from);
    else if (from.name == "decisionTable")
        out.is = read_table(from);
    else if (from.name == "list")
        out.is = read_list(from);
    else if (from.name == "relation")
        out.is = read_relation(from);
    else if (from.name == "invocation")
        out.is = read_invocation(from);
    else if (from.name == "functionDefinition")
        out.is = read_function(from);
    else if (from.name == "conditional")
        out.is = read_conditional(from);
    else if (from.name == "filter")
        out.is = read_filter(from);
    else
        out.is = read_iterator(from, from.name == "for"    ? iterator_kind::for_each
                                     : from.name == "some" ? iterator_kind::some
                                                           : iterator_kind::every);
    return std::make_shared<const boxed_expression>(std::move(out));
}

/// The single expression inside an element such as `<if>` or `<in>`.
POLKU_DECL boxed_pointer model_reader::read_only_expression(const xml_element& from) {
    boxed_pointer out;
    for (const xml_element& child : from.children) {
        if (is_annotation(child)) continue;
        if (!is_expression(child) || out)
            unexpected(child, from, "one expression");
        else
            out = read_expression(child);
    }
    if (!out) fail(error_code::dmn_missing, "<" + std::string(from.name) + "> lacks its expression", from);
    return out;
}

POLKU_DECL literal_expression model_reader::read_literal(const xml_element& from) {
    literal_expression out;
    out.language = attribute_or_empty(from, "expressionLanguage");
    if (from.child("importedValues")) {
        fail(error_code::dmn_unsupported, "<importedValues> is not supported; write the values into the model", from);
        return out;
    }
    const bool has_text = from.child("text") != nullptr;
    if (has_text) {
        out.text = read_text(from);
    } else {
        out.text.at = from.at;
        for (const xml_element& child : from.children)
            if (!is_annotation(child)) unexpected(child, from, "one <text>");
    }
    return out;
}

POLKU_DECL context_entry model_reader::read_context_entry(const xml_element& from) {
    context_entry out;
    out.at = from.at;
    for (const xml_element& child : from.children) {
        if (is_annotation(child)) continue;
        if (child.name == "variable" && !out.variable)
            out.variable = read_variable(child, true);
        else if (is_expression(child) && !out.value)
            out.value = read_expression(child);
        else
            unexpected(child, from, "one <variable> and one expression");
    }
    if (!out.value) fail(error_code::dmn_missing, described(from) + " lacks its expression", from);
    return out;
}

POLKU_DECL boxed_context model_reader::read_context(const xml_element& from) {
    boxed_context out;
    const xml_element* result = nullptr;
    for (const xml_element& child : from.children) {
        if (is_annotation(child)) continue;
        if (child.name != "contextEntry") {
            unexpected(child, from, "<contextEntry>");
            continue;
        }
        if (result)
            fail(error_code::dmn_structure,
                 "a <contextEntry> without <variable> is the context's result and must be the last entry; this one "
                 "comes after it",
                 child);
        out.entries.push_back(read_context_entry(child));
        if (!out.entries.back().variable) result = &child;
    }
    return out;
}

POLKU_DECL boxed_list model_reader::read_list(const xml_element& from) {
    boxed_list out;
    for (const xml_element& child : from.children) {
        if (is_annotation(child)) continue;
        if (is_expression(child))
            out.items.push_back(read_expression(child));
        else
            unexpected(child, from, "expressions");
    }
    return out;
}

POLKU_DECL relation model_reader::read_relation(const xml_element& from) {
    relation out;
    for (const xml_element& child : from.children) {
        if (is_annotation(child)) continue;
        if (child.name == "column") {
            out.columns.push_back(read_variable(child, true));
            continue;
        }
        if (child.name != "row") {
            unexpected(child, from, "<column> and <row>");
            continue;
        }
        out.rows.push_back(read_list(child).items);
        if (out.rows.back().size() != out.columns.size())
            fail(error_code::dmn_table_shape,
                 "row " + std::to_string(out.rows.size()) + " of the relation has " +
                     std::to_string(out.rows.back().size()) + " cells, but there are " +
                     std::to_string(out.columns.size()) + " columns",
                 child);
    }
    return out;
}

POLKU_DECL binding model_reader::read_binding(const xml_element& from) {
    binding out;
    bool has_parameter = false;
    for (const xml_element& child : from.children) {
        if (is_annotation(child)) continue;
        if (child.name == "parameter" && !has_parameter) {
            out.parameter = read_variable(child, true);
            has_parameter = true;
        } else if (is_expression(child) && !out.value) {
            out.value = read_expression(child);
        } else {
            unexpected(child, from, "one <parameter> and one expression");
        }
    }
    if (!has_parameter) fail(error_code::dmn_missing, "<binding> lacks its <parameter>", from);
    return out;
}

POLKU_DECL invocation model_reader::read_invocation(const xml_element& from) {
    invocation out;
    for (const xml_element& child : from.children) {
        if (is_annotation(child)) continue;
        if (child.name == "binding")
            out.bindings.push_back(read_binding(child));
        else if (is_expression(child) && !out.callee)
            out.callee = read_expression(child);
        else
            unexpected(child, from, "the called function's expression and <binding>s");
    }
    if (!out.callee)
        fail(error_code::dmn_missing, described(from) + " lacks the expression that names the called function", from);
    return out;
}

POLKU_DECL function_definition model_reader::read_function(const xml_element& from) {
    function_definition out;
    const std::string kind = attribute_or_empty(from, "kind");
    if (kind == "Java" || kind == "java" || kind == "J")
        out.kind = function_kind::java;
    else if (kind == "PMML" || kind == "P")
        out.kind = function_kind::pmml;
    else if (!kind.empty() && kind != "FEEL" && kind != "F")
        fail(error_code::dmn_bad_attribute,
             "the kind '" + kind + "' of " + described(from) + " is unknown; write FEEL, Java or PMML", from);
    out.type_ref = read_type_ref(from);
    for (const xml_element& child : from.children) {
        if (is_annotation(child)) continue;
        if (child.name == "formalParameter")
            out.parameters.push_back(read_variable(child, true));
        else if (is_expression(child) && !out.body)
            out.body = read_expression(child);
        else
            unexpected(child, from, "<formalParameter>s and one expression");
    }
    return out;
}

POLKU_DECL conditional model_reader::read_conditional(const xml_element& from) {
    conditional out;
    for (const xml_element& child : from.children) {
        if (is_annotation(child)) continue;
        boxed_pointer* into = child.name == "if"     ? &out.condition
                              : child.name == "then" ? &out.then
                              : child.name == "else" ? &out.otherwise
                                                     : nullptr;
        if (!into || *into)
            unexpected(child, from, "one <if>, one <then> and one <else>");
        else
            *into = read_only_expression(child);
    }
    if (!out.condition || !out.then || !out.otherwise)
        fail(error_code::dmn_missing, described(from) + " needs <if>, <then> and <else>", from);
    return out;
}

POLKU_DECL filter model_reader::read_filter(const xml_element& from) {
    filter out;
    for (const xml_element& child : from.children) {
        if (is_annotation(child)) continue;
        boxed_pointer* into = child.name == "in" ? &out.in : child.name == "match" ? &out.match : nullptr;
        if (!into || *into)
            unexpected(child, from, "one <in> and one <match>");
        else
            *into = read_only_expression(child);
    }
    if (!out.in || !out.match) fail(error_code::dmn_missing, described(from) + " needs <in> and <match>", from);
    return out;
}

POLKU_DECL iterator model_reader::read_iterator(const xml_element& from, iterator_kind kind) {
    iterator out;
    out.kind = kind;
    out.variable = wanted_attribute(from, "iteratorVariable");
    const std::string_view body = kind == iterator_kind::for_each ? "return" : "satisfies";
    for (const xml_element& child : from.children) {
        if (is_annotation(child)) continue;
        boxed_pointer* into = child.name == "in" ? &out.in : child.name == body ? &out.body : nullptr;
        if (!into || *into) {
            unexpected(child, from, "one <in> and one <" + std::string(body) + ">");
            continue;
        }
        if (into == &out.in) out.variable_type = read_type_ref(child);
        *into = read_only_expression(child);
    }
    if (!out.in || !out.body)
        fail(error_code::dmn_missing, described(from) + " needs <in> and <" + std::string(body) + ">", from);
    return out;
}

}  // namespace polku::inline POLKU_V::dmn::detail

#endif
