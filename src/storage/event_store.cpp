// SPDX-License-Identifier: Apache-2.0
#include <polku/storage/event_store.hpp>

#include <utility>

namespace polku::inline POLKU_V::storage {

result<append_answer> event_store::try_append(const append_request& request) {
    POLKU_TRY(std::vector<append_answer> answers, try_append_all(std::span(&request, 1)));
    return std::move(answers.front());
}

}  // namespace polku::inline POLKU_V::storage
