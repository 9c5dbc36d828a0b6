using Baton.Conversations;
using Baton.Conversations.Tickets;
using Baton.People.Inboxes;
using Baton.Playbooks;
using Baton.Tests.Decisions.Desks;

namespace Baton.Tests.People.Inboxes;

/// <summary>The lists of the inbox: who sees what, in which order, and what the search finds.</summary>
public sealed class InboxListsTests : IAsyncLifetime
{
    private const string Ann = "p_ann", Bea = "p_bea";

    private readonly Desk _desk = new();

    private InboxLists Lists => _desk.Get<InboxLists>();

    /// <summary>Three in l1: T-1 is Ann's, T-2 is offered to Bea, T-3 nobody's; T-4 went to l2.</summary>
    public async ValueTask InitializeAsync()
    {
        foreach (var id in (string[])["T-1", "T-2", "T-3", "T-4"])
        {
            await _desk.DecideAsync(Desk.Ticket(DeskPlaybook.WantsChange, id) with { CustomerId = "c-" + id });
            _desk.Clock.Advance(TimeSpan.FromMinutes(1));
        }
        var queue = _desk.State().Queue!;
        await _desk.AppendAsync("T-1", new ConversationEvent.Claimed(Ann));
        await _desk.AppendAsync("T-2", new ConversationEvent.Offered(Bea, _desk.Clock.GetUtcNow().AddMinutes(2)));
        await _desk.AppendAsync("T-4", new ConversationEvent.Rerouted(queue, "l2", Ann, "skill"));
    }

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    [Theory]
    [InlineData(InboxView.Mine, Ann, "l1", "T-1")]
    [InlineData(InboxView.Mine, Bea, "l1", "T-2")]
    [InlineData(InboxView.Queues, Bea, "l1", "T-2,T-3")]
    [InlineData(InboxView.Queues, Bea, "l2", "T-4")]
    [InlineData(InboxView.Queues, Bea, "", "")]
    [InlineData(InboxView.Queues, Bea, "l", "")]
    [InlineData(InboxView.Unassigned, Ann, "", "T-2,T-3,T-4")]
    [InlineData(InboxView.Late, Ann, "l1", "")]
    [InlineData(InboxView.All, Ann, "", "T-1,T-2,T-3,T-4")]
    public void Shows_everybody_what_is_theirs(InboxView view, string me, string queues, string tickets) =>
        Assert.Equal(tickets, Ids(new() { View = view, Me = me, Queues = queues.Split(',') }));

    [Theory]
    [InlineData("t-3", "T-3")]
    [InlineData("C-T-2", "T-2")]
    [InlineData("CHANGE the size", "T-1,T-2,T-3,T-4")]
    [InlineData("100%", "")]
    [InlineData("_", "")]
    public void Finds_tickets_by_id_customer_and_redacted_words(string text, string tickets) =>
        Assert.Equal(tickets, Ids(new() { View = InboxView.All, Me = Ann, Q = text }));

    [Fact]
    public void Holds_what_is_chosen()
    {
        var item = Lists.Find("T-3")!;
        InboxFilter all = new() { View = InboxView.All, Me = Ann };

        Assert.Equal("T-4", Ids(all with { Queue = "l2" }));
        Assert.Equal("", Ids(all with { Channel = "fax" }));
        Assert.Equal("", Ids(all with { Tier = "platinum" }));
        Assert.Equal("T-1,T-2,T-3,T-4",
            Ids(all with { Channel = item.Channel, Tier = item.Tier, Priority = item.Priority }));
        Assert.Equal("", Ids(all with { Priority = Priority.Urgent }));
    }

    [Fact]
    public async Task Does_not_find_personal_data_that_was_replaced()
    {
        await _desk.WriteAsync("write to jane.doe@example.com about the wobbly lamp", "T-3");

        Assert.Equal("T-3", Ids(new() { View = InboxView.All, Me = Ann, Q = "wobbly lamp" }));
        Assert.Equal("", Ids(new() { View = InboxView.All, Me = Ann, Q = "jane.doe" }));
    }

    [Fact]
    public void Says_what_an_agent_reads_first()
    {
        var item = Lists.Find("T-3")!;

        Assert.Equal(("c-T-3", "free", "l1"), (item.Customer, item.Tier, item.Queue));
        Assert.NotEmpty(item.Summary!);
        Assert.NotEmpty(item.Reason!);
        Assert.NotNull(item.OwedAt);
    }

    [Fact]
    public async Task Keeps_what_was_late_on_top_until_it_is_done()
    {
        _desk.Clock.Advance(TimeSpan.FromDays(3));
        await _desk.WorkAsync();

        Assert.Equal("T-1,T-2,T-3,T-4", Ids(new() { View = InboxView.Late, Me = Bea }));
        await _desk.AppendAsync("T-1", new ConversationEvent.Closed(Ann, "done"));
        Assert.Equal("T-2,T-3,T-4", Ids(new() { View = InboxView.Late, Me = Bea }));
    }

    [Fact]
    public void Counts_each_list()
    {
        var counts = Lists.Counts(Bea);

        Assert.Equal((0, 1, 3, 0, 4), (counts.Mine, counts.Offered, counts.Unassigned, counts.Late, counts.All));
        Assert.Equal((2, 1), (counts.ByQueue["l1"], counts.ByQueue["l2"]));
        Assert.Equal(1, Lists.Counts(Ann).Mine);
    }

    [Fact]
    public async Task Pages_by_key_and_leaves_nothing_out()
    {
        await _desk.Database.WriteAsync(transaction =>
        {
            for (var i = 0; i < 120; i++)
                transaction.Execute(
                    """
                    insert into open_tickets (conversation_id, queue, claimed, priority, waiting_since, points, load,
                        skills, preferred, passed_by, owed_at)
                    values ($1, 'l3', 0, 1, 0, 1, 1, '', '', '', $2)
                    """,
                    $"P-{i:000}", (long)(i / 40));
            return true;
        });
        var filter = new InboxFilter { View = InboxView.All, Me = Ann, Queue = "l3" };
        var seen = new List<string>();
        for (InboxPageOf? page = null; page?.Next is not null || page is null;)
        {
            page = Lists.Page(filter with { After = page?.Next });
            seen.AddRange(page.Items.Select(i => i.Id));
        }

        Assert.Equal(Enumerable.Range(0, 120).Select(i => $"P-{i:000}"), seen);
    }

    [Theory]
    [InlineData("an urgent one above one that is due sooner", "A 3 900 5, B 2 100 5", "A,B")]
    [InlineData("an urgent one above a late one", "A 2 -900 5, B 3 900 5", "B,A")]
    [InlineData("what is due sooner, of the same priority", "A 2 900 1, B 2 100 5", "B,A")]
    [InlineData("what is owed, above what is not", "A 1 none 1, B 1 900 5", "B,A")]
    [InlineData("who has waited longer, of the same time", "A 1 100 5, B 1 100 1", "B,A")]
    [InlineData("who has waited longer, where nothing is owed", "A 0 none 5, B 0 none 1", "B,A")]
    [InlineData("the smaller id, of the same all", "B 1 100 5, A 1 100 5", "A,B")]
    public async Task Puts_first(string what, string tickets, string order)
    {
        await _desk.Database.WriteAsync(transaction =>
        {
            foreach (var ticket in tickets.Split(", ").Select(t => t.Split(' ')))
                transaction.Execute(
                    """
                    insert into open_tickets (conversation_id, queue, claimed, priority, owed_at, waiting_since, points,
                        load, skills, preferred, passed_by)
                    values ($1, 'l9', 0, $2, $3, $4, 1, 1, '', '', '')
                    """,
                    ticket[0], long.Parse(ticket[1]), ticket[2] == "none" ? long.MaxValue : long.Parse(ticket[2]),
                    long.Parse(ticket[3]));
            return true;
        });
        var filter = new InboxFilter { View = InboxView.All, Me = Ann, Queue = "l9" };

        Assert.True(order == string.Join(',', Lists.Page(filter).Items.Select(i => i.Id)), what);
    }

    [Theory]
    [InlineData("7")]
    [InlineData("1~x~2~T-1")]
    [InlineData("1~2~3")]
    public void Says_what_is_wrong_with_a_place(string after) =>
        Assert.Contains(after, Assert.Throws<TicketFormatException>(
            () => Lists.Page(new() { Me = Ann, After = after })).Message, StringComparison.Ordinal);

    private string Ids(InboxFilter filter) => string.Join(',', Lists.Page(filter).Items.Select(i => i.Id).Order());
}
