// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_PATH_RANDOM_WALK_HPP
#define POLKU_PATH_RANDOM_WALK_HPP

#include <polku/path/case.hpp>

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

/// @file
/// Made-up clients who walk along a path by chance: for synthetic stores, and for tests that look for states which
/// nobody thought of. Nothing here describes real people; what is likely in life is for the caller to say.

namespace polku::inline POLKU_V::path {

/// What a walk draws from. The same options and seed give the same walk on every machine.
struct walk_options {
    std::uint64_t seed = 1;
    std::string client;         ///< hex id of the client's stream
    std::string record_prefix;  ///< put before the ids of records
    /// Least and greatest value of a numeric fact, both included; for others `usual_range`. Facts that hold the level
    /// of an ability range over its levels.
    std::map<std::string, std::pair<std::int64_t, std::int64_t>> ranges{{"age", {16, 64}}};
    std::pair<std::int64_t, std::int64_t> usual_range{0, 60};
    /// Names of people who work with the client; one for each role is drawn from them.
    std::vector<std::string> workers{"Aino Esimerkki", "Onni Esimerkki", "Helmi Kuvitteellinen", "Eino Kuvitteellinen"};
};

/// A client's next step. It asks the case what is open, missing and allowed, and draws one of the commands that might
/// come next; the caller decides it, may be refused, and asks again. One thread at a time.
class random_walk {
public:
    POLKU_DECL random_walk(service_path path, walk_options options);
    /// What is asked of the case on a day; of a case that has not been opened, to open it.
    POLKU_DECL command next(const case_state& of, time::date today);
    /// A number from 0 to `bound - 1`, from the walk's own sequence.
    POLKU_DECL std::uint64_t below(std::uint64_t bound) noexcept;

private:
    service_path path_;
    walk_options options_;
    std::uint64_t state_;
    std::int64_t records_ = 0;
};

/// A walk from its opening to the end of the case and its follow-up, or to the last day.
struct walked_case {
    case_state state;
    std::vector<std::vector<event>> commands;  ///< the events of each command that was accepted, in order
    std::int64_t refused = 0;                  ///< commands that the rules did not allow
};
/// Days pass by chance between commands, `longest_pause` at most. `with` names who records, why, and as of when;
/// its day is set to that of each command. Never fails: what is refused is left.
POLKU_DECL walked_case walk(const service_path& path, const walk_options& options, time::date first, time::date last,
                            std::uint64_t longest_pause, context with);

}  // namespace polku::inline POLKU_V::path

#if defined(POLKU_HEADER_ONLY)
#include <polku/impl/path/random_walk.ipp>
#endif

#endif
