using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Baton.Testing.Vendors;

namespace Baton.Server.Tests.Processes;

/// <summary>A process that is killed while it writes to a helpdesk; what arrived is counted there.</summary>
public sealed class HelpdeskCrashTests
{
    private const string Question = "how long do I have to return something", Person = "let me talk to a person";

    /// <summary>The vendor has it, and the process dies before it knows.</summary>
    [Theory]
    [InlineData(Question, "\"public\":true", 1, 0)]
    [InlineData(Person, "\"public\":false", 1, 1)]
    [InlineData(Person, "\"public\":true", 1, 1)]
    [InlineData(Person, "\"tags\"", 1, 1)]
    public async Task Writes_everything_once_when_killed_after_a_write_and_before_its_receipt(
        string text, string write, int said, int noted)
    {
        await using var there = new StandInZendesk(TimeProvider.System);
        await there.StartAsync(TestContext.Current.CancellationToken);
        using var place = new Place();
        var ticket = there.Open(text);
        var (reached, never) = (new TaskCompletionSource(), new TaskCompletionSource());
        there.Fail(new VendorFault
        {
            When = r => r.Method == "PUT" && r.Body.Contains(write, StringComparison.Ordinal) && reached.TrySetResult(),
            Until = never.Task,
        });
        string key;
        using (var server = await ServerProcess.StartAsync(place, null, Settings(there)))
        {
            key = server.ApiKey!;
            await HookAsync(server, there);
            await reached.Task.WaitAsync(TimeSpan.FromSeconds(120), TestContext.Current.CancellationToken);
            server.Kill();
        }

        using var again = await ServerProcess.StartAsync(place, key, Settings(there));
        await place.WaitForDecisionsAsync(1);

        Assert.Equal((said, noted), (ticket.Said.Count, ticket.Noted.Count));
        Assert.Equal(["zendesk-" + ticket.Id], await place.CheckEveryTicketOnceAsync());
    }

    [Fact]
    public async Task Reads_a_ticket_whose_webhook_was_taken_before_the_kill()
    {
        await using var there = new StandInZendesk(TimeProvider.System);
        await there.StartAsync(TestContext.Current.CancellationToken);
        using var place = new Place();
        var ticket = there.Open(Question);
        var (reached, never) = (new TaskCompletionSource(), new TaskCompletionSource());
        there.Fail(new VendorFault { When = r => r.Method == "GET" && reached.TrySetResult(), Until = never.Task });
        string key;
        using (var server = await ServerProcess.StartAsync(place, null, Settings(there)))
        {
            key = server.ApiKey!;
            await HookAsync(server, there);
            await reached.Task.WaitAsync(TimeSpan.FromSeconds(120), TestContext.Current.CancellationToken);
            server.Kill();
        }

        using var again = await ServerProcess.StartAsync(place, key, Settings(there));
        await place.WaitForDecisionsAsync(1);

        Assert.Single(ticket.Said);
    }

    private static async Task HookAsync(ServerProcess server, StandInZendesk there)
    {
        foreach (var hook in there.Webhooks())
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/channels/zendesk")
            {
                Content = new ByteArrayContent(hook.Body.ToArray()),
            };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            foreach (var (name, value) in hook.Headers) request.Headers.TryAddWithoutValidation(name, value);
            using var answer = await server.Http.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        }
    }

    private static (string, string)[] Settings(StandInZendesk there) =>
    [
        ("BATON__Channels__Zendesk__Url", there.Address.ToString()),
        ("BATON__Channels__Zendesk__Email", StandInZendesk.Email),
        ("BATON__Channels__Zendesk__Token", StandInZendesk.Token),
        ("BATON__Channels__Zendesk__UserId", there.Options.UserId.ToString(CultureInfo.InvariantCulture)),
        ("BATON__Channels__Zendesk__Secrets", StandInZendesk.Secret),
        ("BATON__Channels__Zendesk__AllowPrivate", "true"),
    ];
}
