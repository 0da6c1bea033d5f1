// One page of a list that is in memory as a whole.
#ifndef LUMBUNG_SERVICES_COMMON_PAGING_H_
#define LUMBUNG_SERVICES_COMMON_PAGING_H_

#include <algorithm>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "ledger/core/status.h"
#include "services/common/page_token.h"

namespace lumbung {

template <typename Item>
struct Page {
  std::vector<const Item*> items;
  std::string next_page_token;
};

// The page that `request` asks for. `position_of` gives an item's key in the list, which page
// tokens carry. INVALID_PAGE_SIZE, INVALID_PAGE_TOKEN.
template <typename Item, typename Request, typename PositionOf>
absl::StatusOr<Page<Item>> PageOf(const std::vector<const Item*>& all, const Request& request,
                                  const PositionOf& position_of) {
  LUMBUNG_ASSIGN_OR_RETURN(const int size, PageSize(request.page_size()));
  LUMBUNG_ASSIGN_OR_RETURN(const std::string after, ReadPageToken(request, request.page_token()));
  auto next = all.begin();
  if (!after.empty()) {
    next = std::find_if(all.begin(), all.end(),
                        [&](const Item* item) { return position_of(*item) == after; });
    if (next == all.end()) {
      return InvalidArgument("INVALID_PAGE_TOKEN", "page_token",
                             "the list no longer holds the item that the page token names; start "
                             "again without a token");
    }
    ++next;
  }
  Page<Item> page;
  while (next != all.end() && page.items.size() < static_cast<std::size_t>(size)) {
    page.items.push_back(*next++);
  }
  if (next != all.end()) {
    page.next_page_token = MakePageToken(request, position_of(*page.items.back()));
  }
  return page;
}

// Pointers to every item of `all`, for PageOf.
template <typename Item>
std::vector<const Item*> PointersTo(const std::vector<Item>& all) {
  std::vector<const Item*> pointers;
  for (const Item& item : all) pointers.push_back(&item);
  return pointers;
}

}  // namespace lumbung

#endif  // LUMBUNG_SERVICES_COMMON_PAGING_H_
