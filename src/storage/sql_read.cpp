// SPDX-License-Identifier: Apache-2.0
#include "append_rules.hpp"
#include "sql_core.hpp"
#include "verifier.hpp"

#include <algorithm>
#include <limits>

namespace polku::inline POLKU_V::storage {

namespace {

// Columns of POLKU_EVENT_COLUMNS.
enum event_column {
    position_column,
    version_column,
    type_column,
    schema_column,
    effective_column,
    recorded_column,
    latest_column,
    command_column,
    pack_column,
    path_column,
    engine_column,
    hash_column,
    stream_column,
    kind_column,
    part_number_column,
    subject_column,
    class_column,
    commitment_column,
    salt_column,
    key_column,
    erased_column,
    bytes_column,
    nonce_column
};

constexpr std::uint64_t greatest_position = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());

std::uint64_t end_of(std::uint64_t from, std::uint32_t limit) {
    return from > greatest_position - limit ? greatest_position : from + limit;
}

// Columns of POLKU_ROW_COLUMNS.
stream_row read_row(query& rows) {
    stream_row row{rows.natural(0), {rows.bytes<16>(1)}, kind_of_number(rows.integer(2)), std::nullopt};
    if (rows.is_null(3)) return row;
    row.projection = case_projection{.stage = rows.text(4),
                                     .municipality = rows.text(5),
                                     .owner_role = rows.text(6),
                                     .status = rows.text(7),
                                     .opened_on = maybe_date(rows.maybe_integer(8)),
                                     .closed_on = maybe_date(rows.maybe_integer(9)),
                                     .next_due_on = maybe_date(rows.maybe_integer(10))};
    return row;
}

std::vector<stream_row> read_rows(query& rows) {
    std::vector<stream_row> found;
    while (rows.step()) found.push_back(read_row(rows));
    return found;
}

}  // namespace

std::uint32_t small_number(query& rows, int column) {
    const std::int64_t found = rows.integer(column);
    if (found < 0 || found > std::numeric_limits<std::uint32_t>::max()) {
        throw_corrupt_row("a version number is " + std::to_string(found));
    }
    return static_cast<std::uint32_t>(found);
}

time::date date_of_days(std::int64_t days) {
    const std::optional<time::date> date = time::date::from_days(days);
    if (!date) throw_corrupt_row("a date column has the day number " + std::to_string(days));
    return *date;
}

std::optional<time::date> maybe_date(const std::optional<std::int64_t>& days) {
    if (!days) return std::nullopt;
    return date_of_days(*days);
}

std::optional<std::int64_t> maybe_days(const std::optional<time::date>& date) {
    if (!date) return std::nullopt;
    return date->to_days();
}

path::stream_kind kind_of_number(std::int64_t number) {
    if (number < 1 || number > 6) throw_corrupt_row("a stream has the kind " + std::to_string(number));
    return static_cast<path::stream_kind>(number);
}

stored_event event_reader::read_envelope() {
    stored_event event;
    path::event_envelope& envelope = event.envelope;
    envelope.position = rows_.natural(position_column);
    envelope.version = rows_.natural(version_column);
    envelope.type = rows_.text(type_column);
    envelope.schema_version = small_number(rows_, schema_column);
    envelope.effective_date = date_of_days(rows_.integer(effective_column));
    envelope.recorded_at_ms = rows_.integer(recorded_column);
    event.latest_recorded_at_ms = rows_.integer(latest_column);
    event.command = rows_.bytes<32>(command_column);
    if (!rows_.is_null(pack_column)) envelope.pack_hash = rows_.bytes<32>(pack_column);
    if (!rows_.is_null(path_column)) envelope.path_hash = rows_.bytes<32>(path_column);
    envelope.engine_version = small_number(rows_, engine_column);
    event.hash = rows_.bytes<32>(hash_column);
    envelope.stream.bytes = rows_.bytes<16>(stream_column);
    envelope.kind = kind_of_number(rows_.integer(kind_column));
    return event;
}

void event_reader::read_part(stored_event& into) {
    const std::size_t number = into.envelope.parts.size();
    if (rows_.natural(part_number_column) != number) {
        throw_corrupt_row("the event at position " + std::to_string(into.envelope.position) + " lacks its part " +
                          std::to_string(number));
    }
    path::event_part& part = into.envelope.parts.emplace_back();
    part.subject = rows_.text(subject_column);
    part.retention_class = rows_.text(class_column);
    part.commitment = rows_.bytes<32>(commitment_column);
    part.erased = rows_.integer(erased_column) != 0;
    if (!rows_.is_null(salt_column)) part.salt = rows_.bytes<32>(salt_column);
    part.bytes = rows_.text(bytes_column);
    if (!rows_.is_null(key_column) && !part.erased) open_part(into);
}

void event_reader::open_part(stored_event& into) {
    const std::size_t number = into.envelope.parts.size() - 1;
    if (seals_ == nullptr) {
        into.encrypted.push_back(number);
        return;
    }
    path::event_part& part = into.envelope.parts.back();
    const std::string sealed = std::move(part.bytes);
    part.bytes.clear();
    const seal_outcome outcome =
        seals_->open(rows_.integer(key_column), rows_.text(nonce_column), sealed,
                     part_binding(into.envelope, number, part.retention_class), part.salt, part.bytes);
    if (outcome == seal_outcome::broken) into.broken.push_back(number);
    if (outcome == seal_outcome::destroyed) part.erased = true;
}

std::optional<stored_event> event_reader::next() {
    if (!more_) return std::nullopt;
    stored_event event = read_envelope();
    do {
        read_part(event);
        more_ = rows_.step();
    } while (more_ && rows_.natural(position_column) == event.envelope.position);
    return event;
}

result<std::vector<path::event_envelope>> sql_core::read_events(query& rows) {
    std::vector<path::event_envelope> events;
    event_reader reader(rows, seals());
    while (std::optional<stored_event> event = reader.next()) {
        POLKU_TRY(path::event_envelope opened, open_event(std::move(*event), settings().upcasting.get()));
        events.push_back(std::move(opened));
    }
    return events;
}

result<std::vector<path::event_envelope>> sql_core::load(const path::stream_id& stream, std::uint64_t from_version,
                                                         std::uint32_t limit) {
    return guarded(on_, "loading a stream", [&]() -> result<std::vector<path::event_envelope>> {
        const std::uint64_t from = std::min(from_version, greatest_position);
        if (seals() != nullptr) seals()->forget_erased();
        query rows(on_, sql::load_stream, stream.bytes, from, end_of(from, limit));
        return read_events(rows);
    });
}

result<std::vector<path::event_envelope>> sql_core::load_types(const path::stream_id& stream,
                                                               std::span<const std::string_view> types) {
    return guarded(on_, "loading a stream", [&]() -> result<std::vector<path::event_envelope>> {
        std::string listed = ",";
        for (const std::string_view each : types) listed += std::string(each) + ",";
        if (seals() != nullptr) seals()->forget_erased();
        query rows(on_, sql::load_types, stream.bytes, listed);
        return read_events(rows);
    });
}

result<feed_page> sql_core::events_since(std::uint64_t cursor, std::uint32_t limit) {
    return guarded(on_, "reading the feed", [&]() -> result<feed_page> {
        // Positions are given inside the one write transaction at a time, so what is visible has no gap. Were there
        // one, an event might still be committed into it: the page ends there.
        feed_page page{.events = {}, .next = cursor};
        const std::uint64_t from = std::min(cursor, greatest_position);
        if (seals() != nullptr) seals()->forget_erased();
        query rows(on_, sql::load_feed, from, end_of(from, limit));
        event_reader reader(rows, seals());
        while (std::optional<stored_event> event = reader.next()) {
            if (event->envelope.position != page.next + 1) break;
            POLKU_TRY(path::event_envelope opened, open_event(std::move(*event), settings().upcasting.get()));
            page.next = opened.position;
            page.events.push_back(std::move(opened));
        }
        return page;
    });
}

result<std::optional<stream_head>> sql_core::head_of(const path::stream_id& stream) {
    return guarded(on_, "reading a stream's head", [&]() -> result<std::optional<stream_head>> {
        const transaction whole(on_, sql::begin_read);
        const std::optional<stream_place> place = find_place(stream);
        if (!place || place->version == 0) return std::optional<stream_head>();
        return std::optional(stream_head{stream, place->kind, place->version, place->hash});
    });
}

result<std::vector<stream_row>> sql_core::find_streams(const stream_query& wanted) {
    return guarded(on_, "listing streams", [&]() -> result<std::vector<stream_row>> {
        std::optional<std::int64_t> kind;
        if (wanted.kind) kind = static_cast<std::int64_t>(*wanted.kind);
        if (wanted.subject) {
            query rows(on_, sql::rows_of_subject, wanted.after, wanted.limit, kind, wanted.subject);
            return read_rows(rows);
        }
        std::optional<std::int64_t> open;
        if (wanted.open) open = *wanted.open ? 1 : 0;
        if (wanted.stream) {
            query rows(on_, sql::rows_of_stream, wanted.after, wanted.limit, wanted.stream->bytes, wanted.stage,
                       wanted.owner_role, wanted.status, open, kind, wanted.municipality);
            return read_rows(rows);
        }
        const bool of_cases = wanted.stage || wanted.municipality || wanted.owner_role || wanted.status || open;
        if (!of_cases) {
            query rows(on_, sql::rows_all, wanted.after, wanted.limit, kind);
            return read_rows(rows);
        }
        query rows(on_, wanted.municipality ? sql::rows_of_place : sql::rows_of_cases, wanted.after, wanted.limit,
                   wanted.municipality, wanted.stage, wanted.owner_role, wanted.status, open, kind);
        return read_rows(rows);
    });
}

result<std::vector<stream_row>> sql_core::find_with_event(const event_query& wanted) {
    return guarded(on_, "listing streams", [&]() -> result<std::vector<stream_row>> {
        query rows(on_, sql::rows_with_event, wanted.after, wanted.limit, static_cast<std::int64_t>(wanted.kind),
                   wanted.type);
        return read_rows(rows);
    });
}

result<std::vector<stream_row>> sql_core::find_due(const due_query& wanted) {
    return guarded(on_, "listing due cases", [&]() -> result<std::vector<stream_row>> {
        const std::int64_t after_date =
            wanted.after_date ? wanted.after_date->to_days() : std::numeric_limits<std::int64_t>::min();
        query rows(on_, sql::rows_due, wanted.by.to_days(), wanted.limit, after_date, wanted.after, wanted.municipality,
                   wanted.owner_role);
        return read_rows(rows);
    });
}

result<std::vector<case_count>> sql_core::count_cases() {
    return guarded(on_, "counting cases", [&]() -> result<std::vector<case_count>> {
        std::vector<case_count> cells;
        query rows(on_, sql::count_cases);
        while (rows.step()) {
            cells.push_back({rows.text(0), rows.text(1), rows.text(2), rows.integer(3) != 0, rows.natural(4)});
        }
        return cells;
    });
}

result<path::hash> sql_core::put_blob(std::string_view kind, std::string_view bytes) {
    return guarded(on_, "keeping a blob", [&]() -> result<path::hash> {
        const path::hash hash = blake2b(bytes);
        if (blob_number(hash)) return hash;
        transaction whole(on_, sql::begin_write);
        if (!blob_number(hash)) query(on_, sql::insert_blob, hash, std::string(kind), blob{bytes}).run();
        whole.commit();
        return hash;
    });
}

result<std::string> sql_core::get_blob(const path::hash& hash) {
    return guarded(on_, "reading a blob", [&]() -> result<std::string> {
        query found(on_, sql::read_blob, hash);
        if (!found.step()) return error(error_code::not_found, "the store has no blob with the hash " + to_hex(hash));
        std::string bytes = found.text(0);
        if (blake2b(bytes) != hash)
            throw_corrupt_row("the blob " + to_hex(hash) + " has other content than its hash says");
        return bytes;
    });
}

}  // namespace polku::inline POLKU_V::storage
