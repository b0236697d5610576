// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_STORAGE_MEMORY_STORE_HPP
#define POLKU_STORAGE_MEMORY_STORE_HPP

#include <polku/storage/event_store.hpp>

#include <memory>

namespace polku::inline POLKU_V::storage {

/// A store in memory: the plainest form of the interface, for tests, examples and dry runs, and the oracle that other
/// stores are compared with. Two stores made over the same `memory_data` see the same events.
class memory_data;
/// An empty one.
std::shared_ptr<memory_data> make_memory_data();
/// A store over data of its own; `data` must not be a null pointer.
std::unique_ptr<event_store> make_memory_store(store_options options = {});
std::unique_ptr<event_store> make_memory_store(std::shared_ptr<memory_data> data, store_options options = {});

}  // namespace polku::inline POLKU_V::storage

#endif
