#include "services/vouchers/api/vouchers_service.h"

#include "lumbung/vouchers/v1/vouchers_service.grpc.pb.h"
#include "services/common/unary_method.h"

#define LUMBUNG_METHOD(method, response_type, handlers) \
  LUMBUNG_UNARY_METHOD("lumbung.vouchers.v1.VoucherService", method, response_type, handlers)

namespace lumbung::vouchers::api {
namespace {

class VouchersServiceImpl final : public v1::VoucherService::CallbackService {
 public:
  VouchersServiceImpl(GrpcAdapter* adapter, const Handlers& handlers)
      : adapter_(adapter), handlers_(handlers) {}

  LUMBUNG_METHOD(CreateVoucher, Voucher, handlers_.vouchers)
  LUMBUNG_METHOD(UpdateVoucher, Voucher, handlers_.vouchers)
  LUMBUNG_METHOD(GetVoucher, Voucher, handlers_.vouchers)
  LUMBUNG_METHOD(ListVouchers, ListVouchersResponse, handlers_.vouchers)
  LUMBUNG_METHOD(ListVoucherEvents, ListVoucherEventsResponse, handlers_.vouchers)

  LUMBUNG_METHOD(SubmitVoucher, Voucher, handlers_.approvals)
  LUMBUNG_METHOD(ApproveVoucher, Voucher, handlers_.approvals)
  LUMBUNG_METHOD(PostVoucher, Voucher, handlers_.approvals)
  LUMBUNG_METHOD(RejectVoucher, Voucher, handlers_.approvals)
  LUMBUNG_METHOD(ReviseVoucher, Voucher, handlers_.approvals)
  LUMBUNG_METHOD(CancelVoucher, Voucher, handlers_.approvals)

  grpc::ServerReadReactor<v1::UploadAttachmentRequest>* UploadAttachment(
      grpc::CallbackServerContext* context, v1::Attachment* response) override {
    return adapter_->ClientStream<v1::UploadAttachmentRequest, v1::Attachment>(
        "lumbung.vouchers.v1.VoucherService/UploadAttachment", context, response,
        [this](CallScope& call, StreamReader<v1::UploadAttachmentRequest>& reader) {
          return handlers_.attachments->UploadAttachment(call, reader);
        });
  }
  grpc::ServerWriteReactor<v1::DownloadAttachmentResponse>* DownloadAttachment(
      grpc::CallbackServerContext* context, const v1::DownloadAttachmentRequest* request) override {
    return adapter_->ServerStream<v1::DownloadAttachmentRequest, v1::DownloadAttachmentResponse>(
        "lumbung.vouchers.v1.VoucherService/DownloadAttachment", context, request,
        [this](CallScope& call, const v1::DownloadAttachmentRequest& message,
               StreamWriter<v1::DownloadAttachmentResponse>& writer) {
          return handlers_.attachments->DownloadAttachment(call, message, writer);
        });
  }
  LUMBUNG_METHOD(RemoveAttachment, Voucher, handlers_.attachments)

  LUMBUNG_METHOD(CreateApprovalPolicy, ApprovalPolicy, handlers_.settings)
  LUMBUNG_METHOD(ListApprovalPolicies, ListApprovalPoliciesResponse, handlers_.settings)
  LUMBUNG_METHOD(EndApprovalPolicy, ApprovalPolicy, handlers_.settings)
  LUMBUNG_METHOD(CreateDeputy, Deputy, handlers_.settings)
  LUMBUNG_METHOD(ListDeputies, ListDeputiesResponse, handlers_.settings)
  LUMBUNG_METHOD(EndDeputy, Deputy, handlers_.settings)
  LUMBUNG_METHOD(SaveNumberSeries, NumberSeries, handlers_.settings)
  LUMBUNG_METHOD(ListNumberSeries, ListNumberSeriesResponse, handlers_.settings)

  LUMBUNG_METHOD(CreateVoucherTemplate, VoucherTemplate, handlers_.templates)
  LUMBUNG_METHOD(UpdateVoucherTemplate, VoucherTemplate, handlers_.templates)
  LUMBUNG_METHOD(ListVoucherTemplates, ListVoucherTemplatesResponse, handlers_.templates)
  LUMBUNG_METHOD(CreateVoucherFromTemplate, Voucher, handlers_.templates)
  LUMBUNG_METHOD(CreateDueVouchers, CreateDueVouchersResponse, handlers_.templates)

 private:
  GrpcAdapter* const adapter_;
  const Handlers handlers_;
};

}  // namespace

std::unique_ptr<grpc::Service> MakeVouchersService(GrpcAdapter* adapter, const Handlers& handlers) {
  return std::make_unique<VouchersServiceImpl>(adapter, handlers);
}

}  // namespace lumbung::vouchers::api
