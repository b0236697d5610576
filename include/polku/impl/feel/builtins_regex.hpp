// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_FEEL_BUILTINS_REGEX_HPP
#define POLKU_IMPL_FEEL_BUILTINS_REGEX_HPP

#include <polku/impl/feel/builtins_support.hpp>

namespace polku::inline POLKU_V::feel::detail {

// The string built-ins that take patterns.
POLKU_DECL value builtin_matches(evaluation_context& with, std::size_t signature_index, arguments given);
POLKU_DECL value builtin_replace(evaluation_context& with, std::size_t signature_index, arguments given);
POLKU_DECL value builtin_split(evaluation_context& with, std::size_t signature_index, arguments given);

}  // namespace polku::inline POLKU_V::feel::detail

#if defined(POLKU_HEADER_ONLY)
#include <polku/impl/feel/builtins_regex.ipp>
#endif

#endif
