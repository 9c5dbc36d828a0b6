using Baton.People;
using Baton.People.Inboxes;
using Baton.Playbooks;
using Baton.Tests.Decisions.Desks;

namespace Baton.Tests.People.Inboxes;

/// <summary>Presence follows what people do.</summary>
public sealed class PersonActivityTests : IAsyncLifetime
{
    private readonly Desk _desk = new();

    private string _ann = "";

    private PersonActivity Activity => _desk.Get<PersonActivity>();

    private PeopleStore People => _desk.Get<PeopleStore>();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var outcome = await People.AddAsync(
            new PersonDetails { Name = "ann", Email = "ann@shop.test" }, "test", Token);
        _ann = Assert.IsType<PersonOutcome.Saved>(outcome).Person.Id;
        await Activity.NoteAsync(_ann, Token);
        await SetAsync(Presence.Online);
    }

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    [Fact]
    public async Task Sends_somebody_away_who_does_nothing_and_brings_them_back_with_the_next_sign()
    {
        _desk.Clock.Advance(PersonActivity.AwayAfter - TimeSpan.FromSeconds(1));
        Assert.Equal(0, await Activity.SweepAsync(Token));
        _desk.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, await Activity.SweepAsync(Token));
        Assert.Equal((Presence.Away, 0), (Now(), await Activity.SweepAsync(Token)));

        await Activity.NoteAsync(_ann, Token);

        Assert.Equal(Presence.Online, Now());
        Assert.Equal(0, await Activity.SweepAsync(Token));
    }

    [Theory]
    [InlineData("away")]
    [InlineData("offline")]
    [InlineData("wrap_up")]
    public async Task Leaves_what_somebody_said_themselves(string word)
    {
        var said = EnumWords.Find<Presence>(word)!.Value;
        await SetAsync(said);

        _desk.Clock.Advance(PersonActivity.AwayAfter * 2);
        Assert.Equal(0, await Activity.SweepAsync(Token));
        await Activity.NoteAsync(_ann, Token);

        Assert.Equal(said, Now());
    }

    [Fact]
    public async Task Counts_from_the_click_that_said_online()
    {
        await SetAsync(Presence.Offline);
        _desk.Clock.Advance(TimeSpan.FromHours(10));
        await SetAsync(Presence.Online);

        Assert.Equal(0, await Activity.SweepAsync(Token));
    }

    [Fact]
    public async Task Leaves_who_has_never_been_seen_in_the_console()
    {
        var outcome = await People.AddAsync(
            new PersonDetails { Name = "bea", Email = "bea@shop.test" }, "test", Token);
        var bea = Assert.IsType<PersonOutcome.Saved>(outcome).Person.Id;
        await People.SetPresenceAsync(bea, Presence.Online, "program", Token);
        await SetAsync(Presence.Offline);

        _desk.Clock.Advance(TimeSpan.FromDays(1));

        Assert.Equal(0, await Activity.SweepAsync(Token));
    }

    private Presence Now() => People.Find(_ann)!.Presence;

    private Task<bool> SetAsync(Presence presence) => People.SetPresenceAsync(_ann, presence, _ann, Token);
}
