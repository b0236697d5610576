// SPDX-License-Identifier: Apache-2.0
#include "situation_registers.hpp"

#include "situation_labels.hpp"

#include <polku/path/explain.hpp>
#include <polku/report/labels.hpp>
#include <polku/report/register_words.hpp>

namespace polku::inline POLKU_V::report {

namespace {

std::string register_word(std::string_view id, std::string_view language) {
    return std::string(situation_word(id, language));
}

std::string municipality_text(const reported_register& of, const std::string& code, std::string_view language) {
    const auto& known = of.path.says().municipalities;
    const auto found = known.find(code);
    return found == known.end() ? code : path::text_in(found->second, language);
}

std::string review_text(const situation& of, const path::register_entry& entry, std::string_view language) {
    return date_text(entry.review_by, language) +
           (entry.is_late_on(of.as_of) ? " (" + register_word("review_late", language) + ")" : "");
}

std::string told(const path::register_entry& entry, const path::register_field_definition& field,
                 std::string_view language) {
    const auto found = entry.fields.find(field.id);
    return found == entry.fields.end() ? std::string() : field_text(field, found->second, language);
}

}  // namespace

std::string field_text(const path::register_field_definition& of, const feel::value& told, std::string_view language) {
    if (told.is_null()) return register_word("register_none", language);
    if (told.is(feel::kind::boolean)) return register_word(told.as_boolean() ? "fact.true" : "fact.false", language);
    if (told.is(feel::kind::number)) return number_text(told.as_number(), language);
    if (!told.is(feel::kind::string)) return feel::to_string(told);
    const std::string text(told.as_string());
    if (of.type == "date")
        if (const auto day = time::parse_date(text)) return date_text(*day, language);
    const auto listed = of.values.find(text);
    return listed == of.values.end() ? text : path::text_in(listed->second, language);
}

std::string registers_text(const situation& of, std::string_view language) {
    std::string out;
    for (const reported_register& each : of.registers) {
        out += "\n" + path::text_in(each.says().name, language) + " (" + each.path.says().id + ")\n";
        std::string municipality;
        for (const path::register_entry& entry : each.entries) {
            if (entry.about != municipality) out += "\n  " + municipality_text(each, entry.about, language) + "\n";
            municipality = entry.about;
            std::string bullet = "  - ";
            for (const path::register_field_definition& field : each.says().fields) {
                const std::string text = told(entry, field, language);
                if (text.empty()) continue;
                out += bullet + path::text_in(field.name, language) + ": " + text + "\n";
                bullet = "    ";
            }
            out += bullet + register_word("register_confirmed", language) + ": " +
                   date_text(entry.confirmed, language) + "; " + register_word("register_review", language) + ": " +
                   review_text(of, entry, language) + "\n";
        }
    }
    return out;
}

word_table register_table(const reported_register& of, std::string_view language) {
    word_table made{
        "register", path::text_in(of.says().name, language), 0, {register_word("municipality", language)}, {}};
    for (const path::register_field_definition& field : of.says().fields)
        made.head.push_back(path::text_in(field.name, language));
    made.head.push_back(register_word("register_confirmed", language));
    made.names = made.head.size();
    for (const path::register_entry& entry : of.entries) {
        std::vector<std::string> row{municipality_text(of, entry.about, language)};
        for (const path::register_field_definition& field : of.says().fields)
            row.push_back(told(entry, field, language));
        row.push_back(date_text(entry.confirmed, language));
        made.rows.push_back(std::move(row));
    }
    return made;
}

feel::value registers_value(const situation& of) {
    std::vector<feel::value> made;
    for (const reported_register& each : of.registers) {
        std::vector<feel::value> entries;
        for (const path::register_entry& entry : each.entries) {
            feel::context fields;
            for (const auto& [id, value] : entry.fields) fields.set(id, value);
            entries.emplace_back(feel::context{{"municipality", entry.about},
                                               {"entry", entry.id},
                                               {"fields", feel::value(std::move(fields))},
                                               {"confirmed", entry.confirmed},
                                               {"review_by", entry.review_by},
                                               {"late", entry.is_late_on(of.as_of)}});
        }
        made.emplace_back(feel::context{
            {"path", each.path.says().id}, {"register", each.register_}, {"entries", feel::value(std::move(entries))}});
    }
    return feel::value(std::move(made));
}

}  // namespace polku::inline POLKU_V::report
