using System.Net;
using System.Net.Http.Json;
using System.Text;
using Baton.People;
using Baton.Server.Tests.Accounts;
using Baton.Server.Tests.Processes;
using Microsoft.Extensions.DependencyInjection;

namespace Baton.Server.Tests.Pages.Inboxes;

/// <summary>Somebody says when they are out of office.</summary>
public sealed class AbsenceFormTests(ServerFixture server)
{
    private static readonly DateTimeOffset Now = new(2026, 12, 1, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("", "2026-12-24T09:00", null)]
    [InlineData("2026-12-20T18:00", "2026-12-24T09:00", null)]
    [InlineData("2026-12-24T09:00", "2026-12-24T09:00", "the end must come after")]
    [InlineData("", "2026-11-24T09:00", "that is over")]
    [InlineData("", "", "until is ''")]
    [InlineData("soon", "2026-12-24T09:00", "from is 'soon'")]
    [InlineData("", "2028-12-24T09:00", "at most 400 days")]
    [InlineData("2026-12-20T18:00:00-05:00", "2026-12-24T03:00:00-05:00", null)]
    public void Is_read_in_the_zone_of_the_person(string from, string until, string? problem)
    {
        var person = new Person
        {
            Id = "p_x", Version = 1, Name = "x", Email = "x@example.com", Role = PersonRole.Agent,
            TimeZone = "Europe/Berlin",
        };

        var (absence, why) = new AbsenceWords(from, until, null).Read(person, Now, _ => null);

        if (problem is not null) Assert.Contains(problem, why, StringComparison.Ordinal);
        else Assert.Equal(new DateTimeOffset(2026, 12, 24, 8, 0, 0, TimeSpan.Zero), absence!.Until);
    }

    [Fact]
    public async Task Hands_over_and_is_taken_back_with_one_button()
    {
        var (ann, ben) = (await server.PersonAsync(PersonRole.Agent, Token),
            await server.PersonAsync(PersonRole.Agent, Token));
        using var browser = await server.SignedInAsync(ann, Token);
        var people = server.Services.GetRequiredService<PeopleStore>();
        using var set = await browser.PostFormAsync("/inbox", "/inbox/away", new()
        {
            ["until"] = AbsenceWords.Text(TimeProvider.System.GetUtcNow().AddDays(9), ann), ["standIn"] = ben.Id,
            ["action"] = "set",
        }, Token);

        Assert.Equal(HttpStatusCode.Found, set.StatusCode);
        Assert.Equal(ben.Id, people.Find(ann.Id)!.OutOfOffice?.HandOverTo);
        Assert.Contains($"your tickets go to\n                {ben.Name}",
            (await browser.GetStringAsync("/inbox", Token)).ReplaceLineEndings("\n"), StringComparison.Ordinal);
        using var back = await browser.PostFormAsync("/inbox", "/inbox/away", new() { ["action"] = "end" }, Token);
        Assert.Null(people.Find(ann.Id)!.OutOfOffice);
    }

    [Fact]
    public async Task Programs_and_the_command_line_say_it_as_well()
    {
        var (ann, ben) = (await server.PersonAsync(PersonRole.Agent, Token),
            await server.PersonAsync(PersonRole.Agent, Token));
        var until = AbsenceWords.Text(TimeProvider.System.GetUtcNow().AddDays(9), ann);
        var people = server.Services.GetRequiredService<PeopleStore>();
        using var api = server.Api();

        Assert.Equal(HttpStatusCode.OK, await SayAsync(api, ann.Email, new { until, stand_in = ben.Email }));
        Assert.Equal(ben.Id, people.Find(ann.Id)!.OutOfOffice?.HandOverTo);
        Assert.Contains($"until {until} (UTC); open tickets go to {ben.Email}.",
            (await BatonProgram.RunAsync("people", "absence", ann.Id, "--db", server.Database)).Output, StringComparison.Ordinal);
        await BatonProgram.RunAsync("people", "absence", ann.Email, "--end", "--db", server.Database);
        Assert.Null(people.Find(ann.Id)!.OutOfOffice);
        await BatonProgram.RunAsync("people", "absence", ann.Email, "--until", until, "--db", server.Database);
        Assert.NotNull(people.Find(ann.Id)!.OutOfOffice);
        Assert.Equal(HttpStatusCode.OK, await SayAsync(api, ann.Id, new { end = true }));
        Assert.Null(people.Find(ann.Id)!.OutOfOffice);
    }

    [Fact]
    public async Task Programs_hear_what_is_wrong()
    {
        var ann = await server.PersonAsync(PersonRole.Agent, Token);
        using var api = server.Api();

        foreach (var wrong in (object[])[new { }, new { until = "soon" }, new { until = 7 }, new { til = "2030-01-01T09:00" },
            new { end = "true" }, new { end = 1, until = "2030-01-01T09:00" }, new { until = "2030-01-01T09:00", stand_in = ann.Id }, "until", new[] { 1 }])
            Assert.Equal(HttpStatusCode.BadRequest, await SayAsync(api, ann.Id, wrong));
        using var broken = new StringContent("{\"until\":\"\\ud800\"}", Encoding.UTF8, "application/json");
        using var answer = await api.PostAsync($"/api/people/{ann.Id}/absence", broken, Token);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, await SayAsync(api, "p_nobody", new { end = true }));
        using var next = await api.PostAsync("/api/people/p_nobody/next", null, Token);
        Assert.Equal(HttpStatusCode.NotFound, next.StatusCode);
    }

    private static async Task<HttpStatusCode> SayAsync(HttpClient api, string who, object body)
    {
        using var answer = await api.PostAsJsonAsync($"/api/people/{who}/absence", body, Token);
        return answer.StatusCode;
    }

    [Fact]
    public async Task Is_refused_for_a_stand_in_who_works_on_no_tickets()
    {
        using var browser = await server.SignedInAsync(await server.PersonAsync(PersonRole.Agent, Token), Token);
        var viewer = await server.PersonAsync(PersonRole.Viewer, Token);

        using var answer = await browser.PostFormAsync("/inbox", "/inbox/away", new()
        {
            ["until"] = AbsenceWords.Text(TimeProvider.System.GetUtcNow().AddDays(9), viewer), ["standIn"] = viewer.Id,
            ["action"] = "set",
        }, Token);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }
}
