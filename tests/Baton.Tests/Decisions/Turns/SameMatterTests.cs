using Baton.Decisions;
using Baton.Playbooks;
using Baton.Triage.Intents;

namespace Baton.Tests.Decisions.Turns;

/// <summary>Lookups that ask one tool about one number are one matter: it is as sure as all of them together.</summary>
public sealed class SameMatterTests
{
    private static readonly Intent Order = Lookup("order_status", "get_order");

    [Theory]
    [InlineData("delivery_date", 0.8)]
    [InlineData("loan_status", 0.5)]
    [InlineData("billing", 0.5)]
    public void Adds_what_the_same_lookup_would_tell(string other, double expected)
    {
        var playbook = Some.Playbook() with
        {
            Intents = [Order, Lookup("delivery_date", "get_order"), Lookup("loan_status", "get_loan"),
                Some.Intent("billing")],
        };
        var reading = new MessageReading("order_status", 0.5, 0, 0, false, [], "",
            [new IntentCandidate("order_status", 0.5), new IntentCandidate(other, 0.3)]);

        Assert.Equal(expected, reading.SureOf(Order, playbook), 3);
    }

    private static Intent Lookup(string name, string tool) =>
        Some.Intent(name, IntentClass.Lookup) with { RequiredFields = ["order_id"], Tool = tool };
}
