// SPDX-License-Identifier: Apache-2.0
// What a workspace does over a file it does over PostgreSQL.
#include <polku/json/text.hpp>
#include <polku/report/situation_output.hpp>
#include <polku/storage/postgres_store.hpp>
#include <polku/workspace/situation.hpp>
#include <polku/workspace/workspace.hpp>

#include "postgres/postgres_server.hpp"

#include <workspace/named_store.hpp>

#include <doctest/doctest.h>

using namespace polku;
using storage_test::fresh_schema;
using storage_test::postgres_server;
using storage_test::temporary_folder;

namespace {

const std::string code = "010190-999W";
const std::string client = "000000000000000000000000000c11a0";
const time::date april = *time::date::from_parts(2026, 4, 1);

storage::key_options test_keys() { return storage::master_key_of("2026", storage::key_bytes{1, 2, 3}); }

std::unique_ptr<workspace> with_path(std::unique_ptr<workspace> opened) {
    opened->try_use(try_shipped_path("toimi").value()).value();
    return opened;
}

std::unique_ptr<workspace> open_postgres(const std::string& schema, bool sealed) {
    storage::postgres_options options;
    options.schema = schema;
    if (sealed) options.keys = test_keys();
    auto store = storage::try_open_postgres(postgres_server::only()->address(), std::move(options)).value();
    return with_path(workspace::try_open(std::move(store)).value());
}

std::unique_ptr<workspace> open_file(const std::string& path, bool sealed) {
    workspace_options options;
    if (sealed) options.keys = test_keys();
    return with_path(workspace::try_open(path, std::move(options)).value());
}

/// The answer, or the error's text.
std::string tell(workspace& in, int number, const std::string& command, const std::string& data) {
    const auto done = in.try_execute(
        json::try_parse(R"({"command":")" + command +
                        R"(","case":"0000000000000000000000000000ca01","command_id":"w-)" + std::to_string(number) +
                        R"(","now":"2026-02-0)" + std::to_string(number) +
                        R"(T10:00:00Z","actor":"worker-1","purpose":"service need","data":)" + data + "}")
            .value());
    return done ? json::write(*done) : done.error().to_string();
}

/// A client comes, is known by a code and has a fact; then the question of everything that a host asks.
std::vector<std::string> story(workspace& in) {
    std::vector<std::string> told;
    told.push_back(tell(
        in, 2, "open_case",
        R"({"path":"toimi","municipality":"167","entry":"employment services","reason":"Pitkittynyt työttömyys.",)"
        R"("sender":{"person":"worker-1","role":"responsible_worker","organisation":"employment_area"},"client":")" +
            client + R"("})"));
    told.push_back(tell(in, 3, "update_client", R"({"details":{"identity_code":")" + code + R"("}})"));
    told.push_back(tell(in, 3, "update_client", R"({"details":{"identity_code":")" + code + R"("}})"));  // again
    told.push_back(tell(in, 4, "record_fact", R"({"fact":"in target group","value":7,"source":"responsible_worker"})"));
    told.push_back(
        tell(in, 5, "record_fact", R"({"fact":"in target group","value":true,"source":"responsible_worker"})"));
    told.push_back(json::write(in.try_find_client("identity_code", code).value()));
    told.push_back(json::write(in.try_case("0000000000000000000000000000ca01", {.as_of = april}).value()));
    told.push_back(report::situation_json(try_situation(in, april, {}).value().picture, report::picture_part::all));
    return told;
}

}  // namespace

TEST_CASE("workspace/postgres: commands, cases, finding and pictures are those of a file") {
    if (postgres_server::only() == nullptr) return;
    const temporary_folder folder;
    for (const bool sealed : {false, true}) {
        CAPTURE(sealed);
        const std::string schema = fresh_schema();
        const auto in = open_postgres(schema, sealed);
        const std::vector<std::string> told = story(*in);
        CHECK(told == story(*open_file(folder.file(sealed ? "sealed.db" : "plain.db"), sealed)));
        CHECK(told[1].find("client_details_recorded") != std::string::npos);
        CHECK(told[4].find("fact_recorded") != std::string::npos);
        CHECK(told[5].find(client) != std::string::npos);
        CHECK(json::write(in->try_verify("").value()).find(R"("findings":[])") != std::string::npos);
        // Another server of the region goes on where this one stopped.
        const auto elsewhere = open_postgres(schema, sealed);
        CHECK(tell(*elsewhere, 6, "record_fact",
                   R"({"fact":"in target group","value":false,"source":"responsible_worker"})")
                  .find("fact_recorded") != std::string::npos);
        CHECK(json::write(in->try_case("0000000000000000000000000000ca01", {.as_of = april}).value()) != told[6]);
    }
}

TEST_CASE("workspace/postgres: keys are changed, a client is erased and no longer found") {
    if (postgres_server::only() == nullptr) return;
    const std::string schema = fresh_schema();
    const auto in = open_postgres(schema, true);
    story(*in);
    REQUIRE(in->try_checkpoint());
    const auto erased = in->try_erase({client, "*", "request", april});
    REQUIRE_MESSAGE(erased.has_value(), (erased ? std::string() : erased.error().to_string()));
    CHECK(json::write(in->try_find_client("identity_code", code).value()) == "[]");
    CHECK(in->try_finish_erasures().value() == 0);
    CHECK(in->try_ledger().value().find(client) != std::string::npos);
    CHECK(json::write(in->try_retention(april).value()) == "[]");
    CHECK(json::write(in->try_verify("").value()).find(R"("findings":[])") != std::string::npos);
}

TEST_CASE("workspace/postgres: a database is opened by its URI, another schema by a fragment") {
    if (postgres_server::only() == nullptr) return;
    const std::string schema = fresh_schema();
    const std::string uri =
        "postgresql:///postgres?user=owner&host=" + postgres_server::only()->folder().file("") + "#" + schema;
    workspace_options must_exist;
    must_exist.create = false;
    const auto missing = detail::try_open_named(uri, must_exist);
    REQUIRE_FALSE(missing);
    CHECK(missing.error().to_string().find(schema) != std::string::npos);
    workspace_options sealed;
    sealed.keys = test_keys();
    const auto in = with_path(detail::try_open_named(uri, sealed).value());
    CHECK(tell(*in, 2, "record_fact", R"({"fact":"in target group","value":true,"source":"responsible_worker"})")
              .find("not been opened") != std::string::npos);
    CHECK(story(*with_path(detail::try_open_named(uri, sealed).value())).size() == 8);
    const auto unsealed = detail::try_open_named(uri, must_exist);
    REQUIRE_FALSE(unsealed);
    CHECK(unsealed.error().code() == error_code::store_key_missing);
    const auto nowhere = detail::try_open_named("postgresql://nobody:secret@127.0.0.1:1/none", {});
    REQUIRE_FALSE(nowhere);
    CHECK(nowhere.error().code() == error_code::store_cannot_open);
    CHECK(nowhere.error().to_string().find("secret") == std::string::npos);
}
