using System.Text.Json;
using Baton.Conversations;
using Baton.Decisions.Asking;
using Baton.Playbooks;

namespace Baton.Decisions.Stages;

/// <summary>The first sentence of the handoff packet, when a person takes over and a model may write it.</summary>
internal sealed class SummaryStage(ModelAsker models) : IStage
{
    public string Name => "summary";

    public bool Applies(Turn turn) =>
        turn.Guarded is { Route: not (Route.Auto or Route.Ask) } && models.Asks(turn, ModelStages.Summary);

    public async ValueTask<StageReport> RunAsync(Turn turn, CancellationToken cancellationToken)
    {
        var asked = await models.AskAsync(turn, SummaryQuestion.Of(turn), cancellationToken);
        return asked.On(new StageReport
        {
            Output = ConversationJson.Element(new StageOutput.Summarised(asked.Answer?.Text)), Tier = asked.Tier,
        });
    }

    public void Apply(Turn turn, JsonElement output) =>
        turn.Summary = ConversationJson.Read<StageOutput.Summarised>(output).Text;
}
