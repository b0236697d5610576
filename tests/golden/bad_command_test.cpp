// SPDX-License-Identifier: Apache-2.0
// Commands that must be refused, each told to a case in a given state: the error, and a store that stays as it was.
#include "golden/bad_input.hpp"
#include "unit/workspace/example_commands.hpp"

#include <map>
#include <memory>
#include <vector>

using namespace polku;
using namespace bad_input;

namespace {

/// Workspaces in memory by what was done in them; a refused command changes nothing, so that cases share them.
class prepared_workspaces {
public:
    /// `setup`: `client` (an example client), `until` (id of the last of its commands that is carried out), `then`
    /// (further commands); nothing at all leaves the store empty.
    workspace& after(const feel::value& setup) {
        std::unique_ptr<workspace>& made = made_[json::write(setup)];
        if (made) return *made;
        made = polku_tests::open_in_memory();
        for (const feel::value& each : commands_of(setup.as_context())) {
            const auto answer = made->try_execute(each);
            REQUIRE_MESSAGE(answer.has_value(), (answer ? std::string() : answer.error().to_string()));
        }
        return *made;
    }

private:
    static std::vector<feel::value> commands_of(const feel::context& setup) {
        std::vector<feel::value> all;
        if (setup.empty()) return all;
        const std::string until = text_member(setup, "until");
        for (feel::value& each : polku_tests::commands_of(polku_tests::client_named(text_member(setup, "client")))) {
            all.push_back(std::move(each));
            if (text_member(all.back().as_context(), "command_id") == until) break;
        }
        REQUIRE(text_member(all.back().as_context(), "command_id") == until);
        if (const feel::value* then = setup.find("then"); then != nullptr)
            for (const feel::value& each : then->as_list()) all.push_back(each);
        return all;
    }

    std::map<std::string, std::unique_ptr<workspace>> made_;
};

}  // namespace

TEST_CASE(
    "golden/command: each command is refused with the error that stands beside it, and the store stays as it was") {
    const auto files = files_of("command");
    CHECK(files.size() >= 60);
    prepared_workspaces workspaces;
    for (const fs::path& file : files) {
        CAPTURE(file.filename().string());
        const feel::context says = object_of(file);
        workspace& in = workspaces.after(*says.find("setup"));
        const std::string before = in.try_head().value();
        const auto answer = in.try_execute(*says.find("command"));
        CHECK_FALSE(answer);
        if (answer) continue;
        compare(file, answer.error());
        CHECK(in.try_head().value() == before);
    }
}
