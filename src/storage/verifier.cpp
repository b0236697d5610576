// SPDX-License-Identifier: Apache-2.0
#include "verifier.hpp"

#include <algorithm>
#include <cstring>

namespace polku::inline POLKU_V::storage {

namespace {

position place(const stored_event& event) {
    return {.source = "stream " + to_hex(event.envelope.stream.bytes),
            .element = event.envelope.type,
            .pointer = "position " + std::to_string(event.envelope.position)};
}

error out_of_order(const stored_event& event, const std::string& what, std::int64_t found, std::int64_t expected) {
    return error(error_code::store_order_broken,
                 "the event has " + what + " " + std::to_string(found) + ", expected " + std::to_string(expected),
                 place(event));
}

}  // namespace

std::size_t chain_verifier::id_hash::operator()(const path::stream_id& id) const noexcept {
    std::size_t made = 0;  // ids are random, so any of their bytes spread well
    std::memcpy(&made, id.bytes.data(), sizeof made);
    return made;
}

chain_verifier::chain_verifier(const path::stream_id& system, const verify_options& options)
    : system_(system), options_(options) {
    check_anchor(0);
}

void chain_verifier::find(error what, severity how) {
    if (report_.findings.size() < options_.max_findings) report_.findings.push_back({how, std::move(what)});
}

void chain_verifier::check_order(const stored_event& event, const link& last) {
    const path::event_envelope& envelope = event.envelope;
    const auto as_signed = [](std::uint64_t value) { return static_cast<std::int64_t>(value); };
    if (envelope.position != position_ + 1) {
        find(out_of_order(event, "position", as_signed(envelope.position), as_signed(position_ + 1)));
    }
    if (envelope.version != last.version + 1) {
        find(out_of_order(event, "version", as_signed(envelope.version), as_signed(last.version + 1)));
    }
    newest_ = std::max(newest_, envelope.recorded_at_ms);
    if (event.latest_recorded_at_ms != newest_) {
        find(out_of_order(event, "newest recording time", event.latest_recorded_at_ms, newest_));
    }
}

void chain_verifier::check_parts(const stored_event& event) {
    std::size_t number = 0;
    for (const path::event_part& part : event.envelope.parts) {
        const bool encrypted = std::ranges::find(event.encrypted, number) != event.encrypted.end();
        if (std::ranges::find(event.broken, number) != event.broken.end()) {
            find(error(error_code::store_seal_broken, "part " + std::to_string(number) + " is not what was sealed",
                       place(event)));
        } else if (part.erased || encrypted) {
            ++report_.parts_sealed;
        } else {
            ++report_.parts_checked;
            if (blake2b(part.bytes, part.salt) != part.commitment) {
                find(error(error_code::store_commitment_broken,
                           "part " + std::to_string(number) + " has content that its commitment does not cover",
                           place(event)));
            }
        }
        ++number;
    }
}

void chain_verifier::check_checkpoint(const stored_event& event) {
    ++report_.checkpoints;
    const checkpoint_content expected{.after = checkpoint_position_,
                                      .upto = event.envelope.position - 1,
                                      .streams = changed_.size(),
                                      .digest = digest_heads(changed_)};
    const bool content =
        event.envelope.parts.size() == 2 && event.envelope.parts[1].bytes == encode_checkpoint(expected);
    if (!content) {
        find(error(error_code::store_chain_broken,
                   "the checkpoint does not link the heads of the " + std::to_string(changed_.size()) +
                       " streams that changed since position " + std::to_string(checkpoint_position_),
                   place(event)));
    }
    checkpoint_position_ = event.envelope.position;
    checkpoint_hash_ = event.hash;
    changed_.clear();
}

chain_head chain_verifier::head_now() const {
    return {position_, head_hash(position_, checkpoint_hash_, digest_heads(changed_))};
}

void chain_verifier::check_anchor(std::uint64_t position) {
    if (!options_.anchor || options_.anchor->position != position) return;
    anchor_seen_ = true;
    if (head_now().hash == options_.anchor->hash) return;
    find(error(error_code::store_anchor_missing,
               "the head at position " + std::to_string(position) + " is " + to_hex(head_now().hash) +
                   ", the anchor says " + to_hex(options_.anchor->hash) +
                   "; events before it were changed, or it is the anchor of another store"));
}

void chain_verifier::add(const stored_event& event) {
    link& last = last_[event.envelope.stream];
    check_order(event, last);
    const path::hash computed = blake2b(encode_event(event, last.hash));
    if (computed != event.hash) {
        find(error(error_code::store_chain_broken,
                   "the event has the hash " + to_hex(event.hash) + ", expected " + to_hex(computed) +
                       " after the event before it",
                   place(event)));
    }
    check_parts(event);
    last = {event.envelope.version, event.hash};
    position_ = event.envelope.position;
    ++report_.events;
    if (event.envelope.stream == system_) {
        check_checkpoint(event);
    } else {
        changed_[event.envelope.stream] = {event.envelope.stream, event.envelope.kind, event.envelope.version,
                                           event.hash};
    }
    check_anchor(position_);
}

verify_report chain_verifier::finish() {
    if (options_.anchor && !anchor_seen_) {
        find(error(error_code::store_anchor_missing,
                   "the anchor is at position " + std::to_string(options_.anchor->position) +
                       ", the store ends at position " + std::to_string(position_) + "; events are missing"));
    }
    report_.streams = last_.size();
    report_.head = head_now();
    return std::move(report_);
}

}  // namespace polku::inline POLKU_V::storage
