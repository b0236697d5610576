// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_TESTS_WORKSPACE_PLACE_TOWN_HPP
#define POLKU_TESTS_WORKSPACE_PLACE_TOWN_HPP

#include <polku/json/text.hpp>
#include <polku/path/places.hpp>
#include <polku/workspace/examples.hpp>
#include <polku/workspace/workspace.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <utility>

/// Clients of the shipped path `toimi` who want places.
namespace place_town {

using namespace polku;

inline const std::string workshop = "0000000000000000000000000e000001";
inline const std::string queue = "0000000000000000000000000e000002";

inline std::string case_id(int number) { return "000000000000000000000000da30090" + std::to_string(number); }
inline std::string client_id(int number) { return "000000000000000000000000d300090" + std::to_string(number); }
inline feel::value parsed(const std::string& text) { return json::try_parse(text).value(); }
inline time::date day(const char* text) { return *time::parse_date(text); }

/// Some clients like Reino of the shipped path `toimi`, as far as their referral to a coaching place has been received.
class town {
public:
    town(const std::string& file, int people, workspace_options with = {})
        : in_(workspace::try_open(file, std::move(with)).value()) {
        in_->try_use(try_shipped_path("toimi").value()).value();
        const example_file examples = try_shipped_examples("toimi").value();
        const auto reino = std::find_if(examples.clients.begin(), examples.clients.end(),
                                        [](const example_client& each) { return each.id == "reino"; });
        REQUIRE(reino != examples.clients.end());
        for (const feel::value& command : reino->commands) {
            if (text_of(command, "command") == "update_client") continue;
            for (int each = 1; each <= people; ++each) REQUIRE(in_->try_execute(as_another(command, each)));
            if (is_receiving(command)) return;
        }
        FAIL("the example of Reino has no received referral to a coaching place");
    }

    workspace& in() { return *in_; }
    result<feel::value> ask(const std::string& kind, const std::string& id, const std::string& command,
                            const std::string& data, const std::string& on) {
        return in_->try_execute(document(kind, id, command, data, on, std::to_string(++commands_)));
    }
    feel::value tell(const std::string& kind, const std::string& id, const std::string& command,
                     const std::string& data, const std::string& on) {
        auto answer = ask(kind, id, command, data, on);
        REQUIRE_MESSAGE(answer.has_value(), (answer ? std::string() : answer.error().to_string()));
        return std::move(answer).value();
    }
    static feel::value document(const std::string& kind, const std::string& id, const std::string& command,
                                const std::string& data, const std::string& on, const std::string& command_id) {
        return parsed(R"({"command":")" + command + R"(",")" + kind + R"(":")" + id + R"(","command_id":"t-)" +
                      command_id + R"(","now":")" + on +
                      R"(T10:00:00Z","actor":"worker-604","purpose":"places","data":)" + data + "}");
    }
    path::referral_state referral_of(int number) {
        return path::find_referral(in_->try_load(case_id(number)).value().state, "ref-place")->state;
    }
    void open_queue() {
        tell("environment", queue, "open_places",
             R"({"path":"toimi","service":"coaching place","municipality":"422","places":1})", "2026-02-03");
    }
    void join(int number) {
        tell("environment", queue, "join_waiting_list",
             R"({"entry":"e)" + std::to_string(number) + R"(","case":")" + case_id(number) +
                 R"(","referral":"ref-place","wishes":{}})",
             "2026-02-03");
    }

private:
    static std::string text_of(const feel::value& of, std::string_view member) {
        const feel::value* found = of.as_context().find(member);
        return found && found->is(feel::kind::string) ? std::string(found->as_string()) : std::string();
    }
    static bool is_receiving(const feel::value& command) {
        const feel::value* data = command.as_context().find("data");
        return data && text_of(*data, "referral") == "ref-place" && text_of(*data, "move") == "receive";
    }
    static feel::value as_another(const feel::value& command, int number) {
        feel::context made = command.as_context();
        made.set("case", case_id(number));
        made.set("command_id", text_of(command, "command_id") + "-" + std::to_string(number));
        if (text_of(command, "command") == "open_case") {
            feel::context data = made.find("data")->as_context();
            data.set("client", client_id(number));
            made.set("data", feel::value(std::move(data)));
        }
        return feel::value(std::move(made));
    }

    std::unique_ptr<workspace> in_;
    int commands_ = 0;
};

inline std::string reserve(const std::string& id, int number, const std::string& from, const std::string& until) {
    return R"({"reservation":")" + id + R"(","case":")" + case_id(number) + R"(","place":{"from":")" + from +
           R"(","until":")" + until + R"("}})";
}

}  // namespace place_town

#endif
