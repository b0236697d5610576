// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_SRC_STORAGE_SEALER_HPP
#define POLKU_SRC_STORAGE_SEALER_HPP

#include "sql_connection.hpp"

#include <polku/path/event.hpp>
#include <polku/storage/keys.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace polku::inline POLKU_V::storage {

/// Room for keys in memory that is guarded, locked where the system allows it, and wiped when it is freed.
class secret_slots {
public:
    explicit secret_slots(std::size_t count);
    ~secret_slots();
    secret_slots(const secret_slots&) = delete;
    secret_slots& operator=(const secret_slots&) = delete;

    std::uint8_t* at(std::size_t slot) noexcept { return bytes_ + slot * std::tuple_size_v<key_bytes>; }
    std::size_t count() const noexcept { return count_; }
    void wipe() noexcept;

private:
    std::uint8_t* bytes_;
    std::size_t count_;
};

using seal_nonce = std::array<std::uint8_t, 24>;

/// Salt and content under a key.
struct sealed_bytes {
    std::int64_t key_no = 0;
    seal_nonce nonce{};
    std::string bytes;
};

/// What opening a seal came to: `destroyed` when its key was erased.
enum class seal_outcome : std::uint8_t { opened, destroyed, broken };

/// Content about nobody stays in clear, all else is sealed.
bool is_sealed_content(std::string_view subject, std::string_view retention_class) noexcept;
/// Under whose key content is: its subject's, or for content without one its stream's own.
std::string owner_of(std::string_view subject, const path::stream_id& stream);

/// What the seal of a part or of a snapshot is bound to, so that sealed bytes cannot be moved elsewhere.
std::string part_binding(const path::event_envelope& event, std::uint64_t part_no, std::string_view retention_class);
std::string snapshot_binding(const path::stream_id& stream, std::uint64_t version, std::uint32_t schema_version,
                             std::string_view retention_class);

/// Seals and opens with the keys of one store. Its functions throw `store_failure` and the engine's exceptions, and
/// those that write must be called inside a write transaction.
class sealer {
public:
    sealer(connection& on, const path::stream_id& store, key_options keys);

    /// Makes the store a sealed one: names the master key and stores a key under it by which a wrong one is found.
    void adopt();
    /// The key of the index of identifiers, made when there is none; and the one that a store had in clear.
    void read_index_key(path::hash& into);
    void take_index_key(const path::hash& key);
    /// Notes that content in clear is still to be sealed: a key of its own, destroyed when all is done.
    void mark_sealing();
    /// Checks that the host's master key is the one that the store is under.
    void check(const std::string& master);

    sealed_bytes seal(const std::string& owner, const std::string& retention_class, const path::hash& salt,
                      std::string_view content, const std::string& binding);
    seal_outcome open(std::int64_t key_no, std::string_view nonce, std::string_view sealed, const std::string& binding,
                      path::hash& salt, std::string& content);

    /// A hash of the content that only the key's holder can compute.
    path::hash keyed_hash(const std::string& owner, const std::string& retention_class, std::string_view content);

    /// Wraps every key anew under the master key `id`; the number of keys.
    std::uint64_t rotate(const std::string& id);
    /// Forgets keys in memory; what a rolled-back transaction made must not be used again.
    void forget() noexcept;
    /// Forgets them when an erasure was recorded since, by whichever process.
    void forget_erased();

private:
    struct key_row {
        std::string subject;
        std::string retention_class;
        std::string master;
        std::string nonce;
        std::string wrapped;
    };

    const std::uint8_t* master_bytes(const std::string& id);
    std::string current_master();
    /// The key's bytes; throws when it cannot be opened.
    const std::uint8_t* live_key_bytes(std::int64_t key_no);
    std::string key_binding(const std::string& subject, const std::string& retention_class, std::int64_t key_no) const;
    /// A random key, or that one.
    std::int64_t make_key(const std::string& subject, const std::string& retention_class,
                          const path::hash* given = nullptr);
    std::int64_t live_key(const std::string& subject, const std::string& retention_class);
    std::optional<key_row> read_key(std::int64_t key_no);
    bool unwrap(std::int64_t key_no, const key_row& row, std::uint8_t* into);
    sealed_bytes wrap(const std::uint8_t* key, const std::string& master, const std::string& binding);
    std::uint8_t* fresh_slot(std::int64_t key_no);
    /// The key in memory; nothing when it was destroyed, `broken` set when it does not unwrap.
    const std::uint8_t* key_at(std::int64_t key_no, bool& broken);
    seal_nonce draw_nonce();

    connection& on_;
    path::stream_id store_;
    key_options keys_;
    secret_slots masters_;
    std::map<std::string, std::size_t, std::less<>> master_slots_;
    secret_slots slots_;
    std::map<std::int64_t, std::size_t> cached_;
    std::int64_t erasures_seen_ = 0;
};

}  // namespace polku::inline POLKU_V::storage

#endif
