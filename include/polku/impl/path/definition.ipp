// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_PATH_DEFINITION_IPP
#define POLKU_IMPL_PATH_DEFINITION_IPP

#include <polku/path/definition.hpp>

namespace polku::inline POLKU_V::path {

POLKU_DECL definition::definition() = default;
POLKU_DECL definition::definition(const definition& other) = default;
POLKU_DECL definition::definition(definition&& other) noexcept = default;
POLKU_DECL definition& definition::operator=(const definition& other) = default;
POLKU_DECL definition& definition::operator=(definition&& other) noexcept = default;
POLKU_DECL definition::~definition() = default;

POLKU_DECL bool definition::operator==(const definition& other) const = default;

}  // namespace polku::inline POLKU_V::path

#endif
