// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_SRC_STORAGE_SQLITE_STORE_IMPL_HPP
#define POLKU_SRC_STORAGE_SQLITE_STORE_IMPL_HPP

#include "chain.hpp"
#include "sqlite_counters.hpp"
#include "sqlite_open.hpp"

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

class sqlite_store_impl final : public sqlite_store {
public:
    explicit sqlite_store_impl(opened_store opened)
        : opened_(std::move(opened)), on_(*opened_.on), counters_(*opened_.on) {}

    result<std::vector<append_answer>> try_append_all(std::span<const append_request> requests) override;
    result<std::optional<append_answer>> try_find_command(std::string_view command_id,
                                                          const path::hash& command_hash) override;
    result<std::vector<path::event_envelope>> try_load(const path::stream_id& stream, std::uint64_t from_version,
                                                       std::uint32_t limit) override;
    result<std::vector<path::event_envelope>> try_load_types(const path::stream_id& stream,
                                                             std::span<const std::string_view> types) override;
    result<feed_page> try_events_since(std::uint64_t cursor, std::uint32_t limit) override;
    result<std::optional<stream_head>> try_head_of(const path::stream_id& stream) override;
    result<std::vector<stream_row>> try_find_streams(const stream_query& wanted) override;
    result<std::vector<stream_row>> try_find_with_event(const event_query& wanted) override;
    result<std::vector<stream_row>> try_find_due(const due_query& wanted) override;
    result<std::vector<case_count>> try_count_cases() override;
    result<counters_answer> try_counters(time::date on) override;
    result<std::uint64_t> try_recount(const recount_step& step) override;
    result<path::hash> try_put_blob(std::string_view kind, std::string_view bytes) override;
    result<std::string> try_get_blob(const path::hash& hash) override;
    result<void> try_put_snapshot(const path::stream_id& stream, std::string_view retention_class,
                                  const snapshot& taken) override;
    result<std::optional<snapshot>> try_get_snapshot(const path::stream_id& stream,
                                                     std::string_view retention_class) override;
    result<chain_head> try_checkpoint() override;
    result<chain_head> try_head() override;
    result<verify_report> try_verify(const verify_options& options) override;

    result<void> try_truncate_log() override;
    std::uint32_t file_layout_major() const noexcept override { return opened_.major; }
    std::uint32_t file_layout_minor() const noexcept override { return opened_.minor; }
    bool is_sealed() const noexcept override { return opened_.sealed; }
    result<std::uint64_t> try_rotate_master(const std::string& id) override;
    result<void> try_finish_filling() override;
    result<erase_answer> try_erase(const erase_request& request) override;
    result<std::uint64_t> try_finish_erasures() override;
    result<erasure_ledger> try_ledger() override;
    result<std::vector<ended_subject>> try_find_ended(time::date by) override;
    result<identifier_events> try_identifier_events(std::string_view type) override;
    result<void> try_index_identifiers(std::span<const recorded_identifier> found, std::uint64_t upto) override;
    result<std::vector<identifier_owner>> try_find_identifier(const identifier& wanted) override;

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

    const store_options& settings() const noexcept { return on_.options().store; }
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
    sealer* seals() noexcept { return opened_.seals.get(); }
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

    opened_store opened_;
    connection& on_;
    sqlite_counters counters_;
    std::map<path::hash, std::int64_t> blob_numbers_;
    std::optional<tail> kept_tail_;
    std::uint32_t kept_tail_version_ = 0;  ///< the file's data version when `kept_tail_` held
    bool filling_ = on_.options().fill;
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
