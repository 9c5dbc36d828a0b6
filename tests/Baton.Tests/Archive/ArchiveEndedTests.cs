using Baton.Archive;
using Baton.Storage.Events;

namespace Baton.Tests.Archive;

/// <summary>
/// A run that is ended after any of its steps goes on where it was: nothing is lost, and nothing is there twice.
/// </summary>
public sealed class ArchiveEndedTests
{
    [Fact]
    public async Task A_run_that_ends_after_any_step_is_ended_by_the_next()
    {
        await using var desk = await ArchivedDesk.CreateAsync();
        var seen = desk.Seen();
        // Every run goes one step further than the one before was ended.
        foreach (var last in (string[])
            ["begun", "exported", "put 2026-06.001.jsonl.zst", "put 2026-06.001.parquet", "put 2026-06.001.manifest.json",
                "written", "read back", "verified", "removed operations/reads/T-2", "archived"])
        {
            await Assert.ThrowsAsync<EndedException>(
                () => desk.Run(Until(last)).RunAsync(desk.Folder, null, "test", default));
            Assert.Equal(seen, desk.Seen());
            Assert.Empty(desk.Database.Read(LedgerVerifier.Verify).Problems);
            Assert.Empty((await desk.WalkAsync()).Faults);
        }

        await desk.ArchiveAsync();

        Assert.Equal(seen, desk.Seen());
        var verdict = await desk.WalkAsync();
        Assert.Empty(verdict.Faults);
        Assert.Equal(3, verdict.Segments);
        Assert.Equal(9, Directory.GetFiles(desk.Folder).Length);
        Assert.Equal(
            desk.Number("select sum(version) from archived_streams"), desk.Number("select sum(events) from archive_segments"));
        // Each step is told once, however often it was begun anew.
        Assert.Equal(
            ["ArchiveBegun", "ArchiveWritten", "ArchiveVerified", "ArchiveRemoved"],
            desk.Database.Read(c => Ledger.Read(c, ArchiveSegment.Stream)).Take(4).Select(e => e.Type));
    }

    [Fact]
    public async Task Another_process_waits_for_its_turn_and_takes_it_when_the_one_before_does_not_go_on()
    {
        await using var desk = await ArchivedDesk.CreateAsync();
        await desk.Database.WriteAsync(t => t.Execute(
            "insert into archive_work (id, owner, until_ms) values (1, 'elsewhere/1/1', $1)",
            Baton.Storage.SqlValue.Ms(desk.Desk.Clock.GetUtcNow().AddMinutes(10))));

        var error = await Assert.ThrowsAsync<Baton.Storage.StorageException>(() => desk.ArchiveAsync());
        desk.Desk.Clock.Advance(TimeSpan.FromMinutes(11));

        Assert.Contains("another process archives now (elsewhere/1/1)", error.Message, StringComparison.Ordinal);
        Assert.Equal(3, (await desk.ArchiveAsync()).Segments.Count);
    }

    [Fact]
    public async Task A_customer_who_comes_back_while_the_month_leaves_loses_nothing()
    {
        await using var desk = await ArchivedDesk.CreateAsync();
        await Assert.ThrowsAsync<EndedException>(
            () => desk.Run(Until("verified")).RunAsync(desk.Folder, null, "test", default));

        await desk.Desk.WriteAsync("Here I am again.", "T-1");
        var seen = desk.Seen();
        await desk.ArchiveAsync();

        Assert.Equal(seen, desk.Seen());
        Assert.Contains(desk.Database.Read(c => Baton.Conversations.MessageRows.Of(c, "T-1", 100)),
            m => m.Body == "Here I am again.");
        Assert.Empty((await desk.WalkAsync()).Faults);
    }

    [Fact]
    public async Task An_expiry_that_ends_after_any_step_is_ended_by_the_next()
    {
        await using var desk = await OldAsync();
        List<string> each = [];
        while (true)
        {
            var (known, told) = (each.ToHashSet(), "");
            try
            {
                await new ArchiveExpiry(desk.Database, desk.Options, step =>
                {
                    if (!known.Contains(told = step)) throw new EndedException();
                }).RunAsync("test", default);
                break;
            }
            catch (EndedException)
            {
                each.Add(told);
                Assert.Empty((await desk.WalkAsync()).Faults);
            }
        }

        Assert.Equal(
            ["certified 2026-06.001", "expiring 2026-06.001", "forgot", "destroyed 2026-06.001.jsonl.zst",
                "destroyed 2026-06.001.parquet", "destroyed 2026-06.001.manifest.json", "expired 2026-06.001"], each);
        Assert.Equal(0, desk.Number("select count(*) from archive_segments where state <> 'expired'"));
        Assert.Single(Directory.GetFiles(desk.Folder));
    }

    /// <summary>One segment whose time is over.</summary>
    private static async Task<ArchivedDesk> OldAsync()
    {
        var desk = await ArchivedDesk.CreateAsync(new ArchiveOptions { Years = 1, SegmentTickets = 9 });
        await desk.ArchiveAsync(before: ArchivedDesk.Second);
        desk.Desk.Clock.Advance(TimeSpan.FromDays(367));
        return desk;
    }

    private static Action<string> Until(string last) => step =>
    {
        if (step == last) throw new EndedException();
    };

    private sealed class EndedException : Exception;
}
