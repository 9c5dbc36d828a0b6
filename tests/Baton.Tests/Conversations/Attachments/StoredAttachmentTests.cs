using System.Security.Cryptography;
using Baton.Conversations;
using Baton.Conversations.Attachments;
using Baton.Conversations.Inbound;
using Baton.Conversations.Tickets;
using Baton.Tests.Decisions.Desks;

namespace Baton.Tests.Conversations.Attachments;

public sealed class StoredAttachmentTests : IAsyncDisposable
{
    private static readonly byte[] Notes = [.. "The pole is bent."u8];

    private readonly Desk _desk = new();

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    [Fact]
    public async Task Keeps_files_with_their_message_and_says_what_was_not_kept()
    {
        await _desk.SubmitAsync(With(Desk.Ticket("See the photo, please."),
            new InboundAttachment("notes.txt", Notes), new InboundAttachment("run.exe", "MZ"u8.ToArray())));
        await _desk.Intake.AddAsync("T-1", new InboundText(Author.Customer, "And this one.")
        {
            Attachments = [new InboundAttachment("more.txt", Notes)],
        }, "m-2", CancellationToken.None);

        var rows = _desk.Database.Read(c => AttachmentRow.Of(c, "T-1"));

        Assert.Equal([(1, 1, "notes.txt"), (1, 2, "run.exe"), (2, 1, "more.txt")],
            rows.Select(r => (r.Position, r.Number, r.Name)));
        Assert.Equal("files named .exe can run", rows[1].NotStored);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Notes)), rows[0].Sha256);
        Assert.Equal(Notes, _desk.Database.Read(c => AttachmentRow.Find(c, "T-1", 1, 1))?.Body);
        Assert.Null(_desk.Database.Read(c => AttachmentRow.Find(c, "T-1", 1, 2)));
        var ticket = (await _desk.Get<TicketQueries>().FindAsync("T-1", CancellationToken.None))!;
        Assert.Equal("not_stored", ticket["messages"]![0]!["attachments"]![1]!.AsObject()
            .Last(p => p.Value is not null).Key);
    }

    [Fact]
    public async Task Knows_the_same_mail_by_its_files_too()
    {
        var ticket = With(Desk.Ticket("See the photo."), new InboundAttachment("a.txt", Notes));
        await _desk.SubmitAsync(ticket);

        Assert.IsType<IntakeOutcome.Duplicate>(await _desk.SubmitAsync(ticket));
        Assert.IsType<IntakeOutcome.OtherContent>(await _desk.SubmitAsync(
            With(ticket, new InboundAttachment("a.txt", "other"u8.ToArray()))));
        Assert.Single(_desk.Database.Read(c => AttachmentRow.Of(c, "T-1")));
    }

    [Fact]
    public async Task Loses_no_message_for_a_file_that_is_too_large()
    {
        var large = new byte[11 * 1024 * 1024];
        "%PDF-1.7"u8.CopyTo(large);

        Assert.IsType<IntakeOutcome.Accepted>(await _desk.SubmitAsync(
            With(Desk.Ticket("See the invoice."), new InboundAttachment("a.pdf", large))));

        Assert.Equal("it has 11,534,336 bytes, 10,485,760 are kept at most",
            Assert.Single(_desk.Database.Read(c => AttachmentRow.Of(c, "T-1"))).NotStored);
    }

    private static InboundTicket With(InboundTicket ticket, params InboundAttachment[] files) => ticket with
    {
        Messages = [ticket.Messages[0] with { Attachments = files }],
    };
}
