using Baton.Conversations;
using Baton.Conversations.Inbound;
using Baton.Tests.Decisions.Desks;

namespace Baton.Tests.Decisions.Solving;

/// <summary>The number that a customer gives after the question for it, with words around it.</summary>
public sealed class AnsweredQuestionTests
{
    [Theory]
    [InlineData("T-1234")]
    [InlineData("Of course, it's T-1234. Paid with PayPal.")]
    [InlineData("hi again :) the number is T-1234, thanks!\n\nBest,\nRobin")]
    [InlineData("oh sorry!! T-1234, I found it in my spam folder")]
    public async Task Answers_the_matter_that_it_was_asked_for(string text)
    {
        await using var desk = new Desk(knowIntents: false);
        Assert.Equal(OutcomeKind.Asked, (await desk.DecideAsync(Desk.Ticket(DeskPlaybook.AsksForOrder))).Outcome);

        var decision = await desk.WriteAsync(text);

        Assert.Equal((OutcomeKind.Replied, "order_status"), (decision.Outcome, decision.Triage?.Intent));
        Assert.Contains("T-1234", decision.Reply, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Understands_a_question_that_was_asked_before_the_conversation_came_here()
    {
        await using var desk = new Desk(knowIntents: false);

        var decision = await desk.DecideAsync(Desk.Ticket("") with
        {
            Messages =
            [
                new InboundText(Author.Customer, DeskPlaybook.AsksForOrder),
                new InboundText(Author.Agent, "Could you tell us your order number?"),
                new InboundText(Author.Customer, "Of course, it's T-1234. Paid with PayPal."),
            ],
        });

        Assert.Equal((OutcomeKind.Replied, "order_status"), (decision.Outcome, decision.Triage?.Intent));
    }

    [Fact]
    public async Task Hears_that_the_customer_has_changed_the_matter()
    {
        await using var desk = new Desk(knowIntents: false);
        await desk.DecideAsync(Desk.Ticket(DeskPlaybook.AsksForOrder));

        var decision = await desk.WriteAsync("T-1234. How long do I have to return something?");

        Assert.NotEqual("order_status", decision.Triage?.Intent);
    }
}
