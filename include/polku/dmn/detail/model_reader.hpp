// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_DMN_DETAIL_MODEL_READER_HPP
#define POLKU_DMN_DETAIL_MODEL_READER_HPP

#include <polku/dmn/read_report.hpp>
#include <polku/dmn/xml_document.hpp>

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace polku::inline POLKU_V::dmn::detail {

struct ids_seen;

/// Turns an XML tree into the syntax model. Every method reads one kind of element and goes on after a fault, so that
/// one run reports all of them.
class model_reader final : public xml_taker {
public:
    model_reader(std::string source, const read_options& with)
        : options_(&with), memory_(std::make_shared<text_arena>()) {
        made_.source = std::move(source);
    }

    /// Takes the rules of decision tables that nothing can be said against, while the XML is read.
    POLKU_DECL std::uint32_t take(const xml_element& closed, const xml_element& parent) override;
    void forget() override {
        taken_rules_.clear();
        memory_ = std::make_shared<text_arena>();
    }

    /// Reads the whole tree; false when the root is no DMN model.
    POLKU_DECL bool read(const xml_document& from);
    POLKU_DECL void report(severity how, error_code code, std::string message, const xml_element& where);
    void fail(error_code code, std::string message, const xml_element& where) {
        report(severity::error, code, std::move(message), where);
    }
    model& made() noexcept { return made_; }
    std::vector<diagnostic>& found() noexcept { return found_; }

private:
    POLKU_DECL void read_definitions_child(const xml_element& from);
    POLKU_DECL void read_named(const xml_element& from, named_element& into, bool name_wanted);
    POLKU_DECL information_item read_variable(const xml_element& from, bool name_wanted);
    POLKU_DECL import read_import(const xml_element& from);
    POLKU_DECL item_definition read_item_definition(const xml_element& from);
    POLKU_DECL function_item read_function_item(const xml_element& from);
    POLKU_DECL input_data read_input_data(const xml_element& from);
    POLKU_DECL decision read_decision(const xml_element& from);
    POLKU_DECL bool read_decision_part(const xml_element& from, decision& into);
    POLKU_DECL business_knowledge_model read_knowledge_model(const xml_element& from);
    POLKU_DECL decision_service read_service(const xml_element& from);
    POLKU_DECL std::optional<element_reference> read_reference(const xml_element& from);
    /// The one reference inside a requirement element.
    POLKU_DECL void read_requirement(const xml_element& from, decision& into);
    POLKU_DECL void read_knowledge_requirement(const xml_element& from, std::vector<element_reference>& into);

    // Expressions, in model_reader_expressions.ipp.
    POLKU_DECL boxed_pointer read_expression(const xml_element& from);
    POLKU_DECL boxed_pointer read_only_expression(const xml_element& from);
    POLKU_DECL literal_expression read_literal(const xml_element& from);
    POLKU_DECL boxed_context read_context(const xml_element& from);
    POLKU_DECL context_entry read_context_entry(const xml_element& from);
    POLKU_DECL relation read_relation(const xml_element& from);
    POLKU_DECL invocation read_invocation(const xml_element& from);
    POLKU_DECL binding read_binding(const xml_element& from);
    POLKU_DECL function_definition read_function(const xml_element& from);
    POLKU_DECL conditional read_conditional(const xml_element& from);
    POLKU_DECL filter read_filter(const xml_element& from);
    POLKU_DECL iterator read_iterator(const xml_element& from, iterator_kind kind);
    POLKU_DECL boxed_list read_list(const xml_element& from);

    // Decision tables, in model_reader_tables.ipp.
    POLKU_DECL decision_table read_table(const xml_element& from);
    POLKU_DECL void read_table_attributes(const xml_element& from, decision_table& into);
    POLKU_DECL input_clause read_input_clause(const xml_element& from);
    POLKU_DECL output_clause read_output_clause(const xml_element& from);
    POLKU_DECL decision_rule read_rule(const xml_element& from);
    POLKU_DECL table_cell read_cell(const xml_element& from);
    POLKU_DECL located_view keep(const located_view& text);
    POLKU_DECL void check_table(const xml_element& from, const decision_table& of);

    // Small parts.
    POLKU_DECL located_text read_text(const xml_element& from);
    /// The text inside the `<text>` of an element; a view of the tree.
    POLKU_DECL located_view find_text(const xml_element& from);
    POLKU_DECL std::string read_type_ref(const xml_element& from);
    POLKU_DECL std::string resolve_type_name(std::string_view written, const xml_element& from);
    POLKU_DECL std::string wanted_attribute(const xml_element& from, std::string_view name);
    static POLKU_DECL std::string attribute_or_empty(const xml_element& from, std::string_view name);
    POLKU_DECL bool boolean_attribute(const xml_element& from, std::string_view name, bool otherwise);
    POLKU_DECL void unexpected(const xml_element& child, const xml_element& parent, std::string_view wanted);
    POLKU_DECL void no_text(const xml_element& from);
    POLKU_DECL void remember_id(const xml_element& from);

    const read_options* options_;
    model made_;
    std::vector<diagnostic> found_;
    std::vector<std::pair<std::string, std::string>> prefixes_;
    std::shared_ptr<ids_seen> ids_;
    bool full_ = false;
    std::shared_ptr<text_arena> memory_;      // what the rules of tables are views of
    std::vector<decision_rule> taken_rules_;  // their numbers are places here, from 1
    std::vector<table_cell> inputs_;          // of the rule being read
    std::vector<table_cell> outputs_;
    std::vector<std::string_view> annotations_;
};

/// True for elements that any DMN element may hold and that mean nothing for evaluation.
POLKU_DECL bool is_annotation(const xml_element& of) noexcept;
/// True for an element that is an expression (DMN 1.5 clause 10.2).
POLKU_DECL bool is_expression(const xml_element& of) noexcept;
POLKU_DECL bool is_blank(std::string_view text) noexcept;
/// `<decision name="...">`: how messages speak of an element.
POLKU_DECL std::string described(const xml_element& of);
/// The model namespaces of DMN 1.1 to 1.6.
POLKU_DECL std::vector<std::string_view> model_namespaces();

}  // namespace polku::inline POLKU_V::dmn::detail

#if defined(POLKU_HEADER_ONLY)
#include <polku/impl/dmn/model_reader.ipp>
#include <polku/impl/dmn/model_reader_expressions.ipp>
#include <polku/impl/dmn/model_reader_tables.ipp>
#endif

#endif
