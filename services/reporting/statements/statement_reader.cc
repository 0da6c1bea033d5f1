#include "services/reporting/statements/statement_reader.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "ledger/core/date_range.h"
#include "ledger/core/status.h"
#include "ledger/store/book_reader.h"
#include "ledger/store/organization_store.h"
#include "ledger/store/transaction.h"
#include "reports/source/read_figures.h"
#include "services/common/access.h"
#include "services/common/field_values.h"
#include "services/identity/store/grant_store.h"
#include "services/log/store/checkpoint_store.h"

namespace lumbung::reporting {
namespace {

constexpr int kMaxBooks = 100;
constexpr absl::string_view kPermission = "balance.read";
// Room for the year before, and for the day before that.
constexpr int kFirstYear = 1902;

// The same days a year before; the end of February is its end.
Date AYearBefore(Date date) {
  const Date before = date.AddMonths(-12);
  return date == date.LastOfMonth() ? before.LastOfMonth() : before;
}

absl::StatusOr<std::shared_ptr<const BookSnapshot>> Load(store::TransactionScope& scope,
                                                         BookKey book) {
  LUMBUNG_ASSIGN_OR_RETURN(BookContents contents, store::LoadBookContents(scope, book));
  return std::make_shared<const BookSnapshot>(std::move(contents));
}

// Leaves the figures of one fund.
absl::Status KeepFund(const std::string& key, reports::Figures* figures) {
  if (figures->books.front()->FindFund(key) == nullptr) {
    return NotFound("UNKNOWN_FUND", "fund", absl::StrCat("the book has no fund '", key, "'"));
  }
  for (reports::PeriodFigures& period : figures->periods) {
    std::erase_if(period.figures, [&](const reports::Figure& figure) {
      return figures->books[figure.book]->FindFund(figure.fund)->key != key;
    });
  }
  return absl::OkStatus();
}

}  // namespace

std::string CheckpointText(store::TransactionScope& scope) {
  const std::optional<log::StoredCheckpoint> found = log::FindCheckpoint(scope, 0);
  if (!found.has_value()) return "";
  std::string text = found->note;
  for (const std::string& line : found->cosignatures) absl::StrAppend(&text, line, "\n");
  return text;
}

absl::StatusOr<std::vector<DateRange>> PeriodsOf(const v1::StatementBasis& basis) {
  DateRange period;
  LUMBUNG_ASSIGN_OR_RETURN(period.from, DateFromText(basis.from_date(), "basis.from_date"));
  LUMBUNG_ASSIGN_OR_RETURN(period.to, DateFromText(basis.to_date(), "basis.to_date"));
  if (period.IsEmpty()) {
    return InvalidArgument(
        "INVALID_FILTER", "basis.to_date",
        absl::StrCat("found ", basis.to_date(), ", which is before from_date ", basis.from_date()));
  }
  if (period.from->year() < kFirstYear) {
    return InvalidArgument("INVALID_DATE", "basis.from_date",
                           absl::StrCat("found ", basis.from_date(), "; statements begin in ",
                                        kFirstYear, " at the earliest"));
  }
  std::vector<DateRange> periods = {period};
  if (!basis.without_comparative()) {
    periods.push_back({AYearBefore(*period.from), AYearBefore(*period.to)});
  }
  return periods;
}

absl::StatusOr<Reading> ReadFor(store::TransactionScope& scope, const ReadingOf& what) {
  reports::FiguresRequest request;
  request.periods = what.periods;
  request.known_at = what.known_at;
  for (const reports::StatementDefinition* definition : what.definitions) {
    for (const std::string& account : definition->cash) {
      const bool is_known = std::count(request.cash.begin(), request.cash.end(), account) > 0;
      if (!is_known) request.cash.push_back(account);
    }
  }
  std::vector<std::shared_ptr<const BookSnapshot>> snapshots;
  for (const BookKey& book : what.books) {
    LUMBUNG_ASSIGN_OR_RETURN(std::shared_ptr<const BookSnapshot> snapshot, Load(scope, book));
    snapshots.push_back(std::move(snapshot));
  }
  LUMBUNG_ASSIGN_OR_RETURN(reports::ReadResult read,
                           reports::ReadFigures(scope, snapshots, request));
  Reading reading;
  reading.figures = std::move(read.figures);
  reading.last_entries = std::move(read.last_entries);
  if (!what.fund.empty()) {
    LUMBUNG_RETURN_IF_ERROR(KeepFund(what.fund, &reading.figures));
  }
  LUMBUNG_ASSIGN_OR_RETURN(const store::Organization organization,
                           store::FindOrganization(scope, what.organization));
  reading.organization = organization.display_name;
  reading.small_organization = identity::ReadSettings(scope).small_organization;
  reading.checkpoint = CheckpointText(scope);
  return reading;
}

absl::StatusOr<std::vector<BookKey>> StatementReader::Books(const CallScope& call,
                                                            const std::string& parent,
                                                            const v1::StatementBasis& basis,
                                                            const std::string& fund) {
  LUMBUNG_ASSIGN_OR_RETURN(const BookKey first, directory_->Book(call, parent, "parent"));
  std::vector<BookKey> books = {first};
  if (basis.with_books_size() >= kMaxBooks) {
    return InvalidArgument("INVALID_FILTER", "basis.with_books",
                           absl::StrCat("found ", basis.with_books_size(), " books; at most ",
                                        kMaxBooks, " are put together"));
  }
  for (int i = 0; i < basis.with_books_size(); ++i) {
    const std::string field = absl::StrCat("basis.with_books[", i, "]");
    // Before it is said whether the book exists.
    RequestTarget target;
    target.resource = basis.with_books(i);
    target.book = std::string(absl::StripPrefix(target.resource, "books/"));
    target.fund = fund;
    if (!Allows(call.access, kPermission, target)) {
      return Refusal(absl::StatusCode::kPermissionDenied, "PERMISSION_DENIED", field,
                     absl::StrCat("you may not read the balances of ", basis.with_books(i)));
    }
    LUMBUNG_ASSIGN_OR_RETURN(const BookKey book,
                             directory_->Book(call, basis.with_books(i), field));
    if (std::find(books.begin(), books.end(), book) != books.end()) {
      return InvalidArgument("INVALID_FILTER", field,
                             absl::StrCat(basis.with_books(i), " is named twice"));
    }
    books.push_back(book);
  }
  return books;
}

absl::StatusOr<Reading> StatementReader::Read(
    const CallScope& call, const std::string& parent, const v1::StatementBasis& basis,
    const std::string& fund, absl::Span<const reports::StatementDefinition* const> definitions) {
  LUMBUNG_ASSIGN_OR_RETURN(const std::vector<BookKey> books, Books(call, parent, basis, fund));
  ReadingOf what;
  what.books = books;
  what.organization = call.access.organization;
  LUMBUNG_ASSIGN_OR_RETURN(what.periods, PeriodsOf(basis));
  if (basis.has_known_at()) {
    LUMBUNG_ASSIGN_OR_RETURN(what.known_at, TimeFromProto(basis.known_at(), "basis.known_at"));
  }
  what.fund = fund;
  what.definitions = definitions;
  return store::InTransaction(
      *pool_, {books.front().organization, store::Access::kReadOnly, call.deadline},
      [&what](store::TransactionScope& scope) { return ReadFor(scope, what); });
}

absl::StatusOr<std::string> StatementReader::ChartOf(const CallScope& call,
                                                     const std::string& parent) {
  LUMBUNG_ASSIGN_OR_RETURN(const BookKey book, directory_->Book(call, parent, "parent"));
  return store::InTransaction(
      *pool_, {book.organization, store::Access::kReadOnly, call.deadline},
      [&](store::TransactionScope& scope) -> absl::StatusOr<std::string> {
        LUMBUNG_ASSIGN_OR_RETURN(const BookContents contents, store::LoadBookContents(scope, book));
        return contents.book.chart_template.substr(0, contents.book.chart_template.find('@'));
      });
}

}  // namespace lumbung::reporting
