#include "services/reporting/audit_pack/pack_log.h"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <string>

#include "ledger/core/status.h"
#include "services/log/store/leaf_store.h"
#include "services/log/store/log_reader.h"

namespace lumbung::reporting {
namespace {

constexpr std::int64_t kLeavesAtOnce = 1'000;

absl::Status VisitItems(PackContext& pack,
                        const std::function<absl::Status(const log::LoggedItem&)>& visit) {
  for (std::int64_t begin = 0; begin < pack.facts.checkpoint.size; begin += kLeavesAtOnce) {
    const std::int64_t end = std::min(begin + kLeavesAtOnce, pack.facts.checkpoint.size);
    for (const log::LoggedItem& item : log::ReadItems(pack.scope, begin, end)) {
      LUMBUNG_RETURN_IF_ERROR(visit(item));
    }
  }
  return absl::OkStatus();
}

// What the pack does not show the content of is of kind other.
Json LeafJson(const PackFacts& facts, const log::Leaf& leaf) {
  Json json = {{"index", leaf.index}, {"hash", Hex(leaf.hash)}};
  switch (leaf.kind) {
    case log::LeafKind::kEntry:
      if (leaf.book == facts.book->book().key.book) {
        json["kind"] = "entry";
        json["sequence"] = leaf.subject;
      } else {
        json["kind"] = "other";
      }
      break;
    case log::LeafKind::kAuditEvent:
      if (facts.with_audit_trail) {
        json["kind"] = "event";
        json["event_id"] = leaf.subject;
      } else {
        json["kind"] = "other";
      }
      break;
    case log::LeafKind::kKeyRecord:
      json["kind"] = "key-record";
      json["number"] = leaf.subject;
      break;
  }
  return json;
}

Json EventJson(const log::LoggedItem& item) {
  return {{"index", item.leaf.index},
          {"event_id", item.leaf.subject},
          {"canonical", Base64(item.leaf.content)},
          {"salt", Base64(item.leaf.salt)},
          {"user_name", item.user_name},
          {"display_name", item.display_name},
          {"from_address", item.from_address},
          {"resource", item.resource},
          {"before", item.before},
          {"after", item.after}};
}

}  // namespace

absl::Status PackLog(PackContext& pack) {
  std::string note = pack.facts.checkpoint.note;
  for (const std::string& line : pack.facts.checkpoint.cosignatures) note += line + "\n";
  LUMBUNG_RETURN_IF_ERROR(pack.archive.Add("log/checkpoint.note", note));
  const Json records = {{"notes", log::KeyRecords(pack.scope, pack.facts.checkpoint.size)}};
  LUMBUNG_RETURN_IF_ERROR(pack.archive.Add("log/key-records.json", JsonFile(records)));
  LUMBUNG_RETURN_IF_ERROR(pack.archive.Add("log/leaves.jsonl", [&](reports::ByteSink& sink) {
    return VisitItems(pack, [&](const log::LoggedItem& item) {
      return sink.Write(JsonLine(LeafJson(pack.facts, item.leaf)));
    });
  }));
  return pack.archive.Add("log/events.jsonl", [&](reports::ByteSink& sink) {
    return VisitItems(pack, [&](const log::LoggedItem& item) {
      const bool shown =
          pack.facts.with_audit_trail && item.leaf.kind == log::LeafKind::kAuditEvent;
      return shown ? sink.Write(JsonLine(EventJson(item))) : absl::OkStatus();
    });
  });
}

}  // namespace lumbung::reporting
