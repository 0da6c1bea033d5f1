// The stream of commands: a seeded source of everything a client may ask, sensible or not.
#ifndef LUMBUNG_TESTS_AUDITOR_GENERATOR_H_
#define LUMBUNG_TESTS_AUDITOR_GENERATOR_H_

#include <cstdint>
#include <string>
#include <vector>

#include "tests/auditor/book.h"
#include "tests/auditor/commands.h"
#include "tests/auditor/entry_generator.h"
#include "tests/auditor/random_source.h"

namespace lumbung::auditor {

class Generator {
 public:
  // Looks at the book, which outlives it, for what there is to ask about.
  Generator(std::uint32_t seed, const Book* book)
      : book_(book), random_(seed), entries_(book, &random_) {}

  Command Next();

 private:
  Request NextRequest();

  // ---- Changes (generator.cc) ----
  Request Post();
  Request Batch();
  Request Stream();
  Request Reverse();
  // What was sent before, as it was or nearly; some request when nothing was.
  Request Again();
  Request ChangePeriod();
  Request CloseYear();
  Request AssertBalance();
  Request AddRate();
  Request OpenOrClosePart();
  v1::JournalEntry SomeEntry();
  std::string NewRequestId();
  // Mostly empty: these calls may do without.
  std::string OptionalRequestId();

  // ---- Questions (questions.cc) ----
  Request Ask();
  Request AskEntry();
  Request AskJournal();
  Request AskBalance();
  Request AskTrialBalance();
  Request AskRegister();
  std::string SomeAccount();
  std::string SomeEntryName();
  template <typename Request>
  void AddFilters(Request* request);
  template <typename Request>
  void AddKnownAt(Request* request);

  const Book* const book_;
  RandomSource random_;
  EntryGenerator entries_;
  int last_request_id_ = 0;
  // The changes sent so far.
  std::vector<Request> sent_;
};

}  // namespace lumbung::auditor

#endif  // LUMBUNG_TESTS_AUDITOR_GENERATOR_H_
