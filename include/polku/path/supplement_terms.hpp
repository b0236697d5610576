// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_PATH_SUPPLEMENT_TERMS_HPP
#define POLKU_PATH_SUPPLEMENT_TERMS_HPP

#include <polku/feel/context.hpp>
#include <polku/feel/number.hpp>
#include <polku/feel/value.hpp>
#include <polku/path/definition.hpp>
#include <polku/path/event.hpp>
#include <polku/result.hpp>
#include <polku/time/date.hpp>

#include <boost/describe/class.hpp>

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// @file
/// The terms of an employment supplement (työllistämislisä): one dated version of a support programme's rules. Who may
/// get it, how much and for how long are decisions of a DMN model, and so are the limit of de minimis aid and the
/// remedies; this unit asks them and knows no amount and no day count of its own.

namespace polku::inline POLKU_V::path {

/// Who decides, as letters and appeal instructions name it.
struct authority_definition {
    texts name;         ///< in all four languages
    texts address;      ///< postal, for claims
    std::string email;  ///< for claims
    texts court;        ///< where the municipal appeal goes, with its address
};
BOOST_DESCRIBE_STRUCT(authority_definition, (), (name, address, email, court))

/// One version of a programme's terms. `model` is the DMN file with the programme's own rules, `law` the one with what
/// is law. `reasons` has a sentence for each rule by its id, `items` what is asked for when an item is missing.
struct terms_definition {
    std::string id;                  ///< of the programme's terms, the same in all versions
    std::string version;             ///< of this text
    validity valid;                  ///< days on which applications come under it
    texts name;                      ///< what the programme is called
    texts notice;                    ///< what the figures are: example, pilot, decided by whom
    authority_definition authority;  ///< who decides
    std::string model;
    std::string law;
    std::map<std::string, texts> groups;  ///< target groups by id, with what they are called
    std::map<std::string, texts> items;
    std::map<std::string, texts> reasons;
    std::string completion_time;             ///< time for completing an application, such as `P14D`
    std::vector<std::string> effect_points;  ///< after the supported time has ended: `P1M`, `P3M`, `P6M`
};
BOOST_DESCRIBE_STRUCT(terms_definition, (),
                      (id, version, valid, name, notice, authority, model, law, groups, items, reasons, completion_time,
                       effect_points))

/// What a definition is compiled with: the DMN files by name, and the hash of the bytes that all was read from.
struct terms_sources {
    std::map<std::string, std::string> models;  ///< text of each DMN file by its name
    std::string name;                           ///< of the definition's file, for errors
    hash content_hash{};                        ///< BLAKE2b-256
};

/// A rule that took part in a decision. `against` when it speaks against granting.
struct rule_reason {
    std::string decision;  ///< name of the decision in the model
    std::string rule;      ///< id of the rule
    bool against = false;
    bool operator==(const rule_reason&) const = default;
};
BOOST_DESCRIBE_STRUCT(rule_reason, (), (decision, rule, against))

/// What the terms grant. Money in euros to the cent; `total` is that of all months. `is_aid` when it is de minimis aid.
struct grant_answer {
    bool eligible = false;        ///< false where a rule stands against it
    feel::number monthly_amount;  ///< euros for a month of full work
    std::int64_t months = 0;      ///< that are supported
    feel::number total;
    bool is_aid = false;
    std::vector<rule_reason> reasons;  ///< rules that took part
    feel::value inputs;                ///< a context: what the decision was made from
};

/// De minimis aid that a single undertaking got: the day on which the right to it was given, not that of payment.
struct aid_grant {
    time::date day;       ///< day on which the right was given
    feel::number amount;  ///< euros
    std::string granter;  ///< who gave it
    bool operator==(const aid_grant&) const = default;
};
BOOST_DESCRIBE_STRUCT(aid_grant, (), (day, amount, granter))

/// The de minimis rule on a day (Regulation (EU) 2023/2831): what was got since `since` together with what is asked.
struct aid_answer {
    feel::number limit;  ///< euros for one undertaking
    time::date since;
    feel::number total;    ///< euros got since then, with what is asked
    bool allowed = false;  ///< `total` does not pass `limit`
    std::string rule;      ///< the rule that says so
    bool operator==(const aid_answer&) const = default;
};
BOOST_DESCRIBE_STRUCT(aid_answer, (), (limit, since, total, allowed, rule))

/// How a decision can be contested, and within how many days of its receipt (Local Government Act 410/2015 sections
/// 134 to 138).
struct remedy_rule {
    std::string remedy;     ///< `rectification` or `appeal`
    std::int64_t days = 0;  ///< from the day of receipt
    std::string source;     ///< act and section
    bool operator==(const remedy_rule&) const = default;
};
BOOST_DESCRIBE_STRUCT(remedy_rule, (), (remedy, days, source))

namespace detail {
struct compiled_terms;
}

/// Checked and compiled terms: immutable, shared freely by threads, cheap to copy. The questions take the inputs of the
/// model by name (`weekly hours`, `target group`, ...) and answer `invalid_terms` when the model gives something else
/// than it must, besides the errors of the DMN and FEEL rooms.
class supplement_terms {
public:
    supplement_terms() = default;

    /// What was compiled; lives as long as any copy.
    POLKU_DECL const terms_definition& says() const noexcept;
    /// What `terms_sources` gave.
    POLKU_DECL const path::hash& content_hash() const noexcept;
    /// False for a default-made object, on which nothing else may be called.
    explicit operator bool() const noexcept { return data_ != nullptr; }

    /// Names of what an application, or a claim for payment, lacks; in the order of the table's rules.
    POLKU_DECL result<std::vector<std::string>> try_missing_items(const feel::context& inputs) const;
    /// The same for a claim for payment.
    POLKU_DECL result<std::vector<std::string>> try_missing_claim_items(const feel::context& inputs) const;
    /// Error `application_incomplete` when something that the rules need is unknown.
    POLKU_DECL result<grant_answer> try_grant(const feel::context& inputs) const;
    /// Euros for one month, to the cent.
    POLKU_DECL result<feel::number> try_payable(const feel::context& inputs) const;
    /// Error `terms_not_in_force` on a day for which the model has no limit.
    POLKU_DECL result<aid_answer> try_aid(const std::vector<aid_grant>& got, time::date on,
                                          const feel::number& more) const;
    /// `decision` is `grant`, `rectification` or `recovery`.
    POLKU_DECL result<remedy_rule> try_remedy(std::string_view decision) const;

private:
    friend struct detail::compiled_terms;
    std::shared_ptr<const detail::compiled_terms> data_;
};

/// Compiles terms. Errors: `invalid_terms` with the place in the definition (a model, a decision or an input that is
/// not there), with the errors of the models as causes.
POLKU_DECL result<supplement_terms> try_compile_terms(terms_definition says, terms_sources with);

}  // namespace polku::inline POLKU_V::path

#if defined(POLKU_HEADER_ONLY)
#include <polku/impl/path/supplement_terms.ipp>
#endif

#endif
