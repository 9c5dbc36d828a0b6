using Baton.Conversations;
using Baton.Conversations.Findings;
using Baton.Playbooks;
using Baton.Server.Cli.Deciding;
using Microsoft.Extensions.DependencyInjection;
using Event = Baton.Conversations.ConversationEvent;

namespace Baton.Server.Tests.Pages;

/// <summary>What people see of models: which one, at what cost, where it fell back, and who else was asked.</summary>
public sealed class ModelTraceTests(ServerFixture server)
{
    private static readonly DateTimeOffset At = new(2026, 11, 21, 9, 0, 0, TimeSpan.Zero);

    private static readonly Event[] Facts =
    [
        new Event.ConversationStarted("MT-1", "api", null, null, null, null, new Dictionary<string, string>()),
        new Event.MessageReceived("MT-1/1", 1, Author.Customer, "hello", 5, false, At),
        new Event.ModelFellBack(1, "tone", "commodity", "reasoning", "timed_out"),
        new Event.StageCompleted(
            1, "tone", "reasoning", "00",
            ConversationJson.Output(new ToneReading { Sentiment = 4, Urgency = 5, Tone = "worried" }),
            812.5, 0.85, 0.00125m, "large-1", 310, 22, false,
            "commodity: timed_out → reasoning 0.85; prompt tone 1a2b3c4d"),
        new Event.SecondOpinionGiven(
            1, "reasoning", "large-1", "order_status", "refund_status", false, Route.Auto, "person", false),
        new Event.DecisionMade(
            1, "9f2c0000", Route.Auto, OutcomeKind.Replied, 0.8, false, "it can be answered", [], [], [],
            "order_status",
            Priority.Normal, null, 900),
        new Event.ReplySent(1, "MT-1/2", "Hi", "tool", []),
    ];

    [Fact]
    public void Says_in_why_which_model_answered_at_what_cost_and_who_disagreed()
    {
        var text = string.Join('\n', WhyText.Lines("MT-1", [.. Facts.Select(f => (f, At))]));

        Assert.Contains("model large-1, 310+22 tokens", text, StringComparison.Ordinal);
        Assert.Contains("$0.00125", text, StringComparison.Ordinal);
        Assert.Contains("fell back from commodity to reasoning: timed_out", text, StringComparison.Ordinal);
        Assert.Contains("intent refund_status instead of order_status; person instead of auto", text,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shows_on_the_page_which_model_answered_at_what_cost_and_who_disagreed()
    {
        var store = server.Services.GetRequiredService<ConversationStore>();
        await store.Database.WriteAsync(transaction =>
        {
            store.Save(transaction, new Conversation { Id = "MT-1" }, Facts, At);
            MessageRows.Insert(transaction, new MessageRow
            {
                Id = "MT-1/1", ConversationId = "MT-1", Position = 1, Channel = "api", Author = Author.Customer,
                    Body = "hello", ReceivedAt = At,
            });
        });
        using var visitor = await server.VisitorAsync(TestContext.Current.CancellationToken);

        var page = await visitor.GetStringAsync("/tickets/MT-1", TestContext.Current.CancellationToken);

        Assert.Contains("large-1", page, StringComparison.Ordinal);
        Assert.Contains("310 tokens in, 22 out", page, StringComparison.Ordinal);
        Assert.Contains("fell back from commodity to reasoning: timed_out", page, StringComparison.Ordinal);
        Assert.Contains("intent refund status instead of order status", page, StringComparison.Ordinal);
    }
}
