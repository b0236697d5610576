// SPDX-License-Identifier: Apache-2.0
#include "sqlite_erase.hpp"

#include "sqlite_store_impl.hpp"

#include <polku/storage/hash.hpp>

#include <algorithm>

namespace polku::inline POLKU_V::storage {

namespace {

std::uint64_t run_counted(connection& on, query& statement) {
    statement.run();
    query changes(on, sql::changes);
    changes.step();
    return changes.natural(0);
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

result<std::uint64_t> finish_erasures(connection& on) {
    std::uint64_t waiting = 0;
    {
        query pending(on, sql::pending_erasures);
        pending.step();
        waiting = pending.natural(0);
    }
    if (waiting == 0) return waiting;
    if (const auto emptied = on.truncate(on.options().busy_timeout_ms); !emptied) {
        if (emptied.error().code() == error_code::store_busy) return waiting;
        return emptied.error();
    }
    transaction whole(on, sql::begin_write);
    query(on, sql::finish_erasures).run();
    whole.commit();
    return std::uint64_t{0};
}

result<erase_answer> sqlite_store_impl::try_erase(const erase_request& request) {
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
    if (!erased) return erased;
    if (seals() != nullptr) seals()->forget();
    // What is done is done: a log that could not be emptied makes the erasure wait, not fail.
    const auto waiting = try_finish_erasures();
    if (waiting) erased->pending = *waiting != 0;
    return erased;
}

result<std::uint64_t> sqlite_store_impl::try_finish_erasures() {
    return guarded(on_, "finishing erasures", [&]() -> result<std::uint64_t> { return finish_erasures(on_); });
}

result<erasure_ledger> sqlite_store_impl::try_ledger() {
    return guarded(on_, "reading its ledger", [&]() -> result<erasure_ledger> {
        erasure_ledger ledger{.store = opened_.system, .entries = {}};
        query rows(on_, sql::read_erasures);
        while (rows.step()) {
            ledger.entries.push_back({rows.natural(0), rows.text(1), rows.text(2), rows.text(3),
                                      date_of_days(rows.integer(4)), rows.natural(5)});
        }
        return ledger;
    });
}

result<std::vector<ended_subject>> sqlite_store_impl::try_find_ended(time::date by) {
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
