using Baton.Conversations.Findings;
using Baton.Decisions.Asking;
using Baton.Decisions.Turns;
using Baton.Playbooks;
using Baton.Playbooks.Models;

namespace Baton.Decisions.Stages;

/// <summary>The first sentence of the handoff packet, when a person takes over and a model may write it.</summary>
internal sealed class SummaryStage(ModelAsker models) : Stage<Summarised>
{
    public override string Name => StageNames.Summary;

    public override bool Applies(Turn turn) =>
        turn.Findings.Guarded is { Route: not (Route.Auto or Route.Ask) } && models.Asks(turn, ModelStages.Summary);

    public override async ValueTask<StageReport> RunAsync(Turn turn, CancellationToken cancellationToken)
    {
        var asked = await models.AskAsync(turn, SummaryQuestion.Of(turn), cancellationToken);
        return asked.On(Report(new Summarised(asked.Answer?.Text), asked.Tier));
    }

    protected override TurnFindings Apply(Turn turn, Summarised output) => turn.Findings with { Summary = output.Text };

    protected override StageDescription Describe(Summarised output) => new("What must a colleague know?")
    {
        Facts = [new("summary", output.Text ?? "")],
    };
}

/// <summary>One sentence for the person who takes over; null when no model could write it.</summary>
public sealed record Summarised(string? Text);
