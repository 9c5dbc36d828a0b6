using Baton.People.Inboxes;
using Baton.Tests.Decisions.Desks;

namespace Baton.Tests.People.Inboxes;

/// <summary>Who has a ticket open now.</summary>
public sealed class OnlookersTests : IAsyncLifetime
{
    private readonly Desk _desk = new();

    private Onlookers Onlookers => _desk.Get<Onlookers>();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    [Fact]
    public async Task Are_others_who_have_it_open_and_whether_they_type()
    {
        await Onlookers.NoteAsync("T-1", "p_ann", types: false, Token);
        await Onlookers.NoteAsync("T-1", "p_bea", types: true, Token);
        await Onlookers.NoteAsync("T-2", "p_bea", types: false, Token);

        Assert.Equal([new Onlooker("p_bea", true)], Onlookers.Of("T-1", "p_ann"));
        Assert.Equal([new Onlooker("p_ann", false)], Onlookers.Of("T-1", "p_bea"));
        Assert.Equal(["T-1"], Onlookers.Of(["T-1", "T-2"], "p_bea").Keys);
    }

    [Fact]
    public async Task Are_gone_a_while_after_the_last_sign_and_stop_typing_before()
    {
        await Onlookers.NoteAsync("T-1", "p_ann", types: true, Token);
        _desk.Clock.Advance(Onlookers.Typed + TimeSpan.FromSeconds(1));
        Assert.Equal([new Onlooker("p_ann", false)], Onlookers.Of("T-1", "p_bea"));

        await Onlookers.NoteAsync("T-1", "p_ann", types: false, Token);
        _desk.Clock.Advance(Onlookers.Seen);
        Assert.Single(Onlookers.Of("T-1", "p_bea"));
        _desk.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Empty(Onlookers.Of("T-1", "p_bea"));
    }

    [Fact]
    public async Task Begin_to_type_at_once_however_lately_they_were_seen()
    {
        await Onlookers.NoteAsync("T-1", "p_ann", types: false, Token);
        await Onlookers.NoteAsync("T-1", "p_ann", types: true, Token);

        Assert.Equal([new Onlooker("p_ann", true)], Onlookers.Of("T-1", "p_bea"));
    }
}
