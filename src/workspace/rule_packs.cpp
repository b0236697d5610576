// SPDX-License-Identifier: Apache-2.0
#include "feed.hpp"
#include "pack_loading.hpp"

#include "json/schema_of.hpp"

#include <polku/json/rule_pack.hpp>
#include <polku/json/shipped.hpp>
#include <polku/json/text.hpp>
#include <polku/rules/pack_definition.hpp>
#include <polku/storage/hash.hpp>
#include <polku/workspace/rule_packs.hpp>
#include <polku/workspace/workspace.hpp>

#include <algorithm>
#include <utility>

namespace polku::inline POLKU_V {

namespace {

constexpr std::string_view pack_file = "pack.json";

using models_by_name = std::map<std::string, std::string>;

/// A bundle without its compiled pack.
pack_bundle bytes_of(const std::string& definition, const models_by_name& models) {
    feel::context texts;
    for (const auto& [name, text] : models) texts.set(name, text);
    pack_bundle made;
    // Where the files lay is no part of what they say.
    made.bytes =
        json::write(feel::value(feel::context{{"definition", definition}, {"models", feel::value(std::move(texts))}}));
    made.hash = storage::blake2b(made.bytes);
    return made;
}

result<pack_bundle> bundle_of(const std::string& definition, models_by_name models, std::string source) {
    pack_bundle made = bytes_of(definition, models);
    POLKU_TRY(made.pack, json::try_read_pack(definition, std::move(models), std::move(source)));
    return made;
}

error no_pack_bytes() { return error(error_code::store_corrupt, "the bytes are not those of a rule pack"); }

}  // namespace

const std::string& pack_bundle::id() const noexcept { return pack.says().id; }
std::string pack_bundle::hash_text() const { return storage::to_hex(hash); }

result<pack_bundle> try_make_pack(std::span<const named_text> files) {
    if (files.empty()) return error(error_code::invalid_argument, "no file was given; the first is the pack.json");
    models_by_name models;
    for (const named_text& each : files.subspan(1))
        if (!models.emplace(each.name, each.text).second)
            return error(error_code::invalid_argument, "the file '" + each.name + "' was given twice");
    return bundle_of(files[0].text, std::move(models), files[0].name);
}

result<pack_bundle> try_restore_pack(std::string_view bytes) {
    POLKU_TRY(const feel::value document, json::try_parse(bytes));
    if (!document.is(feel::kind::context)) return no_pack_bytes();
    const feel::value* definition = document.as_context().find("definition");
    const feel::value* texts = document.as_context().find("models");
    if (definition == nullptr || texts == nullptr || !definition->is(feel::kind::string) ||
        !texts->is(feel::kind::context))
        return no_pack_bytes();
    models_by_name models;
    for (const auto& [name, text] : texts->as_context()) models.emplace(name, std::string(text.as_string()));
    return bundle_of(std::string(definition->as_string()), std::move(models), std::string(pack_file));
}

result<pack_bundle> try_shipped_pack_bundle(std::string_view id) {
    POLKU_TRY(rules::pack compiled, json::try_shipped_pack(id));
    std::string definition;
    models_by_name models;
    for (const json::shipped_file& file : json::shipped_folder(id)) {
        const std::string name(file.name.substr(id.size() + 1));
        if (name == pack_file)
            definition = file.bytes;
        else if (name.ends_with(".dmn"))
            models.emplace(name, file.bytes);
    }
    pack_bundle made = bytes_of(definition, models);
    made.pack = std::move(compiled);
    return made;
}

result<feel::value> try_adopt_pack(workspace& in, const pack_bundle& pack, const pack_adoption& by) {
    POLKU_TRY(const path::hash kept, in.store().try_put_blob("rule pack", pack.bytes));
    feel::context data{{"pack", pack.id()}, {"hash", storage::to_hex(kept)}};
    if (by.reason) data.append("reason", *by.reason);
    return in.try_execute(
        feel::value(feel::context{{"command", std::string(path::adopt_pack::type)},
                                  {"programme", storage::to_hex(detail::pack_register_stream().bytes)},
                                  {"command_id", by.command_id},
                                  {"now", by.now},
                                  {"actor", by.actor},
                                  {"purpose", by.purpose},
                                  {"data", feel::value(std::move(data))}}));
}

result<feel::value> try_adopted_packs(workspace& in) {
    POLKU_TRY(const auto found, detail::fold_packs(in.store()));
    std::vector<feel::value> rows;
    for (const path::adopted_pack& each : found.state.packs) {
        feel::context row{{"pack", each.pack},
                          {"hash", each.hash},
                          {"from", feel::value(each.from)},
                          {"recorded_at", detail::timestamp(each.recorded_at_ms)}};
        if (each.reason) row.append("reason", *each.reason);
        rows.emplace_back(std::move(row));
    }
    return feel::value(std::move(rows));
}

namespace detail {

path::stream_id pack_register_stream() {
    const path::hash whole = storage::blake2b("polku: rule packs in use");
    path::stream_id made;
    std::copy_n(whole.begin(), made.bytes.size(), made.bytes.begin());
    return made;
}

result<folded_stream<path::pack_register>> fold_packs(storage::event_store& store) {
    return try_fold_stream<path::pack_event_body, path::pack_register>(
        store, pack_register_stream(), path::stream_kind::programme, path::evolve_packs);
}

compiled_packs::compiled_packs(storage::event_store& store)
    : blob_cache(store, [](std::string_view bytes) -> result<rules::pack> {
          POLKU_TRY(pack_bundle restored, try_restore_pack(bytes));
          return std::move(restored.pack);
      }) {}

result<pack_at_hand> try_pack_in_use(const door_room& room, const std::string& id) {
    POLKU_TRY(const auto found, fold_packs(room.store));
    const path::adopted_pack* const used = found.state.find(id);
    if (used == nullptr) {
        std::string known;
        for (const path::adopted_pack& each : found.state.packs)
            if (known.find("'" + each.pack + "'") == std::string::npos)
                known += (known.empty() ? "'" : ", '") + each.pack + "'";
        return error(error_code::pack_not_in_use,
                     "the rule pack '" + id + "' is not in use in this store; in use are: " +
                         (known.empty() ? "none" : known) + " (adopt_pack takes one into use)",
                     {.pointer = "/data/pack"});
    }
    POLKU_TRY(rules::pack pack, room.packs.try_of(used->hash));
    return pack_at_hand{std::move(pack), storage::hash_from_hex(used->hash).value_or(path::hash{})};
}

result<storage::append_request> decide_pack_command(const door_room& room, const command_envelope& asked) {
    if (asked.stream != pack_register_stream())
        return error(error_code::invalid_argument,
                     "rule packs are taken into use in the stream " + storage::to_hex(pack_register_stream().bytes),
                     {.pointer = "/programme"});
    POLKU_TRY(const path::pack_command command,
              json::streams::try_read<path::pack_command>("command", asked.type, asked.data));
    const path::adopt_pack& what = std::get<path::adopt_pack>(command);
    POLKU_TRY(const auto known, fold_packs(room.store));
    POLKU_CHECK(check_expected(asked, known.version));
    POLKU_TRY(const rules::pack pack, room.packs.try_of(what.hash));
    if (pack.says().id != what.pack)
        return error(error_code::invalid_argument,
                     "the bytes of that hash are the pack '" + pack.says().id + "', not '" + what.pack + "'",
                     {.pointer = "/data/pack"});
    const path::adopted_pack* const used = known.state.find(what.pack);
    if (used != nullptr && used->hash == what.hash)
        return error(error_code::duplicate_record,
                     "the pack '" + what.pack + "' is in use with this text since " + time::to_string(used->from),
                     {.pointer = "/data/hash"});
    const time::date from = asked.on.value_or(asked.context.today);
    if (asked.context.today < from)
        return error(
            error_code::command_in_future,
            "the command tells of " + time::to_string(from) + ", but today is " + time::to_string(asked.context.today),
            {.pointer = "/data/on"});
    path::pack_event happened;
    happened.what = path::pack_adopted{what.pack, what.hash, what.reason};
    happened.effective_date = from;
    happened.recorded_at_ms = asked.context.now_ms;
    happened.actor = asked.context.actor;
    happened.purpose = asked.context.purpose;
    storage::append_request request;
    request.streams.push_back(append_of(asked.stream, path::stream_kind::programme, known.version,
                                        std::vector<path::pack_event>{std::move(happened)}));
    request.streams.back().events.back().pack_hash = storage::hash_from_hex(what.hash).value_or(path::hash{});
    return request;
}

result<std::vector<feel::value>> pack_command_schemas() {
    return json::schema::command_alternatives<path::pack_command>();
}

}  // namespace detail

}  // namespace polku::inline POLKU_V
