// SPDX-License-Identifier: Apache-2.0
#include <polku/json/shipped.hpp>

#include "files.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

using namespace polku;

TEST_SUITE("json/shipped") {
    TEST_CASE("json/shipped: files are sorted by name and each is found by it") {
        const auto files = json::shipped_files();
        CHECK(std::is_sorted(files.begin(), files.end(),
                             [](const auto& left, const auto& right) { return left.name < right.name; }));
        for (const json::shipped_file& file : files) CHECK(json::find_shipped(file.name) == file.bytes);
    }

    TEST_CASE("json/shipped: the bytes are those of the source file") {
        for (const json::shipped_file& file : json::shipped_files()) {
            const std::string source = POLKU_SOURCE_DIR "/src/packs/" + std::string(file.name);
            CHECK_MESSAGE(test_files::text_of(source) == file.bytes, file.name);
        }
    }

    TEST_CASE("json/shipped: a folder holds its own files only") {
        std::size_t counted = 0;
        for (const json::shipped_file& file : json::shipped_files()) {
            const auto slash = file.name.find('/');
            if (slash == std::string_view::npos) continue;
            const auto folder = json::shipped_folder(file.name.substr(0, slash));
            CHECK(
                std::any_of(folder.begin(), folder.end(), [&](const auto& other) { return other.name == file.name; }));
            ++counted;
        }
        CHECK(json::shipped_folder("").empty());
        CHECK(counted <= json::shipped_files().size());
    }

    TEST_CASE("json/shipped: an unknown name is nothing, not an error") {
        CHECK_FALSE(json::find_shipped("no such file").has_value());
        CHECK_FALSE(json::find_shipped("").has_value());
        CHECK(json::shipped_folder("no such folder").empty());
    }
}
