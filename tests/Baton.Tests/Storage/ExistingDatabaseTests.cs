using System.IO.Compression;
using System.Reflection;
using Baton.Conversations;
using Baton.Conversations.Inbound;
using Baton.Conversations.Inspection;
using Baton.Privacy;
using Baton.Storage.Events;
using Baton.Tests.Decisions.Desks;

namespace Baton.Tests.Storage;

/// <summary>
/// A file that the release of 2026-11-29 wrote (before ids had scopes): seven tickets, one of them undecided, one
/// claimed by a person, one with an idempotency key, and a message that was swallowed because its id was known.
/// </summary>
public sealed class ExistingDatabaseTests : IAsyncDisposable
{
    private readonly Desk _desk = new(existing: Content());

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    /// <summary>The file as it was written.</summary>
    internal static byte[] Content()
    {
        using var packed = Assembly.GetExecutingAssembly().GetManifestResourceStream("baton-2026-11-29.gz")!;
        using var file = new GZipStream(packed, CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        file.CopyTo(bytes);
        return bytes.ToArray();
    }

    [Fact]
    public async Task An_existing_database_of_2026_11_29_opens_upgrades_verifies_and_decides()
    {
        Assert.Equal(7, _desk.Count("conversations"));
        var report = _desk.Database.Read(LedgerVerifier.Verify);
        Assert.Empty(report.Problems);
        Assert.Equal(124, report.Events);

        _desk.Clock.Advance(new DateTimeOffset(2026, 11, 30, 9, 0, 0, TimeSpan.Zero) - _desk.Clock.GetUtcNow());
        await _desk.WorkAsync();

        Assert.Equal(OutcomeKind.Replied, _desk.Latest("Q-1").Outcome);
        Assert.Equal("S-2", (await _desk.WriteAsync(DeskPlaybook.AsksForReturns, "S-2")).TicketId);
        Assert.Empty(_desk.Database.Read(LedgerVerifier.Verify).Problems);
    }

    [Fact]
    public async Task Knows_deliveries_from_before_the_upgrade_by_their_text()
    {
        var question = Ticket("S-1", "Where is my order NW-10003?");

        Assert.Equal(new IntakeOutcome.Duplicate("S-1", 1), await _desk.SubmitAsync(question));
        Assert.IsType<IntakeOutcome.OtherContent>(await _desk.SubmitAsync(Ticket("S-1", "Where is it?")));
        Assert.IsType<IntakeOutcome.OtherContent>(await _desk.SubmitAsync(question with { Subject = "order" }));
    }

    [Fact]
    public async Task Knows_messages_from_before_the_upgrade_in_their_own_ticket_only()
    {
        const string Burned = "The stove exploded and burned my hand";

        Assert.Equal(new IntakeOutcome.Duplicate("S-1", 2), await _desk.AddAsync(Burned, "S-1", "1"));
        Assert.IsType<IntakeOutcome.OtherContent>(await _desk.AddAsync("Never mind", "S-1", "1"));
        Assert.Equal(new IntakeOutcome.Accepted("S-2", 2), await _desk.AddAsync(Burned, "S-2", "1"));
    }

    [Fact]
    public async Task Knows_idempotency_keys_from_before_the_upgrade()
    {
        var jacket = Ticket("made-up", "How do I return a jacket?") with
        {
            Channel = "api", IdIsMade = true, IdempotencyKey = "k-1",
        };

        var known = Assert.IsType<IntakeOutcome.Duplicate>(await _desk.SubmitAsync(jacket));
        Assert.StartsWith("T-", known.ConversationId, StringComparison.Ordinal);
        Assert.IsType<IntakeOutcome.OtherContent>(
            await _desk.SubmitAsync(jacket with { IdIsMade = false, TicketId = "A-3" }));
        Assert.IsType<IntakeOutcome.Accepted>(await _desk.SubmitAsync(Ticket("idempotency:k-1", "another")));
    }

    [Fact]
    public async Task Finds_what_was_stored_wrongly_and_mends_it_outside_the_events()
    {
        var redactor = new Redactor();
        var mail = string.Join('@', "robin", "example.com");
        await _desk.Database.WriteAsync(t =>
        {
            Ledger.Append(t, "U-9", 0, new NewEvent(
                "ConversationStarted", _desk.Clock.GetUtcNow(),
                $$"""{"ticket_id":"U-9","subject":"write to {{mail}}"}"""));
            t.Execute("update conversations set subject = $1 where conversation_id = 'H-1'", $"write to {mail}");
        });

        var found = await DeepCheck.RunAsync(_desk.Database, redactor, mend: false, CancellationToken.None);
        var mended = await DeepCheck.RunAsync(_desk.Database, redactor, mend: true, CancellationToken.None);
        var left = await DeepCheck.RunAsync(_desk.Database, redactor, mend: false, CancellationToken.None);

        Assert.Contains(found, f => f.Where == "events U-9 version 1" && !f.CanMend);
        Assert.Contains(found, f => f.Where == "conversations.subject H-1" && f is { CanMend: true, IsMended: false });
        Assert.Contains(found, f => f.Where == "messages of channel email" && f.What.StartsWith("1 message ids ('1'"));
        Assert.DoesNotContain(found, f => f.What.Contains(mail, StringComparison.Ordinal));
        Assert.Contains(mended, f => f.Where == "conversations.subject H-1" && f.IsMended);
        Assert.DoesNotContain(left, f => f.CanMend);
        Assert.Empty(_desk.Database.Read(LedgerVerifier.Verify).Problems);
    }

    private static InboundTicket Ticket(string id, string body) => new()
    {
        TicketId = id, Channel = "email", Messages = [new InboundText(Author.Customer, body)],
    };
}
