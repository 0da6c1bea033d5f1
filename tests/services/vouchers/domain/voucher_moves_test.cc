#include "services/vouchers/domain/voucher_moves.h"

#include <string>

#include <gmock/gmock.h>

#include "absl/strings/str_cat.h"
#include "tests/support/refusal_matchers.h"

namespace lumbung::vouchers {
namespace {

using ::testing::HasSubstr;
using testing::RefusesAt;

// The table of allowed moves as the house rules tell it: a row per state, a column per action.
TEST(VoucherMovesTest, AllowsWhatTheTableAllows) {
  constexpr VoucherState kStates[] = {VoucherState::kDraft,    VoucherState::kSubmitted,
                                      VoucherState::kApproved, VoucherState::kPosted,
                                      VoucherState::kRejected, VoucherState::kCancelled};
  constexpr VoucherAction kActions[] = {VoucherAction::kUpdate,  VoucherAction::kAttach,
                                        VoucherAction::kDetach,  VoucherAction::kSubmit,
                                        VoucherAction::kApprove, VoucherAction::kApproveFinally,
                                        VoucherAction::kPost,    VoucherAction::kReject,
                                        VoucherAction::kRevise,  VoucherAction::kCancel};
  std::string table;
  for (const VoucherState state : kStates) {
    absl::StrAppend(&table, StateWord(state), ":");
    for (const VoucherAction action : kActions) {
      const auto to = StateAfter(state, action);
      absl::StrAppend(&table, " ", to.has_value() ? StateWord(*to) : "-");
    }
    absl::StrAppend(&table, "\n");
  }
  // update attach detach submit approve finally post reject revise cancel
  EXPECT_EQ(table,
            "draft: draft draft draft submitted - - - - - cancelled\n"
            "submitted: - - - - submitted approved - rejected draft cancelled\n"
            "approved: - - - - - - posted rejected draft cancelled\n"
            "posted: - posted - - - - - - - -\n"
            "rejected: - - - - - - - - draft cancelled\n"
            "cancelled: - - - - - - - - - -\n");
}

TEST(VoucherMovesTest, SaysWhichStatesWouldDo) {
  const auto refused = Move(VoucherState::kPosted, VoucherAction::kCancel);
  EXPECT_THAT(refused, RefusesAt("VOUCHER_STATE", "state"));
  EXPECT_THAT(std::string(refused.status().message()),
              HasSubstr("posted; to cancel it, it must be one of: draft, submitted, approved, "
                        "rejected"));
}

}  // namespace
}  // namespace lumbung::vouchers
