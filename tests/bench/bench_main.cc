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
#include "tests/bench/stack.h"
#include "tests/bench/workload.h"

namespace lumbung::bench {
namespace {

struct Sample {
  std::vector<double> ours;
  std::vector<double> floor;
};

void Print(const char* work, const char* unit, const Sample& sample, double target,
           bool higher_is_better) {
  const double ours = Median(sample.ours);
  const double floor = Median(sample.floor);
  const double ratio = ours / floor;
  const bool met = higher_is_better ? ratio >= target : ratio <= target;
  std::printf("%-44s %10.0f %10.0f %-6s %6.2f  %s %.2f  %s\n", work, floor, ours, unit, ratio,
              higher_is_better ? ">=" : "<=", target, met ? "met" : "missed");
  std::fflush(stdout);
}

class Bench {
 public:
  Bench(Stack* stack, int rounds, int entries)
      : stack_(stack), rounds_(rounds), entries_(entries) {}

  void Run() {
    CreateFloor(stack_->owner_uri());
    std::printf("%-44s %10s %10s %-6s %6s  target\n", "work", "bare SQL", "lumbung", "", "ratio");
    Singles("single posts, 256 in flight, one hot account", true, 5);
    Singles("single posts, 256 in flight, spread", false, 2);
    Lone();
    Batches();
  }

 private:
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
      PostOverGrpc(stack_->address(), book, 256, 1000, hot);
      sample.ours.push_back(PostOverGrpc(stack_->address(), book, 256, entries_, hot).per_second);
    }
    Print(work, "/s", sample, target, true);
  }

  void Lone() {
    Sample sample;
    for (int round = 0; round < rounds_; ++round) {
      EmptyFloor(stack_->owner_uri());
      sample.floor.push_back(PostSingles(stack_->owner_uri(), 1, 2000, false).median_micros);
      sample.ours.push_back(
          PostOverGrpc(stack_->address(), FreshBook(), 1, 2000, false).median_micros);
    }
    Print("one lone caller, median latency", "us", sample, 1.5, false);
  }

  void Batches() {
    Sample sample;
    for (int round = 0; round < rounds_; ++round) {
      EmptyFloor(stack_->owner_uri());
      sample.floor.push_back(PostBatches(stack_->owner_uri(), entries_ * 2, 1000).per_second);
      sample.ours.push_back(
          PostBatchesOverGrpc(stack_->address(), FreshBook(), entries_ * 2, 1000).per_second);
    }
    Print("batches of 1,000", "/s", sample, 0.6, true);
  }

  Stack* const stack_;
  const int rounds_;
  const int entries_;
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
      lumbung::bench::Bench(stack->get(), rounds, entries).Run();
    }
  }
  std::filesystem::remove_all(dir);
  return code;
}
