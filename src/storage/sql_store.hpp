// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_SRC_STORAGE_SQL_STORE_HPP
#define POLKU_SRC_STORAGE_SQL_STORE_HPP

#include "sql_core.hpp"

namespace polku::inline POLKU_V::storage {

/// What `sql_core` does as the store `Interface`, which is a `keyed_store`. The rest is the engine's own.
template <class Interface>
class sql_store : public Interface {
public:
    sql_store(connection& on, store_seals keys) : core_(on, std::move(keys)) {}

    result<std::vector<append_answer>> try_append_all(std::span<const append_request> requests) override {
        return core_.append_all(requests);
    }
    result<std::optional<append_answer>> try_find_command(std::string_view command_id,
                                                          const path::hash& command_hash) override {
        return core_.find_command(command_id, command_hash);
    }
    result<std::vector<path::event_envelope>> try_load(const path::stream_id& stream, std::uint64_t from_version,
                                                       std::uint32_t limit) override {
        return core_.load(stream, from_version, limit);
    }
    result<std::vector<path::event_envelope>> try_load_types(const path::stream_id& stream,
                                                             std::span<const std::string_view> types) override {
        return core_.load_types(stream, types);
    }
    result<feed_page> try_events_since(std::uint64_t cursor, std::uint32_t limit) override {
        return core_.events_since(cursor, limit);
    }
    result<std::optional<stream_head>> try_head_of(const path::stream_id& stream) override {
        return core_.head_of(stream);
    }
    result<std::vector<stream_row>> try_find_streams(const stream_query& query) override {
        return core_.find_streams(query);
    }
    result<std::vector<stream_row>> try_find_with_event(const event_query& query) override {
        return core_.find_with_event(query);
    }
    result<std::vector<stream_row>> try_find_due(const due_query& query) override { return core_.find_due(query); }
    result<std::vector<case_count>> try_count_cases() override { return core_.count_cases(); }
    result<counters_answer> try_counters(time::date on) override { return core_.counters(on); }
    result<std::uint64_t> try_recount(const recount_step& step) override { return core_.recount(step); }
    result<path::hash> try_put_blob(std::string_view kind, std::string_view bytes) override {
        return core_.put_blob(kind, bytes);
    }
    result<std::string> try_get_blob(const path::hash& hash) override { return core_.get_blob(hash); }
    result<void> try_put_snapshot(const path::stream_id& stream, std::string_view retention_class,
                                  const snapshot& taken) override {
        return core_.put_snapshot(stream, retention_class, taken);
    }
    result<std::optional<snapshot>> try_get_snapshot(const path::stream_id& stream,
                                                     std::string_view retention_class) override {
        return core_.get_snapshot(stream, retention_class);
    }
    result<chain_head> try_checkpoint() override { return core_.checkpoint(); }
    result<chain_head> try_head() override { return core_.head(); }
    result<std::uint64_t> try_rotate_master(const std::string& id) override { return core_.rotate_master(id); }
    result<erase_answer> try_erase(const erase_request& request) override { return core_.erase(request); }
    result<erasure_ledger> try_ledger() override { return core_.ledger(); }
    result<std::vector<ended_subject>> try_find_ended(time::date by) override { return core_.find_ended(by); }
    result<identifier_events> try_identifier_events(std::string_view type) override {
        return core_.events_with_identifiers(type);
    }
    result<void> try_index_identifiers(std::span<const recorded_identifier> found, std::uint64_t upto) override {
        return core_.index_identifiers(found, upto);
    }
    result<std::vector<identifier_owner>> try_find_identifier(const identifier& wanted) override {
        return core_.find_identifier(wanted);
    }
    bool is_sealed() const noexcept override { return core_.is_sealed(); }

protected:
    sql_core core_;
};

}  // namespace polku::inline POLKU_V::storage

#endif
