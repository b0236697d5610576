// SPDX-License-Identifier: Apache-2.0
// In front of the guard: in header-only mode this pulls in bodies that need the declarations below, so they must come
// through here a second time.
#include <polku/dmn/detail/program_data.hpp>

#ifndef POLKU_DMN_DETAIL_NULL_SEARCH_HPP
#define POLKU_DMN_DETAIL_NULL_SEARCH_HPP

#include <polku/dmn/trace.hpp>
#include <polku/feel/syntax.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace polku::inline POLKU_V::dmn::detail {

/// Finds where the nulls of one evaluated decision arose: follows boxed expressions and texts down to the part that was
/// null first, asking each part again with a context of its own, and goes on with what earlier steps found out.
class null_search {
public:
    null_search(const program_data& program, const trace& from, std::uint32_t node, feel::evaluation_context& probe)
        : program_(program), trace_(from), node_(program.nodes[node]), frame_(probe) {}

    /// The names in scope are those of the node's sources, then its parameters where it is called by itself.
    POLKU_DECL void bind(std::span<const feel::value> slots);
    /// The causes for each null inside `value`; `untyped` is the same before the declared type of the node.
    POLKU_DECL std::vector<null_cause> causes_of(const feel::value& value, const feel::value& untyped);

    // For the logic classes: where to go on.
    frame& values() noexcept { return frame_; }
    POLKU_DECL void look_in(const logic& of, const item_type_pointer& type, null_path at);
    POLKU_DECL void look_in_text(const feel::expression& text, null_path at);
    POLKU_DECL void look_in_table(const compiled_table& table, null_path at);
    /// The last table that ran under this owner's name and answered null; false when there is none.
    POLKU_DECL bool look_in_table_of(std::string_view owner);
    POLKU_DECL void arose(null_origin origin, std::string_view element, feel::null_reason reason);
    POLKU_DECL void arose_in_logic();
    POLKU_DECL void bind_entry(const std::string& name, feel::value of, const logic* entry,
                               const item_type_pointer& type);
    POLKU_DECL void release(std::size_t count);

private:
    /// What stands behind a slot: a source of the node, an entry of a boxed context, or a parameter.
    struct binder {
        std::string name;
        feel::type type;
        const slot_source* source = nullptr;
        const logic* entry = nullptr;
        item_type_pointer entry_type;
    };
    static constexpr std::size_t max_causes = 8;
    static constexpr std::size_t max_visited = 10'000;  // values looked at for nulls
    static constexpr std::uint32_t max_depth = 64;

    POLKU_DECL void collect_nulls(const feel::value& in, std::vector<null_part>& path,
                                  std::vector<std::vector<null_part>>& out);
    POLKU_DECL void look_in_node(const feel::syntax_tree& tree, feel::syntax_pointer& of, null_path at,
                                 std::string_view text);
    POLKU_DECL void look_in_operands(const feel::syntax_tree& tree, feel::syntax_pointer& of, std::size_t first,
                                     std::size_t count, std::string_view text);
    POLKU_DECL void look_in_path(const feel::syntax_tree& tree, feel::syntax_pointer& of, null_path at,
                                 std::string_view text);
    POLKU_DECL feel::value evaluated(const feel::syntax_tree& tree, feel::syntax_pointer& of);
    POLKU_DECL void follow(std::uint32_t slot, null_path at);
    POLKU_DECL void follow_source(const slot_source& source, const feel::value& value, null_path at);
    POLKU_DECL void follow_given(std::string_view name, const feel::value& value, null_path at);
    POLKU_DECL bool follow_step(std::uint32_t node, null_path at);
    POLKU_DECL void look_in_record(const table_trace& of, const compiled_table* table, null_path at);
    POLKU_DECL void look_in_outputs(const table_trace& of, const compiled_table& table, null_path at);
    POLKU_DECL void look_in_output(const rule_trace& rule, const compiled_table& table, std::size_t column,
                                   null_path at, feel::null_reason reason);
    POLKU_DECL void look_in_null_inputs(const table_trace& of, const compiled_table& table);
    POLKU_DECL const table_trace* record_of(std::string_view id, std::string_view owner) const;

    const program_data& program_;
    const trace& trace_;
    const program_node& node_;
    frame frame_;
    std::vector<binder> binders_;
    std::vector<null_cause> causes_;
    std::string path_;  // of the null that is being explained
    feel::null_reason reason_ = feel::null_reason::none;
    std::uint32_t depth_ = 0;
    std::size_t visited_ = 0;
};

/// The value at a path; null pointer when an entry or item on the way is not there.
POLKU_DECL const feel::value* value_at(const feel::value& of, null_path path);
POLKU_DECL std::string text_of_path(null_path path);

/// Adds the step of an evaluated node to the trace: its tables, and the causes of its nulls. `slots` are the values of
/// its sources, `untyped` is its value before the declared type.
POLKU_DECL void record_step(const program_data& program, std::uint32_t node, std::span<const feel::value> slots,
                            const feel::value& value, const feel::value& untyped, const feel::evaluation_context& with);

}  // namespace polku::inline POLKU_V::dmn::detail

#if defined(POLKU_HEADER_ONLY)
#include <polku/impl/dmn/null_search.ipp>
#endif

#endif
