using System.Text.Json;
using Baton.Conversations;
using Baton.Conversations.Inbound;
using Baton.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Baton.Server.Tests.Processes.Archives;

/// <summary>Months leave for a bucket in a process that is killed before each of its requests.</summary>
public sealed class ArchiveKillTests : IDisposable
{
    private const string Bucket = "s3://baton/archive";

    private readonly Place _place = new(file: true);
    private readonly S3Store _store = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("baton-archive-kill-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ArchiveKillTests() => Assert.SkipUnless(
        Directory.Exists(Path.Combine(S3Store.Folder, "node_modules")), $"run npm ci in {S3Store.Folder}");

    public void Dispose()
    {
        _store.Dispose();
        _place.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_month_that_leaves_for_a_bucket_survives_a_kill_before_every_request_and_comes_back()
    {
        await _store.StartAsync(Token);
        var heads = await SeedAsync();
        // A look before anything is begun, one before the first file, three files there; then each run goes on behind
        // what is written, and reads three back; the manifest again before anything is removed.
        foreach (var request in (int[])[1, 2, 1, 2, 3, 4, 5, 2, 3, 4]) Assert.Null(await ArchiveAsync(request));
        var ended = await ArchiveAsync(killBefore: int.MaxValue);
        Assert.Equal((0, 1), (ended!.ExitCode, _store.Requests));

        Assert.Equal(heads, await HeadsAsync());
        var verified = await RunAsync("audit", "verify", "--json", "--db", _place.Database);
        Assert.Equal(0, verified.ExitCode);
        var verdict = JsonElement.Parse(verified.Output);
        Assert.True(verdict.GetProperty("whole").GetBoolean());
        Assert.Equal(1, verdict.GetProperty("segments").GetInt64());
        Assert.Equal(64, verdict.GetProperty("digest").GetString()!.Length);
        Assert.All(_store.Seen.Where(s => s.Method == "PUT"), s => Assert.Equal("GOVERNANCE", s.Lock));
        Assert.All(_store.Seen.Where(s => s.Method == "PUT"), s => Assert.True(
            DateTimeOffset.Parse(s.Until!, null) > TimeProvider.System.GetUtcNow().AddYears(7).AddDays(-1)));
        Assert.Equal(3, _store.Seen.Where(s => s.Method == "PUT").Select(s => s.Path).Distinct().Count());

        var scratch = Path.Combine(_folder, "june.db");
        var restored = await RunAsync("audit", "restore", "2025-06", "--into", scratch, "--db", _place.Database);
        Assert.Equal((0, ""), (restored.ExitCode, restored.ExitCode == 0 ? "" : restored.Errors));
        var whole = await RunAsync("ledger", "verify", "--db", scratch);
        Assert.Contains("whole", whole.Output, StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync("why", "T-1", "--db", scratch, "--playbook", _place.Playbook)).ExitCode);
        Assert.Contains("give a file that is not there yet", (await RunAsync(
            "audit", "restore", "2025-06", "--into", scratch, "--db", _place.Database)).Errors, StringComparison.Ordinal);
        var expired = await RunAsync("audit", "expire", "--dry-run", "--db", _place.Database);
        Assert.Contains("0 segments would be destroyed", expired.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_what_is_wrong_with_a_place_or_a_month()
    {
        await SeedAsync();

        foreach (var (arguments, problem) in (IEnumerable<(string[], string)>)
        [
            (["archive"], "say where to: --to FOLDER"),
            (["archive", "--to", "ftp://x"], "'ftp://x' is no place for an archive"),
            (["archive", "--to", "s3://"], "names no bucket"),
            (["archive", "--before", "June", "--to", _folder], "'June' is no month; write one like 2026-03"),
            (["restore", "2025-06", "--into", Path.Combine(_folder, "x.db")], "no segment of 2025-06 is archived"),
        ])
        {
            var ended = await BatonProgram.RunAsync(["audit", .. arguments, "--db", _place.Database]);
            Assert.Equal(1, ended.ExitCode);
            Assert.Contains(problem, ended.Errors, StringComparison.Ordinal);
        }
        var plan = await BatonProgram.RunAsync("audit", "archive", "--dry-run", "--json", "--db", _place.Database);
        Assert.Equal("2025-06", JsonElement.Parse(plan.Output).GetProperty("months")[0].GetProperty("month").GetString());
    }

    /// <summary>Null when it was killed.</summary>
    private async Task<Ended?> ArchiveAsync(int killBefore)
    {
        _store.Restart();
        var isKilled = false;
        using var process = BatonProgram.Start(
            ["audit", "archive", "--to", Bucket, "--db", _place.Database], _store.Settings);
        var output = process.StandardOutput.ReadToEndAsync(Token);
        var errors = process.StandardError.ReadToEndAsync(Token);
        _store.Before = number =>
        {
            if (number != killBefore) return !isKilled;
            isKilled = true;
            process.Kill();
            return false;
        };
        await process.WaitForExitAsync(Token);
        _store.Before = _ => true;
        return isKilled ? null : new Ended(process.ExitCode, await output, await errors);
    }

    private async Task<Ended> RunAsync(params string[] arguments)
    {
        using var process = BatonProgram.Start(arguments, _store.Settings);
        var output = process.StandardOutput.ReadToEndAsync(Token);
        var errors = process.StandardError.ReadToEndAsync(Token);
        await process.WaitForExitAsync(Token);
        return new Ended(process.ExitCode, await output, await errors);
    }

    private Task<string> HeadsAsync() => _place.LookAsync(c => string.Join('\n', c.Query(
        "select conversation_id, version, hash from streams where conversation_id like 'T-%' order by conversation_id",
        row => $"{row.Text(0)} {row.Int64(1)} {row.Text(2)}")));

    /// <summary>Tickets of June 2025, closed then.</summary>
    private async Task<string> SeedAsync()
    {
        var clock = new ManualClock(new DateTimeOffset(2025, 6, 3, 12, 0, 0, TimeSpan.Zero));
        await using (var services = new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(clock)
            .AddBaton(new BatonOptions { Playbook = _place.Playbook, Database = _place.Database },
                new ConfigurationBuilder().Build()).BuildServiceProvider())
        {
            var intake = services.GetRequiredService<Intake>();
            var store = services.GetRequiredService<ConversationStore>();
            foreach (var id in (string[])["T-1", "T-2", "T-3"])
            {
                await intake.AcceptAsync(new InboundTicket
                {
                    TicketId = id, CustomerId = "c-" + id, Messages = [new InboundText(Author.Customer, "Where is it?")],
                }, Token);
                await store.Database.WriteAsync(t => store.Save(
                    t, store.Load(t, id), [new ConversationEvent.Closed("ann", "done")], clock.GetUtcNow()), Token);
            }
        }
        return await HeadsAsync();
    }
}
