// SPDX-License-Identifier: Apache-2.0
#if defined(POLKU_HEADER_ONLY)
#include <polku/feel/expression.hpp>  // header-only mode reaches this header by it, with all declarations in order
#endif
#ifndef POLKU_FEEL_COMPILER_HPP
#define POLKU_FEEL_COMPILER_HPP

#include <polku/feel/code.hpp>
#include <polku/feel/syntax.hpp>

#include <vector>

namespace polku::inline POLKU_V::feel::detail {

/// Turns a syntax tree into operations: names become slots, locals or captures, and what is constant is computed.
class compiler {
public:
    compiler(const syntax_tree& tree, const compile_options& with) : tree_(tree), options_(with) {}

    POLKU_DECL std::shared_ptr<compiled> expression_code();
    POLKU_DECL std::unique_ptr<compiled> unary_tests_code(const type& input);

private:
    /// The body of a function definition, or of the text itself, while it is compiled.
    struct body_state {
        body_state* outer = nullptr;
        std::uint32_t next_local = 0;
        std::uint32_t most_locals = 0;
        std::uint32_t depth = 0;
        std::uint32_t most_depth = 0;
        struct captured {
            bool is_slot;
            std::uint32_t index;
        };
        std::vector<captured> captures;
        std::vector<operation_pointer> sources;  ///< how the outer body reads each capture
    };
    struct home {
        body_state* body = nullptr;
        std::uint32_t local = 0;
    };

    POLKU_DECL operation_pointer compile(const syntax_node& of);
    POLKU_DECL operation_pointer compile_form(const syntax_node& of);
    POLKU_DECL std::vector<operation_pointer> compile_all(const syntax_node& of, std::size_t from = 0);
    POLKU_DECL operation_pointer fold(operation_pointer made, bool constant);
    POLKU_DECL operation_pointer compile_binary(const syntax_node& of);
    POLKU_DECL operation_pointer compile_in(const syntax_node& of);
    POLKU_DECL operation_pointer compile_conditional(const syntax_node& of);
    POLKU_DECL operation_pointer compile_list(const syntax_node& of);
    POLKU_DECL operation_pointer compile_context(const syntax_node& of);
    POLKU_DECL operation_pointer compile_interval(const syntax_node& of);
    POLKU_DECL operation_pointer compile_filter(const syntax_node& of);
    POLKU_DECL operation_pointer compile_partial_item(const syntax_node& of);
    POLKU_DECL operation_pointer compile_loop(const syntax_node& of);
    POLKU_DECL operation_pointer compile_function(const syntax_node& of);
    POLKU_DECL operation_pointer compile_external(const syntax_node& of);
    POLKU_DECL operation_pointer compile_invocation(const syntax_node& of);
    POLKU_DECL operation_pointer compile_item_entry(const syntax_node& of);
    POLKU_DECL operation_pointer compile_builtin(const syntax_node& of);
    POLKU_DECL test_pointer compile_test(const syntax_node& of);
    POLKU_DECL test_pointer compile_cell(const syntax_node& of, bool boolean_column);
    POLKU_DECL std::vector<parameter> parameters_of(const syntax_node& of) const;

    POLKU_DECL operation_pointer read_symbol(body_state& from, std::uint32_t symbol);
    POLKU_DECL operation_pointer read_slot(body_state& from, std::uint32_t slot);
    POLKU_DECL operation_pointer read_capture(body_state& from, bool is_slot, std::uint32_t index);
    POLKU_DECL std::uint32_t give_local(std::uint32_t symbol);
    POLKU_DECL bool is_used(std::uint32_t symbol) const noexcept { return tree_.symbols[symbol].uses > 0; }
    POLKU_DECL static std::uint32_t weight_of(const body_state& of) noexcept { return 1 + of.most_depth / 4; }
    POLKU_DECL void start();
    POLKU_DECL void finish(compiled& out);

    const syntax_tree& tree_;
    const compile_options& options_;
    body_state* body_ = nullptr;
    std::vector<home> homes_;
    std::vector<bool> is_read_;     ///< by symbol: some operation reads its local
    std::vector<bool> is_partial_;  ///< by symbol: the `partial` of a loop being compiled
    std::vector<std::uint32_t> used_;
    bool reads_context_ = false;
    std::uint32_t input_symbol_ = 0;  ///< what `?` stands for in the tests around
    std::uint32_t input_uses_ = 0;    ///< how often it was read so far
    evaluation_context folding_;
};

}  // namespace polku::inline POLKU_V::feel::detail

#if defined(POLKU_HEADER_ONLY)
#include <polku/impl/feel/compiler.ipp>
#include <polku/impl/feel/compiler_forms.ipp>
#endif

#endif
