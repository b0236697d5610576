// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_CLI_DOCUMENT_TEXT_HPP
#define POLKU_CLI_DOCUMENT_TEXT_HPP

#include <polku/feel/value.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace polku::cli {

// What the pages that are made of documents (places, registers) have in common.

inline const feel::context& members(const feel::value& of) { return of.as_context(); }

/// A member as text: a date as the language writes it, a number, a string; empty when it is not there.
std::string text_of(const feel::context& of, std::string_view member, std::string_view language);

/// Of texts by language; empty when there is none.
std::string in_language(const feel::value* of, const std::string& language);

/// Rows under a head, each column as wide as its widest cell.
std::string table(const std::vector<std::vector<std::string>>& rows);

}  // namespace polku::cli

#endif
