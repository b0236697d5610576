// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_CLI_REGISTER_TEXT_HPP
#define POLKU_CLI_REGISTER_TEXT_HPP

#include <polku/feel/value.hpp>

#include <string>

namespace polku::cli {

// Documents about registers as texts for people, in `fi`, `sv`, `en` or `fi-selko`.

/// Of `workspace::try_registers`.
std::string registers_text(const feel::value& of, const std::string& language);
/// Of `workspace::try_register`.
std::string register_text(const feel::value& of, const std::string& language);
/// Of `workspace::try_registers_due`.
std::string registers_due_text(const feel::value& of, const std::string& language);

}  // namespace polku::cli

#endif
