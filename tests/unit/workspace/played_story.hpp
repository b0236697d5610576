// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_TESTS_WORKSPACE_PLAYED_STORY_HPP
#define POLKU_TESTS_WORKSPACE_PLAYED_STORY_HPP

#include <polku/json/text.hpp>
#include <polku/path/queries.hpp>
#include <polku/workspace/examples.hpp>
#include <polku/workspace/workspace.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace polku_tests {

/// A shipped path, and a store in which its example clients have gone their ways.
struct played_story {
    polku::path_bundle bundle;
    polku::example_file examples;
    std::unique_ptr<polku::workspace> store = polku::workspace::try_open(":memory:").value();
    int asked = 0;

    explicit played_story(const std::string& id)
        : bundle(polku::try_shipped_path(id).value()), examples(polku::try_shipped_examples(id).value()) {
        store->try_use(bundle).value();
        for (const polku::feel::value& command : commands_in_order(examples)) {
            const auto done = store->try_execute(command);
            REQUIRE_MESSAGE(done.has_value(), (done ? std::string() : done.error().to_string()));
        }
    }

    const polku::path::definition& says() const { return bundle.path.says(); }

    const polku::example_client& client(std::string_view id) const {
        const auto found = std::find_if(examples.clients.begin(), examples.clients.end(),
                                        [id](const auto& each) { return each.id == id; });
        REQUIRE(found != examples.clients.end());
        return *found;
    }

    polku::path::case_state state(std::string_view id) const { return store->try_load(client(id).case_)->state; }

    std::vector<polku::path::case_state> all() const {
        std::vector<polku::path::case_state> states;
        for (const polku::example_client& one : examples.clients) states.push_back(state(one.id));
        return states;
    }

    /// What waits in a case on the example day.
    std::vector<polku::path::due_item> due(std::string_view id) const {
        return polku::path::due(bundle.path, state(id), std::nullopt, examples.as_of);
    }

    /// One more command, of the example day; the code of its refusal, or none.
    std::optional<polku::error_code> refused(std::string_view id, const std::string& command, const std::string& data) {
        const std::string text = R"({"command":")" + command + R"(","case":")" + client(id).case_ +
                                 R"(","command_id":"asked-)" + std::to_string(++asked) + R"(","now":")" +
                                 polku::time::to_string(examples.as_of) +
                                 R"(T12:00:00Z","actor":"worker-1","purpose":"service path","data":)" + data + "}";
        const auto done = store->try_execute(polku::json::try_parse(text).value());
        return done ? std::nullopt : std::optional<polku::error_code>(done.error().code());
    }

    /// How the case looks to a reader of that language, as JSON text.
    std::string shown(std::string_view id, const std::string& language) const {
        return polku::json::write(store->try_case(client(id).case_, {examples.as_of, language, false}).value());
    }

    const polku::path::obligation_definition& obligation(std::string_view id) const {
        const auto* found = bundle.path.find_obligation(id);
        REQUIRE(found != nullptr);
        return *found;
    }
};

/// Each path's clients are played once in a test program, for all that only looks at them.
inline const played_story& played(const std::string& id) {
    static std::map<std::string, played_story> all;
    return all.try_emplace(id, id).first->second;
}

/// The list's item of that id.
template <class Item>
const Item& with_id(const std::vector<Item>& among, std::string_view id) {
    const auto found = std::find_if(among.begin(), among.end(), [id](const Item& each) { return each.id == id; });
    REQUIRE(found != among.end());
    return *found;
}

inline bool has(const std::vector<std::string>& among, std::string_view wanted) {
    return std::find(among.begin(), among.end(), wanted) != among.end();
}

}  // namespace polku_tests

#endif
