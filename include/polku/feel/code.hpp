// SPDX-License-Identifier: Apache-2.0
#if defined(POLKU_HEADER_ONLY)
#include <polku/feel/expression.hpp>  // header-only mode reaches this header by it, with all declarations in order
#endif
#ifndef POLKU_FEEL_CODE_HPP
#define POLKU_FEEL_CODE_HPP

#include <polku/feel/detail/value_stack.hpp>
#include <polku/feel/function.hpp>
#include <polku/feel/scope.hpp>
#include <polku/feel/syntax.hpp>
#include <polku/feel/value.hpp>

#include <cstdint>
#include <cstring>
#include <memory>
#include <span>
#include <vector>

namespace polku::inline POLKU_V::feel {
class expression;
class unary_tests;
}  // namespace polku::inline POLKU_V::feel

namespace polku::inline POLKU_V::feel::detail {

struct partial_results;

/// What a running body sees: the caller's slots, its own locals (one for each name that the text declares, on one
/// contiguous array), and what a lambda captured when it was made.
struct frame {
    evaluation_context& with;
    std::span<const value> slots;
    value* locals;
    const value* captures;
    const partial_results* partials = nullptr;  ///< results so far of the loops around, the innermost first
};

/// The results that a running `for` has made, for `partial[-1]` without making a list of them.
struct partial_results {
    const std::vector<value>* items;
    std::int32_t local;
    const partial_results* outer;
};

/// What a condition comes to, for those who need no value: a null or another value is `unknown`.
enum class truth : std::uint8_t { no, yes, unknown };

inline truth truth_of(const value& of) noexcept {
    return !of.is(kind::boolean) ? truth::unknown : of.as_boolean() ? truth::yes : truth::no;
}

/// Where an operation finds its result when that already lies somewhere.
enum class operand_form : std::uint8_t { computed, constant, slot, local, entry };

/// An entry of a context in a slot or a local: found by its place where the context shares the names.
struct entry_path {
    bool is_local = false;
    std::uint32_t index = 0;
    entry_names names;
    std::size_t place = 0;
};

/// One node of compiled code. Immutable; run by any number of threads, each with its own frame.
class operation {
public:
    virtual ~operation() = default;
    virtual value run(frame& in) const = 0;
    /// The result without a copy where it already lies somewhere; `scratch` holds it where not.
    virtual const value& look(frame& in, value& scratch) const {
        scratch = run(in);
        return scratch;
    }
    /// The result as a condition.
    virtual truth test(frame& in) const {
        value scratch;
        return truth_of(look(in, scratch));
    }
    /// The result when it is always the same.
    virtual const value* constant() const noexcept { return nullptr; }
    /// True when the result is always a boolean or null.
    virtual bool is_condition() const noexcept { return false; }
    /// Whether this only reads a place, and which.
    virtual operand_form form(std::uint32_t& index) const noexcept {
        static_cast<void>(index);
        return operand_form::computed;
    }
    /// For `operand_form::entry`.
    virtual const entry_path* path() const noexcept { return nullptr; }
};
using operation_pointer = std::unique_ptr<const operation>;

/// An operation that another one reads: constants, slots and locals without a call.
class operand {
public:
    operand(operation_pointer of) : of_(std::move(of)) {
        if (of_ == nullptr) return;
        form_ = of_->form(index_);
        known_ = of_->constant();
        if (known_ != nullptr) form_ = operand_form::constant;
        if (form_ == operand_form::entry) path_ = of_->path();
    }
    /// The result where it already lies; null pointer where it must be computed.
    const value* find(frame& in) const {
        switch (form_) {
            case operand_form::constant: return known_;
            case operand_form::local: return in.locals + index_;
            case operand_form::slot: return POLKU_LIKELY(index_ < in.slots.size()) ? &in.slots[index_] : nullptr;
            case operand_form::entry: {
                if (POLKU_UNLIKELY(!path_->is_local && path_->index >= in.slots.size())) return nullptr;
                const value& base = path_->is_local ? in.locals[path_->index] : in.slots[path_->index];
                return quick_access::entry(base, path_->names, path_->place);
            }
            default: return nullptr;
        }
    }
    const value& look(frame& in, value& scratch) const {
        const value* const found = find(in);
        return POLKU_LIKELY(found != nullptr) ? *found : of_->look(in, scratch);
    }
    value run(frame& in) const {
        if (form_ == operand_form::computed) return of_->run(in);
        value scratch;
        return look(in, scratch);
    }
    truth test(frame& in) const { return of_->test(in); }
    const value* constant() const noexcept { return known_; }
    const operation* operator->() const noexcept { return of_.get(); }
    const operation* get() const noexcept { return of_.get(); }
    explicit operator bool() const noexcept { return of_ != nullptr; }

private:
    operation_pointer of_;
    const value* known_ = nullptr;
    const entry_path* path_ = nullptr;
    std::uint32_t index_ = 0;
    operand_form form_ = operand_form::computed;
};

POLKU_DECL std::vector<operand> operands_of(std::vector<operation_pointer> from);

/// One test of `in` or of a decision table's cell.
class membership_test {
public:
    virtual ~membership_test() = default;
    virtual value accepts(frame& in, const value& input) const = 0;
    /// Adds what bounds the test; false when it is more than a comparison with constants.
    virtual bool describe(std::vector<simple_test>& into) const = 0;
};
using test_pointer = std::unique_ptr<const membership_test>;

/// A body with what running it needs.
struct code_body {
    operation_pointer root;
    const value* known = nullptr;  ///< the result when it is always the same
    std::uint32_t locals = 0;
    std::uint32_t weight = 1;  ///< levels of depth that one run counts
};

/// What stands behind `expression` and `unary_tests`.
struct compiled {
    code_body body;                   ///< of an expression
    std::vector<test_pointer> tests;  ///< of unary tests; none at all is `-`
    bool negated = false;
    bool reads_context = false;
    type result;
    std::vector<std::uint32_t> used;
    std::vector<diagnostic> diagnostics;

    POLKU_DECL static expression make_expression(std::shared_ptr<const compiled> code, std::string text);
};

/// Lends one item after the other to a local: its bits lie there without being counted, and are taken away at the end.
/// The items outlive the loan.
class lent_local {
public:
    explicit lent_local(value& place) noexcept : place_(place) { place_ = value(); }
    ~lent_local() { lend(value()); }
    lent_local(const lent_local&) = delete;
    lent_local& operator=(const lent_local&) = delete;
    void lend(const value& item) noexcept {
        std::memcpy(static_cast<void*>(&place_), static_cast<const void*>(&item), sizeof(value));
    }

private:
    value& place_;
};

/// Counts the depth of one run of a body.
class depth_guard {
public:
    depth_guard(evaluation_context& with, std::uint32_t levels) noexcept
        : with_(with), levels_(levels), fine_(with.enter(levels)) {}
    ~depth_guard() { with_.leave(levels_); }
    depth_guard(const depth_guard&) = delete;
    depth_guard& operator=(const depth_guard&) = delete;
    explicit operator bool() const noexcept { return fine_; }

private:
    evaluation_context& with_;
    std::uint32_t levels_;
    bool fine_;
};

/// True when the value holds the point: a list by equality of an item or by a range among its items, a range by its
/// bounds, anything else by equality. Three-valued.
POLKU_DECL value holds(const value& holder, const value& point, const evaluation_context& with);
/// `=`, `!=`, `<`, ... of two values, numbers and strings first.
POLKU_DECL value compare_values(syntax_operator op, const value& left, const value& right,
                                const evaluation_context& with);
/// The same as a condition.
POLKU_DECL truth test_values(syntax_operator op, const value& left, const value& right, const evaluation_context& with);
/// The item at a FEEL index: from 1, or from -1 backwards.
POLKU_DECL value item_at(std::span<const value> items, const value& index);

}  // namespace polku::inline POLKU_V::feel::detail

#if defined(POLKU_HEADER_ONLY)
#include <polku/impl/feel/code_aggregates.ipp>
#include <polku/impl/feel/code_collections.ipp>
#include <polku/impl/feel/code_conditions.ipp>
#include <polku/impl/feel/code_functions.ipp>
#include <polku/impl/feel/code_loops.ipp>
#include <polku/impl/feel/code_operators.ipp>
#include <polku/impl/feel/code_tests.ipp>
#endif

#endif
