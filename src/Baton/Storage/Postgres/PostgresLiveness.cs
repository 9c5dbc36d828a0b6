using System.Globalization;
using System.Security.Cryptography;
using Baton.Storage.Engines;
using Baton.Storage.Jobs;

namespace Baton.Storage.Postgres;

/// <summary>
/// A process lives as long as the server holds a lock for its one session and has heard of it lately: a killed process
/// loses its session at once, a hung one keeps it. A server that has just started has lost every session: then nobody
/// counts as dead until they had time to come back.
/// </summary>
/// <param name="open">Opens the session; not through a pooler that lends connections by transaction.</param>
internal sealed class PostgresLiveness(Func<StorageSession> open) : Liveness
{
    /// <summary>The first half of the locks' keys: all others of this database are of names ("BATW").</summary>
    private const int Class = 0x42415457;

    private const char Mark = '#';

    private const int SilentMs = 10_000, GraceSeconds = 5, KeptMs = 86_400_000;

    private const string Now = "cast(extract(epoch from clock_timestamp()) * 1000 as bigint)";

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    private readonly int _number = RandomNumberGenerator.GetInt32(int.MaxValue);
    private readonly CancellationTokenSource _ends = new();
    private readonly Lock _gate = new();
    private StorageSession? _session;
    private volatile int _workers = 1;
    private bool _started, _ended;

    public override string Owner =>
        field ??= string.Create(CultureInfo.InvariantCulture, $"{JobOwner.Current}{Mark}{_number}");

    public override int Workers => _workers;

    /// <summary>Real time: the server's clock decides who has been silent.</summary>
    public override void Start()
    {
        lock (_gate)
        {
            if (_started || _ended) return;
            _started = true;
        }
        Beat();
        _ = LoopAsync(_ends.Token);
    }

    public override bool HasDied(ReadConnection connection, string owner)
    {
        var at = owner.LastIndexOf(Mark);
        if (at < 0 || !int.TryParse(owner.AsSpan(at + 1), CultureInfo.InvariantCulture, out var number))
            return JobOwner.HasDied(owner);
        return connection.Number(
            $"""
            select case
                when pg_postmaster_start_time() > clock_timestamp() - interval '{GraceSeconds} seconds' then 0
                when not exists (
                    select 1 from pg_locks where locktype = 'advisory' and classid = {Class}
                        and cast(objid as bigint) = $1 and objsubid = 2 and granted
                        and database = (select oid from pg_database where datname = current_database())) then 1
                when coalesce((select seen_at_ms from workers where owner = $2), 0) < {Now} - {SilentMs} then 1
                else 0 end
            """,
            number, owner) == 1;
    }

    public override void Dispose()
    {
        lock (_gate)
        {
            if (_ended) return;
            _ended = true;
            _ends.Cancel();
            if (_started) Try(session => Run(session, "delete from workers where owner = $1", Owner));
            _session?.Dispose();
        }
        _ends.Dispose();
    }

    private async Task LoopAsync(CancellationToken cancellationToken)
    {
        using var tick = new PeriodicTimer(Every);
        try
        {
            while (await tick.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false)) Beat();
        }
        catch (OperationCanceledException) { }
    }

    private void Beat()
    {
        lock (_gate)
        {
            if (_ended) return;
            Try(session =>
            {
                Run(session,
                    $"""
                    insert into workers (owner, number, started_at_ms, seen_at_ms) values ($1, $2, {Now}, {Now})
                    on conflict (owner) do update set seen_at_ms = {Now}
                    """,
                    Owner, _number);
                _workers = (int)Math.Max(1, Run(session,
                    $"select count(*) from workers where seen_at_ms >= {Now} - {SilentMs}"));
            });
        }
    }

    /// <summary>A server that is away for a while is asked again with the next beat.</summary>
    private void Try(Action<StorageSession> work)
    {
        try
        {
            work(_session ??= Opened());
        }
        catch (StorageException)
        {
            _session?.Dispose();
            _session = null;
        }
    }

    private StorageSession Opened()
    {
        var session = open();
        try
        {
            Run(session, $"select pg_advisory_lock({Class}, {_number}) is null");
            Run(session, $"delete from workers where seen_at_ms < {Now} - {KeptMs}");
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Runs a statement by itself; the number it gives, or 0.</summary>
    private static long Run(StorageSession session, string sql, params ReadOnlySpan<SqlValue> values)
    {
        using var run = session.Start(sql, values);
        return run.Step() && run.Row is { } row && !row.IsNull(0) ? row.Int64(0) : 0;
    }
}
