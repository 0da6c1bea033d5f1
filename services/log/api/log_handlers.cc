#include "services/log/api/log_handlers.h"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "ledger/core/entry.h"
#include "ledger/core/status.h"
#include "ledger/log/merkle_tree.h"
#include "services/common/page_token.h"
#include "services/common/resource_names.h"
#include "services/identity/store/audited.h"
#include "services/log/store/checkpoint_store.h"
#include "services/log/store/leaf_store.h"
#include "services/log/store/tree_reader.h"

namespace lumbung::log::api {
namespace {

constexpr absl::string_view kEntryCollection = "entries";

absl::Status CheckSize(std::int64_t size, absl::string_view field) {
  if (size >= 0) return absl::OkStatus();
  return InvalidArgument("INVALID_SIZE", field,
                         absl::StrCat("found ", size, "; sizes are 0 or more"));
}

absl::StatusOr<StoredCheckpoint> Find(store::TransactionScope& scope, std::int64_t size,
                                      absl::string_view field) {
  std::optional<StoredCheckpoint> found = FindCheckpoint(scope, size);
  if (found.has_value()) return *std::move(found);
  return NotFound("CHECKPOINT_NOT_FOUND", field,
                  size == 0 ? "nothing is sealed yet"
                            : absl::StrCat("the log has no checkpoint of ", size, " leaves"));
}

absl::StatusOr<v1::Checkpoint> ToProto(store::TransactionScope& scope,
                                       const StoredCheckpoint& checkpoint) {
  v1::Checkpoint proto;
  LUMBUNG_ASSIGN_OR_RETURN(const std::string origin, OriginOf(scope));
  proto.set_origin(origin);
  proto.set_size(checkpoint.size);
  proto.set_root(checkpoint.root);
  std::string note = checkpoint.note;
  for (const std::string& line : checkpoint.cosignatures) absl::StrAppend(&note, line, "\n");
  proto.set_note(std::move(note));
  const std::int64_t micros = absl::ToUnixMicros(checkpoint.signed_at);
  proto.mutable_sign_time()->set_seconds(micros / 1'000'000);
  proto.mutable_sign_time()->set_nanos(static_cast<std::int32_t>(micros % 1'000'000) * 1'000);
  for (std::string& record : KeyRecords(scope, checkpoint.size)) {
    proto.add_key_records(std::move(record));
  }
  return proto;
}

v1::Leaf ToProto(const Leaf& leaf) {
  v1::Leaf proto;
  proto.set_index(leaf.index);
  proto.set_kind(static_cast<v1::LeafKind>(leaf.kind));
  proto.set_leaf_hash(leaf.hash);
  const std::string subject = absl::StrCat(leaf.subject);
  switch (leaf.kind) {
    case LeafKind::kEntry:
      proto.set_name(ResourceName({{"books", leaf.book_slug}, {kEntryCollection, subject}}));
      break;
    case LeafKind::kAuditEvent:
      proto.set_name(ResourceName({{"auditEvents", subject}}));
      break;
    case LeafKind::kKeyRecord:
      proto.set_name(ResourceName({{"keyRecords", subject}}));
      break;
  }
  return proto;
}

// By sequence or by number.
absl::StatusOr<CanonicalEntry> FindEntry(store::TransactionScope& scope, BookKey book,
                                         const std::string& id) {
  std::int64_t sequence = 0;
  std::optional<CanonicalEntry> found;
  if (absl::SimpleAtoi(id, &sequence)) {
    found = FindCanonicalEntry(scope, book.book, sequence);
  } else if (const std::optional<EntryNumber> number = ParseEntryNumber(id)) {
    found = FindCanonicalEntry(scope, book.book, *number);
  }
  if (found.has_value()) return *std::move(found);
  return NotFound("ENTRY_NOT_FOUND", "name",
                  absl::StrCat("the book has no entry '", id,
                               "'; a sequence such as 42 or a number such as JU-2026-000042 names "
                               "one"));
}

absl::Status NotSealed(std::int64_t size) {
  return FailedPrecondition("NOT_SEALED", "checkpoint_size",
                            absl::StrCat("the checkpoint of ", size,
                                         " leaves does not cover the entry; it is sealed "
                                         "some seconds after it was posted, in a later one"));
}

}  // namespace

absl::StatusOr<v1::Checkpoint> LogHandlers::GetCheckpoint(CallScope& call,
                                                          const v1::GetCheckpointRequest& request) {
  LUMBUNG_RETURN_IF_ERROR(CheckSize(request.size(), "size"));
  return Run(call, store::Access::kReadOnly,
             [&](store::TransactionScope& scope) -> absl::StatusOr<v1::Checkpoint> {
               LUMBUNG_ASSIGN_OR_RETURN(const StoredCheckpoint checkpoint,
                                        Find(scope, request.size(), "size"));
               return ToProto(scope, checkpoint);
             });
}

absl::StatusOr<v1::InclusionProof> LogHandlers::GetInclusionProof(
    CallScope& call, const v1::GetInclusionProofRequest& request) {
  LUMBUNG_ASSIGN_OR_RETURN(const std::vector<std::string> ids,
                           ParseResourceName(request.name(), {"books", kEntryCollection}, "name"));
  LUMBUNG_ASSIGN_OR_RETURN(const BookKey book, directory_->BookById(call, ids[0], "name"));
  LUMBUNG_RETURN_IF_ERROR(CheckSize(request.checkpoint_size(), "checkpoint_size"));
  return Run(call, store::Access::kReadOnly,
             [&](store::TransactionScope& scope) -> absl::StatusOr<v1::InclusionProof> {
               LUMBUNG_ASSIGN_OR_RETURN(CanonicalEntry entry, FindEntry(scope, book, ids[1]));
               LUMBUNG_ASSIGN_OR_RETURN(const StoredCheckpoint checkpoint,
                                        Find(scope, request.checkpoint_size(), "checkpoint_size"));
               const std::optional<Leaf> leaf =
                   FindLeaf(scope, LeafKind::kEntry, book.book, entry.sequence);
               if (!leaf.has_value() || leaf->index >= checkpoint.size)
                 return NotSealed(checkpoint.size);
               v1::InclusionProof proof;
               *proof.mutable_leaf() = ToProto(*leaf);
               proof.set_canonical_bytes(std::move(entry.canonical));
               LUMBUNG_ASSIGN_OR_RETURN(
                   std::vector<std::string> hashes,
                   InclusionProof(static_cast<std::uint64_t>(leaf->index),
                                  static_cast<std::uint64_t>(checkpoint.size), StoredNodes(scope)));
               for (std::string& hash : hashes) proof.add_hashes(std::move(hash));
               LUMBUNG_ASSIGN_OR_RETURN(*proof.mutable_checkpoint(), ToProto(scope, checkpoint));
               return proof;
             });
}

absl::StatusOr<v1::ConsistencyProof> LogHandlers::GetConsistencyProof(
    CallScope& call, const v1::GetConsistencyProofRequest& request) {
  if (request.first_size() <= 0) {
    return InvalidArgument(
        "INVALID_SIZE", "first_size",
        absl::StrCat("found ", request.first_size(), "; the size of a checkpoint is expected"));
  }
  LUMBUNG_RETURN_IF_ERROR(CheckSize(request.second_size(), "second_size"));
  return Run(call, store::Access::kReadOnly,
             [&](store::TransactionScope& scope) -> absl::StatusOr<v1::ConsistencyProof> {
               LUMBUNG_ASSIGN_OR_RETURN(const StoredCheckpoint first,
                                        Find(scope, request.first_size(), "first_size"));
               LUMBUNG_ASSIGN_OR_RETURN(const StoredCheckpoint second,
                                        Find(scope, request.second_size(), "second_size"));
               if (second.size < first.size) {
                 return InvalidArgument(
                     "INVALID_SIZE", "second_size",
                     absl::StrCat("found ", second.size, ", which is less than ", first.size));
               }
               v1::ConsistencyProof proof;
               LUMBUNG_ASSIGN_OR_RETURN(
                   std::vector<std::string> hashes,
                   ConsistencyProof(static_cast<std::uint64_t>(first.size),
                                    static_cast<std::uint64_t>(second.size), StoredNodes(scope)));
               for (std::string& hash : hashes) proof.add_hashes(std::move(hash));
               LUMBUNG_ASSIGN_OR_RETURN(*proof.mutable_first(), ToProto(scope, first));
               LUMBUNG_ASSIGN_OR_RETURN(*proof.mutable_second(), ToProto(scope, second));
               return proof;
             });
}

absl::StatusOr<v1::Checkpoint> LogHandlers::AddCosignature(
    CallScope& call, const v1::AddCosignatureRequest& request) {
  LUMBUNG_RETURN_IF_ERROR(CheckSize(request.checkpoint_size(), "checkpoint_size"));
  const auto add = [&](store::TransactionScope& scope) -> absl::StatusOr<v1::Checkpoint> {
    LUMBUNG_ASSIGN_OR_RETURN(const StoredCheckpoint checkpoint,
                             Find(scope, request.checkpoint_size(), "checkpoint_size"));
    LUMBUNG_ASSIGN_OR_RETURN(const VerifierKey witness, VerifierKey::Parse(request.verifier_key()));
    LUMBUNG_ASSIGN_OR_RETURN(const NoteSignature signature,
                             NoteSignature::Parse(request.signature()));
    LUMBUNG_ASSIGN_OR_RETURN(SignedNote note, SignedNote::Parse(checkpoint.note));
    note.signatures = {signature};
    LUMBUNG_ASSIGN_OR_RETURN(const absl::Time cosigned_at, VerifyCosignature(note, witness));
    InsertCosignature(scope, {checkpoint.size, witness, signature, cosigned_at, call.access.actor});
    LUMBUNG_ASSIGN_OR_RETURN(const StoredCheckpoint cosigned,
                             Find(scope, checkpoint.size, "checkpoint_size"));
    return ToProto(scope, cosigned);
  };
  return Run(call, store::Access::kReadWrite, audit::Audited(call, request, add));
}

absl::StatusOr<v1::ListLeavesResponse> LogHandlers::ListLeaves(
    CallScope& call, const v1::ListLeavesRequest& request) {
  LUMBUNG_ASSIGN_OR_RETURN(const int size, PageSize(request.page_size()));
  LUMBUNG_ASSIGN_OR_RETURN(const std::string position,
                           ReadPageToken(request, request.page_token()));
  std::int64_t begin = 0;
  if (!position.empty() && !absl::SimpleAtoi(position, &begin)) {
    return InvalidArgument("INVALID_PAGE_TOKEN", "page_token", "the page token is damaged");
  }
  return Run(call, store::Access::kReadOnly,
             [&](store::TransactionScope& scope) -> absl::StatusOr<v1::ListLeavesResponse> {
               v1::ListLeavesResponse response;
               for (const Leaf& leaf : log::ListLeaves(scope, begin, size + 1)) {
                 if (response.leaves_size() == size) {
                   response.set_next_page_token(MakePageToken(request, absl::StrCat(leaf.index)));
                   break;
                 }
                 *response.add_leaves() = ToProto(leaf);
               }
               return response;
             });
}

}  // namespace lumbung::log::api
