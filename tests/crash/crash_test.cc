// kill -9 under load. Clients post to a real `lumbung up`; the binary, its PostgreSQL, or both are
// killed at random moments and started again; then the books must hold what the clients were told,
// and a call without an answer must be settled by repeating it.
//
//   LUMBUNG_CRASH_KILLS=200   so many kills instead of 20
//   LUMBUNG_SEED=...          the same kinds of kills, at the same counts of acknowledged calls
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "tests/crash/audit.h"
#include "tests/crash/client.h"
#include "tests/crash/ledger_reader.h"
#include "tests/crash/target.h"
#include "tests/support/refusal_matchers.h"

namespace lumbung::crash {
namespace {

using ::testing::IsEmpty;
using testing::IsOk;

constexpr int kDefaultKills = 20;
constexpr int kClients = 8;
constexpr int kMostAcknowledgedBeforeKill = 120;
// More than there can be calls in flight: some of these were sent to the recovered server.
constexpr int kAcknowledgedAfterRecovery = 3 * kClients;
constexpr std::size_t kDoubtsLookedUp = 4;

enum class Kill { kServer, kPostmaster, kServerAndPostmaster, kBackend };
constexpr Kill kKinds[] = {Kill::kServer, Kill::kPostmaster, Kill::kServerAndPostmaster,
                           Kill::kBackend};

const char* NameOf(Kill kind) {
  switch (kind) {
    case Kill::kServer:
      return "the server";
    case Kill::kPostmaster:
      return "PostgreSQL";
    case Kill::kServerAndPostmaster:
      return "the server and PostgreSQL";
    case Kill::kBackend:
      return "a backend of PostgreSQL";
  }
  return "";
}

bool TakesServerDown(Kill kind) {
  return kind == Kill::kServer || kind == Kill::kServerAndPostmaster;
}

// The number that an environment variable gives, else the other one.
std::uint64_t NumberFrom(const char* variable, std::uint64_t otherwise) {
  const char* const given = std::getenv(variable);
  std::uint64_t number = 0;
  return given != nullptr && absl::SimpleAtoi(given, &number) ? number : otherwise;
}

class CrashTest : public ::testing::Test {
 protected:
  CrashTest() : seed_(NumberFrom("LUMBUNG_SEED", std::random_device()())), choices_(seed_) {
    std::printf("LUMBUNG_SEED=%llu\n", static_cast<unsigned long long>(seed_));
  }

  // A fresh server with two books, and four clients for each.
  void SetUpBooks() {
    for (const char* book : {"books/utara", "books/selatan"}) readers_.emplace_back(book);
    for (int i = 0; i < kClients; ++i) {
      clients_.emplace_back(i, readers_[static_cast<std::size_t>(i) % readers_.size()].book(),
                            seed_ + static_cast<std::uint64_t>(i) + 1);
    }
    ASSERT_TRUE(target_.Start());
    ASSERT_THAT(CreateBooks(target_.Connect(), {readers_[0].book(), readers_[1].book()}), IsOk());
    ConnectAll();
  }

  // Each client has a connection of its own, as programs on different machines have.
  void ConnectAll() {
    for (Client& client : clients_) client.Connect(target_.Connect());
    for (LedgerReader& reader : readers_) reader.Connect(target_.Connect());
  }

  // Equally many of each kind, in random order.
  std::vector<Kill> PlanKills(int count) {
    std::vector<Kill> plan;
    for (int i = 0; i < count; ++i) plan.push_back(kKinds[i % 4]);
    for (int i = count - 1; i > 0; --i) {
      std::swap(plan[static_cast<std::size_t>(i)],
                plan[static_cast<std::size_t>(choices_.Between(0, i))]);
    }
    return plan;
  }

  // Within the time that a start takes.
  absl::Duration AMoment() { return absl::Milliseconds(choices_.Between(0, 800)); }

  template <typename Work>
  void OnEachClient(const Work& work) {
    std::vector<std::thread> threads;
    for (Client& client : clients_) threads.emplace_back([&] { work(client); });
    for (std::thread& thread : threads) thread.join();
  }

  // Kills while all clients post.
  void KillUnderLoad(Kill kind) {
    Load load;
    std::thread posting(
        [&] { OnEachClient([&load](Client& client) { client.PostUntilStopped(load); }); });
    bool went_well = load.AwaitMore(choices_.Between(1, kMostAcknowledgedBeforeKill));
    // Waits for nothing: it lets the kill fall anywhere between two answers.
    absl::SleepFor(absl::Microseconds(choices_.Between(0, 5'000)));
    went_well = Execute(kind) && went_well;
    if (!TakesServerDown(kind)) {
      went_well = load.AwaitMore(kAcknowledgedAfterRecovery) && went_well;
    }
    load.Stop();
    posting.join();
    EXPECT_TRUE(went_well) << target_.Output();
  }

  bool Execute(Kill kind) {
    switch (kind) {
      case Kill::kServer:
        target_.KillServer();
        return true;
      case Kill::kPostmaster:
        return target_.KillPostmaster();
      case Kill::kServerAndPostmaster:
        return target_.KillServerAndPostmaster();
      case Kill::kBackend:
        return target_.KillBackend([this](int count) { return choices_.Between(0, count - 1); });
    }
    return false;
  }

  Claims ClaimsOn(const LedgerReader& reader) const {
    Claims claims;
    for (const Client& client : clients_) {
      if (client.book() != reader.book()) continue;
      for (const AcknowledgedCall& call : client.acknowledged()) {
        claims.acknowledged.push_back(&call);
      }
      for (const Call& call : client.in_doubt()) claims.in_doubt.push_back(&call);
    }
    return claims;
  }

  void ExpectEntriesAsClaimed() {
    for (LedgerReader& reader : readers_) {
      ASSERT_THAT(reader.ReadNewEntries(), IsOk());
      EXPECT_THAT(FindFaults(ClaimsOn(reader), reader.entries()), IsEmpty()) << reader.book();
    }
  }

  void ExpectBalancesAsClaimed() {
    for (const LedgerReader& reader : readers_) {
      const Claims claims = ClaimsOn(reader);
      const std::string a_day = absl::StrCat(choices_.Between(2025, 2026), "-0",
                                             choices_.Between(1, 9), "-", choices_.Between(10, 28));
      for (const std::string& through : {std::string(), a_day}) {
        const absl::StatusOr<TrialBalance> balances = reader.Balances(through);
        ASSERT_THAT(balances, IsOk());
        EXPECT_EQ(*balances, SumOfAcknowledged(claims, through)) << reader.book() << through;
      }
    }
  }

  // What was answered wrongly; reading all at the same time needs more than one connection.
  void ExpectNoComplaints() {
    OnEachClient([](Client& client) { client.ReadBalance(); });
    for (const Client& client : clients_) {
      ASSERT_THAT(client.complaints(), IsEmpty()) << target_.Output();
    }
  }

  // Settles every call in doubt, and counts what came of it.
  void SettleDoubts() {
    // For a few of them the book is asked by their request ids, too.
    std::vector<std::pair<const LedgerReader*, std::string>> doubted;
    for (const LedgerReader& reader : readers_) {
      for (const Call* call : ClaimsOn(reader).in_doubt) {
        if (doubted.size() == kDoubtsLookedUp) break;
        doubted.emplace_back(&reader, absl::StrCat(call->request_id, call->batch ? "#0" : ""));
      }
    }
    OnEachClient([](Client& client) {
      client.ResolveDoubts();
      client.RepeatAcknowledged(2);
    });
    ASSERT_NO_FATAL_FAILURE(ExpectNoComplaints());
    for (const auto& [reader, request_id] : doubted) {
      const absl::StatusOr<int> count = reader->CountOfRequest(request_id);
      ASSERT_THAT(count, IsOk());
      EXPECT_EQ(*count, 1) << request_id;
    }
  }

  void CrashAndCheck(Kill kind) {
    KillUnderLoad(kind);
    if (TakesServerDown(kind)) {
      // Sometimes the next start does not get far either.
      if (choices_.OneIn(3)) target_.StartAndKillAfter(AMoment());
      ASSERT_TRUE(target_.Start());
      ConnectAll();
    }
    ASSERT_NO_FATAL_FAILURE(ExpectNoComplaints());
    // As the crash left the books, and once every doubt is settled.
    ASSERT_NO_FATAL_FAILURE(ExpectEntriesAsClaimed());
    ASSERT_NO_FATAL_FAILURE(SettleDoubts());
    ASSERT_NO_FATAL_FAILURE(ExpectEntriesAsClaimed());
    ASSERT_NO_FATAL_FAILURE(ExpectBalancesAsClaimed());
  }

  const std::uint64_t seed_;
  Choices choices_;
  Target target_;
  std::deque<LedgerReader> readers_;
  std::deque<Client> clients_;
};

TEST_F(CrashTest, NothingAcknowledgedIsLostOrDoubled) {
  ASSERT_NO_FATAL_FAILURE(SetUpBooks());
  const absl::Time begun = absl::Now();
  const auto plan = PlanKills(static_cast<int>(NumberFrom("LUMBUNG_CRASH_KILLS", kDefaultKills)));
  int kills = 0;
  int kills_of_server = 0;
  for (const Kill kind : plan) {
    SCOPED_TRACE(absl::StrCat("kill ", ++kills, ", of ", NameOf(kind), ", LUMBUNG_SEED=", seed_));
    ASSERT_NO_FATAL_FAILURE(CrashAndCheck(kind));
    ASSERT_FALSE(HasFailure());
    if (TakesServerDown(kind)) ++kills_of_server;
  }
  // What was posted before the first kills is still as it was.
  std::size_t entries = 0;
  for (LedgerReader& reader : readers_) {
    ASSERT_THAT(reader.ReadAllEntries(), IsOk());
    EXPECT_THAT(FindFaults(ClaimsOn(reader), reader.entries()), IsEmpty()) << reader.book();
    entries += reader.entries().size();
  }
  EXPECT_EQ(target_.Stop(), 0);
  std::size_t calls = 0;
  int doubts = 0;
  int done = 0;
  for (const Client& client : clients_) {
    calls += client.acknowledged().size();
    doubts += client.doubts();
    done += client.doubts_found_done();
  }
  std::printf(
      "%d kills in %.0f s: %zu calls acknowledged, %zu entries; of %d calls in doubt %d had "
      "been done\n",
      kills, absl::ToDoubleSeconds(absl::Now() - begun), calls, entries, doubts, done);
  // Otherwise nobody was posting when the server was killed, and the test proves nothing.
  EXPECT_GE(doubts, kills_of_server);
}

TEST_F(CrashTest, EveryStepOfTheFirstStartMayBeTheLast) {
  for (const char* step : {"creating a PostgreSQL cluster", "starting PostgreSQL",
                           "migrated ", "\"message\":\"listening\""}) {
    SCOPED_TRACE(step);
    target_.StartAndKillAt(step);
    ASSERT_FALSE(HasFailure());
  }
  ASSERT_NO_FATAL_FAILURE(SetUpBooks());
  EXPECT_EQ(target_.Stop(), 0);
}

TEST_F(CrashTest, TheFirstStartsMayEndAtAnyMoment) {
  SCOPED_TRACE(absl::StrCat("LUMBUNG_SEED=", seed_));
  for (int i = 0; i < 8; ++i) target_.StartAndKillAfter(AMoment());
  ASSERT_NO_FATAL_FAILURE(SetUpBooks());
  EXPECT_EQ(target_.Stop(), 0);
}

}  // namespace
}  // namespace lumbung::crash
