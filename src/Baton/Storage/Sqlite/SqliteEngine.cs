using Baton.Storage.Engines;
using Baton.Storage.Events;

namespace Baton.Storage.Sqlite;

/// <summary>The embedded default: one file, and beside it the anchor of its ledger.</summary>
internal sealed class SqliteEngine(DatabaseOptions options) : StorageEngine
{
    public override StorageSession OpenChecked() => SqliteFile.OpenChecked(options);

    public override StorageSession OpenWriter() => SqliteFile.OpenWriter(options);

    public override StorageSession OpenReader() => SqliteFile.OpenReader(options);

    public override StorageWriter Writer(TimeProvider clock, Func<StorageSession> open, StorageSession first) =>
        new GroupCommit(options, clock, open, first, new LedgerAnchor(options.Path));

    public override Liveness Liveness() => new LocalLiveness();

    public override string Script(string sql) => sql;

    public override void Claim(StorageSession session) => SqliteFile.Claim(session);

    /// <summary>A file whose log was taken away has no tables, and is not new.</summary>
    public override bool MayLackEvents => File.Exists(options.Path) && new FileInfo(options.Path).Length > 0;

    /// <summary>Beside the file, and no part of its copies.</summary>
    public override string KeyFolder => options.Path + ".keys";

    public override void Backup(string target, DateTimeOffset now) => SqliteFile.Backup(options, target, now);
}
