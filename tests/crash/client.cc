#include "tests/crash/client.h"

#include <utility>

#include <grpcpp/client_context.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "ledger/core/status.h"
#include "services/common/access.h"
#include "services/common/error_mapping.h"

namespace lumbung::crash {
namespace {

constexpr absl::Duration kPatience = absl::Seconds(20);
constexpr absl::Duration kPatienceWithAll = absl::Minutes(1);
constexpr absl::Duration kPauseBetweenRepeats = absl::Milliseconds(20);
constexpr int kMostEntriesOfABatch = 30;

// The server may have done what it was asked, or may yet.
bool IsInDoubt(const absl::Status& status) {
  return absl::IsUnavailable(status) || absl::IsDeadlineExceeded(status);
}

void Prepare(grpc::ClientContext& context, absl::Duration patience) {
  context.AddMetadata(kOrganizationMetadata, kOrganization);
  context.set_deadline(absl::ToChronoTime(absl::Now() + patience));
}

bool IsSameAnswer(const std::vector<BookedEntry>& one, const std::vector<BookedEntry>& other) {
  if (one.size() != other.size()) return false;
  for (std::size_t i = 0; i < one.size(); ++i) {
    if (one[i].sequence != other[i].sequence || one[i].number != other[i].number ||
        one[i].leaf_hash != other[i].leaf_hash) {
      return false;
    }
  }
  return true;
}

}  // namespace

int Choices::Between(int least, int most) {
  const auto count = static_cast<std::uint64_t>(most - least + 1);
  return least + static_cast<int>(engine_() % count);
}

void Load::CountAcknowledged() {
  absl::MutexLock lock(&mutex_);
  ++acknowledged_;
}

bool Load::AwaitMore(int count) {
  absl::MutexLock lock(&mutex_);
  const int wanted = acknowledged_ + count;
  const auto reached = [this, wanted]()
                           ABSL_SHARED_LOCKS_REQUIRED(mutex_) { return acknowledged_ >= wanted; };
  return mutex_.AwaitWithTimeout(absl::Condition(&reached), absl::Minutes(1));
}

void Load::Stop() {
  absl::MutexLock lock(&mutex_);
  stopping_ = true;
}

bool Load::stopping() const {
  absl::MutexLock lock(&mutex_);
  return stopping_;
}

Client::Client(int index, std::string book, std::uint64_t seed)
    : index_(index), book_(std::move(book)), choices_(seed) {}

void Client::Connect(const std::shared_ptr<grpc::Channel>& channel) {
  stub_ = v1::LedgerService::NewStub(channel);
}

void Client::PostUntilStopped(Load& load) {
  while (!load.stopping()) {
    Call call = NextCall();
    // Some clients hang up before the server can answer.
    const absl::Duration patience =
        choices_.OneIn(10) ? absl::Milliseconds(choices_.Between(1, 30)) : kPatience;
    Answer answer = Ask(call, patience);
    if (answer.ok()) {
      Acknowledge(std::move(call), *std::move(answer));
      load.CountAcknowledged();
    } else if (IsInDoubt(answer.status())) {
      in_doubt_.push_back(std::move(call));
      // Without a reason of the server's it is the server that is gone: for this load, for good.
      if (absl::IsUnavailable(answer.status()) && ReasonOf(answer.status()).empty()) return;
    } else {
      Complain(call, answer.status().ToString());
    }
  }
}

void Client::ReadBalance() {
  v1::GetBalanceRequest request;
  request.set_parent(book_);
  request.set_account("1");
  grpc::ClientContext context;
  Prepare(context, kPatience);
  v1::GetBalanceResponse response;
  const grpc::Status status = stub_->GetBalance(&context, request, &response);
  if (status.ok()) return;
  complaints_.push_back(
      absl::StrCat("balance of ", book_, ": ", FromGrpcStatus(status).ToString()));
}

void Client::ResolveDoubts() {
  const absl::Time give_up = absl::Now() + kPatienceWithAll;
  for (Call& call : std::exchange(in_doubt_, {})) {
    ++doubts_;
    const absl::Time asked = absl::Now();
    Answer answer = Ask(call, kPatience);
    while (!answer.ok() && IsInDoubt(answer.status()) && absl::Now() < give_up) {
      absl::SleepFor(kPauseBetweenRepeats);
      answer = Ask(call, kPatience);
    }
    if (!answer.ok()) {
      Complain(call, absl::StrCat("in doubt, and repeated: ", answer.status().ToString()));
      continue;
    }
    if (answer->front().recorded_at < asked) ++doubts_found_done_;
    Acknowledge(std::move(call), *std::move(answer));
  }
}

void Client::RepeatAcknowledged(int count) {
  for (int i = 0; i < count && !acknowledged_.empty(); ++i) {
    const int most = static_cast<int>(acknowledged_.size()) - 1;
    const AcknowledgedCall& before =
        acknowledged_[static_cast<std::size_t>(choices_.Between(0, most))];
    const Answer answer = Ask(before.call, kPatience);
    if (!answer.ok()) {
      Complain(before.call, absl::StrCat("repeated: ", answer.status().ToString()));
    } else if (!IsSameAnswer(*answer, before.entries)) {
      Complain(before.call, "the repetition was answered with other entries");
    }
  }
}

Call Client::NextCall() {
  if (!reversible_.empty() && choices_.OneIn(8)) return NextReversal();
  Call call;
  call.request_id = absl::StrCat("client-", index_, "-", ++calls_);
  call.book = book_;
  call.batch = choices_.OneIn(5);
  if (!call.batch) {
    call.entries.push_back(NextEntry(call.request_id));
    return call;
  }
  const int count = choices_.Between(2, kMostEntriesOfABatch);
  for (int i = 0; i < count; ++i) {
    call.entries.push_back(NextEntry(absl::StrCat(call.request_id, "#", i)));
  }
  return call;
}

Call Client::NextReversal() {
  const int most = static_cast<int>(reversible_.size()) - 1;
  std::swap(reversible_[static_cast<std::size_t>(choices_.Between(0, most))], reversible_.back());
  const BookedEntry original = std::move(reversible_.back());
  reversible_.pop_back();
  Call call;
  call.request_id = absl::StrCat("client-", index_, "-", ++calls_);
  call.book = book_;
  call.reverses = absl::StrCat(book_, "/entries/", original.sequence);
  call.entries.push_back({call.request_id, NextDate(), original.content.lines});
  for (Line& line : call.entries.front().lines) line.amount = -line.amount;
  return call;
}

Entry Client::NextEntry(const std::string& description) {
  Entry entry{description, NextDate(), {}};
  const int debits = choices_.Between(1, 3);
  std::int64_t total = 0;
  for (int i = 0; i < debits; ++i) {
    const std::int64_t amount = choices_.Between(1, 100'000'000);
    entry.lines.push_back({absl::StrCat(choices_.Between(2, kAccounts)), amount});
    total += amount;
  }
  entry.lines.push_back({"1", -total});
  return entry;
}

// In one of two fiscal years, so that there are several series of numbers to keep.
std::string Client::NextDate() {
  return absl::StrFormat("%d-%02d-%02d", choices_.Between(2025, 2026), choices_.Between(1, 12),
                         choices_.Between(1, 28));
}

Client::Answer Client::Ask(const Call& call, absl::Duration patience) {
  grpc::ClientContext context;
  Prepare(context, patience);
  if (call.batch) {
    v1::BatchCreateJournalEntriesResponse response;
    const grpc::Status status =
        stub_->BatchCreateJournalEntries(&context, BatchRequest(call), &response);
    if (!status.ok()) return FromGrpcStatus(status);
    std::vector<BookedEntry> entries;
    for (const v1::JournalEntry& entry : response.journal_entries()) {
      entries.push_back(FromProto(entry));
    }
    return entries;
  }
  v1::JournalEntry entry;
  const grpc::Status status =
      call.reverses.empty() ? stub_->CreateJournalEntry(&context, SingleRequest(call), &entry)
                            : stub_->ReverseJournalEntry(&context, ReversalRequest(call), &entry);
  if (!status.ok()) return FromGrpcStatus(status);
  return std::vector<BookedEntry>{FromProto(entry)};
}

void Client::Acknowledge(Call call, std::vector<BookedEntry> entries) {
  if (entries.size() != call.entries.size()) {
    Complain(call, absl::StrCat("asked for ", call.entries.size(), " entries, answered with ",
                                entries.size()));
    return;
  }
  if (call.reverses.empty()) {
    reversible_.insert(reversible_.end(), entries.begin(), entries.end());
  }
  acknowledged_.push_back({std::move(call), std::move(entries)});
}

void Client::Complain(const Call& call, const std::string& about) {
  complaints_.push_back(absl::StrCat(call.request_id, " in ", call.book, ": ", about));
}

}  // namespace lumbung::crash
