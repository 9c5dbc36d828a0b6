using Baton.Archive;
using Baton.Audit.Entries;
using Baton.Conversations.RawTexts;
using Baton.Storage.Events;

namespace Baton.Tests.Archive;

/// <summary>What is destroyed when years are over, and what is not.</summary>
public sealed class ArchiveHoldTests
{
    [Theory]
    [InlineData(HoldScope.Ticket, "T-2")]
    [InlineData(HoldScope.Customer, "c-T-2")]
    public async Task A_month_with_something_that_is_held_is_not_destroyed(object scope, string name)
    {
        await using var desk = await OldAsync();
        var (expiry, holds) = (new ArchiveExpiry(desk.Database, desk.Options), desk.Desk.Get<LegalHolds>());
        Assert.Null(await holds.SetAsync(true, (HoldScope)scope, name, "ann", "case 12", default));

        Assert.Empty(await expiry.RunAsync("test", default));

        var (month, why) = Assert.Single(expiry.Waiting());
        Assert.Equal(ArchivedDesk.First, month);
        Assert.Contains($"'{name}'", why, StringComparison.Ordinal);
        Assert.Equal(0, desk.Number("select count(*) from archive_segments where state <> 'archived'"));
        Assert.Null(await holds.SetAsync(false, (HoldScope)scope, name, "ann", "over", default));
        Assert.Single(await expiry.RunAsync("test", default));
        Assert.Empty(expiry.Waiting());
    }

    [Theory]
    [InlineData("certified 2026-06.001")]
    [InlineData("expiring 2026-06.001")]
    public async Task A_hold_that_is_set_while_a_month_is_destroyed_stops_it(string last)
    {
        await using var desk = await OldAsync();
        var expiry = new ArchiveExpiry(desk.Database, desk.Options, step =>
        {
            if (step == last)
                desk.Desk.Get<LegalHolds>().SetAsync(true, HoldScope.Ticket, "T-1", "ann", "case", default)
                    .GetAwaiter().GetResult();
        });

        Assert.Empty(await expiry.RunAsync("test", default));

        Assert.True(desk.Number("select count(*) from messages where conversation_id = 'T-1'") > 0);
        Assert.True(File.Exists(Path.Combine(desk.Folder, "2026-06.001.jsonl.zst")));
        Assert.Single(expiry.Waiting());
    }

    [Fact]
    public async Task Nothing_of_a_ticket_is_left_behind()
    {
        await using var desk = await OldAsync();
        // Read for the first time after it had left, so there is no checkpoint of that.
        await desk.Desk.Get<DataReads>().NoteAsync("T-1", "ann", DataReads.Texts, null, default);
        await desk.Database.WriteAsync(t =>
        {
            while (AuditTables.Step(t)) { }
            t.Execute(
                """
                insert into workflow_runs (id, conversation_id, workflow, started_at, state)
                values ('r1', 'T-1', 'refund', 0, 'done')
                """);
            t.Execute(
                """
                insert into workflow_steps (run_id, position, name, agent, state, took_ms, ended_at)
                values ('r1', 1, 'refund', 'refund', 'done', 0, 0)
                """);
        });
        Assert.True(desk.Number("select count(*) from audit_entries where stream = 'operations/reads/T-1'") > 0);

        await new ArchiveExpiry(desk.Database, desk.Options).RunAsync("test", default);

        foreach (var (table, column) in (IEnumerable<(string, string)>)
            [("audit_entries", "stream"), ("streams", "conversation_id"), ("events", "conversation_id")])
            Assert.Equal(0, desk.Number(
                $"select count(*) from {table} where {column} in ('T-1', 'T-2', 'operations/reads/T-1', 'operations/reads/T-2')"));
        Assert.Equal(0, desk.Number("select count(*) from workflow_steps"));
        Assert.Equal(0, desk.Number("select count(*) from deliveries where message_id not in (select id from messages)"));
        Assert.Empty(desk.Database.Read(LedgerVerifier.Verify).Problems);
        Assert.Empty((await desk.WalkAsync()).Faults);
    }

    /// <summary>One segment whose time is over.</summary>
    private static async Task<ArchivedDesk> OldAsync()
    {
        var desk = await ArchivedDesk.CreateAsync(new ArchiveOptions { Years = 1, SegmentTickets = 9 });
        await desk.ArchiveAsync(before: ArchivedDesk.Second);
        desk.Desk.Clock.Advance(TimeSpan.FromDays(367));
        return desk;
    }
}
