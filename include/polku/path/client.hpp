// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_PATH_CLIENT_HPP
#define POLKU_PATH_CLIENT_HPP

#include <polku/config.hpp>
#include <polku/time/date.hpp>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace polku::inline POLKU_V::path {

/// Who a client is. Every member may be unknown. The identity code is one identifier among others and never a key;
/// registration as a jobseeker is optional data.
struct client_details {
    std::optional<std::string> identity_code;  ///< personal identity code (decree 128/2010 section 2, 690/2022)
    std::optional<std::string> given_name;     ///< first name or names
    std::optional<std::string> family_name;    ///< surname
    std::optional<std::string> language;       ///< `fi`, `sv`, `en`, `fi-selko`: what texts are shown in
    std::optional<std::string> municipality;   ///< three-digit code
    std::optional<std::string> address;        ///< hidden from readers by an order of non-disclosure
    std::optional<std::string> phone;          ///< as told; no format is asked for
    std::optional<std::string> email;          ///< as told; no format is asked for
    std::optional<bool>
        registered_jobseeker;  ///< at the employment authority; nothing depends on it unless a path asks
    bool operator==(const client_details&) const = default;
};
BOOST_DESCRIBE_STRUCT(client_details, (),
                      (identity_code, given_name, family_name, language, municipality, address, phone, email,
                       registered_jobseeker))

/// Why somebody may act for the client: a minor's guardian (huoltaja), a trustee (edunvalvoja), or a mandate that the
/// client gave (valtuutus). What each may do by law is for the access rules; here is who, for what, and when.
/// `guardian`, `trustee` and `mandate` in that order.
enum class representative_kind : std::uint8_t { guardian, trustee, mandate };
BOOST_DESCRIBE_ENUM(representative_kind, guardian, trustee, mandate)

/// A person who acts for the client within a scope and between two dates (both inclusive; none: until further notice).
struct representative {
    std::string id;                                           ///< chosen by whoever added the person
    representative_kind kind = representative_kind::mandate;  ///< on what the right to act rests
    std::string person;                                       ///< name, or the host's id of a person
    std::vector<std::string> scope;   ///< matters: `economy`, `services`, `health`, ...; empty: all
    time::date from;                  ///< first day
    std::optional<time::date> until;  ///< last day
    bool operator==(const representative&) const = default;
};
BOOST_DESCRIBE_STRUCT(representative, (), (id, kind, person, scope, from, until))

/// A non-disclosure order (turvakielto): address, municipality, workplace and contacts leave every output unless the
/// reader's ground allows them.
struct non_disclosure {
    time::date from;                  ///< first day
    std::optional<time::date> until;  ///< last day; until lifted where absent
    bool operator==(const non_disclosure&) const = default;
};
BOOST_DESCRIBE_STRUCT(non_disclosure, (), (from, until))

/// True on the days from `from` to `until`, both inclusive.
template <class Dated>
bool in_force(const Dated& of, time::date on) {
    return of.from <= on && (!of.until || on <= *of.until);
}

}  // namespace polku::inline POLKU_V::path

#endif
