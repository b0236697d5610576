// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_SRC_WORKSPACE_SIMULATION_PAGE_PARTS_HPP
#define POLKU_SRC_WORKSPACE_SIMULATION_PAGE_PARTS_HPP

#include <polku/config.hpp>

#include <string>
#include <string_view>

namespace polku::inline POLKU_V::detail {

/// A word of simulation_page_words.inc, English for a language that is none of the three; the id where there is none.
std::string simulation_word(std::string_view id, std::string_view language);

/// A municipality by code and name; the code alone where the list has no such code.
std::string municipality_words(const std::string& code, std::string_view language);

}  // namespace polku::inline POLKU_V::detail

#endif
