// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_STORAGE_KEYED_STORE_HPP
#define POLKU_STORAGE_KEYED_STORE_HPP

#include <polku/storage/erasure.hpp>
#include <polku/storage/event_store.hpp>
#include <polku/storage/identifiers.hpp>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace polku::inline POLKU_V::storage {

/// An event store that outlives the program, and so can keep content under keys, erase it, and find clients by what
/// identifies them. `sqlite_store` and `postgres_store` are such.
class keyed_store : public event_store {
public:
    /// Whether content about people is kept under keys only.
    virtual bool is_sealed() const noexcept = 0;
    /// Wraps all keys anew under the master key `id`, which the key options must be able to find, in one transaction:
    /// a process that dies on the way leaves all of them under the old one. Content is not touched. Afterwards the old
    /// master key opens nothing of the store; it still opens the copies made before. Answers the number of keys.
    /// `store_busy` when old wrappings could not be wiped out: the new ones hold, and the store's page says what does
    /// the rest. Errors: `store_key_missing`, `store_seal_broken` and those of any write.
    virtual result<std::uint64_t> try_rotate_master(const std::string& id) = 0;

    /// Erases content for good: keys are destroyed, content and salts are overwritten, snapshots deleted, and the
    /// ledger gets an entry. Chains and heads stay as they are. Needs no keys. Columns in clear stay. `not_found` when
    /// there is nothing of it; nothing is recorded then. The answer is `pending` while the bytes that were overwritten
    /// may still be in the store's files. Copies of these are out of reach: `try_ledger` is for them.
    virtual result<erase_answer> try_erase(const erase_request& request) = 0;
    /// Wipes out the bytes of erasures that wait for it. Answers how many still wait: 0 when all bytes are gone.
    virtual result<std::uint64_t> try_finish_erasures() = 0;
    /// Every erasure so far, to be kept beside copies of the store.
    virtual result<erasure_ledger> try_ledger() = 0;
    /// Clients whose cases had all ended by a day, by id. Reads the projections of all cases.
    virtual result<std::vector<ended_subject>> try_find_ended(time::date by) = 0;

    /// The index by which clients are found by what identifies them. It keeps hashes of the values, keyed with a random
    /// key of the store (sealed under the master key; in a store in clear beside them), and follows the events: who
    /// looks for somebody first reads the events of `type` in clients' streams that it has not seen, and puts what they
    /// tell into it. Erasing a client erases its rows. Errors: `store_key_missing` and those of any write.
    virtual result<identifier_events> try_identifier_events(std::string_view type) = 0;
    /// Puts identifiers into the index and says up to which position it is complete.
    virtual result<void> try_index_identifiers(std::span<const recorded_identifier> found, std::uint64_t upto) = 0;
    /// Who has or had it, in the order of recording, as far as the index goes.
    virtual result<std::vector<identifier_owner>> try_find_identifier(const identifier& wanted) = 0;
};

}  // namespace polku::inline POLKU_V::storage

#endif
