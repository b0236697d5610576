// SPDX-License-Identifier: Apache-2.0
#include "handles.hpp"

#include <polku/json/difference.hpp>
#include <polku/json/missing.hpp>
#include <polku/json/rule_pack.hpp>
#include <polku/json/text.hpp>
#include <polku/json/what_if.hpp>
#include <polku/rules/explanation.hpp>
#include <polku/rules/pack_definition.hpp>

#include <memory>
#include <mutex>
#include <utility>

using namespace polku_capi;
namespace json = polku::json;
namespace rules = polku::rules;

struct polku_pack : marked<0x706b706bU> {
    explicit polku_pack(polku::pack_bundle of) : bundle(std::move(of)), pack(bundle.pack), hash(bundle.hash_text()) {}

    /// Reads the texts of the pack once, for the first question about what is missing.
    const rules::question_guide& guide() const {
        std::call_once(guide_made_, [this] { made_guide_ = std::make_unique<rules::question_guide>(pack); });
        return *made_guide_;
    }

    const polku::pack_bundle bundle;
    const rules::pack& pack;
    const std::string hash;

private:
    mutable std::once_flag guide_made_;
    mutable std::unique_ptr<const rules::question_guide> made_guide_;
};

namespace {

constexpr const char* question_name = "question_json";

const std::vector<std::string>& pack_ids() {
    static const std::vector<std::string> ids = json::shipped_packs();
    return ids;
}

polku::result<polku::pack_bundle> pack_in(const polku_file* files, std::size_t count) {
    POLKU_TRY(const std::vector<named_text> given, files_in(files, count));
    std::vector<polku::named_text> texts;
    for (const named_text& each : given) texts.push_back({each.name, std::string(each.text)});
    return polku::try_make_pack(texts);
}

/// Reads the question of a call and answers it; `answer` makes the text that goes out.
template <class Answer>
polku::result<void> answer_in(const polku_pack* pack, const char* question_json, std::size_t length, polku_string** out,
                              const Answer& answer) {
    POLKU_CAPI_HANDLE(pack);
    POLKU_CAPI_NEED(question_json);
    POLKU_TRY(const std::string_view text, text_in(question_json, length, question_name));
    POLKU_TRY(const rules::pack_question asked, json::try_parse_pack_question(text, {.source = question_name}));
    const polku::result<std::string> made = answer(asked);
    if (!made) return json::placed_in_question(made.error(), asked, text, question_name);
    *out = text_out(*made);
    return {};
}

/// The explanation, with what the pack of remedies says.
polku::result<rules::explanation> explained(const polku_pack& pack, const rules::pack_question& asked,
                                            std::string_view language) {
    POLKU_TRY(const rules::pack remedies, json::try_shipped_pack("muutoksenhaku"));
    return rules::try_explain(pack.pack, asked, language, &remedies);
}

}  // namespace

namespace polku_capi {

const polku::pack_bundle* bundle_of(const polku_pack* pack) noexcept { return usable(pack) ? &pack->bundle : nullptr; }

}  // namespace polku_capi

polku_status polku_pack_compile(const polku_file* files, size_t file_count, polku_pack** out, polku_error** err) {
    return guarded(err, [&]() -> polku::result<void> {
        POLKU_CAPI_NEED(out);
        *out = nullptr;
        POLKU_TRY(polku::pack_bundle made, pack_in(files, file_count));
        *out = new polku_pack(std::move(made));
        return {};
    });
}

polku_status polku_pack_shipped(const char* id, size_t id_length, polku_pack** out, polku_error** err) {
    return guarded(err, [&]() -> polku::result<void> {
        POLKU_CAPI_NEED(out);
        *out = nullptr;
        POLKU_CAPI_NEED(id);
        POLKU_TRY(const std::string_view wanted, text_in(id, id_length, "id"));
        POLKU_TRY(polku::pack_bundle made, polku::try_shipped_pack_bundle(wanted));
        *out = new polku_pack(std::move(made));
        return {};
    });
}

size_t polku_pack_shipped_count(void) {
    size_t count = 0;
    guarded(nullptr, [&]() -> polku::result<void> {
        count = pack_ids().size();
        return {};
    });
    return count;
}

const char* polku_pack_shipped_id(size_t index) {
    return index < polku_pack_shipped_count() ? pack_ids()[index].c_str() : nullptr;
}

const char* polku_pack_id(const polku_pack* pack) { return usable(pack) ? pack->pack.says().id.c_str() : ""; }

const char* polku_pack_hash(const polku_pack* pack) { return usable(pack) ? pack->hash.c_str() : ""; }

polku_status polku_pack_describe(const polku_pack* pack, polku_string** out, polku_error** err) {
    return guarded(err, [&]() -> polku::result<void> {
        POLKU_CAPI_NEED(out);
        *out = nullptr;
        POLKU_CAPI_HANDLE(pack);
        *out = text_out(json::write(json::to_value(pack->pack)));
        return {};
    });
}

polku_status polku_pack_decide(const polku_pack* pack, const char* question_json, size_t question_length,
                               polku_string** out, polku_error** err) {
    return guarded(err, [&]() -> polku::result<void> {
        POLKU_CAPI_NEED(out);
        *out = nullptr;
        const auto answer = [&](const rules::pack_question& asked) -> polku::result<std::string> {
            POLKU_TRY(const rules::pack_answer made, pack->pack.try_decide(asked));
            return json::write(json::to_value(made, pack->pack));
        };
        return answer_in(pack, question_json, question_length, out, answer);
    });
}

polku_status polku_pack_explain(const polku_pack* pack, const char* question_json, size_t question_length,
                                const char* language, size_t language_length, polku_string** out, polku_error** err) {
    return guarded(err, [&]() -> polku::result<void> {
        POLKU_CAPI_NEED(out);
        *out = nullptr;
        POLKU_TRY(const std::string wanted, language_in(language, language_length));
        const auto answer = [&](const rules::pack_question& asked) -> polku::result<std::string> {
            POLKU_TRY(const rules::explanation made, explained(*pack, asked, wanted));
            return json::write(json::to_value(made));
        };
        return answer_in(pack, question_json, question_length, out, answer);
    });
}

polku_status polku_pack_explain_text(const polku_pack* pack, const char* question_json, size_t question_length,
                                     const char* language, size_t language_length, polku_string** out,
                                     polku_error** err) {
    return guarded(err, [&]() -> polku::result<void> {
        POLKU_CAPI_NEED(out);
        *out = nullptr;
        POLKU_TRY(const std::string wanted, language_in(language, language_length));
        const auto answer = [&](const rules::pack_question& asked) -> polku::result<std::string> {
            POLKU_TRY(const rules::explanation made, explained(*pack, asked, wanted));
            return rules::to_text(made);
        };
        return answer_in(pack, question_json, question_length, out, answer);
    });
}

polku_status polku_pack_missing(const polku_pack* pack, const char* question_json, size_t question_length,
                                const char* language, size_t language_length, polku_string** out, polku_error** err) {
    return guarded(err, [&]() -> polku::result<void> {
        POLKU_CAPI_NEED(out);
        *out = nullptr;
        POLKU_TRY(const std::string wanted, language_in(language, language_length));
        POLKU_CAPI_HANDLE(pack);
        POLKU_CAPI_NEED(question_json);
        POLKU_TRY(const std::string_view text, text_in(question_json, question_length, question_name));
        POLKU_TRY(const json::missing_wish wish, json::try_parse_missing(text, {.source = question_name}));
        const auto made = pack->guide().try_missing(wish.asked, wish.search);
        if (!made) return json::placed_in_question(made.error(), wish.asked, text, question_name);
        *out = text_out(json::write(json::to_value(*made, pack->pack, wanted)));
        return {};
    });
}

polku_status polku_pack_what_if(const polku_pack* pack, const char* question_json, size_t question_length,
                                const char* wish_json, size_t wish_length, polku_string** out, polku_error** err) {
    return guarded(err, [&]() -> polku::result<void> {
        POLKU_CAPI_NEED(out);
        *out = nullptr;
        POLKU_CAPI_NEED(wish_json);
        POLKU_TRY(const std::string_view text, text_in(wish_json, wish_length, "wish_json"));
        POLKU_TRY(const json::what_if_wish wish, json::try_parse_wish(text, {.source = "wish_json"}));
        const auto answer = [&](const rules::pack_question& asked) -> polku::result<std::string> {
            POLKU_TRY(const rules::what_if_answer made, rules::try_what_if(pack->pack, asked, wish.goal, wish.search));
            return json::write(json::to_value(made, pack->pack));
        };
        return answer_in(pack, question_json, question_length, out, answer);
    });
}

polku_status polku_pack_difference(const polku_pack* was, const polku_pack* is, const char* question_json,
                                   size_t question_length, polku_string** out, polku_error** err) {
    return guarded(err, [&]() -> polku::result<void> {
        POLKU_CAPI_NEED(out);
        *out = nullptr;
        POLKU_CAPI_HANDLE(was);
        POLKU_CAPI_HANDLE(is);
        POLKU_CAPI_NEED(question_json);
        POLKU_TRY(const std::string_view text, text_in(question_json, question_length, question_name));
        POLKU_TRY(const json::difference_wish wish, json::try_parse_difference(text, {.source = question_name}));
        POLKU_TRY(const rules::difference made, rules::try_difference(was->pack, is->pack, wish.asked, wish.search));
        *out = text_out(json::write(json::to_value(made.says())));
        return {};
    });
}

void polku_pack_destroy(polku_pack* pack) { destroy(pack); }
