#include "ledger/log/checkpoint.h"

#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "ledger/core/status.h"
#include "ledger/log/base64.h"
#include "ledger/log/merkle_tree.h"

namespace lumbung::log {
namespace {

constexpr std::size_t kLines = 3;

absl::Status MalformedCheckpoint(absl::string_view what) {
  return InvalidArgument("CHECKPOINT_MALFORMED", "checkpoint", what);
}

}  // namespace

absl::StatusOr<Checkpoint> Checkpoint::FromText(absl::string_view text) {
  std::vector<std::string> lines = absl::StrSplit(text, '\n');
  if (lines.size() < kLines + 1 || !lines.back().empty()) {
    return MalformedCheckpoint("a checkpoint has three lines: origin, size and root");
  }
  lines.pop_back();
  Checkpoint checkpoint;
  checkpoint.origin = lines[0];
  if (!IsKeyName(checkpoint.origin))
    return MalformedCheckpoint("the origin is not the name of a log");
  const absl::StatusOr<std::string> root = DecodeBase64(lines[2]);
  if (!absl::SimpleAtoi(lines[1], &checkpoint.size) || checkpoint.size > kMaxTreeSize ||
      absl::StrCat(checkpoint.size) != lines[1]) {
    return MalformedCheckpoint("the size is not a number");
  }
  if (!root.ok() || root->size() != kHashBytes)
    return MalformedCheckpoint("the root is not a hash");
  checkpoint.root = *root;
  checkpoint.extensions.assign(lines.begin() + kLines, lines.end());
  for (const std::string& line : checkpoint.extensions) {
    if (line.empty()) return MalformedCheckpoint("a line is empty");
  }
  return checkpoint;
}

std::string Checkpoint::ToText() const {
  std::string text = absl::StrCat(origin, "\n", size, "\n", absl::Base64Escape(root), "\n");
  for (const std::string& line : extensions) absl::StrAppend(&text, line, "\n");
  return text;
}

SignedNote SignCheckpoint(const Checkpoint& checkpoint, const SigningKey& key) {
  SignedNote note{checkpoint.ToText(), {}};
  note.signatures.push_back(SignNote(note.text, key, checkpoint.origin));
  return note;
}

absl::StatusOr<Checkpoint> OpenCheckpoint(const SignedNote& note, const VerifierKey& key) {
  LUMBUNG_RETURN_IF_ERROR(VerifyNote(note, key));
  LUMBUNG_ASSIGN_OR_RETURN(Checkpoint checkpoint, Checkpoint::FromText(note.text));
  if (checkpoint.origin != key.name) {
    return InvalidArgument(
        "WRONG_ORIGIN", "checkpoint",
        absl::StrCat("the checkpoint is of ", checkpoint.origin, " and not of ", key.name));
  }
  return checkpoint;
}

}  // namespace lumbung::log
