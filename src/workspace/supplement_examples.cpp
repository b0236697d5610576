// SPDX-License-Identifier: Apache-2.0
#include "example_commands.hpp"

#include <polku/workspace/supplement.hpp>

#include <polku/json/described.hpp>
#include <polku/json/shipped.hpp>
#include <polku/json/text.hpp>

#include <algorithm>
#include <utility>

namespace polku::inline POLKU_V {

namespace {

constexpr std::string_view examples_file = "tyollistamislisa/employers.json";

/// In the file `publish_terms` names shipped terms by their version.
result<feel::value> with_hash(const feel::value& data) {
    feel::context made = data.as_context();
    const feel::value* const version = made.find("terms");
    if (version == nullptr || !version->is(feel::kind::string)) return data;
    POLKU_TRY(const terms_bundle terms, try_shipped_terms(version->as_string()));
    feel::context out;
    for (const auto& each : made)
        if (each.name != "terms") out.append(each.name, each.value);
    out.set("hash", terms.hash_text());
    return feel::value(std::move(out));
}

/// A command of the file, whole. Those of one day follow each other by the minute from nine o'clock.
result<feel::value> whole_command(const feel::value& said, std::string_view kind, const std::string& stream,
                                  const std::string& id, std::size_t number) {
    if (!said.is(feel::kind::context)) return said;  // which the workspace refuses
    feel::context whole{{std::string(kind), stream},
                        {"command_id", id + "-" + detail::two_digits(number)},
                        {"purpose", "employment supplement"}};
    for (const auto& each : said.as_context()) {
        if (each.name == "on") continue;
        if (each.name == "data" && each.value.is(feel::kind::context)) {
            POLKU_TRY(feel::value data, with_hash(each.value));
            whole.set(each.name, std::move(data));
        } else {
            whole.set(each.name, each.value);
        }
    }
    const feel::value* const day = said.as_context().find("on");
    if (day != nullptr && day->is(feel::kind::string))
        whole.set("now", std::string(day->as_string()) + "T09:" + detail::two_digits(number) + ":00Z");
    return feel::value(std::move(whole));
}

result<void> check_end(workspace& in, const example_employer& one) {
    POLKU_TRY(const loaded_employer loaded, try_load_employer(in, one.employer));
    const path::application* const found = path::find_application(loaded.state, one.application);
    if (found != nullptr && found->phase == one.phase && path::sums_of(*found).paid == one.paid) return {};
    return error(error_code::internal,
                 "example employer '" + one.id + "' is at " +
                     (found != nullptr ? json::write(json::to_value(found->phase)) : std::string("no application")) +
                     " with " + (found != nullptr ? path::sums_of(*found).paid.to_string() : std::string("0")) +
                     " paid, the file expects " + json::write(json::to_value(one.phase)) + " with " +
                     one.paid.to_string());
}

}  // namespace

result<example_employers> try_shipped_employers() {
    const auto bytes = json::find_shipped(examples_file);
    if (!bytes) return error(error_code::not_found, "the library ships no example employers");
    json::parse_options options;
    options.source = std::string(examples_file);
    POLKU_TRY(example_employers file, json::try_read<example_employers>(*bytes, options));
    std::size_t number = 0;
    for (feel::value& each : file.opening) {
        POLKU_TRY(each, whole_command(each, "programme", file.programme, "programme", ++number));
    }
    for (example_employer& one : file.employers) {
        number = 0;
        for (feel::value& each : one.commands) {
            POLKU_TRY(each, whole_command(each, "employer", one.employer, one.id, ++number));
        }
    }
    return file;
}

result<std::size_t> try_play_employers(workspace& in, const example_employers& examples) {
    for (const std::string& version : shipped_terms_versions()) {
        POLKU_TRY(const terms_bundle terms, try_shipped_terms(version));
        POLKU_CHECK(try_use_terms(in, terms));
    }
    std::vector<feel::value> commands = examples.opening;
    for (const example_employer& one : examples.employers)
        commands.insert(commands.end(), one.commands.begin(), one.commands.end());
    std::stable_sort(commands.begin(), commands.end(), [](const feel::value& left, const feel::value& right) {
        return detail::now_of(left) < detail::now_of(right);
    });
    for (const feel::value& command : commands) {
        const auto done = in.try_execute(command);
        if (!done)
            return error(done.error().code(), "the example command " + json::write(command) + " failed")
                .because(done.error());
    }
    for (const example_employer& one : examples.employers) POLKU_CHECK(check_end(in, one));
    return commands.size();
}

}  // namespace polku::inline POLKU_V
