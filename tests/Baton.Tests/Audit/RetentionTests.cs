using Baton.Audit.Keeping;
using Baton.Conversations;
using Baton.Conversations.Attachments;
using Baton.Conversations.Inbound;
using Baton.Conversations.RawTexts;
using Baton.Playbooks;
using Baton.Playbooks.Keeping;
using Baton.Storage.Events;
using Baton.Storage.Measured;
using Baton.Testing;
using Baton.Tests.Decisions.Desks;

namespace Baton.Tests.Audit;

/// <summary>What is kept for its time is erased after it, over months of a fast clock.</summary>
public sealed class RetentionTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Erases_each_kind_after_its_time_and_nothing_that_is_held_or_open(bool server)
    {
        var files = DeskPlaybook.Files().With("retention.yaml", "messages: 60d\nattachments: 14d\nlearning: keep\nnotices: 7d\n");
        await using var desk = new Desk(files, database: server ? PostgresCluster.NewDatabase() : null);
        // A clock of the world tells more than whole milliseconds.
        desk.Clock.Advance(TimeSpan.FromTicks(1_234_567));
        foreach (var (id, customer) in ((string, string)[])
            [("T-1", "c-1"), ("T-2", "c-2"), ("T-held", "c-3"), ("T-4", "c-held"), ("T-open", "c-5")])
            await desk.DecideAsync(Desk.Ticket("I want to speak to a human", id) with
            {
                CustomerId = customer,
                Messages = [new InboundText(Author.Customer, "I want to speak to a human")
                {
                    Attachments = [new InboundAttachment("proof.txt", "a text"u8.ToArray())],
                }],
            });
        foreach (var id in (string[])["T-1", "T-2", "T-held", "T-4"])
            await desk.AppendAsync(id, new ConversationEvent.Closed("omar", "done"));
        var (run, holds) = (desk.Get<RetentionRun>(), desk.Get<LegalHolds>());
        Assert.Null(await holds.SetAsync(true, HoldScope.Ticket, "T-held", "p_ann", "a case", Token));
        Assert.Null(await holds.SetAsync(true, HoldScope.Customer, "c-held", "p_ann", "a case", Token));
        Assert.Contains("held already", await holds.SetAsync(true, HoldScope.Ticket, "T-held", "p_ann", "a case", Token));
        Assert.Contains("say why", await holds.SetAsync(true, HoldScope.Ticket, "T-1", "p_ann", " ", Token));

        // Clocks of promises end, and stand in the ledger, before anything is counted.
        desk.Clock.Advance(TimeSpan.FromDays(4));
        await desk.WorkAsync();
        desk.Clock.Advance(desk.State("T-1").UpdatedAt + TimeSpan.FromDays(13) - desk.Clock.GetUtcNow());
        Assert.Equal(0, (await run.RunAsync("test", Token))[RetentionKind.Attachments]);
        desk.Clock.Advance(TimeSpan.FromDays(2));
        // Who comes back counts from the next close.
        await desk.WriteAsync("It is me again", "T-2");
        Assert.Equal(1, run.Look().Single(k => k.Kind == RetentionKind.Attachments).Due);
        var first = await run.RunAsync("test", Token);

        Assert.Equal((1, 0), (first[RetentionKind.Attachments], first[RetentionKind.Messages]));
        Assert.False(first.ContainsKey(RetentionKind.Learning));
        Assert.Equal(["erased", null, null, null, null],
            ((string[])["T-1", "T-2", "T-held", "T-4", "T-open"]).Select(id => File(desk, id).NotStored));
        Assert.NotEqual("", Text(desk, "T-1"));

        desk.Clock.Advance(TimeSpan.FromDays(50));
        var second = await run.RunAsync("test", Token);
        Assert.True(second[RetentionKind.Messages] > 0);
        Assert.Equal(["", "…", "…", "…", "…"],
            ((string[])["T-1", "T-2", "T-held", "T-4", "T-open"]).Select(id => Text(desk, id) == "" ? "" : "…"));
        Assert.Equal(0, (await run.RunAsync("test", Token))[RetentionKind.Messages]);

        await desk.AppendAsync("T-2", new ConversationEvent.Closed("omar", "done again"));
        Assert.Null(await holds.SetAsync(false, HoldScope.Ticket, "T-held", "p_ann", "the case is over", Token));
        desk.Clock.Advance(TimeSpan.FromDays(61));
        await run.RunAsync("test", Token);
        Assert.Equal(["", "", "", "…", "…"],
            ((string[])["T-1", "T-2", "T-held", "T-4", "T-open"]).Select(id => Text(desk, id) == "" ? "" : "…"));

        var facts = desk.Database.Read(c => Ledger.Read(c, "operations/access")).Select(e => e.Type).ToList();
        Assert.Equal((3, 5), (facts.Count(t => t == "LegalHoldChanged"), facts.Count(t => t == "RetentionRan")));
        Assert.All(desk.Events("T-1").OfType<ConversationEvent.MessageErased>(), e => Assert.Equal(RetentionRun.By, e.By));
        Assert.Empty(desk.Database.Read(LedgerVerifier.Verify).Problems);
        Assert.NotNull(holds.On("c-held", ["T-4"]));
    }

    [Fact]
    public async Task Holds_a_customer_by_the_address_that_the_id_was_made_of_and_nobody_who_is_not_there()
    {
        await using var desk = new Desk();
        await desk.DecideAsync(Desk.Ticket("I want to speak to a human") with { CustomerId = null, CustomerEmail = "Ada@example.com" });
        await desk.AppendAsync("T-1", new ConversationEvent.Closed("omar", "done"));
        var holds = desk.Get<LegalHolds>();
        var (customer, tickets) = desk.Get<Erasure>().TicketsOf("ada@example.com");
        var closed = new ClosedTicket("T-1", desk.State("T-1").UpdatedAt);
        Assert.True(desk.Database.Read(c => ClosedTickets.IsStill(c, closed)));

        Assert.Null(await holds.SetAsync(true, HoldScope.Customer, "ada@example.com", "p_ann", "a case", Token));

        Assert.Equal(customer, Assert.Single(holds.List()).Name);
        Assert.Contains("nothing was erased", holds.On(customer, tickets)!.Refusal, StringComparison.Ordinal);
        Assert.False(desk.Database.Read(c => ClosedTickets.IsStill(c, closed)));
        Assert.Contains("no ticket is of", await holds.SetAsync(true, HoldScope.Customer, "eve@example.com", "p_ann", "x", Token));
        Assert.Contains("no ticket 'T-9'", await holds.SetAsync(true, HoldScope.Ticket, "T-9", "p_ann", "x", Token));
        Assert.Null(await holds.SetAsync(false, HoldScope.Customer, "ada@example.com", "p_ann", "over", Token));
        Assert.Empty(holds.List());
        Assert.All(desk.Database.Read(c => Ledger.Read(c, "operations/access")),
            fact => Assert.DoesNotContain("example.com", fact.Json, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Tells_sizes_as_they_were_noted_and_what_has_grown_since()
    {
        await using var file = new TemporaryDatabase();
        var (database, day) = (file.Database, file.Clock.GetUtcNow());
        Assert.Empty(database.Read(TableSizes.Read));
        await database.WriteAsync(t => TableSizes.Note(t, [("events", 100), ("jobs", 7)], day), Token);
        Assert.Equal(new TableSize("events", 100, null, 0), database.Read(TableSizes.Read)[0]);

        await database.WriteAsync(t => TableSizes.Note(t, [("events", 130), ("jobs", 900)], day.AddDays(8)), Token);

        Assert.Equal([new TableSize("jobs", 900, 893, 8), new TableSize("events", 130, 30, 8)],
            database.Read(TableSizes.Read));
    }

    [Theory]
    [InlineData("messages: 3y", "'messages' must be a duration")]
    [InlineData("messages: 30d\nattachments: 60d", "'attachments' are kept longer")]
    [InlineData("mesages: 30d", "unknown field 'mesages'")]
    [InlineData("cron: often", "'often' is no cron line")]
    public void Says_what_is_wrong_with_the_file(string text, string problem)
    {
        var loaded = Assert.IsType<LoadedPlaybook.Invalid>(new PlaybookFiles().With("retention.yaml", text + "\n").Load());

        Assert.Contains(loaded.Problems, p => p.ToString().Contains(problem, StringComparison.Ordinal));
    }

    [Fact]
    public void Decides_nothing_and_has_a_time_for_every_kind()
    {
        var (plain, changed) = (new PlaybookFiles().Playbook(),
            new PlaybookFiles().With("retention.yaml", "messages: keep\n").Playbook());

        Assert.Equal(plain.Version, changed.Version);
        Assert.Null(changed.Retention.Kept[RetentionKind.Messages]);
        Assert.Equal(Enum.GetValues<RetentionKind>(), plain.Retention.Kept.Keys.Order());
    }

    private static string Text(Desk desk, string id) => desk.Database.Read(c => MessageRows.Of(c, id, 10))[0].Body;

    private static AttachmentRow File(Desk desk, string id) => desk.Database.Read(c => AttachmentRow.Of(c, id))[0];
}
