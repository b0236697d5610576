// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_DMN_DETAIL_LOGIC_HPP
#define POLKU_DMN_DETAIL_LOGIC_HPP

#include <polku/dmn/decision_table.hpp>
#include <polku/dmn/item_type.hpp>
#include <polku/feel/detail/value_stack.hpp>
#include <polku/feel/evaluation_context.hpp>
#include <polku/feel/expression.hpp>
#include <polku/feel/function.hpp>
#include <polku/feel/value.hpp>

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace polku::inline POLKU_V::dmn::detail {

/// The values of the names in scope, in the order of the scope. Nested expressions add theirs at the end and take them
/// off again.
struct frame {
    explicit frame(feel::evaluation_context& in) : with(in), slots(in) {}
    feel::evaluation_context& with;
    feel::detail::slot_values slots;
};

class direct_table;
class null_search;

/// One step of a path into a value: an entry, or an item counted from 1.
struct null_part {
    std::string name;
    std::size_t index = 0;  ///< 0: an entry
};
using null_path = std::span<const null_part>;

/// Compiled decision logic: one class for each boxed expression (DMN 1.5 clause 10.2).
class logic {
public:
    virtual ~logic() = default;
    virtual feel::value evaluate(frame& in) const = 0;

    // What static analysis asks for: each answers null pointer where the logic is something else.
    virtual const compiled_table* table() const noexcept { return nullptr; }
    virtual const feel::expression* text() const noexcept { return nullptr; }
    /// The logic whose result this one only coerces, and the type that it coerces to.
    virtual const logic* coerced(const item_type*& to) const noexcept {
        static_cast<void>(to);
        return nullptr;
    }
    /// For traces only: where the null at a path of this logic's answer came from (null_search.hpp).
    POLKU_DECL virtual void find_null(null_search& in, null_path at) const;
};
using logic_pointer = std::shared_ptr<const logic>;

/// Logic that cannot be evaluated: always null.
class null_logic final : public logic {
public:
    explicit null_logic(feel::null_reason reason) : reason_(reason) {}
    feel::value evaluate(frame&) const override { return feel::value(reason_); }
    POLKU_DECL void find_null(null_search& in, null_path at) const override;

private:
    feel::null_reason reason_;
};

class literal_logic final : public logic {
public:
    explicit literal_logic(feel::expression text) : text_(std::move(text)) {}
    feel::value evaluate(frame& in) const override { return text_.evaluate(in.with, in.slots); }
    const feel::expression* text() const noexcept override { return &text_; }
    POLKU_DECL void find_null(null_search& in, null_path at) const override;

private:
    feel::expression text_;
};

/// Coerces what the inner logic answers to a declared type.
class typed_logic final : public logic {
public:
    typed_logic(logic_pointer inner, item_type_pointer type) : inner_(std::move(inner)), type_(std::move(type)) {}
    feel::value evaluate(frame& in) const override { return conformed(inner_->evaluate(in), *type_, in.with); }
    const logic* coerced(const item_type*& to) const noexcept override {
        to = type_.get();
        return inner_.get();
    }
    POLKU_DECL void find_null(null_search& in, null_path at) const override;

private:
    logic_pointer inner_;
    item_type_pointer type_;
};

class table_logic final : public logic {
public:
    POLKU_DECL explicit table_logic(compiled_table table);
    POLKU_DECL feel::value evaluate(frame& in) const override;
    const compiled_table* table() const noexcept override { return &table_; }
    POLKU_DECL void find_null(null_search& in, null_path at) const override;

private:
    compiled_table table_;
    std::shared_ptr<const direct_table> direct_;  ///< where the table's inputs are plain names
};

class context_logic final : public logic {
public:
    struct entry {
        std::string name;  ///< empty: the result
        logic_pointer value;
        item_type_pointer type;
    };
    POLKU_DECL explicit context_logic(std::vector<entry> entries);
    POLKU_DECL feel::value evaluate(frame& in) const override;
    POLKU_DECL void find_null(null_search& in, null_path at) const override;

private:
    std::vector<entry> entries_;
    feel::entry_names names_;  ///< of the entries, without the result
};

class list_logic final : public logic {
public:
    explicit list_logic(std::vector<logic_pointer> items) : items_(std::move(items)) {}
    POLKU_DECL feel::value evaluate(frame& in) const override;
    POLKU_DECL void find_null(null_search& in, null_path at) const override;

private:
    std::vector<logic_pointer> items_;
};

class relation_logic final : public logic {
public:
    relation_logic(std::vector<std::string> columns, std::vector<std::vector<logic_pointer>> rows)
        : columns_(std::move(columns)), rows_(std::move(rows)), names_(columns_) {}
    POLKU_DECL feel::value evaluate(frame& in) const override;
    POLKU_DECL void find_null(null_search& in, null_path at) const override;

private:
    std::vector<std::string> columns_;
    std::vector<std::vector<logic_pointer>> rows_;
    feel::entry_names names_;
};

class invocation_logic final : public logic {
public:
    struct argument {
        std::string name;
        logic_pointer value;
    };
    POLKU_DECL invocation_logic(logic_pointer callee, std::vector<argument> arguments);
    POLKU_DECL feel::value evaluate(frame& in) const override;
    POLKU_DECL void find_null(null_search& in, null_path at) const override;

private:
    logic_pointer callee_;
    std::vector<logic_pointer> arguments_;
    std::vector<std::string> names_;
};

class conditional_logic final : public logic {
public:
    conditional_logic(logic_pointer condition, logic_pointer then, logic_pointer otherwise)
        : condition_(std::move(condition)), then_(std::move(then)), otherwise_(std::move(otherwise)) {}
    POLKU_DECL feel::value evaluate(frame& in) const override;
    POLKU_DECL void find_null(null_search& in, null_path at) const override;

private:
    logic_pointer condition_;
    logic_pointer then_;
    logic_pointer otherwise_;
};

/// A boxed filter whose match is FEEL text: compiled as the FEEL filter `list[text]` over one added slot, so that
/// `item` and the entries of items mean what they mean there.
class filter_logic final : public logic {
public:
    filter_logic(logic_pointer in, feel::expression filtered) : in_(std::move(in)), filtered_(std::move(filtered)) {}
    POLKU_DECL feel::value evaluate(frame& in) const override;

private:
    logic_pointer in_;
    feel::expression filtered_;
};

/// A boxed filter whose match is another boxed expression, with `item` in scope.
class boxed_filter_logic final : public logic {
public:
    boxed_filter_logic(logic_pointer in, logic_pointer match) : in_(std::move(in)), match_(std::move(match)) {}
    POLKU_DECL feel::value evaluate(frame& in) const override;

private:
    logic_pointer in_;
    logic_pointer match_;
};

/// `for`, `some` and `every`: the iterator is one added slot; a `for` has a second one, `partial`.
class iterator_logic final : public logic {
public:
    iterator_logic(iterator_kind kind, logic_pointer in, logic_pointer body)
        : kind_(kind), in_(std::move(in)), body_(std::move(body)) {}
    POLKU_DECL feel::value evaluate(frame& in) const override;

private:
    POLKU_DECL feel::value evaluate_for(frame& in, std::span<const feel::value> over) const;
    POLKU_DECL feel::value evaluate_quantified(frame& in, std::span<const feel::value> over) const;

    iterator_kind kind_;
    logic_pointer in_;
    logic_pointer body_;
};

/// Parameters of a function with the types that arguments are coerced to.
struct parameter_list {
    std::vector<feel::parameter> declared;
    std::vector<item_type_pointer> types;  ///< null pointers for untyped ones
    std::string name;
    item_type_pointer result;

    /// Coerces in place; false when an argument that is not null becomes null, since then the function is not called.
    POLKU_DECL bool coerce(std::span<feel::value> arguments, feel::evaluation_context& with) const;
    feel::type result_type() const { return result ? result->type : feel::type::any(); }
};

/// A boxed function definition: makes a closure over the slots around it.
class function_logic final : public logic {
public:
    function_logic(std::shared_ptr<const parameter_list> parameters, logic_pointer body)
        : parameters_(std::move(parameters)), body_(std::move(body)) {}
    POLKU_DECL feel::value evaluate(frame& in) const override;

private:
    std::shared_ptr<const parameter_list> parameters_;
    logic_pointer body_;
};

/// A function value that does not depend on anything: an external function.
class constant_logic final : public logic {
public:
    explicit constant_logic(feel::value of) : value_(std::move(of)) {}
    feel::value evaluate(frame&) const override { return value_; }

private:
    feel::value value_;
};

/// Calls the body of a function with captured values and arguments; null for a wrong count or a wrong type.
POLKU_DECL feel::value call_logic(const logic& body, const parameter_list& parameters,
                                  std::span<const feel::value> captured, std::span<const feel::value> arguments,
                                  feel::evaluation_context& with);

}  // namespace polku::inline POLKU_V::dmn::detail

#if defined(POLKU_HEADER_ONLY)
#include <polku/impl/dmn/logic.ipp>
#endif

#endif
