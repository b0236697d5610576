// SPDX-License-Identifier: Apache-2.0
#include <polku/storage/upcasters.hpp>

#include <doctest/doctest.h>

using namespace polku;
using namespace polku::storage;

namespace {

path::event_envelope old_event(std::uint32_t schema_version) {
    path::event_envelope event;
    event.type = "sent";
    event.schema_version = schema_version;
    event.parts.push_back({.subject = "-", .retention_class = "none", .bytes = "a"});
    event.parts.push_back({.subject = "-", .retention_class = "social", .erased = true});
    return event;
}

result<std::vector<path::event_part>> append_b(std::vector<path::event_part> parts) {
    for (path::event_part& part : parts) {
        if (!part.erased) part.bytes += "b";
    }
    return parts;
}

}  // namespace

TEST_CASE("storage/upcasters: steps are taken one after the other, erased parts pass") {
    const upcasters all = upcasters().current("sent", 3).step("sent", 1, append_b).step("sent", 2, append_b);
    path::event_envelope event = old_event(1);
    REQUIRE(all.lift(event));
    CHECK(event.schema_version == 3);
    CHECK(event.parts[0].bytes == "abb");
    CHECK(event.parts[1].bytes.empty());
    path::event_envelope current = old_event(3);
    REQUIRE(all.lift(current));
    CHECK(current.parts[0].bytes == "a");
    path::event_envelope unknown = old_event(9);
    unknown.type = "other";
    CHECK(all.lift(unknown));
}

TEST_CASE("storage/upcasters: a missing step, a newer event and a failing step are errors") {
    path::event_envelope event = old_event(1);
    CHECK(upcasters().current("sent", 2).lift(event).error().code() == error_code::store_upcaster_missing);
    path::event_envelope newer = old_event(3);
    CHECK(upcasters().current("sent", 2).lift(newer).error().code() == error_code::store_schema_newer);
    const auto fails = [](std::vector<path::event_part>) -> result<std::vector<path::event_part>> {
        return error(error_code::json_syntax, "the part is no JSON");
    };
    path::event_envelope bad = old_event(1);
    CHECK(upcasters().current("sent", 2).step("sent", 1, fails).lift(bad).error().code() == error_code::json_syntax);
}
