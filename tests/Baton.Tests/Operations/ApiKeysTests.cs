using Baton.Operations;
using Baton.Storage.Events;
using Baton.Testing;

namespace Baton.Tests.Operations;

public sealed class ApiKeysTests : IAsyncDisposable
{
    private readonly TemporaryDatabase _temporary = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ApiKeys Keys => new(_temporary.Database);

    private ConsoleSessions Sessions => new(_temporary.Database);

    public ValueTask DisposeAsync() => _temporary.DisposeAsync();

    [Fact]
    public async Task Makes_one_first_key_for_everything()
    {
        var first = await Keys.CreateFirstAsync(Token);

        Assert.Equal([AccessScopes.Everything], Keys.Find(first!)!.Scopes);
        Assert.Null(await Keys.CreateFirstAsync(Token));
    }

    [Fact]
    public async Task Shows_a_key_by_its_first_characters_only()
    {
        var key = await CreateAsync("shop", AccessScopes.TicketsWrite);
        var listed = Assert.Single(Keys.List());

        Assert.Equal(key[..9], listed.Shown);
        Assert.DoesNotContain(key[9..], listed.ToString(), StringComparison.Ordinal);
        Assert.Equal([AccessScopes.TicketsWrite], listed.Scopes);
    }

    [Fact]
    public async Task Keeps_the_rights_of_keys_that_are_older_than_scopes()
    {
        var hash = new string('a', 64);
        await _temporary.Database.WriteAsync(t => t.Execute(
            "insert into api_keys (hash, id, name, created_at) values ($1, $2, 'old', 0)", hash, "key_" + hash[..12]),
            Token);

        Assert.Equal([AccessScopes.Everything], Assert.Single(Keys.List()).Scopes);
    }

    [Theory]
    [InlineData("")]
    [InlineData("bt_")]
    [InlineData("bt_0000000000000000000000000000000000000000000000000000000000000000")]
    public async Task Finds_nobody_for_a_key_that_was_not_made(string key)
    {
        await CreateAsync("shop");

        Assert.Null(Keys.Find(key));
        Assert.Null(Keys.Find(new string('b', 100_000)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Ends_a_key_and_its_sessions_at_once(bool byName)
    {
        var key = await CreateAsync("shop");
        var other = await CreateAsync("other");
        var session = await Sessions.StartAsync(Keys.Find(key)!, "192.0.2.1", Token);
        var stays = await Sessions.StartAsync(Keys.Find(other)!, "192.0.2.1", Token);

        Assert.True(await Keys.RevokeAsync(byName ? "shop" : Keys.Find(key)!.Id, "test", Token));

        Assert.Null(Keys.Find(key));
        Assert.Null(Sessions.KeyOf(session));
        Assert.NotNull(Sessions.KeyOf(stays));
        Assert.Equal([stays], Sessions.List().Select(s => s.Id));
        Assert.False(await Keys.RevokeAsync("shop", "test", Token));
    }

    [Fact]
    public async Task Lets_a_key_and_its_sessions_expire()
    {
        var end = _temporary.Clock.GetUtcNow().AddHours(1);
        var key = (await Keys.CreateAsync("shop", [AccessScopes.People], end, "test", Token))!;
        var session = await Sessions.StartAsync(Keys.Find(key)!, "192.0.2.1", Token);
        _temporary.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Null(Keys.Find(key));
        Assert.Null(Sessions.KeyOf(session));
        Assert.Empty(Sessions.List());
    }

    [Fact]
    public async Task Ends_a_session_after_its_working_day_and_when_told()
    {
        var key = Keys.Find(await CreateAsync("shop"))!;
        var told = await Sessions.StartAsync(key, "192.0.2.1", Token);
        var forgotten = await Sessions.StartAsync(key, "192.0.2.2", Token);

        Assert.True(await Sessions.EndAsync(told, "test", Token));
        Assert.False(await Sessions.EndAsync(told, "test", Token));
        Assert.Null(Sessions.KeyOf(told));
        Assert.NotNull(Sessions.KeyOf(forgotten));
        _temporary.Clock.Advance(ConsoleSessions.Lifetime);
        Assert.Null(Sessions.KeyOf(forgotten));
    }

    [Fact]
    public async Task Gives_a_name_away_once_at_a_time()
    {
        await CreateAsync("shop");

        Assert.Null(await Keys.CreateAsync("shop", [AccessScopes.People], null, "test", Token));
        await Keys.RevokeAsync("shop", "test", Token);
        Assert.NotNull(await Keys.CreateAsync("shop", [AccessScopes.People], null, "test", Token));
    }

    [Fact]
    public async Task Puts_every_change_on_the_record_and_no_key()
    {
        var key = await CreateAsync("shop");
        var session = await Sessions.StartAsync(Keys.Find(key)!, "192.0.2.1", Token);
        await Sessions.EndAsync(session, "test", Token);
        await Sessions.RefusedAsync("192.0.2.9", "nobody has this key", Token);
        await Keys.RevokeAsync("shop", "test", Token);

        var events = _temporary.Database.Read(c => Ledger.Read(c, "operations/access"));
        Assert.Equal(["KeyCreated", "LoggedIn", "SessionEnded", "LogInRefused", "KeyRevoked"],
            events.Select(e => e.Type));
        Assert.DoesNotContain(events, e => e.Json.Contains(key, StringComparison.Ordinal));
        Assert.Empty(_temporary.Database.Read(c => LedgerVerifier.Verify(c)).Problems);
    }

    private async Task<string> CreateAsync(string name, params string[] scopes) =>
        (await Keys.CreateAsync(name, scopes.Length == 0 ? [AccessScopes.Everything] : scopes, null, "test", Token))!;
}
