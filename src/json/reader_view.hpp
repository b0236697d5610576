// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_SRC_JSON_READER_VIEW_HPP
#define POLKU_SRC_JSON_READER_VIEW_HPP

#include <polku/feel/value.hpp>
#include <polku/path/access.hpp>

#include <string>

namespace polku::inline POLKU_V::json {

/// Of a whole case document, what a reader may see. Only members that are known here go through.
feel::value seen_by(const path::visibility& reader, const path::definition& says, const path::case_state& of,
                    const feel::context& whole, const std::string& language);

/// The error for a reader who may see nothing, with the rule's reason.
error nothing_to_see(const path::visibility& reader, const std::string& language);

/// The categories that are left out, each with the rule's text and source.
feel::value withheld(const path::visibility& reader, const std::string& language);

}  // namespace polku::inline POLKU_V::json

#endif
