using Baton.Conversations;
using Baton.Conversations.Findings;
using Baton.Decisions;
using Baton.Decisions.Turns;

namespace Baton.Tests.Decisions.Desks;

/// <summary>
/// The triage stage with a sure answer in place of the trained model's: these tests are about what follows from an
/// intent, and must not change with a model. Rules, fields and language are the stage's own.
/// </summary>
internal sealed class KnownIntents(IStage triage) : IStage
{
    public string Name => triage.Name;

    public async ValueTask<StageReport> RunAsync(Turn turn, CancellationToken cancellationToken)
    {
        var report = await triage.RunAsync(turn, cancellationToken);
        var reading = ConversationJson.Read<TriageReading>(report.Output);
        return reading.Tier == "rules" ? report : report with
        {
            Output = ConversationJson.Output(Sure(turn, turn.Body, reading)), Confidence = 0.95,
        };
    }

    public TurnFindings Apply(Turn turn, StageOutput output) => triage.Apply(turn, output);

    public StageDescription Describe(StageOutput output) => triage.Describe(output);

    private static TriageReading Sure(Turn turn, string body, TriageReading reading)
    {
        var playbook = turn.Playbook;
        var name = turn.Conversation.AskedToConfirm is not null ? turn.Conversation.LastIntent!
            : body.Contains("change", StringComparison.Ordinal) ? "change_order"
            : body.Contains("return", StringComparison.Ordinal) ? "return_policy"
            : "order_status";
        var intent = playbook.FindIntent(name)!;
        return reading with
        {
            Intent = name, Class = intent.Class, Category = intent.Category, ProductArea = intent.ProductArea,
            Confidence = 0.95, Margin = 0.9, OutOfScope = 0, IsOutOfScope = false, AlsoHeard = [], Words = [],
        };
    }
}
