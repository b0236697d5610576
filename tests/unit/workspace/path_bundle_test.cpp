// SPDX-License-Identifier: Apache-2.0
#include <polku/workspace/path_bundle.hpp>

#include <polku/json/shipped.hpp>

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace polku;

namespace {

std::string shipped_text(std::string_view name) { return std::string(json::find_shipped(name).value()); }

const std::string variant = R"({"extends": "tyokyky-kayttoon/path.json", "id": "kemijarvi",
  "municipalities": {"698": null}, "environments": {"eduro": null}})";

}  // namespace

TEST_SUITE_BEGIN("workspace");

TEST_CASE("workspace/path_bundle: a local variant extends a shipped path and brings its models") {
    const auto made = try_make_path(std::vector<named_text>{{"kemijarvi.json", variant}});
    REQUIRE_MESSAGE(made.has_value(), (made ? std::string() : made.error().to_string()));
    CHECK(made->id() == "kemijarvi");
    CHECK(made->path.says().municipalities.size() == 1);
    CHECK(made->path.says().stages == try_shipped_path("tyokyky-kayttoon")->path.says().stages);
    CHECK(check_path(std::vector<named_text>{{"kemijarvi.json", variant}}).empty());
    const auto again = try_restore_path(made->bytes);
    REQUIRE(again);
    CHECK(again->hash_text() == made->hash_text());
    CHECK(again->path.says() == made->path.says());
}

TEST_CASE("workspace/path_bundle: a given definition stands before a shipped one of the same name") {
    std::vector<named_text> files{{"mine.json", R"({"extends": "common/base.json"})"},
                                  {"common/base.json", shipped_text("tyokyky-kayttoon/path.json")}};
    const auto circle = try_make_path(files);  // the given base extends its own name
    REQUIRE_FALSE(circle);
    CHECK(circle.error().code() == error_code::path_structure);
    CHECK(circle.error().positions()[0].source == "common/base.json");
    CHECK(circle.error().positions()[0].pointer == "/extends");
}

TEST_CASE("workspace/path_bundle: an unknown base, a circle and a double file are errors with places") {
    const auto unknown = try_make_path(std::vector<named_text>{{"a.json", "{\n\"extends\": \"no.json\"}"}});
    REQUIRE_FALSE(unknown);
    CHECK(unknown.error().code() == error_code::not_found);
    CHECK(unknown.error().positions()[0].line == 2);
    const auto circle = try_make_path(
        std::vector<named_text>{{"a.json", R"({"extends": "b.json"})"}, {"b.json", R"({"extends": "a.json"})"}});
    REQUIRE_FALSE(circle);
    CHECK(circle.error().code() == error_code::path_structure);
    CHECK(circle.error().positions()[0].source == "b.json");
    CHECK_FALSE(try_make_path(std::vector<named_text>{{"a.json", "{}"}, {"b.dmn", ""}, {"b.dmn", ""}}));
    CHECK_FALSE(try_make_path({}));
}

TEST_CASE("workspace/path_bundle: what is wrong in a variant is found with line and column") {
    const std::string text =
        "{\"extends\": \"tyokyky-kayttoon/path.json\",\n\"stages\": [{\"id\": \"coaching\",\n"
        "\"owner\": \"nobody\"}]}";
    const auto found = check_path(std::vector<named_text>{{"v.json", text}});
    REQUIRE(found.size() == 1);
    CHECK(found[0].what.code() == error_code::unknown_role);
    REQUIRE(!found[0].what.positions().empty());
    CHECK(found[0].what.positions()[0].source == "v.json");
    CHECK(found[0].what.positions()[0].line == 3);
    CHECK(found[0].what.positions()[0].pointer == "/stages/0/owner");
}

TEST_SUITE_END();
