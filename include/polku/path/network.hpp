// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_PATH_NETWORK_HPP
#define POLKU_PATH_NETWORK_HPP

#include <polku/config.hpp>
#include <polku/time/date.hpp>

#include <boost/describe/class.hpp>

#include <optional>
#include <string>
#include <vector>

namespace polku::inline POLKU_V::path {

/// A person in a role for an organisation. Persons are named as the host names them. `role` and `organisation` are ids
/// of the definition, `person` is a name or the host's id.
struct party {
    std::string person;
    std::string role;
    std::string organisation;
    bool operator==(const party&) const = default;
};
BOOST_DESCRIBE_STRUCT(party, (), (person, role, organisation))

/// Client responsibility: person, role, organisation and period. Exactly one is open at a time.
struct responsibility {
    party who;                        ///< who coordinates, with role and organisation
    time::date from;                  ///< first day
    std::optional<time::date> until;  ///< the day on which the next one took over
    bool operator==(const responsibility&) const = default;
};
BOOST_DESCRIBE_STRUCT(responsibility, (), (who, from, until))

/// Somebody who takes part in a meeting. `person` is named as the host names people, `role` and `organisation` are ids
/// of the definition, and `remote` is true for those who are not on the spot.
struct participant {
    std::string person;
    std::string role;
    std::string organisation;
    std::optional<bool> remote;
    bool operator==(const participant&) const = default;
};
BOOST_DESCRIBE_STRUCT(participant, (), (person, role, organisation, remote))

/// A joint meeting of the network team and the client.
struct meeting {
    std::string id;                         ///< chosen by the caller
    std::string kind;                       ///< id among the definition's meetings
    time::date held;                        ///< effective day
    std::vector<participant> participants;  ///< besides the client
    std::optional<bool> client_present;     ///< whether the client took part
    std::optional<std::string> agreed;      ///< the joint follow-on plan
    std::optional<std::string> notes;       ///< free words
    bool operator==(const meeting&) const = default;
};
BOOST_DESCRIBE_STRUCT(meeting, (), (id, kind, held, participants, client_present, agreed, notes))

}  // namespace polku::inline POLKU_V::path

#endif
