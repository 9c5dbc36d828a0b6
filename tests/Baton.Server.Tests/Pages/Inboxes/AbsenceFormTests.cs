using System.Net;
using Baton.People;
using Baton.Server.Pages.Inboxes.Absences;
using Baton.Server.Tests.Accounts;
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
    public void Is_read_in_the_zone_of_the_person(string from, string until, string? problem)
    {
        var person = new Person
        {
            Id = "p_x", Version = 1, Name = "x", Email = "x@example.com", Role = PersonRole.Agent,
            TimeZone = "Europe/Berlin",
        };

        var (absence, why) = new AbsenceForm { From = from, Until = until }.Read(person, Now);

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
            ["until"] = AbsenceForm.Text(TimeProvider.System.GetUtcNow().AddDays(9), ann), ["standIn"] = ben.Id,
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
    public async Task Is_refused_for_a_stand_in_who_works_on_no_tickets()
    {
        using var browser = await server.SignedInAsync(await server.PersonAsync(PersonRole.Agent, Token), Token);
        var viewer = await server.PersonAsync(PersonRole.Viewer, Token);

        using var answer = await browser.PostFormAsync("/inbox", "/inbox/away", new()
        {
            ["until"] = AbsenceForm.Text(TimeProvider.System.GetUtcNow().AddDays(9), viewer), ["standIn"] = viewer.Id,
            ["action"] = "set",
        }, Token);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }
}
