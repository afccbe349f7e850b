namespace ClosureScan.Fleet.Ledgers;

/// <summary>
/// The tables of a ledger, as the steps that made them: a ledger of an earlier version is brought up by those that it lacks. A step is never
/// changed once it was released.
/// </summary>
/// <remarks>
/// A path's id is made of its hash and a NAR's key of its NAR's, so that planners and workers need not ask each other. States of shards: 0 queued,
/// 1 running, 2 done, 3 poison, 4 split. States of NARs and of judgements: 0 to be done, 1 done, 2 cannot be read, 3 poison.
/// </remarks>
internal static class LedgerSchema
{
    /// <summary>The version that this program reads and writes.</summary>
    public static int Version => Steps.Length;

    /// <summary>The steps, in order.</summary>
    public static string[] Steps { get; } =
    [
        """
        CREATE TABLE setting(name {text} NOT NULL PRIMARY KEY, value {text} NOT NULL);
        CREATE TABLE path(id {long} NOT NULL PRIMARY KEY, base_name {text} NOT NULL, package {text} NOT NULL, nar_hash {bytes}, wanted {long} NOT NULL,
          nar_size {long} NOT NULL, deriver {text}, content_address {text});
        CREATE TABLE reference(from_id {long} NOT NULL, to_id {long} NOT NULL, PRIMARY KEY(from_id, to_id)) {clustered};
        CREATE INDEX reference_backwards ON reference(to_id, from_id);
        CREATE INDEX path_package ON path(package);
        CREATE TABLE claim(path_id {long} NOT NULL, cache {text} NOT NULL, nar_hash {bytes} NOT NULL, nar_size {long} NOT NULL, PRIMARY KEY(path_id, cache)) {clustered};
        CREATE TABLE evaluation(name {text} NOT NULL PRIMARY KEY, ordinal {long} NOT NULL, planned_at {long} NOT NULL);
        CREATE TABLE job(evaluation {text} NOT NULL, name {text} NOT NULL, root_id {long} NOT NULL, host {text}, PRIMARY KEY(evaluation, name)) {clustered};
        CREATE INDEX job_root ON job(root_id);
        CREATE TABLE shard(id {text} NOT NULL PRIMARY KEY, kind {long} NOT NULL, version {text} NOT NULL, state {long} NOT NULL, item_count {long} NOT NULL,
          byte_count {long} NOT NULL, tries {long} NOT NULL, published {long}, started {long}, ended {long}, owner {text});
        CREATE INDEX shard_state ON shard(state, kind);
        CREATE TABLE nar(nar_hash {bytes} NOT NULL, wanted {long} NOT NULL, version {text} NOT NULL, shard_id {text} NOT NULL, path_id {long} NOT NULL,
          nar_size {long} NOT NULL, state {long} NOT NULL, reason {text}, message {text}, platform {text}, file_count {long}, facts {bytes},
          PRIMARY KEY(nar_hash, wanted, version)) {by nar_hash};
        CREATE INDEX nar_shard ON nar(shard_id);
        CREATE TABLE judgement(root_id {long} NOT NULL, host {text} NOT NULL, version {text} NOT NULL, shard_id {text} NOT NULL, state {long} NOT NULL,
          found_host {text}, complete {long}, path_count {long}, closure_size {long}, message {text}, PRIMARY KEY(root_id, host, version)) {clustered};
        CREATE INDEX judgement_shard ON judgement(shard_id);
        CREATE TABLE occurrence(root_id {long} NOT NULL, host {text} NOT NULL, version {text} NOT NULL, finding {long} NOT NULL, number {long} NOT NULL,
          key {text} NOT NULL, rule {text} NOT NULL, effect {text} NOT NULL, severity {text} NOT NULL, from_id {long} NOT NULL, to_id {long},
          package {text} NOT NULL, target {text} NOT NULL, mechanism {text}, file {text}, hit_count {long} NOT NULL, freed_bytes {long} NOT NULL,
          fix {text} NOT NULL, PRIMARY KEY(root_id, host, version, finding, number)) {clustered};
        CREATE INDEX occurrence_target ON occurrence(target, package);
        CREATE INDEX occurrence_key ON occurrence(key);
        """,
    ];
}
