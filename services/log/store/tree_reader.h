// The stored nodes of an organization's Merkle tree.
#ifndef LUMBUNG_SERVICES_LOG_STORE_TREE_READER_H_
#define LUMBUNG_SERVICES_LOG_STORE_TREE_READER_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "ledger/log/merkle_tree.h"
#include "ledger/store/transaction.h"

namespace lumbung::log {

// Subtrees of every so many levels are stored; a node between is folded from those below it.
inline constexpr int kStoredLevels = 8;

// Reads nodes of the transaction's organization. DATA_LOSS (LOG_DAMAGED) for one that should be
// there and is not. Does not outlive `scope`.
NodeSource StoredNodes(store::TransactionScope& scope);

struct StoredNode {
  NodeId node;
  std::string hash;
};

// Stores subtrees; those of levels that are not stored are left out.
void StoreNodes(store::TransactionScope& scope, const std::vector<StoredNode>& nodes);

}  // namespace lumbung::log

#endif  // LUMBUNG_SERVICES_LOG_STORE_TREE_READER_H_
