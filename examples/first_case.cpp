// SPDX-License-Identifier: Apache-2.0
#include <polku/json/text.hpp>
#include <polku/workspace/workspace.hpp>

#include <iostream>

int main() {
    const auto command = polku::json::try_parse(R"({
        "command": "open_case", "case": "00000000000000000000000000000001", "command_id": "first-1",
        "now": "2026-03-02T10:00:00Z", "actor": "worker-1", "purpose": "service need",
        "data": {"path": "tyokyky-kayttoon", "client": "c0000000000000000000000000000001",
                 "municipality": "698", "entry": "self_referral"}})");
    auto workspace = polku::workspace::try_open(":memory:").value();
    workspace->try_use(polku::try_shipped_path("tyokyky-kayttoon").value()).value();
    std::cout << polku::json::write(workspace->try_execute(command.value()).value()) << '\n';
    std::cout << polku::json::write(workspace->try_due(polku::time::parse_date("2026-03-09").value()).value()) << '\n';
}
