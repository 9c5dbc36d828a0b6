using Baton.Conversations;
using Baton.Conversations.Inbound;
using Baton.Tests.Decisions.Desks;

namespace Baton.Tests.Decisions.Turns;

/// <summary>A matter comes in pieces: what was sent without an answer in between is read as one.</summary>
public sealed class RunsOfMessagesTests
{
    [Theory]
    [InlineData(Author.Customer, "return_policy")]
    [InlineData(Author.Agent, "order_status")]
    public async Task Reads_messages_in_a_row_as_one_and_answered_ones_apart(Author between, string intent)
    {
        await using var desk = new Desk();

        var decision = await desk.DecideAsync(Desk.Ticket("") with
        {
            Messages =
            [
                new InboundText(Author.Customer, DeskPlaybook.AsksForReturns),
                new InboundText(between, "one moment"), new InboundText(Author.Customer, "it is kind of urgent"),
            ],
        });

        Assert.Equal(intent, decision.Triage!.Intent);
    }

    [Theory]
    [InlineData("where is my order, sorry it is T-5678", true)]
    [InlineData("I meant T-5678", true)]
    [InlineData("and where is T-5678?", false)]
    public async Task Takes_a_number_in_the_newest_message_for_a_correction_only_where_it_says_so(
        string newest, bool corrects)
    {
        await using var desk = new Desk();

        var decision = await desk.DecideAsync(Desk.Ticket("") with
        {
            Messages =
            [
                new InboundText(Author.Customer, $"{DeskPlaybook.AsksForOrder} T-1234"),
                new InboundText(Author.Customer, newest),
            ],
        });

        Assert.Equal(OutcomeKind.Replied, decision.Outcome);
        Assert.Contains("T-5678", desk.Said()[^1], StringComparison.Ordinal);
        Assert.Equal(!corrects, desk.Said()[^1].Contains("T-1234", StringComparison.Ordinal));
    }
}
