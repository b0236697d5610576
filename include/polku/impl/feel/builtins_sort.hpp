// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_FEEL_BUILTINS_SORT_HPP
#define POLKU_IMPL_FEEL_BUILTINS_SORT_HPP

#include <polku/impl/feel/builtins_support.hpp>

namespace polku::inline POLKU_V::feel::detail {

/// `sort(list, precedes)`: stable; any answer of `precedes`, however inconsistent, gives some order of the same items.
POLKU_DECL value builtin_sort(evaluation_context& with, std::size_t signature_index, arguments given);

}  // namespace polku::inline POLKU_V::feel::detail

#if defined(POLKU_HEADER_ONLY)
#include <polku/impl/feel/builtins_sort.ipp>
#endif

#endif
