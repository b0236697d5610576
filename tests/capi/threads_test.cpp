// SPDX-License-Identifier: Apache-2.0
#include <polku.h>

#include <doctest/doctest.h>

#include <atomic>
#include <cstring>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>
#include <vector>

TEST_SUITE_BEGIN("capi/threads");

namespace {

std::string text_of(const std::string& path) {
    std::ifstream in(std::string(POLKU_SOURCE_DIR) + "/" + path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

polku_program* compiled(const std::string& path) {
    const std::string text = text_of(path);
    const polku_file file{path.c_str(), text.data(), text.size()};
    polku_program* program = nullptr;
    REQUIRE(polku_program_compile(&file, 1, &program, nullptr) == POLKU_STATUS_OK);
    return program;
}

polku_input number(std::int64_t whole) {
    polku_input in{};
    in.kind = POLKU_KIND_NUMBER;
    in.as.number.lo = static_cast<std::uint64_t>(whole);
    return in;
}

/// How many of the runs of one thread gave the right answer.
int right_answers(const polku_program* program, int rounds) {
    polku_evaluation* evaluation = nullptr;
    if (polku_evaluation_create(program, 0, nullptr, &evaluation, nullptr) != POLKU_STATUS_OK) return -1;
    int right = 0;
    for (int i = 0; i < rounds; ++i) {
        const polku_input in[] = {number(i % 11), number(i % 24)};
        polku_input out{};
        if (polku_evaluation_run(evaluation, in, 2, &out, nullptr) != POLKU_STATUS_OK) continue;
        const char* expected = i % 11 < 4 ? "assessment" : i % 24 >= 12 ? "coaching" : "advice";
        if (out.kind == POLKU_KIND_STRING && std::strcmp(out.as.text.data, expected) == 0) ++right;
    }
    polku_evaluation_destroy(evaluation);
    return right;
}

struct gate {
    std::atomic<bool> inside{false};
    std::atomic<bool> leave{false};
};

/// Holds the call in which it is asked until the other thread is done.
std::int32_t wait_inside(void* user_data) {
    auto* at = static_cast<gate*>(user_data);
    at->inside = true;
    while (!at->leave) std::this_thread::yield();
    return 0;
}

}  // namespace

TEST_CASE("capi/threads: eight threads share one program") {
    constexpr int rounds = 2000;
    polku_program* program = compiled("examples/support.dmn");
    std::vector<int> right(8);
    std::vector<std::thread> threads;
    for (int& each : right) threads.emplace_back([&each, program] { each = right_answers(program, rounds); });
    for (std::thread& each : threads) each.join();
    polku_program_destroy(program);
    for (const int each : right) CHECK(each == rounds);
}

TEST_CASE("capi/threads: a context in use by another thread answers MISUSE, and works on afterwards") {
    polku_context* context = nullptr;
    REQUIRE(polku_context_create(nullptr, &context, nullptr) == POLKU_STATUS_OK);
    gate at;
    REQUIRE(polku_context_set_cancel(context, wait_inside, &at, nullptr) == POLKU_STATUS_OK);
    polku_status first = POLKU_STATUS_INTERNAL;
    std::thread other([&] {
        polku_string* out = nullptr;
        first = polku_feel_evaluate(context, "count(for i in 1..20000 return i)", POLKU_NUL_TERMINATED, nullptr, 0,
                                    &out, nullptr);
        polku_string_destroy(out);
    });
    while (!at.inside) std::this_thread::yield();
    polku_string* out = nullptr;
    polku_error* err = nullptr;
    CHECK(polku_feel_evaluate(context, "1", POLKU_NUL_TERMINATED, nullptr, 0, &out, &err) == POLKU_STATUS_MISUSE);
    CHECK(out == nullptr);
    CHECK(std::string(polku_error_message(err)).find("another thread") != std::string::npos);
    polku_error_destroy(err);
    CHECK(polku_context_set_now(context, "2026-03-02", POLKU_NUL_TERMINATED, nullptr) == POLKU_STATUS_MISUSE);
    CHECK(polku_context_set_cancel(context, nullptr, nullptr, nullptr) == POLKU_STATUS_MISUSE);
    at.leave = true;
    other.join();
    CHECK(first == POLKU_STATUS_OK);
    CHECK(polku_feel_evaluate(context, "1", POLKU_NUL_TERMINATED, nullptr, 0, &out, nullptr) == POLKU_STATUS_OK);
    polku_string_destroy(out);
    polku_context_destroy(context);
}

TEST_CASE("capi/threads: a callback that uses the handle it was asked for gets MISUSE, not a deadlock") {
    struct reentry {
        polku_context* context = nullptr;
        polku_status inner = POLKU_STATUS_OK;
    } self;
    REQUIRE(polku_context_create(nullptr, &self.context, nullptr) == POLKU_STATUS_OK);
    const polku_cancel_callback ask = [](void* user_data) -> std::int32_t {
        auto* mine = static_cast<reentry*>(user_data);
        polku_string* out = nullptr;
        mine->inner = polku_feel_evaluate(mine->context, "1", POLKU_NUL_TERMINATED, nullptr, 0, &out, nullptr);
        return 0;
    };
    REQUIRE(polku_context_set_cancel(self.context, ask, &self, nullptr) == POLKU_STATUS_OK);
    polku_string* out = nullptr;
    CHECK(polku_feel_evaluate(self.context, "count(for i in 1..20000 return i)", POLKU_NUL_TERMINATED, nullptr, 0, &out,
                              nullptr) == POLKU_STATUS_OK);
    CHECK(self.inner == POLKU_STATUS_MISUSE);
    polku_string_destroy(out);
    polku_context_destroy(self.context);
}

TEST_CASE("capi/threads: eight threads open one path in stores of their own") {
    polku_path* path = nullptr;
    REQUIRE(polku_path_shipped("tyokyky-kayttoon", POLKU_NUL_TERMINATED, &path, nullptr) == POLKU_STATUS_OK);
    std::atomic<int> used{0};
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i) {
        threads.emplace_back([&used, path] {
            polku_store* store = nullptr;
            if (polku_store_open(":memory:", POLKU_NUL_TERMINATED, nullptr, &store, nullptr) != POLKU_STATUS_OK) return;
            if (polku_store_use_path(store, path, nullptr) == POLKU_STATUS_OK) ++used;
            polku_store_destroy(store);
        });
    }
    for (std::thread& each : threads) each.join();
    polku_path_destroy(path);
    CHECK(used == 8);
}

TEST_SUITE_END();
