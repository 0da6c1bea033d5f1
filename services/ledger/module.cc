#include "services/ledger/module.h"

#include <utility>
#include <vector>

#include "absl/time/clock.h"
#include "ledger/core/status.h"
#include "ledger/posting/poster.h"
#include "ledger/store/posting_store_pg.h"
#include "services/common/book_directory.h"
#include "services/common/random_bytes.h"
#include "services/ledger/api/assertion_handlers.h"
#include "services/ledger/api/balance_handlers.h"
#include "services/ledger/api/book_access.h"
#include "services/ledger/api/books_handlers.h"
#include "services/ledger/api/books_service.h"
#include "services/ledger/api/entry_read_handlers.h"
#include "services/ledger/api/ledger_service.h"
#include "services/ledger/api/period_handlers.h"
#include "services/ledger/api/posting_handlers.h"
#include "services/ledger/api/transfer_handlers.h"
#include "services/ledger/api/transfer_service.h"
#include "services/ledger/transfer/operations.h"
#include "services/ledger/transfer/upload_store.h"

namespace lumbung::ledger {
namespace {

class LedgerModule final : public HostedService {
 public:
  LedgerModule(const HostContext& context, std::unique_ptr<transfer::UploadStore> uploads)
      : store_(context.pool),
        poster_(&store_, PosterOptions(context)),
        directory_(context.pool),
        posting_(
            {&poster_, &store_, context.pool, &directory_, context.workers, SecureRandomBytes}),
        books_(BooksParts(context)),
        access_(AccessParts(context)),
        entries_(&access_),
        balances_(&access_),
        periods_(&access_, !context.keys_dir.empty()),
        assertions_(&access_),
        ledger_service_(api::MakeLedgerService(
            context.adapter, {&posting_, &entries_, &balances_, &periods_, &assertions_})),
        books_service_(api::MakeBooksService(context.adapter, &books_)),
        uploads_(std::move(uploads)),
        operations_(OperationsOptions(context)),
        transfers_({context.pool, &directory_, uploads_.get(), &operations_, absl::Now,
                    SecureRandomBytes, [this](BookKey book) { poster_.Invalidate(book); }}),
        transfer_service_(api::MakeTransferService(context.adapter, &transfers_)) {
    context.metrics->AddGauge("lumbung_entries_waiting", "Journal entries waiting to be written",
                              [this] { return static_cast<std::int64_t>(poster_.waiting()); });
  }

  std::vector<std::pair<std::string, grpc::Service*>> services() override {
    return {{"lumbung.ledger.v1.LedgerService", ledger_service_.get()},
            {"lumbung.ledger.v1.BooksService", books_service_.get()},
            {"lumbung.ledger.v1.TransferService", transfer_service_.get()}};
  }

  void Drain() override {
    operations_.Drain();
    poster_.Drain();
  }

 private:
  static posting::Poster::Options PosterOptions(const HostContext& context) {
    posting::Poster::Options options;
    options.now = [] { return absl::Now(); };
    options.random_bytes = SecureRandomBytes;
    options.on_batch = [metrics = context.metrics](std::size_t entries) {
      metrics->OnBatch(entries);
    };
    return options;
  }

  api::BooksHandlers::Parts BooksParts(const HostContext& context) {
    return {context.pool,
            &directory_,
            [this](BookKey book, absl::Time deadline) {
              return poster_.CurrentSnapshot(book, deadline);
            },
            [this](BookKey book) { poster_.Invalidate(book); },
            SecureRandomBytes,
            [authenticator = context.authenticator] { authenticator->Invalidate(); }};
  }

  api::BookAccess::Parts AccessParts(const HostContext& context) {
    return {context.pool,
            &directory_,
            [this](BookKey book, absl::Time deadline) {
              return poster_.CurrentSnapshot(book, deadline);
            },
            [this](BookKey book) { poster_.Invalidate(book); },
            [] { return absl::Now(); },
            SecureRandomBytes};
  }

  static transfer::Operations::Options OperationsOptions(const HostContext& context) {
    transfer::Operations::Options options;
    options.now = absl::Now;
    options.random_bytes = SecureRandomBytes;
    // Logged and counted like a call.
    options.on_end = [metrics = context.metrics](const transfer::OperationState& state) {
      CallEnd end;
      end.method = "lumbung.ledger.v1.TransferService/ImportJournal:operation";
      end.status = state.status;
      end.latency = state.ended - state.created;
      end.call_id = state.id;
      metrics->OnCallEnd(end);
    };
    return options;
  }

  store::PostgresPostingStore store_;
  posting::Poster poster_;
  BookDirectory directory_;
  api::PostingHandlers posting_;
  api::BooksHandlers books_;
  api::BookAccess access_;
  api::EntryReadHandlers entries_;
  api::BalanceHandlers balances_;
  api::PeriodHandlers periods_;
  api::AssertionHandlers assertions_;
  std::unique_ptr<grpc::Service> ledger_service_;
  std::unique_ptr<grpc::Service> books_service_;
  std::unique_ptr<transfer::UploadStore> uploads_;
  transfer::Operations operations_;
  api::TransferHandlers transfers_;
  std::unique_ptr<grpc::Service> transfer_service_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<HostedService>> CreateLedgerModule(const HostContext& context) {
  transfer::UploadStore::Options uploads;
  uploads.folder = context.scratch_dir + "/uploads";
  uploads.now = absl::Now;
  uploads.random_bytes = SecureRandomBytes;
  LUMBUNG_ASSIGN_OR_RETURN(std::unique_ptr<transfer::UploadStore> store,
                           transfer::UploadStore::Open(std::move(uploads)));
  return std::make_unique<LedgerModule>(context, std::move(store));
}

}  // namespace lumbung::ledger
