using Baton.Conversations;
using Baton.People.Inboxes;
using Baton.People.Inboxes.Pulse;
using Baton.Tests.Decisions.Desks;

namespace Baton.Tests.People.Inboxes.Pulse;

/// <summary>Open pages hear what changed, and only that.</summary>
public sealed class InboxPulseTests : IAsyncLifetime
{
    private readonly Desk _desk = new();

    private InboxPulse Pulse => _desk.Get<InboxPulse>();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        foreach (var id in (string[])["T-1", "T-2"]) await _desk.DecideAsync(Desk.Ticket(DeskPlaybook.WantsChange, id));
    }

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    [Fact]
    public async Task Tells_which_ticket_and_whether_lists_show_it()
    {
        using var page = Open();
        await _desk.AppendAsync("T-1", new ConversationEvent.Claimed("p_ann"));
        StepUntilHeard(page);

        Assert.Equal(("T-1", "T-1"), Heard(page));
    }

    [Theory]
    [InlineData("closed")]
    [InlineData("unlocked")]
    [InlineData("merged")]
    public async Task Tells_lists_that_a_ticket_has_left_them(string how)
    {
        await _desk.AppendAsync("T-1", new ConversationEvent.Claimed("p_ann"));
        using var page = Open();
        await _desk.AppendAsync("T-1", how switch
        {
            "closed" => new ConversationEvent.Closed("p_ann", "done"),
            "merged" => new ConversationEvent.MergedInto("T-2", "p_ann"),
            _ => new ConversationEvent.Unlocked("p_ann"),
        });
        StepUntilHeard(page);

        Assert.Equal(("T-1", "T-1"), Heard(page));
    }

    [Fact]
    public async Task Does_not_trouble_lists_with_what_automation_does_alone()
    {
        using var page = Open();
        await _desk.DecideAsync(Desk.Ticket(DeskPlaybook.AsksForReturns, "T-3"));
        StepUntilHeard(page);

        Assert.Equal(("T-3", ""), Heard(page));
    }

    [Fact]
    public async Task Tells_who_opens_a_ticket_types_and_leaves()
    {
        using var page = Open();
        var onlookers = _desk.Get<Onlookers>();
        await onlookers.NoteAsync("T-2", "p_ben", types: false, Token);
        Pulse.Step();
        Assert.Equal(("T-2", "T-2"), Heard(page));
        Pulse.Step();
        Assert.False(page.Changes.TryRead(out _));

        await onlookers.NoteAsync("T-2", "p_ben", types: true, Token);
        Pulse.Step();
        Assert.Equal(("T-2", "T-2"), Heard(page));
        _desk.Clock.Advance(Onlookers.Seen + TimeSpan.FromSeconds(1));
        Pulse.Step();
        Assert.Equal(("T-2", "T-2"), Heard(page));
    }

    [Fact]
    public async Task Tells_a_page_that_was_away_what_it_missed()
    {
        var heard = Pulse.Head();
        using var page = Open();
        await _desk.AppendAsync("T-2", new ConversationEvent.Claimed("p_ann"));
        StepUntilHeard(page);

        Assert.Equal(["T-2"], Pulse.Since(heard).Tickets);
        Assert.True(Pulse.Since(Pulse.Head()).IsEmpty);
        Assert.True(Pulse.Since(Pulse.Head() with { Seq = long.MaxValue }).IsAll);
    }

    [Fact]
    public async Task Says_that_it_is_too_much_to_tell()
    {
        var heard = Pulse.Head();
        using var page = Open();
        await _desk.AppendAsync("T-1", [.. Enumerable.Range(0, InboxPulse.Most + 1)
            .Select(i => new ConversationEvent.NoteAdded("p_ann", "note"))]);
        StepUntilHeard(page);

        Assert.True(page.Changes.TryRead(out var change) && change.IsAll);
        Assert.True(Pulse.Since(heard).IsAll);
        Assert.Equal(Pulse.Head(), change.Place);
    }

    [Fact]
    public void Opens_so_many_pages_of_one_person_and_no_more()
    {
        var pages = Enumerable.Range(0, InboxPulse.PagesOfOne).Select(_ => Pulse.Subscribe("p_ann")!).ToList();

        Assert.Null(Pulse.Subscribe("p_ann"));
        using var other = Pulse.Subscribe("p_ben");
        Assert.NotNull(other);
        pages[0].Dispose();
        using var again = Pulse.Subscribe("p_ann");
        Assert.NotNull(again);
        foreach (var page in pages) page.Dispose();
    }

    private InboxPulse.Watch Open()
    {
        var page = Pulse.Subscribe("p_eve")!;
        Pulse.Step();
        while (page.Changes.TryRead(out _)) { }
        return page;
    }

    /// <summary>On PostgreSQL nothing is heard while an older transaction runs, also of another test.</summary>
    private void StepUntilHeard(InboxPulse.Watch page) => Assert.True(SpinWait.SpinUntil(() =>
    {
        Pulse.Step();
        return page.Changes.TryPeek(out _);
    }, TimeSpan.FromSeconds(30)));

    private static (string Tickets, string Listed) Heard(InboxPulse.Watch page) =>
        page.Changes.TryRead(out var change) ? (string.Join(',', change.Tickets), string.Join(',', change.Listed))
            : ("nothing", "nothing");
}
