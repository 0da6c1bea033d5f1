// `lumbung report statements` and `lumbung report figure`: statements on paper, and what a figure
// of theirs is made of.
#include <fstream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/substitute.h"
#include "services/host/cli/choice.h"
#include "services/host/cli/message_json.h"
#include "services/host/cli/period_flags.h"
#include "services/host/cli/record_writer.h"
#include "services/host/cli/report_commands.h"
#include "services/host/cli/resource_names.h"
#include "services/host/cli/values.h"

namespace lumbung::cli {
namespace {

namespace reporting_v1 = ::lumbung::reporting::v1;

using reporting_v1::Contribution;
using reporting_v1::StatementDefinition;

constexpr absl::Duration kPrintTimeout = absl::Minutes(10);

constexpr Choice<reporting_v1::DocumentFormat> kFormats[] = {
    {"pdf", reporting_v1::DOCUMENT_FORMAT_PDF, Label::kStatement},
    {"xlsx", reporting_v1::DOCUMENT_FORMAT_XLSX, Label::kStatement},
    {"csv", reporting_v1::DOCUMENT_FORMAT_CSV, Label::kStatement},
    {"json", reporting_v1::DOCUMENT_FORMAT_JSON, Label::kStatement},
    {"txt", reporting_v1::DOCUMENT_FORMAT_TEXT, Label::kStatement},
};

struct BasisFlags {
  PeriodFlags period;
  std::string known_at;
  std::vector<std::string> with_books;
  bool without_comparative = false;
};

void AddBasisOptions(CLI::App* command, BasisFlags& flags) {
  AddPeriodOptions(command, flags.period);
  command
      ->add_option("--known-at", flags.known_at,
                   "As the books were known at this moment (2026-01-31, 2026-01-31T17:00:00Z)")
      ->type_name("WHEN");
  command
      ->add_option("--with-book", flags.with_books,
                   "Put together with this book; may stand more than once")
      ->type_name("BOOK");
  command->add_flag("--no-comparative", flags.without_comparative,
                    "Leave out the same period of the year before");
}

absl::StatusOr<reporting_v1::StatementBasis> BasisFrom(Invocation& call, const BasisFlags& flags) {
  reporting_v1::StatementBasis basis;
  LUMBUNG_ASSIGN_OR_RETURN(const PeriodDates period, PeriodFrom(call, flags.period));
  basis.set_from_date(period.from);
  basis.set_to_date(period.to);
  if (!flags.known_at.empty()) {
    LUMBUNG_ASSIGN_OR_RETURN(*basis.mutable_known_at(), ParseInstant("--known-at", flags.known_at));
  }
  basis.set_without_comparative(flags.without_comparative);
  for (const std::string& book : flags.with_books) basis.add_with_books(BookNameOf(book));
  return basis;
}

const RecordLayout<StatementDefinition> kDefinitions = {
    [](const Invocation& call) {
      return std::vector<Column>{
          call.NewColumn("statement", Label::kStatement),
          call.NewColumn("title", Label::kStatementTitle, ColumnKind::kFlexible),
          call.NewColumn("legal_basis", Label::kLegalBasis, ColumnKind::kFlexible)};
    },
    [](const Invocation& call, const StatementDefinition& definition) {
      const bool is_indonesian = call.output().language == Language::kIndonesian;
      const auto in = [is_indonesian](const reporting_v1::Label& label) {
        return is_indonesian ? label.id() : label.en();
      };
      return std::vector<Cell>{definition.statement(), in(definition.title()),
                               in(definition.legal_basis())};
    }};

void AddStatementList(CLI::App& group, Client& client) {
  AddCommand(group, client,
             {"list", "List the statements that fit the book", "lumbung report list"}, Scope::kBook,
             [](Invocation& call) -> absl::Status {
               reporting_v1::ListStatementDefinitionsRequest request;
               LUMBUNG_ASSIGN_OR_RETURN(*request.mutable_parent(), call.session().BookName());
               LUMBUNG_ASSIGN_OR_RETURN(
                   const reporting_v1::ListStatementDefinitionsResponse response,
                   call.session().Call(&ReportingApi::ListStatementDefinitions, request));
               RecordWriter writer(call, "definitions", kDefinitions.columns(call));
               for (const StatementDefinition& definition : response.definitions()) {
                 writer.Add(definition, kDefinitions.cells(call, definition));
               }
               writer.Finish();
               return absl::OkStatus();
             });
}

struct PrintFlags {
  BasisFlags basis;
  reporting_v1::PrintStatementsRequest request;
  std::vector<std::string> statements;
  std::string paper = "a4";
  std::vector<std::string> signatures;
  std::string file;
};

// "Disusun oleh:Siti Rahayu:Bendahara".
absl::Status AddSignature(const std::string& typed, reporting_v1::PrintStatementsRequest* request) {
  const std::vector<std::string> parts = absl::StrSplit(typed, ':');
  if (parts.size() != 3) {
    return UsageError("--sign", absl::StrCat("found \"", typed,
                                             "\"; write ROLE:NAME:POSITION, such as \"Disusun "
                                             "oleh:Siti Rahayu:Bendahara\""));
  }
  reporting_v1::DocumentSignature& signature = *request->add_signatures();
  signature.set_role(parts[0]);
  signature.set_name(parts[1]);
  signature.set_position(parts[2]);
  return absl::OkStatus();
}

// By the file's ending; on the terminal as --output says.
absl::StatusOr<reporting_v1::DocumentFormat> FormatOf(const Invocation& call,
                                                      const std::string& file) {
  if (file.empty()) {
    if (call.json()) return reporting_v1::DOCUMENT_FORMAT_JSON;
    return call.csv() ? reporting_v1::DOCUMENT_FORMAT_CSV : reporting_v1::DOCUMENT_FORMAT_TEXT;
  }
  const std::string lower = absl::AsciiStrToLower(file);
  for (const auto& format : kFormats) {
    if (absl::EndsWith(lower, absl::StrCat(".", format.word))) return format.value;
  }
  return UsageError("--file", absl::StrCat("found \"", file,
                                           "\"; its ending says the format: .pdf, .xlsx, .csv, "
                                           ".json or .txt"));
}

absl::Status PrintTo(Invocation& call, const reporting_v1::PrintStatementsRequest& request,
                     std::ostream& out) {
  LUMBUNG_ASSIGN_OR_RETURN(const std::unique_ptr<grpc::ClientContext> context,
                           call.session().NewContext(kPrintTimeout));
  const auto stream = call.session().reporting().PrintStatements(context.get(), request);
  reporting_v1::PrintStatementsResponse response;
  while (stream->Read(&response)) out << response.piece();
  const grpc::Status status = stream->Finish();
  return status.ok() ? absl::OkStatus() : call.session().Failed(status);
}

absl::Status PrintStatements(Invocation& call, const PrintFlags& flags) {
  reporting_v1::PrintStatementsRequest request = flags.request;
  LUMBUNG_ASSIGN_OR_RETURN(*request.mutable_parent(), call.session().BookName());
  LUMBUNG_ASSIGN_OR_RETURN(*request.mutable_basis(), BasisFrom(call, flags.basis));
  for (const std::string& statement : flags.statements) request.add_statements(statement);
  LUMBUNG_ASSIGN_OR_RETURN(const reporting_v1::DocumentFormat format, FormatOf(call, flags.file));
  request.set_format(format);
  request.set_language(call.output().language == Language::kIndonesian
                           ? reporting_v1::DOCUMENT_LANGUAGE_INDONESIAN
                           : reporting_v1::DOCUMENT_LANGUAGE_ENGLISH);
  request.set_f4(flags.paper == "f4");
  for (const std::string& signature : flags.signatures) {
    LUMBUNG_RETURN_IF_ERROR(AddSignature(signature, &request));
  }
  if (flags.file.empty()) return PrintTo(call, request, call.console().out);
  std::ofstream file(flags.file, std::ios::binary);
  if (!file) return UsageError("--file", absl::StrCat("cannot write ", flags.file));
  LUMBUNG_RETURN_IF_ERROR(PrintTo(call, request, file));
  if (!file.flush()) return UsageError("--file", absl::StrCat("cannot write ", flags.file));
  call.WriteNote(
      absl::Substitute(call.Text(Label::kSavedTo), call.Text(Label::kStatement), flags.file));
  return absl::OkStatus();
}

void AddStatementPrint(CLI::App& group, Client& client) {
  const auto flags = std::make_shared<PrintFlags>();
  CLI::App* const command =
      AddCommand(group, client,
                 {"statements", "Print statements: on the terminal, or to PDF, CSV or JSON",
                  "lumbung report statements --year 2026 --file laporan-2026.pdf --lang id"},
                 Scope::kBook, [flags](Invocation& call) { return PrintStatements(call, *flags); });
  command->add_option("STATEMENT", flags->statements,
                      "As in `report list`; without any, the set that belongs to the chart");
  AddBasisOptions(command, flags->basis);
  command->add_option_function<std::string>(
      "--fund", [flags](const std::string& fund) { flags->request.set_fund(fund); },
      "Only this fund: the statements of a grant");
  command->add_option("--file", flags->file, "Where to write; its ending says the format")
      ->type_name("FILE");
  command->add_option("--paper", flags->paper, "Of PDF (default: a4)")
      ->type_name("a4|f4")
      ->check(CLI::IsMember({"a4", "f4"}));
  command->add_flag_callback(
      "--landscape", [flags] { flags->request.set_landscape(true); },
      "Pages lie on their side; too wide statements do so anyway");
  command->add_flag_callback(
      "--minus", [flags] { flags->request.set_negative_with_minus(true); },
      "Negative amounts with a minus sign instead of parentheses");
  command->add_option_function<std::string>(
      "--place", [flags](const std::string& text) { flags->request.set_place_and_date(text); },
      "Place and date above the signatures: \"Jakarta, 31 Januari 2027\"");
  command
      ->add_option("--sign", flags->signatures,
                   "A signature, at most 4: \"Disusun oleh:Siti Rahayu:Bendahara\"")
      ->type_name("ROLE:NAME:POSITION");
}

std::string ShowMeasure(const Invocation& call, const std::string& measure) {
  if (call.csv()) return measure;
  if (measure == "opening") return std::string(call.Text(Label::kOpeningBalance));
  if (measure == "closing") return std::string(call.Text(Label::kClosingBalance));
  if (measure == "movement") return std::string(call.Text(Label::kMovement));
  if (measure == "cash") return std::string(call.Text(Label::kCashMovement));
  return std::string(call.Text(Label::kNonCashMovement));
}

const RecordLayout<Contribution> kContributions = {
    [](const Invocation& call) {
      return std::vector<Column>{call.NewColumn("account", Label::kAccount),
                                 call.NewColumn("name", Label::kName, ColumnKind::kFlexible),
                                 call.NewColumn("fund", Label::kFund),
                                 call.NewColumn("measure", Label::kMeasure),
                                 call.NewColumn("amount", Label::kAmount, ColumnKind::kAmount)};
    },
    [](const Invocation& call, const Contribution& contribution) {
      const bool is_indonesian = call.output().language == Language::kIndonesian;
      return std::vector<Cell>{
          contribution.account_code(),
          is_indonesian ? contribution.account_label().id() : contribution.account_label().en(),
          contribution.fund(), ShowMeasure(call, contribution.measure()), contribution.amount()};
    }};

struct FigureFlags {
  BasisFlags basis;
  reporting_v1::OpenFigureRequest request;
};

absl::Status OpenFigure(Invocation& call, const FigureFlags& flags) {
  reporting_v1::OpenFigureRequest request = flags.request;
  LUMBUNG_ASSIGN_OR_RETURN(*request.mutable_parent(), call.session().BookName());
  LUMBUNG_ASSIGN_OR_RETURN(*request.mutable_basis(), BasisFrom(call, flags.basis));
  LUMBUNG_ASSIGN_OR_RETURN(const reporting_v1::OpenFigureResponse response,
                           call.session().Call(&ReportingApi::OpenFigure, request));
  if (call.json()) {
    call.console().out << ToIndentedJson(response) << "\n";
    return absl::OkStatus();
  }
  TableWriter table(call.console().out, call.NewTableStyle(), kContributions.columns(call));
  for (const Contribution& contribution : response.contributions()) {
    table.Add(kContributions.cells(call, contribution));
  }
  table.Add({"", call.Text(Label::kTotal), "", "", response.amount()}, RowStyle::kTotal);
  table.Finish();
  return absl::OkStatus();
}

void AddStatementFigure(CLI::App& group, Client& client) {
  const auto flags = std::make_shared<FigureFlags>();
  flags->request.set_column("amount");
  CLI::App* const command =
      AddCommand(group, client,
                 {"figure", "Open a figure of a statement: which accounts it is made of",
                  "lumbung report figure isak335-financial-position-a cash --year 2026"},
                 Scope::kBook, [flags](Invocation& call) { return OpenFigure(call, *flags); });
  command
      ->add_option_function<std::string>(
          "STATEMENT",
          [flags](const std::string& statement) { flags->request.set_statement(statement); },
          "As in `report list`")
      ->required();
  command
      ->add_option_function<std::string>(
          "ROW", [flags](const std::string& row) { flags->request.set_row(row); },
          "The row, as `report statements --output csv` names it")
      ->required();
  command->add_option_function<std::string>(
      "--column", [flags](const std::string& column) { flags->request.set_column(column); },
      "The column, as it is named there (default: amount)");
  AddBasisOptions(command, flags->basis);
  command->add_option_function<std::string>(
      "--fund", [flags](const std::string& fund) { flags->request.set_fund(fund); },
      "Only this fund");
}

}  // namespace

void AddStatementCommands(CLI::App& group, Client& client) {
  AddStatementList(group, client);
  AddStatementPrint(group, client);
  AddStatementFigure(group, client);
}

}  // namespace lumbung::cli
