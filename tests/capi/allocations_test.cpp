// SPDX-License-Identifier: Apache-2.0
// Memory runs out at each allocation of each call in turn, once only and from there on. The call answers NO_MEMORY (or
// OK, where whoever asked does without), its outputs are empty, nothing is lost, and the same call works when there is
// memory.
//
//   capi_allocations_test FOLDER [SAMPLES]     at most so many allocations of each call, evenly spread; 0 is all of
//   them
#include <polku.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <string>
#include <vector>

extern "C" {
void* __libc_malloc(std::size_t size);
void* __libc_calloc(std::size_t count, std::size_t size);
void* __libc_realloc(void* old, std::size_t size);
void* __libc_memalign(std::size_t alignment, std::size_t size);
void __libc_free(void* old);
}

namespace {

struct {
    bool armed = false;
    bool for_good = false;    // all from there on fail, else that one alone
    std::uint64_t count = 0;  // of allocations since it was armed
    std::uint64_t fails = 0;  // the one that fails, from 1; 0 is none
    std::int64_t live = 0;
} memory;

bool runs_out() {
    if (!memory.armed) return false;
    ++memory.count;
    return memory.fails != 0 && (memory.for_good ? memory.count >= memory.fails : memory.count == memory.fails);
}

void* counted(void* made) {
    if (made != nullptr) ++memory.live;
    return made;
}

}  // namespace

// All of the process: operator new, SQLite, Expat, PCRE2 and the run-time take theirs here.
extern "C" {
void* malloc(std::size_t size) { return runs_out() ? nullptr : counted(__libc_malloc(size)); }
void* calloc(std::size_t count, std::size_t size) { return runs_out() ? nullptr : counted(__libc_calloc(count, size)); }
void* memalign(std::size_t alignment, std::size_t size) {
    return runs_out() ? nullptr : counted(__libc_memalign(alignment, size));
}
void* aligned_alloc(std::size_t alignment, std::size_t size) { return memalign(alignment, size); }
int posix_memalign(void** out, std::size_t alignment, std::size_t size) {
    void* const made = memalign(alignment, size);
    if (made == nullptr) return ENOMEM;
    *out = made;
    return 0;
}
void* realloc(void* old, std::size_t size) {
    if (old == nullptr) return malloc(size);
    if (size == 0) {
        free(old);
        return nullptr;
    }
    return runs_out() ? nullptr : __libc_realloc(old, size);
}
void free(void* old) {
    if (old != nullptr) --memory.live;
    __libc_free(old);
}
}

namespace {

constexpr std::size_t whole = POLKU_NUL_TERMINATED;

/// What the calls share; what a call makes is destroyed after it.
struct handles {
    polku_context* context = nullptr;
    polku_program* program = nullptr;
    polku_evaluation* evaluation = nullptr;
    polku_path* path = nullptr;
    polku_pack* pack = nullptr;
    polku_store* store = nullptr;
};

std::string model;
std::string store_file;
std::string other_file;
handles with;

using call = std::function<polku_status(polku_error**)>;

struct step {
    const char* name;
    std::function<void()> before;  // with memory; may be empty
    call act;
    bool repeats = true;  // the same call works once more after it has worked
};

int failed = 0;
std::string last_text;  // of the error of the last call

void fault(const step& of, std::uint64_t at, bool for_good, const char* what, polku_status status) {
    if (++failed > 40) return;
    std::fprintf(stderr, "%s, allocation %llu%s: %s (%s): %s\n", of.name, static_cast<unsigned long long>(at),
                 for_good ? " and all after it" : "", what, polku_status_name(status), last_text.c_str());
}

polku_status run(const step& of, std::uint64_t fails, bool for_good) {
    polku_error* err = nullptr;
    memory.count = 0;
    memory.fails = fails;
    memory.for_good = for_good;
    memory.armed = true;
    const polku_status status = of.act(&err);
    memory.armed = false;
    const std::int64_t before = memory.live;
    last_text = polku_error_text(err);
    memory.live = before;  // ours
    polku_error_destroy(err);
    return status;
}

/// Whether each such failure leaves more behind; a handle may keep working memory of the first.
bool loses(const step& of, std::uint64_t at, bool for_good) {
    (void)run(of, at, for_good);
    const std::int64_t before = memory.live;
    for (int i = 0; i < 3; ++i) (void)run(of, at, for_good);
    return memory.live >= before + 3;
}

/// The call with that allocation failing, then once more with memory.
void run_out(const step& of, std::uint64_t at, bool for_good) {
    if (of.before) of.before();
    const std::int64_t before = memory.live;
    const polku_status status = run(of, at, for_good);
    if (status != POLKU_STATUS_OK && status != POLKU_STATUS_NO_MEMORY)
        fault(of, at, for_good, "another status", status);
    if (status != POLKU_STATUS_OK && !of.before && memory.live > before && loses(of, at, for_good))
        fault(of, at, for_good, "memory is lost", status);
    if (status == POLKU_STATUS_OK && !of.repeats) return;
    const polku_status again = run(of, 0, false);
    if (again != POLKU_STATUS_OK) fault(of, at, for_good, "the same call fails afterwards", again);
}

std::uint64_t count_of(const step& of) {
    if (of.before) of.before();
    if (run(of, 0, false) != POLKU_STATUS_OK) fault(of, 0, false, "the call fails with memory", POLKU_STATUS_INTERNAL);
    // Once more: what is kept for the life of the process is there now.
    if (of.before) of.before();
    if (of.before || of.repeats) (void)run(of, 0, false);
    return memory.count;
}

/// A string of an answer, destroyed; the status as it was.
polku_status dropped(polku_status status, polku_string* out) {
    if (status != POLKU_STATUS_OK && out != nullptr) std::abort();
    polku_string_destroy(out);
    return status;
}

template <class Handle>
polku_status dropped(polku_status status, Handle* made, void (*destroy)(Handle*)) {
    if (status != POLKU_STATUS_OK && made != nullptr) std::abort();
    destroy(made);
    return status;
}

/// A call whose only output is a string.
template <class Ask>
call text_call(Ask ask) {
    return [ask](polku_error** err) {
        polku_string* out = nullptr;
        const polku_status status = ask(&out, err);
        return dropped(status, out);
    };
}

void need(polku_status status) {
    if (status == POLKU_STATUS_OK) return;
    std::fprintf(stderr, "a call that prepares another one failed: %s\n", polku_status_name(status));
    std::exit(2);
}

void new_store() {
    polku_store_destroy(with.store);
    with.store = nullptr;
    for (const char* end : {"", "-wal", "-shm"}) std::filesystem::remove(store_file + end);
    need(polku_store_open(store_file.c_str(), whole, nullptr, &with.store, nullptr));
}

void store_with_path() {
    new_store();
    need(polku_store_use_path(with.store, with.path, nullptr));
}

constexpr const char* open_case =
    R"({"command":"open_case","case":"000000000000000000000000ca000001","command_id":"m-1",)"
    R"("now":"2026-01-12T09:01:00Z","actor":"worker-201","purpose":"service path","data":{"path":)"
    R"("tyokyky-kayttoon","client":"000000000000000000000000c1000001","entry":"social rehabilitation",)"
    R"("municipality":"698","sender":{"person":"worker-201","role":"own_worker","organisation":"county"},"reason":"r"}})";
constexpr const char* question = R"({"decision":"Single undertaking","decided":"2026-11-01"})";

std::vector<step> rules_steps() {
    return {
        {"polku_context_create",
         {},
         [](polku_error** err) {
             polku_context* made = nullptr;
             const polku_status status = polku_context_create(nullptr, &made, err);
             return dropped(status, made, polku_context_destroy);
         }},
        {"polku_feel_evaluate", {}, text_call([](polku_string** out, polku_error** err) {
             return polku_feel_evaluate(with.context, R"(for i in 1..5 return string(a + i) + matches("ab", "a.*"))",
                                        whole, R"({"a": 1})", whole, out, err);
         })},
        {"polku_program_compile",
         {},
         [](polku_error** err) {
             const polku_file file{"support.dmn", whole, model.data(), model.size()};
             polku_program* made = nullptr;
             const polku_status status = polku_program_compile(&file, 1, &made, err);
             return dropped(status, made, polku_program_destroy);
         }},
        {"polku_program_evaluate_json", {}, text_call([](polku_string** out, polku_error** err) {
             return polku_program_evaluate_json(with.program, with.context, 0,
                                                R"({"work ability":6,"months without work":14})", whole, out, err);
         })},
        {"polku_program_explain_json", {}, text_call([](polku_string** out, polku_error** err) {
             return polku_program_explain_json(with.program, with.context, 0,
                                               R"({"work ability":6,"months without work":14})", whole, out, err);
         })},
        {"polku_evaluation_create and run",
         {},
         [](polku_error** err) {
             polku_evaluation* made = nullptr;
             polku_status status = polku_evaluation_create(with.program, 0, nullptr, &made, err);
             if (status == POLKU_STATUS_OK) {
                 polku_input in[2]{};
                 polku_input out{};
                 in[0].kind = in[1].kind = POLKU_KIND_STRING;
                 in[0].as.text = {"a text that is too long to stand in a value by itself", whole};
                 in[1].kind = POLKU_KIND_NULL;
                 status = polku_evaluation_run(made, in, 2, &out, err);
             }
             polku_evaluation_destroy(made);
             return status;
         }},
        {"polku_pack_shipped",
         {},
         [](polku_error** err) {
             polku_pack* made = nullptr;
             const polku_status status = polku_pack_shipped("deminimis", whole, &made, err);
             return dropped(status, made, polku_pack_destroy);
         }},
        {"polku_pack_decide", {}, text_call([](polku_string** out, polku_error** err) {
             return polku_pack_decide(with.pack, question, whole, out, err);
         })},
        {"polku_pack_explain_text", {}, text_call([](polku_string** out, polku_error** err) {
             return polku_pack_explain_text(with.pack, question, whole, "fi", whole, out, err);
         })},
        {"polku_path_shipped",
         {},
         [](polku_error** err) {
             polku_path* made = nullptr;
             const polku_status status = polku_path_shipped("tyokyky-kayttoon", whole, &made, err);
             return dropped(status, made, polku_path_destroy);
         }},
    };
}

std::vector<step> store_steps() {
    return {
        {"polku_store_open",
         {},
         [](polku_error** err) {
             polku_store* made = nullptr;
             const polku_status status = polku_store_open(other_file.c_str(), whole, nullptr, &made, err);
             return dropped(status, made, polku_store_destroy);
         }},
        {"polku_store_use_path", new_store,
         [](polku_error** err) { return polku_store_use_path(with.store, with.path, err); }},
        {"polku_store_execute", store_with_path, text_call([](polku_string** out, polku_error** err) {
             return polku_store_execute(with.store, open_case, whole, out, err);
         })},
        {"polku_store_case", {}, text_call([](polku_string** out, polku_error** err) {
             polku_view_options view = POLKU_VIEW_OPTIONS_INIT;
             view.as_of = "2026-02-01";
             return polku_store_case(with.store, "000000000000000000000000ca000001", whole, &view, out, err);
         })},
        {"polku_store_verify", {}, text_call([](polku_string** out, polku_error** err) {
             return polku_store_verify(with.store, nullptr, 0, out, err);
         })},
    };
}

void exhaust(const step& of, std::uint64_t samples) {
    const std::uint64_t count = count_of(of);
    const std::uint64_t stride = samples == 0 ? 1 : std::max<std::uint64_t>(1, count / samples);
    std::uint64_t runs = 0;
    for (const bool for_good : {false, true}) {
        for (std::uint64_t at = 1; at <= count; at += stride, ++runs) run_out(of, at, for_good);
    }
    std::printf("%-34s %8llu allocations, %7llu runs\n", of.name, static_cast<unsigned long long>(count),
                static_cast<unsigned long long>(runs));
    std::fflush(stdout);
}

void prepare(const std::string& folder) {
    std::ifstream in(std::string(POLKU_SOURCE_DIR) + "/examples/support.dmn", std::ios::binary);
    model.assign(std::istreambuf_iterator<char>(in), {});
    store_file = folder + "/allocations.db";
    other_file = folder + "/allocations-other.db";
    const polku_file file{"support.dmn", whole, model.data(), model.size()};
    need(polku_context_create(nullptr, &with.context, nullptr));
    need(polku_program_compile(&file, 1, &with.program, nullptr));
    need(polku_pack_shipped("deminimis", whole, &with.pack, nullptr));
    need(polku_path_shipped("tyokyky-kayttoon", whole, &with.path, nullptr));
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 2) return 2;
    const std::uint64_t samples = argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 0;
    prepare(argv[1]);
    for (const step& each : rules_steps()) exhaust(each, samples);
    for (const step& each : store_steps()) exhaust(each, samples);
    polku_store_destroy(with.store);
    polku_path_destroy(with.path);
    polku_pack_destroy(with.pack);
    polku_program_destroy(with.program);
    polku_context_destroy(with.context);
    std::printf("%d faults\n", failed);
    return failed == 0 ? 0 : 1;
}
