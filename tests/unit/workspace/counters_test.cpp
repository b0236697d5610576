// SPDX-License-Identifier: Apache-2.0
// Counters of the situation picture in stores: always what the cases say, or plainly not complete.
#include <polku/report/situation_output.hpp>
#include <polku/storage/hash.hpp>
#include <polku/storage/sqlite_store.hpp>
#include <polku/workspace/situation.hpp>
#include <polku/workspace/synthetic.hpp>

#include "example_commands.hpp"
#include "unit/storage/raw_database.hpp"
#include "unit/storage/temporary_folder.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

using namespace polku;
using namespace polku_tests;
using storage_test::raw_database;
using storage_test::temporary_folder;

namespace {

time::date day(std::string_view text) { return time::parse_date(text).value(); }

std::string picture(workspace& of, time::date on, picture_source source, const report::situation_options& shown) {
    picture_options options;
    options.shown = shown;
    options.source = source;
    const made_picture made = try_situation(of, on, options).value();
    CHECK(made.from_counters == (source == picture_source::best));
    return situation_json(made.picture, report::picture_part::all);
}

std::vector<loaded_case> all_cases(workspace& of) {
    std::vector<loaded_case> cases;
    const auto rows = of.store().try_find_streams({.kind = path::stream_kind::case_}).value();
    for (const storage::stream_row& row : rows) cases.push_back(of.try_load(storage::to_hex(row.stream.bytes)).value());
    return cases;
}

/// On some days, with and without hiding, what the counters say is what the cases say.
void check_pictures(workspace& of, time::date first, time::date last, std::int64_t step) {
    const std::vector<loaded_case> cases = all_cases(of);
    CHECK(cases.size() > 1);
    for (time::date on = first; on <= last; on = *on.plus_days(is_sampled(10) ? 4 * step : step)) {
        CAPTURE(time::to_string(on));
        report::situation_builder expected(on);
        for (const loaded_case& each : cases)
            if (const auto record = report::try_record(each.path, each.state, on)) expected.add(each.path, *record);
        for (const std::int64_t threshold : {1, 5})
            CHECK(picture(of, on, picture_source::best, {threshold, {}}) ==
                  situation_json(expected.finish({threshold, {}}), report::picture_part::all));
    }
}

std::unique_ptr<workspace> open_file(const std::string& path, bool sealed = false) {
    workspace_options options;
    if (sealed) options.keys = storage::master_key_of("test", storage::key_bytes{7});
    auto opened = workspace::try_open(path, std::move(options)).value();
    for (const std::string& id : shipped_path_ids()) opened->try_use(try_shipped_path(id).value()).value();
    return opened;
}

std::vector<path_bundle> all_paths() {
    std::vector<path_bundle> bundles;
    for (const std::string& id : shipped_path_ids()) bundles.push_back(try_shipped_path(id).value());
    return bundles;
}

void generate(workspace& into, std::uint64_t cases) {
    synthetic_options options;
    options.cases = cases;
    options.seed = 3;
    options.first = day("2025-01-01");
    options.last = day("2026-06-30");
    options.recorded_at_ms = 1'782'900'000'000;
    try_generate(into.store(), all_paths(), options).value();
}

/// A command of the example days to a case, with its data.
feel::value command(const std::string& type, const std::string& case_id, const std::string& data,
                    const std::string& now) {
    static int number = 0;
    return json::try_parse(R"({"command":")" + type + R"(","case":")" + case_id + R"(","command_id":"counted-)" +
                           std::to_string(++number) + R"(","now":")" + now +
                           R"(T12:00:00Z","actor":"worker-1","purpose":"service path","data":)" + data + "}")
        .value();
}

std::string member(const feel::value& of, std::string_view name) {
    return std::string(of.as_context().find(name)->as_string());
}

}  // namespace

TEST_CASE("workspace/counters: example clients count as reading their cases does") {
    for (const std::string id : {"top", "toimi"}) {
        CAPTURE(id);
        auto in = open_file(":memory:");
        for (const feel::value& each : commands_in_order(try_shipped_examples(id).value()))
            in->try_execute(each).value();
        check_pictures(*in, day("2025-12-01"), day("2027-12-01"), 61);
    }
}

TEST_CASE("workspace/counters: a sealed store counts too, and its labels are not in clear") {
    const temporary_folder folder;
    const std::string path = folder.file("sealed.db");
    auto in = open_file(path, true);
    for (const feel::value& each : commands_in_order(try_shipped_examples("typ").value()))
        in->try_execute(each).value();
    check_pictures(*in, day("2025-12-01"), day("2027-12-01"), 61);
    const time::date on = day("2026-10-01");
    CHECK(picture(*in, on, picture_source::cases, {5, {}}) == picture(*in, on, picture_source::best, {5, {}}));
    picture_options one;
    one.path = "typ";
    CHECK(try_situation(*in, on, one)->from_counters);
    one.path = "no-such-path";
    CHECK(try_situation(*in, on, one).error().code() == error_code::not_found);
    one.path.clear();
    one.shown.municipality = "no-such-place";
    CHECK(try_situation(*in, on, one).error().code() == error_code::not_found);

    in.reset();
    const std::string bytes = storage_test::text_of(path) + storage_test::text_of(path + "-wal");
    CHECK(bytes.find("case_opened") != std::string::npos);
    CHECK(bytes.find("transition\n") == std::string::npos);
    CHECK(bytes.find("target_group\n") == std::string::npos);
    CHECK(raw_database(path).run("UPDATE labels SET bytes = zeroblob(60)") == SQLITE_OK);
    in = open_file(path, true);
    CHECK(try_situation(*in, on, {}).error().code() == error_code::store_seal_broken);
}

TEST_CASE("workspace/counters: made-up cases, a recount of them, and a store that nobody counted") {
    const temporary_folder folder;
    const std::string path = folder.file("made-up.db");
    auto in = open_file(path);
    generate(*in, 30);
    check_pictures(*in, day("2025-01-15"), day("2028-01-01"), 97);
    const auto sums = [&](std::int64_t at) {
        auto found = in->store().try_counters(*day("2025-06-01").plus_days(at * 90)).value().labels;
        std::erase_if(found, [](const storage::counted_label& each) { return each.sums.empty(); });
        std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.label < b.label; });
        return found;
    };
    std::vector<std::vector<storage::counted_label>> kept;
    for (std::int64_t at = 0; at < 6; ++at) kept.push_back(sums(at));
    const recount_answer again = try_recount(*in).value();
    CHECK(again.cases == 30);
    CHECK(again.were_complete);
    for (std::int64_t at = 0; at < 6; ++at) CHECK(sums(at) == kept[static_cast<std::size_t>(at)]);

    in.reset();
    CHECK(raw_database(path).run("UPDATE counting SET counted_to = 0") == SQLITE_OK);
    in = open_file(path);
    CHECK_FALSE(try_situation(*in, day("2026-01-01"), {})->from_counters);
    CHECK_FALSE(try_recount(*in)->were_complete);
    check_pictures(*in, day("2025-06-01"), day("2026-12-01"), 120);
}

TEST_CASE("workspace/counters: what is told of a client in one case counts in the client's other case") {
    auto in = open_in_memory();
    std::vector<feel::value> commands = commands_of(client_named(example_clients().clients.front().id));
    const std::string first = case_of(example_clients().clients.front());
    const std::string second = "0123456789abcdef0123456789abcdef";
    in->try_execute(commands.front()).value();
    feel::value opening = with_member(with_member(commands.front(), "case", second), "command_id", "second");
    in->try_execute(opening).value();
    for (std::size_t at = 1; at < commands.size(); ++at) in->try_execute(commands[at]).value();
    const std::string now = member(commands.back(), "now").substr(0, 10);
    in->try_execute(command("record_fact", second, R"({"fact":"age","value":44,"source":"client"})", now)).value();
    check_pictures(*in, day("2025-12-01"), day("2027-06-01"), 37);
    in->try_execute(command("set_non_disclosure", first, R"({"until":"2026-12-31"})", now)).value();
    check_pictures(*in, day("2025-12-01"), day("2027-06-01"), 37);
}

TEST_CASE("workspace/counters: two writers to one store leave counters that are complete") {
    const temporary_folder folder;
    auto one = open_file(folder.file("two.db"));
    auto other = open_file(folder.file("two.db"));
    const auto commands = commands_in_order(try_shipped_examples("typ").value());
    for (std::size_t at = 0; at < commands.size(); ++at) (at % 2 == 0 ? one : other)->try_execute(commands[at]).value();
    check_pictures(*one, day("2026-01-01"), day("2027-06-01"), 90);
    check_pictures(*other, day("2026-06-01"), day("2027-06-01"), 90);
}

TEST_CASE("workspace/counters: erasing a client leaves the counts, and a recount that would lose them is refused") {
    const temporary_folder folder;
    auto in = open_file(folder.file("erased.db"), true);
    const auto examples = try_shipped_examples("typ").value();
    for (const feel::value& each : commands_in_order(examples)) in->try_execute(each).value();
    const time::date on = examples.as_of;
    const std::string before = picture(*in, on, picture_source::best, {1, {}});
    const std::string client = in->try_load(examples.clients.front().case_)->state.client;
    in->try_erase({client, std::string(storage::every_class), "retention", on}).value();
    CHECK(picture(*in, on, picture_source::best, {1, {}}) == before);
    CHECK(picture(*in, on, picture_source::cases, {1, {}}) != before);
    CHECK(try_recount(*in).error().code() == error_code::recount_would_forget);
    CHECK(picture(*in, on, picture_source::best, {1, {}}) == before);
    recount_options forget;
    forget.forget_erased = true;
    CHECK(try_recount(*in, forget)->were_complete);
    check_pictures(*in, day("2026-01-01"), day("2027-01-01"), 60);
}
