// SPDX-License-Identifier: Apache-2.0
// In front of the guard: in header-only mode this pulls in bodies that need the declarations below, so they must come
// through here a second time.
#include <polku/dmn/program.hpp>

#ifndef POLKU_DMN_DETAIL_PROGRAM_DATA_HPP
#define POLKU_DMN_DETAIL_PROGRAM_DATA_HPP

#include <polku/dmn/detail/logic.hpp>
#include <polku/dmn/item_type.hpp>
#include <polku/feel/detail/value_stack.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace polku::inline POLKU_V::dmn::detail {

class direct_table;

enum class node_kind : std::uint8_t { input, decision, knowledge, service };

/// Where one slot of a decision's frame comes from: a node, or for an import a context of nodes.
struct slot_source {
    struct member {
        std::string name;
        std::uint32_t node = 0;
    };
    std::uint32_t node = 0;
    std::vector<member> members;  ///< not empty: a context under the import's name
    std::string name;             ///< of the import, folded
};

/// One decision of a plan, with the places of the run's values that it reads and writes.
struct plan_step {
    /// A source that is no value of the run: a function, or a context of values and functions.
    struct made_source {
        std::uint32_t place = 0;
        std::uint32_t source = 0;  ///< in the node's `sources`
    };
    std::uint32_t node = 0;
    std::uint32_t place = 0;
    const logic* body = nullptr;       ///< the node's
    const item_type* type = nullptr;   ///< the node's
    std::vector<std::uint32_t> slots;  ///< the place of each slot
    std::vector<made_source> made;
};

/// A vertex of the requirement graph.
struct program_node {
    node_kind is = node_kind::input;
    std::uint32_t model = 0;
    std::string id;
    std::string name;  ///< folded name of the variable
    std::string model_namespace;
    place at;
    item_type_pointer type;  ///< of the variable; null pointer when none is declared
    feel::type known_type;   ///< declared or found out when compiled; what scopes see
    std::vector<slot_source> sources;
    logic_pointer body;                                ///< of decisions and knowledge models
    std::shared_ptr<const parameter_list> parameters;  ///< of knowledge models and services
    std::vector<std::uint32_t> outputs;                ///< of services
    std::vector<std::uint32_t> plan;                   ///< decisions in the order of their evaluation
    std::vector<std::uint32_t> input_nodes;            ///< in the order of `inputs`; empty for knowledge models
    std::vector<input_info> inputs;
    std::shared_ptr<const direct_table> direct;  ///< where the decision is one table over plain inputs
    // What a run needs, bound by `bind_plan`: the inputs have the first places, in their order.
    std::vector<plan_step> steps;
    std::vector<std::uint32_t> output_places;  ///< of services
    std::uint32_t result_place = 0;            ///< of decisions
    std::uint32_t places = 0;
};

/// A decision table of a node's logic, at whatever depth, for those who study tables.
struct table_place {
    std::uint32_t node = 0;
    place at;  ///< of the table's element in the file
    logic_pointer holder;
    const compiled_table* table = nullptr;
};

struct program_data : std::enable_shared_from_this<program_data> {
    std::string name;
    std::vector<program_node> nodes;
    std::vector<decision_info> decisions;
    std::vector<table_place> tables;  ///< those that could be compiled
    std::vector<diagnostic> diagnostics;

    static program wrap(std::shared_ptr<const program_data> data) {
        program made;
        made.data_ = std::move(data);
        return made;
    }
    static const program_data* of(const program& from) noexcept { return from.data_.get(); }

    /// The function value of a knowledge model or a service; it keeps the program alive.
    POLKU_DECL feel::value function_of(std::uint32_t node) const;
};

/// Gives every value of a run of this decision or service its place. Call once, after its plan and inputs are set.
POLKU_DECL void bind_plan(program_data& program, std::uint32_t node);

/// One evaluation of a decision or service: the values of its inputs and decisions as they become known.
class program_run {
public:
    program_run(const program_data& program, const program_node& what, feel::evaluation_context& with)
        : program_(program), what_(what), with_(with), values_(with, what.places) {}

    /// Coerces to the node's type; an input that does not fit is null.
    POLKU_DECL void set_inputs(std::span<const feel::value> inputs);
    POLKU_DECL void evaluate();
    feel::value& result() noexcept { return values_[what_.result_place]; }
    POLKU_DECL feel::value service_result();

private:
    POLKU_DECL void evaluate_step(const plan_step& step, frame& in);
    POLKU_DECL feel::value made_source(const slot_source& from);
    POLKU_DECL feel::value source_value(std::uint32_t node);

    const program_data& program_;
    const program_node& what_;
    feel::evaluation_context& with_;
    feel::detail::stacked_values values_;
};

/// Fills a frame with what a knowledge model's body closes over; where that is the model itself, with `self`.
POLKU_DECL void capture_sources(const program_data& program, const program_node& of, const feel::function& self,
                                std::vector<feel::value>& out);

}  // namespace polku::inline POLKU_V::dmn::detail

#if defined(POLKU_HEADER_ONLY)
#include <polku/impl/dmn/program_run.ipp>
#endif

#endif
