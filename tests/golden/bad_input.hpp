// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_TESTS_GOLDEN_BAD_INPUT_HPP
#define POLKU_TESTS_GOLDEN_BAD_INPUT_HPP

// What the programs of this folder share: the faulty inputs of a kind, and the text that an error must have. The text
// stands beside the input as `.expected`; POLKU_GOLDEN_RESET=1 writes it anew.

#include <polku/error.hpp>
#include <polku/feel/value.hpp>
#include <polku/json/text.hpp>

#include "files.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace bad_input {

namespace fs = std::filesystem;

using test_files::text_of;

inline void write_text(const fs::path& file, const std::string& text) {
    std::ofstream(file, std::ios::binary | std::ios::trunc) << text;
}

/// The inputs of one kind, by name.
inline std::vector<fs::path> files_of(const char* kind) {
    std::vector<fs::path> found;
    for (const auto& each : fs::directory_iterator(fs::path(POLKU_SOURCE_DIR) / "tests/golden/bad" / kind))
        if (each.path().extension() != ".expected") found.push_back(each.path());
    std::sort(found.begin(), found.end());
    return found;
}

inline const char* name_of(polku::status of) {
    static constexpr std::array names = {"ok",        "invalid", "not_found", "conflict", "denied",    "limit",
                                         "cancelled", "busy",    "corrupt",   "misuse",   "no_memory", "internal"};
    return names.at(static_cast<std::size_t>(of));
}

/// An error as one text: code, status, places, sentence, and the same of its causes, further in.
inline std::string described(const polku::error& what, const std::string& margin = "") {
    std::string out = margin + "code    " + std::to_string(static_cast<unsigned>(what.code())) + " " +
                      std::string(polku::name_of(what.code())) + "\n" + margin + "status  " +
                      name_of(polku::status_of(what.code())) + "\n";
    for (const polku::position& each : what.positions()) {
        out += margin + "at      ";
        if (!each.source.empty()) out += "source=" + each.source + " ";
        if (each.line != 0) out += "line=" + std::to_string(each.line) + " column=" + std::to_string(each.column) + " ";
        if (!each.element.empty()) out += "element=" + each.element + " ";
        if (!each.pointer.empty()) out += "pointer=" + each.pointer + " ";
        out.back() = '\n';
    }
    out += margin + "message " + what.message() + "\n";
    for (const polku::error& cause : what.causes()) out += margin + "because\n" + described(cause, margin + "    ");
    return out;
}

/// Compares with what stands beside the input. A message is a sentence that says something, whatever is expected of it.
inline void compare(const fs::path& input, const polku::error& found) {
    const std::string text = described(found);
    fs::path beside = input;
    beside.replace_extension(".expected");
    if (std::getenv("POLKU_GOLDEN_RESET") != nullptr) write_text(beside, text);
    CHECK(text == text_of(beside));
    CHECK(found.message().size() > 12);
    CHECK(polku::status_of(found.code()) != polku::status::internal);
}

/// A case file that is a JSON object.
inline polku::feel::context object_of(const fs::path& file) {
    const auto read = polku::json::try_parse(text_of(file));
    REQUIRE_MESSAGE(read.has_value(), file.string());
    return read->as_context();
}

/// A member of an object as text; empty when there is none.
inline std::string text_member(const polku::feel::context& of, std::string_view name) {
    const polku::feel::value* found = of.find(name);
    return found == nullptr ? std::string() : std::string(found->as_string());
}

}  // namespace bad_input

#endif
