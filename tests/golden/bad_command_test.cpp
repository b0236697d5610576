// SPDX-License-Identifier: Apache-2.0
// Commands that must be refused, each told to a case in a given state: the error, and a store that stays as it was.
#include "golden/bad_input.hpp"
#include "unit/workspace/example_commands.hpp"

#include <map>
#include <memory>

using namespace polku;
using namespace bad_input;

namespace {

/// Workspaces in memory by what was done in them; a refused command changes nothing, so that cases share them.
class prepared_workspaces {
public:
    /// `setup`: `client` (an example client), `until` (id of the last of its commands that is carried out).
    workspace& after(const feel::context& setup) {
        const std::string client = text_member(setup, "client");
        const std::string until = text_member(setup, "until");
        std::unique_ptr<workspace>& made = made_[client + " " + until];
        if (made) return *made;
        made = polku_tests::open_in_memory();
        if (until.empty()) return *made;
        for (const feel::value& each : polku_tests::commands_of(polku_tests::example_client(client))) {
            const auto answer = made->try_execute(each);
            REQUIRE_MESSAGE(answer.has_value(), (answer ? std::string() : answer.error().to_string()));
            if (text_member(each.as_context(), "command_id") == until) return *made;
        }
        FAIL("no command " << until);
        return *made;
    }

private:
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
        workspace& in = workspaces.after(says.find("setup")->as_context());
        const std::string before = in.try_head().value();
        const auto answer = in.try_execute(*says.find("command"));
        CHECK_FALSE(answer);
        if (answer) continue;
        compare(file, answer.error());
        CHECK(in.try_head().value() == before);
    }
}
