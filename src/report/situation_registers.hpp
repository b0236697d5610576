// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_SRC_REPORT_SITUATION_REGISTERS_HPP
#define POLKU_SRC_REPORT_SITUATION_REGISTERS_HPP

#include "situation_tables.hpp"

#include <polku/report/situation.hpp>

#include <string>
#include <string_view>

// Entries of registers in the forms of a situation picture.
namespace polku::inline POLKU_V::report {

/// Entries one under the other, since free words do not fit into columns.
std::string registers_text(const situation& of, std::string_view language);
/// One entry a row, one field a column; for a page.
word_table register_table(const reported_register& of, std::string_view language);
feel::value registers_value(const situation& of);

}  // namespace polku::inline POLKU_V::report

#endif
