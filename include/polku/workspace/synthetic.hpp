// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_WORKSPACE_SYNTHETIC_HPP
#define POLKU_WORKSPACE_SYNTHETIC_HPP

#include <polku/path/random_walk.hpp>
#include <polku/storage/event_store.hpp>
#include <polku/workspace/path_bundle.hpp>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace polku::inline POLKU_V {

/// A made-up population: for trying reports, and for measuring. The same options give the same events on every machine.
struct synthetic_options {
    std::uint64_t cases = 100'000;     ///< how many are made
    std::uint64_t seed = 1;            ///< the same seed gives the same clients
    time::date first;                  ///< the first day on which a case may open
    time::date last;                   ///< the day on which all stories stop
    std::uint64_t longest_pause = 14;  ///< days between two commands of a case, at most
    std::int64_t recorded_at_ms = 0;   ///< when all of it is recorded: it comes in at once, as from an older system
    std::uint32_t batch = 1000;        ///< cases in one transaction; as many are held in memory
    std::optional<path::walk_options::habit_set> habits;  ///< what the clients are like; `shipped_habits` when empty
    std::function<bool(std::uint64_t done, std::uint64_t of)> progress;  ///< false ends it between two transactions
};

/// About how many bytes of a store file a case of the shipped habits takes, the write-ahead log aside; measured
/// (docs/synthetic.md), and rounded up.
constexpr std::uint64_t synthetic_bytes_a_case = 35'000;

/// The habits of src/packs/synthetic/habits.json: made up, so that a population looks like a region's, and no more.
const path::walk_options::habit_set& shipped_habits();

/// What was made.
struct synthetic_count {
    std::uint64_t cases = 0;     ///< opened
    std::uint64_t commands = 0;  ///< carried out
    std::uint64_t events = 0;    ///< stored
    std::uint64_t refused = 0;   ///< commands that the rules of the paths did not allow
    std::uint64_t open = 0;      ///< cases that have not ended
};

/// Fills a store with cases on the paths, in turn, each the walk of a made-up client (path/random_walk.hpp). This is
/// the bulk way in: many commands in one transaction, the projection of a case written once. The chain is as of any
/// other events. The head depends on paths, seed, number, days and habits alone, not on the batch. What a store has of
/// the same seed already is left as it is. Give it a file that is opened with `sqlite_options::fill`, and finish that
/// afterwards, so that everything is synced once.
result<synthetic_count> try_generate(storage::event_store& into, const std::vector<path_bundle>& paths,
                                     const synthetic_options& options);

}  // namespace polku::inline POLKU_V

#endif
