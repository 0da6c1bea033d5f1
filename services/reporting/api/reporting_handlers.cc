#include "services/reporting/api/reporting_handlers.h"

#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"
#include "reports/definitions/definitions.h"
#include "reports/model/statement_document.h"
#include "services/reporting/api/document_writers.h"
#include "services/reporting/api/statement_conversion.h"

namespace lumbung::reporting::api {
namespace {

constexpr int kMaxStatements = 20;
constexpr int kMaxSignatures = 4;
constexpr std::size_t kMaxTextBytes = 200;

absl::StatusOr<reports::AmountColumn> FindColumn(const reports::Statement& statement,
                                                 const std::string& key) {
  std::string known;
  for (const reports::AmountColumn& column : statement.columns) {
    const std::string its_key = reports::ColumnKey(*statement.definition, column);
    if (its_key == key) return column;
    absl::StrAppend(&known, known.empty() ? "" : ", ", its_key);
  }
  return NotFound(
      "COLUMN_NOT_FOUND", "column",
      absl::StrCat("there is no column \"", key.substr(0, kMaxTextBytes), "\"; there are ", known));
}

absl::Status CheckText(const std::string& text, absl::string_view field) {
  if (text.size() <= kMaxTextBytes) return absl::OkStatus();
  return InvalidArgument("TEXT_TOO_LONG", field,
                         absl::StrCat("found ", text.size(), " bytes; at most ", kMaxTextBytes,
                                      " fit below a statement"));
}

absl::Status CheckPrint(const v1::PrintStatementsRequest& request) {
  if (request.statements_size() > kMaxStatements) {
    return InvalidArgument(
        "INVALID_FILTER", "statements",
        absl::StrCat("found ", request.statements_size(), " statements; at most ", kMaxStatements,
                     " are printed at once"));
  }
  if (request.signatures_size() > kMaxSignatures) {
    return InvalidArgument("INVALID_FILTER", "signatures",
                           absl::StrCat("found ", request.signatures_size(), "; at most ",
                                        kMaxSignatures, " sign a statement"));
  }
  LUMBUNG_RETURN_IF_ERROR(CheckText(request.place_and_date(), "place_and_date"));
  for (int i = 0; i < request.signatures_size(); ++i) {
    const v1::DocumentSignature& signature = request.signatures(i);
    const std::string field = absl::StrCat("signatures[", i, "]");
    LUMBUNG_RETURN_IF_ERROR(CheckText(signature.role(), field + ".role"));
    LUMBUNG_RETURN_IF_ERROR(CheckText(signature.name(), field + ".name"));
    LUMBUNG_RETURN_IF_ERROR(CheckText(signature.position(), field + ".position"));
  }
  return absl::OkStatus();
}

bool IsFor(const reports::StatementDefinition& definition, const std::string& chart) {
  return std::count(definition.charts.begin(), definition.charts.end(), chart) > 0;
}

// What belongs to the chart, in its order.
absl::StatusOr<std::vector<const reports::StatementDefinition*>> SetOf(const std::string& chart) {
  std::vector<const reports::StatementDefinition*> definitions;
  for (const reports::StatementDefinition& definition : reports::Definitions()) {
    if (definition.place_in_set > 0 && IsFor(definition, chart)) definitions.push_back(&definition);
  }
  std::sort(definitions.begin(), definitions.end(),
            [](const auto* a, const auto* b) { return a->place_in_set < b->place_in_set; });
  if (!definitions.empty()) return definitions;
  return FailedPrecondition("STATEMENT_UNFIT", "parent",
                            absl::StrCat("there are no statements for the chart \"", chart, "\""));
}

absl::StatusOr<std::vector<const reports::StatementDefinition*>> NamedDefinitions(
    const v1::PrintStatementsRequest& request) {
  std::vector<const reports::StatementDefinition*> definitions;
  for (const std::string& id : request.statements()) {
    LUMBUNG_ASSIGN_OR_RETURN(const reports::StatementDefinition* definition,
                             reports::FindDefinition(id));
    if (std::count(definitions.begin(), definitions.end(), definition) > 0) {
      return InvalidArgument("INVALID_FILTER", "statements",
                             absl::StrCat("\"", id, "\" is named twice"));
    }
    definitions.push_back(definition);
  }
  return definitions;
}

reports::StatementFrame FrameOf(const v1::PrintStatementsRequest& request, const Reading& reading) {
  const bool is_english = request.language() == v1::DOCUMENT_LANGUAGE_ENGLISH;
  const auto say = [is_english](const char* id, const char* en) { return is_english ? en : id; };
  reports::StatementFrame frame;
  frame.language = is_english ? reports::Language::kEnglish : reports::Language::kIndonesian;
  frame.organization = reading.organization;
  if (reading.small_organization) {
    frame.marks.emplace_back(
        say("Organisasi kecil: orang yang sama boleh membuat dan menyetujui bukti.",
            "Small organization: the same person may write and approve a voucher."));
  }
  if (!request.fund().empty()) {
    frame.marks.push_back(
        absl::StrCat(say("Hanya dana ", "Only the fund "),
                     reading.figures.books.front()->FindFund(request.fund())->display_name));
  }
  for (std::size_t i = 0; i < reading.figures.books.size(); ++i) {
    const Book& book = reading.figures.books[i]->book();
    frame.provenance.push_back(
        absl::StrCat(say("Buku: ", "Book: "), book.display_name, " (", book.slug, "), ",
                     say("sampai jurnal ke-", "up to entry "), ToInteger(reading.last_entries[i])));
  }
  if (request.basis().has_known_at()) {
    frame.provenance.push_back(
        absl::StrCat(say("Sebagaimana diketahui pada ", "As known at "),
                     absl::FormatTime("%Y-%m-%d %H:%M:%SZ",
                                      absl::FromUnixSeconds(request.basis().known_at().seconds()),
                                      absl::UTCTimeZone())));
  }
  frame.place_and_date = request.place_and_date();
  for (const v1::DocumentSignature& signature : request.signatures()) {
    frame.signatures.push_back({signature.role(), signature.name(), signature.position()});
  }
  frame.checkpoint = reading.checkpoint;
  return frame;
}

// Pieces of this size go out; a renderer may write smaller ones.
class PieceSink final : public reports::ByteSink {
 public:
  explicit PieceSink(StreamWriter<v1::PrintStatementsResponse>* writer) : writer_(writer) {}

  absl::Status Write(absl::string_view bytes) override {
    piece_.append(bytes.data(), bytes.size());
    return piece_.size() < kPieceBytes ? absl::OkStatus() : Send();
  }

  absl::Status Send() {
    if (piece_.empty()) return absl::OkStatus();
    v1::PrintStatementsResponse response;
    response.set_piece(std::move(piece_));
    piece_.clear();
    if (writer_->Write(std::move(response))) return absl::OkStatus();
    return absl::CancelledError("the client has gone");
  }

 private:
  static constexpr std::size_t kPieceBytes = 64 << 10;
  StreamWriter<v1::PrintStatementsResponse>* const writer_;
  std::string piece_;
};

}  // namespace

absl::StatusOr<v1::ListStatementDefinitionsResponse> ReportingHandlers::ListStatementDefinitions(
    CallScope& call, const v1::ListStatementDefinitionsRequest& request) {
  LUMBUNG_ASSIGN_OR_RETURN(const std::string chart, parts_.reader->ChartOf(call, request.parent()));
  v1::ListStatementDefinitionsResponse response;
  for (const reports::StatementDefinition& definition : reports::Definitions()) {
    if (IsFor(definition, chart)) *response.add_definitions() = DefinitionToProto(definition);
  }
  return response;
}

absl::StatusOr<v1::Statement> ReportingHandlers::GetStatement(
    CallScope& call, const v1::GetStatementRequest& request) {
  LUMBUNG_ASSIGN_OR_RETURN(const reports::StatementDefinition* const definition,
                           reports::FindDefinition(request.statement()));
  LUMBUNG_ASSIGN_OR_RETURN(
      const Reading reading,
      parts_.reader->Read(call, request.parent(), request.basis(), request.fund(), {definition}));
  LUMBUNG_ASSIGN_OR_RETURN(const reports::Statement statement,
                           reports::EvaluateStatement(*definition, reading.figures));
  return StatementToProto(statement, reading);
}

absl::StatusOr<v1::OpenFigureResponse> ReportingHandlers::OpenFigure(
    CallScope& call, const v1::OpenFigureRequest& request) {
  LUMBUNG_ASSIGN_OR_RETURN(const reports::StatementDefinition* const definition,
                           reports::FindDefinition(request.statement()));
  LUMBUNG_ASSIGN_OR_RETURN(
      const Reading reading,
      parts_.reader->Read(call, request.parent(), request.basis(), request.fund(), {definition}));
  const reports::Figures& figures = reading.figures;
  LUMBUNG_ASSIGN_OR_RETURN(const reports::Statement statement,
                           reports::EvaluateStatement(*definition, figures));
  LUMBUNG_ASSIGN_OR_RETURN(const reports::AmountColumn column,
                           FindColumn(statement, request.column()));
  LUMBUNG_ASSIGN_OR_RETURN(const std::vector<reports::Contribution> contributions,
                           reports::OpenFigure(*definition, figures, request.row(), column));
  v1::OpenFigureResponse response;
  Decimal sum;
  for (const reports::Contribution& contribution : contributions) {
    *response.add_contributions() =
        ContributionToProto(contribution, figures, figures.periods[column.period]);
    LUMBUNG_ASSIGN_OR_RETURN(sum, Add(sum, contribution.amount));
  }
  response.set_amount(sum.ToString());
  return response;
}

absl::Status ReportingHandlers::PrintStatements(CallScope& call,
                                                const v1::PrintStatementsRequest& request,
                                                StreamWriter<v1::PrintStatementsResponse>& writer) {
  LUMBUNG_RETURN_IF_ERROR(CheckPrint(request));
  std::vector<const reports::StatementDefinition*> definitions;
  if (request.statements().empty()) {
    LUMBUNG_ASSIGN_OR_RETURN(const std::string chart,
                             parts_.reader->ChartOf(call, request.parent()));
    LUMBUNG_ASSIGN_OR_RETURN(definitions, SetOf(chart));
  } else {
    LUMBUNG_ASSIGN_OR_RETURN(definitions, NamedDefinitions(request));
  }
  PieceSink sink(&writer);
  LUMBUNG_ASSIGN_OR_RETURN(const std::unique_ptr<reports::DocumentWriter> document,
                           MakeDocumentWriter(request, parts_.scratch_dir, parts_.now(), &sink));
  LUMBUNG_ASSIGN_OR_RETURN(
      const Reading reading,
      parts_.reader->Read(call, request.parent(), request.basis(), request.fund(), definitions));
  const reports::StatementFrame frame = FrameOf(request, reading);
  for (const reports::StatementDefinition* definition : definitions) {
    LUMBUNG_ASSIGN_OR_RETURN(const reports::Statement statement,
                             reports::EvaluateStatement(*definition, reading.figures));
    LUMBUNG_RETURN_IF_ERROR(reports::WriteStatement(statement, reading.figures, frame, *document));
  }
  LUMBUNG_RETURN_IF_ERROR(document->Finish());
  return sink.Send();
}

}  // namespace lumbung::reporting::api
