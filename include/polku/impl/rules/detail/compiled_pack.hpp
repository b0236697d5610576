// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_RULES_DETAIL_COMPILED_PACK_HPP
#define POLKU_IMPL_RULES_DETAIL_COMPILED_PACK_HPP

#include <polku/dmn/model.hpp>
#include <polku/dmn/program.hpp>
#include <polku/rules/pack.hpp>
#include <polku/rules/pack_definition.hpp>

#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace polku::inline POLKU_V::rules::detail {

struct compiled_pack {
    pack_definition says;
    std::map<std::string, dmn::program, std::less<>> programs;  ///< by the names that versions use
    std::map<std::string, dmn::model, std::less<>> models;      ///< what the programs were compiled from

    static pack made(std::shared_ptr<const compiled_pack> data);
    static const compiled_pack& of(const pack& from) noexcept { return *from.data_; }
    const pack_version* find_version(std::string_view id) const noexcept {
        for (const auto* list : {&says.versions, &says.variants})
            for (const pack_version& each : *list)
                if (each.id == id) return &each;
        return nullptr;
    }
    const parameter* find_parameter(std::string_view name) const noexcept {
        for (const parameter& each : says.parameters)
            if (each.name == name) return &each;
        return nullptr;
    }
    bool has_input(std::string_view name) const noexcept {
        for (const pack_input& each : says.inputs)
            if (each.name == name) return true;
        return false;
    }
};

/// What is wrong with a pack, in the order in which it was found.
struct pack_findings {
    std::string source;
    std::size_t limit = 100;
    std::vector<error> found;

    void add(error_code code, std::string pointer, std::string message) {
        if (found.size() >= limit) return;
        position at;
        at.source = source;
        at.pointer = std::move(pointer);
        found.emplace_back(code, std::move(message), std::move(at));
    }
    void add(error_code code, std::string pointer, const std::string& other, std::string message) {
        const std::size_t before = found.size();
        add(code, std::move(pointer), std::move(message));
        if (found.size() == before) return;
        position at;
        at.source = source;
        at.pointer = other;
        found.back().at(std::move(at));
    }
};

/// The version or variant with which a question is answered.
POLKU_DECL result<const pack_version*> try_version_of(const pack& from, const pack_question& asked,
                                                      const transition** by = nullptr);
/// `not_found` with the decisions that callers may ask for.
POLKU_DECL error no_such_decision(const compiled_pack& data, const pack_version& version, std::string_view name);
/// `2025-01-01`, or an open end.
POLKU_DECL std::string day_text(const std::optional<time::date>& day);
/// Reads the models and compares them with the definition; leaves the programs in `into`.
POLKU_DECL void check_pack(compiled_pack& into, const pack_sources& with, pack_findings& notes);

}  // namespace polku::inline POLKU_V::rules::detail

#endif
