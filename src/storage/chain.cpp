// SPDX-License-Identifier: Apache-2.0
#include "chain.hpp"

#include "encoding.hpp"

#include <charconv>

namespace polku::inline POLKU_V::storage {

namespace {

std::string encode_attribution(const path::event_envelope& event) {
    byte_writer out("polku.attribution.1");
    out.text(event.actor);
    out.text(event.purpose);
    return out.take();
}

/// Reads one length-prefixed text off the front of `bytes`.
bool read_text(std::string_view& bytes, std::string& out) {
    if (bytes.size() < 4) return false;
    std::size_t length = 0;
    for (std::size_t i = 0; i < 4; ++i) length = length << 8 | static_cast<unsigned char>(bytes[i]);
    bytes.remove_prefix(4);
    if (bytes.size() < length) return false;
    out.assign(bytes.substr(0, length));
    bytes.remove_prefix(length);
    return true;
}

bool decode_attribution(std::string_view bytes, path::event_envelope& event) {
    constexpr std::string_view label("polku.attribution.1\0", 20);
    if (!bytes.starts_with(label)) return false;
    bytes.remove_prefix(label.size());
    return read_text(bytes, event.actor) && read_text(bytes, event.purpose) && bytes.empty();
}

}  // namespace

path::hash hash_command_id(std::string_view command_id) {
    byte_writer out("polku.command.1");
    out.text(command_id);
    return blake2b(out.take());
}

path::hash seal_command_content(std::string_view command_id, const path::hash& content) {
    byte_writer key("polku.command.key.1");
    key.text(command_id);
    return blake2b(std::string_view(reinterpret_cast<const char*>(content.data()), content.size()),
                   blake2b(key.take()));
}

std::string encode_event(const stored_event& event, const path::hash& previous) {
    const path::event_envelope& envelope = event.envelope;
    byte_writer out("polku.event.1");
    out.raw(previous);
    out.raw(envelope.stream.bytes);
    out.number(static_cast<std::uint8_t>(envelope.kind), 1);
    out.number(envelope.version, 8);
    out.number(envelope.position, 8);
    out.text(envelope.type);
    out.number(envelope.schema_version, 4);
    out.number(static_cast<std::uint64_t>(envelope.effective_date.to_days()), 8);
    out.number(static_cast<std::uint64_t>(envelope.recorded_at_ms), 8);
    out.raw(event.command);
    out.raw(envelope.pack_hash);
    out.raw(envelope.path_hash);
    out.number(envelope.engine_version, 4);
    out.number(envelope.parts.size(), 4);
    for (const path::event_part& part : envelope.parts) {
        out.text(part.subject);
        out.text(part.retention_class);
        out.raw(part.commitment);
    }
    return out.take();
}

path::hash digest_heads(const changed_heads& heads) {
    byte_writer out("polku.heads.1");
    out.number(heads.size(), 8);
    for (const auto& [stream, head] : heads) {
        out.raw(stream.bytes);
        out.number(head.version, 8);
        out.raw(head.hash);
    }
    return blake2b(out.take());
}

std::string encode_checkpoint(const checkpoint_content& content) {
    byte_writer out("polku.checkpoint.1");
    out.number(content.after, 8);
    out.number(content.upto, 8);
    out.number(content.streams, 8);
    out.raw(content.digest);
    return out.take();
}

path::hash head_hash(std::uint64_t position, const path::hash& checkpoint, const path::hash& heads) {
    byte_writer out("polku.head.1");
    out.number(position, 8);
    out.raw(checkpoint);
    out.raw(heads);
    return blake2b(out.take());
}

void commit_part(path::event_part& part, entropy_source& entropy) {
    entropy.fill(part.salt);
    part.commitment = blake2b(part.bytes, part.salt);
    part.erased = false;
}

stored_event seal_event(path::event_envelope event, const path::hash& command, const path::hash& previous,
                        entropy_source& entropy) {
    path::event_part attribution;
    attribution.subject = "-";
    attribution.retention_class = attribution_class;
    attribution.bytes = encode_attribution(event);
    event.parts.insert(event.parts.begin(), std::move(attribution));
    for (path::event_part& part : event.parts) commit_part(part, entropy);
    stored_event made;
    made.envelope = std::move(event);
    made.command = command;
    made.hash = blake2b(encode_event(made, previous));
    return made;
}

stored_event make_checkpoint(const path::stream_id& system, std::uint64_t version, std::uint64_t position,
                             const stored_event& last, const checkpoint_content& content, const path::hash& previous,
                             entropy_source& entropy) {
    path::event_envelope event;
    event.stream = system;
    event.kind = path::stream_kind::system;
    event.version = version;
    event.position = position;
    event.type = checkpoint_type;
    event.effective_date = last.envelope.effective_date;
    event.recorded_at_ms = last.latest_recorded_at_ms;
    event.actor = "polku";
    event.purpose = checkpoint_type;
    event.parts.push_back({.subject = "-", .retention_class = "none", .bytes = encode_checkpoint(content)});
    stored_event made = seal_event(std::move(event), {}, previous, entropy);
    made.latest_recorded_at_ms = last.latest_recorded_at_ms;
    return made;
}

result<path::event_envelope> open_event(stored_event stored, const upcasters* lift) {
    path::event_envelope event = std::move(stored.envelope);
    event.command_id = to_hex(stored.command);
    if (!stored.broken.empty()) {
        return error(error_code::store_seal_broken, "part " + std::to_string(stored.broken.front()) +
                                                        " of the event at position " + std::to_string(event.position) +
                                                        " is not what was sealed; restore the store from a copy");
    }
    if (!stored.encrypted.empty()) {
        return error(error_code::store_key_missing, "part " + std::to_string(stored.encrypted.front()) +
                                                        " of the event at position " + std::to_string(event.position) +
                                                        " is encrypted; open the store with its master key");
    }
    if (event.parts.empty() || (!event.parts[0].erased && !decode_attribution(event.parts[0].bytes, event))) {
        return error(error_code::store_corrupt,
                     "the event at position " + std::to_string(event.position) +
                         " has no readable attribution as its part 0; restore the store from a copy");
    }
    event.parts.erase(event.parts.begin());
    if (lift != nullptr) POLKU_CHECK(lift->lift(event));
    return event;
}

std::string to_string(const chain_head& head) { return std::to_string(head.position) + ":" + to_hex(head.hash); }

std::optional<chain_head> chain_head_from(std::string_view text) noexcept {
    const std::size_t colon = text.find(':');
    if (colon == 0 || colon == std::string_view::npos) return std::nullopt;
    chain_head made;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + colon, made.position);
    if (failure != std::errc() || end != text.data() + colon) return std::nullopt;
    const std::optional<path::hash> hash = hash_from_hex(text.substr(colon + 1));
    if (!hash) return std::nullopt;
    made.hash = *hash;
    return made;
}

}  // namespace polku::inline POLKU_V::storage
