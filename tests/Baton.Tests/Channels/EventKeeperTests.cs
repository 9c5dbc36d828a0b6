using Baton.Channels;
using Baton.Channels.Webhook;
using Baton.Conversations;
using Baton.Storage.Jobs;
using Baton.Testing;
using Baton.Tests.Decisions.Desks;

namespace Baton.Tests.Channels;

/// <summary>What programs are told of that follow tickets.</summary>
public sealed class EventKeeperTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Tells_of_decisions_escalations_and_breaches_in_their_order_and_once()
    {
        await using var receiver = await LoopbackReceiver.StartAsync(Cancel);
        await using var desk = Following(receiver.Address, "ticket.decided, ticket.escalated, sla.breached");

        await desk.DecideAsync(Desk.Ticket("let me talk to a person, I am ada@example.com"));
        await desk.AppendAsync("T-1", new ConversationEvent.SlaBreached("first_reply", desk.Clock.GetUtcNow()));
        await desk.DeliverAsync();
        await desk.DeliverAsync();

        Assert.Equal(["ticket.decided", "ticket.escalated", "sla.breached"], receiver.Received.Select(Type));
        Assert.All(receiver.Received, r => Assert.Contains("\"ticket_id\":\"T-1\"", r.Body, StringComparison.Ordinal));
        Assert.DoesNotContain(receiver.Received, r => r.Body.Contains("ada@example.com", StringComparison.Ordinal));
        Assert.Equal(3, receiver.Received.Select(r => r.Headers[WebhookSignature.Id]).Distinct().Count());
    }

    [Fact]
    public async Task Tells_only_what_was_asked_for()
    {
        await using var receiver = await LoopbackReceiver.StartAsync(Cancel);
        await using var desk = Following(receiver.Address, "sla.breached");

        await desk.DecideAsync(Desk.Ticket("let me talk to a person"));
        await desk.DeliverAsync();

        Assert.Empty(receiver.Received);
    }

    [Fact]
    public async Task Holds_up_no_ticket_when_nobody_listens_and_sends_it_when_it_is_run_again()
    {
        await using var receiver = await LoopbackReceiver.StartAsync(Cancel);
        receiver.Answer = _ => new ReceiverAnswer(400);
        await using var desk = Following(receiver.Address, "ticket.decided");
        await desk.DecideAsync(Desk.Ticket(DeskPlaybook.AsksForReturns));
        await desk.DeliverAsync();
        Assert.Empty(desk.State().Undelivered);

        receiver.Answer = _ => new ReceiverAnswer(200);
        var dead = Assert.Single(
            desk.Database.Read(c => JobInspection.List(c, JobState.Dead, 10)), job => job.Key == "T-1@events");
        await desk.Database.WriteAsync(t => JobInspection.Redrive(t, dead.Id, desk.Clock));
        await desk.DeliverAsync();

        var told = receiver.Received.Where(r => Type(r) == "ticket.decided").ToList();
        Assert.Equal(2, told.Count);
        Assert.Single(told.Select(r => r.Headers[WebhookSignature.Id]).Distinct());
    }

    private static string Type(ReceivedRequest request) =>
        System.Text.Json.JsonDocument.Parse(request.Body).RootElement.GetProperty("type").GetString()!;

    private static Desk Following(Uri address, string events) => new(channels: new ChannelOptions
    {
        Webhook = new WebhookOptions
        {
            Url = address, Secrets = "whsec_" + Convert.ToBase64String(new byte[32]), AllowPrivate = true,
                Events = events,
        },
    });
}
