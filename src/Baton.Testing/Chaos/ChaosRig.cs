using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Baton.Storage;
using Baton.Storage.Events;

namespace Baton.Testing.Chaos;

/// <summary>Starts one process of the program.</summary>
internal delegate Process StartBaton(IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> settings);

/// <summary>
/// Tickets come in at a steady rate while workers are killed (<c>kill -9</c>) and what they stand on is taken away. The
/// verdict is read from the tables and the ledger afterwards.
/// </summary>
internal sealed class ChaosRig(ChaosPlan plan, StartBaton start, string url, string playbook, string keys)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3), Held = TimeSpan.FromSeconds(30);

    private readonly Random _random = new(plan.Seed);
    private readonly Process?[] _workers = new Process?[plan.Workers];
    private readonly Dictionary<string, int> _happened = [];
    private readonly List<Task<double?>> _recoveries = [];
    private readonly List<Task> _coming = [];
    private Database? _database;

    private Database Db => _database!;

    public async Task<ChaosVerdict> RunAsync(CancellationToken cancellationToken)
    {
        await using var database = Database.Open(new DatabaseOptions { Path = url, Keys = keys }, TimeProvider.System);
        _database = database;
        using var server = start(["serve", "--no-workers", "--urls", "http://127.0.0.1:0", .. Where], Settings);
        try
        {
            using var http = await ListeningAsync(server).ConfigureAwait(false);
            for (var i = 0; i < plan.Workers; i++) await WorkAsync(i).ConfigureAwait(false);
            var watch = Stopwatch.StartNew();
            var sending = SendAsync(http, watch, cancellationToken);
            await DisturbAsync(watch, cancellationToken).ConfigureAwait(false);
            var accepted = await sending.ConfigureAwait(false);
            await DrainAsync(accepted.Count).ConfigureAwait(false);
            var recoveries = (await Task.WhenAll(_recoveries).ConfigureAwait(false)).OfType<double>();
            return Judge(accepted, [.. recoveries.Order()]);
        }
        finally
        {
            foreach (var process in _workers.Append(server).OfType<Process>()) End(process);
        }
    }

    private string[] Where => ["--db", url, "--playbook", playbook];

    private Dictionary<string, string> Settings => new()
    {
        ["BATON__Dispatch__Amqp"] = RabbitServer.Running.Url, ["BATON__Dispatch__Prefix"] = "chaos",
        ["BATON__Storage__Keys"] = keys, ["BATON__Cache"] = Path.Combine(keys, "models"),
        ["BATON__Tools__PrivateHosts__0"] = "127.0.0.1",
    };

    private async Task WorkAsync(int place)
    {
        var worker = start(["work", .. Where], Settings);
        await LineAsync(worker, "Baton works on ").ConfigureAwait(false);
        _workers[place] = worker;
    }

    private static async Task<HttpClient> ListeningAsync(Process server)
    {
        var address = await LineAsync(server, "Baton listens on ", keep: true).ConfigureAwait(false);
        var key = await LineAsync(server, "API key: ").ConfigureAwait(false);
        var http = new HttpClient { BaseAddress = new Uri(address.Trim()), Timeout = TimeSpan.FromSeconds(30) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key.Split(' ')[0]);
        return http;
    }

    /// <summary>Waits for a line and reads the rest away, so that the process never waits for a reader.</summary>
    private static async Task<string> LineAsync(Process process, string from, bool keep = false)
    {
        while (await process.StandardOutput.ReadLineAsync().WaitAsync(Patience).ConfigureAwait(false) is { } line)
        {
            if (!line.StartsWith(from, StringComparison.Ordinal)) continue;
            if (!keep) _ = process.StandardOutput.ReadToEndAsync();
            if (!keep) _ = process.StandardError.ReadToEndAsync();
            return line[from.Length..];
        }
        throw new InvalidOperationException(
            $"the process ended: {await process.StandardError.ReadToEndAsync().ConfigureAwait(false)}");
    }

    private async Task<HashSet<string>> SendAsync(HttpClient http, Stopwatch watch, CancellationToken cancellationToken)
    {
        List<Task<string?>> sent = [];
        for (var i = 1; watch.Elapsed < plan.Lasts; i++)
        {
            sent.Add(SubmitAsync(http, i, cancellationToken));
            var next = TimeSpan.FromSeconds(i / plan.TicketsPerSecond) - watch.Elapsed;
            if (next > TimeSpan.Zero) await Task.Delay(next, cancellationToken).ConfigureAwait(false);
        }
        return [.. (await Task.WhenAll(sent).ConfigureAwait(false)).OfType<string>()];
    }

    /// <summary>As a sender does: again, under the same id, until the server says that it has it.</summary>
    private static async Task<string?> SubmitAsync(HttpClient http, int number, CancellationToken cancellationToken)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"C-{number}");
        var body = number % 2 == 0 ? "how long do I have to return something"
            : string.Create(CultureInfo.InvariantCulture, $"where is my order T-{1000 + number}");
        for (var attempt = 0; attempt < 60; attempt++)
        {
            try
            {
                using var content = new StringContent(
                    $$"""{"id":"{{id}}","customer":{"id":"c-{{id}}","tier":"free"},"body":"{{body}}"}""",
                    Encoding.UTF8, "application/json");
                using var response = await http.PostAsync("/api/tickets", content, cancellationToken)
                    .ConfigureAwait(false);
                if (response.IsSuccessStatusCode) return id;
            }
            catch (HttpRequestException)
            {
                // Tried again.
            }
            await Task.Delay(TimeSpan.FromMilliseconds(500), cancellationToken).ConfigureAwait(false);
        }
        return null;
    }

    private async Task DisturbAsync(Stopwatch watch, CancellationToken cancellationToken)
    {
        for (var kills = 1; ; kills++)
        {
            var (from, to) = plan.KillEverySeconds;
            var wait = TimeSpan.FromSeconds(from + (_random.NextDouble() * (to - from)));
            if (watch.Elapsed + wait + plan.Back >= plan.Lasts) break;
            await Task.Delay(wait, cancellationToken).ConfigureAwait(false);
            if (kills % plan.DatabaseEvery == 0) Count("database restarted", PostgresCluster.Restart);
            if (kills % plan.OtherThingsEvery == 0)
                await OtherAsync(kills / plan.OtherThingsEvery!.Value % 3, cancellationToken).ConfigureAwait(false);
            var place = _random.Next(plan.Workers);
            if (_workers[place] is not { } victim) continue;
            _recoveries.Add(RecoveryAsync(victim.Id));
            Count("worker killed", () => End(victim));
            _workers[place] = null;
            _coming.Add(BackAsync(place, cancellationToken));
        }
        await Task.WhenAll(_coming).ConfigureAwait(false);
    }

    private async Task BackAsync(int place, CancellationToken cancellationToken)
    {
        await Task.Delay(plan.Back, cancellationToken).ConfigureAwait(false);
        await WorkAsync(place).ConfigureAwait(false);
    }

    private async Task OtherAsync(int which, CancellationToken cancellationToken)
    {
        var broker = RabbitServer.Running;
        switch (which)
        {
            case 0:
                Count("broker killed", broker.Kill);
                await Task.Delay(TimeSpan.FromSeconds(3), cancellationToken).ConfigureAwait(false);
                broker.Start();
                break;
            case 1:
                Count("broker purged", () => broker.Purge("chaos.jobs"));
                break;
            default:
                if (_workers[_random.Next(plan.Workers)] is not { } worker) break;
                Count("worker held", () => Signal("STOP", worker.Id));
                _ = Task.Delay(Held, CancellationToken.None).ContinueWith(
                    _ => Signal("CONT", worker.Id), TaskScheduler.Default);
                break;
        }
    }

    /// <summary>From now until what the process holds is done; null when it holds nothing.</summary>
    private async Task<double?> RecoveryAsync(int process)
    {
        var watch = Stopwatch.StartNew();
        var owner = string.Create(CultureInfo.InvariantCulture, $"%/{process}/%");
        var held = Look(c => c.Query(
            "select id from jobs where queue = 'jobs' and state = 1 and owner like $1", row => row.Int64(0), owner));
        if (held is null or []) return null;
        while (watch.Elapsed < Patience)
        {
            if (Look(c => held.TrueForAll(id => c.Number("select 1 from jobs where id = $1", id) is null)))
                return watch.Elapsed.TotalMilliseconds;
            await Task.Delay(10).ConfigureAwait(false);
        }
        return Patience.TotalMilliseconds;
    }

    private async Task DrainAsync(int accepted)
    {
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < Patience && Look(c => (
            Decided: c.Number("select count(*) from decisions"), Jobs: c.Number("select count(*) from jobs")))
            is var (decided, jobs) && (decided < accepted || jobs != 0))
            await Task.Delay(100).ConfigureAwait(false);
    }

    private ChaosVerdict Judge(HashSet<string> accepted, IReadOnlyList<double> recoveries)
    {
        var tickets = Db.Read(c => c.Query(
            """
            select t.conversation_id, e.began, e.decided, e.decisions,
                (select count(*) from messages m
                    where m.conversation_id = t.conversation_id and author <> 'customer')
            from conversations t join (
                select conversation_id, min(at) as began,
                    max(case when type = 'DecisionMade' then at end) as decided,
                    sum(case when type = 'DecisionMade' then 1 else 0 end) as decisions
                from events group by conversation_id) e on e.conversation_id = t.conversation_id
            """,
            row => (Id: row.Text(0), Began: Time(row.Text(1)),
                Decided: row.TextOrNull(2) is { } at ? Time(at) : (DateTimeOffset?)null,
                Decisions: row.Int64(3), Texts: row.Int64(4))));
        var decided = tickets.Where(t => t.Decided is not null).ToList();
        var moments = decided.Select(t => t.Decided!.Value).Order().ToList();
        return new ChaosVerdict(
            accepted.Count, accepted.Except(decided.Select(t => t.Id)).Count(),
            tickets.Count(t => t.Decisions > 1 || t.Texts > 1),
            Db.Read(c => LedgerVerifier.Verify(c).Problems).Count,
            [.. decided.Select(t => (t.Decided!.Value - t.Began).TotalMilliseconds).Order()], recoveries, _happened,
            moments.Zip(moments.Skip(1), (a, b) => (b - a).TotalMilliseconds).DefaultIfEmpty().Max());
    }

    /// <summary>While the database is away there is nothing to see.</summary>
    private T? Look<T>(Func<ReadConnection, T> look)
    {
        try
        {
            return Db.Read(look);
        }
        catch (StorageException error) when (error.IsTransient)
        {
            return default;
        }
    }

    private void Count(string what, Action happen)
    {
        happen();
        _happened[what] = _happened.GetValueOrDefault(what) + 1;
    }

    private static void End(Process process)
    {
        process.Kill();
        process.WaitForExit();
    }

    private static void Signal(string signal, int process)
    {
        using var kill = Process.Start("kill", ["-" + signal, process.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    private static DateTimeOffset Time(string text) =>
        DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
