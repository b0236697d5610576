// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_PATH_COMMANDS_IPP
#define POLKU_IMPL_PATH_COMMANDS_IPP

#include <polku/path/commands.hpp>

namespace polku::inline POLKU_V::path {

POLKU_DECL std::string_view type_of(const command_body& what) noexcept {
    return std::visit([](const auto& each) { return std::remove_cvref_t<decltype(each)>::type; }, what);
}

}  // namespace polku::inline POLKU_V::path

#endif
