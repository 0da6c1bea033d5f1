#include "services/log/store/tree_reader.h"

#include <utility>

#include <pqxx/binarystring>

#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"
#include "ledger/store/array_text.h"
#include "ledger/store/run_in_transaction.h"

namespace lumbung::log {
namespace {

using store::Statement;

// Neither locks anything.
constexpr Statement kLeaves = {
    "log_leaf_hashes",
    "select leaf_hash from log.leaf "
    "where organization_id = $1 and leaf_index >= $2 and leaf_index < $3 order by leaf_index"};

constexpr Statement kSubtrees = {
    "log_subtrees",
    "select hash from log.subtree "
    "where organization_id = $1 and level = $4 and subtree_index >= $2 and subtree_index < $3 "
    "order by subtree_index"};

constexpr Statement kInsertSubtrees = {
    "log_insert_subtrees",
    "insert into log.subtree (organization_id, level, subtree_index, hash) "
    "select $1, level, subtree_index, hash "
    "from unnest($2::smallint[], $3::bigint[], $4::bytea[]) as n (level, subtree_index, hash)"};

absl::Status Damaged(const NodeId& node) {
  return Refusal(absl::StatusCode::kDataLoss, "LOG_DAMAGED", "",
                 absl::StrCat("the log has no node ", node.index, " of level ", node.level));
}

absl::StatusOr<std::string> ReadNode(store::TransactionScope& scope, const NodeId& node) {
  // The stored level below, and how many of its nodes are below this one.
  const int stored_level = node.level - node.level % kStoredLevels;
  const auto count = std::int64_t{1} << (node.level - stored_level);
  const std::int64_t begin = static_cast<std::int64_t>(node.index) * count;
  const pqxx::result rows =
      stored_level == 0 ? scope.Execute(kLeaves, scope.organization_number(), begin, begin + count)
                        : scope.Execute(kSubtrees, scope.organization_number(), begin,
                                        begin + count, stored_level);
  if (static_cast<std::int64_t>(rows.size()) != count) return Damaged(node);
  std::vector<std::string> hashes;
  for (const pqxx::row& row : rows) hashes.push_back(pqxx::binarystring(row[0]).str());
  for (; hashes.size() > 1; hashes.resize(hashes.size() / 2)) {
    for (std::size_t i = 0; i < hashes.size() / 2; ++i) {
      hashes[i] = NodeHash(hashes[2 * i], hashes[2 * i + 1]);
    }
  }
  return std::move(hashes[0]);
}

}  // namespace

NodeSource StoredNodes(store::TransactionScope& scope) {
  return [&scope](const NodeId& node) { return ReadNode(scope, node); };
}

void StoreNodes(store::TransactionScope& scope, const std::vector<StoredNode>& nodes) {
  store::ArrayText levels;
  store::ArrayText indexes;
  store::ArrayText hashes;
  bool any = false;
  for (const StoredNode& stored : nodes) {
    if (stored.node.level == 0 || stored.node.level % kStoredLevels != 0) continue;
    levels.Integer(stored.node.level);
    indexes.Integer(static_cast<std::int64_t>(stored.node.index));
    hashes.Bytes(stored.hash);
    any = true;
  }
  if (!any) return;
  scope.Execute(kInsertSubtrees, scope.organization_number(), levels.Take(), indexes.Take(),
                hashes.Take());
}

}  // namespace lumbung::log
