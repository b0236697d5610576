// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_SRC_WORKSPACE_CLIENT_READS_HPP
#define POLKU_SRC_WORKSPACE_CLIENT_READS_HPP

#include <polku/workspace/workspace.hpp>

#include <map>
#include <set>
#include <string>

namespace polku::inline POLKU_V {

/// Categories of what is read, by client.
struct workspace::client_reads : std::map<std::string, std::set<std::string>> {
    using map::map;
};

}  // namespace polku::inline POLKU_V

#endif
