#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/host/cli/commands.h"
#include "services/host/cli/record_writer.h"
#include "services/host/cli/request_id.h"
#include "services/host/cli/resource_names.h"
#include "services/host/cli/values.h"

namespace lumbung::cli {
namespace {

std::vector<Column> BookColumns(const Invocation& call) {
  return {call.NewColumn("book", Label::kBook),
          call.NewColumn("display_name", Label::kName, ColumnKind::kFlexible),
          call.NewColumn("functional_currency", Label::kFunctionalCurrency),
          call.NewColumn("fiscal_year_start_month", Label::kFiscalYearStart),
          call.NewColumn("chart_template", Label::kChartTemplate),
          call.NewColumn("default_fund", Label::kDefaultFund),
          call.NewColumn("entries", Label::kEntries, ColumnKind::kAmount),
          call.NewColumn("hard_closed_through", Label::kClosedThrough)};
}

std::vector<Cell> BookCells(const Invocation&, const v1::Book& book) {
  return {LastId(book.name()),
          book.display_name(),
          book.functional_currency(),
          absl::StrCat(book.fiscal_year_start_month()),
          book.chart_template(),
          book.default_fund(),
          absl::StrCat(book.last_sequence()),
          book.hard_closed_through()};
}

constexpr RecordLayout<v1::Book> kBooks{BookColumns, BookCells};

void AddBookCreate(CLI::App& group, Client& client) {
  const auto request = std::make_shared<v1::CreateBookRequest>();
  const auto month = std::make_shared<int>(1);
  CLI::App* const command =
      AddCommand(group, client,
                 {"create", "Make a book, with its accounts from a chart template",
                  "lumbung book create main --chart isak35-ngo --currency IDR"},
                 Scope::kOrganization, [request, month](Invocation& call) -> absl::Status {
                   EnsureRequestId(*request);
                   request->set_fiscal_year_start_month(*month);
                   LUMBUNG_ASSIGN_OR_RETURN(const v1::Book book,
                                            call.session().Call(&BooksApi::CreateBook, *request));
                   WriteRecord(call, book, kBooks);
                   return absl::OkStatus();
                 });
  command->add_option("BOOK", *request->mutable_book_id(), "Lower-case letters, digits and '-'")
      ->required();
  command->add_option("--display-name", *request->mutable_display_name(), "What people call it")
      ->type_name("NAME");
  command
      ->add_option("--currency", *request->mutable_functional_currency(),
                   "Functional currency: in it entries balance (default: IDR)")
      ->type_name("CODE");
  command->add_option("--fiscal-year-start", *month, "First month of the fiscal year (default: 1)")
      ->check(CLI::Range(1, 12))
      ->type_name("MONTH");
  command
      ->add_option("--chart", *request->mutable_chart_template(),
                   "Chart template (see `lumbung chart list`); without it the chart is empty")
      ->type_name("TEMPLATE");
  AddWriteOptions(command, *request);
}

void AddBookList(CLI::App& group, Client& client) {
  AddCommand(group, client, {"list", "List the organization's books", "lumbung book list"},
             Scope::kOrganization, [](Invocation& call) {
               return WriteList(call, &BooksApi::ListBooks, v1::ListBooksRequest(), "books",
                                &v1::ListBooksResponse::books, kBooks);
             });
}

void AddBookShow(CLI::App& group, Client& client) {
  const auto id = std::make_shared<std::string>();
  CLI::App* const command =
      AddCommand(group, client, {"show", "Show one book", "lumbung book show main"}, Scope::kBook,
                 [id](Invocation& call) -> absl::Status {
                   if (!id->empty()) call.session().UseBook(*id);
                   LUMBUNG_ASSIGN_OR_RETURN(const v1::Book book, call.session().Book());
                   WriteRecord(call, book, kBooks);
                   return absl::OkStatus();
                 });
  command->add_option("BOOK", *id, "The same as --book");
}

void AddBookUpdate(CLI::App& group, Client& client) {
  const auto request = std::make_shared<v1::UpdateBookRequest>();
  const auto id = std::make_shared<std::string>();
  CLI::App* const command =
      AddCommand(group, client,
                 {"update", "Change a book's name",
                  "lumbung book update main --display-name \"Buku Besar 2026\""},
                 Scope::kBook, [request, id](Invocation& call) -> absl::Status {
                   if (!id->empty()) call.session().UseBook(*id);
                   EnsureRequestId(*request);
                   LUMBUNG_ASSIGN_OR_RETURN(const v1::Book old, call.session().Book());
                   request->mutable_book()->set_name(old.name());
                   request->mutable_book()->set_etag(old.etag());
                   request->add_update_paths("display_name");
                   LUMBUNG_ASSIGN_OR_RETURN(const v1::Book book,
                                            call.session().Call(&BooksApi::UpdateBook, *request));
                   WriteRecord(call, book, kBooks);
                   return absl::OkStatus();
                 });
  command->add_option("BOOK", *id, "The same as --book");
  command
      ->add_option("--display-name", *request->mutable_book()->mutable_display_name(),
                   "What people call it")
      ->type_name("NAME")
      ->required();
  AddWriteOptions(command, *request);
}

using ChartTemplate = v1::ListChartTemplatesResponse::ChartTemplate;

std::vector<Column> ChartTemplateColumns(const Invocation& call) {
  return {call.NewColumn("template", Label::kChartTemplate),
          call.NewColumn("display_name", Label::kName, ColumnKind::kFlexible),
          call.NewColumn("accounts", Label::kAccounts, ColumnKind::kAmount),
          call.NewColumn("legal_basis", Label::kLegalBasis, ColumnKind::kFlexible)};
}

std::vector<Cell> ChartTemplateCells(const Invocation& call, const ChartTemplate& chart) {
  const bool indonesian =
      call.output().language == Language::kIndonesian && !chart.display_name_id().empty();
  return {chart.name(), indonesian ? chart.display_name_id() : chart.display_name(),
          absl::StrCat(chart.account_count()), chart.legal_basis()};
}

absl::Status ListChartTemplates(Invocation& call) {
  LUMBUNG_ASSIGN_OR_RETURN(
      const v1::ListChartTemplatesResponse response,
      call.session().Call(&BooksApi::ListChartTemplates, v1::ListChartTemplatesRequest()));
  RecordWriter writer(call, "chart_templates", ChartTemplateColumns(call));
  for (const ChartTemplate& chart : response.chart_templates()) {
    writer.Add(chart, ChartTemplateCells(call, chart));
  }
  writer.Finish();
  return absl::OkStatus();
}

}  // namespace

void AddBookCommands(CLI::App& app, Client& client) {
  CLI::App* const group = AddGroup(app, "book", "Books: sets of accounts that balance");
  AddBookCreate(*group, client);
  AddBookList(*group, client);
  AddBookShow(*group, client);
  AddBookUpdate(*group, client);
  CLI::App* const charts = AddGroup(app, "chart", "Templates for charts of accounts");
  AddCommand(*charts, client,
             {"list", "List the chart templates a book can start from", "lumbung chart list"},
             Scope::kOrganization, ListChartTemplates);
}

}  // namespace lumbung::cli
