// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_FEEL_RANGE_LITERAL_HPP
#define POLKU_IMPL_FEEL_RANGE_LITERAL_HPP

#include <polku/feel/evaluation_context.hpp>
#include <polku/feel/value.hpp>

#include <string>
#include <string_view>

namespace polku::inline POLKU_V::feel::detail {

// Literals as values; null with `invalid_argument` for what is none. Defined with the conversion built-ins.
POLKU_DECL value value_of_date_text(std::string_view text);
POLKU_DECL value value_of_time_text(std::string_view text, const evaluation_context& with);
POLKU_DECL value value_of_date_time_text(std::string_view text, const evaluation_context& with);
POLKU_DECL value value_of_duration_text(std::string_view text);

/// Reads a range literal (DMN 1.5 grammar rules 66 to 68): ends are number, string, at- or date-time literals; one may
/// be left out on an open side. Null for anything else, for ends of two kinds and for a low end above the high one.
POLKU_DECL value parse_range_literal(std::string_view text, const evaluation_context& with);

}  // namespace polku::inline POLKU_V::feel::detail

#if defined(POLKU_HEADER_ONLY)
#include <polku/impl/feel/range_literal.ipp>
#endif

#endif
