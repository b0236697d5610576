// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_SRC_WORKSPACE_EXAMPLE_COMMANDS_HPP
#define POLKU_SRC_WORKSPACE_EXAMPLE_COMMANDS_HPP

#include <polku/feel/context.hpp>
#include <polku/feel/value.hpp>

#include <string>
#include <string_view>

// What the commands of example clients and example employers have alike.

namespace polku::inline POLKU_V::detail {

inline std::string two_digits(std::size_t number) {
    const std::string text = std::to_string(number);
    return text.size() < 2 ? "0" + text : text;
}

/// Empty where the command says none.
inline std::string_view now_of(const feel::value& command) {
    const feel::value* const now = command.is(feel::kind::context) ? command.as_context().find("now") : nullptr;
    return now != nullptr && now->is(feel::kind::string) ? now->as_string() : std::string_view();
}

}  // namespace polku::inline POLKU_V::detail

#endif
