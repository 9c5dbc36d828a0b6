using System.Net;
using Baton.People;
using Microsoft.Extensions.DependencyInjection;

namespace Baton.Server.Tests.Accounts;

/// <summary>The page on which an admin changes what is known of a person.</summary>
public sealed class PersonPageTests(ServerFixture server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private PeopleStore People => server.Services.GetRequiredService<PeopleStore>();

    [Fact]
    public async Task Saves_everything_that_is_known_of_a_person()
    {
        var (person, admin) = await BothAsync();
        using var saved = await SaveAsync(admin, person, Form(person) with
        {
            Role = "lead", Queues = "billing", Skills = "refunds:7, german", Languages = "DE en", Capacity = "9",
            Zone = "Europe/Berlin",
        });

        Assert.Equal($"/people/{person.Id}?done=1", saved.Headers.Location?.ToString());
        var now = People.Find(person.Id)!;
        Assert.Equal((PersonRole.Lead, 9, "Europe/Berlin", 2), (now.Role, now.Capacity, now.TimeZone, now.Version));
        Assert.Equal(["billing"], now.Queues);
        Assert.Equal(["de", "en"], now.Languages);
        Assert.Equal(
            [("german", PeopleFile.UsualLevel), ("refunds", 7)], now.Skills.Select(s => (s.Key, s.Value)).Order());
        var page = await admin.GetStringAsync($"/people/{person.Id}?done=1", Token);
        Assert.Contains("Saved.", page, StringComparison.Ordinal);
        Assert.Contains("german:5 refunds:7", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("role", "boss", "boss")]
    [InlineData("queues", "biling", "biling")]
    [InlineData("skills", "refunds:99", "level 99")]
    [InlineData("skills", "refunds:x", "refunds:x")]
    [InlineData("languages", "german!", "ISO 639")]
    [InlineData("capacity", "0", "1 to 100")]
    [InlineData("capacity", "", "1 to 100")]
    [InlineData("zone", "Europe/Berlim", "Europe/Berlin")]
    [InlineData("email", "nobody", "ann@example.com")]
    [InlineData("name", "", "1 to 100 characters")]
    public async Task Says_what_it_cannot_keep(string field, string value, string said)
    {
        var (person, admin) = await BothAsync();
        var form = Form(person);
        form = field switch
        {
            "role" => form with { Role = value },
            "queues" => form with { Queues = value },
            "skills" => form with { Skills = value },
            "languages" => form with { Languages = value },
            "capacity" => form with { Capacity = value },
            "zone" => form with { Zone = value },
            "email" => form with { Email = value },
            _ => form with { Name = value },
        };

        using var refused = await SaveAsync(admin, person, form);

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains(said, await refused.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.Equal(person.Version, People.Find(person.Id)!.Version);
    }

    [Fact]
    public async Task Tells_the_second_of_two_admins_that_somebody_was_faster()
    {
        var (person, admin) = await BothAsync();
        using var first = await SaveAsync(admin, person, Form(person) with { Capacity = "7" });
        using var second = await SaveAsync(admin, person, Form(person) with { Capacity = "8" });

        Assert.Equal(HttpStatusCode.Conflict, second.StatusCode);
        Assert.Equal(7, People.Find(person.Id)!.Capacity);
    }

    [Fact]
    public async Task Lets_nobody_change_their_own_role()
    {
        var own = await server.PersonAsync(PersonRole.Admin, Token);
        using var admin = await server.SignedInAsync(own, Token);
        using var saved = await SaveAsync(admin, own, Form(own) with { Role = "viewer", Capacity = "3" });

        Assert.Equal(HttpStatusCode.Found, saved.StatusCode);
        Assert.Equal((PersonRole.Admin, 3), (People.Find(own.Id)!.Role, People.Find(own.Id)!.Capacity));
    }

    [Fact]
    public async Task Is_for_admins_alone_and_for_people_who_are_there()
    {
        var (person, admin) = await BothAsync();
        using var lead = await server.SignedInAsync(await server.PersonAsync(PersonRole.Lead, Token), Token);

        Assert.Equal(HttpStatusCode.Forbidden, (await lead.GetAsync($"/people/{person.Id}", Token)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.GetAsync("/people/p_nobody", Token)).StatusCode);
    }

    private async Task<(Person Person, HttpClient Admin)> BothAsync() => (
        await server.PersonAsync(PersonRole.Agent, Token),
        await server.SignedInAsync(await server.PersonAsync(PersonRole.Admin, Token), Token));

    private static Filled Form(Person person) => new(
        person.Name, person.Email, "agent", "billing", "refunds:7", "de", "5", "UTC");

    private static Task<HttpResponseMessage> SaveAsync(HttpClient admin, Person person, Filled form) =>
        admin.PostFormAsync($"/people/{person.Id}", "/people/save", new()
        {
            ["Person"] = person.Id, ["Version"] = "1", ["Name"] = form.Name, ["Email"] = form.Email,
            ["Role"] = form.Role, ["Queues"] = form.Queues, ["Skills"] = form.Skills,
            ["Languages"] = form.Languages, ["Capacity"] = form.Capacity, ["TimeZone"] = form.Zone,
        }, Token);

    private sealed record Filled(
        string Name, string Email, string Role, string Queues, string Skills, string Languages, string Capacity,
        string Zone);
}
