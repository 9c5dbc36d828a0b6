using Baton.Decisions;
using Baton.Decisions.Turns;

namespace Baton.Tests.Decisions.Stages;

/// <summary>
/// Whether the customer writes in capitals; such a customer is taken for less happy than the words say.
/// </summary>
public sealed class ShoutingStage : Stage<Shouting>
{
    public override string Name => "shouting";

    public override bool Applies(Turn turn) => turn.Findings.Tone is not null && turn.Body.Any(char.IsLetter);

    public override ValueTask<StageReport> RunAsync(Turn turn, CancellationToken cancellationToken)
    {
        var letters = turn.Body.Where(char.IsLetter).ToList();
        return new(Report(new Shouting(Math.Round(letters.Count(char.IsUpper) / (double)letters.Count, 2)), "local"));
    }

    protected override TurnFindings Apply(Turn turn, Shouting output) => output.Share < 0.8 ? turn.Findings
        : turn.Findings with { Tone = turn.Tone with { Sentiment = Math.Min(turn.Tone.Sentiment, 4) } };

    protected override StageDescription Describe(Shouting output) => new("Do they shout?")
    {
        Facts = [new("capitals", StageDescription.Share(output.Share))],
    };
}

/// <param name="Share">Of the letters, 0 to 1.</param>
public sealed record Shouting(double Share);
