// Flags that say how a document looks and where it goes, and the way there.
#ifndef LUMBUNG_SERVICES_HOST_CLI_DOCUMENT_FLAGS_H_
#define LUMBUNG_SERVICES_HOST_CLI_DOCUMENT_FLAGS_H_

#include <functional>
#include <iosfwd>
#include <memory>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <grpcpp/client_context.h>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "lumbung/reporting/v1/reporting_service.pb.h"
#include "services/host/cli/invocation.h"

namespace lumbung::cli {

struct DocumentFlags {
  reporting::v1::DocumentOptions options;
  std::string paper = "a4";
  std::vector<std::string> signatures;
  std::string file;
  // A format: made while nobody waits.
  std::string later;
};

// `--file`, `--later`, `--paper`, `--landscape`, `--minus`, `--place` and `--sign`; `flags`
// outlives the command.
void AddDocumentFlags(CLI::App* command, DocumentFlags& flags);

// The format by the file's ending, or on the terminal as --output says; the language as --lang
// says. Usage errors.
absl::StatusOr<reporting::v1::DocumentOptions> OptionsFrom(const Invocation& call,
                                                           const DocumentFlags& flags);

// Asks the server to make the document while nobody waits, and says under which number it is kept.
// The request's `parent` is set here.
absl::Status StartReport(Invocation& call, const reporting::v1::ReportRequest& report);

// Runs `write` on the file, or on the terminal when there is none, and says where the document
// went.
absl::Status WriteDocument(Invocation& call, const DocumentFlags& flags, Label what,
                           const std::function<absl::Status(std::ostream&)>& write);

inline constexpr absl::Duration kPrintTimeout = absl::Minutes(10);

// Copies the pieces of the stream that `open(context)` begins.
template <typename Response, typename Open>
absl::Status CopyPieces(Invocation& call, absl::Duration timeout, std::ostream& out,
                        const Open& open) {
  absl::StatusOr<std::unique_ptr<grpc::ClientContext>> context = call.session().NewContext(timeout);
  if (!context.ok()) return context.status();
  const auto stream = open(context->get());
  Response response;
  while (stream->Read(&response)) out << response.piece();
  const grpc::Status status = stream->Finish();
  return status.ok() ? absl::OkStatus() : call.session().Failed(status);
}

}  // namespace lumbung::cli

#endif  // LUMBUNG_SERVICES_HOST_CLI_DOCUMENT_FLAGS_H_
