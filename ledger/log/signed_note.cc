#include "ledger/log/signed_note.h"

#include <algorithm>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "ledger/core/status.h"
#include "ledger/core/utf8.h"
#include "ledger/log/base64.h"

namespace lumbung::log {
namespace {

constexpr absl::string_view kLineStart = "\xE2\x80\x94 ";  // An em dash and a space.
constexpr std::size_t kIdBytes = 4;
constexpr std::size_t kTimeBytes = 8;

absl::Status MalformedNote(absl::string_view what) {
  return InvalidArgument("NOTE_MALFORMED", "note", what);
}

std::string BigEndian(std::uint64_t value, std::size_t width) {
  std::string bytes(width, '\0');
  for (std::size_t i = width; i-- > 0; value >>= 8) bytes[i] = static_cast<char>(value & 0xff);
  return bytes;
}

std::uint64_t FromBigEndian(absl::string_view bytes) {
  std::uint64_t value = 0;
  for (const char byte : bytes) value = value << 8 | static_cast<std::uint8_t>(byte);
  return value;
}

// What a witness signs: the time stands outside of the note, in its signature.
std::string CosignedMessage(absl::string_view text, std::uint64_t seconds) {
  return absl::StrCat("cosignature/v1\ntime ", seconds, "\n", text);
}

absl::Status CheckText(absl::string_view text) {
  if (text.empty() || text.back() != '\n') return MalformedNote("the text ends with a newline");
  if (!IsValidUtf8(text)) return MalformedNote("the text is not UTF-8");
  if (std::any_of(text.begin(), text.end(),
                  [](char c) { return static_cast<std::uint8_t>(c) < 0x20 && c != '\n'; })) {
    return MalformedNote("the text has control characters");
  }
  return absl::OkStatus();
}

// The signatures of the key; the note may have others.
std::vector<NoteSignature> SignaturesOf(const SignedNote& note, const VerifierKey& key) {
  std::vector<NoteSignature> found;
  for (const NoteSignature& signature : note.signatures) {
    if (signature.key_name == key.name && signature.key_id == key.id()) found.push_back(signature);
  }
  return found;
}

absl::Status Unsigned(const VerifierKey& key) {
  return InvalidArgument("NOTE_UNSIGNED", "note",
                         absl::StrCat("the note has no signature of ", key.name));
}

absl::Status SignatureWrong(const VerifierKey& key) {
  return InvalidArgument("NOTE_SIGNATURE_WRONG", "note",
                         absl::StrCat("the signature of ", key.name, " does not fit the text"));
}

}  // namespace

absl::StatusOr<NoteSignature> NoteSignature::Parse(absl::string_view line) {
  if (!absl::ConsumePrefix(&line, kLineStart))
    return MalformedNote("a signature starts with a dash");
  const std::vector<absl::string_view> parts = absl::StrSplit(line, ' ');
  if (parts.size() != 2 || !IsKeyName(parts[0])) {
    return MalformedNote("a signature has a name and base64");
  }
  const absl::StatusOr<std::string> bytes = DecodeBase64(parts[1]);
  if (!bytes.ok() || bytes->size() <= kIdBytes) return MalformedNote("a signature is base64");
  return NoteSignature{std::string(parts[0]),
                       static_cast<std::uint32_t>(FromBigEndian(bytes->substr(0, kIdBytes))),
                       bytes->substr(kIdBytes)};
}

std::string NoteSignature::ToLine() const {
  return absl::StrCat(kLineStart, key_name, " ",
                      absl::Base64Escape(absl::StrCat(BigEndian(key_id, kIdBytes), bytes)));
}

absl::StatusOr<SignedNote> SignedNote::Parse(absl::string_view note) {
  if (note.size() > kMaxNoteBytes) return MalformedNote("the note is too long");
  // The text may have empty lines; the last one ends it.
  const std::size_t blank = note.rfind("\n\n");
  if (blank == absl::string_view::npos) return MalformedNote("the note has no signatures");
  SignedNote parsed;
  parsed.text = std::string(note.substr(0, blank + 1));
  LUMBUNG_RETURN_IF_ERROR(CheckText(parsed.text));
  absl::string_view lines = note.substr(blank + 2);
  if (!absl::ConsumeSuffix(&lines, "\n")) return MalformedNote("the note ends with a newline");
  for (const absl::string_view line : absl::StrSplit(lines, '\n')) {
    if (parsed.signatures.size() == kMaxSignatures) return MalformedNote("too many signatures");
    LUMBUNG_ASSIGN_OR_RETURN(NoteSignature signature, NoteSignature::Parse(line));
    parsed.signatures.push_back(std::move(signature));
  }
  return parsed;
}

std::string SignedNote::ToString() const {
  std::string note = absl::StrCat(text, "\n");
  for (const NoteSignature& signature : signatures)
    absl::StrAppend(&note, signature.ToLine(), "\n");
  return note;
}

NoteSignature SignNote(absl::string_view text, const SigningKey& key, absl::string_view name) {
  return {std::string(name), key.Verifier(name, KeyType::kLog).id(), key.Sign(text)};
}

absl::Status VerifyNote(const SignedNote& note, const VerifierKey& key) {
  if (key.type != KeyType::kLog) return InvalidArgument("INVALID_KEY", "key", "not a log's key");
  const std::vector<NoteSignature> signatures = SignaturesOf(note, key);
  if (signatures.empty()) return Unsigned(key);
  for (const NoteSignature& signature : signatures) {
    if (!key.Verifies(note.text, signature.bytes)) return SignatureWrong(key);
  }
  return absl::OkStatus();
}

NoteSignature CosignNote(absl::string_view text, const SigningKey& key, absl::string_view name,
                         absl::Time time) {
  const auto seconds = static_cast<std::uint64_t>(absl::ToUnixSeconds(time));
  return {std::string(name), key.Verifier(name, KeyType::kWitness).id(),
          absl::StrCat(BigEndian(seconds, kTimeBytes), key.Sign(CosignedMessage(text, seconds)))};
}

absl::StatusOr<absl::Time> VerifyCosignature(const SignedNote& note, const VerifierKey& key) {
  if (key.type != KeyType::kWitness) {
    return InvalidArgument("INVALID_KEY", "key", "not a witness's key");
  }
  const std::vector<NoteSignature> signatures = SignaturesOf(note, key);
  if (signatures.empty()) return Unsigned(key);
  std::uint64_t latest = 0;
  for (const NoteSignature& signature : signatures) {
    const absl::string_view bytes = signature.bytes;
    if (bytes.size() != kTimeBytes + kSignatureBytes) return SignatureWrong(key);
    const std::uint64_t seconds = FromBigEndian(bytes.substr(0, kTimeBytes));
    if (seconds > std::uint64_t{1} << 40 ||
        !key.Verifies(CosignedMessage(note.text, seconds), bytes.substr(kTimeBytes))) {
      return SignatureWrong(key);
    }
    latest = std::max(latest, seconds);
  }
  return absl::FromUnixSeconds(static_cast<std::int64_t>(latest));
}

}  // namespace lumbung::log
