// SPDX-License-Identifier: Apache-2.0
#include <polku/json/shipped.hpp>

#include <algorithm>
#include <vector>

#include "json/shipped_data.hpp"

namespace polku::inline POLKU_V::json {

namespace {

std::vector<shipped_file> read_table() {
    std::vector<shipped_file> files;
    files.reserve(detail::shipped_count);
    for (std::size_t i = 0; i < detail::shipped_count; ++i) {
        const detail::embedded_file& row = detail::shipped_files[i];
        files.push_back({{row.name, row.name_size}, {reinterpret_cast<const char*>(row.bytes), row.size}});
    }
    return files;
}

}  // namespace

std::span<const shipped_file> shipped_files() {
    static const std::vector<shipped_file> files = read_table();
    return files;
}

std::span<const shipped_file> shipped_folder(std::string_view folder) {
    const std::span<const shipped_file> all = shipped_files();
    const auto inside = [folder](const shipped_file& file) {
        return file.name.size() > folder.size() && file.name[folder.size()] == '/' && file.name.starts_with(folder);
    };
    const auto first = std::find_if(all.begin(), all.end(), inside);
    const auto last = std::find_if_not(first, all.end(), inside);
    return {first, last};
}

std::optional<std::string_view> find_shipped(std::string_view name) {
    const std::span<const shipped_file> all = shipped_files();
    const auto found =
        std::lower_bound(all.begin(), all.end(), name,
                         [](const shipped_file& file, std::string_view wanted) { return file.name < wanted; });
    if (found == all.end() || found->name != name) return std::nullopt;
    return found->bytes;
}

}  // namespace polku::inline POLKU_V::json
