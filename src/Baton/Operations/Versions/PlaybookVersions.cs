using System.Text.Json;
using Baton.Playbooks;
using Baton.Playbooks.Loading.Source;
using Baton.Storage;
using Baton.Storage.Events;

namespace Baton.Operations.Versions;

/// <summary>Which version is in force for every process, and which waits for a passing run.</summary>
internal sealed record PlaybookState(string Active, string? Candidate);

/// <summary>One line of the history.</summary>
/// <param name="How"><c>first</c>, <c>folder</c>, <c>gates</c>, <c>person</c>, <c>override</c> or <c>rollback</c>.</param>
internal sealed record PlaybookActivation(
    long Number, string Version, string? Previous, string How, string By, string Why, DateTimeOffset At);

/// <summary>
/// Every version of the playbook, whole, and which one is in force. A changed folder is a proposal: it comes into force
/// at once where no gate covers it, else with a passing run of exactly its deciding content. Every change is an event.
/// </summary>
/// <param name="clear">Who and why are typed by people.</param>
internal sealed class PlaybookVersions(Database database, ClearText clear)
{
    private const string Stream = "operations/playbook";

    private const string Folder = "folder", Product = "baton";

    /// <summary>Told, in the transaction, of a version that waits for a run that passes its gates.</summary>
    internal Action<WriteTransaction, string>? Proposed { get; set; }

    /// <summary>What is in force; null before the first playbook.</summary>
    public PlaybookState? State() => database.Read(State);

    /// <summary>Whether a run of this version has passed its gates.</summary>
    public bool HasPassed(string version) => database.Read(c => HasPassed(c, version));

    /// <summary>The newest ones first.</summary>
    public List<PlaybookActivation> History(int most) => database.Read(c => c.Query(
        """
        select number, version, previous, how, changed_by, why, at_ms from playbook_activations
        order by number desc limit $1
        """,
        row => new PlaybookActivation(row.Int64(0), row.Text(1), row.TextOrNull(2), row.Text(3), row.Text(4),
            row.Text(5), row.Time(6)), (long)most));

    /// <summary>Full versions that begin so, at most two.</summary>
    public List<string> Beginning(string prefix) => database.Read(c => c.Query(
        "select version from playbook_versions where version >= $1 and version < $2 order by version limit 2",
        row => row.Text(0), prefix, prefix + "g"));

    /// <summary>The kept content, read again; null when there is no such version.</summary>
    public LoadedPlaybook? Load(string version) => Files(version) is { } files ? PlaybookLoader.Load(files) : null;

    /// <summary>
    /// What changed between two kept versions, by file or folder: <c>models.yaml, knowledge (3)</c>; null where one is
    /// not kept, and nothing where they decide alike.
    /// </summary>
    public IReadOnlyList<string>? Changed(string before, string after)
    {
        if (Files(before) is not { } one || Files(after) is not { } other) return null;
        var then = other.ToDictionary(f => f.Path, f => f.Text);
        var changed = one.Where(f => then.GetValueOrDefault(f.Path) != f.Text).Select(f => f.Path)
            .Concat(then.Keys.Except(one.Select(f => f.Path)));
        return
        [
            .. changed.GroupBy(path => path.Split('/')[0]).OrderBy(g => g.Key, StringComparer.Ordinal)
                .Select(g => g.Key.Contains('.', StringComparison.Ordinal) ? g.Key : $"{g.Key} ({g.Count()})"),
        ];
    }

    /// <summary>What a folder holds now. One that has not changed since it was looked at proposes nothing.</summary>
    /// <param name="folder">Which folder on which machine.</param>
    public Task ProposeAsync(string folder, LoadedPlaybook.Valid held, CancellationToken cancellationToken)
    {
        var (playbook, files) = (held.Playbook, KeptFiles.Write(held.Files));
        return database.WriteAsync(transaction =>
        {
            var version = playbook.Version;
            var wasKnown = Keep(transaction, playbook, files);
            var seen = transaction.First(
                "select version from playbook_folders where folder = $1", row => row.Text(0), folder);
            transaction.Execute(
                """
                insert into playbook_folders (folder, version, at_ms) values ($1, $2, $3)
                on conflict (folder) do update set version = $2, at_ms = $3
                """,
                folder, version, SqlValue.Ms(database.Clock.GetUtcNow()));
            if (State(transaction) is not { } state)
                Activate(transaction, version, "first", Product, "there was none before");
            else if (state.Active == version) Candidate(transaction, null);
            else if (seen == version || (seen is null && wasKnown)) return;
            else if (playbook.IsGated && !HasPassed(transaction, version))
            {
                if (state.Candidate == version) return;
                Append(transaction, "PlaybookProposed", ("version", version));
                Candidate(transaction, version);
                Proposed?.Invoke(transaction, version);
            }
            else Activate(transaction, version, Folder, Product, "the folder changed");
        }, cancellationToken);
    }

    /// <summary>A run of this version passed its gates: the candidate comes into force.</summary>
    public Task PassAsync(string version, string run, CancellationToken cancellationToken) =>
        database.WriteAsync(transaction =>
        {
            transaction.Execute(
                "update playbook_versions set passed_ms = $1, passed_by = $2 where version = $3 and passed_ms is null",
                SqlValue.Ms(database.Clock.GetUtcNow()), run, version);
            if (State(transaction)?.Candidate == version)
                Activate(transaction, version, "gates", Product, $"run {run} passed");
        }, cancellationToken);

    /// <summary>A person puts a kept version into force.</summary>
    /// <param name="how"><c>person</c>, <c>override</c> or <c>rollback</c>.</param>
    public Task ActivateAsync(
        string version, string how, string by, string why, CancellationToken cancellationToken) =>
        database.WriteAsync(t => Activate(t, version, how, clear(by), clear(why)), cancellationToken);

    /// <summary>Keeps a version without proposing it, so that a run can be told to have passed.</summary>
    public Task KeepAsync(LoadedPlaybook.Valid held, CancellationToken cancellationToken)
    {
        var files = KeptFiles.Write(held.Files);
        return database.WriteAsync(t => { Keep(t, held.Playbook, files); }, cancellationToken);
    }

    private IReadOnlyList<SourceFile>? Files(string version) => database.Read(c => c.First(
        "select files from playbook_versions where version = $1", row => row.Bytes(0), version)) is { } files
        ? KeptFiles.Read(files) : null;

    /// <summary>The same within a transaction that does more.</summary>
    public void Activate(WriteTransaction transaction, string version, string how, string by, string why)
    {
        var previous = State(transaction)?.Active;
        if (previous == version) return;
        Append(transaction, "PlaybookVersionActivated",
            ("version", version), ("previous", previous), ("how", how), ("by", by), ("why", why));
        transaction.Execute(
            """
            insert into playbook_activations (number, version, previous, how, changed_by, why, at_ms)
            values ((select coalesce(max(number), 0) + 1 from playbook_activations), $1, $2, $3, $4, $5, $6)
            """,
            version, previous, how, by, why, SqlValue.Ms(database.Clock.GetUtcNow()));
        transaction.Execute(
            """
            insert into playbook_state (id, active, candidate) values (1, $1, null)
            on conflict (id) do update set active = $1, candidate = null
            """, version);
    }

    /// <returns>Whether it was kept already.</returns>
    private bool Keep(WriteTransaction transaction, Playbook playbook, byte[] files)
    {
        var wasKnown = transaction.Number(
            "select exists (select 1 from playbook_versions where version = $1)", playbook.Version) == 1;
        transaction.Execute(
            """
            insert into playbook_versions (version, name, files, first_seen_ms) values ($1, $2, $3, $4)
            on conflict (version) do update set files = $3
            """,
            playbook.Version, playbook.Name, files, SqlValue.Ms(database.Clock.GetUtcNow()));
        return wasKnown;
    }

    private void Append(WriteTransaction transaction, string type, params (string Key, string? Value)[] data) =>
        Ledger.Append(transaction, Stream, Ledger.Version(transaction, Stream), new NewEvent(
            type, database.Clock.GetUtcNow(),
            JsonSerializer.SerializeToUtf8Bytes(data.ToDictionary(d => d.Key, d => d.Value))));

    private static void Candidate(WriteTransaction transaction, string? version) =>
        transaction.Execute("update playbook_state set candidate = $1 where id = 1", version);

    private static PlaybookState? State(ReadConnection connection) => connection.First(
        "select active, candidate from playbook_state where id = 1",
        row => new PlaybookState(row.Text(0), row.TextOrNull(1)));

    private static bool HasPassed(ReadConnection connection, string version) => connection.Number(
        "select exists (select 1 from playbook_versions where version = $1 and passed_ms is not null)", version) == 1;
}
