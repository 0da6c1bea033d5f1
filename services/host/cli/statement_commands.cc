// `lumbung report statements` and `lumbung report figure`: statements on paper, and what a figure
// of theirs is made of.
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/host/cli/document_flags.h"
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
  DocumentFlags document;
  reporting_v1::PrintStatementsRequest request;
  std::vector<std::string> statements;
};

absl::Status PrintStatements(Invocation& call, const PrintFlags& flags) {
  reporting_v1::PrintStatementsRequest request = flags.request;
  LUMBUNG_ASSIGN_OR_RETURN(*request.mutable_parent(), call.session().BookName());
  LUMBUNG_ASSIGN_OR_RETURN(*request.mutable_basis(), BasisFrom(call, flags.basis));
  for (const std::string& statement : flags.statements) request.add_statements(statement);
  LUMBUNG_ASSIGN_OR_RETURN(*request.mutable_options(), OptionsFrom(call, flags.document));
  if (!flags.document.later.empty()) {
    reporting_v1::ReportRequest report;
    *report.mutable_statements() = request;
    return StartReport(call, report);
  }
  return WriteDocument(call, flags.document, Label::kStatement, [&](std::ostream& out) {
    return CopyPieces<reporting_v1::PrintStatementsResponse>(
        call, kPrintTimeout, out, [&](grpc::ClientContext* context) {
          return call.session().reporting().PrintStatements(context, request);
        });
  });
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
  AddDocumentFlags(command, flags->document);
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
