// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_SRC_REPORT_SITUATION_TABLES_HPP
#define POLKU_SRC_REPORT_SITUATION_TABLES_HPP

#include "picture_page.hpp"

#include <polku/report/situation_output.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace polku::inline POLKU_V::report {

/// The tables of one path, in the order in which they are read. Those without rows are left out.
std::vector<word_table> tables_of(const situation& of, const path_situation& in, picture_part part,
                                  std::string_view language);

}  // namespace polku::inline POLKU_V::report

#endif
