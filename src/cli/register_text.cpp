// SPDX-License-Identifier: Apache-2.0
#include "cli/register_text.hpp"

#include "cli/document_text.hpp"

#include <polku/json/described.hpp>
#include <polku/path/explain.hpp>
#include <polku/report/register_words.hpp>

#include <string_view>
#include <vector>

namespace polku::cli {

namespace {

std::string register_word(std::string_view name, std::string_view language) {
#define X(id, fi, sv, en, selko) \
    if (name == #id) return language == "fi" ? fi : language == "sv" ? sv : language == "en" ? en : selko;
#include "cli/register_words.inc"
#undef X
    return std::string(name);
}

std::vector<std::string> head(const std::vector<const char*>& names, const std::string& language) {
    std::vector<std::string> cells;
    for (const char* each : names) cells.push_back(register_word(each, language));
    return cells;
}

bool is_set(const feel::context& of, std::string_view member) {
    const feel::value* found = of.find(member);
    return found != nullptr && found->is(feel::kind::boolean) && found->as_boolean();
}

std::string review(const feel::context& of, const std::string& language) {
    return text_of(of, "review_by", language) +
           (is_set(of, "late") ? " (" + register_word("late", language) + ")" : "");
}

/// A field of the document as the definition has it.
path::register_field_definition field_of(const feel::value& shown) {
    feel::context plain;
    for (const auto& each : members(shown))
        if (each.name != "free_words") plain.append(each.name, each.value);
    auto read = json::try_from_value<path::register_field_definition>(feel::value(std::move(plain)));
    return read ? std::move(read).value() : path::register_field_definition{};
}

std::string entry_text(const feel::context& one, const std::vector<path::register_field_definition>& fields,
                       const std::string& language) {
    const std::string about = in_language(one.find("about_name"), language);
    std::string text = "\n" + text_of(one, "entry", language);
    if (one.find("about") != nullptr) text += ", " + (about.empty() ? text_of(one, "about", language) : about);
    text += "\n";
    for (const path::register_field_definition& each : fields)
        if (const feel::value* told = members(*one.find("fields")).find(each.id); told != nullptr)
            text += "  " + path::text_in(each.name, language) + ": " + report::field_text(each, *told, language) + "\n";
    if (const feel::value* withheld = one.find("withheld"); withheld != nullptr) {
        std::string names;
        for (const path::register_field_definition& each : fields)
            for (const feel::value& id : withheld->as_list())
                if (id == feel::value(each.id))
                    names += (names.empty() ? "" : ", ") + path::text_in(each.name, language);
        text += "  " + register_word("withheld", language) + ": " + names + "\n";
    }
    if (is_set(one, "erased")) text += "  " + register_word("erased", language) + "\n";
    const std::string owner = in_language(one.find("owner_name"), language);
    text += "  " + register_word("owner", language) + ": " + (owner.empty() ? text_of(one, "owner", language) : owner) +
            "; " + register_word("confirmed", language) + ": " + text_of(one, "confirmed", language);
    if (one.find("ended") == nullptr)
        return text + "; " + register_word("review_by", language) + ": " + review(one, language) + "\n";
    return text + "\n  " + register_word("ended", language) + ": " + text_of(one, "ended", language) + ", " +
           text_of(one, "reason", language) + "\n";
}

}  // namespace

std::string registers_text(const feel::value& of, const std::string& language) {
    std::vector<std::vector<std::string>> rows{head({"register", "name", "entries", "due", "next_review"}, language)};
    for (const feel::value& each : of.as_list()) {
        const feel::context& one = members(each);
        rows.push_back({text_of(one, "path", language) + " " + text_of(one, "register", language),
                        in_language(one.find("name"), language), text_of(one, "entries", language),
                        text_of(one, "due", language), text_of(one, "next_review", language)});
    }
    return register_word("registers", language) + "\n" +
           (rows.size() == 1 ? "  " + register_word("empty", language) + "\n" : table(rows));
}

std::string register_text(const feel::value& of, const std::string& language) {
    const feel::context& whole = members(of);
    std::vector<path::register_field_definition> fields;
    std::string free_words;
    for (const feel::value& each : whole.find("fields")->as_list()) {
        fields.push_back(field_of(each));
        if (fields.back().is_free_words())
            free_words += (free_words.empty() ? "" : ", ") + path::text_in(fields.back().name, language);
    }
    std::string text = in_language(whole.find("name"), language) + ", " + text_of(whole, "as_of", language) + "\n" +
                       in_language(whole.find("help"), language) + "\n";
    if (!free_words.empty())
        text += register_word("fields_with_words", language) + ": " + free_words + ". " +
                register_word("no_persons", language) + "\n";
    const auto& entries = whole.find("entries")->as_list();
    if (entries.empty()) text += "\n  " + register_word("empty", language) + "\n";
    for (const feel::value& each : entries) text += entry_text(members(each), fields, language);
    return text;
}

std::string registers_due_text(const feel::value& of, const std::string& language) {
    std::vector<std::vector<std::string>> rows{
        head({"review_by", "register", "entry", "about", "owner", "confirmed"}, language)};
    for (const feel::value& each : of.as_list()) {
        const feel::context& one = members(each);
        rows.push_back({review(one, language),
                        text_of(one, "path", language) + " " + text_of(one, "register", language),
                        text_of(one, "entry", language), text_of(one, "about", language),
                        text_of(one, "owner", language), text_of(one, "confirmed", language)});
    }
    return register_word("title_due", language) + "\n" +
           (rows.size() == 1 ? "  " + register_word("empty", language) + "\n" : table(rows));
}

}  // namespace polku::cli
