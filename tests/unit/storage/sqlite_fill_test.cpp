// SPDX-License-Identifier: Apache-2.0
#include <polku/storage/sqlite_store.hpp>

#include "temporary_folder.hpp"

#include <doctest/doctest.h>

using namespace polku;
using namespace polku::storage;

namespace {

sqlite_options filling() {
    sqlite_options options;
    options.fill = true;
    options.cache_bytes = 1024 * 1024;
    options.store.entropy = fixed_entropy(4);
    return options;
}

append_request one_event(std::uint8_t number) {
    append_request request;
    request.command_id = "command " + std::to_string(number);
    stream_append to;
    to.stream.bytes[0] = number;
    path::event_envelope event;
    event.type = "referral_sent";
    event.parts.push_back({.subject = "-", .retention_class = "none", .bytes = "{}"});
    to.events.push_back(event);
    request.streams.push_back(to);
    return request;
}

}  // namespace

TEST_CASE(
    "storage/sqlite_fill: a file that is being filled is opened by nobody, and one whose fill was finished is a "
    "store") {
    const storage_test::temporary_folder folder;
    const std::string file = folder.file("filled.db");
    std::string head;
    {
        const auto store = try_open_sqlite(file, filling()).value();
        for (std::uint8_t number = 1; number <= 20; ++number) store->append(one_event(number));
        for (const bool read_only : {false, true}) {
            sqlite_options plain;
            plain.read_only = read_only;
            const auto refused = try_open_sqlite(file, plain);
            REQUIRE_FALSE(refused);
            CHECK(refused.error().code() == error_code::store_not_a_store);
            CHECK(refused.error().message().find("never finished") != std::string::npos);
        }
        store->try_finish_filling().value();
        head = to_string(store->head());
        const auto again = store->try_finish_filling();
        REQUIRE_FALSE(again);
        CHECK(again.error().code() == error_code::misuse);
    }
    const auto store = try_open_sqlite(file).value();
    CHECK(store->verify().sound());
    CHECK(store->verify().events == 20);
    CHECK(to_string(store->head()) == head);
}

TEST_CASE("storage/sqlite_fill: a fill that ended half way leaves a file that is refused, also to another fill") {
    const storage_test::temporary_folder folder;
    const std::string file = folder.file("half.db");
    { try_open_sqlite(file, filling()).value()->append(one_event(1)); }
    for (const bool fill : {false, true}) {
        const auto refused = try_open_sqlite(file, fill ? filling() : sqlite_options{});
        REQUIRE_FALSE(refused);
        CHECK(refused.error().code() == error_code::store_not_a_store);
        CHECK(refused.error().positions().front().source == file);
    }
}

TEST_CASE("storage/sqlite_fill: a store that is there already is not filled, and stays as it was") {
    const storage_test::temporary_folder folder;
    const std::string file = folder.file("store.db");
    { try_open_sqlite(file).value()->append(one_event(1)); }
    const auto refused = try_open_sqlite(file, filling());
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code() == error_code::store_cannot_open);
    const auto store = try_open_sqlite(file).value();
    CHECK(store->verify().events == 1);
    const auto not_filling = store->try_finish_filling();
    REQUIRE_FALSE(not_filling);
    CHECK(not_filling.error().code() == error_code::misuse);
}
