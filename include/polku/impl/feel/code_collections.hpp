// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_FEEL_CODE_COLLECTIONS_HPP
#define POLKU_IMPL_FEEL_CODE_COLLECTIONS_HPP

#include <polku/feel/code.hpp>
#include <polku/feel/operations.hpp>
#include <polku/impl/feel/code_conditions.hpp>
#include <polku/impl/feel/detail/temporal.hpp>

namespace polku::inline POLKU_V::feel::detail {

class list_operation final : public operation {
public:
    explicit list_operation(std::vector<operation_pointer> items) : items_(std::move(items)) {}
    POLKU_DECL value run(frame& in) const override;

private:
    std::vector<operation_pointer> items_;
};

/// An entry of a context literal; `local` keeps its value for the entries after it that name it.
struct context_entry_code {
    std::string name;
    operation_pointer of;
    std::int32_t local = -1;
};

class context_operation final : public operation {
public:
    /// `known` are the names of the expression's type, which its contexts share.
    POLKU_DECL context_operation(std::vector<context_entry_code> entries, const entry_names& known);
    POLKU_DECL value run(frame& in) const override;

private:
    struct entry {
        operand of;
        std::int32_t local;
    };
    entry_names names_;
    std::vector<entry> entries_;
};

class interval_operation final : public operation {
public:
    interval_operation(operation_pointer low, operation_pointer high, bool low_closed, bool high_closed)
        : low_(std::move(low)), high_(std::move(high)), low_closed_(low_closed), high_closed_(high_closed) {}
    POLKU_DECL value run(frame& in) const override;

private:
    operation_pointer low_;
    operation_pointer high_;
    bool low_closed_;
    bool high_closed_;
};

class unary_range_operation final : public operation {
public:
    unary_range_operation(syntax_operator op, operation_pointer operand)
        : operand_(std::move(operand)), operator_(op) {}
    POLKU_DECL value run(frame& in) const override;

private:
    operation_pointer operand_;
    syntax_operator operator_;
};

class path_operation final : public operation {
public:
    /// `base` is what is known of the type of `of`: contexts that share its names are read by place.
    POLKU_DECL path_operation(operation_pointer of, std::string name, const type& base);
    value run(frame& in) const override {
        value scratch;
        return look(in, scratch);
    }
    POLKU_DECL const value& look(frame& in, value& scratch) const override;

    const operand& of() const noexcept { return of_; }
    const std::string& name() const noexcept { return name_; }
    /// The path's value over one that is there already, which must not lie in `scratch`.
    POLKU_DECL const value& member_of(const value& of, value& scratch, frame& in) const;

    operand_form form(std::uint32_t&) const noexcept override {
        return is_direct_ ? operand_form::entry : operand_form::computed;
    }
    const entry_path* path() const noexcept override { return &path_; }

private:
    /// The entry of a context; null pointer for another value, and where there is none.
    const value* entry_of(const value& from) const noexcept {
        if (const value* found = quick_access::entry(from, path_.names, path_.place)) return found;
        if (!from.is(kind::context)) return nullptr;
        const std::size_t at = from.as_context().index_of(name_, path_.place);
        return at != context::npos ? &from.as_context().values()[at] : nullptr;
    }
    operand of_;
    std::string name_;
    entry_path path_;
    bool is_direct_ = false;  ///< of a slot or a local whose names are known
};

/// A path to a part of a duration or a date that is computed on the spot: `(a - b).days`.
class temporal_path_operation final : public operation {
public:
    temporal_path_operation(operation_pointer of, std::string name, const type& base)
        : part_(temporal_part_of(name)), path_(std::move(of), std::move(name), base) {}
    POLKU_DECL value run(frame& in) const override;

private:
    temporal_part part_;
    path_operation path_;
};
/// The path, as such a one where that fits.
POLKU_DECL operation_pointer make_path(operation_pointer of, std::string name, const type& base);

/// A filter whose condition does not look at the item: an index, or all or nothing.
class plain_filter_operation final : public operation {
public:
    plain_filter_operation(operation_pointer of, operation_pointer condition)
        : of_(std::move(of)), condition_(std::move(condition)) {}
    POLKU_DECL value run(frame& in) const override;

private:
    operand of_;
    operand condition_;
};

/// A filter whose condition is run for each item, which lies in a local.
class item_filter_operation final : public operation {
public:
    item_filter_operation(operation_pointer of, operation_pointer condition, std::uint32_t local)
        : of_(std::move(of)),
          condition_(std::move(condition)),
          local_(local),
          reads_(*condition_.get(), local, nullptr) {}
    POLKU_DECL value run(frame& in) const override;

    const operand& of() const noexcept { return of_; }
    const operand& condition() const noexcept { return condition_; }
    std::uint32_t local() const noexcept { return local_; }

private:
    POLKU_DECL value kept(frame& in, std::span<const value> items) const;
    operand of_;
    operand condition_;
    std::uint32_t local_;
    item_reads reads_;
};

/// The items of a list; anything else is a list of itself (DMN 1.5 clause 10.3.2.5).
inline std::span<const value> items_of(const value& of) noexcept {
    return of.is(kind::list) ? of.as_list() : std::span<const value>(&of, 1);
}

}  // namespace polku::inline POLKU_V::feel::detail

#endif
