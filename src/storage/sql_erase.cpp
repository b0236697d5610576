// SPDX-License-Identifier: Apache-2.0
#include "sql_erase.hpp"

#include "sql_core.hpp"

#include <polku/storage/hash.hpp>

#include <algorithm>

namespace polku::inline POLKU_V::storage {

namespace {

std::uint64_t run_counted(connection& on, query& statement) {
    statement.run();
    return on.changed_rows();
}

/// Numbers of the streams with content about the subject, its own included.
std::vector<std::int64_t> streams_of(connection& on, const std::string& subject, const path::stream_id& own) {
    std::vector<std::int64_t> numbers;
    query found(on, sql::streams_of_subject, subject, own.bytes);
    while (found.step()) numbers.push_back(found.integer(0));
    return numbers;
}

bool is_reason(std::string_view text) {
    constexpr std::string_view others = "_.-";
    return !text.empty() && text.size() <= 64 && std::ranges::all_of(text, [&](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || others.find(c) != std::string_view::npos;
    });
}

/// The subject in the form that parts have it.
result<path::stream_id> check_erase(const erase_request& request) {
    const auto subject = stream_id_from_hex(request.subject);
    if (!subject) {
        return error(error_code::invalid_argument, "the subject to erase has " +
                                                       std::to_string(request.subject.size()) +
                                                       " characters, expected the 32 hex digits of a stream id");
    }
    if (request.retention_class.empty() || request.retention_class.size() > 200) {
        return error(error_code::invalid_argument, "the retention class to erase has " +
                                                       std::to_string(request.retention_class.size()) +
                                                       " bytes, expected 1 to 200, or '*' for every class");
    }
    if (!is_reason(request.reason)) {
        return error(error_code::invalid_argument,
                     "the reason of an erasure is kept for ever, so it is a code of 1 to 64 characters of a-z, 0-9, "
                     "'_', '.' and '-', such as 'retention'");
    }
    return *subject;
}

}  // namespace

applied_erasure apply_erasure(connection& on, const erasure& entry, const path::stream_id& own) {
    applied_erasure made{.answer = {.entry = entry}};
    erase_answer& answer = made.answer;
    const std::vector<std::int64_t> streams = streams_of(on, entry.subject, own);
    for (const std::int64_t stream : streams) {
        query parts(on, sql::erase_parts, entry.subject, entry.retention_class, stream, entry.upto);
        answer.parts += run_counted(on, parts);
        query snapshots(on, sql::erase_snapshots, stream, entry.retention_class);
        answer.snapshots += run_counted(on, snapshots);
        query(on, sql::erase_identifiers, stream, entry.retention_class, entry.upto).run();
    }
    {
        query unowned(on, sql::erase_unowned_parts, own.bytes, entry.retention_class, entry.upto);
        answer.parts += run_counted(on, unowned);
    }
    query keys(on, sql::destroy_keys, entry.subject, entry.retention_class, entry.upto, own.bytes);
    answer.keys = run_counted(on, keys);
    made.found = answer.parts + answer.keys + answer.snapshots != 0;
    for (const std::int64_t stream : streams) {
        query whole(on, sql::erase_whole_snapshots, stream);
        answer.snapshots += run_counted(on, whole);
    }
    query whole_keys(on, sql::destroy_whole_keys, entry.subject);
    answer.keys += run_counted(on, whole_keys);
    query(on, sql::unlink_subject, entry.subject, entry.retention_class, entry.upto).run();
    query insert(on, sql::insert_erasure, entry.subject, entry.retention_class, entry.reason, entry.on.to_days(),
                 entry.upto);
    insert.step();
    answer.entry.number = insert.natural(0);
    answer.pending = true;
    return made;
}

bool is_applied(connection& on, const erasure& entry) {
    query found(on, sql::find_erasure, entry.subject, entry.retention_class, entry.upto, entry.on.to_days());
    return found.step();
}

std::uint64_t pending_erasures(connection& on) {
    query pending(on, sql::pending_erasures);
    pending.step();
    return pending.natural(0);
}

void end_erasures(connection& on) {
    transaction whole(on, sql::begin_write);
    query(on, sql::finish_erasures).run();
    whole.commit();
}

result<erase_answer> sql_core::erase(const erase_request& request) {
    POLKU_TRY(const path::stream_id subject, check_erase(request));
    auto erased = guarded(on_, "erasing", [&]() -> result<erase_answer> {
        transaction whole(on_, sql::begin_write);
        erasure entry{.number = 0,
                      .subject = to_hex(subject.bytes),
                      .retention_class = request.retention_class,
                      .reason = request.reason,
                      .on = request.on,
                      .upto = read_tail().position};
        applied_erasure done = apply_erasure(on_, entry, subject);
        if (!done.found) {
            return error(error_code::not_found, "the store has nothing about " + entry.subject + " of class '" +
                                                    entry.retention_class + "' that is not erased already");
        }
        whole.commit();
        return std::move(done.answer);
    });
    if (erased && seals() != nullptr) seals()->forget();
    return erased;
}

result<erasure_ledger> sql_core::ledger() {
    return guarded(on_, "reading its ledger", [&]() -> result<erasure_ledger> {
        erasure_ledger ledger{.store = keys_.system, .entries = {}};
        query rows(on_, sql::read_erasures);
        while (rows.step()) {
            ledger.entries.push_back({rows.natural(0), rows.text(1), rows.text(2), rows.text(3),
                                      date_of_days(rows.integer(4)), rows.natural(5)});
        }
        return ledger;
    });
}

result<std::vector<ended_subject>> sql_core::find_ended(time::date by) {
    return guarded(on_, "looking for ended clients", [&]() -> result<std::vector<ended_subject>> {
        const transaction whole(on_, sql::begin_read);
        std::vector<ended_subject> found;
        {
            query rows(on_, sql::ended_subjects, by.to_days());
            while (rows.step()) found.push_back({rows.text(0), date_of_days(rows.integer(1)), {}, {}});
        }
        for (ended_subject& each : found) {
            query classes(on_, sql::live_classes, each.subject);
            while (classes.step()) each.classes.push_back(classes.text(0));
            query streams(on_, sql::attributed_streams, each.subject);
            while (streams.step()) each.streams.push_back(to_hex(streams.bytes<16>(0)));
        }
        return found;
    });
}

}  // namespace polku::inline POLKU_V::storage
