#include "services/ledger/api/entry_read_handlers.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "ledger/core/entry_validation.h"
#include "ledger/core/status.h"
#include "ledger/store/entry_reader.h"
#include "ledger/store/journal_query.h"
#include "services/common/entry_conversion.h"
#include "services/common/page_token.h"
#include "services/ledger/api/entry_lookup.h"
#include "services/ledger/api/filters.h"

namespace lumbung::ledger::api {
namespace {

// A page ends early once it holds this many postings, so that a few huge entries do not make a huge
// answer.
constexpr std::size_t kMaxPagePostings = 10'000;
constexpr std::size_t kEntriesPerRead = 50;

absl::StatusOr<std::optional<EntryKind>> KindFilter(v1::EntryKind kind) {
  if (kind == v1::ENTRY_KIND_UNSPECIFIED) return std::optional<EntryKind>();
  if (!v1::EntryKind_IsValid(kind)) {
    return InvalidArgument(
        "INVALID_FILTER", "kind",
        absl::StrCat("found ", static_cast<int>(kind), ", which is no kind of entry"));
  }
  return std::optional<EntryKind>(static_cast<EntryKind>(kind));
}

absl::Status AmountFilter(const v1::ListJournalEntriesRequest& request,
                          store::EntryFilter* filter) {
  if (!request.min_amount().empty()) {
    LUMBUNG_ASSIGN_OR_RETURN(filter->min_amount,
                             AmountFromText(request.min_amount(), "min_amount"));
  }
  if (!request.max_amount().empty()) {
    LUMBUNG_ASSIGN_OR_RETURN(filter->max_amount,
                             AmountFromText(request.max_amount(), "max_amount"));
  }
  if (filter->min_amount.has_value() && filter->max_amount.has_value() &&
      *filter->max_amount < *filter->min_amount) {
    return InvalidArgument("INVALID_FILTER", "max_amount",
                           absl::StrCat("found ", request.max_amount(),
                                        ", which is less than min_amount ", request.min_amount()));
  }
  return absl::OkStatus();
}

absl::StatusOr<store::EntryFilter> FilterFromProto(const BookSnapshot& book,
                                                   const v1::ListJournalEntriesRequest& request) {
  store::EntryFilter filter;
  LUMBUNG_ASSIGN_OR_RETURN(filter.dates, DatesFromText({request.from_date(), "from_date"},
                                                       {request.to_date(), "to_date"}));
  LUMBUNG_RETURN_IF_ERROR(AmountFilter(request, &filter));
  if (request.text().size() > kMaxKeyBytes) {
    return InvalidArgument("INVALID_FILTER", "text",
                           absl::StrCat("found ", request.text().size(), " bytes; at most ",
                                        kMaxKeyBytes, " are searched for"));
  }
  filter.text = request.text();
  if (!request.source().empty()) filter.source = request.source();
  if (!request.request_id().empty()) filter.request_id = request.request_id();
  LUMBUNG_ASSIGN_OR_RETURN(filter.kind, KindFilter(request.kind()));
  if (!request.account().empty()) {
    LUMBUNG_ASSIGN_OR_RETURN(const Account* account,
                             AccountFromKey(book, request.account(), "account"));
    filter.accounts = book.Subtree(account->id);
  }
  if (!request.currency().empty()) {
    LUMBUNG_ASSIGN_OR_RETURN(const Currency* currency,
                             CurrencyFromCode(book, request.currency(), "currency"));
    filter.currency = currency->id;
  }
  LUMBUNG_ASSIGN_OR_RETURN(filter.dimensions,
                           DimensionsFromKeys(book, request.fund(), request.dimensions()));
  return filter;
}

absl::StatusOr<std::optional<EntryId>> PositionOf(const v1::ListJournalEntriesRequest& request) {
  LUMBUNG_ASSIGN_OR_RETURN(const std::string position,
                           ReadPageToken(request, request.page_token()));
  if (position.empty()) return std::optional<EntryId>();
  std::int64_t sequence = 0;
  if (!absl::SimpleAtoi(position, &sequence)) {
    return InvalidArgument("INVALID_PAGE_TOKEN", "page_token", "the page token is damaged");
  }
  return std::optional<EntryId>(EntryId{sequence});
}

// The entries, as many as a page may hold; at least one.
absl::Status AddEntries(store::TransactionScope& scope, const BookSnapshot& book,
                        const std::vector<EntryId>& ids, v1::ListJournalEntriesResponse* response) {
  std::size_t postings = 0;
  for (std::size_t begin = 0; begin < ids.size(); begin += kEntriesPerRead) {
    const std::size_t end = std::min(ids.size(), begin + kEntriesPerRead);
    const auto at = [&](std::size_t i) { return ids.begin() + static_cast<std::ptrdiff_t>(i); };
    LUMBUNG_ASSIGN_OR_RETURN(const std::vector<PostedEntry> entries,
                             store::ReadEntriesIn(scope, book.book().key, {at(begin), at(end)}));
    for (const PostedEntry& entry : entries) {
      postings += entry.content.postings.size();
      if (postings > kMaxPagePostings && response->journal_entries_size() > 0) {
        return absl::OkStatus();
      }
      *response->add_journal_entries() = EntryToProto(book, entry);
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<v1::JournalEntry> EntryReadHandlers::GetJournalEntry(
    CallScope& call, const v1::GetJournalEntryRequest& request) {
  LUMBUNG_ASSIGN_OR_RETURN(const auto part, books_->Part(call, request.name(), "entries"));
  const auto& [key, id] = part;
  return books_->Read(
      call, key,
      [&, &entry_id = id](store::TransactionScope& scope,
                          const BookSnapshot& book) -> absl::StatusOr<v1::JournalEntry> {
        LUMBUNG_ASSIGN_OR_RETURN(const EntryId wanted, FindEntry(scope, book, entry_id));
        LUMBUNG_ASSIGN_OR_RETURN(const std::vector<PostedEntry> entries,
                                 store::ReadEntriesIn(scope, book.book().key, {wanted}));
        return EntryToProto(book, entries.front());
      });
}

absl::StatusOr<v1::ListJournalEntriesResponse> EntryReadHandlers::ListJournalEntries(
    CallScope& call, const v1::ListJournalEntriesRequest& request) {
  LUMBUNG_ASSIGN_OR_RETURN(const BookKey key, books_->Parent(call, request.parent()));
  LUMBUNG_ASSIGN_OR_RETURN(const int page_size, PageSize(request.page_size()));
  LUMBUNG_ASSIGN_OR_RETURN(const std::optional<EntryId> after, PositionOf(request));
  const auto order =
      request.newest_first() ? store::EntryOrder::kNewestFirst : store::EntryOrder::kOldestFirst;
  return books_->Read(
      call, key,
      [&](store::TransactionScope& scope,
          const BookSnapshot& book) -> absl::StatusOr<v1::ListJournalEntriesResponse> {
        LUMBUNG_ASSIGN_OR_RETURN(const store::EntryFilter filter, FilterFromProto(book, request));
        // One more than the page holds tells whether there is another page.
        LUMBUNG_ASSIGN_OR_RETURN(
            std::vector<EntryId> ids,
            store::ListEntries(scope, key, filter, order, after, page_size + 1));
        const std::size_t found = ids.size();
        ids.resize(std::min(found, static_cast<std::size_t>(page_size)));
        v1::ListJournalEntriesResponse response;
        LUMBUNG_RETURN_IF_ERROR(AddEntries(scope, book, ids, &response));
        const auto shown = static_cast<std::size_t>(response.journal_entries_size());
        if (shown < found) {
          const std::int64_t last = response.journal_entries().rbegin()->sequence();
          response.set_next_page_token(MakePageToken(request, absl::StrCat(last)));
        }
        return response;
      });
}

}  // namespace lumbung::ledger::api
