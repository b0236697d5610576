// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_FEEL_CODE_COLLECTIONS_HPP
#define POLKU_IMPL_FEEL_CODE_COLLECTIONS_HPP

#include <polku/feel/code.hpp>
#include <polku/feel/operations.hpp>

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
    explicit context_operation(std::vector<context_entry_code> entries) : entries_(std::move(entries)) {}
    POLKU_DECL value run(frame& in) const override;

private:
    std::vector<context_entry_code> entries_;
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
    path_operation(operation_pointer of, std::string name) : of_(std::move(of)), name_(std::move(name)) {}
    POLKU_DECL value run(frame& in) const override;
    POLKU_DECL const value& look(frame& in, value& scratch) const override;

private:
    operation_pointer of_;
    std::string name_;
};

/// A filter whose condition does not look at the item: an index, or all or nothing.
class plain_filter_operation final : public operation {
public:
    plain_filter_operation(operation_pointer of, operation_pointer condition)
        : of_(std::move(of)), condition_(std::move(condition)) {}
    POLKU_DECL value run(frame& in) const override;

private:
    operation_pointer of_;
    operation_pointer condition_;
};

/// A filter whose condition is run for each item, which lies in a local.
class item_filter_operation final : public operation {
public:
    item_filter_operation(operation_pointer of, operation_pointer condition, std::uint32_t local)
        : of_(std::move(of)), condition_(std::move(condition)), local_(local) {}
    POLKU_DECL value run(frame& in) const override;

private:
    POLKU_DECL value kept(frame& in, std::span<const value> items) const;
    operation_pointer of_;
    operation_pointer condition_;
    std::uint32_t local_;
};

}  // namespace polku::inline POLKU_V::feel::detail

#endif
