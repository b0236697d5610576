// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_FEEL_CODE_OPERATORS_HPP
#define POLKU_IMPL_FEEL_CODE_OPERATORS_HPP

#include <polku/feel/code.hpp>
#include <polku/feel/operations.hpp>

namespace polku::inline POLKU_V::feel::detail {

class constant_operation final : public operation {
public:
    explicit constant_operation(value of) : value_(std::move(of)) {}
    value run(frame&) const override { return value_; }
    const value& look(frame&, value&) const override { return value_; }
    const value* constant() const noexcept override { return &value_; }

private:
    value value_;
};

class slot_operation final : public operation {
public:
    explicit slot_operation(std::uint32_t slot) : slot_(slot) {}
    value run(frame& in) const override { return slot_ < in.slots.size() ? in.slots[slot_] : missing(); }
    const value& look(frame& in, value& scratch) const override {
        if (POLKU_LIKELY(slot_ < in.slots.size())) return in.slots[slot_];
        return scratch = missing();
    }
    operand_form form(std::uint32_t& index) const noexcept override {
        index = slot_;
        return operand_form::slot;
    }

private:
    static value missing() { return value(null_reason::unknown_input); }
    std::uint32_t slot_;
};

class local_operation final : public operation {
public:
    explicit local_operation(std::uint32_t local) : local_(local) {}
    value run(frame& in) const override { return in.locals[local_]; }
    const value& look(frame& in, value&) const override { return in.locals[local_]; }
    operand_form form(std::uint32_t& index) const noexcept override {
        index = local_;
        return operand_form::local;
    }

private:
    std::uint32_t local_;
};

class capture_operation final : public operation {
public:
    explicit capture_operation(std::uint32_t capture) : capture_(capture) {}
    value run(frame& in) const override { return in.captures[capture_]; }
    const value& look(frame& in, value&) const override { return in.captures[capture_]; }

private:
    std::uint32_t capture_;
};

/// An entry of the filtered item by name, for items whose type is not known; otherwise the name's outer meaning.
class item_entry_operation final : public operation {
public:
    item_entry_operation(operation_pointer item, std::string name, operation_pointer otherwise)
        : item_(std::move(item)), name_(std::move(name)), otherwise_(std::move(otherwise)) {}
    value run(frame& in) const override {
        value scratch;
        return look(in, scratch);
    }
    POLKU_DECL const value& look(frame& in, value& scratch) const override;

    const operand& item() const noexcept { return item_; }
    const std::string& name() const noexcept { return name_; }

private:
    operand item_;
    std::string name_;
    operation_pointer otherwise_;
};

class negation_operation final : public operation {
public:
    explicit negation_operation(operation_pointer of) : of_(std::move(of)) {}
    value run(frame& in) const override {
        value scratch;
        return negate(of_->look(in, scratch));
    }

private:
    operation_pointer of_;
};

class arithmetic_operation final : public operation {
public:
    arithmetic_operation(std::vector<operation_pointer> operands, std::vector<syntax_operator> operators)
        : operands_(operands_of(std::move(operands))), operators_(std::move(operators)) {}
    POLKU_DECL value run(frame& in) const override;
    /// Whether the last thing done is a division.
    bool ends_in_division() const noexcept { return operators_.back() == syntax_operator::divide; }
    std::span<const operand> operands() const noexcept { return operands_; }
    std::span<const syntax_operator> operators() const noexcept { return operators_; }
    /// The two sides of the last operator.
    POLKU_DECL void run_sides(frame& in, value& left, value& right) const;

private:
    POLKU_DECL value run_first(frame& in, std::size_t operators) const;
    std::vector<operand> operands_;
    std::vector<syntax_operator> operators_;
};

class comparison_operation final : public operation {
public:
    comparison_operation(syntax_operator op, operation_pointer left, operation_pointer right)
        : left_(std::move(left)), right_(std::move(right)), operator_(op) {}
    POLKU_DECL value run(frame& in) const override;
    POLKU_DECL truth test(frame& in) const override;
    bool is_condition() const noexcept override { return true; }

    syntax_operator is() const noexcept { return operator_; }
    const operand& left() const noexcept { return left_; }
    const operand& right() const noexcept { return right_; }

private:
    operand left_;
    operand right_;
    syntax_operator operator_;
};

/// `and` where `stop` is false, `or` where it is true: the value that decides ends the run.
class junction_operation final : public operation {
public:
    junction_operation(bool stop, std::vector<operation_pointer> operands)
        : operands_(std::move(operands)), stop_(stop) {}
    POLKU_DECL value run(frame& in) const override;
    POLKU_DECL truth test(frame& in) const override;
    bool is_condition() const noexcept override { return true; }

    bool is_disjunction() const noexcept { return stop_; }
    std::span<const operation_pointer> operands() const noexcept { return operands_; }

private:
    std::vector<operation_pointer> operands_;
    bool stop_;
};

class between_operation final : public operation {
public:
    between_operation(operation_pointer point, operation_pointer low, operation_pointer high)
        : point_(std::move(point)), low_(std::move(low)), high_(std::move(high)) {}
    POLKU_DECL value run(frame& in) const override;

private:
    operation_pointer point_;
    operation_pointer low_;
    operation_pointer high_;
};

class in_operation final : public operation {
public:
    /// `input` is the local of `?`, or negative where no test names it.
    in_operation(operation_pointer point, std::vector<test_pointer> tests, std::int32_t input)
        : point_(std::move(point)), tests_(std::move(tests)), input_(input) {}
    POLKU_DECL value run(frame& in) const override;

private:
    operation_pointer point_;
    std::vector<test_pointer> tests_;
    std::int32_t input_;
};

class instance_operation final : public operation {
public:
    instance_operation(operation_pointer of, type wanted) : of_(std::move(of)), wanted_(std::move(wanted)) {}
    POLKU_DECL value run(frame& in) const override;

private:
    operation_pointer of_;
    type wanted_;
};

class conditional_operation final : public operation {
public:
    conditional_operation(operation_pointer condition, operation_pointer then, operation_pointer otherwise)
        : condition_(std::move(condition)), then_(std::move(then)), otherwise_(std::move(otherwise)) {}
    POLKU_DECL value run(frame& in) const override;

private:
    operand condition_;
    operand then_;
    operand otherwise_;
};

}  // namespace polku::inline POLKU_V::feel::detail

#endif
