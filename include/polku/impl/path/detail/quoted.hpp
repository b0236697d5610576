// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_PATH_DETAIL_QUOTED_HPP
#define POLKU_IMPL_PATH_DETAIL_QUOTED_HPP

#include <polku/config.hpp>

#include <string>
#include <vector>

namespace polku::inline POLKU_V::path::detail {

/// `a, b and c` in quotes, for messages.
inline std::string quoted(const std::vector<std::string>& names) {
    std::string all;
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (i > 0) all += i + 1 == names.size() ? " and " : ", ";
        all += "'" + names[i] + "'";
    }
    return all;
}

}  // namespace polku::inline POLKU_V::path::detail

#endif
