// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_TESTS_UNIT_STORAGE_TEMPORARY_FOLDER_HPP
#define POLKU_TESTS_UNIT_STORAGE_TEMPORARY_FOLDER_HPP

#include "files.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>

namespace storage_test {

using test_files::text_of;

/// A folder of its own that goes away with the object.
class temporary_folder {
public:
    temporary_folder() {
        std::string made = (std::filesystem::temp_directory_path() / "polku-XXXXXX").string();
        if (mkdtemp(made.data()) == nullptr) throw std::runtime_error("no temporary folder");
        path_ = made;
    }
    ~temporary_folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    temporary_folder(const temporary_folder&) = delete;
    temporary_folder& operator=(const temporary_folder&) = delete;

    std::string file(const std::string& name) const { return (path_ / name).string(); }

private:
    std::filesystem::path path_;
};

inline void write_file(const std::string& path, const std::string& bytes) {
    std::ofstream(path, std::ios::binary) << bytes;
}

}  // namespace storage_test

#endif
