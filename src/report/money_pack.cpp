// SPDX-License-Identifier: Apache-2.0
#include "report/money_pack.hpp"

#include "report/money_words.hpp"

#include <polku/dmn/xml_reader.hpp>
#include <polku/json/described.hpp>
#include <polku/json/shipped.hpp>
#include <polku/report/labels.hpp>

#include <algorithm>
#include <utility>

namespace polku::inline POLKU_V::report::detail {

namespace {

result<std::string_view> try_shipped_text(const std::string& name) {
    if (const auto found = json::find_shipped(name)) return *found;
    return error(error_code::pack_not_in_force, "the rule pack's file '" + name + "' is not part of this build");
}

}  // namespace

result<rule_pack> try_read_pack(std::string_view id) {
    const std::string name = std::string(id) + "/pack.json";
    POLKU_TRY(const std::string_view text, try_shipped_text(name));
    json::parse_options options;
    options.source = name;
    return json::try_read<rule_pack>(text, options);
}

result<dmn::program> try_pack_program(const rule_pack& of, const pack_version& version) {
    const std::string name = of.id + "/" + version.model;
    POLKU_TRY(const std::string_view text, try_shipped_text(name));
    POLKU_TRY(dmn::model model, dmn::try_read_model(text, name));
    std::vector<dmn::model> models;
    models.push_back(std::move(model));
    return dmn::try_compile(std::move(models));
}

result<dmn::program> try_pack_program(const rule_pack& of) { return try_pack_program(of, of.versions.front()); }

result<pack_decision> pack_decision::try_make(const dmn::program& from, std::string_view name,
                                              std::initializer_list<std::string_view> inputs) {
    pack_decision made;
    const auto found = from.find(name);
    if (!found)
        return error(error_code::pack_not_in_force, "the rule pack has no decision '" + std::string(name) + "'");
    made.program_ = from;
    made.what_ = *found;
    const auto known = from.inputs(*found);
    made.slots_.resize(known.size());
    for (const std::string_view each : inputs) {
        const auto at = std::find_if(known.begin(), known.end(),
                                     [each](const dmn::input_info& one) { return std::string_view(one.name) == each; });
        // An input that a version of the rules does not look at is passed over.
        made.places_.push_back(static_cast<std::size_t>(at - known.begin()));
    }
    return made;
}

result<feel::value> pack_decision::try_evaluate(std::initializer_list<feel::value> values) {
    std::size_t at = 0;
    for (const feel::value& each : values) {
        const std::size_t place = places_[at++];
        if (place < slots_.size()) slots_[place] = each;
    }
    return dmn::try_evaluate_slots(program_, what_, slots_, with_);
}

std::string source_line(const pack_version& of, std::string_view language) {
    std::string out = of.id + ": ";
    for (const std::string& each : of.sources) out += (&each == &of.sources.front() ? "" : "; ") + each;
    out += "; " + word_of(figure_word::in_force, language) + " " + date_text(of.valid.from, language) + "–";
    return of.valid.to ? out + date_text(*of.valid.to, language) : out;
}

const feel::value& entry_of(const feel::value& of, std::string_view name) {
    static const feel::value none;
    if (!of.is(feel::kind::context)) return none;
    const feel::value* const found = of.as_context().find(name);
    return found != nullptr ? *found : none;
}

}  // namespace polku::inline POLKU_V::report::detail
