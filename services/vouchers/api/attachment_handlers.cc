#include "services/vouchers/api/attachment_handlers.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "ledger/core/key.h"
#include "ledger/core/status.h"
#include "ledger/log/canonical_entry.h"
#include "services/common/resource_names.h"
#include "services/vouchers/api/voucher_conversion.h"
#include "services/vouchers/domain/attachment_type.h"
#include "services/vouchers/domain/content_hash.h"
#include "services/vouchers/domain/voucher_entry.h"

namespace lumbung::vouchers::api {
namespace {

constexpr std::size_t kMaxChunkBytes = 1 << 20;

// A place among the files being received, if there is one.
class UploadTurn {
 public:
  explicit UploadTurn(std::atomic<int>* running)
      : running_(running), taken_(running->fetch_add(1) < AttachmentHandlers::kMaxUploads) {}
  UploadTurn(const UploadTurn&) = delete;
  UploadTurn& operator=(const UploadTurn&) = delete;
  ~UploadTurn() { running_->fetch_sub(1); }
  bool taken() const { return taken_; }

 private:
  std::atomic<int>* const running_;
  const bool taken_;
};

absl::Status ClientGone() {
  return Refusal(absl::StatusCode::kCancelled, "CANCELLED", "", "the client has gone");
}

// A name to show and to save under: never a path.
absl::Status CheckFileName(const std::string& name) {
  const bool is_plain = ValidateKey(name, "").ok() &&
                        name.find_first_of("/\\") == std::string::npos && name != "." &&
                        name != "..";
  if (is_plain) return absl::OkStatus();
  return InvalidArgument("INVALID_FILE_NAME", "file_name",
                         "a file name has 1 to 255 bytes, no folders, no control characters and no "
                         "blanks at its ends");
}

// CHUNK_TOO_LARGE, ATTACHMENT_TOO_LARGE: before the bytes are kept.
absl::Status Append(const std::string& data, std::string* content) {
  if (data.size() > kMaxChunkBytes) {
    return InvalidArgument("CHUNK_TOO_LARGE", "data",
                           absl::StrCat("found a chunk of ", data.size(), " bytes; at most ",
                                        kMaxChunkBytes, " are allowed"));
  }
  if (content->size() + data.size() > kMaxAttachmentBytes) {
    return InvalidArgument("ATTACHMENT_TOO_LARGE", "data",
                           absl::StrCat("the file has more than ", kMaxAttachmentBytes, " bytes"));
  }
  content->append(data);
  return absl::OkStatus();
}

absl::Status CheckExpected(const std::string& expected, const std::string& found) {
  if (expected.empty() || absl::AsciiStrToLower(expected) == absl::BytesToHexString(found)) {
    return absl::OkStatus();
  }
  return InvalidArgument("SHA256_MISMATCH", "sha256",
                         absl::StrCat("what arrived hashes to ", absl::BytesToHexString(found),
                                      "; the file was damaged on its way"));
}

// Whether the caller may attach to the voucher as it is. VOUCHER_STATE, NOT_THE_MAKER.
absl::Status CheckMayAttach(const Caller& caller, const Voucher& voucher) {
  LUMBUNG_RETURN_IF_ERROR(Move(voucher.state, VoucherAction::kAttach).status());
  return voucher.state == VoucherState::kDraft ? CheckIsMaker(caller, voucher) : absl::OkStatus();
}

// `books/{book}/vouchers/{voucher}/attachments/{id}`.
struct AttachmentName {
  VoucherAccess::Named voucher;
  int id = 0;
};
absl::StatusOr<AttachmentName> NameOf(const VoucherAccess& access, const CallScope& call,
                                      const std::string& name) {
  LUMBUNG_ASSIGN_OR_RETURN(const std::vector<std::string> ids,
                           ParseResourceName(name, {"books", "vouchers", "attachments"}, "name"));
  LUMBUNG_ASSIGN_OR_RETURN(const BookKey book,
                           access.parts().directory->BookById(call, ids[0], "name"));
  AttachmentName found{{book, ids[1]}, 0};
  if (absl::SimpleAtoi(ids[2], &found.id)) return found;
  return NotFound("ATTACHMENT_NOT_FOUND", "name",
                  absl::StrCat("the voucher has no attachment ", ids[2]));
}

}  // namespace

absl::StatusOr<v1::Attachment> AttachmentHandlers::UploadAttachment(
    CallScope& call, StreamReader<v1::UploadAttachmentRequest>& reader) {
  const UploadTurn turn(&uploads_);
  if (!turn.taken()) {
    return Refusal(absl::StatusCode::kResourceExhausted, "OVERLOADED", "",
                   absl::StrCat(kMaxUploads, " files are being received; try again shortly"));
  }
  v1::UploadAttachmentRequest message;
  if (!reader.Read(&message)) return ClientGone();
  LUMBUNG_ASSIGN_OR_RETURN(const Caller caller, access_->CallerOf(call, message.parent()));
  LUMBUNG_ASSIGN_OR_RETURN(const VoucherAccess::Named name,
                           access_->Part(call, message.parent(), "vouchers", "parent"));
  // Refused before the file is received, not after.
  const absl::Status may_attach = store::RunInTransaction(
      *access_->parts().pool, {name.book.organization, store::Access::kReadOnly, call.deadline},
      [&](store::TransactionScope& scope) -> absl::Status {
        const auto voucher = VoucherAccess::Find(scope, name, RowLock::kNone);
        return voucher.ok() ? CheckMayAttach(caller, *voucher) : voucher.status();
      });
  if (!may_attach.ok()) return may_attach;
  Attachment attachment;
  attachment.file_name = message.file_name();
  LUMBUNG_RETURN_IF_ERROR(CheckFileName(attachment.file_name));
  const std::string expected = message.sha256();
  std::string content;
  do {
    LUMBUNG_RETURN_IF_ERROR(Append(message.data(), &content));
  } while (reader.Read(&message));
  // The stream also ends when the client breaks off or the time is up; what came is then not the
  // file.
  if (call.cancelled() || access_->parts().now() >= call.deadline) return ClientGone();
  LUMBUNG_ASSIGN_OR_RETURN(attachment.type, AttachmentTypeOf(content));
  attachment.sha256 = log::Sha256(content);
  LUMBUNG_RETURN_IF_ERROR(CheckExpected(expected, attachment.sha256));
  attachment.byte_count = static_cast<std::int64_t>(content.size());
  attachment.person = caller.person;
  LUMBUNG_RETURN_IF_ERROR(access_->parts().attachments->Put(
      name.book.organization, attachment.sha256, content, call.deadline));
  return Attach(call, caller, name, std::move(attachment));
}

absl::StatusOr<v1::Attachment> AttachmentHandlers::Attach(const CallScope& call,
                                                          const Caller& caller,
                                                          const VoucherAccess::Named& name,
                                                          Attachment attachment) {
  return store::InTransaction(
      *access_->parts().pool, {name.book.organization, store::Access::kReadWrite, call.deadline},
      [&](store::TransactionScope& scope) -> absl::StatusOr<v1::Attachment> {
        LUMBUNG_ASSIGN_OR_RETURN(Voucher voucher,
                                 VoucherAccess::Find(scope, name, RowLock::kForUpdate));
        LUMBUNG_RETURN_IF_ERROR(CheckMayAttach(caller, voucher));
        attachment.late = voucher.state != VoucherState::kDraft;
        LUMBUNG_RETURN_IF_ERROR(InsertAttachment(scope, name.book, voucher, &attachment));
        if (!attachment.late) {
          voucher.content_hash = ContentHash(
              voucher.content,
              HashedDigests(ReadAttachments(scope, name.book, {voucher.id})[voucher.id]));
        }
        LUMBUNG_RETURN_IF_ERROR(SaveVoucher(scope, name.book, VoucherAction::kAttach, caller.person,
                                            attachment.file_name, &voucher));
        LUMBUNG_ASSIGN_OR_RETURN(const ApprovalDesk desk, access_->OpenDesk(scope, name.book));
        v1::Attachment added =
            AttachmentToProto(VoucherName(desk.book().book().slug, voucher.id), attachment);
        audit::RecordChange(scope, call, added, added);
        return added;
      });
}

absl::Status AttachmentHandlers::DownloadAttachment(
    CallScope& call, const v1::DownloadAttachmentRequest& request,
    StreamWriter<v1::DownloadAttachmentResponse>& writer) {
  LUMBUNG_ASSIGN_OR_RETURN(const AttachmentName name, NameOf(*access_, call, request.name()));
  const absl::StatusOr<Attachment> found = access_->Read(
      call, name.voucher.book, [&](store::TransactionScope& scope) -> absl::StatusOr<Attachment> {
        LUMBUNG_ASSIGN_OR_RETURN(const Voucher voucher,
                                 VoucherAccess::Find(scope, name.voucher, RowLock::kNone));
        const std::vector<Attachment> all =
            ReadAttachments(scope, name.voucher.book, {voucher.id})[voucher.id];
        for (const Attachment& attachment : all) {
          if (attachment.id == name.id) return attachment;
        }
        return NotFound("ATTACHMENT_NOT_FOUND", "name",
                        absl::StrCat("the voucher has no attachment ", name.id));
      });
  if (!found.ok()) return found.status();
  v1::DownloadAttachmentResponse first;
  const std::string voucher_name = request.name().substr(0, request.name().rfind("/attachments/"));
  *first.mutable_attachment() = AttachmentToProto(voucher_name, *found);
  if (!writer.Write(std::move(first))) return ClientGone();
  bool is_there = true;
  LUMBUNG_RETURN_IF_ERROR(access_->parts().attachments->Read(
      name.voucher.book.organization, found->sha256, call.deadline, [&](std::string piece) {
        v1::DownloadAttachmentResponse next;
        next.set_data(std::move(piece));
        is_there = writer.Write(std::move(next));
        return is_there;
      }));
  return is_there ? absl::OkStatus() : ClientGone();
}

absl::StatusOr<v1::Voucher> AttachmentHandlers::RemoveAttachment(
    CallScope& call, const v1::RemoveAttachmentRequest& request) {
  LUMBUNG_ASSIGN_OR_RETURN(const Caller caller, access_->CallerOf(call, request.name()));
  LUMBUNG_ASSIGN_OR_RETURN(const AttachmentName name, NameOf(*access_, call, request.name()));
  const BookKey book = name.voucher.book;
  return access_->ChangeVoucher(
      call, name.voucher, request,
      [&](store::TransactionScope& scope, Voucher* voucher) -> absl::Status {
        LUMBUNG_RETURN_IF_ERROR(Move(voucher->state, VoucherAction::kDetach).status());
        LUMBUNG_RETURN_IF_ERROR(CheckIsMaker(caller, *voucher));
        LUMBUNG_RETURN_IF_ERROR(DeleteAttachment(scope, book, voucher->id, name.id));
        voucher->content_hash =
            ContentHash(voucher->content,
                        HashedDigests(ReadAttachments(scope, book, {voucher->id})[voucher->id]));
        return SaveVoucher(scope, book, VoucherAction::kDetach, caller.person,
                           absl::StrCat(name.id), voucher);
      });
}

}  // namespace lumbung::vouchers::api
