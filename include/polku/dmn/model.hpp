// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_DMN_MODEL_HPP
#define POLKU_DMN_MODEL_HPP

#include <polku/config.hpp>
#include <polku/dmn/detail/text_arena.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace polku::inline POLKU_V::dmn {

// The syntax model: what a DMN file says, element by element, with the place of each. Nothing here is resolved or
// compiled; `program.hpp` does that. The names are those of DMN 1.5 clauses 6 to 10.

/// Where an element or a text begins in its file; counted from 1, columns in code points. 0 when unknown.
struct place {
    std::uint32_t line = 0;
    std::uint32_t column = 0;
};

/// Where a part of a text stands in its file, given when it does not follow from the part before it: behind a character
/// reference such as `&lt;`, which is longer in the file than in the text.
struct text_shift {
    std::size_t offset = 0;  ///< into the text, in bytes
    place at;
};

/// A text that holds FEEL (or another expression language), with the place of its first character; a view of what a
/// model holds.
struct located_view {
    std::string_view text;
    place at;
    std::span<const text_shift> shifts;

    /// The place in the file of the character that stands at `of` when the text alone is counted from `at`.
    POLKU_DECL place in_file(place of) const;
};

/// The same with text of its own.
struct located_text {
    std::string text;
    place at;
    std::vector<text_shift> shifts;

    operator located_view() const noexcept { return {text, at, shifts}; }
};

/// The place behind a piece of text that begins at `from`.
POLKU_DECL place place_behind(place from, std::string_view text) noexcept;

/// What every named element carries.
struct named_element {
    std::string id;
    std::string name;
    std::string label;
    place at;
};

/// A variable, parameter or column: a name with an optional type.
struct information_item : named_element {
    std::string type_ref;  ///< empty when none is given; imported ones as `import.type`
};

struct boxed_expression;
/// Expressions are immutable once read, so trees may be shared.
using boxed_pointer = std::shared_ptr<const boxed_expression>;

struct literal_expression {
    located_text text;
    std::string language;  ///< empty: the model's
};

struct context_entry {
    std::optional<information_item> variable;  ///< none: the entry is the context's result
    boxed_pointer value;                       ///< null pointer when the entry has no expression
    place at;
};
struct boxed_context {
    std::vector<context_entry> entries;
};

struct boxed_list {
    std::vector<boxed_pointer> items;
};

struct relation {
    std::vector<information_item> columns;
    std::vector<std::vector<boxed_pointer>> rows;
};

struct binding {
    information_item parameter;
    boxed_pointer value;
};
struct invocation {
    boxed_pointer callee;
    std::vector<binding> bindings;
};

enum class function_kind : std::uint8_t { feel, java, pmml };

struct function_definition {
    function_kind kind = function_kind::feel;
    std::vector<information_item> parameters;
    boxed_pointer body;
    std::string type_ref;
};

/// DMN 1.5 clause 8.2.8.
enum class hit_policy : std::uint8_t { unique, first, priority, any, collect, rule_order, output_order };
enum class aggregation : std::uint8_t { none, sum, count, min, max };

/// `UNIQUE`, `RULE ORDER`, ...: as DMN's XML spells it.
constexpr std::string_view name_of(hit_policy policy) noexcept {
    constexpr std::string_view names[] = {"UNIQUE",  "FIRST",      "PRIORITY",    "ANY",
                                          "COLLECT", "RULE ORDER", "OUTPUT ORDER"};
    return names[static_cast<std::size_t>(policy)];
}
/// `SUM`, `COUNT`, `MIN`, `MAX`; empty for none.
constexpr std::string_view name_of(aggregation how) noexcept {
    constexpr std::string_view names[] = {"", "SUM", "COUNT", "MIN", "MAX"};
    return names[static_cast<std::size_t>(how)];
}

struct input_clause {
    std::string id;
    std::string label;
    located_text expression;
    std::string type_ref;
    std::optional<located_text> values;
    place at;
};
struct output_clause {
    std::string id;
    std::string name;
    std::string label;
    std::string type_ref;
    std::optional<located_text> values;
    std::optional<located_text> default_entry;
    place at;
};
struct table_cell {
    std::string_view id;
    located_view text;
};
/// A row of a table. Its texts are views of memory that the table holds.
struct decision_rule {
    std::string_view id;
    std::span<const table_cell> inputs;
    std::span<const table_cell> outputs;
    std::span<const std::string_view> annotations;
    std::string_view description;
    place at;
};
struct decision_table {
    dmn::hit_policy hit_policy = dmn::hit_policy::unique;
    dmn::aggregation aggregation = dmn::aggregation::none;
    std::string output_label;
    std::vector<input_clause> inputs;
    std::vector<output_clause> outputs;
    std::vector<std::string> annotations;  ///< names of the annotation columns
    std::vector<decision_rule> rules;
    std::shared_ptr<const detail::text_arena> memory;  ///< what the rules are views of; copies of the table share it
};

struct conditional {
    boxed_pointer condition;
    boxed_pointer then;
    boxed_pointer otherwise;
};
struct filter {
    boxed_pointer in;
    boxed_pointer match;
};
enum class iterator_kind : std::uint8_t { for_each, some, every };
struct iterator {
    iterator_kind kind = iterator_kind::for_each;
    std::string variable;
    std::string variable_type;
    boxed_pointer in;
    boxed_pointer body;  ///< `return` of a for, `satisfies` of some and every
};

/// Any decision logic (DMN 1.5 clause 10.2).
struct boxed_expression {
    std::string id;
    std::string type_ref;
    place at;
    std::variant<literal_expression, boxed_context, boxed_list, relation, invocation, function_definition,
                 decision_table, conditional, filter, iterator>
        is;
};

struct function_item {
    std::vector<information_item> parameters;
    std::string output_type_ref;
};

/// A type of the model (DMN 1.5 clause 7.3.2).
struct item_definition : named_element {
    std::string type_ref;
    bool is_collection = false;
    std::optional<located_text> allowed_values;
    std::optional<located_text> type_constraint;
    std::vector<item_definition> components;
    std::optional<function_item> function;
};

/// A reference by `href`: the namespace in front of `#` (empty: this model) and the id behind it.
struct element_reference {
    std::string model_namespace;
    std::string id;
    place at;
};

struct input_data : named_element {
    information_item variable;
};

struct decision : named_element {
    information_item variable;
    std::string question;
    std::vector<element_reference> required_inputs;
    std::vector<element_reference> required_decisions;
    std::vector<element_reference> required_knowledge;
    boxed_pointer logic;  ///< null pointer when there is none
};

struct business_knowledge_model : named_element {
    information_item variable;
    std::optional<function_definition> logic;
    std::vector<element_reference> required_knowledge;
};

struct decision_service : named_element {
    information_item variable;
    std::vector<element_reference> output_decisions;
    std::vector<element_reference> encapsulated_decisions;
    std::vector<element_reference> input_decisions;
    std::vector<element_reference> input_data;
};

struct import : named_element {
    std::string model_namespace;
    std::string import_type;
    std::string location;
};

/// The versions of DMN whose XML is read, by their model namespace.
enum class dmn_version : std::uint8_t { v1_1, v1_2, v1_3, v1_4, v1_5, v1_6 };

/// One DMN file.
struct model : named_element {
    std::string source;  ///< file or model name that the caller gave; stands in every position
    dmn_version version = dmn_version::v1_5;
    std::string model_namespace;
    std::string expression_language;
    std::string description;
    std::vector<import> imports;
    std::vector<item_definition> item_definitions;
    std::vector<dmn::input_data> inputs;
    std::vector<decision> decisions;
    std::vector<business_knowledge_model> knowledge_models;
    std::vector<decision_service> services;
    std::size_t knowledge_sources = 0;  ///< counted only; they have no meaning for evaluation
};

}  // namespace polku::inline POLKU_V::dmn

#if defined(POLKU_HEADER_ONLY)
#include <polku/impl/dmn/model.ipp>
#endif

#endif
