using Baton.Archive;
using Baton.Conversations;
using Baton.Conversations.RawTexts;
using Baton.Storage;
using Baton.Storage.Events;

namespace Baton.Tests.Archive;

/// <summary>Months leave the database, and nobody who reads it can tell.</summary>
public sealed class ArchiveRunTests
{
    [Fact]
    public async Task A_month_leaves_and_everything_that_reads_tickets_sees_the_same()
    {
        await using var desk = await ArchivedDesk.CreateAsync();
        var (seen, digest) = (desk.Seen(), desk.Database.Read(LedgerVerifier.Verify).Digest);
        var before = desk.Number("select count(*) from events");

        var report = await desk.ArchiveAsync();

        Assert.Equal(["2026-06.001", "2026-06.002", "2026-07.001"], report.Segments.Select(s => s.Name));
        Assert.All(report.Segments, s => Assert.Equal(SegmentState.Archived, s.State));
        Assert.Equal(0, desk.Number("select count(*) from events where conversation_id like 'T-%'"));
        Assert.True(desk.Number("select count(*) from events") < before);
        Assert.Equal(seen, desk.Seen());
        Assert.Equal("T-2", Assert.Single(desk.Desk.Get<DataReads>().Newest(null, DateTimeOffset.MaxValue, 9)).ConversationId);
        Assert.Equal(ConversationStatus.Closed, desk.Desk.State("T-1").Status);
        Assert.Equal("T-1", desk.Desk.Latest("T-1").TicketId);
        await RebuildsAsync(desk);

        var ledger = desk.Database.Read(LedgerVerifier.Verify);
        Assert.Empty(ledger.Problems);
        var verdict = await desk.WalkAsync();
        Assert.Empty(verdict.Faults);
        Assert.Equal((3, ledger.Events), (verdict.Segments, verdict.Events));
        // Of the tickets' streams nothing changed; the stream of the archive itself is new.
        Assert.NotEqual(digest, ledger.Digest);
        Assert.Empty((await desk.ArchiveAsync()).Segments);
    }

    [Fact]
    public async Task Texts_of_customers_leave_sealed_and_their_places_stay()
    {
        await using var desk = await ArchivedDesk.CreateAsync();
        await desk.ArchiveAsync();

        var rows = desk.Database.Read(c => MessageRows.Of(c, "T-1", 100));
        Assert.Contains(ArchivedDesk.Phrase, rows[0].Body, StringComparison.Ordinal);
        Assert.Contains(rows, m => m.Body.Contains(ArchivedDesk.Later, StringComparison.Ordinal) && !m.IsErased);
        Assert.Equal(0, desk.Number(
            "select count(*) from messages where position > 1 and position < 1000000 and sealed is not null"));
        Assert.Equal(4, desk.Number("select count(*) from attachments where not_stored = 'archived' and sealed is null"));
        foreach (var file in Directory.GetFiles(desk.Folder))
        {
            var text = await PlainAsync(file);
            Assert.DoesNotContain("@example.com", text, StringComparison.Ordinal);
            Assert.DoesNotContain("It cost 12 dollars", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_customer_who_comes_back_goes_on_in_the_same_ticket_and_leaves_again()
    {
        await using var desk = await ArchivedDesk.CreateAsync();
        await desk.ArchiveAsync();
        var version = desk.Desk.State("T-1").Version;

        await desk.Desk.WriteAsync("It is me again, where is my ribbon?", "T-1");

        var state = desk.Desk.State("T-1");
        Assert.NotEqual(ConversationStatus.Closed, state.Status);
        Assert.Equal(3, state.CustomerMessages);
        Assert.True(state.Version > version);
        Assert.Empty(desk.Database.Read(LedgerVerifier.Verify).Problems);
        Assert.Empty((await desk.WalkAsync()).Faults);
        Assert.Contains("1 of its tickets are not closed (T-1)", Assert.Single(desk.Run().Plan(null).Waiting).Why,
            StringComparison.Ordinal);
        await RebuildsAsync(desk);

        await desk.Desk.AppendAsync("T-1", new ConversationEvent.Closed("ann", "done"));
        desk.Desk.Clock.Advance(TimeSpan.FromDays(10));
        await desk.Desk.WorkAsync();
        desk.Desk.Clock.Advance(TimeSpan.FromDays(120));
        var seen = desk.Seen();
        var again = Assert.Single((await desk.ArchiveAsync()).Segments);

        Assert.Equal("2026-06.003", again.Name);
        Assert.Equal(seen, desk.Seen());
        Assert.Equal(0, desk.Number("select count(*) from events where conversation_id = 'T-1'"));
        Assert.Empty((await desk.WalkAsync()).Faults);
    }

    [Fact]
    public async Task A_customer_who_is_erased_is_erased_in_the_archive_too()
    {
        await using var desk = await ArchivedDesk.CreateAsync();
        await desk.ArchiveAsync();
        var key = desk.Number("select key_id from messages where conversation_id = 'T-1' and position = 2");

        var erasure = desk.Desk.Get<Erasure>();
        var erased = await erasure.CustomerAsync("c-T-1", ["T-1"], "test", default);

        Assert.True(erased.Messages > 0);
        Assert.Null(desk.Database.Keys.Find(key));
        Assert.All(desk.Database.Read(c => MessageRows.Of(c, "T-1", 100)), m => Assert.True(m.IsErased));
        Assert.Empty((await desk.WalkAsync()).Faults);
    }

    [Theory]
    [InlineData(null, "T-1")]
    [InlineData("2026-07", "2026-07  it is not before 2026-07")]
    public async Task A_month_stays_and_says_why(string? before, string why)
    {
        await using var desk = await ArchivedDesk.CreateAsync();
        if (before is null) await desk.Desk.AppendAsync("T-1", new ConversationEvent.Reopened("ann"));

        var plan = desk.Run().Plan(before);

        var waiting = Assert.Single(plan.Waiting);
        Assert.Contains(why, $"{waiting.Month}  {waiting.Why}", StringComparison.Ordinal);
        Assert.Single(plan.Months);
        Assert.Equal(0, desk.Number("select count(*) from archive_segments"));
    }

    [Fact]
    public async Task A_month_that_is_not_long_over_stays()
    {
        await using var desk = await ArchivedDesk.CreateAsync(new ArchiveOptions { Days = 400 });

        Assert.All(desk.Run().Plan(null).Waiting, w => Assert.Contains("less than 400 days ago", w.Why, StringComparison.Ordinal));
        Assert.Empty((await desk.ArchiveAsync()).Segments);
    }

    [Fact]
    public async Task What_is_not_whole_does_not_leave()
    {
        await using var desk = await ArchivedDesk.CreateAsync();
        await desk.Database.WriteAsync(t => t.Execute(
            "update events set data = replace(data, 'another', 'no') where conversation_id = 'T-1' and type = 'AgentReplied'"));

        var error = await Assert.ThrowsAsync<StorageException>(() => desk.ArchiveAsync());

        Assert.Contains("T-1 version", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, desk.Number("select count(*) from archived_streams"));
    }

    private static async Task RebuildsAsync(ArchivedDesk desk)
    {
        var rebuilt = await LedgerRebuild.RunAsync(desk.Database, ArchivedDesk.Tables, default);
        Assert.All(rebuilt, t => Assert.False(t.Changed, t.Table));
    }

    private static async Task<string> PlainAsync(string file)
    {
        await using var packed = File.OpenRead(file);
        await using Stream plain = file.EndsWith(".zst", StringComparison.Ordinal)
            ? new ZstdSharp.DecompressionStream(packed) : packed;
        using var reader = new StreamReader(plain, System.Text.Encoding.Latin1);
        return await reader.ReadToEndAsync();
    }
}
