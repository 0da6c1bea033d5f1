// Identifiers inside the ledger: small integers, local to one database, never shown to a user. Each
// kind is its own type, so that an account cannot be passed for a fund.
#ifndef LUMBUNG_LEDGER_CORE_IDS_H_
#define LUMBUNG_LEDGER_CORE_IDS_H_

#include <cstdint>
#include <type_traits>
#include <utility>

namespace lumbung {

enum class OrganizationId : std::int64_t {};
enum class BookId : std::int32_t {};
enum class AccountId : std::int32_t {};
enum class CurrencyId : std::int32_t {};
enum class FundId : std::int32_t {};
enum class DimensionId : std::int32_t {};
enum class ValueId : std::int32_t {};
enum class DimensionSetId : std::int32_t {};
enum class SeriesId : std::int32_t {};
// The position of an entry in its book's order of recording, from 1.
enum class EntryId : std::int64_t {};

template <typename Id>
constexpr auto ToInteger(Id id) {
  return static_cast<std::underlying_type_t<Id>>(id);
}

// Names one book of one organization.
struct BookKey {
  OrganizationId organization{};
  BookId book{};
  friend bool operator==(const BookKey&, const BookKey&) = default;
  template <typename H>
  friend H AbslHashValue(H h, const BookKey& key) {
    return H::combine(std::move(h), key.organization, key.book);
  }
};

}  // namespace lumbung

#endif  // LUMBUNG_LEDGER_CORE_IDS_H_
