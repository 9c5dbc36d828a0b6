using Baton.Operations;
using Baton.People;
using Baton.People.SignIn;
using Baton.Storage.Events;
using Baton.Testing;
using Microsoft.AspNetCore.DataProtection;

namespace Baton.Tests.People;

public sealed class SignInsTests : IAsyncDisposable
{
    private const string Email = "ann@example.com", Password = "four words of my own", From = "192.0.2.1";

    private readonly TemporaryDatabase _temporary = new();
    private readonly LockOut _lockOut = new(3, TimeSpan.FromMinutes(15));
    private readonly EphemeralDataProtectionProvider _protection = new();
    private readonly Passwords _passwords = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private PeopleStore Store => new(_temporary.Database);

    private PersonLinks Links => new(_temporary.Database);

    private SignIns SignIns => new(_temporary.Database, Links, _passwords, _lockOut, _protection);

    public ValueTask DisposeAsync() => _temporary.DisposeAsync();

    [Fact]
    public async Task Lets_in_who_has_the_password_and_nobody_else()
    {
        var ann = await AnnAsync();
        await Store.AddAsync(new PersonDetails { Name = "Ben", Email = "ben@example.com" }, "test", Token);

        Assert.Equal(ann.Id, Assert.IsType<SignInOutcome.Accepted>(await CheckAsync("ANN@example.com")).Person.Id);
        foreach (var (email, password) in ((string, string)[])
            [(Email, Password + " "), (Email, ""), ("ben@example.com", Password), ("ben@example.com", ""),
                ("nobody@example.com", Password), ("", ""), (Email, new string('x', 100_000))])
            Assert.IsType<SignInOutcome.Refused>(await CheckAsync(email, password));
    }

    [Fact]
    public async Task Closes_an_account_for_a_while_after_wrong_passwords_in_a_row()
    {
        await AnnAsync();
        await WrongAsync(2);
        Assert.IsType<SignInOutcome.Accepted>(await CheckAsync());
        await WrongAsync(3);

        Assert.IsType<SignInOutcome.Refused>(await CheckAsync());
        _temporary.Clock.Advance(_lockOut.For - TimeSpan.FromSeconds(1));
        Assert.IsType<SignInOutcome.Refused>(await CheckAsync());
        _temporary.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.IsType<SignInOutcome.Accepted>(await CheckAsync());
    }

    [Fact]
    public async Task Sets_a_password_by_a_link_once_and_ends_what_was_open()
    {
        var ann = await AnnAsync();
        var sessions = new ConsoleSessions(_temporary.Database);
        var session = await sessions.StartAsync(ann.Id, From, Token);
        await WrongAsync(3);
        var link = await LinkAsync(ann);

        Assert.Equal(ann.Id, (await SignIns.SetPasswordAsync(link, "another four words", Token))?.Id);
        Assert.Null(await SignIns.SetPasswordAsync(link, "and four words more", Token));

        Assert.Null(sessions.PersonOf(session));
        Assert.IsType<SignInOutcome.Refused>(await CheckAsync());
        Assert.IsType<SignInOutcome.Accepted>(await CheckAsync(Email, "another four words"));
    }

    [Fact]
    public async Task Lets_a_link_end_and_a_newer_one_take_its_place()
    {
        var ann = await AnnAsync();
        var (old, newer) = (await LinkAsync(ann), await LinkAsync(ann));

        Assert.Null(Links.Find(old));
        Assert.Equal(new PersonLink(LinkPurpose.Password, ann.Id), Links.Find(newer));
        Assert.Null(Links.Find(newer[..^1] + "x"));
        Assert.Null(Links.Find(new string('a', 100_000)));
        _temporary.Clock.Advance(PersonLinks.PasswordLife);
        Assert.Null(Links.Find(newer));
        Assert.Null(await SignIns.SetPasswordAsync(newer, "another four words", Token));
    }

    [Fact]
    public async Task Takes_no_link_for_what_it_was_not_made_for()
    {
        var ann = await AnnAsync();
        var password = await LinkAsync(ann);
        var signIn = await LinkAsync(ann, LinkPurpose.SignIn);

        Assert.Null(await SignIns.UseAsync(password, Token));
        Assert.Null(await SignIns.AddFirstAsync(password, Ben, Password, Token));
        Assert.NotNull(Links.Find(password));
        Assert.Equal(ann.Id, (await SignIns.UseAsync(signIn, Token))?.Id);
        Assert.Null(await SignIns.UseAsync(signIn, Token));
        Assert.Null(await SignIns.SetPasswordAsync(signIn, Password, Token));
    }

    [Fact]
    public async Task Makes_the_first_admin_by_a_link_that_a_mistake_does_not_use_up()
    {
        var link = Name(await Links.MakeAsync(LinkPurpose.FirstAdmin, null, PersonLinks.StartLife, "test", Token));

        Assert.IsType<PersonOutcome.Refused>(
            await SignIns.AddFirstAsync(link, Ben with { Email = "ben" }, Password, Token));
        var first = Assert.IsType<PersonOutcome.Saved>(await SignIns.AddFirstAsync(link, Ben, Password, Token));

        Assert.Equal(PersonRole.Admin, first.Person.Role);
        Assert.IsType<SignInOutcome.Accepted>(await CheckAsync("ben@example.com"));
        Assert.Null(await SignIns.AddFirstAsync(link, Ben with { Email = "eve@example.com" }, Password, Token));
    }

    [Fact]
    public async Task Asks_for_a_second_factor_once_it_is_confirmed()
    {
        var ann = await AnnAsync();
        var key = await SignIns.ProposeCodeAsync(ann.Id, Token);
        Assert.Equal(key, await SignIns.ProposeCodeAsync(ann.Id, Token));
        Assert.False(await SignIns.ConfirmCodeAsync(ann.Id, "000000", Token));
        Assert.IsType<SignInOutcome.Accepted>(await CheckAsync());
        Assert.True(await SignIns.ConfirmCodeAsync(ann.Id, Code(key), Token));

        Assert.IsType<SignInOutcome.NeedsCode>(await CheckAsync());
        Assert.IsType<SignInOutcome.Refused>(await SignIns.CheckCodeAsync(ann.Id, Code(key), From, Token));
        _temporary.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.IsType<SignInOutcome.Accepted>(await SignIns.CheckCodeAsync(ann.Id, Code(key), From, Token));

        Assert.True(await SignIns.RemoveCodeAsync(ann.Id, "test", Token));
        Assert.IsType<SignInOutcome.Accepted>(await CheckAsync());
    }

    [Fact]
    public async Task Counts_wrong_codes_towards_the_lock()
    {
        var ann = await AnnAsync();
        var key = await SignIns.ProposeCodeAsync(ann.Id, Token);
        await SignIns.ConfirmCodeAsync(ann.Id, Code(key), Token);
        _temporary.Clock.Advance(TimeSpan.FromMinutes(1));
        for (var i = 0; i < _lockOut.After; i++) await SignIns.CheckCodeAsync(ann.Id, "wrong", From, Token);

        Assert.IsType<SignInOutcome.Refused>(await SignIns.CheckCodeAsync(ann.Id, Code(key), From, Token));
        Assert.IsType<SignInOutcome.Refused>(await CheckAsync());
    }

    [Fact]
    public async Task Lets_nobody_in_who_is_disabled_and_ends_their_sessions()
    {
        var ann = await AnnAsync();
        var sessions = new ConsoleSessions(_temporary.Database);
        var session = await sessions.StartAsync(ann.Id, From, Token);
        Assert.Equal(ann.Id, Assert.Single(sessions.List()).PersonId);
        var link = await LinkAsync(ann);

        await Store.DisableAsync(ann.Id, true, "test", Token);

        Assert.Null(sessions.PersonOf(session));
        Assert.Empty(sessions.List());
        Assert.IsType<SignInOutcome.Refused>(await CheckAsync());
        Assert.Null(await SignIns.SetPasswordAsync(link, "another four words", Token));
    }

    [Fact]
    public async Task Keeps_no_password_link_or_key_in_the_clear()
    {
        var ann = await AnnAsync();
        var link = await LinkAsync(ann);
        var key = await SignIns.ProposeCodeAsync(ann.Id, Token);

        var hunt = Texts();
        Assert.DoesNotContain(Password, hunt, StringComparison.Ordinal);
        Assert.DoesNotContain(link, hunt, StringComparison.Ordinal);
        Assert.DoesNotContain(key, hunt, StringComparison.Ordinal);
        Assert.Empty(_temporary.Database.Read(LedgerVerifier.Verify).Problems);
    }

    [Theory]
    [InlineData("short", "5 characters")]
    [InlineData("ann is my name, yes", "your address")]
    [InlineData("aaaaaaaaaaaaaaaa", "repeats")]
    [InlineData("four words of my own", null)]
    public void Says_what_is_wrong_with_a_password(string password, string? said)
    {
        var problem = Passwords.Problem(password, Email);

        if (said is null) Assert.Null(problem);
        else Assert.Contains(said, problem, StringComparison.Ordinal);
    }

    private static PersonDetails Ben => new() { Name = "Ben", Email = "ben@example.com" };

    private string Code(string key) => OneTimeCodes.Code(key, _temporary.Clock.GetUtcNow());

    private Task<SignInOutcome> CheckAsync(string email = Email, string password = Password) =>
        SignIns.CheckAsync(email, password, From, Token);

    private async Task WrongAsync(int times)
    {
        for (var i = 0; i < times; i++) await CheckAsync(Email, "wrong password");
    }

    private async Task<string> LinkAsync(Person person, LinkPurpose purpose = LinkPurpose.Password) =>
        Name(await Links.MakeAsync(purpose, person.Id, PersonLinks.PasswordLife, "test", Token));

    private static string Name(string path) => path[(path.LastIndexOf('/') + 1)..];

    private async Task<Person> AnnAsync()
    {
        var outcome = await Store.AddAsync(
            new PersonDetails { Name = "Ann", Email = Email, Role = PersonRole.Lead }, "test", Token);
        var ann = Assert.IsType<PersonOutcome.Saved>(outcome).Person;
        await SignIns.SetPasswordAsync(await LinkAsync(ann), Password, Token);
        return ann;
    }

    private string Texts() => _temporary.Database.Read(connection => string.Join('\n',
        from column in connection.Catalog.TextColumns(connection)
        from text in connection.Query($"select \"{column.Name}\" from \"{column.Table}\"", row => row.TextOrNull(0))
        select text));
}
