// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_TESTS_WORKSPACE_PLAYED_EXAMPLES_HPP
#define POLKU_TESTS_WORKSPACE_PLAYED_EXAMPLES_HPP

#include "played_story.hpp"

#include <algorithm>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace polku_tests {

/// Member of a command's data as text; empty when it has none.
inline std::string data_text(const polku::feel::value& command, std::string_view member) {
    const polku::feel::value* data = command.as_context().find("data");
    const polku::feel::value* found = data ? data->as_context().find(member) : nullptr;
    return found && found->is(polku::feel::kind::string) ? std::string(found->as_string()) : std::string();
}

/// Plays one example client without the commands that `leave_out` names; the first refusal, or nothing.
inline std::optional<polku::error> first_refusal(const std::string& path, std::string_view client,
                                                 const std::function<bool(const polku::feel::value&)>& leave_out) {
    const auto store = polku::workspace::try_open(":memory:").value();
    store->try_use(polku::try_shipped_path(path).value()).value();
    polku::example_file examples = polku::try_shipped_examples(path).value();
    std::erase_if(examples.clients, [&](const polku::example_client& one) { return one.id != client; });
    for (const polku::feel::value& command : commands_in_order(examples)) {
        if (leave_out(command)) continue;
        if (const auto done = store->try_execute(command); !done) return done.error();
    }
    return std::nullopt;
}

/// True when a routing decision of the case followed that rule.
inline bool followed(const polku::path::case_state& in, std::string_view rule) {
    return std::any_of(in.decisions.begin(), in.decisions.end(), [&](const auto& made) {
        const auto& rules = made.content.reasons;
        return std::find(rules.begin(), rules.end(), rule) != rules.end();
    });
}

/// The duties of one kind that a case has had.
inline std::vector<polku::path::obligation> duties(const polku::path::case_state& in, std::string_view id) {
    std::vector<polku::path::obligation> found;
    for (const polku::path::obligation& each : in.obligations)
        if (each.obligation_ == id) found.push_back(each);
    return found;
}

template <class List, class Value>
bool has(const List& among, const Value& wanted) {
    return std::find(among.begin(), among.end(), wanted) != among.end();
}

}  // namespace polku_tests

#endif
