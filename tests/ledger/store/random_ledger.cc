#include "tests/ledger/store/random_ledger.h"

#include <map>
#include <utility>

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "ledger/core/entry_validation.h"
#include "ledger/store/account_store.h"
#include "ledger/store/balance_query.h"
#include "ledger/store/book_parts_store.h"
#include "ledger/store/book_reader.h"
#include "ledger/store/book_store.h"
#include "ledger/store/transactional_posting.h"
#include "tests/ledger/store/store_fixture.h"
#include "tests/support/decimals.h"

namespace lumbung::testing {
namespace {

constexpr const char* kWords[] = {"Sewa", "gaji", "100% lunas", "kas_kecil", "Listrik\\PLN", ""};

std::vector<store::NewAccount> Chart() {
  const auto header = [](const std::string& key, AccountType type, const std::string& parent) {
    return NewTestAccount(key, type, parent, false);
  };
  return {
      header("1", AccountType::kAsset, ""),
      header("1.1", AccountType::kAsset, "1"),
      NewTestAccount("1.1.01", AccountType::kAsset, "1.1"),
      NewTestAccount("1.1.02", AccountType::kAsset, "1.1"),
      NewTestAccount("1.2", AccountType::kAsset, "1"),
      NewTestAccount("2", AccountType::kLiability),
      header("3", AccountType::kNetAsset, ""),
      NewTestAccount("3.1", AccountType::kNetAsset, "3"),
      NewTestAccount("3.2", AccountType::kNetAsset, "3"),
      header("4", AccountType::kIncome, ""),
      NewTestAccount("4.1", AccountType::kIncome, "4"),
      NewTestAccount("4.2", AccountType::kIncome, "4"),
      header("5", AccountType::kExpense, ""),
      NewTestAccount("5.1", AccountType::kExpense, "5"),
      NewTestAccount("5.2", AccountType::kExpense, "5"),
      NewTestAccount("5.9", AccountType::kExpense, "5"),
  };
}

store::NewBook BookToFill() {
  store::NewBook book = NewTestBook("main");
  book.accounts = Chart();
  book.funds = {{"EU", "European Union", FundRestriction::kPurpose},
                {"USAID", "USAID", FundRestriction::kTime}};
  book.dimensions = {{"grant", "Grant"}, {"activity", "Activity"}};
  return book;
}

}  // namespace

RandomLedger::RandomLedger(std::uint32_t seed)
    : seed_(seed), random_(seed), now_(absl::FromUnixSeconds(1'775'000'000)) {
  const OrganizationId organization = database_.CreateOrganization("yayasan");
  const absl::Status made = store::RunInTransaction(
      pool(), {organization}, [&](store::TransactionScope& scope) -> absl::Status {
        LUMBUNG_ASSIGN_OR_RETURN(const store::BookRecord record,
                                 store::CreateBook(scope, BookToFill()));
        book_ = record.book.key;
        store::NewCurrency dollar;
        dollar.code = "USD";
        store::NewCurrency rice;
        rice.code = "BERAS";
        rice.scale = 3;
        rice.commodity = true;
        rice.display_name = "Beras";
        LUMBUNG_RETURN_IF_ERROR(store::CreateCurrencies(scope, book_, {dollar, rice}).status());
        LUMBUNG_RETURN_IF_ERROR(store::CreateDimensionValues(scope, book_,
                                                             {{"grant", "G1", "G1"},
                                                              {"grant", "G2", "G2"},
                                                              {"activity", "A1", "A1"},
                                                              {"activity", "A2", "A2"}})
                                    .status());
        store::NewExchangeRate rate;
        rate.base = "USD";
        rate.quote = "IDR";
        rate.date = Date::Parse("2025-01-01").value();
        rate.rate = Dec("16250.55");
        LUMBUNG_RETURN_IF_ERROR(store::CreateExchangeRates(scope, book_, {rate}).status());
        LUMBUNG_ASSIGN_OR_RETURN(BookContents contents, store::LoadBookContents(scope, book_));
        snapshot_ = std::make_shared<const BookSnapshot>(std::move(contents));
        return absl::OkStatus();
      });
  if (!made.ok()) ADD_FAILURE() << made;
  for (const Account& account : snapshot_->accounts()) {
    if (account.postable) postable_.push_back(account.key);
  }
}

std::size_t RandomLedger::Below(std::size_t count) {
  return std::uniform_int_distribution<std::size_t>(0, count - 1)(random_);
}

Date RandomLedger::RandomDate() {
  return Date::Parse("2025-03-01").value().AddDays(static_cast<int>(Below(540)));
}

const Account& RandomLedger::RandomPostable() {
  return *snapshot_->FindAccount(postable_[Below(postable_.size())]);
}

void RandomLedger::Post(std::vector<EntryDraft> drafts) {
  for (std::size_t i = 0; i < drafts.size(); ++i) {
    drafts[i].request_id = absl::StrCat("r-", entries_.size() + i + 1);
  }
  now_ += absl::Hours(1);
  store::TransactionalPoster::Options options;
  options.now = now_;
  options.random_bytes = [](char* bytes, std::size_t count) { std::fill_n(bytes, count, 'x'); };
  const auto posted = store::InTransaction(
      pool(), {book_.organization},
      [&](store::TransactionScope& scope) -> absl::StatusOr<std::vector<PostedEntry>> {
        LUMBUNG_ASSIGN_OR_RETURN(store::TransactionalPoster poster,
                                 store::TransactionalPoster::Open(scope, book_, options));
        LUMBUNG_ASSIGN_OR_RETURN(std::vector<PostedEntry> entries,
                                 poster.Post(drafts, PostingPermissions{}));
        LUMBUNG_RETURN_IF_ERROR(poster.Finish());
        return entries;
      });
  if (!posted.ok()) {
    ADD_FAILURE() << posted.status();
    return;
  }
  entries_.insert(entries_.end(), posted->begin(), posted->end());
}

void RandomLedger::PostRandomEntries(int count) {
  while (count > 0) {
    std::vector<EntryDraft> drafts;
    const int together = std::min<int>(count, 1 + static_cast<int>(Below(200)));
    for (int i = 0; i < together; ++i) drafts.push_back(RandomDraft());
    if (!entries_.empty()) drafts.back() = RandomReversal();
    count -= together;
    Post(std::move(drafts));
  }
}

void RandomLedger::Fold() {
  const absl::Status folded = store::FoldTurnover(pool(), book_, absl::InfiniteFuture());
  if (!folded.ok()) ADD_FAILURE() << folded;
}

EntryDraft RandomLedger::RandomDraft() {
  EntryDraft draft;
  draft.effective_date = RandomDate();
  draft.kind = OneIn(20)   ? EntryKind::kClosing
               : OneIn(10) ? EntryKind::kAdjusting
                           : EntryKind::kStandard;
  draft.description = kWords[Below(std::size(kWords))];
  draft.reference = OneIn(3) ? absl::StrCat("BKK-", Below(50)) : "";
  draft.source = OneIn(2) ? "manual" : "import:abc";
  const std::string currency = OneIn(4) ? "USD" : OneIn(6) ? "BERAS" : "IDR";
  const int pairs = 1 + static_cast<int>(Below(3));
  for (int i = 0; i < pairs; ++i) {
    const std::string& fund = snapshot_->funds()[Below(snapshot_->funds().size())].key;
    PostingDraft debit = RandomPosting(fund);
    PostingDraft credit = RandomPosting(fund);
    debit.currency = credit.currency = currency;
    debit.amount = Decimal::FromUnits(static_cast<std::int64_t>(Below(1'000'000)), 2).value();
    credit.amount = debit.amount.Negated();
    draft.postings.push_back(std::move(debit));
    draft.postings.push_back(std::move(credit));
  }
  return draft;
}

PostingDraft RandomLedger::RandomPosting(const std::string& fund) {
  PostingDraft posting;
  posting.account = RandomPostable().key;
  posting.fund = fund;
  if (OneIn(3)) posting.dimensions.emplace_back("activity", OneIn(2) ? "A1" : "A2");
  if (OneIn(3)) posting.dimensions.emplace_back("grant", OneIn(2) ? "G1" : "G2");
  posting.memo = OneIn(5) ? kWords[Below(std::size(kWords))] : "";
  return posting;
}

EntryDraft RandomLedger::RandomReversal() {
  for (int attempt = 0; attempt < 50; ++attempt) {
    PostedEntry& original = entries_[Below(entries_.size())];
    if (original.reversed_by.has_value() || original.content.kind == EntryKind::kReversal) continue;
    if (attempt < 25 && original.content.kind != EntryKind::kClosing) continue;
    // Sequences have no gap; the reversal becomes the last entry of its batch.
    original.reversed_by = EntryId{0};
    return ReversalOf(*snapshot_, original, RandomDate());
  }
  return RandomDraft();
}

}  // namespace lumbung::testing
