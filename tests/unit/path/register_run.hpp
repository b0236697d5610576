// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_TESTS_UNIT_PATH_REGISTER_RUN_HPP
#define POLKU_TESTS_UNIT_PATH_REGISTER_RUN_HPP

#include <polku/path/registers.hpp>

#include "small_path.hpp"

#include <string>
#include <utility>
#include <vector>

/// Registers of the small path under test.
namespace register_run {

using namespace small_path;

inline const std::string employer = "0000000000000000000000000e0e0001";

inline path::register_field_definition field(const std::string& id, const std::string& type, bool required = false) {
    path::register_field_definition made;
    made.id = id;
    made.type = type;
    if (required) made.required = true;
    made.name = named(id);
    return made;
}

inline path::register_definition register_of(path::register_subject about, const std::string& name) {
    path::register_definition made;
    made.about = about;
    made.keeper = "manager";
    made.review = "P6M";
    made.name = named(name);
    made.help = named(name);
    made.fields = {field("words", "string", true), field("kind", "string"), field("people", "number"),
                   field("since", "date"), field("open", "boolean")};
    made.fields[1].values = {{"good", named("good")}, {"problem", named("problem")}};
    return made;
}

inline path::definition with_registers() {
    path::definition says = definition();
    says.registers["practices"] = register_of(path::register_subject::municipality, "practices");
    says.registers["practices"].reported = true;
    says.registers["employers"] = register_of(path::register_subject::employer, "employers");
    says.registers["employers"].fields.push_back(field("contact person", "string"));
    says.registers["employers"].fields.back().personal = true;
    says.registers["sites"] = register_of(path::register_subject::environment, "sites");
    says.registers["material"] = register_of(path::register_subject::programme, "material");
    return says;
}

inline path::service_path compiled(path::definition says = with_registers()) {
    auto made = path::try_compile(std::move(says), sources());
    REQUIRE_MESSAGE(made.has_value(), (made ? std::string() : made.error().to_string()));
    return std::move(made).value();
}

inline path::record_entry entry(const std::string& id, std::optional<std::string> about, const std::string& words) {
    return {id, std::move(about), {}, {}, {{"words", feel::value(words)}}};
}

struct register_book_run {
    path::service_path path = compiled();
    path::register_book book;

    result<std::vector<path::register_event>> ask(path::register_command_body what, std::string_view on,
                                                  std::string_view today = {}) const {
        const time::date now = day(today.empty() ? on : today);
        return path::decide_register(path, book, {std::move(what), day(on)}, {now, "w.worker", "registers", 0});
    }
    std::vector<path::register_event> tell(path::register_command_body what, std::string_view on) {
        auto made = ask(std::move(what), on);
        REQUIRE_MESSAGE(made.has_value(), (made ? std::string() : made.error().to_string()));
        for (const path::register_event& each : made.value()) book = path::evolve_register(std::move(book), each);
        return std::move(made).value();
    }
    error_code refusal(path::register_command_body what, std::string_view on, std::string_view today = {}) const {
        auto made = ask(std::move(what), on, today);
        return made ? error_code::internal : made.error().code();
    }
    std::string refusal_text(path::register_command_body what, std::string_view on) const {
        auto made = ask(std::move(what), on);
        return made ? std::string() : made.error().to_string();
    }
    void open(const std::string& id) { tell(path::open_register{"small", id}, "2026-01-05"); }
    const path::register_entry& at(std::string_view id) const {
        const path::register_entry* found = path::find_entry(book, id);
        REQUIRE(found != nullptr);
        return *found;
    }
};

}  // namespace register_run

#endif
