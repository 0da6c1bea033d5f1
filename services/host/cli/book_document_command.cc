// `lumbung report print`: the book itself on paper.
#include <memory>
#include <string>
#include <vector>

#include "services/host/cli/choice.h"
#include "services/host/cli/document_flags.h"
#include "services/host/cli/period_flags.h"
#include "services/host/cli/report_commands.h"
#include "services/host/cli/values.h"

namespace lumbung::cli {
namespace {

namespace reporting_v1 = ::lumbung::reporting::v1;

struct BookPrintFlags {
  std::string document;
  PeriodFlags period;
  DocumentFlags look;
  std::vector<std::string> accounts;
  reporting_v1::PrintBookRequest request;
};

constexpr Choice<reporting_v1::BookDocument> kDocuments[] = {
    {"trial-balance", reporting_v1::BOOK_DOCUMENT_TRIAL_BALANCE},
    {"general-ledger", reporting_v1::BOOK_DOCUMENT_GENERAL_LEDGER},
    {"register", reporting_v1::BOOK_DOCUMENT_ACCOUNT_REGISTER},
    {"journal", reporting_v1::BOOK_DOCUMENT_JOURNAL},
};

reporting_v1::BookDocument DocumentOf(const std::string& word) {
  for (const auto& document : kDocuments) {
    if (document.word == word) return document.value;
  }
  return reporting_v1::BOOK_DOCUMENT_UNSPECIFIED;
}

absl::Status PrintBook(Invocation& call, const BookPrintFlags& flags) {
  reporting_v1::PrintBookRequest request = flags.request;
  LUMBUNG_ASSIGN_OR_RETURN(*request.mutable_parent(), call.session().BookName());
  request.set_document(DocumentOf(flags.document));
  LUMBUNG_ASSIGN_OR_RETURN(const PeriodDates period, PeriodFrom(call, flags.period));
  request.set_from_date(period.from);
  request.set_to_date(period.to);
  for (const std::string& account : flags.accounts) request.add_accounts(account);
  LUMBUNG_ASSIGN_OR_RETURN(*request.mutable_options(), OptionsFrom(call, flags.look));
  if (!flags.look.later.empty()) {
    reporting_v1::ReportRequest report;
    *report.mutable_book() = request;
    return StartReport(call, report);
  }
  return WriteDocument(call, flags.look, Label::kStatement, [&](std::ostream& out) {
    return CopyPieces<reporting_v1::PrintBookResponse>(
        call, kPrintTimeout, out, [&](grpc::ClientContext* context) {
          return call.session().reporting().PrintBook(context, request);
        });
  });
}

}  // namespace

absl::string_view BookDocumentWord(reporting_v1::BookDocument document) {
  for (const auto& known : kDocuments) {
    if (known.value == document) return known.word;
  }
  return "";
}

void AddBookDocumentCommand(CLI::App& group, Client& client) {
  const auto flags = std::make_shared<BookPrintFlags>();
  CLI::App* const command = AddCommand(
      group, client,
      {"print", "Print the book itself: trial balance, general ledger, account register or journal",
       "lumbung report print general-ledger --year 2026 --account 1.1.21 --file buku-besar.pdf"},
      Scope::kBook, [flags](Invocation& call) { return PrintBook(call, *flags); });
  CLI::Option* const document =
      command->add_option("DOCUMENT", flags->document, "Which")->required();
  RestrictToWords(document, {"trial-balance", "general-ledger", "register", "journal"});
  AddPeriodOptions(command, flags->period);
  command
      ->add_option("--account", flags->accounts,
                   "Of ledger and register: only this account and those below it; may stand more "
                   "than once")
      ->type_name("ACCOUNT");
  command->add_option_function<std::string>(
      "--fund", [flags](const std::string& fund) { flags->request.set_fund(fund); },
      "Only postings of this fund; not of the journal");
  AddDocumentFlags(command, flags->look);
}

}  // namespace lumbung::cli
