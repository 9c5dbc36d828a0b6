using Baton.Archive;
using Baton.Conversations;
using Baton.Conversations.Attachments;
using Baton.Conversations.RawTexts;
using Baton.Storage;
using Baton.Storage.Events;
using Baton.Tests.Decisions.Desks;

namespace Baton.Tests.Archive;

/// <summary>A month comes back as it was, and is destroyed when its time is over.</summary>
public sealed class ArchiveRestoreTests
{
    [Fact]
    public async Task A_month_comes_back_with_its_texts_and_a_ledger_that_is_whole()
    {
        await using var desk = await ArchivedDesk.CreateAsync();
        var events = desk.Database.Read(c => Ledger.Read(c, "T-1"));
        await desk.ArchiveAsync();
        await desk.Desk.WriteAsync("It is me again.", "T-1");
        await desk.Desk.AppendAsync("T-1", new ConversationEvent.Closed("ann", "done"));
        desk.Desk.Clock.Advance(TimeSpan.FromDays(10));
        await desk.Desk.WorkAsync();
        desk.Desk.Clock.Advance(TimeSpan.FromDays(120));
        await desk.ArchiveAsync();
        var all = desk.Database.Read(c => Ledger.Read(c, "T-1"));
        var file = Path.Combine(desk.Folder, "scratch.db");
        await using var scratch = desk.Open(file);

        var done = await desk.RestoreAsync(scratch, ArchivedDesk.First);

        Assert.Equal((3, 4), (done.Segments, done.Streams));
        Assert.True(events.Count < all.Count);
        Assert.Equal(
            all.Select(e => (e.Seq, e.Hash)), scratch.Read(c => Ledger.Read(c, "T-1")).Select(e => (e.Seq, e.Hash)));
        Assert.Empty(scratch.Read(LedgerVerifier.Verify).Problems);
        var bodies = scratch.Read(c => MessageRows.Of(c, "T-1", 100)).ConvertAll(m => m.Body);
        Assert.Contains(bodies, b => b.Contains(ArchivedDesk.Later, StringComparison.Ordinal));
        Assert.Contains("It is me again.", bodies);
        Assert.Equal("It cost 12 dollars.",
            System.Text.Encoding.UTF8.GetString(scratch.Read(c => AttachmentRow.Find(c, "T-1", 1, 1))!.Body!));
        Assert.Equal(3, scratch.Read(c => c.Number("select count(*) from conversations where status = 'closed'")));
        Assert.Equal(0, scratch.Read(c => c.Number("select count(*) from conversations where conversation_id = 'T-4'")));
    }

    [Fact]
    public async Task A_month_that_is_not_whole_or_not_there_does_not_come_back()
    {
        await using var desk = await ArchivedDesk.CreateAsync();
        await desk.ArchiveAsync();
        File.Delete(Path.Combine(desk.Folder, "2026-06.002.manifest.json"));
        await using var scratch = desk.Open(Path.Combine(desk.Folder, "scratch.db"));

        foreach (var month in (string[])[ArchivedDesk.First, "2020-01"])
            Assert.Contains("is not there", (await Assert.ThrowsAsync<StorageException>(
                () => desk.RestoreAsync(scratch, month))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_its_years_a_month_is_destroyed_and_a_certificate_holds_its_place()
    {
        await using var desk = await ArchivedDesk.CreateAsync(new ArchiveOptions { Years = 7, SegmentTickets = 2 });
        await desk.ArchiveAsync(before: ArchivedDesk.Second);
        desk.Desk.Clock.Advance(TimeSpan.FromDays(365));
        await desk.ArchiveAsync();
        var expiry = new ArchiveExpiry(desk.Database, desk.Options);
        desk.Desk.Clock.Advance(TimeSpan.FromDays((365 * 6) - 1));
        Assert.Empty(expiry.Due());
        desk.Desk.Clock.Advance(TimeSpan.FromDays(4));
        await desk.Desk.Get<DataReads>().NoteAsync("T-2", "omar", DataReads.Texts, null, default);

        var gone = await expiry.RunAsync("omar", default);

        Assert.Equal(["2026-06.001", "2026-06.002"], gone.Select(s => s.Name));
        var verdict = await desk.WalkAsync();
        Assert.Empty(verdict.Faults);
        Assert.Equal(3, verdict.Segments);
        Assert.Empty(desk.Database.Read(LedgerVerifier.Verify).Problems);
        Assert.Equal(0, desk.Database.Read(c => Ledger.Version(c, "T-1")));
        foreach (var table in (string[])["conversations", "decisions", "messages", "attachments", "streams", "insight_facts"])
            Assert.Equal(0, desk.Number($"select count(*) from {table} where conversation_id in ('T-1', 'T-2', 'T-3')"));
        Assert.True(desk.Number("select count(*) from messages where conversation_id = 'T-4'") > 0);
        var certificate = await File.ReadAllTextAsync(Path.Combine(desk.Folder, "2026-06.001.certificate.json"));
        Assert.Contains("kept for 7 years", certificate, StringComparison.Ordinal);
        Assert.DoesNotContain("T-1", certificate, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(desk.Folder, "2026-06.001.manifest.json")));

        // The number of a ticket may be given again.
        await using var fresh = new Desk(beside: desk.Desk, time: desk.Desk.Clock);
        await fresh.DecideAsync(Desk.Ticket("Where is my ribbon?"));
        await fresh.WriteAsync("Anything new?");
        Assert.Equal(2, Conversation.Fold("T-1", desk.Database.Read(c => Ledger.Read(c, "T-1"))
            .Select(e => (ConversationJson.Read(e.Type, e.Data.Span), e.At))).CustomerMessages);
        await File.WriteAllTextAsync(Path.Combine(desk.Folder, "2026-06.001.certificate.json"), certificate + " ");
        Assert.Contains((await desk.WalkAsync()).Faults, f => f.What.Contains("certificate.json was changed", StringComparison.Ordinal));
    }
}
