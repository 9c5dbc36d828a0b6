using System.Text.Json;
using Baton.Storage;
using Baton.Storage.Events;

namespace Baton.Incidents.Triaging;

/// <summary>A build of Baton that has worked on this database.</summary>
/// <param name="Build">Told apart also where the version stayed the same.</param>
internal sealed record Deployed(string Build, string Version, DateTimeOffset FirstSeen, DateTimeOffset LastSeen);

/// <summary>Notes which builds work here: a new one is a change like any other.</summary>
internal sealed class Deployments(Database database, TimeProvider clock)
{
    private const string Stream = "operations/deployment";

    /// <summary>The build of this process.</summary>
    public static (string Build, string Version) Own { get; } = (
        typeof(Deployments).Module.ModuleVersionId.ToString("N")[..12],
        typeof(Deployments).Assembly.GetName().Version?.ToString(3) ?? "0");

    public Task NoteAsync(string build, string version, CancellationToken cancellationToken) =>
        database.WriteAsync(transaction =>
        {
            transaction.Lock(Stream);
            var now = clock.GetUtcNow();
            var previous = List(transaction).FirstOrDefault();
            if (previous?.Build != build)
                Ledger.Extend(transaction, Stream, new NewEvent("DeploymentSeen", now,
                    JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string?>
                    {
                        ["version"] = version, ["build"] = build, ["previous"] = previous?.Build, ["by"] = "baton",
                    })));
            transaction.Execute(
                """
                insert into deployments (build, version, first_seen_ms, last_seen_ms) values ($1, $2, $3, $3)
                on conflict (build) do update set last_seen_ms = $3
                """, build, version, SqlValue.Ms(now));
        }, cancellationToken);

    /// <summary>The one that was started last first.</summary>
    public static List<Deployed> List(ReadConnection connection) => connection.Query(
        "select build, version, first_seen_ms, last_seen_ms from deployments order by last_seen_ms desc, build limit 50",
        row => new Deployed(row.Text(0), row.Text(1), row.Time(2), row.Time(3)));
}
