#include "services/reporting/module.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/time/clock.h"
#include "services/common/book_directory.h"
#include "services/reporting/api/reporting_service.h"
#include "services/reporting/statements/statement_reader.h"

namespace lumbung::reporting {
namespace {

class ReportingModule final : public HostedService {
 public:
  explicit ReportingModule(const HostContext& context)
      : directory_(context.pool),
        reader_(context.pool, &directory_),
        handlers_({&reader_, context.scratch_dir, [] { return absl::Now(); }}),
        audit_packs_({context.pool, &directory_, context.scratch_dir, context.keys_dir,
                      [] { return absl::Now(); }}),
        books_(DocumentPartsOf(context)),
        vouchers_(DocumentPartsOf(context)),
        audit_tests_(DocumentPartsOf(context)),
        verification_(context.pool, &directory_),
        runner_({context.pool}),
        reports_({{DocumentPartsOf(context), &reader_, context.keys_dir},
                  &runner_,
                  [authenticator = context.authenticator](absl::string_view permission) {
                    return authenticator->RolesWith(permission);
                  }}),
        service_(api::MakeReportingService(
            context.adapter,
            {&handlers_, &books_, &vouchers_, &audit_packs_, &audit_tests_, &verification_,
             &reports_})) {}

  std::vector<std::pair<std::string, grpc::Service*>> services() override {
    return {{"lumbung.reporting.v1.ReportingService", service_.get()}};
  }
  // Reports that are being made fail; whoever asked for them asks again.
  void Drain() override { runner_.Drain(); }

 private:
  api::DocumentParts DocumentPartsOf(const HostContext& context) {
    return {context.pool, &directory_, context.scratch_dir, [] { return absl::Now(); }};
  }

  BookDirectory directory_;
  StatementReader reader_;
  api::ReportingHandlers handlers_;
  api::AuditPackHandler audit_packs_;
  api::BookDocumentHandler books_;
  api::VoucherPrintHandler vouchers_;
  api::AuditTestHandler audit_tests_;
  api::VerifyHandler verification_;
  ReportRunner runner_;
  api::ReportHandlers reports_;
  const std::unique_ptr<grpc::Service> service_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<HostedService>> CreateReportingModule(const HostContext& context) {
  return std::make_unique<ReportingModule>(context);
}

}  // namespace lumbung::reporting
