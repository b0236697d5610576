// SPDX-License-Identifier: Apache-2.0
#include "client_reads.hpp"
#include "register_door.hpp"

#include <polku/json/described.hpp>
#include <polku/storage/hash.hpp>
#include <polku/workspace/workspace.hpp>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

namespace polku::inline POLKU_V {

namespace {

using detail::folded_register;

constexpr std::string_view read_category = "register";

/// True when contact persons of an entry may be shown.
bool shows_contacts(const register_query& how, const path::register_definition& of, const path::register_entry& entry) {
    if (!how.personal) return false;
    if (!how.reader) return true;
    return !how.reader->role.empty() && (how.reader->role == entry.owner || how.reader->role == of.keeper);
}

bool is_asked_for(const register_query& how, const path::register_entry& entry) {
    if (!how.about.empty() && entry.about != how.about) return false;
    if (!how.owner.empty() && entry.owner != how.owner) return false;
    if (how.due_by) return entry.is_due_by(*how.due_by);
    return how.ended || entry.is_in_force();
}

/// The name of what an entry is about; none for an employer, whom the fields name.
const path::texts* name_of_subject(const path::definition& says, const path::register_definition& of,
                                   const std::string& about) {
    if (of.about == path::register_subject::municipality) {
        const auto found = says.municipalities.find(about);
        return found == says.municipalities.end() ? nullptr : &found->second;
    }
    if (of.about == path::register_subject::environment) {
        const auto found = says.environments.find(about);
        return found == says.environments.end() ? nullptr : &found->second.name;
    }
    return nullptr;
}

feel::value fields_value(const path::register_definition& of) {
    std::vector<feel::value> rows;
    for (const path::register_field_definition& each : of.fields) {
        feel::context row = json::to_value(each).as_context();
        if (each.is_free_words()) row.set("free_words", true);
        rows.emplace_back(std::move(row));
    }
    return feel::value(std::move(rows));
}

feel::value values_of(const path::register_entry& entry, bool with_contacts) {
    feel::context made;
    for (const auto& [id, value] : entry.fields) made.set(id, value);
    if (with_contacts)
        for (const auto& [id, value] : entry.contacts) made.set(id, value);
    return feel::value(std::move(made));
}

void append_role(feel::context& to, const char* member, const path::definition& says, const std::string& role) {
    const auto known = says.roles.find(role);
    if (known != says.roles.end()) to.append(member, json::to_value(known->second.name));
}

feel::context entry_head(const path::register_entry& entry, const std::string& book, time::date day) {
    feel::context row{{"book", book}, {"entry", entry.id}};
    if (!entry.about.empty()) row.append("about", entry.about);
    row.append("owner", entry.owner);
    row.append("confirmed", entry.confirmed);
    row.append("review_by", entry.review_by);
    row.append("late", entry.is_late_on(day));
    return row;
}

feel::value entry_value(const path::register_entry& entry, const std::string& book, const path::definition& says,
                        const path::register_definition& of, const register_query& how) {
    feel::context row = entry_head(entry, book, how.as_of);
    append_role(row, "owner_name", says, entry.owner);
    row.append("recorded", entry.recorded);
    if (const path::texts* name = name_of_subject(says, of, entry.about))
        row.append("about_name", json::to_value(*name));
    const bool shown = shows_contacts(how, of, entry);
    row.append("fields", values_of(entry, shown));
    if (!shown && !entry.contacts.empty()) {
        std::vector<feel::value> withheld;
        for (const auto& each : entry.contacts) withheld.emplace_back(each.first);
        row.append("withheld", feel::value(std::move(withheld)));
    }
    if (entry.erased) row.append("erased", true);
    if (entry.ended) {
        row.append("ended", *entry.ended);
        row.append("reason", entry.reason.value_or(""));
    }
    return feel::value(std::move(row));
}

error no_register(std::string_view path_id, std::string_view register_id, const std::vector<folded_register>& books) {
    std::set<std::string> known;
    for (const folded_register& each : books) known.insert("'" + each.book.path + " " + each.book.register_ + "'");
    std::string all;
    for (const std::string& each : known) all += (all.empty() ? "" : ", ") + each;
    return error(error_code::not_found, "no register '" + std::string(register_id) + "' of the path '" +
                                            std::string(path_id) + "' was open in the store on that day; open were " +
                                            (all.empty() ? "none" : all));
}

}  // namespace

result<feel::value> workspace::try_register(std::string_view path_id, std::string_view register_id,
                                            const register_query& how) {
    if (how.personal) POLKU_CHECK(check_reader());
    POLKU_TRY(std::vector<folded_register> books, detail::try_fold_registers(*store_, path_id, how.as_of));
    std::vector<folded_register> of_register;
    for (const folded_register& each : books)
        if (each.book.register_ == register_id) of_register.push_back(each);
    if (of_register.empty() || path_id.empty()) {
        POLKU_TRY(books, detail::try_fold_registers(*store_, {}, how.as_of));
        return no_register(path_id, register_id, books);
    }
    std::vector<feel::value> ids;
    std::vector<feel::value> entries;
    client_reads reads;
    path::service_path path;
    for (const folded_register& each : of_register) {
        const std::string book = storage::to_hex(each.stream.bytes);
        ids.emplace_back(book);
        POLKU_TRY(path, try_path_of(each.path_hash));
        const path::register_definition& of = path.says().registers.at(std::string(register_id));
        for (const path::register_entry& entry : each.book.entries) {
            if (!is_asked_for(how, entry)) continue;
            entries.push_back(entry_value(entry, book, path.says(), of, how));
            if (!entry.contacts.empty() && shows_contacts(how, of, entry))
                reads[entry.about].insert(std::string(read_category));
        }
    }
    POLKU_CHECK(try_log_reads(reads));
    const path::register_definition& of = path.says().registers.at(std::string(register_id));
    return feel::value(feel::context{{"path", path_id},
                                     {"register", register_id},
                                     {"version", path.says().version},
                                     {"as_of", how.as_of},
                                     {"name", json::to_value(of.name)},
                                     {"help", json::to_value(of.help)},
                                     {"about", json::to_value(of.about)},
                                     {"keeper", of.keeper},
                                     {"review", of.review},
                                     {"fields", fields_value(of)},
                                     {"books", feel::value(std::move(ids))},
                                     {"entries", feel::value(std::move(entries))}});
}

result<feel::value> workspace::try_registers(std::string_view path_id, time::date as_of) {
    POLKU_TRY(const std::vector<folded_register> books, detail::try_fold_registers(*store_, path_id, as_of));
    struct counts {
        path::hash path_hash{};
        std::int64_t books = 0;
        std::int64_t entries = 0;
        std::int64_t due = 0;
        std::optional<time::date> next;
    };
    std::map<std::pair<std::string, std::string>, counts> by_register;
    for (const folded_register& each : books) {
        counts& of = by_register[{each.book.path, each.book.register_}];
        of.path_hash = each.path_hash;
        ++of.books;
        for (const path::register_entry& entry : each.book.entries) {
            if (!entry.is_in_force()) continue;
            ++of.entries;
            if (entry.is_due_by(as_of)) ++of.due;
            of.next = of.next ? std::min(*of.next, entry.review_by) : entry.review_by;
        }
    }
    std::vector<feel::value> rows;
    for (const auto& [key, of] : by_register) {
        POLKU_TRY(const path::service_path path, try_path_of(of.path_hash));
        const path::register_definition& says = path.says().registers.at(key.second);
        feel::context row{{"path", key.first},
                          {"register", key.second},
                          {"name", json::to_value(says.name)},
                          {"about", json::to_value(says.about)},
                          {"keeper", says.keeper},
                          {"books", of.books},
                          {"entries", of.entries},
                          {"due", of.due}};
        if (of.next) row.append("next_review", *of.next);
        rows.emplace_back(std::move(row));
    }
    return feel::value(std::move(rows));
}

result<feel::value> workspace::try_registers_due(std::string_view path_id, time::date by) {
    POLKU_TRY(const std::vector<folded_register> books, detail::try_fold_registers(*store_, path_id, by));
    struct due_row {
        time::date review_by;
        feel::value shown;
    };
    std::vector<due_row> due;
    for (const folded_register& each : books) {
        const std::string book = storage::to_hex(each.stream.bytes);
        for (const path::register_entry* entry : path::entries_due(each.book, by)) {
            feel::context row{{"path", each.book.path}, {"register", each.book.register_}};
            for (const auto& member : entry_head(*entry, book, by)) row.append(member.name, member.value);
            due.push_back({entry->review_by, feel::value(std::move(row))});
        }
    }
    std::stable_sort(due.begin(), due.end(),
                     [](const due_row& left, const due_row& right) { return left.review_by < right.review_by; });
    std::vector<feel::value> rows;
    for (due_row& each : due) rows.push_back(std::move(each.shown));
    return feel::value(std::move(rows));
}

}  // namespace polku::inline POLKU_V
