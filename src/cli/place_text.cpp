// SPDX-License-Identifier: Apache-2.0
#include "cli/place_text.hpp"

#include "cli/document_text.hpp"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace polku::cli {

namespace {

std::string_view place_word(std::string_view name, std::string_view language) {
#define X(id, fi, sv, en, selko) \
    if (name == #id) return language == "fi" ? fi : language == "sv" ? sv : language == "en" ? en : selko;
#include "cli/place_words.inc"
#undef X
    return name;
}

std::string capacity(const feel::context& book, const std::string& language) {
    std::vector<std::vector<std::string>> rows{{}};
    for (const char* head : {"from", "until", "places", "held", "free"})
        rows[0].emplace_back(place_word(head, language));
    for (const feel::value& each : book.find("levels")->as_list()) {
        const feel::context& level = members(each);
        const std::string places = text_of(level, "places", language);
        const std::string held = text_of(level, "held", language);
        std::string free(place_word("no_limit", language));
        if (!places.empty()) free = std::to_string(std::max(0L, std::stol(places) - std::stol(held)));
        rows.push_back({text_of(level, "from", language), text_of(level, "until", language),
                        places.empty() ? std::string(place_word("no_limit", language)) : places, held, free});
    }
    return table(rows);
}

std::string state_of(const feel::context& of, const std::string& language) {
    return std::string(place_word("state_" + text_of(of, "state", language), language));
}

std::string reservations(const feel::context& book, const std::string& language) {
    std::vector<std::vector<std::string>> rows{{}};
    for (const char* head : {"reservation", "state", "from", "until", "answer_by"})
        rows[0].emplace_back(place_word(head, language));
    for (const feel::value& each : book.find("reservations")->as_list()) {
        const feel::context& one = members(each);
        const feel::context& place = members(*one.find("place"));
        rows.push_back({text_of(one, "id", language), state_of(one, language), text_of(place, "from", language),
                        text_of(place, "until", language), text_of(one, "answer_by", language)});
    }
    return rows.size() == 1 ? "  " + std::string(place_word("empty", language)) + "\n" : table(rows);
}

std::string queue(const feel::context& book, const std::string& language) {
    std::vector<std::vector<std::string>> rows{{}};
    for (const char* head : {"turn", "entry", "state", "since", "first_from"})
        rows[0].emplace_back(place_word(head, language));
    for (const feel::value& each : book.find("waiting")->as_list()) {
        const feel::context& one = members(each);
        rows.push_back({std::to_string(rows.size()), text_of(one, "id", language), state_of(one, language),
                        text_of(one, "since", language), text_of(one, "first_from", language)});
    }
    return rows.size() == 1 ? "  " + std::string(place_word("empty", language)) + "\n" : table(rows);
}

/// What the book is of.
std::string book_name(const feel::context& of, const std::string& language) {
    const std::string environment = text_of(of, "environment", language);
    return text_of(of, "path", language) + ": " +
           (environment.empty() ? text_of(of, "service", language) : environment);
}

std::string heading(std::string_view name, const std::string& language) {
    return "\n" + std::string(place_word(name, language)) + "\n";
}

std::string suggestion(const feel::context& of, std::size_t number, const std::string& language) {
    std::string text = "\n" + std::to_string(number) + ". " + in_language(of.find("name"), language) + " (" +
                       text_of(of, "environment", language) +
                       "): " + std::string(place_word(text_of(of, "fit", language), language)) + "\n";
    for (const feel::value& each : of.find("reasons")->as_list()) {
        const feel::context& reason = members(each);
        const bool speaks_for = text_of(reason, "side", language) == "in_favour";
        text += std::string("   ") + (speaks_for ? "+ " : "- ") + in_language(reason.find("text"), language) + "\n";
    }
    return text;
}

}  // namespace

std::string suggestions_text(const feel::value& of, const std::string& language) {
    const feel::context& whole = members(of);
    const feel::context& wanted = members(*whole.find("wanted"));
    std::string text = std::string(place_word("suggestions", language)) + ": " + text_of(wanted, "from", language) +
                       " – " + text_of(wanted, "until", language) + "\n" +
                       std::string(place_word("nothing_decided", language)) + "\n";
    const auto& rows = whole.find("suggestions")->as_list();
    if (rows.empty()) text += std::string(place_word("none", language)) + "\n";
    std::size_t number = 0;
    for (const feel::value& each : rows) text += suggestion(members(each), ++number, language);
    const feel::value* withheld = whole.find("withheld");
    if (withheld == nullptr || withheld->as_list().empty()) return text;
    text += heading("withheld", language);
    for (const feel::value& each : withheld->as_list()) {
        const feel::context& one = members(each);
        text += "  " + text_of(one, "category", language) + ": " + text_of(one, "reason", language) + " (" +
                text_of(one, "source", language) + ")\n";
    }
    return text;
}

std::string books_text(const feel::value& of, const std::string& language) {
    std::vector<std::vector<std::string>> rows{{}};
    for (const char* head : {"book", "state", "places", "held", "free", "waiting", "offered"})
        rows[0].emplace_back(place_word(head, language));
    rows[0][1] = "";
    for (const feel::value& each : of.as_list()) {
        const feel::context& one = members(each);
        rows.push_back({text_of(one, "book", language), book_name(one, language)});
        for (const char* number : {"places", "held", "free", "waiting", "offered"})
            rows.back().push_back(text_of(one, number, language));
    }
    return std::string(place_word("books", language)) + "\n" +
           (rows.size() == 1 ? "  " + std::string(place_word("empty", language)) + "\n" : table(rows));
}

std::string book_text(const feel::value& of, const std::string& language) {
    const feel::context& book = members(of);
    std::string text = book_name(book, language) + ", " + text_of(book, "as_of", language) + "\n";
    text += heading("capacity", language) + capacity(book, language);
    text += heading("reservations", language) + reservations(book, language);
    text += heading("queue", language) + queue(book, language);
    const auto& to_move = book.find("to_move")->as_list();
    if (to_move.empty()) return text;
    text += heading("to_move", language);
    for (const feel::value& each : to_move) text += "  " + std::string(each.as_string()) + "\n";
    return text;
}

std::string queue_text(const feel::value& of, const std::string& language) {
    const feel::context& book = members(of);
    return book_name(book, language) + ", " + text_of(book, "as_of", language) + "\n" + heading("queue", language) +
           queue(book, language);
}

}  // namespace polku::cli
