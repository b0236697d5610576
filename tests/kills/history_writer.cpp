// SPDX-License-Identifier: Apache-2.0
// A writer that a test kills at any moment. It draws a history by chance: cases that walk along shipped paths, places
// that all writers of a store race for, employers who apply for the employment supplement. It prints each command once
// the store has answered; what was printed must be there for ever.
//
//   history_writer write STORE SEED [KEYFILE]     until killed
//   history_writer check STORE [KEYFILE]          reads commands from standard input, a line each: all must have been
//                                                 stored as they are, and the store must be whole; writes nothing
#include "check_projections.hpp"

#include "workspace/command_envelope.hpp"

#include <polku/json/path_commands.hpp>
#include <polku/json/text.hpp>
#include <polku/path/random_walk.hpp>
#include <polku/workspace/path_bundle.hpp>
#include <polku/workspace/supplement.hpp>

#include <cstdio>
#include <cstring>
#include <iostream>
#include <memory>
#include <vector>

namespace {

using namespace polku;

// All commands are recorded at one time, so that no writer is ahead of the others; what they tell of is earlier.
constexpr const char* now_text = "2026-12-31T10:00:00Z";
const time::date today = *time::date::from_parts(2026, 12, 31);
const std::string book = "0000000000000000000000000e0b00c5";

std::string hex_id(const std::string& of) {
    const path::hash whole = storage::blake2b(of);
    path::stream_id id;
    std::copy_n(whole.begin(), id.bytes.size(), id.bytes.begin());
    return storage::to_hex(id.bytes);
}

struct walking_case {
    std::string id;
    path_bundle path;
    path::random_walk chance;
    time::date day;
};

class history {
public:
    history(workspace& in, std::uint64_t seed)
        : in_(in), prefix_("w" + std::to_string(seed)), chance_(paths_.front().path, walk_of(seed)) {
        // A writer has one path beside that of the places, so that it starts soon.
        const std::vector<std::string> ids = shipped_path_ids();
        paths_.push_back(try_shipped_path(ids[chance_.below(ids.size())]).value());
        for (const path_bundle& each : paths_) in_.try_use(each).value();
        read_employers();
    }

    void step() {
        const std::uint64_t drawn = chance_.below(10);
        if (drawn < 1 || cases_.empty()) return open();
        if (drawn < 6) return walk(cases_[chance_.below(cases_.size())]);
        if (drawn < 8) return use_places();
        if (next_ < employers_.size()) send(employers_[next_++]);
    }

private:
    /// Carries a command out and prints it. What the rules refuse is left.
    bool send(const feel::value& document) {
        const auto answer = in_.try_execute(document);
        if (!answer) {
            const auto code = static_cast<int>(answer.error().code());
            // The store itself must never fail, whatever happens to its other writers.
            if (code >= 700 && code < 800) {
                std::fprintf(stderr, "%s\n", answer.error().to_string().c_str());
                std::exit(1);
            }
            return false;
        }
        // A command that changes nothing is answered and not stored.
        if (answer->as_context().find("events")->as_list().empty()) return true;
        std::printf("%s\n", json::write(document).c_str());
        std::fflush(stdout);
        return true;
    }

    feel::value document(const std::string& kind, const std::string& id, const std::string& command,
                         feel::context data) {
        return feel::value(feel::context{{"command", command},
                                         {kind, id},
                                         {"command_id", prefix_ + "-" + std::to_string(++commands_)},
                                         {"now", now_text},
                                         {"actor", "worker-1"},
                                         {"purpose", "service need"},
                                         {"data", feel::value(std::move(data))}});
    }

    void open() {
        const std::string id = hex_id(prefix_ + " case " + std::to_string(cases_.size()));
        const path_bundle& path = paths_[chance_.below(paths_.size())];
        path::walk_options walk;
        walk.seed = chance_.below(UINT64_MAX);
        walk.client = hex_id(id + " client");
        const time::date day =
            *time::date::from_parts(2025, 1, 7)->plus_days(static_cast<std::int64_t>(chance_.below(300)));
        cases_.push_back({id, path, path::random_walk(path.path, walk), day});
        tell(cases_.back(), {});
    }

    void walk(walking_case& one) {
        const auto loaded = in_.try_load(one.id);
        if (!loaded) return;  // its opening was refused
        if (loaded->state.is_closed()) return;
        const auto later = one.day.plus_days(static_cast<std::int64_t>(one.chance.below(12)));
        if (later && *later < today) one.day = *later;
        tell(one, loaded->state);
    }

    void tell(walking_case& one, const path::case_state& state) {
        path::command next = one.chance.next(state, one.day);
        if (!next.on) next.on = one.day;
        feel::context data;
        std::string type;
        const feel::value whole = json::command_to_value(next);
        for (const auto& [name, value] : whole.as_context()) {
            if (name == "type") {
                type = std::string(value.as_string());
            } else {
                data.append(name, value);
            }
        }
        if (type == "open_case") data.append("path", one.path.id());
        send(document("case", one.id, type, std::move(data)));
    }

    void use_places() {
        if (!opened_) {
            // One writer is the first, and the others are refused.
            send(document(
                "environment", book, "open_places",
                {{"path", "toimi"}, {"environment", "joensuu"}, {"places", std::int64_t{2}}, {"on", "2025-01-02"}}));
            opened_ = true;
        }
        if (!held_.empty() && chance_.below(3) == 0) {
            send(document("environment", book, "release_place",
                          {{"reservation", held_.back()}, {"reason", "no need"}, {"on", "2025-01-03"}}));
            held_.pop_back();
            return;
        }
        const walking_case& one = cases_[chance_.below(cases_.size())];
        const time::date from =
            *time::date::from_parts(2025, 2, 3)->plus_days(static_cast<std::int64_t>(chance_.below(600)));
        const std::string id = prefix_ + "-r" + std::to_string(commands_);
        const feel::context place{{"from", from}, {"until", *from.plus_days(30)}};
        if (send(
                document("environment", book, "reserve_place",
                         {{"reservation", id}, {"case", one.id}, {"place", feel::value(place)}, {"on", "2025-01-03"}})))
            held_.push_back(id);
    }

    /// The example employers, under ids of this writer's own.
    void read_employers() {
        const example_employers shipped = try_shipped_employers().value();
        std::vector<std::string> ids{shipped.programme};
        std::vector<feel::value> all = shipped.opening;
        for (const example_employer& each : shipped.employers) {
            ids.push_back(each.employer);
            all.insert(all.end(), each.commands.begin(), each.commands.end());
        }
        for (const std::string& version : shipped_terms_versions())
            try_use_terms(in_, try_shipped_terms(version).value()).value();
        for (const feel::value& each : all) {
            std::string text = json::write(each);
            for (const std::string& id : ids) {
                for (std::size_t at = text.find(id); at != std::string::npos; at = text.find(id))
                    text.replace(at, id.size(), hex_id(prefix_ + id));
            }
            feel::context command = json::try_parse(text).value().as_context();
            const std::string day(command.find("now")->as_string().substr(0, 10));
            feel::context data;
            if (const feel::value* given = command.find("data")) data = given->as_context();
            if (data.find("on") == nullptr) data.append("on", day);
            command.set("data", feel::value(std::move(data)));
            command.set("now", now_text);
            command.set("command_id", prefix_ + "-" + std::string(command.find("command_id")->as_string()));
            employers_.push_back(feel::value(std::move(command)));
        }
    }

    static path::walk_options walk_of(std::uint64_t seed) {
        path::walk_options made;
        made.seed = seed;
        return made;
    }

    workspace& in_;
    std::string prefix_;
    std::vector<path_bundle> paths_{try_shipped_path("toimi").value()};
    path::random_walk chance_;
    std::vector<walking_case> cases_;
    std::vector<feel::value> employers_;
    std::vector<std::string> held_;
    std::size_t next_ = 0;
    std::uint64_t commands_ = 0;
    bool opened_ = false;
};

int fail(const std::string& what) {
    std::fprintf(stderr, "%s\n", what.c_str());
    return 1;
}

int check(workspace& in) {
    std::string line;
    std::size_t known = 0;
    std::size_t events = 0;
    while (std::getline(std::cin, line)) {
        if (line.empty()) continue;
        const detail::command_envelope asked = detail::read_envelope(json::try_parse(line).value()).value();
        const auto found = in.store().try_find_command(asked.command_id, asked.content);
        if (!found) return fail(asked.command_id + ": " + found.error().to_string());
        if (!*found) return fail("an acknowledged command is not there: " + line);
        if (!(*found)->repeated) return fail("a stored command is not told as repeated: " + asked.command_id);
        ++known;
    }
    const std::string wrong = kills::check_projections(in, today);
    if (!wrong.empty()) return fail("projections: " + wrong);
    const auto report = in.store().try_verify();
    if (!report) return fail(report.error().to_string());
    for (const diagnostic& each : report->findings) {
        if (each.severity == severity::error) return fail("the store does not verify: " + each.what.to_string());
    }
    events = static_cast<std::size_t>(report->events);
    std::printf("%zu %zu\n", known, events);
    return 0;
}

}  // namespace

int main(int count, char** arguments) {
    const std::string what = count > 2 ? arguments[1] : "";
    const int key_at = what == "write" ? 4 : 3;
    if ((what != "write" && what != "check") || (what == "write" && count < 4)) return 2;
    workspace_options options;
    options.busy_timeout_ms = 30'000;
    if (count > key_at) options.keys = storage::try_read_key_file(arguments[key_at]).value();
    const auto in = workspace::try_open(arguments[2], std::move(options));
    if (!in) return fail(in.error().to_string());
    if (what == "check") return check(**in);
    history drawn(**in, std::stoull(arguments[3]));
    for (;;) drawn.step();
}
