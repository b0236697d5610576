// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_CLI_PLACE_TEXT_HPP
#define POLKU_CLI_PLACE_TEXT_HPP

#include <polku/feel/value.hpp>

#include <string>

namespace polku::cli {

// Documents about places as texts for people, in `fi`, `sv`, `en` or `fi-selko`.

/// Of `workspace::try_suggest_places`.
std::string suggestions_text(const feel::value& of, const std::string& language);
/// Of `workspace::try_place_books`.
std::string books_text(const feel::value& of, const std::string& language);
/// Of `workspace::try_places`: all of it, or the queue alone.
std::string book_text(const feel::value& of, const std::string& language);
std::string queue_text(const feel::value& of, const std::string& language);

}  // namespace polku::cli

#endif
