// SPDX-License-Identifier: Apache-2.0
// Faulty FEEL texts, JSON texts and path definitions.
#include "golden/bad_input.hpp"

#include <polku/feel/expression.hpp>
#include <polku/workspace/path_bundle.hpp>

using namespace polku;
using namespace bad_input;

namespace {

feel::scope names() {
    feel::scope made;
    made.add("Monthly income", feel::type::simple(feel::kind::number));
    made.add("Applicant", feel::type::any());
    made.add("Day", feel::type::simple(feel::kind::date));
    return made;
}

/// Small bounds, so that a short text passes them.
feel::evaluation_context small_bounds() {
    feel::evaluation_context with;
    with.set_limits({.depth = 64, .steps = 10'000, .list_length = 1'000, .text_bytes = 10'000, .regex_steps = 1'000});
    return with;
}

/// The error of a FEEL text: it does not compile, or its evaluation passes a bound. Files named `cell_*` are unary
/// tests.
error fault_of(const std::string& name, std::string text) {
    if (!text.empty() && text.back() == '\n') text.pop_back();
    const feel::scope known = names();
    feel::compile_options with;
    with.origin.source = name;
    if (name.compare(0, 5, "cell_") == 0) {
        auto cell = feel::try_compile_unary_tests(text, known, feel::type::simple(feel::kind::number), with);
        return cell ? error() : std::move(cell).error();
    }
    auto compiled = feel::try_compile(text, known, with);
    if (!compiled) return std::move(compiled).error();
    feel::evaluation_context bounds = small_bounds();
    const std::vector<feel::value> slots = {3000, feel::value(feel::context{}), feel::value()};
    compiled->evaluate(bounds, slots);
    return bounds.faulted() ? *bounds.fault() : error();
}

/// The sound definition that the faulty ones differ from by one replaced text, and its model.
std::vector<named_text> small_path() {
    const fs::path tests = fs::path(POLKU_SOURCE_DIR) / "tests";
    return {{"path.json", text_of(tests / "unit/json/pieni_polku.json")},
            {"routing.dmn", text_of(tests / "golden/small_path/routing.dmn")}};
}

/// The small path with the changes of a case: `file` (path.json unless given), `replace` (stands once), `by`.
std::vector<named_text> changed_path(const feel::context& says) {
    std::vector<named_text> files = small_path();
    if (says.find("without_models") != nullptr) files.resize(1);
    const std::string wanted = text_member(says, "file");
    std::string& text = files.at(wanted.empty() || wanted == "path.json" ? 0 : 1).text;
    const std::string replace = text_member(says, "replace");
    if (replace.empty()) return files;
    const std::size_t at = text.find(replace);
    REQUIRE_MESSAGE(at != std::string::npos, replace);
    CHECK_MESSAGE(text.find(replace, at + 1) == std::string::npos, replace);
    text.replace(at, replace.size(), text_member(says, "by"));
    return files;
}

}  // namespace

TEST_CASE("golden/feel: each faulty text gives the error that stands beside it") {
    const auto files = files_of("feel");
    CHECK(files.size() >= 25);
    for (const fs::path& file : files) {
        const std::string name = file.filename().string();
        CAPTURE(name);
        compare(file, fault_of(name, text_of(file)));
    }
}

TEST_CASE("golden/json: each malformed text gives the error that stands beside it") {
    const auto files = files_of("json");
    CHECK(files.size() >= 20);
    for (const fs::path& file : files) {
        CAPTURE(file.filename().string());
        json::parse_options with;
        with.source = file.filename().string();
        const auto read = json::try_parse(text_of(file), with);
        REQUIRE_FALSE(read);
        compare(file, read.error());
    }
}

TEST_CASE("golden/path: the small path is sound, and each faulty change gives the error that stands beside it") {
    const auto sound = try_make_path(small_path());
    REQUIRE_MESSAGE(sound.has_value(), (sound ? std::string() : sound.error().to_string()));
    const auto files = files_of("path");
    CHECK(files.size() >= 40);
    for (const fs::path& file : files) {
        CAPTURE(file.filename().string());
        const auto made = try_make_path(changed_path(object_of(file)));
        CHECK_FALSE(made);
        if (made) continue;
        compare(file, made.error());
    }
}
