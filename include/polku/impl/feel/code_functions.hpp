// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_FEEL_CODE_FUNCTIONS_HPP
#define POLKU_IMPL_FEEL_CODE_FUNCTIONS_HPP

#include <polku/feel/code.hpp>
#include <polku/impl/feel/builtins_support.hpp>

#include <string>

namespace polku::inline POLKU_V::feel::detail {

class arithmetic_operation;

/// A function definition after compiling: its body runs in a frame of its own, whose first locals are the parameters.
struct lambda_code {
    std::vector<parameter> parameters;
    type result;
    code_body body;
};

/// A function value made by a definition, with the values that its body took from around it.
class closure final : public function {
public:
    closure(std::shared_ptr<const lambda_code> code, std::vector<value> captures)
        : code_(std::move(code)), captures_(std::move(captures)) {}
    std::span<const parameter> parameters() const noexcept override { return code_->parameters; }
    type result_type() const override { return code_->result; }
    POLKU_DECL value call(evaluation_context& with, std::span<const value> passed) const override;

private:
    std::shared_ptr<const lambda_code> code_;
    std::vector<value> captures_;
};

class closure_operation final : public operation {
public:
    closure_operation(std::shared_ptr<const lambda_code> code, std::vector<operation_pointer> captures)
        : code_(std::move(code)), captures_(std::move(captures)) {}
    POLKU_DECL value run(frame& in) const override;

private:
    std::shared_ptr<const lambda_code> code_;
    std::vector<operation_pointer> captures_;
};

/// A call whose callee is a value found at run time.
class call_operation final : public operation {
public:
    call_operation(operation_pointer callee, std::vector<operation_pointer> passed, std::vector<std::string> names)
        : callee_(std::move(callee)), arguments_(std::move(passed)), names_(std::move(names)) {}
    POLKU_DECL value run(frame& in) const override;

private:
    operation_pointer callee_;
    std::vector<operation_pointer> arguments_;
    std::vector<std::string> names_;
};

/// A call of a built-in, which is known when compiling.
class builtin_operation final : public operation {
public:
    builtin_operation(const function* callee, std::vector<operation_pointer> passed, std::vector<std::string> names)
        : callee_(callee), arguments_(std::move(passed)), names_(std::move(names)) {}
    POLKU_DECL value run(frame& in) const override;

private:
    const function* callee_;
    std::vector<operation_pointer> arguments_;
    std::vector<std::string> names_;
};

/// A call of a built-in by position whose signature is known when compiling, so that its body is called at once.
class direct_operation final : public operation {
public:
    static constexpr std::size_t most_arguments = 3;
    direct_operation(builtin_target target, std::vector<operation_pointer> passed)
        : target_(target), arguments_(operands_of(std::move(passed))) {}
    POLKU_DECL value run(frame& in) const override;

    const builtin_target& target() const noexcept { return target_; }
    std::span<const operand> arguments() const noexcept { return arguments_; }

private:
    builtin_target target_;
    std::vector<operand> arguments_;
};

/// `min(a, b)`, `max(a, b, c)`: the extreme of the arguments, without a list of them.
class extreme_operation final : public operation {
public:
    extreme_operation(bool least, std::vector<operation_pointer> passed)
        : arguments_(operands_of(std::move(passed))), least_(least) {}
    POLKU_DECL value run(frame& in) const override;

private:
    POLKU_DECL value run_pair(frame& in) const;
    std::vector<operand> arguments_;
    bool least_;
};

/// `round half up(a, n)` and its like with a known number of decimals. A quotient that is rounded needs no 34 digits.
class rounding_operation final : public operation {
public:
    /// `passed` are the arguments of the rounding built-in `target`; the second is a constant number of decimals.
    POLKU_DECL rounding_operation(builtin_target target, rounding mode, std::int32_t scale,
                                  std::vector<operation_pointer> passed);
    POLKU_DECL value run(frame& in) const override;

private:
    POLKU_DECL value rounded(const value& of, frame& in) const;
    builtin_target target_;
    std::vector<operand> arguments_;
    const arithmetic_operation* quotient_ = nullptr;  ///< the first argument where it ends in a division
    std::int32_t scale_;
    rounding mode_;
};

/// `duration("P" + string(n) + "M")` and its like: a whole number of one unit needs no text.
class unit_duration_operation final : public operation {
public:
    /// A whole number of these is the duration; one of the two is 0.
    struct unit {
        std::int64_t months = 0;
        std::int64_t seconds = 0;
    };
    /// `general` computes it from the text, and `count` is in there: only a place that is read.
    unit_duration_operation(operation_pointer general, const operand& count, unit of)
        : general_(std::move(general)), count_(count), unit_(of) {}
    POLKU_DECL value run(frame& in) const override;

private:
    operation_pointer general_;
    const operand& count_;
    unit unit_;
};

/// The call of a built-in: the quickest form that fits.
POLKU_DECL operation_pointer make_builtin_call(const function* callee, std::vector<operation_pointer> passed,
                                               std::vector<std::string> names);

}  // namespace polku::inline POLKU_V::feel::detail

#endif
