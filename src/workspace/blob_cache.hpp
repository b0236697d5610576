// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_SRC_WORKSPACE_BLOB_CACHE_HPP
#define POLKU_SRC_WORKSPACE_BLOB_CACHE_HPP

#include <polku/storage/event_store.hpp>
#include <polku/storage/hash.hpp>

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>

namespace polku::inline POLKU_V::detail {

/// What a store keeps as bytes under their hash, each compiled once for a workspace: what has a hash never changes.
template <class Compiled>
class blob_cache {
public:
    using compile = result<Compiled> (*)(std::string_view bytes);
    blob_cache(storage::event_store& store, compile how) : store_(store), compile_(how) {}

    /// `hash` as 64 hexadecimal digits. Error `not_found` when the store keeps none.
    result<Compiled> try_of(const std::string& hash) {
        if (const auto known = known_.find(hash); known != known_.end()) return known->second;
        const auto key = storage::hash_from_hex(hash);
        if (!key)
            return error(error_code::invalid_argument, "'" + hash + "' is no hash; it must be 64 hexadecimal digits",
                         {.pointer = "/data/hash"});
        POLKU_TRY(const std::string bytes, store_.try_get_blob(*key));
        POLKU_TRY(Compiled made, compile_(bytes));
        return known_.emplace(hash, std::move(made)).first->second;
    }

private:
    storage::event_store& store_;
    compile compile_;
    std::map<std::string, Compiled, std::less<>> known_;
};

}  // namespace polku::inline POLKU_V::detail

#endif
