using Baton.Conversations;
using Baton.Conversations.Attachments;
using Baton.Conversations.Inbound;
using Baton.Conversations.RawTexts;
using Baton.Conversations.Tickets;
using Baton.Decisions.Local;
using Baton.Storage.Events;
using Baton.Tests.Decisions.Desks;
using Baton.Tests.Storage;

namespace Baton.Tests.Conversations.RawTexts;

/// <summary>What customers wrote is encrypted, and gone for good once it is erased.</summary>
public sealed class ErasureTests : IAsyncDisposable
{
    private const string Phrase = "the parcel with the blue ribbon";

    private readonly Desk _desk = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("baton-copies-").FullName;

    public async ValueTask DisposeAsync()
    {
        await _desk.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Texts_lie_encrypted_in_the_database()
    {
        await _desk.DecideAsync(Ticket("T-1", "c-1") with { Subject = "ribbon@example.com" });

        Assert.Empty(ColumnHunt.Places(_desk.Database, "ribbon@example.com"));
        Assert.Contains(Phrase, Text("T-1"), StringComparison.Ordinal);
        Assert.Equal(0, Number("select count(*) from messages where body <> '' or subject is not null"));
        Assert.Equal(0, Number("select count(*) from messages where placeholders is not null or digest is not null"));
    }

    [Fact]
    public async Task A_customer_has_one_key_and_one_without_an_id_has_one_for_each_ticket()
    {
        await _desk.DecideAsync(Ticket("T-1", "c-1"));
        await _desk.DecideAsync(Ticket("T-2", "c-1"));
        await _desk.DecideAsync(Ticket("T-3", null));
        await _desk.DecideAsync(Ticket("T-4", null));
        await _desk.WriteAsync("Anything new?", "T-4");

        Assert.Equal(Keys("T-1"), Keys("T-2"));
        Assert.Equal(3, new[] { "T-1", "T-3", "T-4" }.SelectMany(Keys).Distinct().Count());
    }

    [Fact]
    public async Task Erasing_a_customer_takes_the_texts_and_leaves_a_ledger_that_verifies()
    {
        await _desk.DecideAsync(Ticket("T-1", "c-1"));
        await _desk.DecideAsync(Ticket("T-2", "c-2"));

        var erased = await EraseAsync("c-1");

        Assert.Equal(1, erased.Tickets);
        Assert.Equal(2, erased.Messages);
        Assert.Equal(1, erased.Keys);
        Assert.Equal("", Text("T-1"));
        Assert.Contains(Phrase, Text("T-2"), StringComparison.Ordinal);
        Assert.Equal(["T-1/1", "T-1/2"], _desk.Events("T-1").OfType<ConversationEvent.MessageErased>()
            .Select(e => e.MessageId));
        Assert.Empty(_desk.Database.Read(LedgerVerifier.Verify).Problems);
        Assert.True(Rows("T-1").TrueForAll(m => m is { IsErased: true, Redacted: null, Sender: null, Subject: null }));
    }

    [Fact]
    public async Task Files_lie_encrypted_and_go_with_their_message()
    {
        await _desk.DecideAsync(Ticket("T-1", "c-1") with
        {
            Messages = [new InboundText(Author.Customer, "See the file.")
            {
                Attachments = [new InboundAttachment("ribbon.txt", "A very blue ribbon."u8.ToArray())],
            }],
        });
        Assert.Empty(ColumnHunt.Places(_desk.Database, "ribbon.txt"));
        Assert.Equal("ribbon.txt", Assert.Single(Files()).Name);
        Assert.Equal("A very blue ribbon.", System.Text.Encoding.UTF8.GetString(File()!.Body!));

        await EraseAsync("c-1");

        Assert.Equal(("", "erased"), (Files()[0].Name, Files()[0].NotStored));
        Assert.Null(File());

        List<AttachmentRow> Files() => _desk.Database.Read(c => AttachmentRow.Of(c, "T-1"));
        AttachmentRow? File() => _desk.Database.Read(c => AttachmentRow.Find(c, "T-1", 1, 1));
    }

    [Fact]
    public async Task Erasing_twice_changes_nothing()
    {
        await _desk.DecideAsync(Ticket("T-1", "c-1"));
        await EraseAsync("c-1");

        var again = await EraseAsync("c-1");

        Assert.Equal((1, 0, 0), (again.Tickets, again.Messages, again.Keys));
    }

    [Fact]
    public async Task A_customer_is_found_by_the_address_that_the_id_was_made_of()
    {
        await _desk.DecideAsync(Ticket("T-1", null) with { CustomerEmail = "Ada@example.com" });

        var (id, tickets) = _desk.Get<Erasure>().TicketsOf("ada@example.com");

        Assert.StartsWith("c-", id, StringComparison.Ordinal);
        Assert.Equal(["T-1"], tickets);
    }

    [Fact]
    public async Task A_ticket_without_a_customer_is_erased_by_itself()
    {
        await _desk.DecideAsync(Ticket("T-1", null));
        await _desk.DecideAsync(Ticket("T-2", "c-2"));

        var erasure = _desk.Get<Erasure>();
        Assert.NotNull(await erasure.TicketAsync("T-1", "cli:test", CancellationToken.None));
        Assert.Null(await erasure.TicketAsync("T-2", "cli:test", CancellationToken.None));
        Assert.Null(await erasure.TicketAsync("T-9", "cli:test", CancellationToken.None));
        Assert.Equal("", Text("T-1"));
    }

    [Fact]
    public async Task A_restored_backup_does_not_bring_an_erased_text_back()
    {
        Assert.SkipWhen(Baton.Testing.PostgresCluster.Wanted, "a copy of a file");
        await _desk.DecideAsync(Ticket("T-1", "c-1"));
        await _desk.DecideAsync(Ticket("T-2", "c-2"));
        await _desk.Database.WriteAsync(t => t.Execute(
            "insert into eval_labels (conversation_id, outcome, labelled_by, at_ms) values ('T-1', 'answer', 'a', 0), ('T-2', 'answer', 'a', 0)"));
        var copy = Path.Combine(_folder, "copy.db");
        _desk.Database.Backup(copy);
        await EraseAsync("c-1");

        await using var desk = new Desk(existing: await File.ReadAllBytesAsync(copy), keys: _desk.Database.Keys.Folder);

        Assert.Equal("", Text("T-1", desk));
        Assert.Contains(Phrase, Text("T-2", desk), StringComparison.Ordinal);
        Assert.Equal(2, await desk.Get<Erasure>().AgainAsync(CancellationToken.None));
        Assert.Equal(0, await desk.Get<Erasure>().AgainAsync(CancellationToken.None));
        Assert.Equal(2, desk.Events("T-1").OfType<ConversationEvent.MessageErased>().Count());
        Assert.Equal(["T-2"], desk.Database.Read(c => c.Query("select conversation_id from eval_labels", row => row.Text(0))));
        Assert.Empty(desk.Database.Read(LedgerVerifier.Verify).Problems);
        // The customer may come back: with another key.
        await desk.DecideAsync(Ticket("T-5", "c-1"));
        Assert.Contains(Phrase, Text("T-5", desk), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_customer_who_comes_back_has_a_new_key()
    {
        await _desk.DecideAsync(Ticket("T-1", "c-1"));
        var first = Keys("T-1").Single();
        await EraseAsync("c-1");

        await _desk.WriteAsync("It is me again", "T-1");

        Assert.NotEqual(first, Keys("T-1").Single());
        Assert.Equal("It is me again", Rows("T-1").Last(m => m.Author == Author.Customer).Body);
    }

    [Fact]
    public async Task A_delivery_that_comes_again_after_it_was_erased_is_the_same_one()
    {
        var ticket = Ticket("T-1", "c-1") with { ExternalId = "M-1" };
        await _desk.DecideAsync(ticket);
        await EraseAsync("c-1");

        Assert.IsType<IntakeOutcome.Duplicate>(await _desk.SubmitAsync(ticket));
        Assert.IsType<IntakeOutcome.Duplicate>(await _desk.SubmitAsync(Ticket("T-1", "c-1") with
        {
            ExternalId = "M-1", Messages = [new InboundText(Author.Customer, "Something else")],
        }));
    }

    [Fact]
    public async Task Every_process_forgets_the_customer()
    {
        var sweep = _desk.Get<ForgetSweep>();
        await sweep.SweepAsync(CancellationToken.None);
        await _desk.DecideAsync(Ticket("T-1", "c-1"));
        await EraseAsync("c-1");

        Assert.Equal(1, await sweep.SweepAsync(CancellationToken.None));
        Assert.Equal(0, await sweep.SweepAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Lost_keys_are_named_and_can_be_given_up()
    {
        await _desk.DecideAsync(Ticket("T-1", "c-1"));
        var keys = _desk.Database.Keys;
        foreach (var file in Directory.GetFiles(keys.Folder, "*.keys")) File.Delete(file);

        Assert.Contains("not in", keys.Problem(_desk.Database.Read(MessageKeys.Files)), StringComparison.Ordinal);
        Assert.Equal(2, await Erasure.AcceptLossAsync(_desk.Database, CancellationToken.None));
        Assert.Null(keys.Problem(_desk.Database.Read(MessageKeys.Files)));
        Assert.Equal("", Text("T-1"));
        Assert.Null(await Erasure.AcceptLossAsync(_desk.Database, CancellationToken.None));
    }

    [Fact]
    public async Task The_search_finds_redacted_words_only()
    {
        await _desk.DecideAsync(Ticket("T-1", "c-1", "Call me: ada@example.com, about the ribbon"));
        var queries = _desk.Get<TicketQueries>();

        Assert.Equal(1, Found("the RIBBON"));
        Assert.Equal(0, Found("ada@example.com"));
        Assert.Equal(1, Found("[email_1]"));
        await EraseAsync("c-1");
        Assert.Equal(0, Found("ribbon"));

        int Found(string words) =>
            queries.List(new Baton.Conversations.Tickets.Lists.TicketFilter { Q = words })["items"]!.AsArray().Count;
    }

    private Task<Erased> EraseAsync(string customer)
    {
        var erasure = _desk.Get<Erasure>();
        return erasure.CustomerAsync(customer, erasure.TicketsOf(customer).Tickets, "cli:test", CancellationToken.None);
    }

    private static InboundTicket Ticket(string id, string? customer, string text = "Where is " + Phrase + "?") =>
        Desk.Ticket(text, id) with { CustomerId = customer };

    private long Number(string sql) => _desk.Database.Read(c => c.Number(sql)) ?? 0;

    private List<long> Keys(string ticket) => _desk.Database.Read(c => c.Query(
        "select distinct key_id from messages where conversation_id = $1 and key_id is not null",
        row => row.Int64(0), ticket));

    private List<MessageRow> Rows(string ticket) => _desk.Database.Read(c => MessageRows.Of(c, ticket, 100));

    private string Text(string ticket, Desk? desk = null) =>
        (desk ?? _desk).Database.Read(c => MessageRows.Of(c, ticket, 100))[0].Body;
}
