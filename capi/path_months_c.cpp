// SPDX-License-Identifier: Apache-2.0
#include "handles.hpp"
#include "polku_population.h"

#include <polku/json/described.hpp>
#include <polku/json/text.hpp>
#include <polku/population/path_simulation.hpp>

#include <boost/describe/class.hpp>

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <utility>
#include <vector>

using namespace polku_capi;
namespace json = polku::json;
namespace population = polku::population;

namespace {

struct months_members {
    population::path_assumptions assumptions;
    std::optional<population::path_assumptions> against;
    std::optional<std::int64_t> repeats, seed, threads;
};
BOOST_DESCRIBE_STRUCT(months_members, (), (assumptions, against, repeats, seed, threads))

/// A whole number that the question may say, within its bounds.
template <class Number>
polku::result<void> number_in(const std::optional<std::int64_t>& said, const char* name, std::int64_t least,
                              std::int64_t most, Number& into) {
    if (!said) return {};
    if (*said < least || *said > most)
        return polku::error(polku::error_code::invalid_argument,
                            "it is " + std::to_string(*said) + "; give a whole number from " + std::to_string(least) +
                                " to " + std::to_string(most),
                            {.source = "question_json", .pointer = std::string("/") + name});
    into = static_cast<Number>(*said);
    return {};
}

/// Paths as they came in.
struct path_list {
    const char* name;
    const polku_path* const* first;
    std::size_t count;
};

/// The versions of a side: those that are given, or the shipped path.
polku::result<population::simulated_path> side_of(population::path_assumptions assumptions, const char* source,
                                                  const path_list& paths) {
    population::simulated_path made;
    made.source = source;
    if (paths.count == 0) {
        POLKU_TRY(polku::path_bundle shipped, polku::try_shipped_path(assumptions.path));
        made.versions.push_back(std::move(shipped.path));
    }
    if (paths.count != 0 && paths.first == nullptr) return null_argument(paths.name);
    if (paths.count > most_bytes / sizeof *paths.first)
        return polku::error(
            polku::error_code::invalid_argument,
            std::string(paths.name) + " has " + std::to_string(paths.count) + " paths; no memory is that large");
    for (const polku_path* const each : std::span(paths.first, paths.count)) {
        if (each == nullptr || !each->is_live()) return wrong_handle(paths.name);
        made.versions.push_back(each->bundle.path);
    }
    made.assumptions = std::move(assumptions);
    return made;
}

polku::result<polku::rules::pack> ladder_of(const polku_pack* given) {
    if (given != nullptr) return bundle_of(given)->pack;
    POLKU_TRY(polku::pack_bundle shipped, polku::try_shipped_pack_bundle("kuntarahoitus"));
    return std::move(shipped.pack);
}

/// What is simulated, but for cancelling it.
polku::result<population::path_simulation_options> try_months(months_members asked, const path_list& versions,
                                                              const path_list& against, const polku_pack* ladder) {
    population::path_simulation_options made;
    POLKU_CHECK(number_in(asked.repeats, "repeats", 1, 10'000, made.repeats));
    POLKU_CHECK(number_in(asked.threads, "threads", 1, 256, made.threads));
    if (asked.seed)
        POLKU_CHECK(number_in(asked.seed, "seed", 0, std::numeric_limits<std::int64_t>::max(), made.seed.emplace()));
    // The other side is this one, but for what is said of it.
    if (asked.against || against.count != 0) {
        POLKU_TRY(made.against, side_of(asked.against.value_or(asked.assumptions), "against",
                                        against.count == 0 ? versions : against));
    }
    POLKU_TRY(made.is, side_of(std::move(asked.assumptions), "assumptions", versions));
    if (made.is.assumptions.unemployment || (made.against && made.against->assumptions.unemployment)) {
        POLKU_TRY(made.ladder, ladder_of(ladder));
    }
    return made;
}

}  // namespace

polku_status polku_path_simulate(const polku_path* const* versions, size_t version_count,
                                 const polku_path* const* against, size_t against_count, const polku_pack* ladder,
                                 polku_context* ctx, const char* question_json, size_t question_length,
                                 polku_string** out, polku_error** err) {
    return guarded(err, [&]() -> polku::result<void> {
        POLKU_CAPI_NEED(out);
        *out = nullptr;
        if (ladder != nullptr && bundle_of(ladder) == nullptr) return wrong_handle("ladder");
        POLKU_CAPI_HANDLE(ctx);
        const hold held(ctx);
        if (!held.ok()) return held.why();
        POLKU_CAPI_NEED(question_json);
        POLKU_TRY(const std::string_view text, text_in(question_json, question_length, "question_json"));
        POLKU_TRY(auto asked, json::try_read<months_members>(text, {.source = "question_json"}));
        POLKU_TRY(auto what, try_months(std::move(asked), {"versions", versions, version_count},
                                        {"against", against, against_count}, ladder));
        what.progress = [&cancel = ctx->cancel](std::size_t, std::size_t) { return !cancel_hook::asked(&cancel); };
        POLKU_TRY(const population::path_simulation_report made, population::try_simulate_path(what));
        *out = text_out(json::write(json::to_value(made)));
        return {};
    });
}
