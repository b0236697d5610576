// SPDX-License-Identifier: Apache-2.0
// A writer that a test kills at any moment. It opens cases as fast as it can and prints each command id once the store
// has answered; what was printed must be there for ever.
//
//   kill_writer write STORE PREFIX     until killed
//   kill_writer check STORE            reads command ids from standard input; each must answer as the first time, and
//                                      the store must verify
#include <polku.h>

#include <cstdio>
#include <cstring>
#include <iostream>
#include <string>

namespace {

/// 32 hexadecimal digits from a command id, the same each time.
std::string case_of(const std::string& command_id) {
    unsigned long long high = 1469598103934665603ULL;
    unsigned long long low = 1099511628211ULL;
    for (const char c : command_id) {
        high = (high ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
        low = (low + static_cast<unsigned char>(c)) * 6364136223846793005ULL + 1442695040888963407ULL;
    }
    char text[40];
    std::snprintf(text, sizeof text, "%016llx%016llx", high, low);
    return text;
}

std::string command_of(const std::string& command_id) {
    return R"({"command":"open_case","case":")" + case_of(command_id) + R"(","command_id":")" + command_id +
           R"(","now":"2026-03-02T10:00:00Z","actor":"worker-1","purpose":"service need","data":{"path":"tyokyky-kayttoon",)" +
           R"("client":")" + case_of("client " + command_id) + R"(","municipality":"698","entry":"self_referral"}})";
}

/// The answer of the store, or nothing after printing the error.
std::string execute(polku_store* store, const std::string& command_id) {
    const std::string command = command_of(command_id);
    polku_string* out = nullptr;
    polku_error* err = nullptr;
    std::string answer;
    if (polku_store_execute(store, command.data(), command.size(), &out, &err) == POLKU_STATUS_OK)
        answer = polku_string_data(out);
    else
        std::fprintf(stderr, "%s: %s\n", command_id.c_str(), polku_error_text(err));
    polku_string_destroy(out);
    polku_error_destroy(err);
    return answer;
}

int write(polku_store* store, const std::string& prefix) {
    for (unsigned long number = 0;; ++number) {
        const std::string command_id = prefix + "-" + std::to_string(number);
        if (execute(store, command_id).empty()) return 1;
        std::printf("%s\n", command_id.c_str());
        std::fflush(stdout);
    }
}

std::size_t event_count(polku_store* store) {
    std::size_t count = 0;
    uint64_t cursor = 0;
    for (;;) {
        polku_string* out = nullptr;
        uint64_t next = cursor;
        if (polku_store_events_since(store, cursor, 1000, &next, &out, nullptr) != POLKU_STATUS_OK) return 0;
        const bool more = next != cursor;
        count += static_cast<std::size_t>(next - cursor);
        cursor = next;
        polku_string_destroy(out);
        if (!more) return count;
    }
}

int check(polku_store* store) {
    const std::size_t before = event_count(store);
    std::string command_id;
    std::size_t known = 0;
    while (std::getline(std::cin, command_id)) {
        if (execute(store, command_id).empty()) return 1;
        ++known;
    }
    if (event_count(store) != before) {
        std::fprintf(stderr, "an acknowledged command was missing: repeating it wrote new events\n");
        return 1;
    }
    polku_string* out = nullptr;
    const polku_status status = polku_store_verify(store, nullptr, 0, &out, nullptr);
    const bool sound = status == POLKU_STATUS_OK && std::strstr(polku_string_data(out), "\"ok\":true") != nullptr;
    if (!sound) std::fprintf(stderr, "the store does not verify: %s\n", polku_string_data(out));
    polku_string_destroy(out);
    if (sound) std::printf("%zu acknowledged commands, %zu events\n", known, before);
    return sound ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 3) return 2;
    const bool writes = std::strcmp(argv[1], "write") == 0;
    polku_store* store = nullptr;
    polku_path* path = nullptr;
    polku_error* err = nullptr;
    polku_status status = polku_store_open(argv[2], POLKU_NUL_TERMINATED, nullptr, &store, &err);
    if (status == POLKU_STATUS_OK) status = polku_path_shipped("tyokyky-kayttoon", POLKU_NUL_TERMINATED, &path, &err);
    if (status == POLKU_STATUS_OK) status = polku_store_use_path(store, path, &err);
    int answer = 1;
    if (status != POLKU_STATUS_OK)
        std::fprintf(stderr, "%s\n", polku_error_text(err));
    else
        answer = writes ? write(store, argc > 3 ? argv[3] : "w") : check(store);
    polku_error_destroy(err);
    polku_path_destroy(path);
    polku_store_destroy(store);
    return answer;
}
