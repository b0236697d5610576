// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_WORKSPACE_SITUATION_HPP
#define POLKU_WORKSPACE_SITUATION_HPP

#include <polku/report/situation.hpp>
#include <polku/workspace/workspace.hpp>

#include <cstdint>
#include <functional>
#include <string>

/// @file
/// The situation picture of a store: from the counters that it keeps beside the events, or from the cases themselves.

namespace polku::inline POLKU_V {

/// What a picture is made from: `counters` when they are complete, else the cases one by one; or the cases always. In
/// order: `best`, `cases`.
enum class picture_source : std::uint8_t { best, cases };

/// What is shown, and what it is made from.
struct picture_options {
    report::situation_options shown;                    ///< threshold, municipality and published figures
    std::string path;                                   ///< id of the only path to count; empty: all
    picture_source source = picture_source::best;       ///< counters or cases
    std::function<void(std::uint64_t cases)> progress;  ///< told now and then how many cases were read
};

/// A picture and what it was made from.
struct made_picture {
    report::situation picture;   ///< as reports take it
    bool from_counters = false;  ///< true: no case was read
};

/// The picture at the end of a day. From counters it needs no case and reads nothing of a person, so no use is logged;
/// from cases each is read for the workspace's reader. Both give the same picture, but for cases of which content was
/// erased: counters keep what these counted before (docs/reports.md). `not_found` for a path without cases or a
/// municipality that no path of the store knows; those of `workspace::try_load`. Entries of reported registers come
/// with it either way.
result<made_picture> try_situation(workspace& of, time::date as_of, const picture_options& options);

/// How counters are made anew.
struct recount_options {
    /// Count anew although what was counted of content erased since is lost by it.
    bool forget_erased = false;
    std::function<void(std::uint64_t cases)> progress;  ///< told now and then how many cases were read
};

/// What counting anew did.
struct recount_answer {
    std::uint64_t cases = 0;     ///< how many were read
    std::uint64_t changes = 0;   ///< days on which a figure changed, over all cases
    bool were_complete = false;  ///< the counters before held all events too
};

/// Makes the store's counters anew from its cases: for a store that was filled without counting, by an older version or
/// through the store itself. Nobody should write meanwhile: `store_version_conflict` otherwise, and the counters are
/// then incomplete until the next recount. `recount_would_forget` when complete counters hold content erased since;
/// `not_countable` when the figures of a path cannot be kept by day. Cases are read without a reader and not logged, as
/// for any upkeep of the store.
result<recount_answer> try_recount(workspace& of, const recount_options& options = {});

}  // namespace polku::inline POLKU_V

#endif
