using Baton.People;
using Baton.Privacy;
using Baton.Storage.Events;
using Baton.Testing;

namespace Baton.Tests.People;

public sealed class PeopleStoreTests : IAsyncDisposable
{
    private static readonly PersonDetails Ann = new()
    {
        Name = " Ann Lee ", Email = "Ann.Lee@Example.com", Role = PersonRole.Lead,
            Queues = ["billing", "l1", "billing"],
        Skills = new Dictionary<string, int> { ["refunds"] = 7, ["german"] = 10 }, Languages = ["DE", "en"],
        Capacity = 8, TimeZone = "Europe/Berlin",
    };

    private readonly TemporaryDatabase _temporary = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private PeopleStore Store => new(_temporary.Database);

    public ValueTask DisposeAsync() => _temporary.DisposeAsync();

    [Fact]
    public async Task Keeps_all_that_was_said_of_a_person()
    {
        var added = await AddAsync(Ann);
        var kept = Store.Find(added.Id)!;

        Assert.Equal(("Ann Lee", "ann.lee@example.com", PersonRole.Lead, 8, "Europe/Berlin", 1),
            (kept.Name, kept.Email, kept.Role, kept.Capacity, kept.TimeZone, kept.Version));
        Assert.Equal(["billing", "l1"], kept.Queues);
        Assert.Equal(["de", "en"], kept.Languages);
        Assert.Equal(Ann.Skills, kept.Skills);
        Assert.Equal((Presence.Offline, _temporary.Clock.GetUtcNow()), (kept.Presence, kept.PresenceAt));
        Assert.Null(kept.LastAssignedAt);
    }

    [Theory]
    [InlineData("ann.lee@example.com")]
    [InlineData(" ANN.LEE@example.COM ")]
    public async Task Finds_a_person_by_address_in_whatever_case(string email)
    {
        await AddAsync(Ann);

        Assert.Equal("Ann Lee", Store.FindByEmail(email)?.Name);
        Assert.IsType<PersonOutcome.Refused>(await Store.AddAsync(Ann with { Email = email }, "test", Token));
    }

    [Theory]
    [InlineData("", "ann@example.com", "UTC", 5, "name")]
    [InlineData("Ann", "ann", "UTC", 5, "'ann'")]
    [InlineData("Ann", "ann@example", "UTC", 5, "'ann@example'")]
    [InlineData("Ann", "a b@example.com", "UTC", 5, "e-mail")]
    [InlineData("Ann", "ann@example.com", "Europe/Berlim", 5, "did you mean 'Europe/Berlin'")]
    [InlineData("Ann", "ann@example.com", "UTC", 0, "capacity 0")]
    [InlineData("Ann", "ann@example.com", "UTC", 101, "capacity 101")]
    public async Task Refuses_what_cannot_be_and_says_which_value(
        string name, string email, string zone, int capacity, string said)
    {
        var details = new PersonDetails { Name = name, Email = email, TimeZone = zone, Capacity = capacity };

        Assert.Contains(said, Assert.IsType<PersonOutcome.Refused>(await Store.AddAsync(details, "test", Token)).Why,
            StringComparison.Ordinal);
        Assert.Empty(Store.List());
    }

    [Theory]
    [InlineData("two words", "refunds", 5, "en")]
    [InlineData("l1", "a,b", 5, "en")]
    [InlineData("l1", "refunds", 0, "en")]
    [InlineData("l1", "refunds", 11, "en")]
    [InlineData("l1", "refunds", 5, "english")]
    public async Task Refuses_words_that_no_playbook_could_have(
        string queue, string skill, int level, string language)
    {
        var details = Ann with
        {
            Queues = [queue], Skills = new Dictionary<string, int> { [skill] = level }, Languages = [language],
        };

        Assert.IsType<PersonOutcome.Refused>(await Store.AddAsync(details, "test", Token));
    }

    [Fact]
    public async Task Lets_the_faster_of_two_changes_win_and_shows_it_to_the_other()
    {
        var ann = await AddAsync(Ann);

        var first = await Store.ChangeAsync(ann.Id, ann.Version, Ann with { Capacity = 3 }, "p_a", Token);
        var second = await Store.ChangeAsync(ann.Id, ann.Version, Ann with { Capacity = 4 }, "p_b", Token);

        Assert.Equal(3, Assert.IsType<PersonOutcome.Saved>(first).Person.Capacity);
        Assert.Equal(3, Assert.IsType<PersonOutcome.Outdated>(second).Now.Capacity);
        Assert.IsType<PersonOutcome.Unknown>(await Store.ChangeAsync("p_nobody", 1, Ann, "test", Token));
    }

    [Fact]
    public async Task Hands_over_to_somebody_else_who_is_there()
    {
        var ann = await AddAsync(Ann);
        var ben = await AddAsync(Ann with { Email = "ben@example.com" });
        var until = _temporary.Clock.GetUtcNow().AddDays(7);
        await Store.SetPresenceAsync(ann.Id, Presence.Online, ann.Id, Token);
        var outside = Ann with { OutOfOffice = new OutOfOffice(until, ben.Id) };

        var saved = Assert.IsType<PersonOutcome.Saved>(await Store.ChangeAsync(ann.Id, 1, outside, "test", Token));

        Assert.Equal(new OutOfOffice(until, ben.Id), Store.Find(ann.Id)!.OutOfOffice);
        Assert.False(saved.Person.TakesWork(until.AddTicks(-1)));
        Assert.True(saved.Person.TakesWork(until));
        foreach (var to in (string[])[ann.Id, "p_nobody"])
            Assert.IsType<PersonOutcome.Refused>(await Store.ChangeAsync(
                ann.Id, 2, Ann with { OutOfOffice = new OutOfOffice(until, to) }, "test", Token));
    }

    [Fact]
    public async Task Says_since_when_somebody_is_there()
    {
        var ann = await AddAsync(Ann);
        _temporary.Clock.Advance(TimeSpan.FromMinutes(5));
        var since = _temporary.Clock.GetUtcNow();

        Assert.True(await Store.SetPresenceAsync(ann.Id, Presence.WrapUp, ann.Id, Token));
        _temporary.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.True(await Store.SetPresenceAsync(ann.Id, Presence.WrapUp, ann.Id, Token));

        Assert.Equal((Presence.WrapUp, since), (Store.Find(ann.Id)!.Presence, Store.Find(ann.Id)!.PresenceAt));
        Assert.Equal(1, Store.Find(ann.Id)!.Version);
        Assert.False(await Store.SetPresenceAsync("p_nobody", Presence.Online, "test", Token));
    }

    [Fact]
    public async Task Sends_a_disabled_person_offline_and_keeps_it_so()
    {
        var ann = await AddAsync(Ann);
        await Store.SetPresenceAsync(ann.Id, Presence.Online, ann.Id, Token);

        Assert.True(await Store.DisableAsync(ann.Id, true, "test", Token));
        Assert.False(await Store.DisableAsync(ann.Id, true, "test", Token));
        Assert.False(await Store.SetPresenceAsync(ann.Id, Presence.Online, ann.Id, Token));

        var disabled = Store.Find(ann.Id)!;
        Assert.Equal((Presence.Offline, _temporary.Clock.GetUtcNow()), (disabled.Presence, disabled.DisabledAt));
        Assert.True(await Store.DisableAsync(ann.Id, false, "test", Token));
        Assert.Null(Store.Find(ann.Id)!.DisabledAt);
    }

    [Fact]
    public async Task Notes_when_work_was_given_to_somebody()
    {
        var ann = await AddAsync(Ann);
        var at = _temporary.Clock.GetUtcNow().AddMinutes(3);
        await _temporary.Database.WriteAsync(t => PeopleStore.Assigned(t, ann.Id, at), Token);

        Assert.Equal(at, Store.Find(ann.Id)!.LastAssignedAt);
    }

    [Fact]
    public async Task Puts_every_change_on_the_record_and_no_name_or_address()
    {
        var ann = await AddAsync(Ann);
        await Store.ChangeAsync(ann.Id, 1, Ann with { Name = "Ann Li", Capacity = 2 }, "p_boss", Token);
        await Store.SetPresenceAsync(ann.Id, Presence.Online, ann.Id, Token);
        await Store.DisableAsync(ann.Id, true, "p_boss", Token);

        var events = _temporary.Database.Read(c => Ledger.Read(c, PeopleRecord.Stream(ann.Id)));
        Assert.Equal(["PersonAdded", "PersonChanged", "PresenceChanged", "PersonDisabled"], events.Select(e => e.Type));
        Assert.Contains("\"fields\":\"name,capacity\"", events[1].Json, StringComparison.Ordinal);
        Assert.Contains("\"by\":\"p_boss\"", events[1].Json, StringComparison.Ordinal);
        Assert.All(events, e => Assert.DoesNotContain("ann", e.Json, StringComparison.OrdinalIgnoreCase));
        Assert.Empty(_temporary.Database.Read(LedgerVerifier.Verify).Problems);
    }

    /// <summary>The ledger's texts are searched for personal data, and an id must come through.</summary>
    [Fact]
    public async Task Gives_ids_that_nobody_takes_for_personal_data()
    {
        for (var i = 0; i < 50; i++)
        {
            var person = await AddAsync(Ann with { Email = $"ann{i}@example.com" });
            Assert.Null(ActorName.Problem(person.Id));
            Assert.Empty(new Redactor().Find(person.Id));
        }
    }

    /// <summary>Rights are compared: each role may do what those before it may.</summary>
    [Fact]
    public void Orders_roles_by_what_they_may() => Assert.Equal(
        [PersonRole.Viewer, PersonRole.Agent, PersonRole.Lead, PersonRole.Admin], Enum.GetValues<PersonRole>().Order());

    private async Task<Person> AddAsync(PersonDetails details) =>
        Assert.IsType<PersonOutcome.Saved>(await Store.AddAsync(details, "test", Token)).Person;
}
