// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_FEEL_FUNCTION_HPP
#define POLKU_FEEL_FUNCTION_HPP

#include <polku/feel/evaluation_context.hpp>
#include <polku/feel/type.hpp>
#include <polku/feel/value.hpp>

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace polku::inline POLKU_V::feel {

/// A parameter of a function: its name for named invocation, and the type that arguments are coerced to.
struct parameter {
    std::string name;  ///< by which named arguments are given
    feel::type type;   ///< Any where none is told
};

/// A FEEL function value: a built-in, a lambda, a business knowledge model, a decision service or an external function.
/// Counted like every cell; immutable; `call` may run in several threads at once, each with its own context.
class function : public detail::cell {
public:
    /// Parameters of the (first) signature, in order.
    virtual std::span<const parameter> parameters() const noexcept = 0;
    /// Any where none is known.
    virtual type result_type() const { return type::any(); }
    /// Empty for a function without one.
    virtual std::string_view name() const noexcept { return {}; }
    /// Calls with positional arguments. A wrong count gives null with `wrong_arguments`.
    virtual value call(evaluation_context& with, std::span<const value> arguments) const = 0;
    /// Calls with named arguments; the default orders them by `parameters()`. What is not named is null (DMN 1.5 clause
    /// 10.3.2.13.5); an unknown name, or one given twice, makes the answer null.
    POLKU_DECL virtual value call_named(evaluation_context& with, std::span<const std::string> names,
                                        std::span<const value> arguments) const;
};

/// One signature of a built-in. Parameters are separated by commas, each `name: type` as the standard spells the name:
/// `string: string, start position: number, length?: number`. A name ending in `?` is optional; a last name ending in
/// `...` takes one or more arguments, which the body gets as one list.
struct signature {
    std::string_view parameters;  ///< as told above
};

/// A built-in of DMN 1.5 clause 10.3.4. `body` gets arguments in the order of the chosen signature; a left-out optional
/// one is null. It checks the types itself and answers null with a reason for what the standard does not define.
struct builtin {
    std::string_view name;                  ///< with its spaces: `string length`
    std::span<const signature> signatures;  ///< one or more; the first that fits the arguments is taken
    value (*body)(evaluation_context& with, std::size_t signature_index,
                  std::span<const value> arguments);  ///< `signature_index` says which one was taken
    std::string_view result = "Any";                  ///< name of the result's type
    bool reads_context = false;                       ///< its result depends on the evaluation context (`now`, `today`)
};

/// All built-ins, sorted by name; one family in each impl/feel/builtins_*.ipp. Valid for the program's life.
POLKU_DECL std::span<const builtin> builtins() noexcept;
/// The function value of a built-in, or null pointer. Borrowed, valid for the program's life.
POLKU_DECL const function* find_builtin(std::string_view name) noexcept;

}  // namespace polku::inline POLKU_V::feel

#if defined(POLKU_HEADER_ONLY)
#include <polku/impl/feel/builtins.ipp>
#include <polku/impl/feel/function.ipp>
#endif

#endif
