// Random journal entries: right ones of many shapes, and ways to spoil them. Whether the outcome is
// refused is not decided here; that is for the model to say.
#ifndef LUMBUNG_TESTS_AUDITOR_ENTRY_GENERATOR_H_
#define LUMBUNG_TESTS_AUDITOR_ENTRY_GENERATOR_H_

#include <string>
#include <vector>

#include "tests/auditor/book.h"
#include "tests/auditor/random_source.h"

namespace lumbung::auditor {

class EntryGenerator {
 public:
  // Both outlive it.
  EntryGenerator(const Book* book, RandomSource* random) : book_(book), random_(random) {}

  // Balanced in every fund, with the dimensions that its accounts ask for. Its period may be
  // closed, or a rate missing.
  v1::JournalEntry NextEntry();
  // Makes one thing wrong, or at least odd.
  void Spoil(v1::JournalEntry* entry);
  // The same entry but for one thing.
  void Alter(v1::JournalEntry* entry);
  // The same entry in other words: amounts with idle zeros.
  void Respell(v1::JournalEntry* entry);

  // A day within the months that the book is busy with.
  std::string SomeDay();
  std::string SomeMonth();
  std::string SomePostable();
  // A few words; some of them hold what a pattern would take for a wildcard.
  std::string SomeText();
  // A positive amount of the currency.
  std::string SomeAmount(const std::string& currency);

 private:
  // Adds a group of postings that balances by itself.
  void AddGroup(const std::string& fund, v1::JournalEntry* entry);
  // In one currency, valued by rate or at itself.
  void AddPlain(const std::string& fund, const std::string& currency, v1::JournalEntry* entry);
  // Of a currency, at a stated value in another.
  void AddValued(const std::string& fund, const std::string& currency, const std::string& value_in,
                 v1::JournalEntry* entry);
  v1::Posting* AddPosting(const std::string& fund, const std::string& amount,
                          const std::string& currency, v1::JournalEntry* entry);

  void SpoilPosting(v1::Posting* posting);
  void SpoilAmount(v1::Posting* posting);
  void SpoilHeading(v1::JournalEntry* entry);

  const Book* const book_;
  RandomSource* const random_;
};

}  // namespace lumbung::auditor

#endif  // LUMBUNG_TESTS_AUDITOR_ENTRY_GENERATOR_H_
