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
    std::uint32_t line = 0;    ///< from 1
    std::uint32_t column = 0;  ///< from 1, in code points
};

/// Where a part of a text stands in its file, given when it does not follow from the part before it: behind a character
/// reference such as `&lt;`, which is longer in the file than in the text.
struct text_shift {
    std::size_t offset = 0;  ///< into the text, in bytes
    place at;                ///< in the file
};

/// A text that holds FEEL (or another expression language), with the place of its first character; a view of what a
/// model holds.
struct located_view {
    std::string_view text;               ///< borrowed from the model
    place at;                            ///< of its first character
    std::span<const text_shift> shifts;  ///< ascending; borrowed from the model

    /// The place in the file of the character that stands at `of` when the text alone is counted from `at`.
    POLKU_DECL place in_file(place of) const;
};

/// The same with text of its own.
struct located_text {
    std::string text;                ///< UTF-8
    place at;                        ///< of its first character
    std::vector<text_shift> shifts;  ///< ascending

    /// The same as a view, which lives as long as this text.
    operator located_view() const noexcept { return {text, at, shifts}; }
};

/// The place behind a piece of text that begins at `from`.
POLKU_DECL place place_behind(place from, std::string_view text) noexcept;

/// What every named element carries.
struct named_element {
    std::string id;     ///< unique in its file; empty when none is given
    std::string name;   ///< as FEEL texts name it; empty when none is given
    std::string label;  ///< for people
    place at;           ///< of the element
};

/// A variable, parameter or column: a name with an optional type.
struct information_item : named_element {
    std::string type_ref;  ///< empty when none is given; imported ones as `import.type`
};

struct boxed_expression;
/// Expressions are immutable once read, so trees may be shared.
using boxed_pointer = std::shared_ptr<const boxed_expression>;

/// Decision logic that is one FEEL text.
struct literal_expression {
    located_text text;     ///< as written
    std::string language;  ///< empty: the model's
};

/// One entry of a boxed context.
struct context_entry {
    std::optional<information_item> variable;  ///< none: the entry is the context's result
    boxed_pointer value;                       ///< null pointer when the entry has no expression
    place at;                                  ///< of the element
};
/// Named entries, each of which may read those before it; a last one without a name is the result.
struct boxed_context {
    std::vector<context_entry> entries;  ///< in their order
};

/// A list, item by item.
struct boxed_list {
    std::vector<boxed_pointer> items;  ///< the items; null pointers for empty ones
};

/// A list of contexts written as a table.
struct relation {
    std::vector<information_item> columns;         ///< entries of each context
    std::vector<std::vector<boxed_pointer>> rows;  ///< cells, by row and column; null pointers for empty ones
};

/// One argument of a boxed invocation.
struct binding {
    information_item parameter;  ///< by its name
    boxed_pointer value;         ///< null pointer when it is empty
};
/// A call with named arguments.
struct invocation {
    boxed_pointer callee;           ///< what is called
    std::vector<binding> bindings;  ///< arguments by name
};

/// What the body is written in: `feel`, `java` (an external method) or `pmml`.
enum class function_kind : std::uint8_t { feel, java, pmml };

/// A function with its body.
struct function_definition {
    function_kind kind = function_kind::feel;  ///< of the body
    std::vector<information_item> parameters;  ///< in their order
    boxed_pointer body;                        ///< null pointer when there is none
    std::string type_ref;                      ///< of the result; empty when none is given
};

/// DMN 1.5 clause 8.2.8. The values are `unique`, `first`, `priority`, `any`, `collect`, `rule_order` and
/// `output_order`.
enum class hit_policy : std::uint8_t { unique, first, priority, any, collect, rule_order, output_order };
/// What COLLECT makes of its hits: `none`, `sum`, `count`, `min` or `max`.
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

/// A column of conditions.
struct input_clause {
    std::string id;                      ///< of the element
    std::string label;                   ///< for people
    located_text expression;             ///< what the cells are tested against
    std::string type_ref;                ///< of the expression; empty when none is given
    std::optional<located_text> values;  ///< `inputValues`, as unary tests
    place at;                            ///< of the element
};
/// A column of answers.
struct output_clause {
    std::string id;                             ///< of the element
    std::string name;                           ///< of the entry in the answer; empty for a table with one output
    std::string label;                          ///< for people
    std::string type_ref;                       ///< empty when none is given
    std::optional<located_text> values;         ///< `outputValues`, in order of priority
    std::optional<located_text> default_entry;  ///< for no match
    place at;                                   ///< of the element
};
/// An input or output entry.
struct table_cell {
    std::string_view id;  ///< of the element; empty when none is given
    located_view text;    ///< as written
};
/// A row of a table. Its texts are views of memory that the table holds.
struct decision_rule {
    std::string_view id;                            ///< empty when none is given
    std::span<const table_cell> inputs;             ///< one for each input column
    std::span<const table_cell> outputs;            ///< one for each output column
    std::span<const std::string_view> annotations;  ///< one for each annotation column, or fewer
    std::string_view description;                   ///< for people
    place at;                                       ///< of the element
};
/// A table as the file has it (DMN 1.5 clause 8).
struct decision_table {
    dmn::hit_policy hit_policy = dmn::hit_policy::unique;   ///< UNIQUE when none is given
    dmn::aggregation aggregation = dmn::aggregation::none;  ///< of COLLECT
    std::string output_label;                               ///< for people
    std::vector<input_clause> inputs;                       ///< columns in their order
    std::vector<output_clause> outputs;                     ///< columns in their order
    std::vector<std::string> annotations;                   ///< names of the annotation columns
    std::vector<decision_rule> rules;                       ///< in the order of the file
    std::shared_ptr<const detail::text_arena> memory;  ///< what the rules are views of; copies of the table share it
};

/// A boxed if.
struct conditional {
    boxed_pointer condition;  ///< `if`
    boxed_pointer then;       ///< where the condition is true
    boxed_pointer otherwise;  ///< where it is not
};
/// A boxed filter of a list.
struct filter {
    boxed_pointer in;     ///< the list
    boxed_pointer match;  ///< what its items are tested by
};
/// What is asked of the items: a value of each (`for_each`), or whether `some` or `every` one holds.
enum class iterator_kind : std::uint8_t { for_each, some, every };
/// A boxed for, some or every.
struct iterator {
    iterator_kind kind = iterator_kind::for_each;  ///< which of the three
    std::string variable;                          ///< name of the item
    std::string variable_type;                     ///< empty when none is given
    boxed_pointer in;                              ///< the list
    boxed_pointer body;                            ///< `return` of a for, `satisfies` of some and every
};

/// Any decision logic (DMN 1.5 clause 10.2).
struct boxed_expression {
    std::string id;        ///< of the element; empty when none is given
    std::string type_ref;  ///< of the result; empty when none is given
    place at;              ///< of the element
    std::variant<literal_expression, boxed_context, boxed_list, relation, invocation,
                 function_definition,  ///< which form it has
                 decision_table, conditional, filter, iterator>
        is;
};

/// A function as a type of the model.
struct function_item {
    std::vector<information_item> parameters;  ///< in their order
    std::string output_type_ref;               ///< empty when none is given
};

/// A type of the model (DMN 1.5 clause 7.3.2).
struct item_definition : named_element {
    std::string type_ref;                         ///< what it names; empty for a structure
    bool is_collection = false;                   ///< lists of it
    std::optional<located_text> allowed_values;   ///< unary tests on the value, or on each item
    std::optional<located_text> type_constraint;  ///< unary tests on the whole value
    std::vector<item_definition> components;      ///< of a structure, in their order
    std::optional<function_item> function;        ///< of a function type
};

/// A reference by `href`: the namespace in front of `#` (empty: this model) and the id behind it.
struct element_reference {
    std::string model_namespace;  ///< empty: this model
    std::string id;               ///< of the element
    place at;                     ///< of the reference
};

/// What is given to decisions from outside.
struct input_data : named_element {
    information_item variable;  ///< its name and type
};

/// A decision with its logic and what it requires.
struct decision : named_element {
    information_item variable;                          ///< its name and type as others read it
    std::string question;                               ///< for people
    std::vector<element_reference> required_inputs;     ///< input data
    std::vector<element_reference> required_decisions;  ///< decisions that are evaluated first
    std::vector<element_reference> required_knowledge;  ///< knowledge models and services that it may call
    boxed_pointer logic;                                ///< null pointer when there is none
};

/// A function with a name, which decisions may call.
struct business_knowledge_model : named_element {
    information_item variable;                          ///< its name and type as others read it
    std::optional<function_definition> logic;           ///< none: it cannot be called
    std::vector<element_reference> required_knowledge;  ///< knowledge models and services that it may call
};

/// Decisions that are offered as one function.
struct decision_service : named_element {
    information_item variable;                              ///< its name and type as others read it
    std::vector<element_reference> output_decisions;        ///< what it answers
    std::vector<element_reference> encapsulated_decisions;  ///< evaluated on the way
    std::vector<element_reference> input_decisions;         ///< given by the caller, not evaluated
    std::vector<element_reference> input_data;              ///< given by the caller
};

/// Another model whose elements this one names.
struct import : named_element {
    std::string model_namespace;  ///< namespace of that model
    std::string import_type;      ///< of its language, as a namespace
    std::string location;         ///< a hint where its file is; may be empty
};

/// The versions of DMN whose XML is read, by their model namespace. In order: `v1_1`, `v1_2`, `v1_3`, `v1_4`, `v1_5`,
/// `v1_6`.
enum class dmn_version : std::uint8_t { v1_1, v1_2, v1_3, v1_4, v1_5, v1_6 };

/// One DMN file.
struct model : named_element {
    // Bodies stand apart (POLKU_DECL): each unit that holds one would have them again.
    model();
    model(const model& other);
    model(model&& other) noexcept;
    model& operator=(const model& other);
    model& operator=(model&& other) noexcept;
    ~model();

    std::string source;                       ///< file or model name that the caller gave; stands in every position
    dmn_version version = dmn_version::v1_5;  ///< that of its namespace
    std::string model_namespace;              ///< own namespace, by which others import it
    std::string expression_language;          ///< FEEL when none is given
    std::string description;                  ///< for people
    std::vector<import> imports;              ///< in the order of the file
    std::vector<item_definition> item_definitions;           ///< types, in the order of the file
    std::vector<dmn::input_data> inputs;                     ///< input data, in the order of the file
    std::vector<decision> decisions;                         ///< in the order of the file
    std::vector<business_knowledge_model> knowledge_models;  ///< in the order of the file
    std::vector<decision_service> services;                  ///< in the order of the file
    std::size_t knowledge_sources = 0;                       ///< counted only; they have no meaning for evaluation
};

}  // namespace polku::inline POLKU_V::dmn

#if defined(POLKU_HEADER_ONLY)
#include <polku/impl/dmn/model.ipp>
#endif

#endif
