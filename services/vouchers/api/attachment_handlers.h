// The evidence of vouchers, in and out. A file is received whole before anything looks at it; how
// many are received at a time is limited, so that memory is too.
#ifndef LUMBUNG_SERVICES_VOUCHERS_API_ATTACHMENT_HANDLERS_H_
#define LUMBUNG_SERVICES_VOUCHERS_API_ATTACHMENT_HANDLERS_H_

#include <atomic>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "lumbung/vouchers/v1/vouchers_service.pb.h"
#include "services/common/call_scope.h"
#include "services/common/stream_reactors.h"
#include "services/vouchers/api/voucher_access.h"
#include "services/vouchers/store/attachment_rows.h"

namespace lumbung::vouchers::api {

class AttachmentHandlers {
 public:
  // Files of 20 MB that may be in memory at once.
  static constexpr int kMaxUploads = 4;

  explicit AttachmentHandlers(const VoucherAccess* access) : access_(access) {}

  absl::StatusOr<v1::Attachment> UploadAttachment(
      CallScope& call, StreamReader<v1::UploadAttachmentRequest>& reader);
  absl::Status DownloadAttachment(CallScope& call, const v1::DownloadAttachmentRequest& request,
                                  StreamWriter<v1::DownloadAttachmentResponse>& writer);
  absl::StatusOr<v1::Voucher> RemoveAttachment(CallScope& call,
                                               const v1::RemoveAttachmentRequest& request);

 private:
  absl::StatusOr<v1::Attachment> Attach(const CallScope& call, const Caller& caller,
                                        const VoucherAccess::Named& name, Attachment attachment);

  const VoucherAccess* const access_;
  std::atomic<int> uploads_{0};
};

}  // namespace lumbung::vouchers::api

#endif  // LUMBUNG_SERVICES_VOUCHERS_API_ATTACHMENT_HANDLERS_H_
