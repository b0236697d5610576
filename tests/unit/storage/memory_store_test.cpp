// SPDX-License-Identifier: Apache-2.0
#include <polku/storage/memory_store.hpp>

#include "conformance.hpp"

using namespace storage_test;

TEST_CASE("storage/memory_store: does what every store must") {
    conform([]() -> store_factory {
        return
            [data = make_memory_data()](store_options options) { return make_memory_store(data, std::move(options)); };
    });
}
