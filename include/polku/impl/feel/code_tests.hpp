// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_FEEL_CODE_TESTS_HPP
#define POLKU_IMPL_FEEL_CODE_TESTS_HPP

#include <polku/feel/code.hpp>

namespace polku::inline POLKU_V::feel::detail {

/// `< 5`, `!= x`.
class compare_membership final : public membership_test {
public:
    compare_membership(syntax_operator op, operation_pointer operand) : operand_(std::move(operand)), operator_(op) {}
    POLKU_DECL value accepts(frame& in, const value& input) const override;
    POLKU_DECL bool describe(std::vector<simple_test>& into) const override;

private:
    operation_pointer operand_;
    syntax_operator operator_;
};

/// A value, list or range that should hold the input.
class value_membership final : public membership_test {
public:
    explicit value_membership(operation_pointer of) : of_(std::move(of)) {}
    POLKU_DECL value accepts(frame& in, const value& input) const override;
    POLKU_DECL bool describe(std::vector<simple_test>& into) const override;

private:
    operation_pointer of_;
};

/// An expression in a cell that may be a condition: with `?` its truth is the answer; without, a boolean is compared
/// with an input that is a boolean (or whose column is), and is the answer for other inputs.
class condition_membership final : public membership_test {
public:
    condition_membership(operation_pointer of, bool names_input, bool boolean_column)
        : of_(std::move(of)), names_input_(names_input), boolean_column_(boolean_column) {}
    POLKU_DECL value accepts(frame& in, const value& input) const override;
    bool describe(std::vector<simple_test>&) const override { return false; }

private:
    operation_pointer of_;
    bool names_input_;
    bool boolean_column_;
};

}  // namespace polku::inline POLKU_V::feel::detail

#endif
