#include "ledger/log/key_record.h"

#include <cstdint>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "ledger/core/status.h"

namespace lumbung::log {
namespace {

constexpr absl::string_view kTitle = "lumbung key record v1";

std::string RecordText(absl::string_view origin, const SigningKey& key, const SigningKey* replaced,
                       absl::Time time) {
  std::string text = absl::StrCat(kTitle, "\n", origin, "\ntime ", absl::ToUnixSeconds(time),
                                  "\nkey ", key.Verifier(origin, KeyType::kLog).ToString(), "\n");
  if (replaced != nullptr) {
    absl::StrAppend(&text, "replaces ", replaced->Verifier(origin, KeyType::kLog).ToString(), "\n");
  }
  return text;
}

absl::Status MalformedKeyRecord() {
  return InvalidArgument("KEY_RECORD_MALFORMED", "key_record", "this is no record of a log's key");
}

absl::StatusOr<VerifierKey> KeyIn(absl::string_view line, absl::string_view word,
                                  absl::string_view origin) {
  if (!absl::ConsumePrefix(&line, word)) return MalformedKeyRecord();
  LUMBUNG_ASSIGN_OR_RETURN(VerifierKey key, VerifierKey::Parse(line));
  if (key.name != origin || key.type != KeyType::kLog) return MalformedKeyRecord();
  return key;
}

}  // namespace

SignedNote CreateKeyRecord(absl::string_view origin, const SigningKey& key, absl::Time time) {
  SignedNote note{RecordText(origin, key, nullptr, time), {}};
  note.signatures.push_back(SignNote(note.text, key, origin));
  return note;
}

SignedNote RotateKeyRecord(absl::string_view origin, const SigningKey& previous,
                           const SigningKey& next, absl::Time time) {
  SignedNote note{RecordText(origin, next, &previous, time), {}};
  note.signatures.push_back(SignNote(note.text, previous, origin));
  note.signatures.push_back(SignNote(note.text, next, origin));
  return note;
}

absl::StatusOr<VerifierKey> FollowKeyRecord(const std::optional<VerifierKey>& previous,
                                            absl::string_view note) {
  LUMBUNG_ASSIGN_OR_RETURN(const SignedNote parsed, SignedNote::Parse(note));
  const std::vector<std::string> lines = absl::StrSplit(parsed.text, '\n');
  const std::size_t expected = previous.has_value() ? 6 : 5;
  if (lines[0] != kTitle || lines.size() < 5) return MalformedKeyRecord();
  if (lines.size() != expected) {
    return InvalidArgument("KEY_RECORD_OUT_OF_ORDER", "key_record",
                           "a log has one first key, and every later one replaces the one before");
  }
  absl::string_view seconds = lines[2];
  std::int64_t time = 0;
  if (!absl::ConsumePrefix(&seconds, "time ") || !absl::SimpleAtoi(seconds, &time) ||
      absl::StrCat(time) != seconds) {
    return MalformedKeyRecord();
  }
  LUMBUNG_ASSIGN_OR_RETURN(VerifierKey key, KeyIn(lines[3], "key ", lines[1]));
  LUMBUNG_RETURN_IF_ERROR(VerifyNote(parsed, key));
  if (previous.has_value()) {
    LUMBUNG_ASSIGN_OR_RETURN(const VerifierKey replaced, KeyIn(lines[4], "replaces ", lines[1]));
    if (replaced != *previous) {
      return InvalidArgument("KEY_RECORD_OUT_OF_ORDER", "key_record",
                             "the record replaces another key than the one before");
    }
    LUMBUNG_RETURN_IF_ERROR(VerifyNote(parsed, replaced));
  }
  return key;
}

absl::StatusOr<VerifierKey> FollowKeyRecords(const VerifierKey& first,
                                             absl::Span<const std::string> notes) {
  std::optional<VerifierKey> key;
  for (const std::string& note : notes) {
    LUMBUNG_ASSIGN_OR_RETURN(const VerifierKey next, FollowKeyRecord(key, note));
    if (!key.has_value() && next != first) {
      return InvalidArgument("KEY_UNKNOWN", "key_record", "the log begins with another key");
    }
    key = next;
  }
  if (!key.has_value()) return first;
  return *key;
}

}  // namespace lumbung::log
