// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_CLI_ERROR_JSON_HPP
#define POLKU_CLI_ERROR_JSON_HPP

#include <polku/error.hpp>
#include <polku/feel/value.hpp>

#include <string>

namespace polku::cli {

/// `{"code":...,"name":...,"message":...,"positions":[...]}` as a FEEL context, ready for `json::write`.
feel::value error_value(const error& what);
/// `{"error":{...}}` on one line.
std::string error_json(const error& what);

}  // namespace polku::cli

#endif
