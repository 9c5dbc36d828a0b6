using Baton.Testing.StandIn;
using Baton.Tests.Decisions.Desks;

namespace Baton.Tests.Decisions.Asking;

/// <summary>A rule flags a conversation as regulated before its words go to any model, and the flag stays.</summary>
public sealed class RegulatedTurnTests : ModelDeskTests
{
    private const string Rule = """
        rules:
          - name: health
            when: '"diagnosis" in body'
            then: { regulated: true }
        """;

    private const string Trigger = "  legal: { then: { regulated: true, route: l1 } }";

    [Theory]
    [InlineData("my diagnosis came today, where is my order", false, false)]
    [InlineData("my diagnosis came today, where is my order", true, true)]
    [InlineData("where is my order", false, true)]
    public async Task Only_a_provider_with_an_agreement_reads_it(string text, bool agreement, bool asked)
    {
        Open(agreement, Rule);

        await Desk.DecideAsync(Desk.Ticket(text));

        Assert.Equal(asked, Server.Requests.Count > 0);
    }

    [Fact]
    public async Task What_was_written_earlier_counts_on()
    {
        Open(agreement: false, Rule);

        await Desk.DecideAsync(Desk.Ticket("my diagnosis came today"));
        await Desk.WriteAsync("where is my order");

        Assert.Empty(Server.Requests);
    }

    [Fact]
    public async Task A_trigger_can_flag_it_too()
    {
        Open(agreement: false, "rules:", Trigger);

        await Desk.DecideAsync(Desk.Ticket("my lawyer will sue you, where is my order"));

        Assert.Empty(Server.Requests);
    }

    private void Open(bool agreement, string rules, string trigger = "")
    {
        var files = ModelPlaybook.Files(Server, "triage tone escalation summary")
            .Replace("escalation.yaml", "rules:", rules);
        if (trigger.Length > 0) files = files.Replace("escalation.yaml", "triggers:", "triggers:\n" + trigger);
        if (agreement) files = files.Replace("models.yaml", "max_attempts: 1", "max_attempts: 1, data_agreement: true");
        Server.Script = new StandInScript();
        Desk = new Desk(files);
    }
}
