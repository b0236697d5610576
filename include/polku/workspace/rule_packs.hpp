// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_WORKSPACE_RULE_PACKS_HPP
#define POLKU_WORKSPACE_RULE_PACKS_HPP

#include <polku/feel/value.hpp>
#include <polku/path/event.hpp>
#include <polku/result.hpp>
#include <polku/rules/pack.hpp>
#include <polku/workspace/path_bundle.hpp>

#include <boost/describe/class.hpp>

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

/// @file
/// Rule packs that a store has in use, and the decisions that were made by them: derived again as they were made, and
/// as law and facts are known now (docs/decisions.md).

namespace polku::inline POLKU_V {

class workspace;

/// A compiled rule pack with the bytes that a store keeps it as: canonical JSON of the texts of `pack.json` and of its
/// models by name, under their BLAKE2b-256 hash. Shared freely by threads.
struct pack_bundle {
    rules::pack pack;   ///< compiled
    std::string bytes;  ///< canonical JSON
    path::hash hash{};  ///< BLAKE2b-256 of `bytes`

    /// Of the definition; lives as long as the bundle.
    const std::string& id() const noexcept;
    /// The content hash as 64 hexadecimal digits.
    std::string hash_text() const;
};

/// Compiles a pack: the first file is its `pack.json`, the others are the DMN models that it names. Errors as of
/// `json::try_read_pack`.
result<pack_bundle> try_make_pack(std::span<const named_text> files);
/// Compiles a pack from the bytes that a bundle of it had.
result<pack_bundle> try_restore_pack(std::string_view bytes);
/// One of those that the library ships; `not_found` names the others.
result<pack_bundle> try_shipped_pack_bundle(std::string_view id);

/// Who takes a pack into use, and when.
struct pack_adoption {
    std::string command_id;             ///< the caller's idempotency key
    std::string now;                    ///< date-time with zone or offset
    std::string actor;                  ///< who does it, as the host names people
    std::string purpose;                ///< why
    std::optional<std::string> reason;  ///< in the words of whoever does it
};
BOOST_DESCRIBE_STRUCT(pack_adoption, (), (command_id, now, actor, purpose, reason))
/// Takes a pack into use, or another text of it: decisions that are made from then on are made by it. Cases decided
/// before keep the text that they were decided by. The store keeps the bytes of all.
result<feel::value> try_adopt_pack(workspace& in, const pack_bundle& pack, const pack_adoption& by);
/// The packs that the store has had in use, in the order of recording: `pack`, `hash`, `from`, `recorded_at`, `reason`.
result<feel::value> try_adopted_packs(workspace& in);

/// A stored decision by a pack: its question as it was asked.
struct stored_question {
    std::string case_id;         ///< hex id of the case's stream
    std::string id;              ///< of the decision
    rules::pack_question asked;  ///< with its inputs as they were stored
};
/// Passes the questions of the stored decisions of a pack that no later one has replaced to `sink`, case by case in the
/// order of their creation; `decision` empty: of all its decisions. Questions whose inputs were erased are left out.
result<void> try_stored_questions(workspace& in, std::string_view pack, std::string_view decision,
                                  const std::function<result<void>(const stored_question&)>& sink);

/// Which decisions are looked at, and by what is known when.
struct decision_query {
    std::string case_id;                   ///< of one case; empty: of all
    std::string pack;                      ///< by one pack; empty: by any
    std::optional<std::int64_t> known_ms;  ///< law and facts as recorded up to then (UTC milliseconds); absent: all
    bool affected_only = false;            ///< only those whose value or rules are others now
    bool with_replaced = false;            ///< also those that a later decision has taken the place of
};

/// A query from a JSON object: `case`, `pack`, `known_at` (date-time with zone or offset), `affected`, `replaced`; each
/// may be left out.
result<decision_query> try_read_decision_query(const feel::value& from);

/// Derives stored decisions again, and passes a document of each to `sink`, case by case in the order of their
/// creation. Its members:
/// - `case`, `event` (its stream and version), `decision` (id), `pack`, `name` (of the decision in the pack),
/// `decided`;
/// - `made`: how version, value, rules, pack hash and the engine's semantics version were stored; `matched` tells of
/// each
///   rule its decision and number;
/// - `derived`: `same`, `engine changed` (with `value` and `rules` as they come out now), `differs` (a fault: the store
///   or the library is not what it was), or `erased`, when an input is gone;
/// - `known`: pack hash, version, value and rules as law and facts are known now, or the `error` why there is none;
///   `changed_inputs` lists inputs whose facts are now known to have been others on the day of the decision (`was`,
///   `is`), `changed_rules` is true where the pack's text is another;
/// - `affected`: the value, or the rules that it rests on, are others than those stored;
/// - `appeal`, where the pack names the kind of decision: `kind`, `remedy`, `days`, `to`, and when the decision was
///   sent, `received`, `nominal` and `last`, the last day on which the remedy can be sought. Absent members are not
///   known.
/// Errors: those of reading cases, and those of `sink`, which end the run.
result<void> try_check_decisions(workspace& in, const decision_query& which,
                                 const std::function<result<void>(const feel::value&)>& sink);

}  // namespace polku::inline POLKU_V

#endif
