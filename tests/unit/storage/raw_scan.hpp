// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_TESTS_UNIT_STORAGE_RAW_SCAN_HPP
#define POLKU_TESTS_UNIT_STORAGE_RAW_SCAN_HPP

// Looks for bytes in a store's files as whoever finds the disk would: main file with its free pages, log, index of the
// log.

#include "temporary_folder.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace storage_test {

/// The bytes of a store's files, one after the other.
inline std::string raw_bytes(const std::string& path) {
    std::string all;
    for (const char* end : {"", "-wal", "-shm"}) {
        if (std::filesystem::exists(path + end)) all += text_of(path + end);
    }
    return all;
}

/// The text as UTF-16, little-endian and big-endian.
inline std::vector<std::string> wide_forms(const std::string& text) {
    std::string little;
    std::string big;
    for (const char c : text) {
        little += {c, '\0'};
        big += {'\0', c};
    }
    return {little, big};
}

/// Where a text, or a piece of it of `least` bytes (so that one split over two pages is found too), stands in some
/// bytes, in UTF-8 or UTF-16; empty when it does not.
inline std::string found_piece(const std::string& in, const std::string& text, std::size_t least = 12) {
    std::vector<std::string> forms = wide_forms(text);
    for (const std::string& form : {text, forms[0], forms[1]}) {
        for (std::size_t at = 0; at + least <= form.size(); at += least) {
            const std::string piece = form.substr(at, least);
            if (in.find(piece) != std::string::npos) return piece;
        }
    }
    return "";
}

}  // namespace storage_test

#endif
