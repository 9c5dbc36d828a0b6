using Baton.Conversations.Findings;
using Baton.Decisions;
using Baton.Decisions.Turns;
using Baton.Testing.Conformance;
using Baton.Testing.StandIn;
using Baton.Tests.Decisions.Desks;

namespace Baton.Tests.Decisions.Stages;

/// <summary>
/// A stage of the product, reached by a question whose first answer, written by a model, does not pass its check, nor
/// does the second: that way every stage has something to do.
/// </summary>
public abstract class ShippedStageTests(string name) : StageConformance, IAsyncLifetime
{
    private const string Invented =
        """{"answered":true,"text":"You can send things back within 90 days.","passages":["p1"],"confidence":"high"}""";
    private const string Opinion = """{"opinion":"answer","concern":"none","confidence":"high"}""";
    private const string Same = """{"intent":"return_policy","also":[],"confidence":"very_high"}""";

    private readonly List<Desk> _desks = [];
    private StandInServer? _server;

    public async ValueTask InitializeAsync() => _server = await StandInServer.StartAsync();

    public async ValueTask DisposeAsync()
    {
        foreach (var desk in _desks) await desk.DisposeAsync();
        if (_server is not null) await _server.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected override async Task<(IStage Stage, Turn Turn)> ReachAsync()
    {
        StageAtWork? watched = null;
        var server = _server ?? throw new InvalidOperationException("the server has not started");
        server.Script = new StandInScript
        {
            Rules =
            [
                ModelPlaybook.Says(Prompt.Draft, Invented), ModelPlaybook.Says(Prompt.Final, Invented),
                ModelPlaybook.Says(Prompt.Escalation, Opinion), ModelPlaybook.Says(Prompt.Triage, Same),
                ModelPlaybook.Says(Prompt.Summary, """{"summary":"The customer asks about returns."}"""),
            ],
        };
        var files = ModelPlaybook.Files(
            server, "triage draft final escalation summary", limits: ", second_opinion_share: 1")
            .Replace("playbook.yaml", "decision_confidence: 0.05", "decision_confidence: 0.70\n  draft_confidence: 1");
        var desk = new Desk(files, stages: all => [.. all.Select(stage =>
            stage.Name == name ? watched = new StageAtWork(stage) : stage)]);
        _desks.Add(desk);
        await desk.DecideAsync(Desk.Ticket(DeskPlaybook.AsksForReturns));
        return watched?.Then() ?? throw new InvalidOperationException($"the product has no stage {name}");
    }
}

public sealed class ContextStageTests() : ShippedStageTests(StageNames.Context);

public sealed class TriageStageTests() : ShippedStageTests(StageNames.Triage);

public sealed class ToneStageTests() : ShippedStageTests(StageNames.Tone);

public sealed class ComplexityStageTests() : ShippedStageTests(StageNames.Complexity);

public sealed class EscalationStageTests() : ShippedStageTests(StageNames.Escalation);

public sealed class ResolveStageTests() : ShippedStageTests(StageNames.Resolve);

public sealed class CheckStageTests() : ShippedStageTests(StageNames.Check);

public sealed class FinalStageTests() : ShippedStageTests(StageNames.Final);

public sealed class RecheckStageTests() : ShippedStageTests(StageNames.Recheck);

public sealed class GuardStageTests() : ShippedStageTests(StageNames.Guard);

public sealed class SummaryStageTests() : ShippedStageTests(StageNames.Summary);

public sealed class SecondOpinionStageTests() : ShippedStageTests(StageNames.SecondOpinion);
