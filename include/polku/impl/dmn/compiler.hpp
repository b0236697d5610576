// SPDX-License-Identifier: Apache-2.0
// In front of the guard: in header-only mode this pulls in bodies that need the declarations below, so they must come
// through here a second time.
#include <polku/dmn/program.hpp>

#ifndef POLKU_IMPL_DMN_COMPILER_HPP
#define POLKU_IMPL_DMN_COMPILER_HPP

#include <polku/dmn/detail/logic.hpp>
#include <polku/dmn/detail/program_data.hpp>
#include <polku/dmn/model.hpp>
#include <polku/feel/expression.hpp>

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace polku::inline POLKU_V::dmn::detail {

POLKU_DECL bool is_blank_text(std::string_view text) noexcept;
/// The error with its line and column as the file has them, which character references move.
POLKU_DECL error relocated(error what, const located_view& text);

/// Everything that is wrong with the models, bounded.
class findings {
public:
    explicit findings(std::size_t most) : most_(most) {}
    void add(severity how, error what) {
        fatal_ = fatal_ || what.code() == error_code::dmn_cycle || what.code() == error_code::dmn_unknown_reference ||
                 what.code() == error_code::dmn_wrong_reference || what.code() == error_code::dmn_unknown_import ||
                 what.code() == error_code::invalid_argument;
        if (all_.size() < most_) all_.push_back({how, std::move(what)});
    }
    /// True once something was found that leaves no graph to evaluate.
    bool fatal() const noexcept { return fatal_; }
    std::vector<diagnostic>& all() noexcept { return all_; }

private:
    std::size_t most_;
    bool fatal_ = false;
    std::vector<diagnostic> all_;
};

/// The item definitions of all models, compiled on first use.
class type_table {
public:
    type_table(const std::vector<model>& models, findings& into)
        : models_(models), into_(into), by_name_(models.size()), open_(models.size()) {}

    /// The type that a reference names, null pointer for Any, for an empty reference, and (reported) for unknown ones.
    POLKU_DECL item_type_pointer find(std::uint32_t in, std::string_view reference, place at, std::string_view owner);
    /// Compiles every item definition, so that faults in unused ones are found too.
    POLKU_DECL void compile_all();
    /// Looks a name up without reporting; for types that FEEL texts name.
    POLKU_DECL bool lookup(std::uint32_t in, std::string_view name, feel::type& out);

private:
    POLKU_DECL item_type_pointer find_definition(std::uint32_t in, std::string_view name, bool& known);
    POLKU_DECL item_type_pointer compile(std::uint32_t in, const item_definition& from);
    POLKU_DECL feel::type inner_type(std::uint32_t in, const item_definition& from, item_type& into);
    POLKU_DECL feel::type function_type(std::uint32_t in, const function_item& from, const item_definition& owner);
    POLKU_DECL feel::unary_tests compile_tests(std::uint32_t in, const located_view& text, const item_definition& owner,
                                               const feel::type& over);

    const std::vector<model>& models_;
    findings& into_;
    std::vector<std::map<std::string, item_type_pointer, std::less<>>> by_name_;
    std::vector<std::map<std::string, bool, std::less<>>> open_;
};

/// Answers what FEEL texts of one model ask for while they are compiled.
class model_hooks final : public feel::compile_hooks {
public:
    model_hooks(type_table& types, std::uint32_t in, const external_registry& externals)
        : types_(types), in_(in), externals_(externals) {}
    bool find_type(std::string_view name, feel::type& out) const override { return types_.lookup(in_, name, out); }
    feel::value external_function(const feel::context& mapping,
                                  std::span<const feel::parameter> parameters) const override {
        return externals_.make(parameters, mapping);
    }

private:
    type_table& types_;
    std::uint32_t in_;
    const external_registry& externals_;
};

/// Compiled logic and what is known of its result.
struct compiled_logic {
    logic_pointer logic;
    feel::type type;
};

/// Texts of one column that are compiled, and their places among the distinct ones.
using text_pool = std::unordered_map<std::string_view, std::uint32_t>;

/// One for each column of a table.
struct table_pools {
    std::vector<text_pool> inputs;
    std::vector<text_pool> outputs;
};

/// Compiles the boxed expressions of one decision or knowledge model.
class logic_compiler {
public:
    logic_compiler(const std::vector<model>& models, std::uint32_t in, std::string owner, type_table& types,
                   findings& into, feel::evaluation_context& with, const compile_options& options)
        : models_(models),
          in_(in),
          owner_(std::move(owner)),
          types_(types),
          into_(into),
          with_(with),
          options_(options),
          hooks_(types, in, *options.externals) {}

    /// `declared` is the type of the variable that takes the result; tables take output types from it.
    POLKU_DECL compiled_logic compile(const boxed_expression* from, const feel::scope& names,
                                      const item_type_pointer& declared = nullptr);
    POLKU_DECL std::shared_ptr<const parameter_list> compile_parameters(const function_definition& from,
                                                                        std::string name);
    /// The function value of a Java or PMML definition.
    POLKU_DECL feel::value external_function(const function_definition& from, const parameter_list& parameters,
                                             place at);
    POLKU_DECL void report(severity how, error_code code, std::string message, place at, std::string pointer = {});
    /// The tables compiled so far, in the order of the text.
    std::vector<table_place>& tables() noexcept { return tables_; }

private:
    POLKU_DECL compiled_logic compile_literal(const literal_expression& from, const feel::scope& names);
    POLKU_DECL compiled_logic compile_context(const boxed_context& from, const feel::scope& names);
    POLKU_DECL compiled_logic compile_list(const boxed_list& from, const feel::scope& names);
    POLKU_DECL compiled_logic compile_relation(const relation& from, const feel::scope& names);
    POLKU_DECL compiled_logic compile_invocation(const invocation& from, const feel::scope& names);
    POLKU_DECL compiled_logic compile_function(const function_definition& from, const feel::scope& names, place at);
    POLKU_DECL compiled_logic compile_conditional(const conditional& from, const feel::scope& names);
    POLKU_DECL compiled_logic compile_filter(const filter& from, const feel::scope& names);
    POLKU_DECL compiled_logic compile_iterator(const iterator& from, const feel::scope& names);

    // Decision tables, in table_compiler.ipp.
    POLKU_DECL compiled_logic compile_table(const boxed_expression& around, const decision_table& from,
                                            const feel::scope& names, const item_type_pointer& declared);
    POLKU_DECL bool compile_input(const input_clause& from, std::size_t column, const feel::scope& names,
                                  compiled_table& into);
    POLKU_DECL bool compile_output(const decision_table& table, std::size_t column, const feel::scope& names,
                                   const item_type_pointer& declared, compiled_table& into);
    POLKU_DECL bool compile_rule(const decision_table& table, std::size_t index, const feel::scope& names,
                                 table_pools& known, compiled_table& into);
    POLKU_DECL bool compile_cell(const located_view& from, std::size_t rule, std::size_t column,
                                 const feel::scope& names, text_pool& known, compiled_table& into);
    POLKU_DECL bool compile_entry(const located_view& from, std::size_t rule, std::size_t column,
                                  const feel::scope& names, text_pool& known, compiled_table& into);
    POLKU_DECL void check_priorities(const decision_table& table, const compiled_table& made, place at);
    POLKU_DECL feel::type table_type(const compiled_table& made, const item_type_pointer& declared) const;

    POLKU_DECL std::optional<feel::expression> compile_text(const located_view& text, const feel::scope& names,
                                                            const std::string& pointer);
    POLKU_DECL std::optional<feel::unary_tests> compile_tests(const located_view& text, const feel::scope& names,
                                                              const feel::type& over, const std::string& pointer);
    POLKU_DECL feel::compile_options text_options(const located_view& text, const std::string& pointer);
    POLKU_DECL bool is_feel(const std::string& language, place at);
    POLKU_DECL item_type_pointer type_named(const std::string& reference, place at);
    const model& in_model() const noexcept { return models_[in_]; }

    const std::vector<model>& models_;
    std::uint32_t in_;
    std::string owner_;
    type_table& types_;
    findings& into_;
    feel::evaluation_context& with_;
    const compile_options& options_;
    model_hooks hooks_;
    std::vector<table_place> tables_;
};

/// Builds the requirement graph of all models and compiles every node.
class program_compiler {
public:
    POLKU_DECL program_compiler(std::vector<model> models, const compile_options& options);

    /// False when the graph is not sound (then the findings say why).
    POLKU_DECL bool compile();
    findings& found() noexcept { return found_; }
    std::shared_ptr<program_data> take() noexcept { return std::move(data_); }

private:
    /// What a node requires, while compiling.
    struct requirement_list {
        std::vector<std::uint32_t> values;     ///< inputs and decisions
        std::vector<std::uint32_t> knowledge;  ///< knowledge models and services
        std::vector<std::uint32_t> service_inputs;
        const void* element = nullptr;  ///< the syntax element
    };
    enum class edge_set : std::uint8_t { decisions, everything };

    POLKU_DECL void index_models();
    POLKU_DECL void find_types();
    POLKU_DECL void collect_nodes();
    POLKU_DECL std::uint32_t add_node(node_kind is, std::uint32_t in, const named_element& from,
                                      const information_item& variable, const void* element);
    POLKU_DECL void check_names();
    POLKU_DECL void resolve_all();
    POLKU_DECL std::optional<std::uint32_t> resolve(std::uint32_t in, const element_reference& from,
                                                    std::string_view owner, std::initializer_list<node_kind> wanted);
    POLKU_DECL void resolve_list(std::uint32_t from, const std::vector<element_reference>& references,
                                 std::initializer_list<node_kind> wanted, std::vector<std::uint32_t>& into);
    POLKU_DECL std::vector<std::uint32_t> edges(std::uint32_t of, edge_set which) const;
    /// Nodes so that what a node requires comes before it. Reports circles when only decisions are followed.
    POLKU_DECL std::vector<std::uint32_t> ordered(edge_set which);
    POLKU_DECL void report_cycle(const std::vector<std::uint32_t>& path);
    POLKU_DECL void add_sources(std::uint32_t of, feel::scope& names);
    POLKU_DECL void add_source(std::uint32_t of, std::uint32_t required, feel::scope& names);
    POLKU_DECL void compile_node(std::uint32_t of);
    POLKU_DECL void compile_decision(std::uint32_t of);
    POLKU_DECL void compile_knowledge(std::uint32_t of);
    POLKU_DECL void compile_service(std::uint32_t of);
    POLKU_DECL void keep_tables(std::uint32_t of, logic_compiler& from);
    POLKU_DECL void plan_node(std::uint32_t of);
    POLKU_DECL void describe_inputs(std::uint32_t of);
    POLKU_DECL input_info input_of(std::uint32_t of) const;
    POLKU_DECL void list_decisions();
    POLKU_DECL std::string qualified_name(std::uint32_t of) const;
    POLKU_DECL position where(std::uint32_t in, place at, std::string_view element) const;

    std::vector<model> models_;
    compile_options options_;
    feel::evaluation_context with_;
    findings found_;
    std::shared_ptr<program_data> data_;
    std::vector<requirement_list> requirements_;
    std::map<std::string, std::uint32_t, std::less<>> model_by_namespace_;
    std::vector<std::map<std::string, std::uint32_t, std::less<>>> node_by_id_;
    std::unique_ptr<type_table> types_;
};

}  // namespace polku::inline POLKU_V::dmn::detail

#if defined(POLKU_HEADER_ONLY)
#include <polku/impl/dmn/logic_compiler.ipp>
#include <polku/impl/dmn/program_compiler.ipp>
#include <polku/impl/dmn/requirement_graph.ipp>
#include <polku/impl/dmn/table_compiler.ipp>
#include <polku/impl/dmn/type_table.ipp>
#endif

#endif
