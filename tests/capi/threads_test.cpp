// SPDX-License-Identifier: Apache-2.0
#include <polku.h>

#include "files.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <cstring>
#include <string>
#include <thread>
#include <vector>

TEST_SUITE_BEGIN("capi/threads");

namespace {

std::string text_of(const std::string& path) { return test_files::text_of(std::string(POLKU_SOURCE_DIR) + "/" + path); }

polku_program* compiled(const std::string& path) {
    const std::string text = text_of(path);
    const polku_file file{path.data(), path.size(), text.data(), text.size()};
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

/// A model that uses what threads share inside: tables, a knowledge model that calls itself, a service, patterns,
/// zones.
constexpr const char* busy_model =
    R"(<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" name="m" namespace="m" id="m">)"
    R"(<itemDefinition name="tCode"><typeRef>string</typeRef><allowedValues><text>matches(?, "^[A-Z]+-[0-9]+$")</text>)"
    R"(</allowedValues></itemDefinition>)"
    R"(<inputData id="n" name="n"><variable name="n" typeRef="number"/></inputData>)"
    R"(<inputData id="code" name="code"><variable name="code" typeRef="tCode"/></inputData>)"
    R"(<businessKnowledgeModel id="f" name="factorial"><variable name="factorial"/><encapsulatedLogic>)"
    R"(<formalParameter name="k" typeRef="number"/><literalExpression><text>if k &lt;= 1 then 1 else k * factorial(k - 1))"
    R"(</text></literalExpression></encapsulatedLogic></businessKnowledgeModel>)"
    R"(<decision id="band" name="band"><variable name="band"/>)"
    R"(<informationRequirement><requiredInput href="#n"/></informationRequirement>)"
    R"(<decisionTable hitPolicy="UNIQUE"><input><inputExpression><text>n</text></inputExpression></input><output/>)"
    R"(<rule id="r1"><inputEntry><text>&lt; 5</text></inputEntry><outputEntry><text>"low"</text></outputEntry></rule>)"
    R"(<rule id="r2"><inputEntry><text>[5..8]</text></inputEntry><outputEntry><text>"middle"</text></outputEntry></rule>)"
    R"(</decisionTable></decision>)"
    R"(<decisionService id="s" name="banded"><variable name="banded"/><outputDecision href="#band"/><inputData href="#n"/>)"
    R"(</decisionService>)"
    R"(<decision id="all" name="all"><variable name="all"/>)"
    R"(<informationRequirement><requiredInput href="#n"/></informationRequirement>)"
    R"(<informationRequirement><requiredInput href="#code"/></informationRequirement>)"
    R"(<informationRequirement><requiredDecision href="#band"/></informationRequirement>)"
    R"(<knowledgeRequirement><requiredKnowledge href="#f"/></knowledgeRequirement>)"
    R"(<knowledgeRequirement><requiredKnowledge href="#s"/></knowledgeRequirement>)"
    R"(<literalExpression><text>{band: band, again: banded(n), product: factorial(n), part: replace(code, "([A-Z]+)-", "$1:"),)"
    R"( split: split(code, "-"), power: 1.0000001 ** n,)"
    R"( moment: string(date and time("2024-03-31T02:30:00@Europe/Helsinki") + duration("PT1H") * n)})"
    R"(</text></literalExpression></decision></definitions>)";

std::string answer_of(polku_status (*call)(const polku_program*, polku_context*, std::uint32_t, const char*,
                                           std::size_t, polku_string**, polku_error**),
                      const polku_program* program, polku_context* ctx, const std::string& input) {
    polku_string* out = nullptr;
    std::uint32_t all = 0;
    if (polku_program_find(program, "all", POLKU_NUL_TERMINATED, &all, nullptr) != POLKU_STATUS_OK ||
        call(program, ctx, all, input.data(), input.size(), &out, nullptr) != POLKU_STATUS_OK)
        return "failed";
    std::string text = polku_string_data(out);
    polku_string_destroy(out);
    return text;
}

/// Values and explanations of the busy model over a few inputs, with matches, without, and with refused codes.
std::vector<std::string> busy_answers(const polku_program* program, int rounds) {
    polku_context* ctx = nullptr;
    if (polku_context_create(nullptr, &ctx, nullptr) != POLKU_STATUS_OK) return {};
    std::vector<std::string> made;
    for (int i = 0; i < rounds; ++i) {
        const std::string code = i % 3 == 0 ? "nonsense" : "ABC-" + std::to_string(i % 7);
        const std::string input = "{\"n\":" + std::to_string(i % 12) + ",\"code\":\"" + code + "\"}";
        made.push_back(answer_of(polku_program_evaluate_json, program, ctx, input));
        made.push_back(answer_of(polku_program_explain_json, program, ctx, input));
    }
    polku_context_destroy(ctx);
    return made;
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

TEST_CASE(
    "capi/threads: tables, patterns, zones, knowledge models, services and traces answer alike in eight threads") {
    const polku_file file{"busy.dmn", POLKU_NUL_TERMINATED, busy_model, POLKU_NUL_TERMINATED};
    polku_program* program = nullptr;
    REQUIRE(polku_program_compile(&file, 1, &program, nullptr) == POLKU_STATUS_OK);
    std::vector<std::vector<std::string>> answers(8);
    std::vector<std::thread> threads;
    // Nothing has run before: what is made on first use is made by many threads at once.
    for (auto& each : answers) threads.emplace_back([&each, program] { each = busy_answers(program, 60); });
    for (std::thread& each : threads) each.join();
    const std::vector<std::string> alone = busy_answers(program, 60);
    polku_program_destroy(program);
    REQUIRE(alone.size() == 120);
    CHECK(alone[2].find("\"band\":\"low\"") != std::string::npos);
    CHECK(alone[2].find("\"part\":\"ABC:1\"") != std::string::npos);
    CHECK(alone[19].find("\"nearest\"") != std::string::npos);
    for (const auto& each : answers) CHECK(each == alone);
}

TEST_CASE("capi/threads: a context in use by another thread answers MISUSE, and works on afterwards") {
    polku_context* context = nullptr;
    REQUIRE(polku_context_create(nullptr, &context, nullptr) == POLKU_STATUS_OK);
    gate at;
    REQUIRE(polku_context_set_cancel(context, wait_inside, &at, nullptr, nullptr, nullptr) == POLKU_STATUS_OK);
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
    CHECK(polku_context_set_cancel(context, nullptr, nullptr, nullptr, nullptr, nullptr) == POLKU_STATUS_MISUSE);
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
    REQUIRE(polku_context_set_cancel(self.context, ask, &self, nullptr, nullptr, nullptr) == POLKU_STATUS_OK);
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

namespace {

/// What one pack answers to one question in each of the ways there are, as one text.
std::string all_answers(const polku_pack* pack) {
    constexpr const char* question = R"({"decision":"Single undertaking","decided":"2026-11-01"})";
    constexpr std::size_t whole = POLKU_NUL_TERMINATED;
    polku_string* texts[4] = {};
    polku_pack_missing(pack, question, whole, "fi", whole, &texts[0], nullptr);
    polku_pack_decide(pack, question, whole, &texts[1], nullptr);
    polku_pack_explain(pack, question, whole, "sv", whole, &texts[2], nullptr);
    polku_pack_what_if(pack, question, whole, R"({"goal":"true"})", whole, &texts[3], nullptr);
    std::string all;
    for (polku_string* each : texts) {
        all += each == nullptr ? "nothing" : polku_string_data(each);
        polku_string_destroy(each);
    }
    return all;
}

}  // namespace

TEST_CASE("capi/threads: eight threads share one pack from its first question on") {
    polku_pack* pack = nullptr;
    REQUIRE(polku_pack_shipped("deminimis", POLKU_NUL_TERMINATED, &pack, nullptr) == POLKU_STATUS_OK);
    std::vector<std::string> answers(8);
    std::vector<std::thread> threads;
    threads.reserve(answers.size());
    for (std::string& each : answers) threads.emplace_back([&each, pack] { each = all_answers(pack); });
    for (std::thread& each : threads) each.join();
    CHECK(answers.front().find("nothing") == std::string::npos);
    CHECK(answers.front().find("\"decided\":false") != std::string::npos);
    for (const std::string& each : answers) CHECK(each == answers.front());
    polku_pack_destroy(pack);
}

TEST_SUITE_END();
