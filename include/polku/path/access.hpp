// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_PATH_ACCESS_HPP
#define POLKU_PATH_ACCESS_HPP

#include <polku/path/case.hpp>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// @file
/// Who may see what of a client: a DMN decision for each category of data, over the reader's relation to the client,
/// purpose, organisation, the client's consent, what the reader says to be indispensable, a non-disclosure order, and
/// the scope of a representative. What no rule allows is not shown.

namespace polku::inline POLKU_V::path {

/// Somebody who asks to see a client's data, as the host has recognised them. The host answers for who they are; what
/// they are to the client is read off the case.
struct reader {
    std::string actor;         ///< as the host names people in commands
    std::string role;          ///< id of a role of the path; empty for clients and representatives
    std::string organisation;  ///< id of an organisation of the path
    std::string purpose;       ///< `services`, `oversight`; anything else counts as other
    std::string ground;        ///< legal ground, for the log: `703/2023 9 §`
    /// Why the data are indispensable: the judgement of this person, written down. Empty: they are not said to be.
    std::optional<std::string> indispensable;
    std::optional<std::string> client;          ///< hex id, when the reader is this client
    std::optional<std::string> representative;  ///< id of a representative of the client, when the reader is that
};
BOOST_DESCRIBE_STRUCT(reader, (), (actor, role, organisation, purpose, ground, indispensable, client, representative))

/// What the reader is to the client. `self` is the client, `representative` acts for the client within a scope,
/// `working` has a part in the case on that day, `none` has none.
enum class reader_relation : std::uint8_t { self, representative, working, none };
BOOST_DESCRIBE_ENUM(reader_relation, self, representative, working, none)

/// The sentence that tells of a rule, and where the rule comes from; `(x)` marks what was not read in the act itself.
struct access_reason {
    texts text;          ///< in all four languages
    std::string source;  ///< act and section, or another text that it rests on
    bool operator==(const access_reason&) const = default;
};
BOOST_DESCRIBE_STRUCT(access_reason, (), (text, source))

/// What stands beside the DMN model of access: which data belong to which category, which organisations are what.
struct access_definition {
    std::string id;                       ///< of the rules, as errors name them
    std::string version;                  ///< of these rules; the host's own words
    validity valid;                       ///< days on which they may be asked
    texts name;                           ///< what the rules are called
    texts notice;                         ///< what the reader must know: no legal advice, date of the facts
    std::string decision;                 ///< name of the decision in the model
    std::vector<std::string> categories;  ///< all that the model knows
    std::map<std::string, std::string> organisations;  ///< organisation to its class in the model; others are `other`
    std::map<std::string, std::string> records;        ///< member of a case document to its category
    std::map<std::string, std::string> events;         ///< event type to its category; others are `social`
    std::map<std::string, std::vector<std::string>> scopes;  ///< a representative's matter to the categories it covers
    std::map<std::string, access_reason> reasons;            ///< by rule id
    bool operator==(const access_definition&) const = default;
};
BOOST_DESCRIBE_STRUCT(access_definition, (),
                      (id, version, valid, name, notice, decision, categories, organisations, records, events, scopes,
                       reasons))

/// The answer for one category.
struct access_answer {
    std::string category;  ///< one of the model's `categories`
    bool allowed = false;  ///< whether data of the category may be shown
    std::string rule;      ///< id of the rule that answered, a key of `reasons`
    bool operator==(const access_answer&) const = default;
};
BOOST_DESCRIBE_STRUCT(access_answer, (), (category, allowed, rule))

class access_rules;

/// All that a reader may see of one client on one day.
class visibility {
public:
    /// Who asked, as given to `access_rules::try_decide`.
    const reader& who() const noexcept { return who_; }
    /// What the reader was to the client on the day.
    reader_relation relation() const noexcept { return relation_; }
    /// One for each category of the rules, in their order.
    const std::vector<access_answer>& answers() const noexcept { return answers_; }
    /// False for a category that the rules do not know.
    POLKU_DECL bool sees(std::string_view category) const noexcept;
    /// True when a member of a case document may be shown; members that the rules do not name may not.
    POLKU_DECL bool sees_record(std::string_view member) const;
    /// True when an event of that type may be shown; types that the rules do not name count as `social`.
    POLKU_DECL bool sees_event(std::string_view type) const;
    /// The rules that answered.
    const access_definition& says() const noexcept { return *says_; }
    /// True when no category at all may be shown.
    POLKU_DECL bool is_blind() const noexcept;

private:
    friend class access_rules;
    reader who_;
    reader_relation relation_ = reader_relation::none;
    std::vector<access_answer> answers_;
    std::shared_ptr<const access_definition> says_;
};

namespace detail {
struct compiled_access;
}

/// The rules of access, checked and compiled: immutable, shared freely by threads, cheap to copy.
class access_rules {
public:
    access_rules() = default;
    /// False for a default-made object, which no other function may be called on.
    explicit operator bool() const noexcept { return data_ != nullptr; }
    /// What the rules were compiled from; lives as long as this object.
    POLKU_DECL const access_definition& says() const noexcept;

    /// Error `access_rules_unsound` when the model lacks the decision, asks for something else than `relation`,
    /// `purpose`, `organisation`, `category`, `consent`, `indispensable`, `protected` and `in scope`, or a rule has no
    /// reason in four languages.
    static POLKU_DECL result<access_rules> try_compile(access_definition says, std::string_view model);

    /// Decides for each category. Error `access_undecided` when the table gives neither "allow" nor "deny": nothing may
    /// be shown then.
    POLKU_DECL result<visibility> try_decide(const definition& path, const case_state& of, const reader& who,
                                             time::date on) const;

private:
    std::shared_ptr<const detail::compiled_access> data_;
};

/// What the reader is to the client on a day. Working are: the responsible worker, own workers and the team by name,
/// the sender of an open referral by name, and by role its receiver, the owner of the stage, and those to whom
/// something has been escalated, where nobody of that role has been named yet.
POLKU_DECL reader_relation relation_of(const case_state& of, const reader& who, time::date on);
/// A consent in force on the day that covers the category and names the organisation as recipient.
POLKU_DECL bool covers(const definition& path, const case_state& of, std::string_view category,
                       std::string_view organisation, time::date on);

}  // namespace polku::inline POLKU_V::path

#if defined(POLKU_HEADER_ONLY)
#include <polku/impl/path/access.ipp>
#endif

#endif
