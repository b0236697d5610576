// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_REPORT_REGISTER_WORDS_HPP
#define POLKU_REPORT_REGISTER_WORDS_HPP

#include <polku/feel/value.hpp>
#include <polku/path/register_definition.hpp>

#include <string>
#include <string_view>

namespace polku::inline POLKU_V::report {

/// What an entry of a register tells in a field, in words of a language: the name of a listed value, a number or a date
/// as the language writes it, free words as they are. A value that is no longer listed stands as it was told.
std::string field_text(const path::register_field_definition& of, const feel::value& told, std::string_view language);

}  // namespace polku::inline POLKU_V::report

#endif
