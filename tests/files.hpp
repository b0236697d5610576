// SPDX-License-Identifier: Apache-2.0
// Files as the tests read them.
#ifndef POLKU_TESTS_FILES_HPP
#define POLKU_TESTS_FILES_HPP

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

namespace test_files {

/// The bytes of a file; empty when it cannot be read.
inline std::string text_of(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// The files of a folder of the project that have the extension, sorted by name.
inline std::vector<std::filesystem::path> files_in(std::string_view folder, std::string_view extension) {
    std::vector<std::filesystem::path> out;
    for (const auto& each : std::filesystem::directory_iterator(std::filesystem::path(POLKU_SOURCE_DIR) / folder))
        if (each.path().extension() == extension) out.push_back(each.path());
    std::sort(out.begin(), out.end());
    return out;
}

}  // namespace test_files

#endif
