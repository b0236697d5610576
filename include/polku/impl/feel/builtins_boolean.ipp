// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_FEEL_BUILTINS_BOOLEAN_IPP
#define POLKU_IMPL_FEEL_BUILTINS_BOOLEAN_IPP

#include <polku/impl/feel/builtins_support.hpp>

// Boolean built-in (DMN 1.5 clause 10.3.4.2).

namespace polku::inline POLKU_V::feel::detail {

POLKU_DECL value builtin_not(evaluation_context&, std::size_t, arguments given) {
    const value& negand = unwrapped(given[0]);
    return negand.is(kind::boolean) ? value(!negand.as_boolean()) : refuse(negand);
}

POLKU_DECL std::span<const builtin> boolean_builtins() noexcept {
    static constexpr signature negand[] = {{"negand: boolean"}};
    static constexpr builtin family[] = {{"not", negand, builtin_not, "boolean"}};
    return family;
}

}  // namespace polku::inline POLKU_V::feel::detail

#endif
