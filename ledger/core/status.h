// Refusals and how they travel. A refusal is an absl::Status whose payload names one stable reason
// (UPPER_SNAKE), the path to the faulty field, and nothing else that a program may rely on; its
// message says what was found and what is allowed.
#ifndef LUMBUNG_LEDGER_CORE_STATUS_H_
#define LUMBUNG_LEDGER_CORE_STATUS_H_

#include <cstddef>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace lumbung {

// How much of a bad input a message repeats, in bytes.
inline constexpr std::size_t kQuotedLength = 40;

// Builds a refusal. `reason` is UPPER_SNAKE; `field` is a path such as `postings[1].amount`, or
// empty.
absl::Status Refusal(absl::StatusCode code, absl::string_view reason, absl::string_view field,
                     absl::string_view message);

// The code most refusals carry: the request can never succeed as it is.
absl::Status InvalidArgument(absl::string_view reason, absl::string_view field,
                             absl::string_view message);
// The request is well-formed but the state of the book forbids it.
absl::Status FailedPrecondition(absl::string_view reason, absl::string_view field,
                                absl::string_view message);
absl::Status NotFound(absl::string_view reason, absl::string_view field, absl::string_view message);

// The reason of a refusal, or "" for a status that carries none.
std::string ReasonOf(const absl::Status& status);
// The field path of a refusal, or "".
std::string FieldOf(const absl::Status& status);
// The same refusal with `prefix` put before its field path: "journal_entry." +
// "postings[0].amount".
absl::Status PrefixField(absl::Status status, absl::string_view prefix);

}  // namespace lumbung

// Returns from the enclosing function when `expr` is not OK.
#define LUMBUNG_RETURN_IF_ERROR(expr)                  \
  do {                                                 \
    ::absl::Status lumbung_status_ = (expr);           \
    if (!lumbung_status_.ok()) return lumbung_status_; \
  } while (false)

#define LUMBUNG_CONCAT_INNER_(a, b) a##b
#define LUMBUNG_CONCAT_(a, b) LUMBUNG_CONCAT_INNER_(a, b)

// Declares or assigns `lhs` from a StatusOr, or returns its status.
#define LUMBUNG_ASSIGN_OR_RETURN(lhs, expr) \
  LUMBUNG_ASSIGN_OR_RETURN_IMPL_(LUMBUNG_CONCAT_(lumbung_status_or_, __LINE__), lhs, expr)
#define LUMBUNG_ASSIGN_OR_RETURN_IMPL_(tmp, lhs, expr) \
  auto tmp = (expr);                                   \
  if (!tmp.ok()) return std::move(tmp).status();       \
  lhs = *std::move(tmp)

#endif  // LUMBUNG_LEDGER_CORE_STATUS_H_
