// Journal entries between protobuf and the library. Pure functions.
#ifndef LUMBUNG_SERVICES_COMMON_ENTRY_CONVERSION_H_
#define LUMBUNG_SERVICES_COMMON_ENTRY_CONVERSION_H_

#include <string>

#include <google/protobuf/timestamp.pb.h>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "ledger/core/book_snapshot.h"
#include "ledger/core/entry.h"
#include "lumbung/ledger/v1/resources.pb.h"

namespace lumbung {

// `books/{book}/entries/{sequence}`.
std::string EntryName(const BookSnapshot& book, EntryId id);

// What the client wrote. Fields that are output only are ignored; nothing is looked up yet. Checks,
// in this order, with paths relative to the entry: INVALID_DATE, INVALID_KIND (only standard,
// opening and adjusting entries are written by clients), TOO_MANY_POSTINGS, then posting by posting
// INVALID_AMOUNT (`postings[1].amount.amount`).
absl::StatusOr<EntryDraft> DraftFromProto(const ledger::v1::JournalEntry& entry,
                                          absl::string_view request_id);

// The entry in words. `book` must know everything the entry refers to: a snapshot at least as new
// as the entry.
ledger::v1::JournalEntry EntryToProto(const BookSnapshot& book, const PostedEntry& entry);
// The same for an entry that passed every check but was not posted: without name, number and hash.
ledger::v1::JournalEntry ContentToProto(const BookSnapshot& book, const ValidEntry& content);
ledger::v1::Posting PostingToProto(const BookSnapshot& book, const ValidPosting& posting);

google::protobuf::Timestamp TimestampOf(absl::Time time);

}  // namespace lumbung

#endif  // LUMBUNG_SERVICES_COMMON_ENTRY_CONVERSION_H_
