// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_SRC_STORAGE_SQL_CORE_HPP
#define POLKU_SRC_STORAGE_SQL_CORE_HPP

#include "chain.hpp"
#include "sealer.hpp"
#include "sql_counters.hpp"

#include <polku/storage/erasure.hpp>
#include <polku/storage/identifiers.hpp>

#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace polku::inline POLKU_V::storage {

/// Reads stored events row by row from a statement with the columns of POLKU_EVENT_COLUMNS.
class event_reader {
public:
    /// `seals` opens what is sealed; without it such parts are told as encrypted.
    event_reader(query& rows, sealer* seals) : rows_(rows), seals_(seals), more_(rows.step()) {}
    /// The next event with all its parts; empty at the end.
    std::optional<stored_event> next();

private:
    stored_event read_envelope();
    void read_part(stored_event& into);
    void open_part(stored_event& into);

    query& rows_;
    sealer* seals_;
    bool more_;
};

/// The keys of an open store.
struct store_seals {
    path::stream_id system;  ///< the store's id and that of its system stream
    bool sealed = false;
    std::unique_ptr<sealer> seals;  ///< empty for a store in clear, and when its keys were left aside
};

/// All of a store on an SQL engine that does not hang on which engine it is. The functions are those of `event_store`
/// and `keyed_store`.
class sql_core {
public:
    sql_core(connection& on, store_seals keys) : keys_(std::move(keys)), on_(on), counters_(on) {}

    result<std::vector<append_answer>> append_all(std::span<const append_request> requests);
    result<std::optional<append_answer>> find_command(std::string_view command_id, const path::hash& command_hash);
    result<std::vector<path::event_envelope>> load(const path::stream_id& stream, std::uint64_t from_version,
                                                   std::uint32_t limit);
    result<std::vector<path::event_envelope>> load_types(const path::stream_id& stream,
                                                         std::span<const std::string_view> types);
    result<feed_page> events_since(std::uint64_t cursor, std::uint32_t limit);
    result<std::optional<stream_head>> head_of(const path::stream_id& stream);
    result<std::vector<stream_row>> find_streams(const stream_query& wanted);
    result<std::vector<stream_row>> find_with_event(const event_query& wanted);
    result<std::vector<stream_row>> find_due(const due_query& wanted);
    result<std::vector<case_count>> count_cases();
    result<counters_answer> counters(time::date on);
    result<std::uint64_t> recount(const recount_step& step);
    result<path::hash> put_blob(std::string_view kind, std::string_view bytes);
    result<std::string> get_blob(const path::hash& hash);
    result<void> put_snapshot(const path::stream_id& stream, std::string_view retention_class, const snapshot& taken);
    result<std::optional<snapshot>> get_snapshot(const path::stream_id& stream, std::string_view retention_class);
    result<chain_head> checkpoint();
    result<chain_head> head();

    bool is_sealed() const noexcept { return keys_.sealed; }
    const path::stream_id& system() const noexcept { return keys_.system; }
    sealer* seals() noexcept { return keys_.seals.get(); }
    result<std::uint64_t> rotate_master(const std::string& id);
    /// Erases, and leaves it to the engine's own code to see to the bytes.
    result<erase_answer> erase(const erase_request& request);
    result<erasure_ledger> ledger();
    result<std::vector<ended_subject>> find_ended(time::date by);
    result<identifier_events> events_with_identifiers(std::string_view type);
    result<void> index_identifiers(std::span<const recorded_identifier> found, std::uint64_t upto);
    result<std::vector<identifier_owner>> find_identifier(const identifier& wanted);

    /// What is in memory of the store's content: another server may answer from here on.
    void forget() noexcept;

private:
    /// Where the store stands inside a write transaction.
    struct tail {
        std::uint64_t position = 0;
        std::int64_t newest_ms = INT64_MIN;
        time::date effective;
        counting_state counting;
        bool counted = false;  ///< the counters hold all up to here
    };
    struct stream_place {
        std::int64_t number = 0;
        std::uint64_t version = 0;
        path::hash hash{};
        std::uint64_t position = 0;
        path::stream_kind kind = path::stream_kind::case_;
    };
    struct since_checkpoint {
        stream_place checkpoint;
        changed_heads changed;
    };

    const store_options& settings() const noexcept { return on_.settings(); }
    tail read_tail();
    /// The tail with how far was counted; `write_counting` keeps what became of it.
    tail read_counted_tail();
    void write_counting(tail& at, const counting_state& before);
    /// The same inside a write transaction; not read again where nobody has written since this connection did.
    tail tail_to_write();
    /// What an append found and made, which is not so when it was rolled back.
    void forget_append() noexcept;
    /// After the commit that made it.
    void keep_tail(const tail& at) noexcept;
    result<void> count(tail& at, const append_request& request);
    std::vector<path::stream_id> cases_about(const std::string& client);
    result<void> begin_recount(tail& at, const recount_step& step);
    std::optional<stream_place> find_place(const path::stream_id& stream);
    result<std::vector<path::event_envelope>> read_events(query& rows);
    /// A new stream; empty when there is one of that id.
    std::optional<stream_place> make_place(const path::stream_id& stream, path::stream_kind kind);
    std::optional<std::int64_t> blob_number(const path::hash& hash);
    result<append_answer> append_one(tail& at, const append_request& request);
    std::optional<result<append_answer>> answer_before(std::string_view command_id, const path::hash& command,
                                                       const path::hash& content);
    result<stream_place> append_stream(tail& at, const stream_append& from, const path::hash& command);
    result<void> append_event(tail& at, const stream_append& from, const path::event_envelope& event,
                              stream_place& place, const path::hash& command);
    void insert_event(const stored_event& event, std::int64_t stream_no, const std::optional<std::int64_t>& pack_no,
                      const std::optional<std::int64_t>& path_no);
    void insert_part(const path::event_envelope& event, std::uint64_t number, std::int64_t stream_no);
    /// A sealed store that was opened without its keys takes no content.
    result<void> check_keys() const;
    /// The keyed hash of an identifier; makes the key when there is none, so inside a write transaction.
    path::hash tag_of(const identifier& of);
    void put_case(std::int64_t stream_no, const case_projection& row);
    /// Puts it inside the transaction at hand.
    void write_snapshot(std::int64_t stream_no, const path::stream_id& stream, const std::string& of_class,
                        const snapshot& taken);
    void append_snapshot(const stream_place& place, const stream_append& from);
    std::string snapshot_owner(std::int64_t stream_no, const path::stream_id& stream);
    since_checkpoint read_since();
    void write_checkpoint(tail& at);
    void write_checkpoint_when_due(tail& at);
    chain_head head_at(const tail& at, const since_checkpoint& since) const;

    store_seals keys_;
    connection& on_;
    sql_counters counters_;
    std::map<path::hash, std::int64_t> blob_numbers_;
    std::optional<tail> kept_tail_;
    std::uint64_t kept_tail_version_ = 0;    ///< the data version when `kept_tail_` held
    std::uint64_t checkpoint_position_ = 0;  ///< a checkpoint is at least here; others may have written later ones
};

/// A date from the days that a column has.
time::date date_of_days(std::int64_t days);
std::optional<time::date> maybe_date(const std::optional<std::int64_t>& days);
std::optional<std::int64_t> maybe_days(const std::optional<time::date>& date);
path::stream_kind kind_of_number(std::int64_t number);
/// A version number from a column.
std::uint32_t small_number(query& rows, int column);

}  // namespace polku::inline POLKU_V::storage

#endif
