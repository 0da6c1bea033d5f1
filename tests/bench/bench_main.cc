// Prints a table of ratios: what the server does against what bare SQL does on the same PostgreSQL,
// the two alternating in one run.
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <unistd.h>

#include "absl/strings/str_cat.h"
#include "tests/bench/floor_sql.h"
#include "tests/bench/grpc_load.h"
#include "tests/bench/http_load.h"
#include "tests/bench/journal_work.h"
#include "tests/bench/stack.h"
#include "tests/bench/workload.h"

namespace lumbung::bench {
namespace {

struct Sample {
  std::vector<double> ours;
  std::vector<double> floor;
};

void Print(const std::string& work, const char* unit, const Sample& sample, double target,
           bool higher_is_better) {
  const double ours = Median(sample.ours);
  const double floor = Median(sample.floor);
  const double ratio = ours / floor;
  const bool met = higher_is_better ? ratio >= target : ratio <= target;
  std::printf("%-52s %10.0f %10.0f %-6s %8.2f  %s %g  %s\n", work.c_str(), floor, ours, unit, ratio,
              higher_is_better ? ">=" : "<=", target, met ? "met" : "missed");
  std::fflush(stdout);
}

class Bench {
 public:
  Bench(Stack* stack, std::string dir, int rounds, int entries, int big_entries)
      : stack_(stack),
        dir_(std::move(dir)),
        rounds_(rounds),
        entries_(entries),
        big_entries_(big_entries) {}

  void Run() {
    CreateFloor(stack_->owner_uri());
    PrintHeading();
    Singles("single posts, 256 in flight, one hot account", true, 5);
    Singles("single posts, 256 in flight, spread", false, 2);
    Lone();
    Batches();
    Import();
    TrialBalance();
    ByGateway();
  }

  // What the way by HTTP costs; its floor is the way by gRPC.
  void ByGateway() {
    PrintHeading();
    constexpr int kClients = 32;
    Sample lone;
    Sample many;
    Sample besieged;
    for (int round = 0; round < rounds_; ++round) {
      const Endpoint server = stack_->endpoint();
      const std::string book = FreshBook();
      lone.floor.push_back(PostOverGrpc(server, book, 1, 1000, false).median_micros);
      const double by_http = PostOverHttp(server, book, 1, 1000).median_micros;
      lone.ours.push_back(by_http);
      many.floor.push_back(PostOverGrpc(server, book, kClients, entries_, false).per_second);
      many.ours.push_back(PostOverHttp(server, book, kClients, entries_).per_second);
      besieged.floor.push_back(by_http);
      const SlowClients slow(server, 500);
      besieged.ours.push_back(PostOverHttp(server, book, 1, 1000).median_micros);
    }
    Print("gateway against gRPC, lone caller, median latency", "us", lone, 1.6, false);
    Print("gateway against gRPC, 32 in flight", "/s", many, 0.5, true);
    Print("gateway among 500 slow clients, median latency", "us", besieged, 2, false);
  }

 private:
  static void PrintHeading() {
    std::printf("%-52s %10s %10s %-6s %8s  target\n", "work", "floor", "lumbung", "", "ratio");
  }

  std::string FreshBook() {
    const std::string slug = absl::StrCat("book-", ++books_);
    const absl::Status created = stack_->CreateBook(slug);
    if (!created.ok()) {
      std::fprintf(stderr, "%s\n", created.ToString().c_str());
      std::exit(1);
    }
    return slug;
  }

  void Singles(const char* work, bool hot, double target) {
    Sample sample;
    for (int round = 0; round < rounds_; ++round) {
      double best = 0;
      for (const int clients : {4, 8, 16, 64}) {
        EmptyFloor(stack_->owner_uri());
        best =
            std::max(best, PostSingles(stack_->owner_uri(), clients, entries_ / 4, hot).per_second);
      }
      sample.floor.push_back(best);
      const std::string book = FreshBook();
      PostOverGrpc(stack_->endpoint(), book, 256, 1000, hot);
      sample.ours.push_back(PostOverGrpc(stack_->endpoint(), book, 256, entries_, hot).per_second);
    }
    Print(work, "/s", sample, target, true);
  }

  void Lone() {
    Sample sample;
    for (int round = 0; round < rounds_; ++round) {
      EmptyFloor(stack_->owner_uri());
      sample.floor.push_back(PostSingles(stack_->owner_uri(), 1, 2000, false).median_micros);
      sample.ours.push_back(
          PostOverGrpc(stack_->endpoint(), FreshBook(), 1, 2000, false).median_micros);
    }
    Print("one lone caller, median latency", "us", sample, 1.5, false);
  }

  void Batches() {
    Sample sample;
    for (int round = 0; round < rounds_; ++round) {
      EmptyFloor(stack_->owner_uri());
      sample.floor.push_back(PostBatches(stack_->owner_uri(), entries_ * 2, 1000).per_second);
      sample.ours.push_back(
          PostBatchesOverGrpc(stack_->endpoint(), FreshBook(), entries_ * 2, 1000).per_second);
    }
    Print("batches of 1,000", "/s", sample, 0.6, true);
  }

  void Import() {
    const std::string journal = dir_ + "/import.journal";
    WriteJournal(journal, entries_);
    Sample sample;
    for (int round = 0; round < rounds_; ++round) {
      EmptyFloor(stack_->owner_uri());
      // Rows are those of the entries and of their postings.
      const double rows = 4.0 * entries_;
      sample.floor.push_back(rows / CopyRows(stack_->owner_uri(), entries_));
      sample.ours.push_back(rows / ImportOverGrpc(stack_->endpoint(), FreshBook(), journal));
    }
    Print("import of a journal, against COPY", "rows/s", sample, 0.5, true);
  }

  // One book of 100 thousand postings, one of the big journal.
  void TrialBalance() {
    constexpr int kSmallEntries = 33'334;
    const std::string small = dir_ + "/small.journal";
    const std::string big = dir_ + "/big.journal";
    WriteJournal(small, kSmallEntries);
    WriteJournal(big, big_entries_);
    const std::string small_book = FreshBook();
    const std::string big_book = FreshBook();
    ImportOverGrpc(stack_->endpoint(), small_book, small);
    ImportOverGrpc(stack_->endpoint(), big_book, big);
    Sample growth;
    for (int round = 0; round < rounds_; ++round) {
      growth.floor.push_back(1e6 * TrialBalanceOverGrpc(stack_->endpoint(), small_book, 50));
      growth.ours.push_back(1e6 * TrialBalanceOverGrpc(stack_->endpoint(), big_book, 50));
    }
    Print(absl::StrCat("trial balance, ", 3 * big_entries_, " postings against 100000"), "us",
          growth, 1.5, false);
    Sample peer;
    peer.floor = {HledgerBalance(big)};
    peer.ours = {Median(growth.ours) / 1e6};
    std::printf(
        "trial balance of %d entries: hledger %.1f s, lumbung %.1f ms, %.0f times faster "
        "(>= 2000 on a million)\n",
        big_entries_, peer.floor[0], 1e3 * peer.ours[0], peer.floor[0] / peer.ours[0]);
  }

  Stack* const stack_;
  const std::string dir_;
  const int rounds_;
  const int entries_;
  const int big_entries_;
  int books_ = 0;
};

}  // namespace
}  // namespace lumbung::bench

int main(int argc, char** argv) {
  CLI::App app("Measures Lumbung against bare SQL on the same server.", "lumbung_bench");
  app.footer("Example: lumbung_bench --rounds 5");
  int rounds = 5;
  int entries = 20'000;
  app.add_option("--rounds", rounds, "Rounds of each row; medians are printed (5)");
  app.add_option("--entries", entries, "Entries a round (20000)");
  int big_entries = 1'000'000;
  app.add_option("--big-entries", big_entries,
                 "Entries of the book whose trial balance is timed (1000000)");
  bool only_gateway = false;
  app.add_flag("--gateway", only_gateway, "Only what the way by HTTP costs");
  CLI11_PARSE(app, argc, argv);
  const std::string dir = absl::StrCat("/var/tmp/lumbung-bench-", getpid());
  int code = 0;
  {
    const auto stack = lumbung::bench::Stack::Start(dir);
    if (!stack.ok()) {
      std::fprintf(stderr, "%s\n", stack.status().ToString().c_str());
      code = 1;
    } else {
      std::printf("%d rounds of %d entries; %ld processors\n", rounds, entries,
                  sysconf(_SC_NPROCESSORS_ONLN));
      lumbung::bench::Bench bench(stack->get(), dir, rounds, entries, big_entries);
      if (only_gateway) {
        bench.ByGateway();
      } else {
        bench.Run();
      }
    }
  }
  std::filesystem::remove_all(dir);
  return code;
}
