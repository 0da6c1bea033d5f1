#include "services/reporting/audit_pack/pack_audit_tests.h"

#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"
#include "reports/audit_tests/audit_tests_document.h"
#include "services/reporting/statements/document_options.h"
#include "services/reporting/statements/document_writers.h"

namespace lumbung::reporting {

absl::Status PackAuditTests(PackContext& pack, const reports::AuditSource& source) {
  for (const auto& [path, format] :
       {std::make_pair("tests/audit-tests.json", v1::DOCUMENT_FORMAT_JSON),
        std::make_pair("tests/audit-tests.xlsx", v1::DOCUMENT_FORMAT_XLSX)}) {
    v1::DocumentOptions options;
    options.set_format(format);
    const reports::DocumentFrame frame =
        FrameOf(options, pack.facts.organization.display_name, false);
    LUMBUNG_RETURN_IF_ERROR(pack.archive.Add(path, [&](reports::ByteSink& sink) -> absl::Status {
      LUMBUNG_ASSIGN_OR_RETURN(
          const std::unique_ptr<reports::DocumentWriter> writer,
          MakeDocumentWriter(options, pack.facts.scratch_dir, pack.facts.made_at, &sink));
      LUMBUNG_RETURN_IF_ERROR(reports::WriteAuditTests(source, {}, frame, *writer));
      return writer->Finish();
    }));
  }
  return absl::OkStatus();
}

}  // namespace lumbung::reporting
