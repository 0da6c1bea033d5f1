// `lumbung log`: checkpoints and proofs of the tamper-evident log, checked here and not believed.
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/substitute.h"
#include "ledger/log/canonical_entry.h"
#include "ledger/log/followed_log.h"
#include "ledger/log/key_record.h"
#include "ledger/log/merkle_verify.h"
#include "services/host/cli/commands.h"
#include "services/host/cli/log_memory.h"
#include "services/host/cli/message_json.h"
#include "services/host/cli/values.h"

namespace lumbung::cli {
namespace {

namespace log_v1 = ::lumbung::log::v1;

using Strings = std::vector<std::string>;

// Where this user's memory of a log is, and what is trusted when there is none.
struct FollowOptions {
  std::string memory;
  std::string key;
};

void AddFollowOptions(CLI::App* command, FollowOptions& options) {
  command
      ->add_option("--log-key", options.key,
                   "The log's first key, as its owner handed it out; without it the first one seen "
                   "is trusted")
      ->type_name("KEY");
  command
      ->add_option("--memory", options.memory,
                   "What is remembered of the log (default: a file in ~/.config/lumbung/logs)")
      ->type_name("FILE");
}

// The log as it was when the command began, and as it is now.
struct Followed {
  log::FollowedLog log;
  std::uint64_t seen_before = 0;
  log_v1::Checkpoint checkpoint;
};

absl::StatusOr<log::FollowedLog> StartFollowing(Invocation& call, const FollowOptions& options,
                                                const log_v1::Checkpoint& checkpoint) {
  if (!options.key.empty()) {
    LUMBUNG_ASSIGN_OR_RETURN(log::VerifierKey key, log::VerifierKey::Parse(options.key));
    return log::FollowedLog(std::move(key));
  }
  if (checkpoint.key_records().empty()) {
    return NotFound("KEY_UNKNOWN", "", "the server shows no key of the log");
  }
  LUMBUNG_ASSIGN_OR_RETURN(log::VerifierKey key,
                           log::FollowKeyRecord(std::nullopt, checkpoint.key_records(0)));
  call.WriteNote(absl::Substitute(call.Text(Label::kTrustedFromNow), key.ToString()));
  return log::FollowedLog(std::move(key));
}

// Goes on from what is remembered to the newest checkpoint, and remembers that.
absl::StatusOr<Followed> Follow(Invocation& call, const FollowOptions& options) {
  LUMBUNG_ASSIGN_OR_RETURN(const std::string organization, call.session().Organization());
  const std::string path =
      options.memory.empty() ? LogMemoryPath(call.console(), call.session().server(), organization)
                             : options.memory;
  LUMBUNG_ASSIGN_OR_RETURN(std::optional<log::FollowedLog> known, ReadLogMemory(path));
  LUMBUNG_ASSIGN_OR_RETURN(
      log_v1::Checkpoint checkpoint,
      call.session().Call(&LogApi::GetCheckpoint, log_v1::GetCheckpointRequest()));
  if (!known.has_value()) {
    LUMBUNG_ASSIGN_OR_RETURN(known, StartFollowing(call, options, checkpoint));
  } else if (!options.key.empty() && known->first_key().ToString() != options.key) {
    return FailedPrecondition("KEY_UNKNOWN", "",
                              absl::StrCat("what is remembered of the log in ", path,
                                           " begins with another key than --log-key"));
  }
  Followed followed{*known, known->last().size, std::move(checkpoint)};
  const log::PresentedCheckpoint presented{
      followed.checkpoint.note(),
      {followed.checkpoint.key_records().begin(), followed.checkpoint.key_records().end()}};
  LUMBUNG_RETURN_IF_ERROR(followed.log.Advance(
      presented, [&](std::uint64_t first, std::uint64_t second) -> absl::StatusOr<Strings> {
        log_v1::GetConsistencyProofRequest request;
        request.set_first_size(static_cast<std::int64_t>(first));
        request.set_second_size(static_cast<std::int64_t>(second));
        LUMBUNG_ASSIGN_OR_RETURN(const log_v1::ConsistencyProof proof,
                                 call.session().Call(&LogApi::GetConsistencyProof, request));
        return Strings(proof.hashes().begin(), proof.hashes().end());
      }));
  LUMBUNG_RETURN_IF_ERROR(WriteLogMemory(path, followed.log));
  return followed;
}

// The proof that the entry is under the checkpoint, when it is one.
absl::StatusOr<log_v1::InclusionProof> ProvenEntry(Invocation& call, const std::string& typed,
                                                   const log::Checkpoint& checkpoint) {
  log_v1::GetInclusionProofRequest request;
  LUMBUNG_ASSIGN_OR_RETURN(*request.mutable_name(), call.session().EntryName(typed));
  request.set_checkpoint_size(static_cast<std::int64_t>(checkpoint.size));
  LUMBUNG_ASSIGN_OR_RETURN(log_v1::InclusionProof proof,
                           call.session().Call(&LogApi::GetInclusionProof, request));
  LUMBUNG_RETURN_IF_ERROR(log::VerifyInclusion(
      log::LeafHash(proof.canonical_bytes()), static_cast<std::uint64_t>(proof.leaf().index()),
      checkpoint.size, checkpoint.root, Strings(proof.hashes().begin(), proof.hashes().end())));
  return proof;
}

std::string HexOf(const log_v1::InclusionProof& proof) {
  return absl::BytesToHexString(log::LeafHash(proof.canonical_bytes()));
}

std::vector<Field> FieldsOf(const Invocation& call, const Followed& followed) {
  const log::Checkpoint& last = followed.log.last();
  const auto title = [&call](Label label) { return std::string(call.Text(label)); };
  return {{title(Label::kLog), last.origin},
          {title(Label::kLeaves), absl::StrCat(last.size)},
          {title(Label::kRoot), absl::Base64Escape(last.root)},
          {title(Label::kSealed), ShowInstant(call, followed.checkpoint.sign_time())},
          {title(Label::kSeenBefore), absl::StrCat(followed.seen_before)},
          {title(Label::kLogKey), followed.log.first_key().ToString()}};
}

void AddLogCheckpoint(CLI::App& group, Client& client) {
  const auto request = std::make_shared<log_v1::GetCheckpointRequest>();
  CLI::App* const command = AddCommand(
      group, client,
      {"checkpoint", "Print a checkpoint as a signed note, to be kept elsewhere",
       "lumbung log checkpoint > 2026-12-31.checkpoint"},
      Scope::kOrganization, [request](Invocation& call) -> absl::Status {
        LUMBUNG_ASSIGN_OR_RETURN(const log_v1::Checkpoint checkpoint,
                                 call.session().Call(&LogApi::GetCheckpoint, *request));
        call.console().out << (call.json() ? ToIndentedJson(checkpoint) + "\n" : checkpoint.note());
        return absl::OkStatus();
      });
  command
      ->add_option_function<std::int64_t>(
          "--size", [request](std::int64_t size) { request->set_size(size); },
          "The one of so many leaves (default: the newest)")
      ->type_name("LEAVES");
}

void AddLogProof(CLI::App& group, Client& client) {
  struct Options {
    std::string entry;
    FollowOptions follow;
  };
  const auto options = std::make_shared<Options>();
  CLI::App* const command =
      AddCommand(group, client,
                 {"proof", "Prove that an entry is in the log, and check the proof",
                  "lumbung log proof JU-2026-000123 --output json > proof.json"},
                 Scope::kBook, [options](Invocation& call) -> absl::Status {
                   LUMBUNG_ASSIGN_OR_RETURN(const Followed followed, Follow(call, options->follow));
                   LUMBUNG_ASSIGN_OR_RETURN(const log_v1::InclusionProof proof,
                                            ProvenEntry(call, options->entry, followed.log.last()));
                   if (!call.table()) {
                     call.console().out << ToIndentedJson(proof) << "\n";
                     return absl::OkStatus();
                   }
                   std::vector<Field> fields = FieldsOf(call, followed);
                   fields.push_back({std::string(call.Text(Label::kEntry)), proof.leaf().name()});
                   fields.push_back(
                       {std::string(call.Text(Label::kLeaf)), absl::StrCat(proof.leaf().index())});
                   fields.push_back({std::string(call.Text(Label::kLeafHash)), HexOf(proof)});
                   call.WriteFields(fields);
                   return absl::OkStatus();
                 });
  command->add_option("ENTRY", options->entry, "Its number, or its resource name")->required();
  AddFollowOptions(command, options->follow);
}

void AddLogVerify(CLI::App& group, Client& client) {
  const auto options = std::make_shared<FollowOptions>();
  CLI::App* const command = AddCommand(
      group, client,
      {"verify", "Check that the log continues what was seen of it before, and remember it",
       "lumbung log verify"},
      Scope::kOrganization, [options](Invocation& call) -> absl::Status {
        LUMBUNG_ASSIGN_OR_RETURN(const Followed followed, Follow(call, *options));
        if (call.table()) {
          call.WriteFields(FieldsOf(call, followed));
        } else {
          call.console().out << ToIndentedJson(followed.checkpoint) << "\n";
        }
        return absl::OkStatus();
      });
  AddFollowOptions(command, *options);
}

void AddLogWitness(CLI::App& group, Client& client) {
  struct Options {
    FollowOptions follow;
    std::string name;
    std::string key_file;
  };
  const auto options = std::make_shared<Options>();
  CLI::App* const command = AddCommand(
      group, client,
      {"witness", "Check as verify does, and sign what the log commits to",
       "lumbung log witness --name kap.example.id"},
      Scope::kOrganization, [options](Invocation& call) -> absl::Status {
        if (!log::IsKeyName(options->name)) {
          return UsageError("--name",
                            "a name has no spaces and no '+'; a domain name is a good one");
        }
        LUMBUNG_ASSIGN_OR_RETURN(const Followed followed, Follow(call, options->follow));
        LUMBUNG_ASSIGN_OR_RETURN(
            const log::SigningKey key,
            OpenWitnessKey(options->key_file.empty() ? WitnessKeyPath(call.console())
                                                     : options->key_file));
        const std::string verifier = key.Verifier(options->name, log::KeyType::kWitness).ToString();
        log_v1::AddCosignatureRequest request;
        request.set_checkpoint_size(static_cast<std::int64_t>(followed.log.last().size));
        request.set_signature(
            log::CosignNote(followed.log.last().ToText(), key, options->name, call.console().now())
                .ToLine());
        request.set_verifier_key(verifier);
        LUMBUNG_ASSIGN_OR_RETURN(const log_v1::Checkpoint cosigned,
                                 call.session().Call(&LogApi::AddCosignature, request));
        if (!call.table()) {
          call.console().out << ToIndentedJson(cosigned) << "\n";
          return absl::OkStatus();
        }
        std::vector<Field> fields = FieldsOf(call, followed);
        fields.push_back({std::string(call.Text(Label::kWitnessKey)), verifier});
        call.WriteFields(fields);
        return absl::OkStatus();
      });
  command->add_option("--name", options->name, "The witness's name for ever: kap.example.id")
      ->type_name("NAME")
      ->required();
  command
      ->add_option("--key-file", options->key_file,
                   "The witness's private key, made when missing (default: "
                   "~/.config/lumbung/witness.key)")
      ->type_name("FILE");
  AddFollowOptions(command, options->follow);
}

}  // namespace

void AddLogCommands(CLI::App& app, Client& client) {
  CLI::App* const group =
      AddGroup(app, "log", "The tamper-evident log: checkpoints, proofs, witnesses");
  AddLogCheckpoint(*group, client);
  AddLogProof(*group, client);
  AddLogVerify(*group, client);
  AddLogWitness(*group, client);
}

}  // namespace lumbung::cli
