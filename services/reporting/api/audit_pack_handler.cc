#include "services/reporting/api/audit_pack_handler.h"

#include <memory>
#include <utility>

#include <nlohmann/json.hpp>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"
#include "ledger/store/transaction.h"
#include "reports/render/files/temporary_file.h"
#include "services/common/access.h"
#include "services/common/random_bytes.h"
#include "services/identity/store/audit_trail.h"
#include "services/log/sealer/key_file.h"
#include "services/reporting/api/book_request.h"
#include "services/reporting/api/piece_sink.h"
#include "services/reporting/audit_pack/audit_pack.h"

namespace lumbung::reporting::api {
namespace {

constexpr absl::string_view kReadTrail = "audit.read";

absl::StatusOr<log::KeyRing> OpenKeys(const std::string& keys_dir) {
  if (!keys_dir.empty()) return log::OpenKeyFile(keys_dir, SecureRandomBytes);
  return FailedPrecondition("LOG_KEY_UNKNOWN", "",
                            "this server has no key of the log, so it cannot sign a pack; ask the "
                            "server that seals");
}

// Who took which pack away is in the audit trail before the first byte of it goes out.
void RecordPack(store::TransactionScope& scope, const CallScope& call,
                const v1::BuildAuditPackRequest& request, const AuditPackSummary& summary) {
  audit::Event event = audit::EventOf(call, request.parent());
  event.after =
      nlohmann::ordered_json({{"from_date", request.from_date()},
                              {"to_date", request.to_date()},
                              {"checkpoint_size", summary.checkpoint_size},
                              {"last_sequence", summary.last_sequence},
                              {"manifest_sha256", absl::BytesToHexString(summary.manifest_sha256)}})
          .dump();
  audit::Record(scope, event);
}

}  // namespace

absl::Status AuditPackHandler::BuildAuditPack(CallScope& call,
                                              const v1::BuildAuditPackRequest& request,
                                              StreamWriter<v1::BuildAuditPackResponse>& writer) {
  AuditPackRequest pack;
  LUMBUNG_ASSIGN_OR_RETURN(pack.book, parts_.directory->Book(call, request.parent(), "parent"));
  LUMBUNG_ASSIGN_OR_RETURN(pack.period, DaysFrom(request.from_date(), request.to_date()));
  LUMBUNG_ASSIGN_OR_RETURN(const log::KeyRing keys, OpenKeys(parts_.keys_dir));
  pack.keys = &keys;
  pack.organization = call.access.organization;
  // Of the organization, so that a role in one book is not enough.
  RequestTarget organization;
  organization.organization = call.access.organization;
  pack.with_audit_trail = Allows(call.access, kReadTrail, organization);
  pack.made_by = absl::StrCat("people/", call.access.actor);
  pack.made_at = parts_.now();
  pack.deadline = call.deadline;
  pack.scratch_dir = parts_.scratch_dir;

  // To a file first: a slow client must hold no view of the database.
  LUMBUNG_ASSIGN_OR_RETURN(const std::unique_ptr<reports::TemporaryFile> file,
                           reports::TemporaryFile::Create(parts_.scratch_dir));
  LUMBUNG_ASSIGN_OR_RETURN(const AuditPackSummary summary,
                           WriteAuditPack(*parts_.pool, pack, file->Appender().get()));
  LUMBUNG_RETURN_IF_ERROR(store::RunInTransaction(
      *parts_.pool, {pack.book.organization, store::Access::kReadWrite, call.deadline},
      [&](store::TransactionScope& scope) {
        RecordPack(scope, call, request, summary);
        return absl::OkStatus();
      }));
  PieceSink<v1::BuildAuditPackResponse> sink(&writer);
  LUMBUNG_RETURN_IF_ERROR(file->CopyTo(sink));
  return sink.Send();
}

}  // namespace lumbung::reporting::api
