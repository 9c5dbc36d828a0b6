using Baton.People;
using Baton.People.SignIn;
using Microsoft.Extensions.DependencyInjection;

namespace Baton.Server.Tests.Accounts;

/// <summary>People of the team, for tests of who may do what.</summary>
internal static class Colleagues
{
    public const string Password = "five words that nobody knows";

    private static int _number;

    /// <summary>A person with a password whom no other test knows.</summary>
    public static async Task<Person> PersonAsync(
        this ServerFixture server, PersonRole role, CancellationToken cancellationToken)
    {
        var number = Interlocked.Increment(ref _number);
        var details = new PersonDetails { Name = $"Test {number}", Email = $"test{number}@example.com", Role = role };
        var person = ((PersonOutcome.Saved)await server.Services.GetRequiredService<PeopleStore>()
            .AddAsync(details, "test", cancellationToken)).Person;
        var link = await server.LinkAsync(person, LinkPurpose.Password, cancellationToken);
        await server.Services.GetRequiredService<SignIns>().SetPasswordAsync(
            link[PersonLinks.JoinPath.Length..], Password, cancellationToken);
        return person;
    }

    /// <summary>Path of a link for a person.</summary>
    public static Task<string> LinkAsync(
        this ServerFixture server, Person person, LinkPurpose purpose, CancellationToken cancellationToken) =>
        server.Services.GetRequiredService<PersonLinks>().MakeAsync(
            purpose, person.Id, PersonLinks.PasswordLife, "test", cancellationToken);

    /// <summary>The browser of somebody who is signed in.</summary>
    public static async Task<HttpClient> SignedInAsync(
        this ServerFixture server, Person person, CancellationToken cancellationToken)
    {
        var client = server.Stranger();
        var path = await server.LinkAsync(person, LinkPurpose.SignIn, cancellationToken);
        using var answer = await client.GetAsync(path, cancellationToken);
        return client;
    }
}
